import type { ColumnDescription, Recognition } from '../../../shared/description'
import { rolesOf, type TableKind } from '../../../shared/roles'

/** What recognition knows of a column beside its name. */
interface Seen extends ColumnDescription {
  readonly words: string
  readonly rows: number
}

type Test = (column: Seen) => boolean

const named =
  (pattern: RegExp): Test =>
  (column) =>
    pattern.test(column.words)
const numeric: Test = (column) => column.type === 'integer' || column.type === 'decimal' || column.type === 'flag'
const dated: Test = (column) => column.type === 'date' || column.type === 'timestamp'
const keyed: Test = (column) => column.type === 'id' || column.type === 'integer' || column.type === 'text'
const texty: Test = (column) => column.type === 'text' || column.type === 'id'
const unique: Test = (column) => column.missing === 0 && column.distinct === column.rows && column.rows > 1
const repeats: Test = (column) => column.distinct < column.rows
const both =
  (...tests: readonly Test[]): Test =>
  (column) =>
    tests.every((test) => test(column))

const eventWords =
  /^(view|cart|add_to_cart|remove_from_cart|purchase|click|search|checkout|add_to_wish.*|like|first_visit|read_review.*|product_view)$/i
const monthWords = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)/i
const person =
  /\b(customers?|clients?|clientes?|users?|usuarios?|uid|visitors?|visitantes?|members?|buyers?|shoppers?|consumer|persona?|socio|lead|prospect)\b/
const all = (pattern: RegExp, column: Seen): boolean =>
  column.samples.length > 0 && column.samples.every((sample) => pattern.test(sample.trim()))

/** Name and type of a column that plays a role, most telling test first. */
const roleTests: Readonly<Record<string, Readonly<Record<string, readonly Test[]>>>> = {
  orders: {
    customer: [both(named(person), keyed), both(named(/^id client|^client id/), keyed)],
    order: [
      both(
        named(
          /\b(transaction|order|invoice|pedido|factura|receipt|ticket|purchase|sale|venta|compra|documento)\b.*\b(id|no|nr|num|number|code|key|ref|numero)\b/,
        ),
        keyed,
      ),
      both(
        named(/\b(id|no|num|numero|nr)\b.*\b(transaction|order|invoice|pedido|factura|ticket|venta|compra)\b/),
        keyed,
      ),
      both(named(/^(order|invoice|transaction|pedido|factura|receipt|invoiceno|transaccion)$/), keyed),
    ],
    orderedAt: [both(dated, named(/\b(date|fecha|time|ts|day|dia|dt|when|datetime|timestamp)\b/)), dated],
    product: [
      both(named(/\b(sku|stock ?code|article|articulo|asin|ean|upc|referencia)\b/), keyed),
      both(named(/\b(product|item|producto)\b.*\b(id|code|key|no|num|number|codigo)\b/), keyed),
      both(named(/\b(id|codigo|code)\b.*\b(product|item|producto)\b/), keyed),
    ],
    description: [both(named(/\b(description|descripcion|desc|title|name|nombre|product|producto|item)\b/), texty)],
    category: [both(named(/\b(category|categoria|categories|department|departamento|family|familia|cat)\b/), texty)],
    quantity: [both(named(/\b(quantity|qty|units|unidades|cantidad|pieces|pcs|number of|count|uds)\b/), numeric)],
    unitPrice: [both(named(/\b(price|precio|unit cost|pvp|tarifa)\b/), numeric)],
    revenue: [
      both(
        named(/\b(revenue|amount|total|sales|value|importe|ingresos?|spent|paid|turnover|ventas?|valor|monto)\b/),
        numeric,
      ),
    ],
    delivery: [both(named(/\b(delivery|shipping|freight|envio|portes|postage|transporte)\b/), numeric)],
    couponState: [
      both(named(/\b(coupon|cupon|promo|voucher|discount)\b/), texty),
      both((column) => all(/^(used|not used|clicked|usado|no usado)$/i, column), texty),
    ],
    place: [
      both(named(/\b(country|pais|region|city|ciudad|state|location|place|store|tienda|zone|provincia)\b/), texty),
    ],
  },
  customers: {
    customer: [both(named(person), keyed, unique), both(named(/\bid\b/), keyed, unique)],
    gender: [both(named(/\b(gender|sex|sexo|genero)\b/), texty)],
    location: [
      both(
        named(/\b(location|city|ciudad|country|pais|region|state|ubicacion|localidad|place|provincia|address|zip)\b/),
        texty,
      ),
    ],
    tenureMonths: [both(named(/\b(tenure|antiguedad|months|meses)\b/), numeric)],
  },
  coupons: {
    month: [
      both(named(/\b(month|mes)\b/), (column) => all(monthWords, column) || numeric(column)),
      (column) => all(monthWords, column),
    ],
    category: [both(named(/\b(category|categoria|department|family|cat)\b/), texty)],
    couponCode: [both(named(/\b(coupon|cupon|promo|voucher|code|codigo)\b/), texty)],
    discountRate: [both(named(/\b(discount|descuento|pct|percent|rebate|off)\b/), numeric)],
  },
  tax: {
    category: [both(named(/\b(category|categoria|department|family|cat)\b/), texty), both(texty, unique)],
    taxRate: [both(named(/\b(gst|vat|tax|iva|igv|impuesto|rate|mwst)\b/), numeric)],
  },
  spend: {
    date: [both(dated, named(/\b(date|fecha|day|dia|dt)\b/)), dated],
    source: [
      both(
        named(/\b(source|channel|canal|fuente|campaign|campana|medium|origen|platform)\b/),
        (column) => !dated(column),
      ),
    ],
    cost: [
      both(named(/\b(spend|costs?|gastos?|inversion|budget|ads?|expenses?|coste|expenditure|marketing)\b/), numeric),
      both(numeric, (column) => column.type !== 'flag'),
    ],
  },
  visits: {
    customer: [both(named(person), keyed)],
    startedAt: [both(dated, named(/\b(start|begin|inicio|from|first)\b/))],
    endedAt: [both(dated, named(/\b(end|finish|fin|to|last|until)\b/))],
    source: [named(/\b(source|channel|canal|fuente|campaign|medium|origen|referrer)\b/)],
    device: [both(named(/\b(device|dispositivo|platform)\b/), texty)],
  },
  events: {
    customer: [both(named(person), keyed, (column) => !/session/.test(column.words))],
    happenedAt: [both(dated, named(/\b(time|timestamp|date|ts|fecha|hora|when|at)\b/)), dated],
    eventType: [
      both(texty, (column) => all(eventWords, column)),
      both(named(/\b(event|action|evento|accion|activity)\b/), texty, (column) => column.distinct <= 200),
    ],
    session: [both(named(/\bsession|sesion\b/), keyed)],
    product: [both(named(/\b(product|item|sku|producto)\b/), keyed, (column) => !/name|nombre/.test(column.words))],
    category: [both(named(/\bcategory code\b/), texty), both(named(/\b(category|categoria)\b/), keyed)],
    brand: [both(named(/\b(brand|marca)\b/), texty)],
    price: [both(named(/\b(price|precio|amount|value)\b/), numeric)],
  },
  people: {
    customer: [both(named(person), keyed, unique), both(named(/\bid\b/), keyed, unique)],
    target: [
      both(
        named(/^(ordered|purchased?|bought|converted|target|label|churn|churned|compra|compro|y|outcome)$/),
        numeric,
      ),
    ],
  },
  leads: {
    customer: [both(named(/\bid\b|\blead\b|\bprospect/), keyed, unique)],
    target: [
      both(
        named(/^(compra|converted|conversion|won|outcome|target|purchased?|bought|is customer|closed|y)$/),
        (column) => column.distinct === 2,
      ),
    ],
  },
  steps: {
    customer: [both(named(person), keyed, unique)],
    step: [both(texty, (column) => column.distinct === 1)],
  },
}

interface Reading {
  readonly kind: TableKind
  /** 0–1; 0 when it cannot be this kind. */
  judge(
    roles: Readonly<Record<string, readonly string[]>>,
    columns: readonly Seen[],
  ): { readonly score: number; readonly reason: string }
}

const has = (roles: Readonly<Record<string, readonly string[]>>, ...names: readonly string[]): boolean =>
  names.every((name) => roles[name] !== undefined)
const no = { score: 0, reason: '' }

const readings: readonly Reading[] = [
  {
    kind: 'events',
    judge: (roles, columns) => {
      if (!has(roles, 'customer', 'happenedAt', 'eventType')) return no
      const type = columns.find((column) => column.name === roles['eventType']?.[0])
      const known = type !== undefined && all(eventWords, type)
      return {
        score: (known ? 0.86 : 0.68) + bonus(roles, ['session', 'product', 'price', 'brand'], 0.03),
        reason: `an event of a person at a time${known ? ', with known event names' : ''}`,
      }
    },
  },
  {
    kind: 'visits',
    judge: (roles) =>
      has(roles, 'customer', 'startedAt') && (has(roles, 'endedAt') || has(roles, 'source'))
        ? { score: 0.8 + bonus(roles, ['endedAt', 'source', 'device'], 0.06), reason: 'a person, a start and an end' }
        : no,
  },
  {
    kind: 'orders',
    judge: (roles, columns) => {
      const amount = has(roles, 'unitPrice') || has(roles, 'revenue')
      if (!has(roles, 'orderedAt') || !amount || !(has(roles, 'customer') || has(roles, 'order'))) return no
      const customer = columns.find((column) => column.name === roles['customer']?.[0])
      const repeated = customer === undefined || repeats(customer)
      const score =
        0.72 +
        bonus(
          roles,
          ['customer', 'order', 'product', 'quantity', 'unitPrice', 'revenue', 'category', 'description'],
          0.04,
        ) -
        (repeated ? 0 : 0.2)
      return {
        score,
        reason: `${repeated && customer !== undefined ? 'customers repeat, ' : ''}a date and ${has(roles, 'unitPrice', 'quantity') ? 'quantity and price' : 'an amount'} on every row`,
      }
    },
  },
  {
    kind: 'coupons',
    judge: (roles, columns) =>
      has(roles, 'month', 'category', 'discountRate') && !columns.some(dated)
        ? { score: 0.9 + bonus(roles, ['couponCode'], 0.05), reason: 'a discount for each month and category' }
        : no,
  },
  {
    kind: 'tax',
    judge: (roles, columns) => {
      if (!has(roles, 'category', 'taxRate') || columns.some(dated) || columns.length > 6) return no
      const category = columns.find((column) => column.name === roles['category']?.[0])
      return category !== undefined && unique(category)
        ? { score: 0.94, reason: 'one rate for each category' }
        : { score: 0.6, reason: 'a category and a rate' }
    },
  },
  {
    kind: 'spend',
    judge: (roles, columns) => {
      if (
        !has(roles, 'date', 'cost') ||
        columns.some(
          (column) =>
            person.test(column.words) || /\b(order|invoice|transaction|product|sku|quantity)\b/.test(column.words),
        )
      )
        return no
      const named = (roles['cost'] ?? []).some((name) =>
        columns.some((column) => column.name === name && (roleTests['spend']?.['cost']?.[0]?.(column) ?? false)),
      )
      return named
        ? { score: 0.9 + bonus(roles, ['source'], 0.04), reason: 'money spent by day' }
        : { score: 0.4, reason: 'a date and numbers' }
    },
  },
  {
    kind: 'steps',
    judge: (roles, columns) =>
      has(roles, 'customer', 'step') && columns.length <= 3
        ? { score: 0.85, reason: 'each person once, beside the name of one step' }
        : no,
  },
  {
    kind: 'leads',
    judge: (roles, columns) =>
      has(roles, 'customer', 'target') &&
      columns.length >= 6 &&
      columns.filter((column) => column.type === 'text').length >= 4
        ? { score: 0.86, reason: 'one row a lead with a yes or no outcome' }
        : no,
  },
  {
    kind: 'people',
    judge: (roles, columns) => {
      const flags = columns.filter((column) => column.type === 'flag').length
      return has(roles, 'customer') && flags >= 5
        ? { score: 0.88 + bonus(roles, ['target'], 0.06), reason: `one row a person with ${flags} yes/no columns` }
        : no
    },
  },
  {
    kind: 'customers',
    judge: (roles, columns) => {
      if (
        !has(roles, 'customer') ||
        columns.filter((column) => column.type === 'flag').length >= 5 ||
        columns.length < 2
      )
        return no
      return {
        score: 0.7 + bonus(roles, ['gender', 'location', 'tenureMonths'], 0.09),
        reason: 'each customer once, with attributes',
      }
    },
  },
]

function bonus(roles: Readonly<Record<string, readonly string[]>>, names: readonly string[], each: number): number {
  return names.filter((name) => roles[name] !== undefined).length * each
}

/** Every kind a table could be, likeliest first. */
export function recognise(columns: readonly ColumnDescription[], rows: number): Recognition[] {
  const seen = columns
    .filter((column) => column.type !== 'empty')
    .map((column): Seen => ({ ...column, rows, words: wordsOf(column.name) }))
  const found = readings
    .map((reading) => {
      const roles = assign(reading.kind, seen)
      const { score, reason } = reading.judge(roles, seen)
      return {
        kind: reading.kind,
        confidence: Math.min(0.99, Math.round(score * 100) / 100),
        reason,
        roles: plain(reading.kind, roles),
      }
    })
    .filter((recognition) => recognition.confidence > 0)
    .sort((one, other) => other.confidence - one.confidence)
  return found.length > 0 ? found : [{ kind: 'other', confidence: 1, reason: 'no known kind fits', roles: {} }]
}

/** Columns go to roles test by test: the most telling test of any role first, no column twice. */
function assign(kind: TableKind, columns: readonly Seen[]): Record<string, string[]> {
  const tests = roleTests[kind] ?? {}
  const taken = new Set<string>()
  const roles: Record<string, string[]> = {}
  const rounds = Math.max(0, ...Object.values(tests).map((list) => list.length))
  for (let round = 0; round < rounds; round += 1) {
    for (const role of rolesOf[kind]) {
      const test = tests[role.name]?.[round]
      if (test === undefined || roles[role.name] !== undefined) continue
      const fitting = columns.filter((column) => !taken.has(column.name) && test(column))
      const chosen = role.many ? fitting : fitting.slice(0, 1)
      if (chosen.length === 0) continue
      roles[role.name] = chosen.map((column) => column.name)
      for (const column of chosen) taken.add(column.name)
    }
  }
  return roles
}

function plain(
  kind: TableKind,
  roles: Readonly<Record<string, readonly string[]>>,
): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(roles).map(([name, columns]) => [
      name,
      rolesOf[kind].find((role) => role.name === name)?.many ? columns : (columns[0] ?? ''),
    ]),
  )
}

/** "CustomerID" and "customer_id" are "customer id"; accents go. */
function wordsOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}
