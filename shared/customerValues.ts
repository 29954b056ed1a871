import { z } from 'zod'
import type { AnalysisResult, Engine, RevenueView } from './analysis'
import { AppError } from './errors'
import { linesWithoutCustomer, noCustomers } from './leftOut'
import { addDays, isDay } from './periods'
import type { CustomerValue, ScoreCuts } from './rfmScores'
import { raw, sql } from './sql'

export interface CustomerValues {
  /** Day on which recency is counted (ISO); orders from this day on are not used. */
  readonly snapshot: string
  readonly monetaryView: RevenueView
  readonly customers: readonly CustomerValue[]
  readonly leftOut: AnalysisResult['leftOut']
}

/** The parameters every segmentation by recency, frequency and money shares. */
export const customerValueParams = {
  snapshot: z
    .string()
    .refine((text) => text === '' || isDay(text), 'is not a day like 2020-01-01')
    .default('')
    .describe('Snapshot (yyyy-mm-dd, empty for the day after the last order)'),
  monetary: z
    .enum(['project', 'invoice', 'net', 'gross'])
    .default('project')
    .describe('Money (project: the revenue chosen for the project)'),
}

const limits = z.string().regex(/^\s*(\d+(\.\d+)?(\s*,\s*\d+(\.\d+)?)*)?\s*$/, 'is not a list like 30, 60, 90, 180')

/** Fixed limits in place of shares of the customers. */
export const scoreCutParams = {
  recencyLimits: limits
    .default('')
    .describe('Recency limits (days like 30, 60, 90, 180; empty for equal shares of customers)'),
  frequencyLimits: limits.default('').describe('Order limits (orders like 2, 3, 5, 10; empty for equal shares)'),
  moneyLimits: limits.default('').describe('Money limits (like 50, 100, 500, 1000; empty for equal shares)'),
}

/** The limits as numbers; one fewer than bands, ascending. */
export function parseCuts(
  wished: { readonly recencyLimits: string; readonly frequencyLimits: string; readonly moneyLimits: string },
  bands: number,
): ScoreCuts {
  return {
    r: parseLimits('recency', wished.recencyLimits, bands),
    f: parseLimits('frequency', wished.frequencyLimits, bands),
    m: parseLimits('money', wished.moneyLimits, bands),
  }
}

function parseLimits(measure: string, text: string, bands: number): readonly number[] | null {
  if (text.trim() === '') return null
  const numbers = text.split(',').map(Number)
  const ascending = numbers.every((limit, index) => index === 0 || limit > (numbers[index - 1] ?? 0))
  if (numbers.length === bands - 1 && ascending) return numbers
  throw new AppError('bad-parameter', `${bands} bands of ${measure} need ${bands - 1} ascending limits.`, {
    hint: `Found: ${text.trim()}.`,
  })
}

/** Recency in days, distinct orders and money of every customer up to the day before the snapshot. */
export async function readCustomerValues(
  engine: Engine,
  wished: { readonly snapshot: string; readonly monetary: RevenueView | 'project' },
): Promise<CustomerValues> {
  const { period, revenueView } = engine.facts
  if (period === null) throw noCustomers()
  const snapshot = wished.snapshot === '' ? addDays(period.last, 1) : wished.snapshot
  const monetaryView = wished.monetary === 'project' ? revenueView : wished.monetary
  const customers = await engine.query(
    z.object({ customer: z.string(), recencyDays: z.number(), orders: z.number(), monetary: z.number() }),
    sql`
      SELECT
        customer,
        date_diff('day', max(ordered_on), CAST(${snapshot} AS DATE))::INTEGER AS ${raw('"recencyDays"')},
        count(DISTINCT order_key)::INTEGER AS orders,
        coalesce(sum(${raw(monetaryView)}), 0)::DOUBLE AS monetary
      FROM orders
      WHERE customer IS NOT NULL AND ordered_on < CAST(${snapshot} AS DATE)
      GROUP BY customer
      ORDER BY customer`,
  )
  const [later] = await engine.query(
    z.object({ lines: z.number() }),
    sql`
      SELECT count(*)::INTEGER AS lines
      FROM orders
      WHERE customer IS NOT NULL AND ordered_on >= CAST(${snapshot} AS DATE)`,
  )
  const linesLater = later?.lines ?? 0
  if (customers.length === 0) throw linesLater === 0 ? noCustomers() : tooEarly(snapshot, period.first)
  return {
    snapshot,
    monetaryView,
    customers,
    leftOut: [
      ...(await linesWithoutCustomer(engine)),
      ...(linesLater === 0 ? [] : [{ reason: 'order lines on or after the snapshot', rows: linesLater }]),
    ],
  }
}

function tooEarly(snapshot: string, first: string): AppError {
  return new AppError('not-enough-data', `No customer has an order before ${snapshot}.`, {
    hint: `Orders begin on ${first}: choose a later snapshot.`,
  })
}
