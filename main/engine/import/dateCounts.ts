import { type Sql, sql } from '../../../shared/sql'
import { contentOf, isUnreadable, typedOf } from './cellValues'
import { countIf, countOf, leastOf } from './countSql'
import {
  innerFormat,
  isMonthFirst,
  isUtc,
  otherOrder,
  otherOrders,
  parseDate,
  secondFormat,
  serialDay,
  zoneText,
} from './dateFormats'
import { damagedNumbers } from './numberText'

const spanOf = (value: Sql): Sql =>
  sql`coalesce(date_diff('day', min(CAST(${value} AS DATE)), max(CAST(${value} AS DATE))), 0)::DOUBLE`

/** What is counted of a column that may hold dates of this format. */
export function dateCounts(format: string, index: number): Record<string, Sql> {
  const value = contentOf(index)
  const parsed = typedOf(index)
  const inner = innerFormat(format)
  const isMixed = inner !== format
  const swap = otherOrder(inner)
  const zone = zoneText(value)
  const misfit = isUnreadable(index)
  const counts: Record<string, Sql> = {
    fits: countOf(parsed),
    serials: countIf(sql`${misfit} AND regexp_full_match(${value}, ${serialDay})`),
    serialsA: leastOf(value, sql`${misfit} AND regexp_full_match(${value}, ${serialDay})`),
    hashes: countIf(sql`${misfit} AND regexp_full_match(${value}, ${damagedNumbers.hashes})`),
    clocks: countIf(sql`${parsed} <> date_trunc('day', ${parsed})`),
    ...(inner === 'yyyy-MM-dd HH:mm:ss'
      ? {
          zoned: countIf(sql`${zone} <> ''`),
          utc: countIf(isUtc(zone)),
          zone: sql`max(${zone})`,
          otherzone: sql`min(nullif(${zone}, ''))`,
        }
      : {}),
  }
  if (secondFormat(format) !== undefined) return { ...counts, ...twoFormatCounts(format, index) }
  const iso = sql`regexp_matches(${value}, '^\\d{4}-\\d{2}-\\d{2}')`
  const isoCounts = isMixed ? { iso: countIf(iso) } : {}
  if (swap === undefined) return { ...counts, ...isoCounts }
  const other = parseDate(value, (isMixed ? 'mixed:' : '') + swap)
  const both = {
    ...counts,
    other: countOf(other),
    either: countOf(sql`coalesce(${parsed}, ${other})`),
    span: spanOf(parsed),
    otherspan: spanOf(other),
  }
  if (!isMixed) return both
  const swapped = (order: string): Sql => parseDate(value, `swapped:${order}`)
  const monthFirst = isMonthFirst(inner) ? inner : swap
  const dayFirst = isMonthFirst(inner) ? swap : inner
  return {
    ...both,
    ...isoCounts,
    late: countIf(sql`${iso} AND TRY_CAST(substr(${value}, 9, 2) AS INTEGER) > 12`),
    kept: sql`count(DISTINCT ${parsed})::DOUBLE`,
    mrepaired: sql`count(DISTINCT ${swapped(monthFirst)})::DOUBLE`,
    mspan: spanOf(swapped(monthFirst)),
    drepaired: sql`count(DISTINCT ${swapped(dayFirst)})::DOUBLE`,
    dspan: spanOf(swapped(dayFirst)),
  }
}

/** The cells of the second format, and what the other order of day and month would read. */
function twoFormatCounts(format: string, index: number): Record<string, Sql> {
  const value = contentOf(index)
  const parsed = typedOf(index)
  const inner = innerFormat(format)
  const first = parseDate(value, otherOrder(inner) === undefined ? inner : `either:${inner}`)
  const secondCounts = (read: Sql): Record<string, Sql> => ({
    second: countIf(sql`${read} IS NOT NULL AND ${first} IS NULL`),
    secondA: leastOf(value, sql`${read} IS NOT NULL AND ${first} IS NULL`),
  })
  const swap = otherOrders(format)
  if (swap === undefined) return secondCounts(parsed)
  const other = parseDate(value, swap)
  const counts = secondCounts(sql`coalesce(${parsed}, ${other})`)
  return {
    ...counts,
    other: countOf(other),
    either: countOf(sql`coalesce(${parsed}, ${other})`),
    span: spanOf(parsed),
    otherspan: spanOf(other),
  }
}
