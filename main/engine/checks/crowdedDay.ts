import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckWork, mainDate } from './checkedTable'
import { dayName, daysBetween, isoDay, mainBlock, median } from './days'

/**
 * A day that holds the rows of the days beside it: it has four times the rows of a usual day and more than any other,
 * three days or more without rows begin right after it or end right before it, and the rows it has more are between
 * half and twice what these days would have. Of all other days 95 % have rows, or 80 % where seven days are missing. A date was filled down, or a program wrote the first day of the month.
 */
export async function checkCrowdedDay(work: CheckWork): Promise<Finding[]> {
  const date = mainDate(work.table)
  if (date === undefined) return []
  const block = mainBlock(await work.days(date.name))
  if (block === undefined || block.days.length < 14) return []
  const rows = new Map(block.days.map((entry) => [entry.day, entry.rows]))
  const usual = median([...rows.values()])
  const most = block.days.reduce((one, other) => (other.rows > one.rows ? other : one))
  const absent = [1, -1].map((step) => emptyBeside(most.day, step, rows, block))
  const gone = absent.flat()
  const expected = gone.length * usual
  const extra = most.rows - usual
  const filled = block.days.length / (block.to - block.from + 1 - gone.length)
  const least = filled >= 0.95 ? 3 : 7
  if (filled < 0.8 || usual < 2 || most.rows < usual * 4 || gone.length < least) return []
  if (extra < expected / 2 || extra > expected * 2) return []
  const [from, to] = [Math.min(most.day, ...gone), Math.max(most.day, ...gone)]
  return [
    work.say({
      id: 'crowdedDay',
      severity: 'serious',
      column: date.name,
      title: `${dayName(most.day)} has the rows of ${gone.length + 1} days: one date was written on all of them`,
      count: most.rows,
      unit: 'rows',
      examples: [`usually ${usual} a day`, `no rows on ${gone.length} days beside it`],
      period: { from: isoDay(from), to: isoDay(to) },
      rows: sql`CAST(${ident(date.name)} AS DATE) = CAST(${isoDay(most.day)} AS DATE)`,
      treatment: 'Counted on that day; the days beside it are missing. Ask for the dates as they were',
    }),
  ]
}

/** Days without rows that follow a day, or come before it. */
function emptyBeside(
  day: number,
  step: number,
  rows: ReadonlyMap<number, number>,
  { from, to }: { readonly from: number; readonly to: number },
): number[] {
  const beside = step > 0 ? daysBetween(day + 1, to) : daysBetween(from, day - 1).reverse()
  const next = beside.findIndex((other) => rows.has(other))
  return next < 0 ? [] : beside.slice(0, next)
}
