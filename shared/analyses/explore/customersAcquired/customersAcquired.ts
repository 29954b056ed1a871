import { z } from 'zod'
import { type AnalysisResult, defineAnalysis } from '../../../analysis'
import { AppError } from '../../../errors'
import { isUnfinished, periodOf } from '../../../periods'
import { raw, sql } from '../../../sql'
import card from './customersAcquired.md?raw'

export interface AcquiredPeriod {
  /** First day of the period (ISO). */
  readonly start: string
  readonly acquired: number
  readonly active: number
  readonly cumulative: number
  readonly newShare: number | null
  readonly unfinished: boolean
}

export interface CustomersAcquiredResult extends AnalysisResult {
  readonly customers: number
  readonly periods: readonly AcquiredPeriod[]
}

const params = z.object({
  grain: z.enum(['month', 'week', 'day']).default('month').describe('Period'),
})

export const customersAcquired = defineAnalysis<z.infer<typeof params>, CustomersAcquiredResult>({
  id: 'customersAcquired',
  version: 1,
  title: 'Customers acquired',
  question: 'How many customers buy for the first time, and when?',
  group: 'explore',
  theme: 'customers',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run({ grain }, engine) {
    const { period } = engine.facts
    const rows = await engine.query(
      z.object({ start: z.string(), acquired: z.number(), active: z.number() }),
      sql`
        WITH first_orders AS (
          SELECT customer, min(ordered_on) AS first_on
          FROM orders
          WHERE customer IS NOT NULL
          GROUP BY customer
        ), acquired AS (
          SELECT ${periodOf(raw('first_on'), grain)} AS start, count(*) AS customers
          FROM first_orders
          GROUP BY 1
        ), active AS (
          SELECT ${periodOf(raw('ordered_on'), grain)} AS start, count(DISTINCT customer) AS customers
          FROM orders
          WHERE customer IS NOT NULL
          GROUP BY 1
        )
        SELECT CAST(active.start AS VARCHAR) AS start, coalesce(acquired.customers, 0)::INTEGER AS acquired, active.customers::INTEGER AS active
        FROM active
        LEFT JOIN acquired ON acquired.start = active.start
        ORDER BY start`,
    )
    const [without] = await engine.query(
      z.object({ lines: z.number() }),
      sql`SELECT count(*)::INTEGER AS lines FROM orders WHERE customer IS NULL`,
    )
    if (rows.length === 0 || period === null)
      throw new AppError('not-enough-data', 'No order line names a customer.', {
        hint: 'Give the customer role to a column on the Data screen.',
      })
    let cumulative = 0
    const periods = rows.map((row) => {
      cumulative += row.acquired
      return {
        ...row,
        cumulative,
        newShare: row.active === 0 ? null : row.acquired / row.active,
        unfinished: isUnfinished(row.start, grain, period),
      }
    })
    return {
      period,
      leftOut: [{ reason: 'lines without a customer', rows: without?.lines ?? 0 }],
      customers: cumulative,
      periods,
    }
  },

  report(result, { grain }, format) {
    const names = grain === 'month' ? 'month' : 'date'
    // The first period also holds customers from before the data.
    const fair = result.periods.slice(1).filter((row) => !row.unfinished)
    const mean = fair.length === 0 ? null : fair.reduce((sum, row) => sum + row.acquired, 0) / fair.length
    const best = fair.reduce<AcquiredPeriod | undefined>(
      (top, row) => (top === undefined || row.acquired > top.acquired ? row : top),
      undefined,
    )
    const last = result.periods.filter((row) => !row.unfinished).at(-1)
    return {
      finding: `${format.count(result.customers)} customers acquired${mean === null ? '' : `, about ${format.count(mean)} new ones a ${grain}`}`,
      reading:
        best === undefined
          ? 'There is one period only, so nothing can be compared yet.'
          : `After the first ${grain}, which also holds older customers, ${format.value(best.start, names)} brought most: ${format.count(best.acquired)}. ${last === undefined || last.newShare === null ? '' : `In ${format.value(last.start, names)} ${format.share(last.acquired, last.active)} of the buyers were new.`}`,
      blocks: [
        {
          kind: 'chart',
          title:
            best === undefined
              ? 'Customers by first order'
              : `${format.value(best.start, names)} acquired most after the first ${grain}`,
          subtitle: `Customers by ${grain} of their first order; the first ${grain} also holds customers from before the data`,
          chart: {
            kind: 'bar',
            direction: 'vertical',
            labelFormat: names,
            format: 'count',
            bars: result.periods.map((row) => ({
              label: row.start,
              value: row.acquired,
              n: row.active,
              unfinished: row.unfinished,
              emphasised: row.start === best?.start,
            })),
          },
          table: {
            columns: [
              { label: grain === 'month' ? 'Month' : 'From', format: names },
              { label: 'Acquired', format: 'count' },
              { label: 'Active', format: 'count' },
              { label: 'New share', format: 'percent' },
              { label: 'Acquired so far', format: 'count' },
            ],
            rows: result.periods.map((row) => [row.start, row.acquired, row.active, row.newShare, row.cumulative]),
            unfinishedRows: result.periods.flatMap((row, index) => (row.unfinished ? [index] : [])),
          },
        },
        ...(result.leftOut[0]?.rows
          ? [
              {
                kind: 'sentence' as const,
                tone: 'caveat' as const,
                text: `${format.count(result.leftOut[0].rows)} lines without a customer are left out.`,
              },
            ]
          : []),
      ],
    }
  },
})
