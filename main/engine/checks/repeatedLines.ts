import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'
import { dayName, firstDayOf, isoDay, median, monthName, sumOf } from './days'

const mostRows = 1_000_000
const mostColumns = 60

/**
 * Orders that hold the same product twice.
 *
 * - Nearly all of them: two in five lines repeat order and product, and of all other columns exactly one differs in
 *   nine of ten repeated lines while every other one is the same: a join has multiplied the lines.
 * - In one month: 45 % of its lines, at least 20, and below 10 % in the usual one of four months or more (of three: in
 *   both others): the month was exported twice, in two states.
 */
export async function checkRepeatedLines(work: CheckWork): Promise<Finding[]> {
  const [order, product, date] = [
    columnWith(work.table, 'order'),
    columnWith(work.table, 'product'),
    columnWith(work.table, 'orderedAt'),
  ]
  if (work.table.kind !== 'orders' || work.table.rows > mostRows) return []
  if (order === undefined || product === undefined || date === undefined) return []
  const key = sql`${ident(order.name)}, ${ident(product.name)}`
  const months = await repeatedByMonth(work, key, date)
  const [lines, repeated] = [sumOf(months.map(({ rows }) => rows)), sumOf(months.map((month) => month.repeated))]
  if (lines > 0 && repeated >= lines * 0.4) {
    const cause = await multiplied(work, key, [order, product])
    return cause === undefined ? [] : [saidOfJoin(work, key, cause, lines - repeated, repeated)]
  }
  const told = work.table.findings.find(({ id }) => id === 'repeatedRows')?.count ?? 0
  const twice = months.filter((month) => month.repeated >= month.rows * 0.45 && month.repeated >= 20)
  const others = months.filter((month) => !twice.includes(month))
  const usual = median(others.map((month) => month.repeated / month.rows))
  const [month] = twice
  // Rows that are the same throughout are told as such.
  if (month === undefined || twice.length > 1 || others.length < 2 || usual >= 0.1 || told >= month.repeated * 0.9)
    return []
  return [saidOfMonth(work, key, date, month)]
}

interface Month {
  readonly month: number
  readonly rows: number
  readonly repeated: number
}

function repeatedByMonth(work: CheckWork, key: Sql, date: CheckedColumn): Promise<Month[]> {
  const day = ident(date.name)
  return work.ask(
    z.tuple([z.number(), z.number(), z.number()]).transform(([month, rows, repeated]) => ({ month, rows, repeated })),
    sql`
      SELECT month::DOUBLE, sum(rows)::DOUBLE, sum(rows - 1)::DOUBLE
      FROM (
        SELECT year(min(${day})) * 12 + month(min(${day})) - 1 AS month, count(*) AS rows
        FROM ${work.relation} WHERE isfinite(${day}) GROUP BY ${key}
      )
      GROUP BY 1 ORDER BY 1`,
  )
}

/** The one column that tells repeated lines apart, where all others are the same. */
async function multiplied(
  work: CheckWork,
  key: Sql,
  keys: readonly CheckedColumn[],
): Promise<CheckedColumn | undefined> {
  const columns = work.table.columns.filter((column) => !keys.includes(column)).slice(0, mostColumns)
  const parts = columns.flatMap(({ name }) => [
    sql`coalesce(avg((count(DISTINCT ${ident(name)}) >= count(*))::INTEGER) OVER (), 0)::DOUBLE`,
    sql`coalesce(avg((count(DISTINCT ${ident(name)}) <= 1)::INTEGER) OVER (), 0)::DOUBLE`,
  ])
  if (columns.length < 2) return undefined
  const [answer] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(parts, ', ')} FROM ${work.relation} GROUP BY ${key} HAVING count(*) > 1 LIMIT 1`,
  )
  if (answer === undefined) return undefined
  const differing = columns.filter((_, index) => (answer[index * 2] ?? 0) >= 0.9)
  const same = columns.filter((_, index) => (answer[index * 2 + 1] ?? 0) >= 0.9)
  return differing.length === 1 && same.length === columns.length - 1 ? differing[0] : undefined
}

/** All but the first line of each order and product. */
const later = (work: CheckWork, key: Sql): Sql =>
  sql`source_row NOT IN (SELECT min(source_row) FROM ${work.relation} GROUP BY ${key})`

function saidOfJoin(work: CheckWork, key: Sql, { name }: CheckedColumn, lines: number, repeated: number): Finding {
  const times = Math.round(((lines + repeated) / lines) * 10) / 10
  return work.say({
    id: 'multipliedLines',
    severity: 'serious',
    column: name,
    title: `Every line stands ${times} times, each time with another ${name}: a join multiplied the lines`,
    count: repeated,
    unit: 'rows',
    rows: later(work, key),
    treatment: `All are added up: totals are ${times} times too high. Export the lines without ${name}`,
  })
}

function saidOfMonth(work: CheckWork, key: Sql, date: CheckedColumn, { month, repeated }: Month): Finding {
  const [from, to] = [firstDayOf(month), firstDayOf(month + 1) - 1]
  return work.say({
    id: 'repeatedLinesOfMonth',
    severity: 'serious',
    column: date.name,
    title: `Orders of ${monthName(month)} hold nearly every product twice, part of them with other values`,
    count: repeated,
    unit: 'rows',
    examples: [`${dayName(from)} to ${dayName(to)}`],
    period: { from: isoDay(from), to: isoDay(to) },
    rows: sql`CAST(${ident(date.name)} AS DATE) BETWEEN CAST(${isoDay(from)} AS DATE) AND CAST(${isoDay(to)} AS DATE) AND ${later(work, key)}`,
    treatment: 'Both are added up: the month was probably exported twice; keep the later state',
  })
}
