import { z } from 'zod'
import type { Engine, Period } from '../../../analysis'
import { isUnfinished, periodOf, periodStart, periodsApart } from '../../../periods'
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

/** One row per customer and period with an order. */
const activePeriods = (grain: 'month' | 'week'): Sql => sql`
      active_periods AS (
        SELECT DISTINCT customer, ${periodOf(raw('ordered_on'), grain)} AS period
        FROM orders
        WHERE customer IS NOT NULL
      )`

const step = (grain: 'month' | 'week'): Sql => raw(grain === 'month' ? "INTERVAL '1' MONTH" : "INTERVAL '7' DAY")

const cohortStarts = (grain: 'month' | 'week', newRule: 'firstOrder' | 'absentBefore'): Sql =>
  newRule === 'firstOrder'
    ? sql`
      cohort_starts AS (
        SELECT customer, min(period) AS cohort
        FROM active_periods
        GROUP BY customer
      )`
    : sql`
      cohort_starts AS (
        SELECT current_periods.customer, current_periods.period AS cohort
        FROM active_periods AS current_periods
        LEFT JOIN active_periods AS previous_periods
          ON previous_periods.customer = current_periods.customer
          AND CAST(previous_periods.period + ${step(grain)} AS DATE) = current_periods.period
        WHERE previous_periods.customer IS NULL
      )`

export function readActivity(
  engine: Engine,
  grain: 'month' | 'week',
  newRule: 'firstOrder' | 'absentBefore',
): Promise<Activity[]> {
  return engine.query(
    z.object({ cohort: z.string(), active: z.string(), customers: z.number(), last: z.number() }),
    sql`
      WITH ${activePeriods(grain)}, ${cohortStarts(grain, newRule)}, cohort_activity AS (
        SELECT
          cohort_starts.cohort AS cohort,
          active_periods.period AS period,
          max(active_periods.period) OVER (PARTITION BY cohort_starts.customer, cohort_starts.cohort) AS last_period
        FROM cohort_starts
        JOIN active_periods
          ON active_periods.customer = cohort_starts.customer AND active_periods.period >= cohort_starts.cohort
      )
      SELECT
        CAST(cohort AS VARCHAR) AS cohort,
        CAST(period AS VARCHAR) AS active,
        count(*)::INTEGER AS customers,
        count(CASE WHEN period = last_period THEN 1 END)::INTEGER AS last
      FROM cohort_activity
      GROUP BY 1, 2
      ORDER BY cohort, active`,
  )
}

/** Neighbouring periods whose later one the data cover to its end. */
export async function readRepeat(engine: Engine, grain: 'month' | 'week', data: Period): Promise<RepeatPeriod[]> {
  const rows = await engine.query(
    z.object({ period: z.string(), activeBefore: z.number(), activeInBoth: z.number() }),
    sql`
      WITH ${activePeriods(grain)}
      SELECT
        CAST(CAST(earlier.period + ${step(grain)} AS DATE) AS VARCHAR) AS period,
        count(*)::INTEGER AS ${raw('"activeBefore"')},
        count(later.customer)::INTEGER AS ${raw('"activeInBoth"')}
      FROM active_periods AS earlier
      LEFT JOIN active_periods AS later
        ON later.customer = earlier.customer AND later.period = CAST(earlier.period + ${step(grain)} AS DATE)
      GROUP BY 1
      ORDER BY period`,
  )
  return rows
    .filter((row) => !isUnfinished(row.period, grain, { first: row.period, last: data.last }))
    .map((row) => ({ ...row, share: row.activeInBoth / row.activeBefore }))
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
