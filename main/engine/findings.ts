import { z } from 'zod'
import type { Finding } from '../../shared/description'
import { rolesOf } from '../../shared/roles'
import { ident, raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import { columnOf, hasRole, type MappedSource } from './mapping'
import { categoryKey, preparedSchema, rawTable } from './viewParts'

const prepared = raw(`${preparedSchema}.order_lines`)

interface Check {
  readonly when: (sources: readonly MappedSource[]) => boolean
  /** Answers `count` and up to three `examples`. */
  readonly statement: Sql
  readonly finding: Omit<Finding, 'count' | 'examples'>
  /** What is said instead when it holds for everything there is: two tables that do not fit at all. */
  readonly throughout?: { readonly of: 'lines' | 'customers'; readonly title: string }
}

/** Checks that need several tables, or the orders as a whole. */
const checks: readonly Check[] = [
  {
    when: (sources) => hasRole(sources, 'orders', 'order') && hasRole(sources, 'orders', 'customer'),
    statement: counted(sql`
      SELECT order_id AS example FROM ${prepared} WHERE order_id IS NOT NULL
      GROUP BY order_id HAVING count(DISTINCT customer) > 1`),
    finding: {
      id: 'sharedOrders',
      severity: 'warning',
      table: 'orders',
      column: 'order',
      title: 'Order ids shared by customers',
      unit: 'ids',
      treatment: 'See the choice of what one order is',
    },
  },
  {
    when: (sources) => hasRole(sources, 'coupons') && hasRole(sources, 'orders', 'category'),
    statement: counted(sql`SELECT category AS example FROM ${prepared} WHERE coupon_rate IS NULL`),
    finding: {
      id: 'noCoupon',
      severity: 'warning',
      table: 'orders',
      column: 'category',
      title: 'Lines without a coupon row',
      unit: 'lines',
      treatment: 'Discount 0',
    },
    throughout: { of: 'lines', title: 'No line finds a coupon: months or categories are not those of the orders' },
  },
  {
    when: (sources) => hasRole(sources, 'coupons'),
    statement: counted(sql`
      SELECT concat_ws(' ', any_value(year), any_value(month), any_value(category)) AS example FROM coupons
      GROUP BY year, month, ${categoryKey(raw('category'))} HAVING count(DISTINCT discount_rate) > 1`),
    finding: {
      id: 'couponKeys',
      severity: 'serious',
      table: 'coupons',
      column: 'category',
      title: 'Coupons with several discounts for one month and category',
      unit: 'keys',
      treatment: 'See the choice: joined as they are, lines would multiply',
    },
  },
  {
    when: (sources) => hasRole(sources, 'tax'),
    statement: counted(sql`
      SELECT any_value(category) AS example FROM tax
      GROUP BY ${categoryKey(raw('category'))} HAVING count(DISTINCT tax_rate) > 1`),
    finding: {
      id: 'taxKeys',
      severity: 'serious',
      table: 'tax',
      column: 'category',
      title: 'Categories with several tax rates',
      unit: 'keys',
      treatment: 'See the choice: joined as they are, lines would multiply',
    },
  },
  {
    when: (sources) =>
      hasRole(sources, 'orders', 'category') && (hasRole(sources, 'coupons') || hasRole(sources, 'tax')),
    statement: counted(sql`
      WITH named AS (SELECT category FROM coupons UNION SELECT category FROM tax)
      SELECT DISTINCT lines.category AS example FROM (SELECT DISTINCT category FROM ${prepared}) AS lines
      JOIN named ON ${categoryKey(raw('named.category'))} = ${categoryKey(raw('lines.category'))}
      WHERE named.category <> lines.category`),
    finding: {
      id: 'categorySpelling',
      severity: 'info',
      table: 'orders',
      column: 'category',
      title: 'Categories written differently in another table',
      unit: 'categories',
      treatment: 'Joined: capitals and blanks do not matter',
    },
  },
  {
    when: (sources) => hasRole(sources, 'tax') && hasRole(sources, 'orders', 'category'),
    statement: counted(sql`SELECT category AS example FROM ${prepared} WHERE tax_rate IS NULL`),
    finding: {
      id: 'noTax',
      severity: 'warning',
      table: 'orders',
      column: 'category',
      title: 'Lines without a tax rate',
      unit: 'lines',
      treatment: 'Tax 0',
    },
    throughout: { of: 'lines', title: 'No line finds a tax rate: the categories are not those of the orders' },
  },
  {
    when: (sources) => hasRole(sources, 'customers') && hasRole(sources, 'orders', 'customer'),
    statement: counted(sql`
      SELECT DISTINCT customer AS example FROM ${prepared}
      WHERE customer IS NOT NULL AND customer NOT IN (SELECT customer FROM customers)`),
    finding: {
      id: 'unknownCustomers',
      severity: 'warning',
      table: 'orders',
      column: 'customer',
      title: 'Buyers missing from the customer table',
      unit: 'customers',
      treatment: 'Kept, attributes unknown',
    },
    throughout: { of: 'customers', title: 'No buyer is in the customer table: the ids are not those of the orders' },
  },
  {
    when: (sources) => hasRole(sources, 'orders', 'product') && hasRole(sources, 'orders', 'description'),
    statement: counted(sql`
      SELECT description AS example FROM ${prepared} WHERE description IS NOT NULL
      GROUP BY description HAVING count(DISTINCT product) > 1`),
    finding: {
      id: 'sharedDescriptions',
      severity: 'warning',
      table: 'orders',
      column: 'description',
      title: 'One description, several products',
      unit: 'names',
      treatment: 'Counted by product',
    },
  },
  {
    when: (sources) => hasRole(sources, 'orders', 'customer'),
    statement: counted(sql`SELECT order_id AS example FROM ${prepared} WHERE customer IS NULL`),
    finding: {
      id: 'noCustomer',
      severity: 'warning',
      table: 'orders',
      column: 'customer',
      title: 'Lines without a customer',
      unit: 'lines',
      treatment: 'In revenue, not in customer counts',
    },
  },
  {
    when: (sources) => hasRole(sources, 'orders', 'quantity'),
    statement: counted(sql`SELECT order_id AS example FROM ${prepared} WHERE quantity <= 0`),
    finding: {
      id: 'negativeQuantity',
      severity: 'warning',
      table: 'orders',
      column: 'quantity',
      title: 'Quantities of zero or below',
      unit: 'lines',
      treatment: 'See the choice whether returns count',
    },
  },
  {
    when: (sources) => hasRole(sources, 'orders', 'unitPrice'),
    statement: counted(sql`SELECT order_id AS example FROM ${prepared} WHERE unit_price <= 0`),
    finding: {
      id: 'priceNotPositive',
      severity: 'warning',
      table: 'orders',
      column: 'unitPrice',
      title: 'Prices of zero or below',
      unit: 'lines',
      treatment: 'Kept',
    },
  },
  {
    when: (sources) => hasRole(sources, 'orders', 'product'),
    statement: sql`
      WITH repeated AS (
        SELECT order_id, customer, product, description, ordered_at, quantity, unit_price, count(*) - 1 AS extra
        FROM ${prepared} GROUP BY ALL HAVING count(*) > 1
      )
      SELECT coalesce(sum(extra), 0)::DOUBLE AS count, coalesce(list(DISTINCT order_id ORDER BY order_id)[1:3], []) AS examples FROM repeated`,
    finding: {
      id: 'repeatedLines',
      severity: 'info',
      table: 'orders',
      column: null,
      title: 'Lines that repeat an earlier line',
      unit: 'lines',
      treatment: 'Kept: they may be real',
    },
  },
]

function counted(examples: Sql): Sql {
  return sql`
    SELECT count(*)::DOUBLE AS count, coalesce(list(DISTINCT CAST(example AS VARCHAR) ORDER BY CAST(example AS VARCHAR))[1:6], []) AS examples
    FROM (${examples})`
}

const answerSchema = z.object({ count: z.number(), examples: z.array(z.string().nullable()) })

/** Findings over the joined project; only those that touch something. */
export async function readProjectFindings(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<Finding[]> {
  const wanted = hasRole(sources, 'orders') ? checks.filter((check) => check.when(sources)) : []
  const [all] = await database.query(
    z.object({ lines: z.number(), customers: z.number() }),
    hasRole(sources, 'orders')
      ? sql`SELECT count(*)::DOUBLE AS lines, count(DISTINCT customer)::DOUBLE AS customers FROM ${prepared}`
      : raw('SELECT 0::DOUBLE AS lines, 0::DOUBLE AS customers'),
    { signal },
  )
  const found = await Promise.all(
    wanted.map(async (check): Promise<Finding> => {
      const [answer] = await database.query(answerSchema, check.statement, { signal })
      const count = answer?.count ?? 0
      const { throughout } = check
      const isThroughout = throughout !== undefined && count > 0 && count === all?.[throughout.of]
      return {
        ...check.finding,
        ...(isThroughout ? { severity: 'serious' as const, title: throughout.title } : {}),
        count,
        examples: (answer?.examples ?? []).filter((example) => example !== null),
      }
    }),
  )
  const ofSources = await Promise.all(
    sources.flatMap((mapped) => [
      amountsThatDiffer(database, mapped, signal),
      customersTwice(database, mapped, signal),
    ]),
  )
  return [...found, ...rolesLackedByParts(sources), ...ofSources.filter((finding) => finding !== null)].filter(
    (finding) => finding.count > 0,
  )
}

/** Files of one kind are put together; a column that some of them lack is empty in their rows. */
function rolesLackedByParts(sources: readonly MappedSource[]): Finding[] {
  return sources.flatMap((mapped) => {
    const parts = sources.filter(({ kind }) => kind === mapped.kind && kind !== 'other')
    const lacked = rolesOf[mapped.kind].filter(
      ({ name }) => columnOf(mapped, name) === undefined && parts.some((part) => columnOf(part, name) !== undefined),
    )
    if (lacked.length === 0) return []
    return [
      {
        id: 'partLacksColumns',
        severity: 'warning' as const,
        table: mapped.source.name,
        column: null,
        title: 'Columns missing here that the other files of its kind have',
        count: mapped.source.seen.rows,
        unit: 'rows',
        examples: lacked.map(({ label }) => label),
        treatment: 'Empty in these rows',
      },
    ]
  })
}

/** One row a customer is used, whatever the file repeats. */
async function customersTwice(database: Database, mapped: MappedSource, signal?: AbortSignal): Promise<Finding | null> {
  const customer = columnOf(mapped, 'customer')
  if (mapped.kind !== 'customers' || customer === undefined) return null
  const [answer] = await database.query(
    answerSchema,
    counted(sql`
      SELECT ${ident(customer)} AS example FROM ${rawTable(mapped.source.name)}
      WHERE ${ident(customer)} IS NOT NULL GROUP BY ${ident(customer)} HAVING count(*) > 1`),
    { signal },
  )
  return {
    id: 'customersTwice',
    severity: 'warning',
    table: mapped.source.name,
    column: customer,
    title: 'Customers that stand there more than once',
    count: answer?.count ?? 0,
    unit: 'customers',
    examples: (answer?.examples ?? []).filter((example) => example !== null).slice(0, 3),
    treatment: 'Joined once: the first row that says something counts',
  }
}

/** Lines whose amount is not their quantity times their price: with a discount or a tax inside, perhaps. */
async function amountsThatDiffer(
  database: Database,
  mapped: MappedSource,
  signal?: AbortSignal,
): Promise<Finding | null> {
  const [quantity, price, amount] = ['quantity', 'unitPrice', 'revenue'].map((role) => columnOf(mapped, role))
  if (mapped.kind !== 'orders' || quantity === undefined || price === undefined || amount === undefined) return null
  const number = (column: string): Sql => sql`TRY_CAST(${ident(column)} AS DOUBLE)`
  const [answer] = await database.query(
    answerSchema,
    counted(sql`
      SELECT concat_ws(' ', ${number(quantity)}, '×', ${number(price)}, 'is not', ${number(amount)}) AS example
      FROM ${rawTable(mapped.source.name)}
      WHERE abs(${number(quantity)} * ${number(price)} - ${number(amount)}) > 0.01 + 0.005 * abs(${number(amount)})`),
    { signal },
  )
  return {
    id: 'amountsDiffer',
    severity: 'serious',
    table: mapped.source.name,
    column: amount,
    title: `${amount} is not ${quantity} × ${price}`,
    count: answer?.count ?? 0,
    unit: 'lines',
    examples: (answer?.examples ?? []).filter((example) => example !== null).slice(0, 3),
    treatment: `Gross is ${quantity} × ${price}; take the role unit price from ${price} to count ${amount} instead`,
  }
}
