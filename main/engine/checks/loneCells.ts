import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import type { CheckWork } from './checkedTable'

const leastRows = 20
const mostColumns = 60
const leastOthers = 3

/**
 * Rows of one filled cell between rows that are full: titles of groups, page footers, notes. At most 10 % of the rows,
 * with a text in the first column and nothing else, while three other columns at least are filled in 98 % of the others.
 */
export async function checkLoneCells(work: CheckWork): Promise<Finding[]> {
  const [first, ...others] = work.table.columns.filter(({ type }) => type !== 'empty')
  const { rows } = work.table
  if (first === undefined || (first.type !== 'text' && first.type !== 'id')) return []
  if (others.length < leastOthers || others.length > mostColumns || rows < leastRows) return []
  const isBare = join(
    others.map(({ name }) => sql`${ident(name)} IS NULL`),
    ' AND ',
  )
  const isLone = sql`(${ident(first.name)} IS NOT NULL AND ${isBare})`
  const [lone] = await work.ask(
    z.tuple([z.number(), z.array(z.string())]),
    sql`
      SELECT count(*)::DOUBLE, coalesce(min(CAST(${ident(first.name)} AS VARCHAR), 3), [])
      FROM ${work.relation} WHERE ${isLone}`,
  )
  const [count, examples] = lone ?? [0, []]
  if (count === 0 || count > rows * 0.1) return []
  const [filled = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(
      others.map(({ name }) => sql`count(${ident(name)})::DOUBLE`),
      ', ',
    )} FROM ${work.relation}`,
  )
  if (filled.filter((cells) => cells >= (rows - count) * 0.98).length < leastOthers) return []
  return [
    work.say({
      id: 'loneCells',
      severity: 'warning',
      column: first.name,
      title: `Rows with ${first.name} and nothing else: titles of groups, page footers or notes`,
      count,
      unit: 'rows',
      examples,
      rows: isLone,
      treatment: 'Kept as rows without values: leave them out if they are no data',
    }),
  ]
}
