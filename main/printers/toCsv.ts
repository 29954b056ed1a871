import type { AnalysisAnswer } from '../../shared/analysis'
import { guardFormula } from '../../shared/guardFormula'
import type { CellValue, Table } from '../../shared/report'
import { mainTable } from './mainTable'

/** Tells spreadsheet programs that the file is UTF-8. */
export const byteOrderMark = '\ufeff'

/**
 * The main table of the report for other programs: RFC 4180, a header, unrounded numbers with a decimal point,
 * shares as fractions, ISO days, empty where nothing is known. Text that looks like a formula is written as text.
 */
export function toCsv(answer: AnalysisAnswer): string {
  const main = mainTable(answer.report)
  return main === undefined ? '' : tableToCsv(main.table)
}

export function tableToCsv(table: Table): string {
  const header = table.columns.map((column) => field(column.label))
  const rows = table.rows.map((row) => table.columns.map((_, at) => field(row[at] ?? null)))
  return [header, ...rows].map((line) => `${line.join(',')}\r\n`).join('')
}

function field(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  const text = guardFormula(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
