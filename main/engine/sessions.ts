import { viewColumns } from '../../shared/roles'
import { ident, join, raw, type Sql, sql } from '../../shared/sql'
import { columnOf, type MappedSource } from './mapping'
import { inlined, preparedSchema } from './viewParts'

/** Minutes without a sign of a customer that end a visit session, unless told otherwise. */
export const usualGapMinutes = 30

/** Logs of events whose visit sessions are made by the gap rule are kept here. */
export const eventsTable = raw(`${preparedSchema}.events`)

/** Visit sessions that several customers share by their id; they are split. */
export const sharedSessions = raw(`${preparedSchema}.shared_sessions`)

/** Whether a log of events does not name its visit sessions. */
export function needsSessions(mapped: MappedSource): boolean {
  return mapped.kind === 'events' && columnOf(mapped, 'session') === undefined
}

/**
 * Rows with `gap_seconds` since the customer's row before and `visit_start`. A gap of exactly so many minutes is
 * inside a visit, a longer one begins another; midnight ends none. Rows without customer or time are in none.
 */
export function withVisits(rows: Sql, time: Sql, gapMinutes: number): Sql {
  const order = sql`(PARTITION BY customer ORDER BY ${time})`
  return sql`(
    SELECT gaps.*, max(CASE WHEN gap_seconds IS NULL OR gap_seconds > ${raw(String(gapMinutes * 60))} THEN ${time} END) OVER ${order} AS visit_start
    FROM (
      SELECT timed.*, CASE WHEN customer IS NOT NULL THEN epoch(${time} - lag(${time}) OVER ${order}) END AS gap_seconds
      FROM ${rows} AS timed
    ) AS gaps)`
}

/** The name of a visit over rows of `withVisits`: its customer and start. */
export const visitName = raw("customer || ' · ' || CAST(visit_start AS VARCHAR)")

/** The events of the project, `plain` those that name their visits and `unnamed` those that do not. */
export function eventStatements(plain: Sql | null, unnamed: Sql | null, gapMinutes: number): Sql[] {
  const columns = join(
    viewColumns.events.map(([column]) => (column === 'session' ? splitSession : ident(column))),
    ', ',
  )
  const shared =
    plain === null
      ? raw('SELECT NULL::VARCHAR AS session WHERE false')
      : sql`SELECT session FROM (${plain}) WHERE session IS NOT NULL GROUP BY session HAVING min(customer) <> max(customer)`
  return [
    inlined(sql`CREATE OR REPLACE TABLE ${sharedSessions} AS ${shared}`),
    ...(unnamed === null
      ? [raw(`DROP TABLE IF EXISTS ${preparedSchema}.events`)]
      : [inlined(sql`CREATE OR REPLACE TABLE ${eventsTable} AS ${visited(unnamed, gapMinutes)}`)]),
    inlined(sql`
      CREATE OR REPLACE VIEW events AS
      ${plain === null ? raw('') : sql`SELECT ${columns} FROM (${plain}) AS named`}
      ${raw(plain !== null && unnamed !== null ? 'UNION ALL' : '')}
      ${
        unnamed === null
          ? raw('')
          : sql`SELECT ${join(
              viewColumns.events.map(([column]) => ident(column)),
              ', ',
            )} FROM ${eventsTable}`
      }`),
  ]
}

const splitSession = sql`
  CASE WHEN session IN (SELECT session FROM ${sharedSessions}) THEN session || ' · ' || customer ELSE session END AS session`

function visited(unnamed: Sql, gapMinutes: number): Sql {
  const rows = withVisits(sql`(${unnamed})`, raw('happened_at'), gapMinutes)
  return sql`SELECT visits.* REPLACE (${visitName} AS session) FROM ${rows} AS visits`
}
