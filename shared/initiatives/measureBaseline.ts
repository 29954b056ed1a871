import { z } from 'zod'
import type { Engine, Period } from '../analysis'
import { AppError } from '../errors'
import { addDays, isUnfinished, nextPeriod, periodsBetween } from '../periods'
import { sql } from '../sql'

export interface MeasuredBaseline {
  readonly monthlyRevenue: number
  readonly source: string
  /** First and last day of the complete months. */
  readonly period: Period
  readonly months: number
  readonly lines: number
  /** Order lines in unfinished months. */
  readonly linesLeftOut: number
}

/** Mean revenue of the complete months of the orders. */
export async function measureBaseline(engine: Engine): Promise<MeasuredBaseline> {
  const { covered, revenueView } = engine.facts
  if (!engine.facts.has('orders') || covered === null) {
    throw new AppError('not-enough-data', 'There is no revenue to start from.', {
      hint: 'Add a file with orders, or give the revenue a month: --param baseline=125000.',
    })
  }
  const months = await engine.query(
    z.object({ month: z.string(), revenue: z.number(), lines: z.number() }),
    sql`
      SELECT
        CAST(CAST(date_trunc('month', ordered_on) AS DATE) AS VARCHAR) AS month,
        CAST(sum(revenue) AS DOUBLE) AS revenue,
        CAST(count(*) AS INTEGER) AS lines
      FROM orders
      WHERE ordered_on IS NOT NULL
      GROUP BY 1
      ORDER BY 1`,
  )
  const complete = completeMonths(covered)
  const counted = months.filter(({ month }) => complete.includes(month))
  const first = complete[0]
  const last = complete.at(-1)
  if (first === undefined || last === undefined) {
    throw new AppError('not-enough-data', 'The orders hold no complete month to measure revenue on.', {
      hint: 'Give the revenue a month: --param baseline=125000.',
    })
  }
  // A complete month without orders is a month without revenue, so it counts in the mean.
  const monthlyRevenue = sum(counted.map((month) => month.revenue)) / complete.length
  if (monthlyRevenue < 0) {
    throw new AppError(
      'not-enough-data',
      'Returns exceed sales in the complete months: there is no revenue to raise.',
      {
        hint: 'Check the negative quantities, or give the revenue a month: --param baseline=125000.',
      },
    )
  }
  const span = { first, last: lastDayOf(last) }
  return {
    monthlyRevenue,
    source: `mean of ${complete.length} complete months, ${span.first} to ${span.last}, ${revenueView} revenue`,
    period: span,
    months: complete.length,
    lines: sum(counted.map((month) => month.lines)),
    linesLeftOut: sum(months.map((month) => month.lines)) - sum(counted.map((month) => month.lines)),
  }
}

/** First days of the months that are covered from their first to their last day. */
export function completeMonths(covered: Period): string[] {
  return periodsBetween(covered.first, covered.last, 'month').filter((month) => !isUnfinished(month, 'month', covered))
}

export function lastDayOf(month: string): string {
  return addDays(nextPeriod(month, 'month'), -1)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
