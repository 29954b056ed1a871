import { z } from 'zod'
import type { Engine, Period } from './analysis'
import { noTotals, orderTotalsColumns, orderTotalsSchema } from './orderTotals'
import { type Grain, isUnfinished, periodOf, periodsBetween } from './periods'
import type { TreeTotals } from './revenueSplit'
import { raw, sql } from './sql'

export interface PeriodTotals extends TreeTotals {
  /** First day of the period (ISO). */
  readonly start: string
  readonly unfinished: boolean
}

/** Order totals of every period from the first day of the data to the last; a period without orders has zeros. */
export async function readPeriodTotals(engine: Engine, data: Period, grain: Grain): Promise<PeriodTotals[]> {
  const rows = await engine.query(
    orderTotalsSchema.extend({ start: z.string() }),
    sql`
      SELECT CAST(${periodOf(raw('ordered_on'), grain)} AS VARCHAR) AS start, ${orderTotalsColumns}
      FROM orders
      WHERE ordered_on IS NOT NULL
      GROUP BY 1
      ORDER BY start`,
  )
  const visits = await readVisits(engine, grain)
  const totalsByStart = new Map(rows.map((row) => [row.start, row]))
  return periodsBetween(data.first, data.last, grain).map((start) => ({
    ...(totalsByStart.get(start) ?? noTotals),
    start,
    visits: visits === null ? null : (visits.get(start) ?? 0),
    unfinished: isUnfinished(start, grain, engine.facts.covered ?? data),
  }))
}

async function readVisits(engine: Engine, grain: Grain): Promise<ReadonlyMap<string, number> | null> {
  if (!engine.facts.has('visits', 'startedAt')) return null
  const rows = await engine.query(
    z.object({ start: z.string(), visits: z.number() }),
    sql`
      SELECT CAST(${periodOf(raw('started_at'), grain)} AS VARCHAR) AS start, count(*)::INTEGER AS visits
      FROM visits
      WHERE started_at IS NOT NULL
      GROUP BY 1
      ORDER BY start`,
  )
  return new Map(rows.map((row) => [row.start, row.visits]))
}
