import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckWork, columnWith, mainDate } from './checkedTable'
import {
  blocksOf,
  type DayBlock,
  dayName,
  daysBetween,
  isoDay,
  isRegular,
  mainBlock,
  median,
  monthName,
  monthOf,
  sumOf,
} from './days'
import type { Gap } from './gap'
import { isHolidayTime } from './holidays'
import { closedWeekdays, missingDays, type UnitsByDay } from './missingDays'

/**
 * Gaps in a table that has rows on nearly every day.
 *
 * - Days without rows: see `missingDays`.
 * - Days of the week without rows in a table of four weeks or more, where these weeks have rows on all others.
 * - Months without rows between the first and the last: at least four months have rows, 20 a month or one a day. Of
 *   fewer months, a hole of a month or more between two parts that have rows on most days.
 * - A breakdown: over at least seven days at the end (at most a third of the period) the median of people (orders,
 *   rows) a day is below a quarter of that of the 60 days before. The same at the start. Around Christmas and Easter
 *   it is told without alarm.
 * - A rest: the last or first month has rows on one or two days only, together below 5 % of a usual day.
 */
export async function checkTimeCoverage(work: CheckWork): Promise<Finding[]> {
  const column = mainDate(work.table)
  if (column === undefined) return []
  const block = mainBlock(await work.days(column.name))
  if (block === undefined || block.days.length < 7) return []
  let units: Promise<UnitsByDay> | undefined
  const readUnits = (): Promise<UnitsByDay> => {
    units ??= unitsByDay(work, column.name)
    return units
  }
  const found = [
    ...(block.days.length < 14 ? [] : [missingMonths(block) ?? hole(block)]),
    await missingDays(block, readUnits),
    closed(work, block),
    ...(block.days.length < 14 ? [] : [await breakdown(block, readUnits), rest(block)]),
  ]
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

/** How many people, or else orders, have rows on each day; nothing where the table names neither. */
async function unitsByDay(work: CheckWork, date: string): Promise<UnitsByDay> {
  const unit = columnWith(work.table, 'customer') ?? columnWith(work.table, 'order', 'session')
  if (unit === undefined) return new Map()
  const counts = await work.ask(
    z.tuple([z.number(), z.number()]),
    sql`
      SELECT (day - DATE '1970-01-01')::DOUBLE, count(*)::DOUBLE
      FROM (SELECT DISTINCT CAST(${ident(date)} AS DATE) AS day, ${ident(unit.name)} AS unit FROM ${work.sample})
      WHERE isfinite(day)
      GROUP BY 1`,
  )
  return new Map(counts)
}

const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function closed(work: CheckWork, block: DayBlock): Gap | undefined {
  const weekdays = closedWeekdays(block)
  const [kind, length] = [work.table.kind, block.to - block.from + 1]
  const isTold = kind === 'orders' || kind === 'events' || kind === 'visits'
  const isDaily = block.days.length >= ((length * (7 - weekdays.length)) / 7) * 0.8
  if (!isTold || weekdays.length === 0 || weekdays.length > 2 || length < 28 || !isDaily) return undefined
  return {
    from: block.from,
    to: block.to,
    hasRows: false,
    said: {
      id: 'closedWeekdays',
      severity: kind === 'orders' ? 'info' : 'warning',
      title: `No rows on ${weekdays.map((weekday) => `${weekdayNames[weekday]}s`).join(' and ')}`,
      count: weekdays.length,
      unit: weekdays.length === 1 ? 'day of the week' : 'days of the week',
      examples: [],
      treatment: 'Read as days on which the shop is closed; if it is not, the export leaves them out',
    },
  }
}

/** A hole of a month or more that parts a short table in two. */
function hole({ days }: DayBlock): Gap | undefined {
  const parts = blocksOf(days, 31)
  const [first, second] = parts
  const isDaily = (part: DayBlock): boolean =>
    part.days.length >= 10 && part.days.length >= (part.to - part.from + 1) / 2
  if (parts.length !== 2 || first === undefined || second === undefined || !parts.every(isDaily)) return undefined
  const [from, to] = [first.to + 1, second.from - 1]
  const joined = joinedByYear(first, second)
  return {
    from,
    to,
    hasRows: false,
    said: {
      id: 'missingMonths',
      severity: joined === undefined ? 'warning' : 'serious',
      title: joined ?? `No rows from ${dayName(from)} to ${dayName(to)}`,
      count: to - from + 1,
      unit: 'days',
      examples: [`${dayName(first.from)} to ${dayName(first.to)}`, `${dayName(second.from)} to ${dayName(second.to)}`],
      treatment:
        joined === undefined
          ? 'Read as days on which nothing happened; ask for the missing part of the export'
          : 'Kept as written; check the year in the file',
    },
  }
}

/** Two parts that stand without a gap when one of them is moved by a year. */
function joinedByYear(first: DayBlock, second: DayBlock): string | undefined {
  const isNext = (day: number, last: number): boolean => day > last && day <= last + 3
  return [365, 366].some((year) => isNext(first.from + year, second.to))
    ? `A hole of ${second.from - first.to - 1} days that closes when ${dayName(first.from)} to ${dayName(first.to)} is moved by a year: a wrong year?`
    : undefined
}

function missingMonths({ from, to, days, rows }: DayBlock): Gap | undefined {
  const present = new Set(days.map(({ day }) => monthOf(day)))
  const absent = monthsBetween(monthOf(from), monthOf(to)).filter((month) => !present.has(month))
  const isUsual = present.size >= 4 && absent.length <= present.size / 4
  if (absent.length === 0 || !isUsual || (rows / present.size < 20 && !isRegular(days))) return undefined
  const before = days.findLast(({ day }) => monthOf(day) < (absent[0] ?? 0))
  const after = days.find(({ day }) => monthOf(day) > (absent.at(-1) ?? 0))
  return {
    from: (before?.day ?? from) + 1,
    to: (after?.day ?? to) - 1,
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

const leastDays = 7
const comparedDays = 60

async function breakdown(block: DayBlock, readUnits: () => Promise<UnitsByDay>): Promise<Gap | undefined> {
  const rows = new Map(block.days.map((entry) => [entry.day, entry.rows]))
  if (fallIn(block, rows) === undefined) return undefined
  const units = await readUnits()
  return units.size === 0 ? fallIn(block, rows) : fallIn(block, units) === undefined ? undefined : fallIn(block, rows)
}

function fallIn(block: DayBlock, counts: UnitsByDay): Gap | undefined {
  const series = daysBetween(block.from, block.to).map((day) => counts.get(day) ?? 0)
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
      severity: daysBetween(from, to).every(isHolidayTime) ? 'info' : 'serious',
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

const monthsBetween = daysBetween
