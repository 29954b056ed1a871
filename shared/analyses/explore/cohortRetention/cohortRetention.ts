import { z } from 'zod'
import { type AnalysisResult, defineAnalysis } from '../../../analysis'
import { linesWithoutCustomer, noCustomers } from '../../../leftOut'
import { lastFinished } from '../../../periods'
import card from './cohortRetention.md?raw'
import { cohortsOf, totalsOf } from './cohortsOf'
import { readActivity, readActivityAfterAbsence, readOlderCustomers, repeatOf } from './readActivity'
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
  /** Cohorts that reached the age; only they count. */
  readonly cohorts: number
  readonly active: number
  readonly of: number
  readonly weighted: number
  readonly simple: number
  readonly low: number
  readonly high: number
}

export interface CohortRetentionResult extends AnalysisResult {
  /** Sum of the cohort sizes. */
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
  /** Another measure under its own name: active in both neighbouring periods / active in the earlier. */
  readonly repeat: readonly RepeatPeriod[]
  /** Customers of the first cohort who are older than the data by their tenure; null when tenure is unknown. */
  readonly olderThanData: number | null
}

export interface RepeatPeriod {
  /** First day of the later of the two periods (ISO). */
  readonly period: string
  readonly activeBefore: number
  readonly activeInBoth: number
  readonly share: number
}

const params = z.object({
  period: z.enum(['month', 'week']).default('month').describe('Cohort by'),
  counted: z
    .enum(['on', 'onOrAfter'])
    .default('on')
    .describe('Counted (on: in that period; onOrAfter: in it or any later one)'),
  total: z.enum(['weighted', 'simple']).default('weighted').describe('Total (weighted by cohort size, or simple mean)'),
  newRule: z
    .enum(['firstOrder', 'absentBefore'])
    .default('firstOrder')
    .describe('New are (firstOrder: first order in the data; absentBefore: no order in the period before)'),
})
export type CohortRetentionParams = z.infer<typeof params>

export const cohortRetention = defineAnalysis<CohortRetentionParams, CohortRetentionResult>({
  id: 'cohortRetention',
  version: 2,
  title: 'Cohort retention',
  question: 'How many new customers come back, and when?',
  group: 'explore',
  theme: 'customers',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run({ period: grain, counted, newRule }, engine) {
    const { period: data, covered } = engine.facts
    const activity = await readActivity(engine, grain)
    if (activity.length === 0 || data === null || covered === null) throw noCustomers()
    engine.progress(0.5, 'cohorts')
    const started = newRule === 'firstOrder' ? activity : await readActivityAfterAbsence(engine, grain)
    const last = lastFinished(data.last, grain, covered)
    const cohorts = cohortsOf(started, grain, counted, last)
    return {
      period: data,
      leftOut: await linesWithoutCustomer(engine),
      customers: cohorts.reduce((sum, cohort) => sum + cohort.customers, 0),
      cohorts,
      totals: totalsOf(cohorts),
      nextPeriod: cohorts.flatMap(({ cohort, customers, cells }) => {
        const cell = cells[0]
        return cell === null || cell === undefined
          ? []
          : [{ cohort, customers, active: cell.active, share: cell.share, low: cell.low, high: cell.high }]
      }),
      repeat: repeatOf(activity, grain, last),
      olderThanData: await readOlderCustomers(engine, cohorts[0]?.cohort, grain),
    }
  },

  report: retentionReport,
})
