import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const placeholder =
  /^(0+|-\d|(\d)\2{3,}|1|123456\d*|test\w*|unknown|guest|anonymous|none|dummy|prueba|n\/?a|null|undefined|\(not set\))$/i
const testAccount = '(^|[^a-z])(test|tester|prueba|dummy)([^a-z]|$)|do not ship|@example\\.'

/**
 * Customers who are none.
 *
 * - One customer with more than 2 % of the rows (of 500), 20 times the rows of the usual one and 2.5 times those of one of
 *   the next three (the best customers follow one another closely); or with a placeholder
 *   as id (0, -1, 1111111, test, unknown …), ten rows and 20 times the usual. `people` and `customers` have one row each.
 * - Ids that count up by one over 30 rows or more, in at most 60 % of a table whose other ids are in no order: filled
 *   by dragging.
 * - Test accounts: the customer, or a description, holds the word test, dummy, prueba, "do not ship" or example.com.
 */
export async function checkCrowdedIds(work: CheckWork): Promise<Finding[]> {
  const customer = columnWith(work.table, 'customer')
  const description = columnWith(work.table, 'description')
  const found = await Promise.all([
    ...(customer === undefined ? [] : [giants(work, customer), dragged(work, customer)]),
    ...[customer, description].flatMap((column) => (column === undefined ? [] : [tests(work, column)])),
  ])
  return found.flat()
}

async function giants(work: CheckWork, { name }: CheckedColumn): Promise<Finding[]> {
  const all = await work.ask(
    z.tuple([z.string(), z.number(), z.number()]),
    sql`
      WITH ids AS (
        SELECT CAST(${ident(name)} AS VARCHAR) AS id, count(*) AS rows FROM ${work.relation} WHERE ${ident(name)} IS NOT NULL GROUP BY 1
      )
      SELECT id, rows::DOUBLE, (SELECT median(rows) FROM ids)::DOUBLE FROM ids ORDER BY rows DESC, id LIMIT 8`,
  )
  const large = all.filter(([id, rows, usual], index) => {
    const isPlaceholder = placeholder.test(id) && rows >= 10
    const isGiant =
      work.table.rows >= 500 &&
      rows > work.table.rows * 0.02 &&
      all.some(([, next], at) => at > index && at <= index + 3 && rows >= next * 2.5)
    return rows >= usual * 20 && (isPlaceholder || isGiant)
  })
  const [first] = large
  if (first === undefined) return []
  const [id, , usual] = first
  const count = large.reduce((sum, [, rows]) => sum + rows, 0)
  return [
    work.say({
      id: 'giantCustomer',
      severity: 'serious',
      column: name,
      title:
        large.length === 1
          ? `One customer ("${id}") has far more rows than all others`
          : 'Customers with far more rows than all others',
      count,
      unit: 'rows',
      examples: [...large.map(([own, rows]) => `${own}: ${rows}`), `usually ${usual}`],
      rows: sql`list_contains(string_split(${large.map(([own]) => own).join('\n')}, chr(10)), CAST(${ident(name)} AS VARCHAR))`,
      treatment: 'Counted as one customer: a placeholder, a test or a robot?',
    }),
  ]
}

const draggedRows = 1_000_000
const leastRun = 30

async function dragged(work: CheckWork, { name }: CheckedColumn): Promise<Finding[]> {
  if (work.table.rows > draggedRows) return []
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.string().nullable(), z.string().nullable()]),
    sql`
      WITH numbered AS (
        SELECT source_row, ${ident(name)} AS id, TRY_CAST(${ident(name)} AS HUGEINT) AS number FROM ${work.relation}
      ), compared AS (
        SELECT source_row, id, coalesce(number - lag(number) OVER (ORDER BY source_row), 0) AS step FROM numbered
      ), chained AS (
        SELECT source_row, id, sum(CASE WHEN step = 1 THEN 0 ELSE 1 END) OVER (ORDER BY source_row ROWS UNBOUNDED PRECEDING) AS chain
        FROM compared
      ), chains AS (
        SELECT count(*) AS rows, min_by(id, source_row) AS first, max_by(id, source_row) AS last
        FROM chained
        GROUP BY chain
        HAVING count(*) >= ${leastRun}
      )
      SELECT
        coalesce(sum(rows), 0)::DOUBLE,
        (SELECT count(*) FILTER (WHERE step > 0) FROM compared)::DOUBLE,
        max_by(first, rows),
        max_by(last, rows)
      FROM chains`,
  )
  const [rows, rising, first, last] = answer ?? [0, 0, null, null]
  const others = work.table.rows - rows
  if (rows === 0 || others < work.table.rows * 0.4 || rising - rows > others * 0.8) return []
  return [
    work.say({
      id: 'draggedIds',
      severity: 'serious',
      column: name,
      title: `${name} counts up by one from row to row: filled by dragging`,
      count: rows,
      unit: 'rows',
      examples: [`${first} to ${last}`],
      treatment: 'Counted as different customers: ask for the original ids',
    }),
  ]
}

async function tests(work: CheckWork, { name, type }: CheckedColumn): Promise<Finding[]> {
  if (type !== 'id' && type !== 'text') return []
  const cell = ident(name)
  const isTest = sql`regexp_matches(lower(${cell}), ${testAccount})`
  const [answer] = await work.ask(
    z.tuple([z.number(), z.array(z.string())]),
    sql`
      SELECT coalesce(sum(rows), 0)::DOUBLE, coalesce(min(value, 4), [])
      FROM (SELECT ${cell} AS value, count(*) AS rows FROM ${work.relation} WHERE ${cell} >= ':' OR contains(${cell}, '@') GROUP BY 1)
      WHERE regexp_matches(lower(value), ${testAccount})`,
  )
  const [count, examples] = answer ?? [0, []]
  if (count === 0) return []
  return [
    work.say({
      id: 'testAccounts',
      severity: 'warning',
      column: name,
      title: 'Rows that look like tests',
      count,
      unit: 'rows',
      examples,
      rows: isTest,
      treatment: 'Kept: leave them out if they are',
    }),
  ]
}
