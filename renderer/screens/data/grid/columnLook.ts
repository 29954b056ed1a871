import type { Formatter } from '../../../../shared/format'
import type { ColumnFilter, TableColumn } from '../../../../shared/tableView'
import { filterText } from '../../../../shared/tableView'

export const isNumberColumn = ({ type }: TableColumn): boolean => type === 'integer' || type === 'decimal'

export function widthOf({ name, type }: TableColumn): number {
  const forName = name.length * 7 + 46
  const forValues = { text: 150, id: 120, integer: 88, decimal: 96, date: 96, timestamp: 140, flag: 72, empty: 72 }[
    type
  ]
  return Math.min(240, Math.max(forName, forValues, 92))
}

/** Values as the file has them; only decimals and thousands follow the project's locale. */
export function cellText(value: unknown, { type }: TableColumn, format: Formatter): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number' && type === 'decimal') return decimalText(value, format)
  if (typeof value === 'number' && type === 'integer') return format.count(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

/** Two decimals, or four where two would leave nothing of the number. */
export function decimalText(value: number, format: Formatter): string {
  return format.decimal(value, value !== 0 && Math.abs(value) < 0.01 ? 4 : 2)
}

/** A filter in words, its numbers in the project's locale. */
export function chipText(filter: ColumnFilter, columns: readonly TableColumn[], format: Formatter): string {
  const column = columns.find(({ name }) => name === filter.column)
  return filterText(filter, (value) =>
    typeof value === 'number' && column !== undefined
      ? Number.isInteger(value)
        ? format.count(value)
        : decimalText(value, format)
      : String(value),
  )
}
