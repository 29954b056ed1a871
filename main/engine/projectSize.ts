import { z } from 'zod'
import type { Period } from '../../shared/analysis'
import { coveredPeriod } from '../../shared/periods'
import { ident, raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import type { OrderSize } from './headline'
import { hasRole, type MappedSource } from './mapping'

/** How many customers, orders and days the orders have. */
export async function readSize(database: Database, signal?: AbortSignal): Promise<OrderSize> {
  const [row] = await database.query(
    z.object({ customers: z.number(), orders: z.number(), days: z.number() }),
    sql`SELECT count(DISTINCT customer)::DOUBLE AS customers, count(DISTINCT order_key)::DOUBLE AS orders, count(DISTINCT ordered_on)::DOUBLE AS days FROM orders`,
    { signal },
  )
  return row ?? { customers: 0, orders: 0, days: 0 }
}

const datedViews: readonly { readonly view: 'orders' | 'events' | 'visits' | 'spend'; readonly day: Sql }[] = [
  { view: 'orders', day: raw('ordered_on') },
  { view: 'events', day: raw('CAST(happened_at AS DATE)') },
  { view: 'visits', day: raw('CAST(started_at AS DATE)') },
  { view: 'spend', day: raw('date') },
]

/** First and last day of the first dated view that has any, and the days that it speaks for. */
export async function readPeriod(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<{ readonly period: Period | null; readonly covered: Period | null }> {
  for (const { view, day } of datedViews) {
    if (!hasRole(sources, view)) continue
    const [row] = await database.query(
      z.object({ first: z.string().nullable(), last: z.string().nullable(), gap: z.number().nullable() }),
      sql`
        WITH days AS (SELECT DISTINCT ${day} AS day FROM ${ident(view)} WHERE ${day} IS NOT NULL),
        gaps AS (SELECT day, day - lag(day) OVER (ORDER BY day) AS gap FROM days)
        SELECT CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last, ${usualGap}::DOUBLE AS gap
        FROM gaps`,
      { signal },
    )
    if (typeof row?.first === 'string' && typeof row.last === 'string') {
      const period = { first: row.first, last: row.last }
      return { period, covered: coveredPeriod(period, row.gap ?? 1) }
    }
  }
  return { period: null, covered: null }
}

/**
 * The longest gap between dated days that at least two of them, and one in a hundred, reach: more is out of the usual.
 * At most a week, and one day where too few days are known to speak of usual.
 */
const usualGap = raw(
  `CASE WHEN count(gap) >= 30
    THEN least(7, list_reverse_sort(list(gap) FILTER (gap IS NOT NULL))[greatest(2, CAST(ceil(count(gap) / 100.0) AS INTEGER))])
    ELSE 1 END`,
)
