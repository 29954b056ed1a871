import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork } from './checkedTable'

const idRoles = ['order', 'session', 'product']
const mostColumns = 6
const leastDistinct = 100
const placeholder = /^(-1|0+|9{4,}|1{5,}|unknown|none|dummy|n\/?a|null|undefined|nan|-|\?)$/i

/**
 * A placeholder among ids that are no customers' (-1, 0, 9999, unknown): of a hundred different ids or more it has 0.5 %
 * of the rows (10), and 20 times those of the usual id.
 */
export async function checkPlaceholderIds(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns
    .filter(
      ({ type, role, distinct }) =>
        distinct >= leastDistinct &&
        role !== 'customer' &&
        (type === 'id' || (type === 'text' && role !== null && idRoles.includes(role))),
    )
    .slice(0, mostColumns)
  const found = await Promise.all(columns.map((column) => placeholdersIn(work, column)))
  return found.flat()
}

async function placeholdersIn(work: CheckWork, column: CheckedColumn): Promise<Finding[]> {
  const { name, role } = column
  const all = await work.ask(
    z.tuple([z.string(), z.number(), z.number()]),
    sql`
      WITH ids AS (
        SELECT value AS id, sum(n) AS rows FROM ${work.counted(column)} GROUP BY 1
      )
      SELECT id, rows::DOUBLE, (SELECT median(rows) FROM ids)::DOUBLE FROM ids ORDER BY rows DESC, id LIMIT 8`,
  )
  const least = Math.max(10, (work.table.rows / work.glanceStep) * 0.005)
  const found = all.filter(([id, rows, usual]) => placeholder.test(id) && rows >= least && rows >= usual * 20)
  const [first] = found
  if (first === undefined) return []
  return [
    work.say({
      id: 'placeholderIds',
      severity: role === null ? 'warning' : 'serious',
      column: name,
      title: `${name} says "${first[0]}" where it is not known`,
      count: found.reduce((sum, [, rows]) => sum + rows, 0) * work.glanceStep,
      unit: 'rows',
      examples: [...found.map(([id, rows]) => `${id}: ${rows}`), `usually ${first[2]}`],
      rows: sql`list_contains(string_split(${found.map(([id]) => id).join('\n')}, chr(10)), ${ident(name)})`,
      treatment: 'Counted as one id: leave these rows out or empty the cells',
    }),
  ]
}
