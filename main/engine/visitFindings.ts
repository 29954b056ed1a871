import { z } from 'zod'
import type { Finding } from '../../shared/description'
import { raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import { hasRole, type MappedSource } from './mapping'
import { sharedSessions } from './sessions'

interface Check {
  readonly when: (sources: readonly MappedSource[]) => boolean
  /** One row for each case, as `example`. */
  readonly cases: Sql
  readonly finding: Omit<Finding, 'count' | 'examples'>
}

const checks: readonly Check[] = [
  {
    when: (sources) => hasRole(sources, 'visits', 'endedAt'),
    cases: raw(`
      SELECT concat_ws(' ', customer, CAST(started_at AS VARCHAR), '–', CAST(ended_at AS VARCHAR)) AS example
      FROM visits WHERE ended_at < started_at`),
    finding: {
      id: 'endBeforeStart',
      severity: 'warning',
      table: 'visits',
      column: 'endedAt',
      title: 'Visits that end before they start',
      unit: 'visits',
      treatment: 'Counted as visits, without a length',
    },
  },
  {
    when: (sources) => hasRole(sources, 'visits', 'endedAt'),
    cases: raw(
      "SELECT concat_ws(' ', customer, CAST(started_at AS VARCHAR)) AS example FROM visits WHERE ended_at = started_at",
    ),
    finding: {
      id: 'visitsWithoutLength',
      severity: 'info',
      table: 'visits',
      column: 'endedAt',
      title: 'Visits that end as they start',
      unit: 'visits',
      treatment: 'Kept with a length of 0 seconds',
    },
  },
  {
    when: (sources) => hasRole(sources, 'events', 'session'),
    cases: sql`SELECT session AS example FROM ${sharedSessions}`,
    finding: {
      id: 'sharedSessions',
      severity: 'warning',
      table: 'events',
      column: 'session',
      title: 'Visit sessions shared by several customers',
      unit: 'ids',
      treatment: 'Split: one visit session for each customer',
    },
  },
  {
    when: (sources) => hasRole(sources, 'events', 'session'),
    cases: raw(
      "SELECT concat_ws(' ', customer, CAST(happened_at AS VARCHAR)) AS example FROM events WHERE session IS NULL",
    ),
    finding: {
      id: 'eventsWithoutSession',
      severity: 'info',
      table: 'events',
      column: 'session',
      title: 'Events without a visit session',
      unit: 'events',
      treatment: 'Kept, in no visit',
    },
  },
]

/** What is worth knowing about visits and their sessions; only what touches something. */
export async function readVisitFindings(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<Finding[]> {
  const found = await Promise.all(
    checks
      .filter((check) => check.when(sources))
      .map(async ({ cases, finding }): Promise<Finding> => {
        const [answer] = await database.query(
          z.object({ count: z.number(), examples: z.array(z.string().nullable()).nullable() }),
          sql`SELECT count(*)::DOUBLE AS count, min(example, 3) AS examples FROM (${cases})`,
          { signal },
        )
        const examples = (answer?.examples ?? []).filter((example) => example !== null)
        return { ...finding, count: answer?.count ?? 0, examples }
      }),
  )
  return found.filter(({ count }) => count > 0)
}
