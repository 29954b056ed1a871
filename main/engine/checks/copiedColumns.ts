import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, type Sql, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork } from './checkedTable'

const leastRows = 20
const mostColumns = 60
const leastValues = 5

/**
 * Columns that say nothing of their own.
 *
 * - A column with the cells of another in every row, of five different values or more; columns that only differ by a
 *   number in their names, as months do, may be alike.
 * - A column without a name, or called "index" or "Unnamed", that counts the rows from 0 or 1 on.
 */
export async function checkCopiedColumns(work: CheckWork): Promise<Finding[]> {
  const { columns, rows } = work.table
  if (rows < leastRows || columns.length > mostColumns) return []
  return [...(await copies(work)), ...(await rowNumbers(work))]
}

async function copies(work: CheckWork): Promise<Finding[]> {
  const { columns } = work.table
  const pairs = columns.flatMap((copy, index) =>
    copy.distinct < leastValues
      ? []
      : columns
          .slice(0, index)
          .filter((other) => other.type === copy.type && other.distinct === copy.distinct && !arePeriods(other, copy))
          .slice(0, 1)
          .map((original) => ({ original, copy })),
  )
  const differing = pairs.map(
    ({ original, copy }): Sql =>
      sql`count(*) FILTER (WHERE ${ident(original.name)} IS DISTINCT FROM ${ident(copy.name)})::DOUBLE`,
  )
  if (pairs.length === 0) return []
  const [counts = []] = await work.ask(z.array(z.number()), sql`SELECT ${join(differing, ', ')} FROM ${work.relation}`)
  return pairs.flatMap(({ original, copy }, index) =>
    counts[index] !== 0
      ? []
      : [
          work.say({
            id: 'copiedColumn',
            severity: isCalledAlike(original, copy) ? 'warning' : 'info',
            column: copy.name,
            title: `${copy.name} is the same as ${original.name} in every row`,
            count: work.table.rows,
            unit: 'rows',
            treatment: 'Kept as a column of its own: use one of the two',
          }),
        ],
  )
}

const bare = (name: string): string => name.toLowerCase().replace(/[ ._-]*(\(?\d+\)?|copy|copia)$/, '')

/** "Quantity.1", "Quantity 2" and "Quantity_copy" are called after "Quantity". */
const isCalledAlike = (original: CheckedColumn, copy: CheckedColumn): boolean =>
  bare(copy.name) === original.name.toLowerCase()

/** "Month 1" and "Month 2" may well be alike. */
const arePeriods = (one: CheckedColumn, other: CheckedColumn): boolean =>
  bare(one.name) === bare(other.name) && bare(one.name) !== one.name.toLowerCase()

const isUnnamed = (name: string): boolean =>
  /^(unnamed:? ?\d*|index|level_0|row ?(number|no)?|column \d+|#)$/i.test(name)

async function rowNumbers(work: CheckWork): Promise<Finding[]> {
  const column = work.table.columns.find(
    ({ name, type, distinct }) => isUnnamed(name) && (type === 'integer' || type === 'id') && distinct > leastValues,
  )
  if (column === undefined) return []
  const number = sql`TRY_CAST(${ident(column.name)} AS BIGINT)`
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number()]),
    sql`
      SELECT count(DISTINCT ${number} - source_row)::DOUBLE, count(${number})::DOUBLE FROM ${work.relation}`,
  )
  if (answer === undefined || answer[0] !== 1 || answer[1] < work.table.rows) return []
  return [
    work.say({
      id: 'rowNumbers',
      severity: 'info',
      column: column.name,
      title: `${column.name} only numbers the rows`,
      count: work.table.rows,
      unit: 'rows',
      treatment: 'Kept: it is no id of anything',
    }),
  ]
}
