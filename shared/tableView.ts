import { z } from 'zod'
import type { ColumnType } from './project'

const column = z.string().min(1)
/** A number, an ISO day or an ISO instant; null leaves the side open. */
const bound = z.union([z.number(), z.string()]).nullable()

/** What a row must fulfil in one column. */
export const columnFilterSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('contains'), column, text: z.string().min(1) }),
  z.object({ is: z.literal('oneOf'), column, values: z.array(z.string()).min(1) }),
  /** Both ends belong to it, unless `below`: then the upper end does not. A day as upper end is the whole day. */
  z.object({ is: z.literal('range'), column, from: bound, to: bound, below: z.boolean().optional() }),
  z.object({ is: z.literal('missing'), column }),
  z.object({ is: z.literal('present'), column }),
])
export type ColumnFilter = z.infer<typeof columnFilterSchema>

export const columnSortSchema = z.object({ column, descending: z.boolean().default(false) })
export type ColumnSort = z.output<typeof columnSortSchema>

/** A table of the project by its name (imported, role view or saved view), or the answer to a question. */
export const tableSourceShape = {
  table: z.string().min(1).optional(),
  sql: z.string().min(1).optional(),
} as const
export type TableSource = { readonly table?: string | undefined; readonly sql?: string | undefined }

export const rowChoiceShape = {
  filters: z.array(columnFilterSchema).default([]),
  /** A text that any column of the row must contain. */
  search: z.string().default(''),
} as const

/** A table as somebody looks at it: which rows, in which order, which columns. */
export const tableViewShape = {
  ...tableSourceShape,
  ...rowChoiceShape,
  sorts: z.array(columnSortSchema).default([]),
} as const

/** A table turned: values of one column down, of another across, and a figure where they meet. */
export const pivotShape = {
  rows: column,
  columns: column.nullable().default(null),
  figure: z.enum(['count', 'sum', 'average', 'distinct']).default('count'),
  /** What is added up, averaged or counted once; null: the rows. */
  of: column.nullable().default(null),
  /** How days are put together. */
  grain: z.enum(['day', 'month', 'year']).default('month'),
} as const
export interface PivotWish {
  readonly rows: string
  readonly columns: string | null
  readonly figure: 'count' | 'sum' | 'average' | 'distinct'
  readonly of: string | null
  readonly grain: 'day' | 'month' | 'year'
}

export interface RowChoice {
  readonly filters: readonly ColumnFilter[]
  readonly search: string
}

export interface TableView extends TableSource, RowChoice {
  readonly sorts: readonly ColumnSort[]
}

export interface TableColumn {
  readonly name: string
  readonly type: ColumnType
}

export type FilterFamily = 'text' | 'number' | 'date' | 'flag'

/** The filters a column of this type is offered. */
export function filterFamily(type: ColumnType): FilterFamily {
  switch (type) {
    case 'integer':
    case 'decimal':
      return 'number'
    case 'date':
    case 'timestamp':
      return 'date'
    case 'flag':
      return 'flag'
    case 'text':
    case 'id':
    case 'empty':
      return 'text'
    default:
      return type satisfies never
  }
}

/** A filter in words, for its chip and for messages: `category is Kitchen or Garden`. */
export function filterText(filter: ColumnFilter, print: (value: number | string) => string = String): string {
  const { column: name } = filter
  switch (filter.is) {
    case 'contains':
      return `${name} contains “${filter.text}”`
    case 'oneOf': {
      const shown = filter.values.slice(0, 3).map((value) => (value === '' ? 'empty text' : value))
      const rest = filter.values.length - shown.length
      return `${name} is ${shown.join(' or ')}${rest > 0 ? ` or ${rest} more` : ''}`
    }
    case 'range': {
      const { from, to, below } = filter
      if (from !== null && to !== null) {
        if (from === to && below !== true) return `${name} is ${print(from)}`
        return `${name} from ${print(from)} to ${below === true ? 'below ' : ''}${print(to)}`
      }
      if (from !== null) return `${name} from ${print(from)}`
      return to === null ? `${name} is present` : `${name} ${below === true ? 'below' : 'up to'} ${print(to)}`
    }
    case 'missing':
      return `${name} is missing`
    case 'present':
      return `${name} is not missing`
    default:
      return filter satisfies never
  }
}

/**
 * A filter as it is written on the command line: `category=Kitchen|Garden`, `name~lamp`, `price>=10`, `price<20`,
 * `day=2024-01-01..2024-01-31`, `email=` (missing), `email=*` (present). Undefined when it is none of these.
 */
export function readFilter(text: string, columns: readonly TableColumn[]): ColumnFilter | undefined {
  const match = /^(.+?)(>=|<=|~|=|>|<)(.*)$/s.exec(text)
  const [, left = '', sign = '', right = ''] = match ?? []
  const found = columns.find(({ name }) => name.toLowerCase() === left.trim().toLowerCase())
  if (match === null || found === undefined) return undefined
  const { name } = found
  const family = filterFamily(found.type)
  const value = (word: string): number | string => (family === 'number' ? Number(word) : word.trim())
  if (sign === '~') return { is: 'contains', column: name, text: right }
  if (sign === '>=') return { is: 'range', column: name, from: value(right), to: null }
  if (sign === '<=') return { is: 'range', column: name, from: null, to: value(right) }
  if (sign === '<') return { is: 'range', column: name, from: null, to: value(right), below: true }
  if (sign !== '=') return undefined
  if (right === '') return { is: 'missing', column: name }
  if (right === '*') return { is: 'present', column: name }
  const range = /^(.*)\.\.(.*)$/.exec(right)
  if (range !== null && (family === 'number' || family === 'date')) {
    const [, from = '', to = ''] = range
    return { is: 'range', column: name, from: from === '' ? null : value(from), to: to === '' ? null : value(to) }
  }
  if (family === 'date') return { is: 'range', column: name, from: right, to: right }
  return { is: 'oneOf', column: name, values: right.split('|') }
}

/** Casebook's word for a type of DuckDB. */
export function columnTypeOf(duckType: string): ColumnType {
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT)$/.test(duckType))
    return 'integer'
  if (/^(DECIMAL|DOUBLE|FLOAT)/.test(duckType)) return 'decimal'
  if (duckType === 'DATE') return 'date'
  if (duckType.startsWith('TIMESTAMP')) return 'timestamp'
  return duckType === 'BOOLEAN' ? 'flag' : 'text'
}
