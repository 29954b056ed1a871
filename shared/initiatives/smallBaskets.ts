import { z } from 'zod'
import type { Engine } from '../analysis'
import { sql } from '../sql'
import { wilsonInterval } from '../stats/wilsonInterval'
import { typeOf } from './catalogue'
import { assumedEffect, leastCount, met, notComputable, notMet, type Proposal } from './proposal'
import { shareOf } from './repeatOrders'

const type = typeOf('I20')

/** How much delivery weighs on orders below the median value. */
export async function smallBaskets(engine: Engine): Promise<Proposal> {
  if (!engine.facts.has('orders', 'delivery')) return notComputable(type, 'Needs the delivery charge of each order.')
  const [row] = await engine.query(
    z.object({
      orders: z.number(),
      heavy: z.number(),
      value: z.number(),
      delivery: z.number(),
      revenue: z.number(),
      allRevenue: z.number(),
    }),
    sql`
      WITH order_values AS (
        SELECT order_key, sum(net) AS value, sum(delivery) AS delivery, sum(revenue) AS revenue
        FROM orders
        GROUP BY order_key
        HAVING sum(net) > 0
      ), ranked AS (
        SELECT value, delivery, revenue,
          row_number() OVER (ORDER BY value, order_key) AS place,
          count(*) OVER () AS orders,
          sum(revenue) OVER () AS all_revenue
        FROM order_values
      )
      SELECT
        CAST(count(*) AS INTEGER) AS orders,
        CAST(coalesce(sum(CASE WHEN delivery > value * 0.1 THEN 1 ELSE 0 END), 0) AS INTEGER) AS heavy,
        CAST(coalesce(sum(value), 0) AS DOUBLE) AS value,
        CAST(coalesce(sum(delivery), 0) AS DOUBLE) AS delivery,
        CAST(coalesce(sum(revenue), 0) AS DOUBLE) AS revenue,
        CAST(coalesce(max(all_revenue), 0) AS DOUBLE) AS "allRevenue"
      FROM ranked
      WHERE place * 2 <= orders`,
  )
  if (row === undefined || row.orders < leastCount) {
    return notComputable(
      type,
      `Needs at least ${leastCount} orders below the median value; there are ${row?.orders ?? 0}.`,
    )
  }
  const { orders, heavy, value, delivery, revenue, allRevenue } = row
  const interval = wilsonInterval(heavy, orders)
  const evidence = [
    {
      label: `Orders below the median that pay more than 10% for delivery (together ${Math.round((delivery / value) * 1000) / 10}% of their value)`,
      value: heavy / orders,
      format: 'percent' as const,
      low: interval.low,
      high: interval.high,
      count: heavy,
      of: orders,
      unit: 'orders',
    },
  ]
  const { period } = engine.facts
  if (interval.low <= 0.5) return notMet(type, 'Most of them pay 10% or less.', evidence, period)
  return met(type, evidence, period, {
    id: type.id,
    type: type.id,
    title: type.title,
    lever: type.lever,
    kpi: type.kpi,
    ...assumedEffect(value / orders, 0.1),
    baseShare: shareOf(revenue, allRevenue),
  })
}
