import type { Finding } from '../../../shared/description'
import type { CheckWork } from './checkedTable'

/** Rows of a sheet, of workbooks old and new, with the header or without. */
const limits = [65_535, 65_536, 1_048_575, 1_048_576]

/** A table with exactly as many rows as a spreadsheet can hold. */
export async function checkTableSize(work: CheckWork): Promise<Finding[]> {
  const { rows, findings } = work.table
  if (!limits.includes(rows) || findings.some(({ id }) => id === 'cutOff')) return []
  return [
    work.say({
      id: 'spreadsheetLimit',
      severity: 'serious',
      title: 'As many rows as a spreadsheet holds: the end is probably cut off',
      count: rows,
      unit: 'rows',
      treatment: 'Counted as they are; ask for the whole export',
    }),
  ]
}
