import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import { mentionsTotal, saysTotal } from './totalWords'

/** Rows that are no data: the header once more, notes of one cell, sums of other rows, and units below the header. */
export type StrangeRows = 'headers' | 'notes' | 'totals' | 'units'

export const strangeSorts = ['headers', 'notes', 'totals', 'units'] as const

const cell = (index: number): Sql => sql`lower(trim(${ident(`c${index}`)}, ${` \t\r\n\u00a0\ufeff`}))`

/**
 * Tests for rows of texts `c0`, `c1` … that are no data.
 * @param names the columns' names; empty where the file names none.
 */
export function strangeRows(names: readonly string[], hasHeader: boolean): Readonly<Partial<Record<StrangeRows, Sql>>> {
  const named = names.flatMap((name, index) => (name.trim() === '' ? [] : [{ name: name.trim(), index }])).slice(0, 3)
  const again = named.map(({ name, index }) => saysName(index, name))
  // A note with a comma in it fills two cells.
  const others = raw(
    names
      .map((_, index) => `c${index}`)
      .slice(names.length >= 4 ? 2 : 1)
      .join(', '),
  )
  return {
    ...(hasHeader && again.length > 0 && again.length === Math.min(3, names.length)
      ? { headers: sql`coalesce(${join(again, ' AND ')}, false)` }
      : {}),
    ...(names.length >= 3
      ? {
          notes: sql`coalesce(coalesce(${others}) IS NULL AND regexp_matches(c0, ${'[[:alpha:]].*[ :]|[ :].*[[:alpha:]]'}), false)`,
        }
      : {}),
    ...(names.length >= 2 && names.length <= mostColumns ? { totals: totals(names.length) } : {}),
    ...(hasHeader && names.length >= 2 && names.length <= mostColumns ? { units: units(names.length) } : {}),
  }
}

/**
 * "Order ID" and "order_id" are the same name. Blanks of many sorts are taken off only where what is left can be the
 * name: that is costly.
 */
function saysName(index: number, name: string): Sql {
  const bare = name.toLowerCase().replace(/[ _.-]/g, '')
  if (bare === '') return sql`(${cell(index)} = ${name.toLowerCase()})`
  const bytes = Buffer.byteLength(name)
  // Capitals of other letters than the English ones may take other space.
  const least = Buffer.byteLength(bare) / (/^[ -~]*$/.test(name) ? 1 : 2)
  return sql`(strlen(${ident(`c${index}`)}) BETWEEN ${raw(String(Math.floor(least)))} AND ${raw(String(bytes * 2 + 16))} AND translate(${cell(index)}, ' _.-', '') = ${bare})`
}

/** Wider tables are not looked at cell by cell. */
const mostColumns = 60

/**
 * A word for a sum in one of the first two cells, and another cell empty: a sum has no customer. Narrow tables have none
 * to leave empty. Or the word and nothing else in the first cell that is filled, further to the right.
 */
function totals(width: number): Sql {
  const first = ['c0', 'c1']
  if (width <= 3) return sql`coalesce(${raw(first.map(saysTotal).join(' OR '))}, false)`
  const label = raw(first.map(mentionsTotal).join(' OR '))
  const empty = raw(Array.from({ length: width }, (_, index) => `c${index} IS NULL`).join(' OR '))
  const later = Array.from({ length: Math.min(width, 10) - 2 }, (_, index) => `c${index + 2}`).join(', ')
  const isFirst = raw(`c0 IS NULL AND c1 IS NULL AND ${saysTotal(`coalesce(${later})`)}`)
  return sql`coalesce(CASE WHEN ${label} THEN ${empty} ELSE ${isFirst} END, false)`
}

/** What stands below a header to say what its column holds. */
const unitWords =
  'eur|usd|gbp|chf|[$€£¥]|us[$]|euros?|dollars?|%|percent|pcs?|pieces?|units?|uds?|stk|kg|g|lbs?|sec(onds)?|min(utes)?|hours?|days?|months?|[ymd]{1,4}[-/. ][ymd]{1,4}([-/. ][ymd]{1,4})?( hh[^\\x1f]*)?|yyyymmdd|text|string|varchar[^\\x1f]*|char|number|numeric|num|int(eger)?|bigint|float|double|decimal[^\\x1f]*|date|datetime|timestamp|bool(ean)?'

/**
 * Every filled cell a unit, a type or a dash, and at least two of them no dash. Nearly no row has short words only; the
 * words of the others are looked at together, as a pattern for each column takes long to be prepared.
 */
function units(width: number): Sql {
  const cells = Array.from({ length: width }, (_, index) => `c${index}`)
  const isShort = cells.map(
    (name) => `(${name} IS NULL OR (length(${name}) <= 20 AND NOT (${name} >= '0' AND ${name} < ':')))`,
  )
  const words = cells.map((name) => `lower(trim(${name}))`).join(', ')
  const named = cells.map((name) => `(${name} IS NOT NULL AND ${name} <> '-')::INTEGER`).join(' + ')
  const isUnits = `regexp_full_match(concat_ws(chr(31), ${words}), '((-|[(\\[]?(${unitWords})[)\\]]?)(\\x1f|$))+')`
  return raw(`CASE WHEN ${isShort.join(' AND ')} THEN ${named} >= 2 AND ${isUnits} ELSE false END`)
}

/** A relation without the rows of these sorts. */
export function withoutStrange(
  relation: Sql,
  names: readonly string[],
  hasHeader: boolean,
  sorts: readonly StrangeRows[],
): Sql {
  const tests = strangeRows(names, hasHeader)
  const left = sorts.flatMap((sort) => tests[sort] ?? [])
  return left.length === 0 ? relation : sql`(SELECT * FROM ${relation} WHERE NOT (${join(left, ' OR ')}))`
}

const mostNotes = 5

/** Whether so many of so many rows are left out: many rows with little in them are data, and so are a few in a small table. */
export function isLeftOut(sort: StrangeRows, count: number, rows: number): boolean {
  if (count === 0) return false
  switch (sort) {
    case 'headers':
      return true
    case 'notes':
      return count <= mostNotes && count * 100 <= rows
    case 'totals':
      return count < rows && count <= Math.max(3, rows * 0.2)
    case 'units':
      return count === 1
    default:
      return sort satisfies never
  }
}
