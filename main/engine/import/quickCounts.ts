import { raw, type Sql, sql } from '../../../shared/sql'
import { contentOf, textOf, typedOf } from './cellValues'
import { countIf, countOf } from './countSql'
import { isDressed } from './numberText'
import type { ColumnCounts, ScanOptions } from './scanColumns'
import type { Candidate } from './suggestType'

/**
 * What one cheap look at every cell says of a column: how many are plain, in the one form that leaves no question.
 * Where all are, everything else that could be counted is known; only the other columns are looked at closely.
 */
export function quickCounts(
  candidate: Candidate,
  index: number,
  { exact }: ScanOptions,
): Readonly<Record<string, Sql>> {
  const text = textOf(index)
  return {
    filled: countOf(text),
    distinct: exact ? sql`count(DISTINCT ${text})::DOUBLE` : sql`approx_count_distinct(${text})::DOUBLE`,
    valued: countOf(contentOf(index)),
    padded: countIf(raw(`c${index} <> x${index}`)),
    ...plainCounts(candidate, index),
  }
}

function plainCounts(candidate: Candidate, index: number): Readonly<Record<string, Sql>> {
  const text = textOf(index)
  const value = contentOf(index)
  const typed = typedOf(index)
  switch (candidate.type) {
    case 'empty':
      return {}
    case 'text':
      return { odd: countIf(sql`contains(${text}, '&')`) }
    case 'id':
      return {
        odd: countIf(
          sql`contains(${text}, '.0') OR contains(${text}, '+') OR contains(${text}, ',') OR starts_with(${text}, '''')`,
        ),
      }
    case 'integer':
    case 'flag':
      return {
        odd: countIf(sql`${value} IS NOT NULL AND NOT regexp_full_match(${value}, '-?(0|[1-9][0-9]{0,14})')`),
        least: sql`min(${typed})::DOUBLE`,
        most: sql`max(${typed})::DOUBLE`,
      }
    case 'decimal':
      if (isDressed(candidate) || candidate.decimal === ',') return { odd: countOf(value) }
      return {
        odd: countIf(
          sql`${value} IS NOT NULL AND NOT regexp_full_match(${value}, '-?[0-9]{1,12}(\\.[0-9]{1,2}|\\.[0-9]{4,6})?')`,
        ),
        point: countIf(sql`contains(${value}, '.')`),
        least: sql`min(${typed})::DOUBLE`,
        most: sql`max(${typed})::DOUBLE`,
      }
    case 'date':
    case 'timestamp':
      return plainDates(candidate.format ?? '', index)
    default:
      return candidate.type satisfies never
  }
}

/** Dates with the year first leave no question open when each of them can be read. */
function plainDates(format: string, index: number): Readonly<Record<string, Sql>> {
  const value = contentOf(index)
  const typed = typedOf(index)
  const bytes = { yyyyMMdd: 8, 'yyyy-MM-dd': 10, 'yyyy-MM-dd HH:mm:ss': 19 }[format]
  if (bytes === undefined) return { odd: countOf(value) }
  const zoned = sql`strlen(${value}) = ${bytes + 4} AND ends_with(${value}, ' UTC')`
  const isPlain = bytes === 19 ? sql`(strlen(${value}) = ${bytes} OR (${zoned}))` : sql`strlen(${value}) = ${bytes}`
  return {
    odd: countIf(sql`${value} IS NOT NULL AND (${typed} IS NULL OR NOT ${isPlain})`),
    fits: countOf(typed),
    clocks: countIf(sql`${typed} <> date_trunc('day', ${typed})`),
    ...(bytes === 19
      ? {
          zoned: countIf(zoned),
          utc: countIf(zoned),
          zone: sql`max(CASE WHEN ${zoned} THEN 'UTC' END)`,
          otherzone: sql`max(CASE WHEN ${zoned} THEN 'UTC' END)`,
        }
      : {}),
  }
}

/** The full counts of the columns in which nothing is out of the plain form. */
export function settle(
  candidates: ReadonlyMap<number, Candidate>,
  quick: ReadonlyMap<number, ColumnCounts>,
): Map<number, ColumnCounts> {
  return new Map(
    [...candidates].flatMap(([index, { type }]) => {
      const counts = quick.get(index)
      if (counts === undefined || type === 'empty') return []
      const isPlain = counts.count('odd') === 0 && counts.count('filled') === counts.count('valued')
      if (!isPlain) return []
      return [[index, counts]]
    }),
  )
}
