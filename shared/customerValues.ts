import { z } from 'zod'
import type { Engine, RevenueView } from './analysis'
import { AppError } from './errors'
import { addDays } from './periods'
import type { CustomerValue } from './rfmScores'
import { raw, sql } from './sql'

export interface CustomerValues {
  readonly snapshot: string
  readonly monetaryView: RevenueView
  readonly customers: readonly CustomerValue[]
  readonly linesWithoutCustomer: number
}

/** The parameters every segmentation by recency, frequency and money shares. */
export const customerValueParams = {
  snapshot: z
    .string()
    .regex(/^(\d{4}-\d{2}-\d{2})?$/, 'is not a day like 2020-01-01')
    .default('')
    .describe('Snapshot (empty for the day after the last order)'),
  monetary: z.enum(['project', 'invoice', 'net', 'gross']).default('project').describe('Money'),
}

/** Recency in days, distinct orders and money of every customer up to the day before the snapshot. */
export async function readCustomerValues(
  engine: Engine,
  wished: { readonly snapshot: string; readonly monetary: RevenueView | 'project' },
): Promise<CustomerValues> {
  const { period, revenueView } = engine.facts
  if (period === null) throw none()
  const snapshot = wished.snapshot === '' ? addDays(period.last, 1) : wished.snapshot
  const monetaryView = wished.monetary === 'project' ? revenueView : wished.monetary
  const customers = await engine.query(
    z.object({ customer: z.string(), recencyDays: z.number(), orders: z.number(), monetary: z.number() }),
    sql`
      SELECT
        customer,
        date_diff('day', max(ordered_on), CAST(${snapshot} AS DATE))::INTEGER AS ${raw('"recencyDays"')},
        count(DISTINCT order_key)::INTEGER AS orders,
        sum(${raw(monetaryView)})::DOUBLE AS monetary
      FROM orders
      WHERE customer IS NOT NULL AND ordered_on < CAST(${snapshot} AS DATE)
      GROUP BY customer
      ORDER BY customer`,
  )
  if (customers.length === 0) throw none()
  const [without] = await engine.query(
    z.object({ lines: z.number() }),
    sql`SELECT count(*)::INTEGER AS lines FROM orders WHERE customer IS NULL`,
  )
  return { snapshot, monetaryView, customers, linesWithoutCustomer: without?.lines ?? 0 }
}

function none(): AppError {
  return new AppError('not-enough-data', 'No customer has an order before the snapshot.', {
    hint: 'Choose a later snapshot, or give the customer role to a column on the Data screen.',
  })
}
