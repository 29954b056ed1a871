import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckWork, mainDate } from './checkedTable'
import {
  type DayBlock,
  type DayRows,
  dayName,
  firstDayOf,
  isoDay,
  mainBlock,
  median,
  monthName,
  monthOf,
  sumOf,
  weekdayOf,
} from './days'

/**
 * Gaps in a table that has rows on nearly every day.
 *
 * - Days without rows: at least 95 % of the days of the months with rows have some (98 % where a weekday is always
 *   free), there are 28 of them, and a day without rows is no accident: twelve rows on the usual day around it, or the
 *   same number on nine of ten days.
 * - Months without rows between the first and the last: at least four months have rows, 20 a month or one a day.
 * - A breakdown: over at least seven days at the end (at most a third of the period) the median of rows a day is
 *   below a quarter of that of the 60 days before. The same at the start.
 * - A rest: the last or first month has rows on one or two days only, together below 5 % of a usual day.
 */
export async function checkTimeCoverage(work: CheckWork): Promise<Finding[]> {
  const column = mainDate(work.table)
  if (column === undefined) return []
  const block = mainBlock(await work.days(column.name))
  if (block === undefined || block.days.length < 14) return []
  const found = [missingMonths(block), missingDays(block), breakdown(block), rest(block)]
  return found.flatMap((gap) =>
    gap === undefined
      ? []
      : [
          work.say({
            column: column.name,
            ...gap.said,
            period: { from: isoDay(gap.from), to: isoDay(gap.to) },
            ...(gap.hasRows
              ? {
                  rows: sql`CAST(${ident(column.name)} AS DATE) BETWEEN CAST(${isoDay(gap.from)} AS DATE) AND CAST(${isoDay(gap.to)} AS DATE)`,
                }
              : {}),
          }),
        ],
  )
}

interface Gap {
  readonly said: Pick<Finding, 'id' | 'severity' | 'title' | 'count' | 'unit' | 'examples' | 'treatment'>
  readonly from: number
  readonly to: number
  readonly hasRows: boolean
}

function missingMonths({ from, to, days, rows }: DayBlock): Gap | undefined {
  const present = new Set(days.map(({ day }) => monthOf(day)))
  const absent = monthsBetween(monthOf(from), monthOf(to)).filter((month) => !present.has(month))
  const isUsual = present.size >= 4 && absent.length <= present.size / 4
  if (absent.length === 0 || !isUsual || (rows / present.size < 20 && !isRegular(days))) return undefined
  return {
    from: firstDayOf(absent[0] ?? 0),
    to: firstDayOf((absent.at(-1) ?? 0) + 1) - 1,
    hasRows: false,
    said: {
      id: 'missingMonths',
      severity: 'serious',
      title: absent.length === 1 ? `No rows in ${monthName(absent[0] ?? 0)}` : 'Months without rows within the period',
      count: absent.length,
      unit: absent.length === 1 ? 'month' : 'months',
      examples: absent.slice(0, 6).map(monthName),
      treatment: 'Read as a month in which nothing happened; ask for the missing part of the export',
    },
  }
}

function missingDays({ from, to, days }: DayBlock): Gap | undefined {
  const present = new Set(days.map(({ day }) => day))
  const months = new Set(days.map(({ day }) => monthOf(day)))
  const all = daysBetween(from, to).filter((day) => months.has(monthOf(day)))
  const free = freeWeekdays(all, present)
  const expected = all.filter((day) => !free.has(weekdayOf(day)))
  const rows = new Map(days.map((entry) => [entry.day, entry.rows]))
  const isRegularTable = isRegular(days)
  const empty = expected.filter((day) => !present.has(day))
  const absent = empty.filter((day) => isRegularTable || rowsAround(day, rows) >= 12)
  const share = 1 - empty.length / expected.length
  if (absent.length === 0 || expected.length < 28 || share < (free.size === 0 ? 0.95 : 0.98)) return undefined
  return {
    from: absent[0] ?? from,
    to: absent.at(-1) ?? to,
    hasRows: false,
    said: {
      id: 'missingDays',
      severity: 'warning',
      title: absent.length === 1 ? `No rows on ${dayName(absent[0] ?? 0)}` : 'Days without rows within the period',
      count: absent.length,
      unit: absent.length === 1 ? 'day' : 'days',
      examples: absent.slice(0, 6).map(isoDay),
      treatment: 'Read as days on which nothing happened; check the export',
    },
  }
}

/** Rows on the usual day of the two weeks before and after; with twelve an empty day is no accident. */
function rowsAround(day: number, rows: ReadonlyMap<number, number>): number {
  return median(daysBetween(day - 14, day + 14).flatMap((near) => rows.get(near) ?? []))
}

function freeWeekdays(all: readonly number[], present: ReadonlySet<number>): Set<number> {
  return new Set(
    [0, 1, 2, 3, 4, 5, 6].filter((weekday) => {
      const own = all.filter((day) => weekdayOf(day) === weekday)
      return own.length >= 4 && own.filter((day) => present.has(day)).length < own.length / 10
    }),
  )
}

/** The same number of rows on nine days of ten, as a table of costs has. */
function isRegular(days: readonly DayRows[]): boolean {
  const usual = median(days.map(({ rows }) => rows))
  return days.filter(({ rows }) => rows === usual).length >= days.length * 0.9
}

const leastDays = 7
const comparedDays = 60

function breakdown(block: DayBlock): Gap | undefined {
  const rows = new Map(block.days.map((entry) => [entry.day, entry.rows]))
  const series = daysBetween(block.from, block.to).map((day) => rows.get(day) ?? 0)
  const atEnd = fallOf(series)
  const atStart = fallOf([...series].reverse())
  const worse = atEnd ?? atStart
  if (worse === undefined) return undefined
  const [from, to] =
    atEnd === undefined ? [block.from, block.from + worse.days - 1] : [block.to - worse.days + 1, block.to]
  const side = atEnd === undefined ? `Up to ${dayName(to)}` : `From ${dayName(from)} on`
  return {
    from,
    to,
    hasRows: true,
    said: {
      id: 'fewRows',
      severity: 'serious',
      title: `${side} far fewer rows a day`,
      count: worse.days,
      unit: 'days',
      examples: [`${worse.low} rows a day`, `${worse.usual} before`].map((text, index) =>
        index === 1 && atEnd === undefined ? `${worse.usual} after` : text,
      ),
      treatment: 'Counted as they are; the export may be incomplete',
    },
  }
}

/** How many days at the end of a series lie far below the days before them. */
function fallOf(series: readonly number[]): { days: number; low: number; usual: number } | undefined {
  const most = Math.floor(series.length / 3)
  let best: { days: number; low: number; usual: number; sharpness: number } | undefined
  for (let days = leastDays; days <= most; days += 1) {
    const split = series.length - days
    if (split < 28) break
    const low = median(series.slice(split))
    const usual = median(series.slice(Math.max(0, split - comparedDays), split))
    if (usual < 8 || low >= usual / 4) continue
    const sharpness = Math.min(...series.slice(split - 3, split)) - Math.max(...series.slice(split, split + 3))
    if (best === undefined || sharpness > best.sharpness) best = { days, low, usual, sharpness }
  }
  return best
}

function rest({ from, to, days }: DayBlock): Gap | undefined {
  const usual = median(days.map(({ rows }) => rows))
  if (usual < 20) return undefined
  for (const month of [monthOf(to), monthOf(from)]) {
    const own = days.filter(({ day }) => monthOf(day) === month)
    const rows = sumOf(own.map((entry) => entry.rows))
    const [first, last] = [own[0]?.day ?? from, own.at(-1)?.day ?? to]
    if (own.length > 2 || rows >= usual * 0.05 * own.length) continue
    const side = month === monthOf(to) ? 'after' : 'before'
    return {
      from: first,
      to: last,
      hasRows: true,
      said: {
        id: 'fewRowsOutside',
        severity: 'warning',
        title: `${rows === 1 ? 'One single row' : 'Very few rows'} ${side} the period: ${monthName(month)}`,
        count: rows,
        unit: rows === 1 ? 'row' : 'rows',
        examples: own.map(({ day }) => isoDay(day)),
        treatment: 'Counted as they are; leave this month out of comparisons',
      },
    }
  }
  return undefined
}

function daysBetween(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

const monthsBetween = daysBetween
