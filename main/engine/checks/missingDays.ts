import { type DayBlock, dayName, daysBetween, isoDay, isRegular, median, monthOf, weekdayOf } from './days'
import type { Gap } from './gap'
import { isFeast, isHolidayTime } from './holidays'

/** People or orders by day: rows of one of them hang together, so that these say what an empty day means. */
export type UnitsByDay = ReadonlyMap<number, number>

/**
 * Days without rows that are no accident, in a table that has rows on six of ten of its open days. Days of the week
 * with rows in fewer than one week of ten are not open.
 *
 * - All of them where each day has the same number of rows, as in a table of costs.
 * - All of them when they are more than the days with one or two people (or orders; rows where there are neither):
 *   were they empty by chance, there would be as many of those. A usual day has five; in less than four weeks even the
 *   weakest day but the first and last has a quarter of the usual one.
 * - Runs of three and more that chance makes once in a thousand tables like this, by the empty days of the six weeks
 *   before and after, and one in ten more, for people come in waves.
 *
 * Feasts are left out, and holidays of shops that close on a day of the week. Of those, single days are told without
 * alarm, when they are more than two in a hundred.
 */
export async function missingDays(block: DayBlock, readUnits: () => Promise<UnitsByDay>): Promise<Gap | undefined> {
  const open = openDays(block)
  const present = new Set(block.days.map(({ day }) => day))
  const isClosing = closedWeekdays(block).length > 0
  const absent = open.filter((day) => !present.has(day))
  const empty = absent.filter((day) => !(isClosing ? isHolidayTime(day) : isFeast(day)))
  if (empty.length === 0 || open.length < 7 || absent.length > open.length * 0.4) return undefined
  const runs = runsOf(empty, open)
  const long = runs.filter((run) => run.length >= 3 && isUnlikely(run, open, present))
  const isNoAccident = isRegular(block.days) ? block.days.length >= 14 : isSurprising(empty, block, await readUnits())
  const named = isNoAccident ? empty : long.flat()
  if (named.length === 0) return undefined
  const isHarmless = isClosing && long.length === 0
  if (isHarmless && named.length <= open.length * 0.02) return undefined
  return said(named, runsOf(named, open).length === 1, isHarmless)
}

function said(days: readonly number[], isOneRun: boolean, isHarmless: boolean): Gap {
  const [from, to] = [days[0] ?? 0, days.at(-1) ?? 0]
  const inRow = `No rows on ${days.length} days in a row: ${dayName(from)} to ${dayName(to)}`
  const title = isOneRun ? inRow : 'Days without rows within the period'
  return {
    from,
    to,
    hasRows: false,
    said: {
      id: 'missingDays',
      severity: isHarmless ? 'info' : 'warning',
      title: days.length === 1 ? `No rows on ${dayName(from)}` : title,
      count: days.length,
      unit: days.length === 1 ? 'day' : 'days',
      examples: days.slice(0, 6).map(isoDay),
      treatment: 'Read as days on which nothing happened; check the export',
    },
  }
}

/** Days of the months with rows on which rows are expected. */
function openDays(block: DayBlock): number[] {
  const months = new Set(block.days.map(({ day }) => monthOf(day)))
  const closed = closedWeekdays(block)
  return daysBetween(block.from, block.to).filter((day) => months.has(monthOf(day)) && !closed.includes(weekdayOf(day)))
}

/** Days of the week on which nothing happens; the one Saturday or Sunday of a short table says too little. */
export function closedWeekdays({ from, to, days }: DayBlock): number[] {
  const months = new Set(days.map(({ day }) => monthOf(day)))
  const all = daysBetween(from, to).filter((day) => months.has(monthOf(day)))
  return [0, 1, 2, 3, 4, 5, 6].filter((weekday) => {
    const own = all.filter((day) => weekdayOf(day) === weekday).length
    const filled = days.filter(({ day }) => weekdayOf(day) === weekday).length
    const isWeekend = weekday === 0 || weekday === 6
    return filled === 0 ? own >= (isWeekend ? 1 : 2) : own >= 4 && filled < own / 10
  })
}

/** Days that follow one another, but for closed ones. */
function runsOf(days: readonly number[], open: readonly number[]): number[][] {
  const place = new Map(open.map((day, index) => [day, index]))
  const runs: number[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    const before = place.get(run?.at(-1) ?? Number.NaN)
    if (run === undefined || before === undefined || place.get(day) !== before + 1) runs.push([day])
    else run.push(day)
  }
  return runs
}

const near = 42

function isUnlikely(run: readonly number[], open: readonly number[], present: ReadonlySet<number>): boolean {
  const [first, last] = [run[0] ?? 0, run.at(-1) ?? 0]
  const around = open.filter((day) => (day < first && day >= first - near) || (day > last && day <= last + near))
  const empty = (around.filter((day) => !present.has(day)).length + 1) / (around.length + 2)
  return around.length >= 10 && open.length * (empty + 0.1) ** run.length < 0.001
}

function isSurprising(empty: readonly number[], { from, to, days }: DayBlock, units: UnitsByDay): boolean {
  const inner = days.filter(({ day }) => day > from && day < to).map(({ day, rows }) => units.get(day) ?? rows)
  const usual = median(inner)
  const isShort = to - from < 28
  if (usual < (isShort ? 12 : 5) || (isShort && Math.min(...inner) < usual / 4)) return false
  return empty.length > inner.filter((count) => count <= 2).length
}
