import { z } from 'zod'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckedTable, CheckWork } from './checkedTable'

/** Key figures of a column of numbers. Counts are exact, shares of the distribution come from the sample. */
export interface AmountFacts {
  readonly column: CheckedColumn
  readonly filled: number
  readonly missing: number
  readonly zeros: number
  readonly negatives: number
  /** Cells with something behind the decimal point. */
  readonly fractional: number
  readonly least: number
  readonly most: number
  readonly sum: number
  /** Sum of the ten largest. */
  readonly topTen: number
  readonly median: number
  readonly p99: number
  readonly p999: number
}

/** Roles that are money or counts: what sums are made of. */
const amountRoles = [
  'unitPrice',
  'price',
  'revenue',
  'delivery',
  'cost',
  'quantity',
  'taxRate',
  'discountRate',
  'tenureMonths',
]

export const isAmount = ({ role }: CheckedColumn): boolean => role !== null && amountRoles.includes(role)

export const isNumber = ({ type }: CheckedColumn): boolean => type === 'integer' || type === 'decimal'

/** More columns than that are looked at in parts: a table of hundreds of features. */
const columnsAtOnce = 40
const mostColumns = 200

export async function readAmounts(
  work: Pick<CheckWork, 'relation' | 'sample' | 'ask'> & { readonly table: CheckedTable },
): Promise<readonly AmountFacts[]> {
  const numbers = work.table.columns.filter(isNumber).slice(0, mostColumns)
  const facts: AmountFacts[] = []
  for (let start = 0; start < numbers.length; start += columnsAtOnce) {
    const columns = numbers.slice(start, start + columnsAtOnce)
    const exact = columns.flatMap(exactParts).map(numberOf)
    const [counts] = await work.ask(z.array(z.number()), sql`SELECT ${join(exact, ', ')} FROM ${work.relation}`)
    const [quantiles] = await work.ask(z.array(z.number()), sharesStatement(work.sample, columns, work.table.rows))
    for (const [index, column] of columns.entries()) facts.push(factsOf(column, index, counts ?? [], quantiles ?? []))
  }
  return facts
}

const exactCount = 9
const shares = [0.5, 0.99, 0.999]
const exactRows = 100_000

function exactParts(column: CheckedColumn): Sql[] {
  const value = sql`CAST(${ident(column.name)} AS DOUBLE)`
  return [
    sql`count(*)`,
    sql`count(${ident(column.name)})`,
    sql`count(*) FILTER (WHERE ${value} = 0)`,
    sql`count(*) FILTER (WHERE ${value} < 0)`,
    column.type === 'integer' ? raw('0') : sql`count(*) FILTER (WHERE ${value} <> trunc(${value}))`,
    sql`min(${value})`,
    sql`max(${value})`,
    sql`sum(${value})`,
    sql`list_sum(max(${value}, 10))`,
  ]
}

/** All shares of a column at once. Of many rows near enough, without keeping the cells of many columns in memory. */
function sharesStatement(relation: Sql, columns: readonly CheckedColumn[], rows: number): Sql {
  const quantile = raw(rows > exactRows ? 'approx_quantile' : 'quantile_cont')
  const lists = columns.map(
    ({ name }, index) =>
      sql`${quantile}(CAST(${ident(name)} AS DOUBLE), [${raw(shares.join(', '))}]) AS ${ident(`q${index}`)}`,
  )
  const answers = columns.flatMap((_, index) =>
    shares.map((_share, at) => numberOf(sql`${ident(`q${index}`)}[${raw(String(at + 1))}]`)),
  )
  return sql`SELECT ${join(answers, ', ')} FROM (SELECT ${join(lists, ', ')} FROM ${relation})`
}

/** A sum of the largest numbers there can be is infinite, which is no number to go on with. */
const numberOf = (part: Sql): Sql => sql`coalesce(greatest(-1e308, least(1e308, CAST(${part} AS DOUBLE))), 0)`

function factsOf(
  column: CheckedColumn,
  index: number,
  counts: readonly number[],
  quantiles: readonly number[],
): AmountFacts {
  const count = (place: number): number => counts[index * exactCount + place] ?? 0
  const share = (place: number): number => quantiles[index * shares.length + place] ?? 0
  return {
    column,
    filled: count(1),
    missing: count(0) - count(1),
    zeros: count(2),
    negatives: count(3),
    fractional: count(4),
    least: count(5),
    most: count(6),
    sum: count(7),
    topTen: count(8),
    median: share(0),
    p99: share(1),
    p999: share(2),
  }
}
