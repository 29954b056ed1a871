import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, raw, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith, mainDate } from './checkedTable'

const leastRun = 100
const leastOthers = 20
const mostRows = 1_000_000

/**
 * Columns that were changed alone, in the order of the file.
 *
 * - Filled down: one value in 100 rows or more one after the other, five times as many as any other value has, while
 *   another column changes: 20 products below one description or category, 20 orders of one customer.
 * - Customers sorted alone: neither they nor the dates ever go down, although three in ten customers (30) have several
 *   orders (or days, where orders have no id). In honest files at most one of the two is in order.
 */
export async function checkFilledDown(work: CheckWork): Promise<Finding[]> {
  const { table } = work
  if (table.rows < leastRun * 2 || table.rows > mostRows) return []
  const [product, order] = [columnWith(table, 'product'), columnWith(table, 'order')]
  const [customer, description] = [columnWith(table, 'customer'), columnWith(table, 'description')]
  const found = await Promise.all([
    product === undefined || description === undefined ? [] : filled(work, description, product),
    order === undefined || customer === undefined ? [] : filled(work, customer, order),
    customer === undefined ? [] : sortedAlone(work, customer, order),
  ])
  return found.flat()
}

async function filled(work: CheckWork, column: CheckedColumn, other: CheckedColumn): Promise<Finding[]> {
  const runs = await work.ask(
    z.tuple([z.string(), z.number(), z.number(), z.number()]),
    sql`
      WITH lined AS (
        SELECT source_row, CAST(${ident(column.name)} AS VARCHAR) AS value,
          ${ident(column.name)} IS DISTINCT FROM lag(${ident(column.name)}) OVER (ORDER BY source_row) AS begins
        FROM ${work.relation}
      ), runs AS (
        SELECT value, source_row AS first, coalesce(lead(source_row) OVER (ORDER BY source_row), ${work.table.rows + 1}) - 1 AS last
        FROM lined WHERE begins
      )
      SELECT value, first::DOUBLE, last::DOUBLE, (last - first + 1)::DOUBLE
      FROM runs WHERE value IS NOT NULL ORDER BY 4 DESC, 2 LIMIT 20`,
  )
  const [longest] = runs
  if (longest === undefined || longest[3] < leastRun) return []
  const [value, first, last, rows] = longest
  if (runs.some(([own, , , length]) => own !== value && length * 5 > rows)) return []
  const isRun = sql`source_row BETWEEN ${raw(String(first))} AND ${raw(String(last))}`
  const [answer] = await work.ask(
    z.tuple([z.number()]),
    sql`SELECT count(DISTINCT ${ident(other.name)})::DOUBLE FROM ${work.relation} WHERE ${isRun}`,
  )
  if ((answer?.[0] ?? 0) < leastOthers) return []
  return [
    work.say({
      id: 'filledDown',
      severity: 'serious',
      column: column.name,
      title: `${column.name} says the same in ${rows} rows one after the other, while ${other.name} changes: filled down?`,
      count: rows,
      unit: 'rows',
      examples: [value],
      rows: isRun,
      treatment: 'Kept as they are: ask for the original cells',
    }),
  ]
}

async function sortedAlone(
  work: CheckWork,
  customer: CheckedColumn,
  order: CheckedColumn | undefined,
): Promise<Finding[]> {
  const date = mainDate(work.table)
  if (date === undefined || work.table.kind !== 'orders') return []
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.number()]),
    sql`
      WITH lined AS (
        SELECT ${ident(customer.name)} AS id, ${order === undefined ? sql`CAST(${ident(date.name)} AS DATE)` : ident(order.name)} AS purchase,
          lag(${ident(customer.name)}) OVER (ORDER BY source_row) AS id_before, lag(${ident(date.name)}) OVER (ORDER BY source_row) AS before, ${ident(date.name)} AS moment
        FROM ${work.relation}
      ), customers AS (
        SELECT count(DISTINCT purchase) AS purchases FROM lined WHERE id IS NOT NULL GROUP BY id
      )
      SELECT
        count(*) FILTER (WHERE id < id_before)::DOUBLE,
        count(*) FILTER (WHERE moment < before)::DOUBLE,
        (SELECT count(*) FILTER (WHERE purchases > 1) FROM customers)::DOUBLE,
        (SELECT count(*) FROM customers)::DOUBLE
      FROM lined`,
  )
  const [down, earlier, several, customers] = answer ?? [1, 1, 0, 0]
  if (down > 0 || earlier > 0 || several < 30 || several < customers * 0.3) return []
  return [
    work.say({
      id: 'sortedAlone',
      severity: 'serious',
      column: customer.name,
      title: `${customer.name} is sorted, and ${date.name} is too: one of them was sorted alone`,
      count: work.table.rows,
      unit: 'rows',
      treatment: 'Kept as they are: who bought what is lost. Ask for the file before it was sorted',
    }),
  ]
}
