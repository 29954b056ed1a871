import { z } from 'zod'
import type { Engine } from '../../../analysis'
import { nextPeriod, periodOf, periodStart, periodsApart } from '../../../periods'
import { raw, type Sql, sql } from '../../../sql'
import type { RepeatPeriod } from './cohortRetention'

/** Customers of a cohort who order in a period. */
export interface Activity {
  readonly cohort: string
  readonly active: string
  readonly customers: number
  /** Of them, those who never order later. */
  readonly last: number
}

const activitySchema = z.object({ cohort: z.string(), active: z.string(), customers: z.number(), last: z.number() })

/** Of the same customers, those who also order in the very next period. */
const returningSchema = activitySchema.extend({ next: z.number() })
export type ReturningActivity = z.infer<typeof returningSchema>

/** One row per customer and period with an order. */
const activePeriods = (grain: 'month' | 'week'): Sql => sql`
      active_periods AS (
        SELECT DISTINCT customer, ${periodOf(raw('ordered_on'), grain)} AS period
        FROM orders
        WHERE customer IS NOT NULL
      )`

const step = (grain: 'month' | 'week'): Sql => raw(grain === 'month' ? "INTERVAL '1' MONTH" : "INTERVAL '7' DAY")

/** Cohorts by first order in the data. */
export function readActivity(engine: Engine, grain: 'month' | 'week'): Promise<ReturningActivity[]> {
  return engine.query(
    returningSchema,
    sql`
      WITH ${activePeriods(grain)}, dated_periods AS (
        SELECT
          period,
          first_value(period) OVER of_customer AS cohort,
          lead(period) OVER of_customer AS next_period
        FROM active_periods
        WINDOW of_customer AS (PARTITION BY customer ORDER BY period)
      )
      SELECT
        CAST(cohort AS VARCHAR) AS cohort,
        CAST(period AS VARCHAR) AS active,
        count(*)::INTEGER AS customers,
        (count(*) - count(next_period))::INTEGER AS last,
        count(CASE WHEN next_period = CAST(period + ${step(grain)} AS DATE) THEN 1 END)::INTEGER AS next
      FROM dated_periods
      GROUP BY 1, 2
      ORDER BY cohort, active`,
  )
}

/** Cohorts by every period that follows one without an order: a customer may start more than once. */
export function readActivityAfterAbsence(engine: Engine, grain: 'month' | 'week'): Promise<Activity[]> {
  return engine.query(
    activitySchema,
    sql`
      WITH ${activePeriods(grain)}, dated_periods AS (
        SELECT
          customer,
          period,
          lag(period) OVER (PARTITION BY customer ORDER BY period) AS previous_period,
          max(period) OVER (PARTITION BY customer) AS last_period
        FROM active_periods
      ), cohort_starts AS (
        SELECT customer, period AS cohort
        FROM dated_periods
        WHERE previous_period IS NULL OR CAST(previous_period + ${step(grain)} AS DATE) <> period
      )
      SELECT
        CAST(cohort AS VARCHAR) AS cohort,
        CAST(period AS VARCHAR) AS active,
        count(*)::INTEGER AS customers,
        count(CASE WHEN period = last_period THEN 1 END)::INTEGER AS last
      FROM cohort_starts
      JOIN dated_periods ON dated_periods.customer = cohort_starts.customer AND dated_periods.period >= cohort_starts.cohort
      GROUP BY 1, 2
      ORDER BY cohort, active`,
  )
}

/** Month-on-month (or week-on-week) repeat, up to the last period that is finished. */
export function repeatOf(
  activity: readonly ReturningActivity[],
  grain: 'month' | 'week',
  lastFinished: string,
): RepeatPeriod[] {
  const counts = new Map<string, { readonly before: number; readonly both: number }>()
  for (const { active, customers, next } of activity) {
    const known = counts.get(active) ?? { before: 0, both: 0 }
    counts.set(active, { before: known.before + customers, both: known.both + next })
  }
  return [...counts]
    .map(([active, { before, both }]) => ({
      period: nextPeriod(active, grain),
      activeBefore: before,
      activeInBoth: both,
      share: both / before,
    }))
    .filter(({ period }) => period <= lastFinished)
    .sort((one, other) => (one.period < other.period ? -1 : 1))
}

/** Tenure is counted from the last day of the data; older than the data means a first order before they begin. */
export async function readOlderCustomers(
  engine: Engine,
  firstCohort: string | undefined,
  grain: 'month' | 'week',
): Promise<number | null> {
  const { facts } = engine
  if (firstCohort === undefined || facts.period === null || !facts.has('customers', 'tenureMonths')) return null
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
      WHERE cohort = CAST(${firstCohort} AS DATE) AND customers.tenure_months > ${months}`,
  )
  return row?.customers ?? 0
}
