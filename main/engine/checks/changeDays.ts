import { z } from 'zod'
import { ident, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork } from './checkedTable'

/** The middle amount of a day and how many rows it has. */
interface DayMedian {
  readonly day: number
  /** Null without an amount above zero. */
  readonly median: number | null
  readonly rows: number
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** Days a change may lie before or after the month or week in which it was seen. */
const reach = 31

/**
 * The days, counted from 1970, on which a change of scale begins and ends: of all days near those where it was seen the
 * ones that leave the fewest rows on the wrong side. A day is on the side whose usual amount its median is nearer to,
 * in proportion.
 */
export async function exactDays(
  work: CheckWork,
  date: CheckedColumn,
  amount: CheckedColumn,
  seen: Span,
  {
    usual,
    isEnding,
  }: { readonly usual: { readonly inside: number; readonly outside: number }; readonly isEnding: boolean },
): Promise<Span & { readonly rows: number }> {
  const value = sql`CAST(${ident(amount.name)} AS DOUBLE)`
  const days = await work.ask(
    z
      .tuple([z.number(), z.number().nullable(), z.number()])
      .transform(([day, median, rows]): DayMedian => ({ day, median, rows })),
    sql`
      SELECT (CAST(${ident(date.name)} AS DATE) - DATE '1970-01-01')::DOUBLE AS day, median(${value}) FILTER (WHERE ${value} > 0)::DOUBLE, count(*)::DOUBLE
      FROM ${work.sample}
      WHERE isfinite(${ident(date.name)})
      GROUP BY 1
      ORDER BY 1`,
  )
  const isInside = ({ median }: DayMedian): boolean =>
    median !== null && Math.abs(Math.log(median / usual.inside)) < Math.abs(Math.log(median / usual.outside))
  const middle = (seen.from + seen.to) / 2
  const from = boundary(
    days.filter(({ day }) => Math.abs(day - seen.from) <= reach && day <= middle),
    isInside,
    seen.from,
  )
  const end = boundary(
    days.filter(({ day }) => isEnding && Math.abs(day - seen.to) <= reach && day > middle),
    (day) => !isInside(day),
    seen.to + 1,
  )
  const rows = days.filter(({ day }) => day >= from && day < end).reduce((sum, day) => sum + day.rows, 0)
  return { from, to: end - 1, rows }
}

/** The first day of the second part, so that the fewest rows of days are in the wrong part. */
function boundary(days: readonly DayMedian[], isSecond: (day: DayMedian) => boolean, fallback: number): number {
  if (days.length === 0) return fallback
  // With everything in the second part those of the first kind are wrong; each day that changes over puts one right or wrong.
  let wrong = days.filter((day) => !isSecond(day)).reduce((sum, { rows }) => sum + rows, 0)
  let best = { wrong, day: days[0]?.day ?? fallback }
  for (const [index, day] of days.entries()) {
    wrong += isSecond(day) ? day.rows : -day.rows
    const next = days[index + 1]?.day ?? day.day + 1
    if (wrong < best.wrong) best = { wrong, day: next }
  }
  return best.day
}
