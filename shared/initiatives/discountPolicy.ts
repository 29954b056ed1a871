import { z } from 'zod'
import type { Engine } from '../analysis'
import { sql } from '../sql'
import { typeOf } from './catalogue'
import { completeMonths, lastDayOf } from './measureBaseline'
import { type Evidence, leastCount, met, notComputable, notMet, type Proposal } from './proposal'

const type = typeOf('I17')

/** One month × category: customers who bought with and without a discount, and how many of each ordered later. */
interface Stratum {
  readonly withDiscount: number
  readonly withDiscountBack: number
  readonly without: number
  readonly withoutBack: number
}

/**
 * Whether customers with a discount come back more often than those without, inside the same month and category.
 * Customers choose their coupons, so a difference is an association, not an effect.
 */
export async function discountPolicy(engine: Engine): Promise<Proposal> {
  const { period, covered } = engine.facts
  const months = covered === null ? [] : completeMonths(covered)
  const [firstMonth] = months
  const lastMonth = months.at(-1)
  if (!engine.facts.has('orders', 'customer') || !engine.facts.has('orders', 'category') || period === null) {
    return notComputable(type, 'Needs customer, category and day of each order.')
  }
  if (firstMonth === undefined || lastMonth === undefined) return notComputable(type, 'Needs a complete month.')
  const strata = await engine.query(
    z.object({ withDiscount: z.number(), withDiscountBack: z.number(), without: z.number(), withoutBack: z.number() }),
    sql`
      WITH buyers AS (
        SELECT customer, category, date_trunc('month', ordered_on) AS month,
          max(CASE WHEN discount > 0 THEN 1 ELSE 0 END) AS discounted
        FROM orders
        WHERE customer IS NOT NULL AND category IS NOT NULL AND ordered_on IS NOT NULL
        GROUP BY customer, category, date_trunc('month', ordered_on)
      ), last_seen AS (
        SELECT customer, date_trunc('month', max(ordered_on)) AS month
        FROM orders
        WHERE customer IS NOT NULL
        GROUP BY customer
      ), followed AS (
        SELECT buyers.category, buyers.month, buyers.discounted,
          CASE WHEN last_seen.month > buyers.month THEN 1 ELSE 0 END AS came_back
        FROM buyers
        JOIN last_seen ON last_seen.customer = buyers.customer
        WHERE buyers.month < date_trunc('month', CAST(${period.last.slice(0, 10)} AS DATE))
      )
      SELECT
        CAST(sum(discounted) AS INTEGER) AS "withDiscount",
        CAST(sum(discounted * came_back) AS INTEGER) AS "withDiscountBack",
        CAST(sum(1 - discounted) AS INTEGER) AS "without",
        CAST(sum((1 - discounted) * came_back) AS INTEGER) AS "withoutBack"
      FROM followed
      GROUP BY category, month
      ORDER BY month, category`,
  )
  const [money] = await engine.query(
    z.object({ discount: z.number(), gross: z.number() }),
    sql`
      SELECT CAST(coalesce(sum(discount), 0) AS DOUBLE) AS discount, CAST(coalesce(sum(gross), 0) AS DOUBLE) AS gross
      FROM orders
      WHERE ordered_on BETWEEN CAST(${firstMonth} AS DATE) AND CAST(${lastDayOf(lastMonth)} AS DATE)`,
  )
  if (money === undefined || !(money.discount > 0)) return notComputable(type, 'The orders show no discount.')
  const compared = compareInside(strata)
  if (compared === null || compared.withDiscount < leastCount || compared.without < leastCount) {
    return notComputable(
      type,
      `Needs at least ${leastCount} buyers with and without discount in the same month and category.`,
    )
  }
  const evidence: Evidence[] = [
    {
      label: 'Difference in coming back, with minus without discount, same month and category',
      value: compared.difference,
      format: 'points',
      low: compared.low,
      high: compared.high,
      count: compared.withDiscount,
      of: compared.withDiscount + compared.without,
      unit: 'buyers with discount, self-selected',
    },
  ]
  if (compared.low > 0) {
    return notMet(
      type,
      'Customers with a discount come back more often inside the same month and category.',
      evidence,
      period,
    )
  }
  const monthlyDiscount = money.discount / months.length
  return met(type, evidence, period, {
    id: type.id,
    type: type.id,
    title: type.title,
    lever: type.lever,
    kpi: type.kpi,
    baseline: 1,
    target: { low: 1, base: 1, high: 1 },
    monthlySaving: { low: monthlyDiscount * 0.1, base: monthlyDiscount * 0.2, high: monthlyDiscount * 0.3 },
    rangeSource: 'assumed: 10, 20 and 30% of the discounts given a month are not needed',
  })
}

interface Comparison {
  readonly difference: number
  readonly low: number
  readonly high: number
  readonly withDiscount: number
  readonly without: number
}

/** Mantel–Haenszel difference of two rates over strata, with a 95 % interval. */
export function compareInside(strata: readonly Stratum[]): Comparison | null {
  let weights = 0
  let weighted = 0
  let variance = 0
  let withDiscount = 0
  let without = 0
  for (const one of strata) {
    if (one.withDiscount === 0 || one.without === 0) continue
    const treated = one.withDiscountBack / one.withDiscount
    const plain = one.withoutBack / one.without
    const weight = (one.withDiscount * one.without) / (one.withDiscount + one.without)
    weights += weight
    weighted += weight * (treated - plain)
    variance += weight ** 2 * ((treated * (1 - treated)) / one.withDiscount + (plain * (1 - plain)) / one.without)
    withDiscount += one.withDiscount
    without += one.without
  }
  if (weights === 0) return null
  const difference = weighted / weights
  const half = (1.959963984540054 * Math.sqrt(variance)) / weights
  return { difference, low: difference - half, high: difference + half, withDiscount, without }
}
