import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, raw, type Sql, sql } from '../../../shared/sql'
import { type AmountFacts, isNumber } from './amountFacts'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const moneyRoles = ['unitPrice', 'price', 'revenue', 'cost', 'delivery']

/** What a group of cells that belong together may look like, and what is far too high in it. */
interface Group {
  readonly key: CheckedColumn
  /** A cell this many times the lower quartile of its group, and at most that many times, is a hundred times too high. */
  readonly least: number
  readonly most: number
  /** The other cells lie within so many times the lower quartile, or a part of it. */
  readonly spread: number
}

/**
 * Part of the amounts a hundred times too high, as when their decimal sign was lost.
 *
 * - Compared with the other cells of their group (prices of a product, charges of an order, costs of a source):
 *   whole numbers 40 to 300 times the lower quartile of the group (30 to 1,500 for costs), where nine in ten of its other
 *   cells lie within six times of it (fifteen for costs). Numbers of nines only are left to the placeholders.
 * - Without a group: whole numbers above 20 times the median of the cells with decimals, which are 60 % of all, when
 *   nearly all cells so high are whole (no more than one in ten has decimals) while at most three in ten of the others are.
 *
 * Told from three cells or 0.1 % on, whichever is more (ten without a group), and up to half of the cells.
 */
export async function checkHundredfold(work: CheckWork): Promise<Finding[]> {
  const amounts = (await work.amounts()).filter(
    ({ column, filled, fractional }) =>
      column.role !== null && moneyRoles.includes(column.role) && isNumber(column) && fractional > filled * 0.3,
  )
  const found = await Promise.all(
    amounts.map((facts) => {
      const group = groupOf(work, facts.column)
      return group === undefined ? alone(work, facts) : compared(work, facts, group)
    }),
  )
  return found.flatMap((finding) => (finding === undefined ? [] : [finding]))
}

function groupOf(work: CheckWork, { role }: CheckedColumn): Group | undefined {
  const by = (name: string, limits: Omit<Group, 'key'>): Group | undefined => {
    const key = columnWith(work.table, name)
    return key === undefined ? undefined : { key, ...limits }
  }
  const near = { least: 40, most: 300, spread: 6 }
  if (role === 'unitPrice' || role === 'price') return by('product', near)
  if (role === 'delivery') return by('order', { ...near, spread: 2 })
  return role === 'cost' ? by('source', { least: 30, most: 1500, spread: 15 }) : undefined
}

const numberIn = ({ name }: CheckedColumn): Sql => sql`CAST(${ident(name)} AS DOUBLE)`
const number = (value: number): Sql => raw(String(value))

/** Common table expressions: `priced` cells and their `judged` groups. */
function judged(relation: Sql, column: CheckedColumn, { key, least, most, spread }: Group): Sql {
  const value = numberIn(column)
  const isHigh = sql`(value = trunc(value) AND value BETWEEN ${number(least)} * low AND ${number(most)} * low AND NOT regexp_full_match(CAST(CAST(value AS HUGEINT) AS VARCHAR), '9{4,}'))`
  return sql`
    priced AS (
      SELECT source_row, ${ident(key.name)} AS key, ${value} AS value FROM ${relation} WHERE ${value} > 0
    ), lows AS (
      SELECT key, quantile_disc(value, 0.25) AS low FROM priced GROUP BY key HAVING count(*) >= 2 AND max(value) >= ${number(least)} * min(value)
    ), high AS (
      SELECT source_row, key, value, low, ${isHigh} AS is_high FROM priced JOIN lows USING (key)
    ), tidy AS (
      SELECT key FROM high WHERE NOT is_high
      GROUP BY key
      HAVING count(*) FILTER (WHERE value BETWEEN low / ${number(spread)} AND low * ${number(spread)}) >= 0.9 * count(*)
    )`
}

async function compared(work: CheckWork, facts: AmountFacts, group: Group): Promise<Finding | undefined> {
  const { column } = facts
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number().nullable(), z.number().nullable()]),
    sql`
      WITH ${judged(work.sample, column, group)}
      SELECT count(*)::DOUBLE, max(value), max_by(low, value) FROM high JOIN tidy USING (key) WHERE is_high`,
  )
  const [count, example, usual] = answer ?? [0, null, null]
  if (count < 3) return undefined
  const rows = sql`source_row IN (
    WITH ${judged(work.relation, column, group)}
    SELECT source_row FROM high JOIN tidy USING (key) WHERE is_high)`
  return told(work, facts, { count, example, usual, rows })
}

async function alone(work: CheckWork, facts: AmountFacts): Promise<Finding | undefined> {
  const { column, filled, fractional } = facts
  if (fractional < filled * 0.6) return undefined
  const value = numberIn(column)
  const isWhole = sql`${value} = trunc(${value})`
  const [answer] = await work.ask(
    z.tuple([z.number().nullable(), z.number(), z.number(), z.number(), z.number(), z.number().nullable()]),
    sql`
      WITH usual AS (
        SELECT median(${value}) FILTER (WHERE ${value} <> trunc(${value}) AND ${value} > 0) AS usual FROM ${work.sample}
      )
      SELECT
        max(usual),
        count(*) FILTER (WHERE ${value} > 20 * usual AND ${isWhole})::DOUBLE,
        count(*) FILTER (WHERE ${value} > 20 * usual AND NOT ${isWhole})::DOUBLE,
        count(*) FILTER (WHERE ${value} <= 20 * usual AND ${isWhole})::DOUBLE,
        count(*) FILTER (WHERE ${value} <= 20 * usual)::DOUBLE,
        max(${value}) FILTER (WHERE ${isWhole})
      FROM ${work.sample}
      CROSS JOIN usual`,
  )
  const [usual, count, highWithDecimals, lowWhole, low, example] = answer ?? [null, 0, 0, 0, 0, null]
  if (usual === null || count < 10 || highWithDecimals > count * 0.1 || lowWhole > low * 0.3) return undefined
  const rows = sql`${ident(column.name)} = trunc(${ident(column.name)}) AND ${ident(column.name)} > ${number(usual * 20)}`
  return told(work, facts, { count, example, usual, rows })
}

interface High {
  readonly count: number
  readonly example: number | null
  readonly usual: number | null
  readonly rows: Sql
}

function told(
  work: CheckWork,
  { column, filled }: AmountFacts,
  { count, example, usual, rows }: High,
): Finding | undefined {
  if (count * work.step < filled * 0.001 || count * work.step > filled / 2) return undefined
  return work.say({
    id: 'hundredfold',
    severity: 'serious',
    column: column.name,
    title: `${column.name} is a hundred times too high in part of the rows`,
    count: count * work.step,
    unit: 'rows',
    examples: [`${example}, usually ${usual === null ? '' : Math.round(usual * 100) / 100}`],
    rows,
    fix: { label: 'Divide by 100', value: sql`${ident(column.name)} / 100` },
    treatment: 'Counted as they are: the decimal sign was probably lost',
  })
}
