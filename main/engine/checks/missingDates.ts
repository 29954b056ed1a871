import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckWork, mainDate } from './checkedTable'
import { sumOf } from './days'

/** Rows without a date in the column that says when they happened, beyond those told as unreadable. */
export async function checkMissingDates(work: CheckWork): Promise<Finding[]> {
  const column = mainDate(work.table)
  if (column === undefined || column.role === null) return []
  const dated = sumOf((await work.days(column.name)).map(({ rows }) => rows))
  const told = work.table.findings
    .filter((finding) => finding.column === column.name && finding.id === 'unreadable')
    .reduce((sum, { count }) => sum + count, 0)
  const count = work.table.rows - dated - told
  if (count <= 0 || dated === 0) return []
  return [
    work.say({
      id: 'missingDates',
      severity: 'serious',
      column: column.name,
      title: `${column.name} is empty`,
      count,
      unit: 'rows',
      rows: sql`${ident(column.name)} IS NULL`,
      treatment: 'Left out: without a date they belong to no period',
    }),
  ]
}
