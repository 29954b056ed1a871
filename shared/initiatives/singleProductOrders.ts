import { z } from 'zod'
import type { Engine } from '../analysis'
import { sql } from '../sql'
import { wilsonInterval } from '../stats/wilsonInterval'
import { typeOf } from './catalogue'
import { assumedEffect, leastCount, met, notComputable, notMet, type Proposal } from './proposal'

const type = typeOf('I12')

/** Orders with one product against those with several: room for recommendations, before any rule is mined. */
export async function singleProductOrders(engine: Engine): Promise<Proposal> {
  if (!engine.facts.has('orders', 'order') || !engine.facts.has('orders', 'product')) {
    return notComputable(type, 'Needs order and product of each line.')
  }
  const [row] = await engine.query(
    z.object({ orders: z.number(), single: z.number(), products: z.number() }),
    sql`
      WITH baskets AS (
        SELECT order_key, count(DISTINCT product) AS products
        FROM orders
        WHERE product IS NOT NULL
        GROUP BY order_key
      )
      SELECT
        CAST(count(*) AS INTEGER) AS orders,
        CAST(coalesce(sum(CASE WHEN products = 1 THEN 1 ELSE 0 END), 0) AS INTEGER) AS single,
        CAST(coalesce(sum(products), 0) AS DOUBLE) AS products
      FROM baskets`,
  )
  if (row === undefined || row.orders < leastCount) {
    return notComputable(type, `Needs at least ${leastCount} orders; there are ${row?.orders ?? 0}.`)
  }
  const interval = wilsonInterval(row.single, row.orders)
  const evidence = [
    {
      label: 'Orders with a single product',
      value: row.single / row.orders,
      format: 'percent' as const,
      low: interval.low,
      high: interval.high,
      count: row.single,
      of: row.orders,
      unit: 'orders',
    },
  ]
  const { period } = engine.facts
  if (interval.low <= 0.5) return notMet(type, 'At most half of the orders hold a single product.', evidence, period)
  return met(type, evidence, period, {
    id: type.id,
    type: type.id,
    title: type.title,
    lever: type.lever,
    kpi: type.kpi,
    ...assumedEffect(row.products / row.orders, 0.1),
    dependency: 'Rules of what is bought together',
  })
}
