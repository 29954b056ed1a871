import type { ReadColumn } from '../../../shared/project'
import { join, raw, type Sql, sql } from '../../../shared/sql'
import { parseDate } from './dateFormats'
import { toNumber } from './numberText'

/** Texts that mean "nothing" where a number or a date is expected. */
const blankWords = [
  '',
  '-',
  '--',
  '—',
  'na',
  'n/a',
  'nan',
  'nat',
  'null',
  '(null)',
  'none',
  'select',
  '#n/a',
  '.',
  '?',
  'inf',
  '-inf',
]

export const isBlankWord = (text: string): boolean => blankWords.includes(text.trim().toLowerCase())

type Reading = Omit<ReadColumn, 'name'>

/** The text of a column, trimmed, empty as NULL; the same without words for "nothing"; and its typed value. */
export const textOf = (index: number): Sql => raw(`x${index}`)
export const contentOf = (index: number): Sql => raw(`v${index}`)
export const typedOf = (index: number): Sql => raw(`t${index}`)

/** A value that is there but cannot be read as its column's type. */
export const isUnreadable = (index: number): Sql => raw(`(v${index} IS NOT NULL AND t${index} IS NULL)`)

/** Whether a column has values that may be unreadable. */
export const canBeUnreadable = ({ type }: Reading): boolean => type !== 'text' && type !== 'id' && type !== 'empty'

const wordList = blankWords
  .filter((word) => word !== '')
  .map((word) => `'${word}'`)
  .join(', ')
const longestWord = Math.max(...blankWords.map((word) => word.length))

/** Blanks that a cell may begin or end with; the last two have no width. */
const blanks = ' \t\r\n\v\f\u00a0\u2002\u2003\u2007\u2009\u202f\u205f\u3000\u200b\ufeff'
const commonEnds = [' ', '\t', '\r', '\n', '\u00a0', '\u200b']

/**
 * Whether a written cell may have blanks around it. Trimming looks at every character of every cell and took a fifth
 * of an import; the first and last ones are looked at for nearly nothing.
 */
const mayHaveBlanks = (cell: string): string =>
  `(${cell} < '!' OR ${cell} >= chr(127) OR ${commonEnds.map((end) => `ends_with(${cell}, '${end}')`).join(' OR ')})`

/** A written cell without the blanks around it; empty as NULL. */
const trimmed = (cell: string): string =>
  `CASE WHEN ${mayHaveBlanks(cell)} THEN nullif(trim(${cell}, '${blanks}'), '') ELSE ${cell} END`

/**
 * A relation of texts `c<index>` with text, value and typed value of the given columns beside them. Step upon step,
 * so that each expression is planned and computed once however often it is used. Columns `beside` are handed through.
 */
export function withTypedCells(
  relation: Sql,
  width: number,
  columns: ReadonlyMap<number, Reading>,
  beside: readonly string[] = [],
): Sql {
  const written = [...Array.from({ length: width }, (_, index) => `c${index}`), ...beside].join(', ')
  const given = [...columns.keys()]
  const texts = raw([written, ...given.map((index) => `${trimmed(`c${index}`)} AS x${index}`)].join(', '))
  // The database would turn an IN over so many words into a join for every column. No word begins with a digit.
  const isWord = (index: number): string =>
    `length(x${index}) <= ${longestWord} AND (x${index} < '0' OR x${index} >= ':') AND list_contains([${wordList}], lower(x${index}))`
  const values = raw(
    [
      written,
      ...given.map((index) => `x${index}, CASE WHEN ${isWord(index)} THEN NULL ELSE x${index} END AS v${index}`),
    ].join(', '),
  )
  const typed = [...columns].map(
    ([index, column]) => sql`${textOf(index)}, ${contentOf(index)}, ${typedValue(index, column)} AS ${typedOf(index)}`,
  )
  return sql`(SELECT ${join([raw(written), ...typed], ', ')} FROM (SELECT ${values} FROM (SELECT ${texts} FROM ${relation})))`
}

/** The typed value of a column, as it enters its table. */
function typedValue(index: number, column: Reading): Sql {
  const text = textOf(index)
  const value = contentOf(index)
  switch (column.type) {
    case 'text':
      return column.format === 'entities' ? decodeEntities(text) : text
    case 'id':
      return repairedId(text, column.format ?? '')
    case 'empty':
      return text
    case 'integer':
      // DuckDB rounds 1.5 to 2 and reads 1_000 and 0x10; here they are no integers.
      return sql`CASE WHEN regexp_full_match(${value}, '[-+]?\\d+(\\.0*)?') THEN TRY_CAST(${value} AS BIGINT) END`
    case 'decimal':
      return toNumber(value, column, column.format?.includes('double') ? 'DOUBLE' : 'DECIMAL(18,6)')
    case 'date':
      return sql`CAST(${parseDate(value, column.format ?? '')} AS DATE)`
    case 'timestamp':
      return parseDate(value, column.format ?? '')
    case 'flag':
      return sql`TRY_CAST(${value} AS INTEGER)`
    default:
      return column.type satisfies never
  }
}

/** An id as it was before a program dressed it: `17850.0`, `'00123`, `17,850`. */
function repairedId(text: Sql, format: string): Sql {
  const bare = format.includes('apostrophe') ? sql`ltrim(${text}, '''')` : text
  const joined = format.includes('grouped') ? sql`replace(${bare}, ',', '')` : bare
  return format.includes('whole') ? sql`regexp_replace(${joined}, '^(\\d+)\\.0+$', '\\1')` : joined
}

const entities = [
  ['&quot;', '"'],
  ['&#34;', '"'],
  ['&#39;', "'"],
  ['&#039;', "'"],
  ['&#x27;', "'"],
  ['&apos;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&nbsp;', ' '],
  ['&euro;', '€'],
  ['&amp;', '&'],
] as const

/** What `decodeEntities` finds something to do in, as a regular expression. */
export const entityPattern = '&(quot|amp|lt|gt|apos|nbsp|euro|#0?39|#34|#x27);'

function decodeEntities(text: Sql): Sql {
  const decoded = entities.reduce<Sql>((done, [entity, sign]) => sql`replace(${done}, ${entity}, ${sign})`, text)
  return sql`CASE WHEN contains(${text}, '&') THEN ${decoded} ELSE ${text} END`
}
