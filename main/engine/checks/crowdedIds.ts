import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const placeholder =
  /^(0+|-\d|(\d)\2{3,}|1|123456\d*|test\w*|unknown|guest|anonymous|none|dummy|prueba|n\/?a|null|undefined|\(not set\))$/i
const testAccount = '(^|[^a-z])(test|tester|prueba|dummy)([^a-z]|$)|do not ship|@example\\.'

/**
 * Customers who are none.
 *
 * - A placeholder as id (0, -1, 1111111, test, unknown …) with ten rows and 20 times those of the usual customer: serious.
 * - One customer with more than 2 % of the rows (of 500), 20 times the rows of the usual one and 2.5 times those of one of
 *   the next three (the best customers follow one another closely): an account of many may be real, so it is told, and
 *   from 8 % of the rows on as a warning. `people` and `customers` have one row each.
 * - Ids that count up by one over 30 rows or more, in at most 60 % of a table whose other ids are in no order (at least a
 *   quarter of the steps between them leads down): filled by dragging.
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
  const crowded = all.filter(([, rows, usual]) => rows >= usual * 20)
  const isPlaceholder = ([id, rows]: readonly [string, number, number]): boolean => placeholder.test(id) && rows >= 10
  const isGiant = ([id, rows]: readonly [string, number, number]): boolean => {
    const at = all.findIndex(([other]) => other === id)
    const next = all.slice(at + 1, at + 4)
    return (
      work.table.rows >= 500 && rows > work.table.rows * 0.02 && next.some(([, following]) => rows >= following * 2.5)
    )
  }
  return [
    ...placeholders(work, name, crowded.filter(isPlaceholder)),
    ...largest(
      work,
      name,
      crowded.filter((entry) => !isPlaceholder(entry) && isGiant(entry)),
    ),
  ]
}

type Crowd = readonly (readonly [id: string, rows: number, usual: number])[]

const crowdRows = (name: string, crowd: Crowd): Sql =>
  sql`list_contains(string_split(${crowd.map(([id]) => id).join('\n')}, chr(10)), CAST(${ident(name)} AS VARCHAR))`

const crowdCount = (crowd: Crowd): number => crowd.reduce((sum, [, rows]) => sum + rows, 0)

function placeholders(work: CheckWork, name: string, crowd: Crowd): Finding[] {
  const [first] = crowd
  if (first === undefined) return []
  return [
    work.say({
      id: 'giantCustomer',
      severity: 'serious',
      column: name,
      title:
        crowd.length === 1
          ? `"${first[0]}" stands for customers who are not known`
          : 'Placeholders stand for customers who are not known',
      count: crowdCount(crowd),
      unit: 'rows',
      examples: [...crowd.map(([id, rows]) => `${id}: ${rows}`), `usually ${first[2]}`],
      rows: crowdRows(name, crowd),
      treatment: 'Counted as one customer: leave these rows out or empty the cells',
    }),
  ]
}

function largest(work: CheckWork, name: string, crowd: Crowd): Finding[] {
  const [first] = crowd
  if (first === undefined) return []
  const isLarge = first[1] >= work.table.rows * 0.08
  return [
    work.say({
      id: 'largestCustomer',
      severity: isLarge ? 'warning' : 'info',
      column: name,
      title:
        crowd.length === 1
          ? `One customer ("${first[0]}") has far more rows than all others`
          : 'Customers with far more rows than all others',
      count: crowdCount(crowd),
      unit: 'rows',
      examples: [...crowd.map(([id, rows]) => `${id}: ${rows}`), `usually ${first[2]}`],
      rows: crowdRows(name, crowd),
      treatment: 'Counted as one customer: a large account, a test or a robot?',
    }),
  ]
}

const draggedRows = 1_000_000
const leastRun = 30

async function dragged(work: CheckWork, { name }: CheckedColumn): Promise<Finding[]> {
  if (work.table.rows > draggedRows) return []
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.string().nullable(), z.string().nullable()]),
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
        (SELECT count(*) FILTER (WHERE step < 0) FROM compared)::DOUBLE,
        max_by(first, rows),
        max_by(last, rows)
      FROM chains`,
  )
  const [rows, rising, falling, first, last] = answer ?? [0, 0, 0, null, null]
  const others = work.table.rows - rows
  if (rows === 0 || others < work.table.rows * 0.4 || rising - rows > others * 0.8) return []
  if (falling < (rising - rows) * 0.34) return []
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
