import { z } from 'zod'
import type { Engine } from '../analysis'
import { sql } from '../sql'
import { wilsonInterval } from '../stats/wilsonInterval'
import { typeOf } from './catalogue'
import { assumedEffect, leastCount, met, notComputable, notMet, type Proposal } from './proposal'

const type = typeOf('I13')

/** Customers who order once against those who come back, and the revenue that coming back makes. */
export async function repeatOrders(engine: Engine): Promise<Proposal> {
  if (!engine.facts.has('orders', 'customer')) return notComputable(type, 'Needs the customer of each order.')
  const [row] = await engine.query(
    z.object({ customers: z.number(), repeaters: z.number(), revenue: z.number(), repeat_revenue: z.number() }),
    sql`
      WITH customer_orders AS (
        SELECT customer, order_key, min(ordered_at) AS ordered_at, sum(revenue) AS revenue
        FROM orders
        WHERE customer IS NOT NULL
        GROUP BY customer, order_key
      ), numbered AS (
        SELECT customer, revenue,
          row_number() OVER (PARTITION BY customer ORDER BY ordered_at, order_key) AS number
        FROM customer_orders
      )
      SELECT
        CAST(count(DISTINCT customer) AS INTEGER) AS customers,
        CAST(coalesce(sum(CASE WHEN number = 2 THEN 1 ELSE 0 END), 0) AS INTEGER) AS repeaters,
        CAST(coalesce(sum(revenue), 0) AS DOUBLE) AS revenue,
        CAST(coalesce(sum(CASE WHEN number > 1 THEN revenue ELSE 0 END), 0) AS DOUBLE) AS repeat_revenue
      FROM numbered`,
  )
  if (row === undefined || row.customers < leastCount) {
    return notComputable(type, `Needs at least ${leastCount} customers; there are ${row?.customers ?? 0}.`)
  }
  const { customers, repeaters, revenue, repeat_revenue: repeatRevenue } = row
  const once = customers - repeaters
  const interval = wilsonInterval(once, customers)
  const evidence = [
    {
      label: 'One-time customers',
      value: once / customers,
      format: 'percent' as const,
      low: interval.low,
      high: interval.high,
      count: once,
      of: customers,
      unit: 'customers',
    },
  ]
  const { period } = engine.facts
  if (once / customers <= 0.6) return notMet(type, 'At most 60% of customers order only once.', evidence, period)
  if (repeaters === 0)
    return notMet(type, 'No customer ordered twice: there is no repeat revenue to raise.', evidence, period)
  return met(type, evidence, period, {
    id: type.id,
    type: type.id,
    title: type.title,
    lever: type.lever,
    kpi: type.kpi,
    ...assumedEffect(repeaters / customers, 0.1),
    baseShare: shareOf(repeatRevenue, revenue),
  })
}

export function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0
}
