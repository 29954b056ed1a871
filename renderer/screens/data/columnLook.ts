import type { SourceState } from '../../../shared/engineApi'
import type { Formatter } from '../../../shared/format'

type Column = SourceState['columns'][number]

export const isNumberColumn = ({ type }: Column): boolean => type === 'integer' || type === 'decimal'

export function widthOf({ name, type }: Column): number {
  const forName = name.length * 7 + 28
  const forValues = { text: 150, id: 120, integer: 88, decimal: 96, date: 96, timestamp: 140, flag: 72, empty: 72 }[
    type
  ]
  return Math.min(240, Math.max(forName, forValues, 92))
}

/** Values as the file has them; only decimals and thousands follow the project's locale. */
export function cellText(value: unknown, { type }: Column, format: Formatter): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number' && type === 'decimal') return format.decimal(value, 2)
  if (typeof value === 'number' && type === 'integer') return format.count(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
