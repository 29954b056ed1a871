import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const leastRows = 500

/**
 * Columns that say little.
 *
 * - A target that is empty in some rows, at most nine in ten.
 * - Of tables with a target (500 rows): columns with empty cells, and columns of at most 20 values one of which stands in
 *   99 % of the rows.
 */
export async function checkEmptyCells(work: CheckWork): Promise<Finding[]> {
  const target = columnWith(work.table, 'target')
  if (target === undefined) return []
  const found = await Promise.all([
    emptyTarget(work, target),
    work.table.rows < leastRows ? [] : emptyColumns(work),
    work.table.rows < leastRows ? [] : nearlyConstant(work, target),
  ])
  return found.flat()
}

async function emptyTarget(work: CheckWork, { name }: CheckedColumn): Promise<Finding[]> {
  const isEmpty = sql`${ident(name)} IS NULL`
  const [answer] = await work.ask(
    z.tuple([z.number()]),
    sql`SELECT count(*) FILTER (WHERE ${isEmpty})::DOUBLE FROM ${work.relation}`,
  )
  const count = answer?.[0] ?? 0
  if (count === 0 || count > work.table.rows * 0.9) return []
  return [
    work.say({
      id: 'emptyTarget',
      severity: 'warning',
      column: name,
      title: `${name} is empty: how these rows ended is not known`,
      count,
      unit: 'rows',
      rows: isEmpty,
      treatment: 'Neither yes nor no: shares are of the rows that say which',
    }),
  ]
}

async function emptyColumns(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(({ role }) => role === null)
  if (columns.length === 0) return []
  const [counts = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(
      columns.map(({ name }) => sql`(count(*) - count(${ident(name)}))::DOUBLE`),
      ', ',
    )} FROM ${work.relation}`,
  )
  const empty = columns
    .map(({ name }, index) => ({ name, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0 && count < work.table.rows)
    .sort((one, other) => other.count - one.count)
  if (empty.length === 0) return []
  return [
    work.say({
      id: 'emptyCells',
      severity: 'info',
      title: 'Columns with empty cells',
      count: empty.length,
      unit: 'columns',
      examples: empty.slice(0, 8).map(({ name, count }) => `${name}: ${count} rows`),
      treatment: 'Kept empty: averages are of the rows with a value',
    }),
  ]
}

async function nearlyConstant(work: CheckWork, target: CheckedColumn): Promise<Finding[]> {
  const columns = work.table.columns.filter(
    (column) => column !== target && column.distinct >= 2 && column.distinct <= 20,
  )
  const seen = await Promise.all(
    columns.slice(0, 60).map(async ({ name }) => ({ name, most: (await work.values(name))[0] })),
  )
  const found = seen.flatMap(({ name, most }) =>
    most !== undefined && most.count >= work.table.rows * 0.99 ? [`${name}: ${most.value} in ${most.count} rows`] : [],
  )
  if (found.length === 0) return []
  return [
    work.say({
      id: 'nearlyConstant',
      severity: 'info',
      title: 'Columns that say the same in 99 % of the rows',
      count: found.length,
      unit: 'columns',
      examples: found.slice(0, 8),
      treatment: 'Kept: they hardly tell rows apart',
    }),
  ]
}
