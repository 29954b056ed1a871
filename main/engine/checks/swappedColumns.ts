import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import { isIdName } from '../import/columnNames'
import { type CheckWork, columnWith, isDate } from './checkedTable'

/**
 * Columns whose contents belong to each other.
 *
 * - Units and prices: 20 % of the units have decimals, below 1 % of the prices do.
 * - From some row on: the table in twenty parts, of which at least two at one end have units with decimals (20 %) and
 *   whole prices (below 1 %) and the others the reverse.
 * - Ids by name that hold numbers with decimals in 20 % of the cells (of 30): exchanged; in fewer (three, 0.05 %): moved.
 * - Start and end: an end before its start, in more than half of the rows with both: exchanged.
 * - Customer and order: three customers for two orders or more, and most orders belong to several customers.
 * - A column called gender, or coupon status, without such values while another column has them.
 */
export async function checkSwappedColumns(work: CheckWork): Promise<Finding[]> {
  const found = await Promise.all([
    unitsAndPrices(work),
    idsWithDecimals(work),
    startAndEnd(work),
    customerAndOrder(work),
    categories(work),
  ])
  return found.flat()
}

async function unitsAndPrices(work: CheckWork): Promise<Finding[]> {
  const { table } = work
  const [quantity, price] = [columnWith(table, 'quantity'), columnWith(table, 'unitPrice', 'price', 'revenue')]
  const facts = await work.amounts()
  const units = facts.find(({ column }) => column === quantity)
  const prices = facts.find(({ column }) => column === price)
  if (units === undefined || prices === undefined || units.filled < 30 || units.fractional === 0) return []
  const say = (title: string, count: number): Finding[] => [
    work.say({
      id: 'swappedColumns',
      severity: 'serious',
      column: units.column.name,
      title,
      count,
      unit: 'rows',
      examples: [`${units.column.name} with decimals: ${units.fractional} cells`],
      treatment: 'Kept as they are: exchange the two roles, or the cells in the file',
    }),
  ]
  if (units.fractional > units.filled * 0.2 && prices.fractional < prices.filled * 0.01) {
    return say(`${units.column.name} and ${prices.column.name} are exchanged`, table.rows)
  }
  const parts = await work.ask(
    z.tuple([z.number(), z.number(), z.number()]),
    sql`
      WITH placed AS (
        SELECT ntile(20) OVER (ORDER BY source_row) AS part, CAST(${ident(units.column.name)} AS DOUBLE) AS units, CAST(${ident(prices.column.name)} AS DOUBLE) AS price
        FROM ${work.sample}
      )
      SELECT part::DOUBLE, avg((units <> trunc(units))::INTEGER)::DOUBLE, avg((price <> trunc(price))::INTEGER)::DOUBLE
      FROM placed
      GROUP BY part
      HAVING count(units) > 0 AND count(price) > 0
      ORDER BY part`,
  )
  const kinds = parts.map(([, unitShare, priceShare]) =>
    unitShare >= 0.2 && priceShare < 0.01 ? 'exchanged' : unitShare < 0.01 && priceShare >= 0.2 ? 'right' : 'mixed',
  )
  const exchanged = kinds.filter((kind) => kind === 'exchanged').length
  const mixed = kinds.filter((kind) => kind === 'mixed').length
  const isAtOneEnd = kinds[0] !== kinds.at(-1)
  if (exchanged < 2 || mixed > 2 || !isAtOneEnd) return []
  const side = kinds[0] === 'exchanged' ? 'In the first part' : 'From some row on'
  return say(
    `${side} ${units.column.name} and ${prices.column.name} are exchanged`,
    Math.round((table.rows * exchanged) / 20),
  )
}

/** Ids have no decimals: what stands there belongs into a column of amounts. */
/** Ids have no decimals: what stands there belongs into a column of amounts. `.0` is an id that a program took for a number. */
async function idsWithDecimals(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(
    ({ name, type }) => isIdName(name) && type !== 'integer' && !isDate({ type }),
  )
  if (columns.length === 0 || work.table.rows < 30) return []
  const [counts = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(
      columns.flatMap(({ name }) => [
        sql`count(${ident(name)})::DOUBLE`,
        sql`count(*) FILTER (WHERE regexp_full_match(CAST(${ident(name)} AS VARCHAR), '-?\\d+[.]\\d*[1-9]\\d*'))::DOUBLE`,
      ]),
      ', ',
    )} FROM ${work.glance}`,
  )
  return columns.flatMap(({ name }, index) => {
    const [filled = 0, decimals = 0] = counts.slice(index * 2, index * 2 + 2)
    if (filled < 30 || decimals < Math.max(3, filled * 0.0005)) return []
    if (decimals < filled * 0.2) return [strayAmounts(work, name, decimals * work.glanceStep)]
    return [
      work.say({
        id: 'idWithDecimals',
        severity: 'serious',
        column: name,
        title: `${name} is called an id but holds amounts with decimals: exchanged with another column?`,
        count: filled * work.glanceStep,
        unit: 'rows',
        treatment: 'Kept as they are: give the roles to the right columns, or exchange the cells in the file',
      }),
    ]
  })
}

function strayAmounts(work: CheckWork, name: string, count: number): Finding {
  return work.say({
    id: 'shiftedCells',
    severity: 'serious',
    column: name,
    title: `${name} holds amounts with decimals in part of the rows: cells moved from another column`,
    count,
    unit: 'rows',
    rows: sql`regexp_full_match(CAST(${ident(name)} AS VARCHAR), '-?\\d+[.]\\d*[1-9]\\d*')`,
    treatment: 'Counted as ids of their own: move the cells of these rows back in the file',
  })
}

async function startAndEnd(work: CheckWork): Promise<Finding[]> {
  const [start, end] = [columnWith(work.table, 'startedAt'), columnWith(work.table, 'endedAt')]
  if (start === undefined || end === undefined) return []
  const isBefore = sql`${ident(end.name)} < ${ident(start.name)}`
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.array(z.string())]),
    sql`
      SELECT
        count(*) FILTER (WHERE ${isBefore})::DOUBLE,
        count(*) FILTER (WHERE ${isBefore} AND ${ident(start.name)} - ${ident(end.name)} > INTERVAL 1 DAY)::DOUBLE,
        count(*) FILTER (WHERE ${ident(end.name)} >= ${ident(start.name)})::DOUBLE,
        coalesce(min(concat_ws(' before ', ${ident(end.name)}, ${ident(start.name)}), 3) FILTER (WHERE ${isBefore}), [])
      FROM ${work.relation}`,
  )
  const [before, farBefore, after, examples] = answer ?? [0, 0, 0, []]
  if (before === 0) return []
  const isSwapped = before > after
  return [
    work.say({
      id: 'endBeforeStart',
      severity: isSwapped || before > after * 0.01 ? 'serious' : 'warning',
      column: end.name,
      title: isSwapped ? `${start.name} and ${end.name} are exchanged` : `${end.name} lies before ${start.name}`,
      count: before,
      unit: 'rows',
      examples: farBefore > 0 ? [...examples, `${farBefore} by more than a day`] : examples,
      rows: isBefore,
      treatment: isSwapped ? 'Kept as they are: exchange the two roles' : 'Kept: without a duration',
    }),
  ]
}

async function customerAndOrder(work: CheckWork): Promise<Finding[]> {
  const [customer, order] = [columnWith(work.table, 'customer'), columnWith(work.table, 'order')]
  if (work.table.kind !== 'orders' || customer === undefined || order === undefined) return []
  if (customer.distinct < order.distinct * 1.5 || order.distinct < 30) return []
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number()]),
    sql`
      SELECT count(*) FILTER (WHERE customers > 1)::DOUBLE, count(*)::DOUBLE
      FROM (
        SELECT count(DISTINCT ${ident(customer.name)}) AS customers FROM ${work.relation}
        WHERE ${ident(order.name)} IS NOT NULL GROUP BY ${ident(order.name)}
      )`,
  )
  const [shared, orders] = answer ?? [0, 0]
  if (shared < orders * 0.5) return []
  return [
    work.say({
      id: 'swappedIds',
      severity: 'serious',
      column: customer.name,
      title: `${customer.name} and ${order.name} are exchanged`,
      count: shared,
      unit: 'orders with several customers',
      treatment: 'Kept as they are: exchange the two roles',
    }),
  ]
}

const genderValues = [
  'm',
  'f',
  'w',
  'd',
  'male',
  'female',
  'man',
  'woman',
  'hombre',
  'mujer',
  'masculino',
  'femenino',
  'männlich',
  'weiblich',
]

const couponStates = ['used', 'not used', 'unused', 'clicked', 'redeemed', 'not redeemed', 'applied', 'not applied']

/** Columns whose few values are known, by the name or role that promises them. */
const known: readonly {
  readonly roles: readonly string[]
  readonly name: RegExp
  readonly values: readonly string[]
}[] = [
  { roles: ['gender'], name: /^(gender|sex|sexo|g[eé]nero|geschlecht)$/i, values: genderValues },
  {
    roles: ['couponState'],
    name: /^coupon.?(status|state|used)?$|^(estado|uso).?(del?)?.?cup[oó]n$/i,
    values: couponStates,
  },
]

async function categories(work: CheckWork): Promise<Finding[]> {
  const found = await Promise.all(known.map((promise) => misplaced(work, promise)))
  return found.flat()
}

async function misplaced(
  work: CheckWork,
  { roles, name: pattern, values }: (typeof known)[number],
): Promise<Finding[]> {
  const named = work.table.columns.find(
    ({ name, role, type }) =>
      type === 'text' && (pattern.test(name) || (role !== null && roles.includes(role) && !isMisnamed(name))),
  )
  if (named === undefined || (await shareOf(work, named.name, values)) > 0.1) return []
  const others = work.table.columns.filter(
    ({ name, type, distinct }) => name !== named.name && type === 'text' && distinct <= 20,
  )
  for (const other of others) {
    if ((await shareOf(work, other.name, values)) < 0.8) continue
    return [
      work.say({
        id: 'swappedColumns',
        severity: 'serious',
        column: named.name,
        title: `${named.name} and ${other.name} are exchanged`,
        count: work.table.rows,
        unit: 'rows',
        examples: (await work.values(named.name)).slice(0, 3).map(({ value }) => value),
        treatment: 'Kept as they are: exchange the two roles',
      }),
    ]
  }
  return []
}

/** A role given by the values alone says nothing about what the header promises. */
const isMisnamed = (name: string): boolean => /categor|product|country|location/i.test(name)

async function shareOf(work: CheckWork, column: string, wanted: readonly string[]): Promise<number> {
  const values = await work.values(column)
  const all = values.reduce((sum, { count }) => sum + count, 0)
  const own = values
    .filter(({ value }) => wanted.includes(value.trim().toLowerCase()))
    .reduce((sum, { count }) => sum + count, 0)
  return all === 0 ? 1 : own / all
}
