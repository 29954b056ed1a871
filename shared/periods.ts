import type { Period } from './analysis'
import { raw, type Sql, sql } from './sql'

/** Length of the periods a series is cut into. Weeks start on Monday (ISO). */
export type Grain = 'day' | 'week' | 'month'

const dayMs = 86_400_000

/** First day (ISO) of the period that holds the day. */
export function periodStart(day: string, grain: Grain): string {
  if (grain === 'day') return day.slice(0, 10)
  if (grain === 'month') return `${day.slice(0, 7)}-01`
  const date = toDate(day)
  return toIso(new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * dayMs))
}

/** First day of the period after the one that starts on `start`. */
export function nextPeriod(start: string, grain: Grain): string {
  const date = toDate(start)
  if (grain === 'month') return toIso(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)))
  return toIso(new Date(date.getTime() + (grain === 'week' ? 7 : 1) * dayMs))
}

/** Every period from the one that holds `first` to the one that holds `last`, by first day. */
export function periodsBetween(first: string, last: string, grain: Grain): string[] {
  const starts: string[] = []
  for (let start = periodStart(first, grain); start <= last; start = nextPeriod(start, grain)) starts.push(start)
  return starts
}

/**
 * The days that data with these first and last days speak for. A shop that often has a day or two without an order has
 * finished December although its last order came on the 30th; one that sells every day has not.
 * @param usualGap days from one dated day to the next that are nothing special here: 1 when every day has data.
 */
export function coveredPeriod({ first, last }: Period, usualGap: number): Period {
  const month = periodStart(first, 'month')
  const monthEnd = addDays(nextPeriod(periodStart(last, 'month'), 'month'), -1)
  const from = addDays(first, 1 - usualGap)
  const to = addDays(last, usualGap - 1)
  return { first: from < month ? month : from, last: to > monthEnd ? monthEnd : to }
}

/** True when the data do not cover the whole period: it began before the first day covered or ends after the last. */
export function isUnfinished(start: string, grain: Grain, covered: Period): boolean {
  return start < covered.first || addDays(nextPeriod(start, grain), -1) > covered.last
}

/** First day of the last finished period of data that end on `lastDay`. */
export function lastFinished(lastDay: string, grain: Grain, covered: Period): string {
  const last = periodStart(lastDay, grain)
  return isUnfinished(last, grain, { first: last, last: covered.last }) ? periodStart(addDays(last, -1), grain) : last
}

/** Whole periods between two period starts. */
export function periodsApart(from: string, to: string, grain: Grain): number {
  const one = toDate(from)
  const other = toDate(to)
  if (grain === 'month')
    return (other.getUTCFullYear() - one.getUTCFullYear()) * 12 + other.getUTCMonth() - one.getUTCMonth()
  return Math.round((other.getTime() - one.getTime()) / dayMs / (grain === 'week' ? 7 : 1))
}

/** How the first day of a period prints. */
export function periodFormat(grain: Grain): 'month' | 'date' {
  return grain === 'month' ? 'month' : 'date'
}

/** What stands over a column of periods. */
export function periodHeading(grain: Grain): string {
  return { month: 'Month', week: 'Week of', day: 'Day' }[grain]
}

/** Positions (0-based) of the unfinished periods of a series. */
export function unfinishedAt(periods: readonly { readonly unfinished: boolean }[]): number[] {
  return periods.flatMap((period, index) => (period.unfinished ? [index] : []))
}

/** True for a day of the calendar written like 2020-02-29. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = toDate(text)
  return !Number.isNaN(date.getTime()) && toIso(date) === text
}

/** The day after (or before, when negative) an ISO day. */
export function addDays(day: string, days: number): string {
  return toIso(new Date(toDate(day).getTime() + days * dayMs))
}

/** SQL: the first day of the period of a DATE column, as DATE. */
export function periodOf(column: Sql, grain: Grain): Sql {
  return sql`CAST(date_trunc(${raw(`'${grain}'`)}, ${column}) AS DATE)`
}

function toDate(day: string): Date {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`)
}

function toIso(date: Date): string {
  return date.toISOString().slice(0, 10)
}
