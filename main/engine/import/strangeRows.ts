import { ident, join, raw, type Sql, sql } from '../../../shared/sql'

/** Rows that are no data: the header once more, and notes of one cell above or below the table. */
export type StrangeRows = 'headers' | 'notes'

const cell = (index: number): Sql => sql`lower(trim(${ident(`c${index}`)}, ${` \t\r\n\u00a0\ufeff`}))`

/**
 * Tests for rows of texts `c0`, `c1` … that are no data.
 * @param names the columns' names; empty where the file names none.
 */
export function strangeRows(names: readonly string[], hasHeader: boolean): Readonly<Partial<Record<StrangeRows, Sql>>> {
  const named = names.flatMap((name, index) => (name.trim() === '' ? [] : [{ name: name.trim(), index }])).slice(0, 3)
  const again = named.map(({ name, index }) => sql`${cell(index)} = ${name.toLowerCase()}`)
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
  }
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
