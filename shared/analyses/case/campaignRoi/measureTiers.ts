import { z } from 'zod'
import type { AnalysisResult, Engine, Period } from '../../../analysis'
import { AppError } from '../../../errors'
import { completeMonths, lastDayOf } from '../../../initiatives/measureBaseline'
import { sql } from '../../../sql'

export interface MeasuredTiers {
  readonly people: number
  readonly buyers: number
  readonly revenuePerBuyer: number
  readonly tiers: readonly { readonly name: string; readonly people: number; readonly buyerShare: number }[]
  readonly period: Period
  readonly leftOut: AnalysisResult['leftOut']
}

/** Premium, Gold, Silver and Standard: the best 10, next 20, next 30 and last 40 % by spend. */
const tierNames = ['Premium', 'Gold', 'Silver', 'Standard'] as const

/**
 * Customers ranked by what they spent before the last complete month, and who of them ordered in that month. The
 * ranking never sees the month that judges it.
 */
export async function measureTiers(engine: Engine): Promise<MeasuredTiers> {
  const { period, covered } = engine.facts
  const month = covered === null ? undefined : completeMonths(covered).at(-1)
  if (!engine.facts.has('orders', 'customer') || period === null || month === undefined || month <= period.first) {
    throw new AppError('not-enough-data', 'There is nothing to measure the tiers on.', {
      hint: 'Add orders with customers over at least two months, or give people, buyers and tiers.',
    })
  }
  const end = lastDayOf(month)
  const rows = await engine.query(
    z.object({ tier: z.number(), people: z.number(), buyers: z.number(), revenue: z.number() }),
    sql`
      WITH earlier AS (
        SELECT customer, sum(revenue) AS spent
        FROM orders
        WHERE customer IS NOT NULL AND ordered_on < CAST(${month} AS DATE)
        GROUP BY customer
      ), next_month AS (
        SELECT customer, sum(revenue) AS revenue
        FROM orders
        WHERE customer IS NOT NULL AND ordered_on >= CAST(${month} AS DATE) AND ordered_on <= CAST(${end} AS DATE)
        GROUP BY customer
      ), ranked AS (
        SELECT earlier.customer, next_month.customer AS buyer, coalesce(next_month.revenue, 0) AS revenue,
          row_number() OVER (ORDER BY earlier.spent DESC, earlier.customer) AS place,
          count(*) OVER () AS people
        FROM earlier
        LEFT JOIN next_month ON next_month.customer = earlier.customer
      )
      SELECT
        CASE WHEN place <= people * 0.1 THEN 0 WHEN place <= people * 0.3 THEN 1 WHEN place <= people * 0.6 THEN 2 ELSE 3 END AS tier,
        CAST(count(*) AS INTEGER) AS people,
        CAST(count(buyer) AS INTEGER) AS buyers,
        CAST(coalesce(sum(revenue), 0) AS DOUBLE) AS revenue
      FROM ranked
      GROUP BY 1
      ORDER BY 1`,
  )
  const buyers = sum(rows.map((row) => row.buyers))
  if (buyers === 0) {
    throw new AppError('not-enough-data', 'Nobody who ordered before the last complete month ordered in it.', {
      hint: 'Give people, buyers and tiers.',
    })
  }
  const [left] = await engine.query(
    z.object({ unknown: z.number(), later: z.number() }),
    sql`
      SELECT
        CAST(coalesce(sum(CASE WHEN customer IS NULL THEN 1 ELSE 0 END), 0) AS INTEGER) AS unknown,
        CAST(coalesce(sum(CASE WHEN customer IS NOT NULL AND ordered_on > CAST(${end} AS DATE) THEN 1 ELSE 0 END), 0) AS INTEGER) AS later
      FROM orders`,
  )
  return {
    people: sum(rows.map((row) => row.people)),
    buyers,
    revenuePerBuyer: sum(rows.map((row) => row.revenue)) / buyers,
    tiers: rows.map((row) => ({
      name: tierNames[row.tier] ?? '',
      people: row.people,
      buyerShare: row.buyers / buyers,
    })),
    period: { first: period.first, last: end },
    leftOut: [
      { reason: 'without customer', rows: left?.unknown ?? 0 },
      { reason: 'after the last complete month', rows: left?.later ?? 0 },
    ],
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
