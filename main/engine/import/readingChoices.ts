import type { ReadOptions } from '../../../shared/project'
import { innerFormat, isMonthFirst, orderedFormat, otherOrder, otherOrders, secondFormat } from './dateFormats'

/** The reading of a table under one option of one of its choices, whose key ends in `.<Column>.<question>`. */
export function applyReadingChoice(read: ReadOptions, choice: string, option: string): ReadOptions {
  const question = choice.slice(choice.lastIndexOf('.') + 1)
  const named = choice.slice(0, choice.lastIndexOf('.'))
  // The longest name: "Order.Date" before "Date".
  const [column] = read.columns
    .filter((candidate) => named === candidate.name || named.endsWith(`.${candidate.name}`))
    .sort((one, other) => other.name.length - one.name.length)
  const changed = column === undefined ? undefined : underOption(column, question, option)
  if (changed === undefined) return read
  return { ...read, columns: read.columns.map((candidate) => (candidate === column ? changed : candidate)) }
}

type Column = ReadOptions['columns'][number]

function underOption(column: Column, question: string, option: string): Column | undefined {
  const { format = '' } = column
  switch (question) {
    case 'dateOrder':
      return { ...column, format: withOrder(format, option === 'monthFirst') }
    case 'swappedDays':
      return { ...column, format: `${option === 'repair' ? 'swapped' : 'mixed'}:${innerFormat(format)}` }
    case 'decimalSign':
      return { ...column, decimal: option === 'comma' ? ',' : '.' }
    case 'unreadable':
      return option === 'keepText' ? { name: column.name, type: 'text' } : column
    default:
      return undefined
  }
}

function withOrder(format: string, monthFirst: boolean): string {
  const inner = innerFormat(format)
  if (isMonthFirst(orderedFormat(format)) === monthFirst) return format
  if (secondFormat(format) !== undefined) return otherOrders(format) ?? format
  return format.slice(0, format.length - inner.length) + (otherOrder(inner) ?? inner)
}
