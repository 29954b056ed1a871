import type { TableDescription } from '../../../../shared/description'
import type { ReadColumn } from '../../../../shared/project'
import { innerFormat, otherOrder } from '../dateFormats'
import { questionOf } from '../renameColumns'

/** A table of one of several files, its columns called as in the table of all. */
export interface PartTable {
  readonly fileName: string
  readonly table: TableDescription
}

/** How one column is read over several files. */
export interface ColumnReading {
  /** The files write it differently: each is read in its own way. */
  readonly differs: boolean
  /** By file, where it has the column: how the file is read by itself, or by what other files prove. */
  readonly own: readonly (ReadColumn | undefined)[]
  /** Questions about the column that no file answers: by file, `dateOrder` … */
  readonly asked: readonly (string | undefined)[]
}

/**
 * What the files say of a column together. A file that leaves the order of day and month, or the decimal sign, open
 * follows those that prove it, as long as they do not contradict each other.
 */
export function readingOfColumn(name: string, parts: readonly PartTable[]): ColumnReading {
  const own = parts.map(({ table }) => table.read.columns.find((column) => column.name === name))
  const asked = parts.map(({ table }) => questionAbout(name, table))
  const decided = own.filter((column, index) => column !== undefined && asked[index] === undefined)
  const formats = new Set(
    decided.flatMap((column) => (column !== undefined && isTime(column) ? [column.format ?? ''] : [])),
  )
  const signs = new Set(decided.flatMap((column) => (column?.type === 'decimal' ? [column.decimal ?? '.'] : [])))
  const settled = own.map((column, index) => {
    if (column === undefined || asked[index] === undefined) return { column, question: asked[index] }
    const proven = asked[index] === 'dateOrder' ? provenFormat(column, formats) : undefined
    if (proven !== undefined) return { column: { ...column, format: proven }, question: undefined }
    const [sign] = signs
    if (asked[index] === 'decimalSign' && signs.size === 1 && sign !== undefined && isAlike(index, parts, own, asked))
      return { column: { ...column, decimal: sign }, question: undefined }
    return { column, question: asked[index] }
  })
  const present = settled.map(({ column }) => column).filter((column) => column !== undefined)
  const times = new Set(present.filter(isTime).map(({ format }) => format ?? ''))
  const marks = new Set(present.filter(({ type }) => type === 'decimal').map(({ decimal }) => decimal ?? '.'))
  return {
    differs: times.size > 1 || marks.size > 1,
    own: settled.map(({ column }) => column),
    asked: settled.map(({ question }) => question),
  }
}

const isTime = ({ type }: ReadColumn): boolean => type === 'date' || type === 'timestamp'

/** The format that other files prove for one that could be read two ways. */
function provenFormat(column: ReadColumn, formats: ReadonlySet<string>): string | undefined {
  const format = column.format ?? ''
  const prefix = format.slice(0, format.length - innerFormat(format).length)
  const orders = [innerFormat(format), otherOrder(innerFormat(format)) ?? '']
  const proven = orders.filter((order) =>
    [...formats].some((other) => innerFormat(other).replace(/ H:mm$/, '') === order.replace(/ H:mm$/, '')),
  )
  return proven.length === 1 ? prefix + proven[0] : undefined
}

/** A decimal sign proven by files that use another delimiter says little: they come from another program. */
function isAlike(
  index: number,
  parts: readonly PartTable[],
  own: readonly (ReadColumn | undefined)[],
  asked: readonly (string | undefined)[],
): boolean {
  const delimiter = parts[index]?.table.read.delimiter
  return parts.some(
    ({ table }, at) => own[at]?.type === 'decimal' && asked[at] === undefined && table.read.delimiter === delimiter,
  )
}

function questionAbout(name: string, table: TableDescription): string | undefined {
  const columns = table.columns.map((column) => column.name)
  return table.choices
    .map(({ key }) => questionOf(key, columns))
    .find(({ column, question }) => column === name && question !== 'unreadable')?.question
}
