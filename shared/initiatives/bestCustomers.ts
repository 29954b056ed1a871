import { z } from 'zod'
import type { Engine, Period } from '../analysis'
import { sql } from '../sql'
import { wilsonInterval } from '../stats/wilsonInterval'
import { typeOf } from './catalogue'
import { assumedEffect, type Evidence, leastCount, met, notComputable, notMet, type Proposal } from './proposal'
import { shareOf } from './repeatOrders'

const promote = typeOf('I14')
const loyalty = typeOf('I15')

/**
 * Concentration of revenue, and whether the best customers of the first half are still the best in the second:
 * tiers are made on one half and judged on the other, so chance does not speak for itself.
 */
export async function bestCustomers(engine: Engine): Promise<Proposal[]> {
  const { period } = engine.facts
  if (!engine.facts.has('orders', 'customer') || period === null) {
    const reason = 'Needs the customer and the day of each order.'
    return [notComputable(promote, reason), notComputable(loyalty, reason)]
  }
  const measured = await measure(engine, period)
  if (measured.earlyCustomers < leastCount * 5) {
    const reason = `Needs at least ${leastCount * 5} customers in the first half; there are ${measured.earlyCustomers}.`
    return [notComputable(promote, reason), notComputable(loyalty, reason)]
  }
  return [promoteBest(measured, period), keepBest(measured, period)]
}

type Measured = z.infer<typeof measuredRow>
const measuredRow = z.object({
  customers: z.number(),
  topCustomers: z.number(),
  revenue: z.number(),
  topRevenue: z.number(),
  topRepeatRevenue: z.number(),
  earlyCustomers: z.number(),
  earlyTopTenth: z.number(),
  earlyTopTenthBack: z.number(),
  earlyTopTenthOrders: z.number(),
  earlyTopTenthRevenue: z.number(),
  earlyTopFifth: z.number(),
  earlyTopFifthBack: z.number(),
  lateRevenue: z.number(),
})

async function measure(engine: Engine, period: Period): Promise<Measured> {
  const [row] = await engine.query(
    measuredRow,
    sql`
      WITH customer_orders AS (
        SELECT customer, order_key, min(ordered_at) AS ordered_at, min(ordered_on) AS ordered_on, sum(revenue) AS revenue
        FROM orders
        WHERE customer IS NOT NULL AND ordered_on IS NOT NULL
        GROUP BY customer, order_key
      ), numbered AS (
        SELECT customer, ordered_on, revenue,
          row_number() OVER (PARTITION BY customer ORDER BY ordered_at, order_key) AS number
        FROM customer_orders
      ), spenders AS (
        SELECT customer,
          sum(revenue) AS revenue,
          sum(CASE WHEN number > 1 THEN revenue ELSE 0 END) AS repeat_revenue,
          sum(CASE WHEN ordered_on < CAST(${middleOf(period)} AS DATE) THEN revenue ELSE 0 END) AS early_revenue,
          sum(CASE WHEN ordered_on < CAST(${middleOf(period)} AS DATE) THEN 1 ELSE 0 END) AS early_orders,
          sum(CASE WHEN ordered_on >= CAST(${middleOf(period)} AS DATE) THEN revenue ELSE 0 END) AS late_revenue,
          sum(CASE WHEN ordered_on >= CAST(${middleOf(period)} AS DATE) THEN 1 ELSE 0 END) AS late_orders
        FROM numbered
        GROUP BY customer
      ), ranked AS (
        SELECT customer, revenue, repeat_revenue, late_revenue, late_orders, early_orders,
          row_number() OVER (ORDER BY revenue DESC, customer) AS place,
          count(*) OVER () AS customers,
          row_number() OVER (ORDER BY CASE WHEN early_orders > 0 THEN 0 ELSE 1 END, early_revenue DESC, customer) AS early_place,
          sum(CASE WHEN early_orders > 0 THEN 1 ELSE 0 END) OVER () AS early_customers
        FROM spenders
      ), tiers AS (
        SELECT revenue, repeat_revenue, late_revenue, late_orders, early_orders,
          CASE WHEN place <= ceil(customers * 0.2) THEN 1 ELSE 0 END AS top,
          CASE WHEN early_orders > 0 AND early_place <= ceil(early_customers * 0.1) THEN 1 ELSE 0 END AS early_tenth,
          CASE WHEN early_orders > 0 AND early_place <= ceil(early_customers * 0.2) THEN 1 ELSE 0 END AS early_fifth
        FROM ranked
      )
      SELECT
        CAST(count(*) AS INTEGER) AS "customers",
        CAST(coalesce(sum(top), 0) AS INTEGER) AS "topCustomers",
        CAST(coalesce(sum(revenue), 0) AS DOUBLE) AS "revenue",
        CAST(coalesce(sum(top * revenue), 0) AS DOUBLE) AS "topRevenue",
        CAST(coalesce(sum(top * repeat_revenue), 0) AS DOUBLE) AS "topRepeatRevenue",
        CAST(coalesce(sum(CASE WHEN early_orders > 0 THEN 1 ELSE 0 END), 0) AS INTEGER) AS "earlyCustomers",
        CAST(coalesce(sum(early_tenth), 0) AS INTEGER) AS "earlyTopTenth",
        CAST(coalesce(sum(CASE WHEN late_orders > 0 THEN early_tenth ELSE 0 END), 0) AS INTEGER) AS "earlyTopTenthBack",
        CAST(coalesce(sum(early_tenth * late_orders), 0) AS INTEGER) AS "earlyTopTenthOrders",
        CAST(coalesce(sum(early_tenth * late_revenue), 0) AS DOUBLE) AS "earlyTopTenthRevenue",
        CAST(coalesce(sum(early_fifth), 0) AS INTEGER) AS "earlyTopFifth",
        CAST(coalesce(sum(CASE WHEN late_orders > 0 THEN early_fifth ELSE 0 END), 0) AS INTEGER) AS "earlyTopFifthBack",
        CAST(coalesce(sum(late_revenue), 0) AS DOUBLE) AS "lateRevenue"
      FROM tiers`,
  )
  return row ?? measuredRow.parse(Object.fromEntries(Object.keys(measuredRow.shape).map((key) => [key, 0])))
}

function promoteBest(measured: Measured, period: Period): Proposal {
  const { earlyTopTenth, earlyTopTenthBack, earlyTopTenthOrders, earlyTopTenthRevenue, lateRevenue } = measured
  const share = shareOf(earlyTopTenthRevenue, lateRevenue)
  const back = wilsonInterval(earlyTopTenthBack, earlyTopTenth)
  const evidence: Evidence[] = [
    {
      label: 'Revenue of the second half from the top 10% of the first',
      value: share,
      format: 'percent',
      low: null,
      high: null,
      count: earlyTopTenth,
      of: measured.earlyCustomers,
      unit: 'customers',
    },
    {
      label: 'of them ordered in the second half',
      value: shareOf(earlyTopTenthBack, earlyTopTenth),
      format: 'percent',
      low: back.low,
      high: back.high,
      count: earlyTopTenthBack,
      of: earlyTopTenth,
      unit: 'customers',
    },
  ]
  if (share < 0.3) return notMet(promote, 'They hold less than 30% of revenue in the second half.', evidence, period)
  return met(promote, evidence, period, {
    id: promote.id,
    type: promote.id,
    title: promote.title,
    lever: promote.lever,
    kpi: promote.kpi,
    ...assumedEffect(earlyTopTenthOrders / earlyTopTenth, 0.05),
    baseShare: share,
  })
}

function keepBest(measured: Measured, period: Period): Proposal {
  const { customers, topCustomers, revenue, topRevenue, topRepeatRevenue, earlyTopFifth, earlyTopFifthBack } = measured
  const share = shareOf(topRevenue, revenue)
  const back = wilsonInterval(earlyTopFifthBack, earlyTopFifth)
  const evidence: Evidence[] = [
    {
      label: 'Revenue of the top 20%',
      value: share,
      format: 'percent',
      low: null,
      high: null,
      count: topCustomers,
      of: customers,
      unit: 'customers',
    },
    {
      label: 'Top 20% of the first half who came back in the second',
      value: shareOf(earlyTopFifthBack, earlyTopFifth),
      format: 'percent',
      low: back.low,
      high: back.high,
      count: earlyTopFifthBack,
      of: earlyTopFifth,
      unit: 'customers',
    },
  ]
  if (share < 0.5) return notMet(loyalty, 'They hold less than half of revenue.', evidence, period)
  if (earlyTopFifthBack === 0) return notMet(loyalty, 'None of them came back in the second half.', evidence, period)
  const baseline = earlyTopFifthBack / earlyTopFifth
  const effect = Math.min(0.05, (1 - baseline) / baseline / 1.5)
  if (effect <= 0) return notMet(loyalty, 'All of them come back already.', evidence, period)
  return met(loyalty, evidence, period, {
    id: loyalty.id,
    type: loyalty.id,
    title: loyalty.title,
    lever: loyalty.lever,
    kpi: loyalty.kpi,
    ...assumedEffect(baseline, effect),
    baseShare: shareOf(topRepeatRevenue, revenue),
    // The same customers are reached by promotions and the newsletter, too.
    overlap: 0.5,
  })
}

/** The first day of the second half. */
export function middleOf({ first, last }: Period): string {
  const start = Date.parse(first.slice(0, 10))
  const end = Date.parse(last.slice(0, 10)) + 86_400_000
  return new Date(start + Math.floor((end - start) / 2 / 86_400_000) * 86_400_000).toISOString().slice(0, 10)
}
