import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, raw, type Sql, sql } from '../../../shared/sql'
import { type AmountFacts, isNumber } from './amountFacts'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const moneyRoles = ['unitPrice', 'price', 'revenue', 'cost']

/**
 * Part of the amounts a hundred times too high, as when their decimal sign was lost.
 *
 * - Where the rows have a product (prices) or a source (costs): whole numbers 40 to 250 times the median of their
 *   product or source, which has three cells at least and decimals in most of them.
 * - Otherwise: whole numbers above 20 times the median of the cells with decimals, which are 60 % of all.
 *
 * Told from three cells or 0.1 % on, whichever is more, and up to a third of the cells.
 */
export async function checkHundredfold(work: CheckWork): Promise<Finding[]> {
  const amounts = (await work.amounts()).filter(
    ({ column, filled, fractional }) =>
      column.role !== null && moneyRoles.includes(column.role) && isNumber(column) && fractional > filled * 0.5,
  )
  const found = await Promise.all(amounts.map((facts) => hundredfoldIn(work, facts)))
  return found.flatMap((finding) => (finding === undefined ? [] : [finding]))
}

async function hundredfoldIn(work: CheckWork, facts: AmountFacts): Promise<Finding | undefined> {
  const { column, filled, fractional } = facts
  const key = keyOf(work, column)
  if (key === undefined && fractional < filled * 0.6) return undefined
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number().nullable(), z.number().nullable()]),
    key === undefined ? wholeAndHigh(work, column) : highForKey(work, column, key),
  )
  if (answer === undefined) return undefined
  const [count, example, usual] = answer
  if (count < 3 || count * work.step < filled * 0.001 || count * work.step > filled / 3) return undefined
  return work.say({
    id: 'hundredfold',
    severity: 'serious',
    column: column.name,
    title: `${column.name} is a hundred times too high in part of the rows`,
    count: count * work.step,
    unit: 'rows',
    examples: [`${example}, usually ${usual === null ? '' : Math.round(usual * 100) / 100}`],
    rows: sql`${ident(column.name)} = trunc(${ident(column.name)}) AND ${ident(column.name)} > ${raw(String(facts.median * 20))}`,
    fix: { label: 'Divide by 100', value: sql`${ident(column.name)} / 100` },
    treatment: 'Counted as they are: the decimal sign was probably lost',
  })
}

function keyOf(work: CheckWork, { role }: CheckedColumn): CheckedColumn | undefined {
  if (role === 'unitPrice' || role === 'price') return columnWith(work.table, 'product')
  return role === 'cost' ? columnWith(work.table, 'source') : undefined
}

function highForKey(work: CheckWork, column: CheckedColumn, key: CheckedColumn): Sql {
  const value = sql`CAST(${ident(column.name)} AS DOUBLE)`
  return sql`
    WITH priced AS (
      SELECT ${ident(key.name)} AS key, ${value} AS value FROM ${work.sample} WHERE ${value} > 0
    ), usual AS (
      SELECT key, median(value) AS usual
      FROM priced
      GROUP BY key
      HAVING count(*) >= 3 AND count(*) FILTER (WHERE value <> trunc(value)) > count(*) * 0.5
    )
    SELECT count(*)::DOUBLE, max(value), max_by(usual, value)
    FROM priced
    JOIN usual USING (key)
    WHERE value = trunc(value) AND value / usual BETWEEN ${key.role === 'source' ? raw('20') : raw('40')} AND ${key.role === 'source' ? raw('1000') : raw('250')}`
}

function wholeAndHigh(work: CheckWork, column: CheckedColumn): Sql {
  const value = sql`CAST(${ident(column.name)} AS DOUBLE)`
  return sql`
    WITH usual AS (
      SELECT median(${value}) FILTER (WHERE ${value} <> trunc(${value}) AND ${value} > 0) AS usual FROM ${work.sample}
    )
    SELECT count(*)::DOUBLE, max(${value}), max(usual)
    FROM ${work.sample}
    CROSS JOIN usual
    WHERE ${value} = trunc(${value}) AND ${value} > 20 * usual`
}
