import type { ColumnType } from '../project'
import { ident, raw, type Sql, sql } from '../sql'
import { formulaError, type Place } from './formulaError'

/** What a part of a formula is. `empty` is NULL written out: it fits everywhere. */
export type ValueType = 'number' | 'text' | 'day' | 'time' | 'truth' | 'empty'

/** A part of a formula as SQL: numbers are DOUBLE, days DATE, times TIMESTAMP, truths BOOLEAN. */
export interface Value extends Place {
  readonly sql: Sql
  readonly type: ValueType
  /** A number that can have no decimals. */
  readonly isWhole: boolean
  /** The text, where it is written in the formula itself. */
  readonly literal?: string
}

export const typeWords: Readonly<Record<ValueType, string>> = {
  number: 'a number',
  text: 'a text',
  day: 'a day',
  time: 'a time',
  truth: 'yes or no',
  empty: 'empty',
}

/** The times of a column as the formula shall see them. */
export type Clock = (column: string) => Sql

/** A column as it enters a formula. */
export function columnValue(name: string, type: ColumnType, place: Place, clock: Clock): Value {
  const at = { at: place.at, length: place.length }
  const column = ident(name)
  switch (type) {
    case 'integer':
    case 'decimal':
      return { ...at, sql: sql`CAST(${column} AS DOUBLE)`, type: 'number', isWhole: type === 'integer' }
    case 'date':
      return { ...at, sql: column, type: 'day', isWhole: false }
    case 'timestamp':
      return { ...at, sql: clock(name), type: 'time', isWhole: false }
    case 'flag':
      return { ...at, sql: sql`(${column} = 1)`, type: 'truth', isWhole: false }
    case 'text':
    case 'id':
    case 'empty':
      return { ...at, sql: column, type: 'text', isWhole: false }
    default:
      return type satisfies never
  }
}

/** How a value is stored in its column. */
export function storedAs({ type, isWhole }: Pick<Value, 'type' | 'isWhole'>): ColumnType {
  switch (type) {
    case 'number':
      return isWhole ? 'integer' : 'decimal'
    case 'day':
      return 'date'
    case 'time':
      return 'timestamp'
    case 'truth':
      return 'flag'
    case 'text':
    case 'empty':
      return 'text'
    default:
      return type satisfies never
  }
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/
const isoTime = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?$/

/** Whether a text names a day of the calendar. */
export function isDay(text: string): boolean {
  return isoDay.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text
}

/** The value as another type, or undefined when that makes no sense. */
export function converted(value: Value, wanted: ValueType): Sql | undefined {
  if (value.type === wanted || wanted === 'empty') return value.sql
  if (value.type === 'empty') return sql`CAST(NULL AS ${raw(sqlTypes[wanted])})`
  if (wanted === 'number' && value.type === 'truth') return sql`CAST(${value.sql} AS DOUBLE)`
  if (wanted === 'time' && value.type === 'day') return sql`CAST(${value.sql} AS TIMESTAMP)`
  if (value.literal !== undefined && (wanted === 'day' || wanted === 'time')) {
    if (isDay(value.literal)) return sql`CAST(${value.literal} AS ${raw(sqlTypes[wanted])})`
    if (wanted === 'time' && isoTime.test(value.literal)) return sql`TRY_CAST(${value.literal} AS TIMESTAMP)`
  }
  return undefined
}

const sqlTypes: Readonly<Record<ValueType, string>> = {
  number: 'DOUBLE',
  text: 'VARCHAR',
  day: 'DATE',
  time: 'TIMESTAMP',
  truth: 'BOOLEAN',
  empty: 'VARCHAR',
}

/** Values as one type. @throws AppError at the first one that does not fit the ones before it. */
export function unified(formula: string, values: readonly Value[]): { readonly type: ValueType; readonly sql: Sql[] } {
  let type: ValueType = 'empty'
  for (const value of values) {
    const next = commonType(type, value, values)
    if (next === undefined) {
      throw formulaError(
        formula,
        value,
        `This is ${typeWords[value.type]}, but ${typeWords[type]} is expected beside the others.`,
        adviceFor(value.type, type),
      )
    }
    type = next
  }
  const wanted = type
  return { type, sql: values.map((value) => converted(value, wanted) ?? value.sql) }
}

function commonType(type: ValueType, value: Value, all: readonly Value[]): ValueType | undefined {
  if (value.type === 'empty' || value.type === type) return type
  if (type === 'empty') return dayLiteral(value, all) ?? value.type
  const pair = [type, value.type]
  if (pair.includes('number') && pair.includes('truth')) return 'number'
  if (pair.includes('day') && pair.includes('time')) return 'time'
  return converted(value, type) === undefined ? undefined : type
}

/** A text such as '2024-01-05' is a day when it stands beside one. */
function dayLiteral(value: Value, all: readonly Value[]): ValueType | undefined {
  const timed = all.find((other) => other.type === 'day' || other.type === 'time')?.type
  return value.literal !== undefined && timed !== undefined && converted(value, timed) !== undefined ? timed : undefined
}

/** What turns one type into the other. */
export function adviceFor(is: ValueType, wanted: ValueType): string | undefined {
  if (is === 'text' && wanted === 'number') return 'number(…) reads a text as a number.'
  if (is === 'text' && (wanted === 'day' || wanted === 'time')) return 'date(…) reads a text as a day.'
  if (wanted === 'text') return 'text(…) writes a value as a text.'
  return undefined
}
