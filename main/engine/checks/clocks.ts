import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork } from './checkedTable'

const leastRows = 200
const leastRowsByHour = 1000

/**
 * Clock times.
 *
 * - Lost: more than 5 % of the times are midnight to the second, ten times what the rows of the hour after give to a
 *   minute, but not all.
 * - Half a day: of 1,000 times none lies at one in the afternoon or later, while the hours from one to five have some.
 */
export async function checkClocks(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(({ type }) => type === 'timestamp').slice(0, 3)
  const found = await Promise.all(columns.map((column) => clockOf(work, column)))
  return found.flat()
}

async function clockOf(work: CheckWork, { name }: CheckedColumn): Promise<Finding[]> {
  const time = ident(name)
  const hours = await work.ask(
    z.tuple([z.number(), z.number(), z.number()]),
    sql`
      SELECT hour(${time})::DOUBLE AS hour, count(*)::DOUBLE, count(*) FILTER (WHERE CAST(${time} AS TIME) = TIME '00:00:00')::DOUBLE
      FROM ${work.sample}
      WHERE ${time} IS NOT NULL AND isfinite(${time})
      GROUP BY 1
      ORDER BY 1`,
  )
  const rows = hours.reduce((sum, [, count]) => sum + count, 0)
  const midnight = hours.reduce((sum, [, , count]) => sum + count, 0)
  const firstHour = (hours.find(([hour]) => hour === 0)?.[1] ?? 0) - midnight
  const isLost =
    rows >= leastRows && midnight > rows * 0.05 && midnight < rows * 0.99 && midnight > (firstHour / 60) * 10
  if (isLost) {
    return [
      work.say({
        id: 'lostTimes',
        severity: 'warning',
        column: name,
        title: 'Times that are exactly midnight: the clock was lost',
        count: midnight * work.step,
        unit: 'rows',
        rows: sql`CAST(${time} AS TIME) = TIME '00:00:00'`,
        treatment: 'Kept: leave them out of hours of the day',
      }),
    ]
  }
  const present = new Set(hours.map(([hour]) => hour))
  const isHalf = [1, 2, 3, 4, 5].every((hour) => present.has(hour)) && !hours.some(([hour]) => hour > 12)
  if (rows < leastRowsByHour || !isHalf) return []
  return [
    work.say({
      id: 'halfDay',
      severity: 'serious',
      column: name,
      title: 'No time after one in the afternoon: the mark PM was lost',
      count: rows * work.step,
      unit: 'rows',
      treatment: 'Kept: hours of the day mean nothing',
    }),
  ]
}
