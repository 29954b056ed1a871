import type { Worksheet } from '@cj-tech-master/excelts'
import type { CellValue, Column, NumberFormat, Table } from '../../shared/report'
import type { TitledTable } from './mainTable'
import { type CellStyle, formatOf, put, type SheetValue } from './sheet'

/** Writes title, head, rows and total; the answer is the last row written. Numbers stay numbers, text stays text. */
export function writeTable(
  sheet: Worksheet,
  row: number,
  column: number,
  { title, subtitle, table, valueFormats }: TitledTable,
): number {
  put(sheet, row, column, title, { look: 'total' })
  sheet.getCell(row, column).border = {}
  put(sheet, row + 1, column, subtitle, { look: 'note' })
  const head = row + 2
  table.columns.forEach((one, index) => {
    put(sheet, head, column + index, one.label, { look: 'head', align: isText(one.format) ? 'left' : 'right' })
  })
  const unfinished = new Set(table.unfinishedRows ?? [])
  table.rows.forEach((values, index) => {
    const own = valueFormats?.[index]
    const columns = own === undefined ? table.columns : withFormat(table.columns, own)
    writeRow(sheet, head + 1 + index, column, values, columns, unfinished.has(index) ? 'note' : 'value')
  })
  const last = head + table.rows.length
  if (table.total === undefined) return last
  writeRow(sheet, last + 1, column, table.total, table.columns, 'total')
  return last + 1
}

function withFormat(columns: readonly Column[], format: NumberFormat): Column[] {
  return columns.map((column, index) => (index === 1 ? { ...column, format } : column))
}

export function writeRow(
  sheet: Worksheet,
  row: number,
  column: number,
  values: readonly CellValue[],
  columns: readonly Column[],
  look: CellStyle['look'],
): void {
  columns.forEach(({ format }, index) => {
    const value = toSheetValue(values[index] ?? null, format)
    put(sheet, row, column + index, value, {
      look,
      format: typeof value === 'string' ? '@' : formatOf(format),
      align: isText(format) ? 'left' : 'right',
    })
  })
}

/** Widths that show the longest short text; long sentences are cut rather than making a column of a screen's width. */
export function fitColumns(sheet: Worksheet, tables: readonly Table[], widest = 32): void {
  const columns = Math.max(1, ...tables.map((table) => table.columns.length))
  for (let index = 0; index < columns; index += 1) {
    const lengths = tables.flatMap((table) => [
      table.columns[index]?.label.length ?? 0,
      ...table.rows.map((row) => shownLength(row[index] ?? null)),
    ])
    const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
    sheet.getColumn(index + 1).width = Math.min(index === 0 ? 44 : widest, Math.max(11, longest + 2))
  }
}

function shownLength(value: CellValue): number {
  if (typeof value === 'number') return Math.round(Math.abs(value)).toLocaleString('en-US').length + 3
  return value === null ? 0 : String(value).length
}

function toSheetValue(value: CellValue, format: NumberFormat): SheetValue {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return Number.isFinite(value) ? value : 'n/a'
  if (typeof value === 'string' && (format === 'date' || format === 'month') && /^\d{4}-\d{2}(-\d{2})?/.test(value)) {
    return new Date(`${value.slice(0, 7)}-${value.slice(8, 10) || '01'}T00:00:00Z`)
  }
  return value
}

function isText(format: NumberFormat): boolean {
  return ['text', 'id', 'date', 'month'].includes(format)
}
