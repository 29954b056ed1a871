import { z } from 'zod'
import { raw, type Sql, sql } from './sql'

/** Sums over order lines; money in the project's currency. */
export const orderTotalsSchema = z.object({
  lines: z.number(),
  orders: z.number(),
  customerOrders: z.number(),
  customers: z.number(),
  units: z.number(),
  gross: z.number(),
  discount: z.number(),
  net: z.number(),
  tax: z.number(),
  delivery: z.number(),
  invoice: z.number(),
  revenue: z.number(),
})
export type OrderTotals = z.infer<typeof orderTotalsSchema>

/** The columns of `orderTotalsSchema`, for a SELECT over `orders`. */
export const orderTotalsColumns: Sql = sql`
    count(*)::INTEGER AS lines,
    count(DISTINCT order_key)::INTEGER AS orders,
    count(DISTINCT order_key || ' · ' || coalesce(customer, ''))::INTEGER AS ${raw('"customerOrders"')},
    count(DISTINCT customer)::INTEGER AS customers,
    coalesce(sum(quantity), 0)::DOUBLE AS units,
    coalesce(sum(gross), 0)::DOUBLE AS gross,
    coalesce(sum(discount), 0)::DOUBLE AS discount,
    coalesce(sum(net), 0)::DOUBLE AS net,
    coalesce(sum(tax), 0)::DOUBLE AS tax,
    coalesce(sum(delivery), 0)::DOUBLE AS delivery,
    coalesce(sum(invoice), 0)::DOUBLE AS invoice,
    coalesce(sum(revenue), 0)::DOUBLE AS revenue`

/** What a revenue view is called in a sentence. */
export const revenueNames = { invoice: 'invoice', net: 'net', gross: 'gross' } as const
