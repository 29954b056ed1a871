import type { ReadOptions } from '../../../shared/project'
import { isDateFormat, isMonthFirst, otherOrder } from './dateFormats'

/** The reading of a table under one option of one of its choices (`<Table>.<Column>.dateOrder`, `.swappedDays`). */
export function applyReadingChoice(read: ReadOptions, choice: string, option: string): ReadOptions {
  const column = read.columns.find(
    (candidate) => choice.endsWith(`.${candidate.name}.dateOrder`) || choice.endsWith(`.${candidate.name}.swappedDays`),
  )
  if (column?.format === undefined) return read
  const format = choice.endsWith('.dateOrder')
    ? withOrder(column.format, option === 'monthFirst')
    : withSwap(column.format, option === 'repair')
  return {
    ...read,
    columns: read.columns.map((candidate) => (candidate === column ? { ...column, format } : candidate)),
  }
}

function withOrder(format: string, monthFirst: boolean): string {
  const at = format.indexOf(':') > 0 && !isDateFormat(format) ? format.indexOf(':') + 1 : 0
  const inner = format.slice(at)
  if (!isDateFormat(inner) || isMonthFirst(inner) === monthFirst) return format
  return format.slice(0, at) + (otherOrder(inner) ?? inner)
}

function withSwap(format: string, repair: boolean): string {
  const inner = format.replace(/^(mixed|swapped):/, '')
  return `${repair ? 'swapped' : 'mixed'}:${inner}`
}
