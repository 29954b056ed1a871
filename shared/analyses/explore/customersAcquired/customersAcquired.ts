import { z } from 'zod'
import { type AnalysisResult, defineAnalysis } from '../../../analysis'
import { counted } from '../../../counted'
import type { Formatter } from '../../../format'
import { leftOutCaveats, linesWithoutCustomer, noCustomers } from '../../../leftOut'
import {
  type Grain,
  isUnfinished,
  periodFormat,
  periodHeading,
  periodOf,
  periodsBetween,
  unfinishedAt,
} from '../../../periods'
import type { Block, Metric } from '../../../report'
import { raw, sql } from '../../../sql'
import card from './customersAcquired.md?raw'

export interface AcquiredPeriod {
  /** First day of the period (ISO). */
  readonly start: string
  /** Customers whose first order in the data lies in the period. */
  readonly acquired: number
  /** Customers with any order in the period. */
  readonly active: number
  readonly cumulative: number
  /** Acquired / active. */
  readonly newShare: number | null
  readonly unfinished: boolean
}

export interface CustomersAcquiredResult extends AnalysisResult {
  readonly customers: number
  /** Acquired per finished period after the first, which also holds customers from before the data. */
  readonly meanAcquired: number | null
  readonly periods: readonly AcquiredPeriod[]
}

const params = z.object({
  grain: z.enum(['month', 'week', 'day']).default('month').describe('Period'),
})

export const customersAcquired = defineAnalysis<z.infer<typeof params>, CustomersAcquiredResult>({
  id: 'customersAcquired',
  version: 2,
  title: 'Customers acquired',
  question: 'How many customers buy for the first time, and when?',
  group: 'explore',
  theme: 'customers',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run({ grain }, engine) {
    const { period: data, covered } = engine.facts
    const rows = await engine.query(
      z.object({ start: z.string(), acquired: z.number(), active: z.number() }),
      sql`
        WITH active_periods AS (
          SELECT DISTINCT customer, ${periodOf(raw('ordered_on'), grain)} AS start
          FROM orders
          WHERE customer IS NOT NULL
        ), dated_customers AS (
          SELECT customer, start, min(start) OVER (PARTITION BY customer) AS first_start
          FROM active_periods
        )
        SELECT
          CAST(start AS VARCHAR) AS start,
          count(CASE WHEN start = first_start THEN 1 END)::INTEGER AS acquired,
          count(*)::INTEGER AS active
        FROM dated_customers
        GROUP BY 1
        ORDER BY start`,
    )
    if (rows.length === 0 || data === null || covered === null) throw noCustomers()
    const rowByStart = new Map(rows.map((row) => [row.start, row]))
    let cumulative = 0
    const periods = periodsBetween(data.first, data.last, grain).map((start): AcquiredPeriod => {
      const { acquired, active } = rowByStart.get(start) ?? { acquired: 0, active: 0 }
      cumulative += acquired
      return {
        start,
        acquired,
        active,
        cumulative,
        newShare: active === 0 ? null : acquired / active,
        unfinished: isUnfinished(start, grain, covered),
      }
    })
    const fair = comparable(periods)
    return {
      period: data,
      leftOut: await linesWithoutCustomer(engine),
      customers: cumulative,
      meanAcquired: fair.length === 0 ? null : fair.reduce((sum, row) => sum + row.acquired, 0) / fair.length,
      periods,
    }
  },

  report(result, { grain }, format) {
    const best = comparable(result.periods).reduce<AcquiredPeriod | undefined>(
      (top, row) => (top === undefined || row.acquired > top.acquired ? row : top),
      undefined,
    )
    const mean = result.meanAcquired === null ? '' : `, about ${format.count(result.meanAcquired)} a ${grain}`
    return {
      finding: `${counted(result.customers, 'customer', format)} bought for the first time${mean}`,
      reading: reading(result, best, grain, format),
      blocks: [
        { kind: 'metrics', items: metrics(result, grain, format) },
        chart(result, best, grain, format),
        ...leftOutCaveats(result.leftOut, format),
      ],
    }
  },
})

/** The first period also holds customers from before the data; unfinished ones are too short. */
function comparable(periods: readonly AcquiredPeriod[]): readonly AcquiredPeriod[] {
  return periods.slice(1).filter((row) => !row.unfinished)
}

function reading(
  result: CustomersAcquiredResult,
  best: AcquiredPeriod | undefined,
  grain: Grain,
  format: Formatter,
): string {
  const last = result.periods.filter((row) => !row.unfinished && row.active > 0).at(-1)
  if (best === undefined) return `There is no finished ${grain} after the first, so nothing can be compared yet.`
  const name = (start: string): string => format.value(start, periodFormat(grain))
  const buyers =
    last === undefined
      ? ''
      : ` Of the buyers of ${name(last.start)}, ${format.share(last.acquired, last.active)} were new.`
  return `After the first ${grain}, which also holds older customers, ${name(best.start)} brought most: ${format.count(best.acquired)}.${buyers}`
}

function metrics(result: CustomersAcquiredResult, grain: Grain, format: Formatter): Metric[] {
  const last = result.periods.filter((row) => !row.unfinished).at(-1)
  return [
    {
      label: 'Acquired in all',
      value: result.customers,
      format: 'count',
      means: 'Distinct customers with at least one order in the data',
    },
    {
      label: `Mean a ${grain}`,
      value: result.meanAcquired,
      format: 'decimal1',
      caption: `mean of ${format.count(comparable(result.periods).length)} finished ${grain}s after the first`,
      means: `Customers by the ${grain} of their first order, mean over finished ${grain}s without the first`,
    },
    ...(last === undefined
      ? []
      : [
          {
            label: `New in ${format.value(last.start, periodFormat(grain))}`,
            value: last.acquired,
            format: 'count',
            caption: last.active === 0 ? 'nobody bought' : `${format.share(last.acquired, last.active)} of the buyers`,
            means: `Customers whose first order lies in the last finished ${grain}`,
          } satisfies Metric,
        ]),
  ]
}

function chart(
  result: CustomersAcquiredResult,
  best: AcquiredPeriod | undefined,
  grain: Grain,
  format: Formatter,
): Block {
  const labelFormat = periodFormat(grain)
  return {
    kind: 'chart',
    title:
      best === undefined
        ? `${counted(result.customers, 'customer', format)} by first order`
        : `${format.value(best.start, labelFormat)} brought most new customers: ${format.count(best.acquired)}`,
    subtitle: `Customers by ${grain} of their first order; the first ${grain} also holds customers from before the data`,
    chart: {
      kind: 'bar',
      direction: 'vertical',
      labelFormat,
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
        { label: periodHeading(grain), format: labelFormat },
        { label: 'Acquired', format: 'count', means: `First order in this ${grain}` },
        { label: 'Active', format: 'count', means: `Any order in this ${grain}` },
        { label: 'New share', format: 'percent', means: 'Acquired / active' },
        { label: 'Acquired so far', format: 'count' },
      ],
      rows: result.periods.map((row) => [row.start, row.acquired, row.active, row.newShare ?? 'n/a', row.cumulative]),
      unfinishedRows: unfinishedAt(result.periods),
    },
  }
}
