import { z } from 'zod'
import type { Choice } from '../../shared/description'
import { join, raw, sql } from '../../shared/sql'
import type { Database } from './database'
import { eventsTable, usualGapMinutes } from './sessions'

const offeredGaps = [15, 30, 60] as const
const longestGapMinutes = 1440

/** Visit sessions by the gap in minutes that ends them. */
export const sessionCountsSchema = z.record(z.string(), z.number())
export type SessionCounts = z.infer<typeof sessionCountsSchema>

/** The minutes without a sign of a customer that end a visit session. */
export function gapInForce(made: ReadonlyMap<string, string>): number {
  const wished = Number(made.get('sessionGap') ?? usualGapMinutes)
  return Number.isInteger(wished) && wished >= 1 && wished <= longestGapMinutes ? wished : usualGapMinutes
}

/** How many visit sessions there are under the offered gaps and the one in force. */
export async function readSessionCounts(
  database: Database,
  inForce: number,
  signal?: AbortSignal,
): Promise<SessionCounts> {
  const gaps = [...new Set([...offeredGaps, inForce])]
  const counts = gaps.map(
    (gap) =>
      sql`count(CASE WHEN gap_seconds IS NULL OR gap_seconds > ${gap * 60} THEN 1 END)::DOUBLE AS ${raw(`"${gap}"`)}`,
  )
  const [row] = await database.query(
    sessionCountsSchema,
    sql`SELECT ${join(counts, ', ')} FROM ${eventsTable} WHERE session IS NOT NULL`,
    { signal },
  )
  return row ?? {}
}

function visitSessions(count: number): string {
  return `${count.toLocaleString('en-US')} visit ${count === 1 ? 'session' : 'sessions'}`
}

/** The question how long a pause ends a visit, where the files do not name their visit sessions. */
export function sessionChoice(counts: SessionCounts | null, made: ReadonlyMap<string, string>): Choice[] {
  if (counts === null) return []
  const gap = gapInForce(made)
  const gaps = [...new Set([...offeredGaps, gap])].sort((one, other) => one - other)
  return [
    {
      key: 'sessionGap',
      question: 'How long a pause ends a visit session?',
      why: 'The events have no visit session id; a longer time without an event of the customer begins a new one.',
      options: gaps.map((minutes) => ({
        key: String(minutes),
        label: `More than ${minutes} minutes`,
        rule: visitSessions(counts[String(minutes)] ?? 0),
        total: null,
      })),
      own: { unit: 'minutes', least: 1, most: longestGapMinutes },
      chosen: String(gap),
      decidedBy: made.has('sessionGap') ? 'analyst' : 'default',
    },
  ]
}
