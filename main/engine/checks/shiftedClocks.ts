import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckWork, mainDate } from './checkedTable'
import { dayName, isoDay, sumOf } from './days'

const leastRows = 2000
const leastDays = 7
const hours = Array.from({ length: 24 }, (_, hour) => hour)

/**
 * The rhythm of the day moves by two hours or more from a date on: times of another zone. Before and after stand 2,000
 * rows and seven days; the shares of the hours differ by 15 % of the rows or more, and by less than a third of that
 * when moved back. The weeks right before and after the date show the same, so that a slow change is none. One hour is
 * summer time.
 */
export async function checkShiftedClocks(work: CheckWork): Promise<Finding[]> {
  const column = mainDate(work.table)
  if (column?.type !== 'timestamp' || work.table.rows < 2 * leastRows) return []
  const time = ident(column.name)
  const days = await work.ask(
    z.tuple([z.number(), z.array(z.number())]).transform(([day, counts]) => ({ day, counts })),
    sql`
      SELECT
        (CAST(${time} AS DATE) - DATE '1970-01-01')::DOUBLE AS day,
        list_transform(range(24), number -> coalesce(histogram(hour(${time}))[number], 0)::DOUBLE)
      FROM ${work.glance} WHERE isfinite(${time}) GROUP BY 1 ORDER BY 1`,
  )
  const split = bestSplit(days.map(({ counts }) => counts))
  const day = split === undefined ? undefined : days[split.index]
  const last = days.at(-1)
  if (split === undefined || day === undefined || last === undefined) return []
  const rows = sumOf(days.slice(split.index).flatMap(({ counts }) => counts))
  const moved = split.hours > 12 ? `${24 - split.hours} hours earlier` : `${split.hours} hours later`
  return [
    work.say({
      id: 'shiftedClocks',
      severity: 'warning',
      column: column.name,
      title: `From ${dayName(day.day)} on the day begins ${moved}: times of another zone?`,
      count: rows * work.glanceStep,
      unit: 'rows',
      period: { from: isoDay(day.day), to: isoDay(last.day) },
      rows: sql`CAST(${time} AS DATE) >= CAST(${isoDay(day.day)} AS DATE)`,
      treatment: 'Kept as written: hours, and days at midnight, cannot be compared over this date',
    }),
  ]
}

interface Shift {
  readonly hours: number
  readonly plain: number
  readonly moved: number
}

function bestSplit(days: readonly (readonly number[])[]): { index: number; hours: number } | undefined {
  let [before, after] = [hours.map(() => 0), totalOf(days)]
  let best: { index: number; shift: Shift } | undefined
  for (const [index, counts] of days.entries()) {
    if (
      index >= leastDays &&
      index <= days.length - leastDays &&
      sumOf(before) >= leastRows &&
      sumOf(after) >= leastRows
    ) {
      const shift = shiftBetween(before, after)
      if (best === undefined || shift.plain - shift.moved > best.shift.plain - best.shift.moved) best = { index, shift }
    }
    before = before.map((count, hour) => count + (counts[hour] ?? 0))
    after = after.map((count, hour) => count - (counts[hour] ?? 0))
  }
  if (best === undefined) return undefined
  const { index, shift } = best
  const isMoved = shift.hours >= 2 && shift.hours <= 22 && shift.plain >= 0.15 && shift.moved < shift.plain / 3
  if (!isMoved) return undefined
  const near = shiftBetween(
    totalOf(days.slice(index - leastDays, index)),
    totalOf(days.slice(index, index + leastDays)),
    shift.hours,
  )
  return near.plain >= 0.15 && near.moved < near.plain * 0.6 ? { index, hours: shift.hours } : undefined
}

const totalOf = (days: readonly (readonly number[])[]): number[] =>
  hours.map((hour) => sumOf(days.map((counts) => counts[hour] ?? 0)))

/** How far the hours of two parts differ as they are, and when the second is moved back by the best number of hours. */
function shiftBetween(before: readonly number[], after: readonly number[], given?: number): Shift {
  const [all, other] = [sumOf(before), sumOf(after)]
  const distance = (by: number): number =>
    sumOf(hours.map((hour) => Math.abs((before[hour] ?? 0) / all - (after[(hour + by) % 24] ?? 0) / other))) / 2
  const best = given ?? hours.reduce((one, by) => (distance(by) < distance(one) ? by : one), 0)
  return { hours: best, plain: distance(0), moved: distance(best) }
}
