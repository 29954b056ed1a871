import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type Engine, type Period } from '../../../analysis'
import { AppError } from '../../../errors'
import { isUnfinished, nextPeriod, periodOf, periodStart, periodsApart } from '../../../periods'
import { raw, sql } from '../../../sql'
import { wilsonInterval } from '../../../stats/wilsonInterval'
import card from './cohortRetention.md?raw'
import { retentionReport } from './retentionReport'

export interface RetentionCell {
  /** Periods since the first order. */
  readonly age: number
  readonly active: number
  readonly of: number
  readonly share: number
  /** Wilson 95 % interval. */
  readonly low: number
  readonly high: number
}

export interface Cohort {
  /** First day of the period of the first order (ISO). */
  readonly cohort: string
  readonly customers: number
  /** Ages 1, 2 …; null where the cohort has not reached the age. */
  readonly cells: readonly (RetentionCell | null)[]
}

export interface RetentionTotal {
  readonly age: number
  /** Cohorts that reached the age. */
  readonly cohorts: number
  readonly active: number
  readonly of: number
  readonly weighted: number
  readonly simple: number
  readonly low: number
  readonly high: number
}

export interface CohortRetentionResult extends AnalysisResult {
  readonly customers: number
  readonly cohorts: readonly Cohort[]
  readonly totals: readonly RetentionTotal[]
  /** Age 1 of every cohort that reached it: the M+1 row. */
  readonly nextPeriod: readonly {
    readonly cohort: string
    readonly customers: number
    readonly active: number
    readonly share: number
    readonly low: number
    readonly high: number
  }[]
  /** Another measure under its own name: active in both neighbouring periods / active in the first. */
  readonly repeat: readonly {
    readonly period: string
    readonly activeBefore: number
    readonly activeInBoth: number
    readonly share: number | null
  }[]
  /** Customers of the first cohort who are older than the data by their tenure; null when tenure is unknown. */
  readonly olderThanData: number | null
}

const params = z.object({
  period: z.enum(['month', 'week']).default('month').describe('Cohort by'),
  counted: z.enum(['on', 'onOrAfter']).default('on').describe('Counted'),
  total: z.enum(['weighted', 'simple']).default('weighted').describe('Total'),
})
export type CohortRetentionParams = z.infer<typeof params>

export const cohortRetention = defineAnalysis<CohortRetentionParams, CohortRetentionResult>({
  id: 'cohortRetention',
  version: 1,
  title: 'Cohort retention',
  question: 'How many new customers come back, and when?',
  group: 'explore',
  theme: 'customers',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run({ period: grain, counted }, engine) {
    const data = engine.facts.period
    const activity = await engine.query(
      z.object({ cohort: z.string(), active: z.string(), customers: z.number(), last: z.number() }),
      sql`
        WITH active_periods AS (
          SELECT DISTINCT customer, ${periodOf(raw('ordered_on'), grain)} AS period
          FROM orders
          WHERE customer IS NOT NULL
        ), aged AS (
          SELECT customer, period,
            min(period) OVER (PARTITION BY customer) AS cohort,
            max(period) OVER (PARTITION BY customer) AS last_period
          FROM active_periods
        )
        SELECT
          CAST(cohort AS VARCHAR) AS cohort,
          CAST(period AS VARCHAR) AS active,
          count(*)::INTEGER AS customers,
          count(CASE WHEN period = last_period THEN 1 END)::INTEGER AS last
        FROM aged
        GROUP BY 1, 2
        ORDER BY cohort, active`,
    )
    if (activity.length === 0 || data === null) {
      throw new AppError('not-enough-data', 'No order line names a customer.', {
        hint: 'Give the customer role to a column on the Data screen.',
      })
    }
    engine.progress(0.6, 'repeat')
    const [without] = await engine.query(
      z.object({ lines: z.number() }),
      sql`SELECT count(*)::INTEGER AS lines FROM orders WHERE customer IS NULL`,
    )
    const cohorts = cohortsOf(activity, grain, counted, data)
    return {
      period: data,
      leftOut: [{ reason: 'lines without a customer', rows: without?.lines ?? 0 }],
      customers: cohorts.reduce((sum, cohort) => sum + cohort.customers, 0),
      cohorts,
      totals: totalsOf(cohorts),
      nextPeriod: cohorts.flatMap(({ cohort, customers, cells }) => {
        const cell = cells[0]
        return cell === null || cell === undefined
          ? []
          : [{ cohort, customers, active: cell.active, share: cell.share, low: cell.low, high: cell.high }]
      }),
      repeat: await readRepeat(engine, grain, data),
      olderThanData: await readOlderCustomers(engine, cohorts[0]?.cohort, grain),
    }
  },

  report: retentionReport,
})

interface Activity {
  readonly cohort: string
  readonly active: string
  readonly customers: number
  /** Of them, those who never came again. */
  readonly last: number
}

/** Cells of every cohort; an age counts only when its whole period lies inside the data. */
function cohortsOf(
  activity: readonly Activity[],
  grain: 'month' | 'week',
  counted: 'on' | 'onOrAfter',
  data: Period,
): Cohort[] {
  const starts = [...new Set(activity.map((row) => row.cohort))].sort()
  const first = starts[0] ?? data.first
  const last = periodStart(data.last, grain)
  const lastFinished = isUnfinished(last, grain, { first, last: data.last })
    ? periodsApart(first, last, grain) - 1
    : periodsApart(first, last, grain)
  return starts.map((cohort) => {
    const rows = activity.filter((row) => row.cohort === cohort)
    const customers = rows.find((row) => row.active === cohort)?.customers ?? 0
    const behind = periodsApart(first, cohort, grain)
    const cells = Array.from({ length: Math.max(0, lastFinished) }, (_, index): RetentionCell | null => {
      const age = index + 1
      if (behind + age > lastFinished) return null
      const active =
        counted === 'on'
          ? (rows.find((row) => periodsApart(cohort, row.active, grain) === age)?.customers ?? 0)
          : rows.filter((row) => periodsApart(cohort, row.active, grain) >= age).reduce((sum, row) => sum + row.last, 0)
      const { low, high } = wilsonInterval(active, customers)
      return { age, active, of: customers, share: active / customers, low, high }
    })
    return { cohort, customers, cells }
  })
}

function totalsOf(cohorts: readonly Cohort[]): RetentionTotal[] {
  const ages = Math.max(0, ...cohorts.map((cohort) => cohort.cells.length))
  return Array.from({ length: ages }, (_, index) => cohorts.flatMap((cohort) => cohort.cells[index] ?? [])).flatMap(
    (cells, index) => {
      if (cells.length === 0) return []
      const active = cells.reduce((sum, cell) => sum + cell.active, 0)
      const of = cells.reduce((sum, cell) => sum + cell.of, 0)
      const { low, high } = wilsonInterval(active, of)
      return [
        {
          age: index + 1,
          cohorts: cells.length,
          active,
          of,
          weighted: active / of,
          simple: cells.reduce((sum, cell) => sum + cell.share, 0) / cells.length,
          low,
          high,
        },
      ]
    },
  )
}

async function readRepeat(
  engine: Engine,
  grain: 'month' | 'week',
  data: Period,
): Promise<CohortRetentionResult['repeat']> {
  const rows = await engine.query(
    z.object({ period: z.string(), activeInBoth: z.number(), activeBefore: z.number() }),
    sql`
      WITH active_periods AS (
        SELECT DISTINCT customer, ${periodOf(raw('ordered_on'), grain)} AS period
        FROM orders
        WHERE customer IS NOT NULL
      ), sizes AS (
        SELECT period, count(*) AS customers
        FROM active_periods
        GROUP BY period
      ), returns AS (
        SELECT later.period AS period, count(*) AS customers
        FROM active_periods AS earlier
        JOIN active_periods AS later
          ON later.customer = earlier.customer AND later.period = CAST(earlier.period + ${raw(grain === 'month' ? "INTERVAL '1' MONTH" : "INTERVAL '7' DAY")} AS DATE)
        GROUP BY later.period
      )
      SELECT
        CAST(CAST(sizes.period + ${raw(grain === 'month' ? "INTERVAL '1' MONTH" : "INTERVAL '7' DAY")} AS DATE) AS VARCHAR) AS period,
        coalesce(returns.customers, 0)::INTEGER AS ${raw('"activeInBoth"')},
        sizes.customers::INTEGER AS ${raw('"activeBefore"')}
      FROM sizes
      LEFT JOIN returns ON returns.period = CAST(sizes.period + ${raw(grain === 'month' ? "INTERVAL '1' MONTH" : "INTERVAL '7' DAY")} AS DATE)
      ORDER BY period`,
  )
  return rows
    .filter(
      (row) =>
        nextPeriod(row.period, grain) <= nextPeriod(periodStart(data.last, grain), grain) &&
        !isUnfinished(row.period, grain, { first: '0000-01-01', last: data.last }),
    )
    .map((row) => ({ ...row, share: row.activeBefore === 0 ? null : row.activeInBoth / row.activeBefore }))
}

/** Tenure is counted from the last day of the data; older than that means a first order before the data begin. */
async function readOlderCustomers(
  engine: Engine,
  first: string | undefined,
  grain: 'month' | 'week',
): Promise<number | null> {
  const { facts } = engine
  if (first === undefined || facts.period === null || !facts.has('customers', 'tenureMonths')) return null
  const months =
    periodsApart(periodStart(facts.period.first, 'month'), periodStart(facts.period.last, 'month'), 'month') + 1
  const [row] = await engine.query(
    z.object({ customers: z.number() }),
    sql`
      WITH first_orders AS (
        SELECT customer, ${periodOf(raw('min(ordered_on)'), grain)} AS cohort
        FROM orders
        WHERE customer IS NOT NULL
        GROUP BY customer
      )
      SELECT count(*)::INTEGER AS customers
      FROM first_orders
      JOIN customers ON customers.customer = first_orders.customer
      WHERE cohort = CAST(${first} AS DATE) AND customers.tenure_months > ${months}`,
  )
  return row?.customers ?? 0
}
