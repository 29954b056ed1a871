import { z } from 'zod'
import type { Engine, Period } from '../analysis'
import { AppError } from '../errors'
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
  const { period, revenueView } = engine.facts
  if (!engine.facts.has('orders') || period === null) {
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
  const complete = completeMonths(period)
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

/** First days of the months that the period covers from their first to their last day. */
export function completeMonths({ first, last }: Period): string[] {
  const months: string[] = []
  for (let month = `${first.slice(0, 7)}-01`; month <= last; month = nextMonth(month)) {
    if (first.slice(0, 10) <= month && lastDayOf(month) <= last.slice(0, 10)) months.push(month)
  }
  return months
}

export function nextMonth(month: string): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10)
}

export function lastDayOf(month: string): string {
  return new Date(Date.parse(nextMonth(month)) - 86_400_000).toISOString().slice(0, 10)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
