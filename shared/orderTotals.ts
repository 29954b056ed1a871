import { z } from 'zod'
import { AppError } from './errors'
import { type Sql, sql } from './sql'

/** Sums over order lines; money in the project's currency. */
export const orderTotalsSchema = z.object({
  lines: z.number(),
  orders: z.number(),
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
    count(DISTINCT customer)::INTEGER AS customers,
    coalesce(sum(quantity), 0)::DOUBLE AS units,
    coalesce(sum(gross), 0)::DOUBLE AS gross,
    coalesce(sum(discount), 0)::DOUBLE AS discount,
    coalesce(sum(net), 0)::DOUBLE AS net,
    coalesce(sum(tax), 0)::DOUBLE AS tax,
    coalesce(sum(delivery), 0)::DOUBLE AS delivery,
    coalesce(sum(invoice), 0)::DOUBLE AS invoice,
    coalesce(sum(revenue), 0)::DOUBLE AS revenue`

/** A period without an order line. */
export const noTotals: OrderTotals = {
  lines: 0,
  orders: 0,
  customers: 0,
  units: 0,
  gross: 0,
  discount: 0,
  net: 0,
  tax: 0,
  delivery: 0,
  invoice: 0,
  revenue: 0,
}

/** What a revenue view is called in a sentence. */
export const revenueNames = { invoice: 'invoice', net: 'net', gross: 'gross' } as const

/** Nothing to count: no order line has a date. */
export function noOrders(): AppError {
  return new AppError('not-enough-data', 'There is no order line with a readable date.', {
    hint: 'Check on the Data screen which column is the date of the order.',
  })
}
