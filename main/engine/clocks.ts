import { z } from 'zod'
import type { ReadColumn, Settings } from '../../shared/project'
import { ident, join, raw, type Sql, sql } from '../../shared/sql'
import { requireZone, type ZoneClock, zoneClock } from '../../shared/timeZones'
import type { Database } from './database'
import { offsetColumn } from './import/importTable'
import type { MappedSource } from './mapping'
import { rawTable } from './viewParts'

/** How the times of a project become clocks of its report zone. */
export interface Clocks {
  /** Null: clocks as written. */
  readonly report: ZoneClock | null
  /** Of clocks that do not say their zone; null: they stay as written. */
  readonly data: ZoneClock | null
  /** `source column` of the columns that hold times of day; days are never shifted. */
  readonly timed: ReadonlySet<string>
}

export const clocksAsWritten: Clocks = { report: null, data: null, timed: new Set() }

const keyOf = (sourceName: string, column: string): string => `${sourceName}\n${column}`

/** The zones in force with their changes over the years of the data. */
export async function readClocks(
  database: Database,
  sources: readonly MappedSource[],
  settings: Pick<Settings, 'dataZone' | 'reportZone'>,
  signal?: AbortSignal,
): Promise<Clocks> {
  if (settings.reportZone === null) return clocksAsWritten
  const timed = new Set<string>()
  let firstYear = 2100
  let lastYear = 1970
  for (const { source, column } of timeColumns(sources)) {
    const time = ident(column)
    const [row] = await database.query(
      z.object({ first: z.number().nullable(), last: z.number().nullable(), clocks: z.number() }),
      sql`
        SELECT year(min(${time}))::DOUBLE AS first, year(max(${time}))::DOUBLE AS last,
          count(CASE WHEN ${time} <> date_trunc('day', ${time}) THEN 1 END)::DOUBLE AS clocks
        FROM ${rawTable(source)} WHERE ${time} BETWEEN TIMESTAMP '1970-01-02' AND TIMESTAMP '2099-12-30'`,
      { signal },
    )
    if (row === undefined || row.first === null || row.last === null || row.clocks === 0) continue
    timed.add(keyOf(source, column))
    firstYear = Math.min(firstYear, row.first)
    lastYear = Math.max(lastYear, row.last)
  }
  if (timed.size === 0) return clocksAsWritten
  const clockOf = (zone: string): ZoneClock => zoneClock(requireZone(zone), firstYear - 1, lastYear + 1)
  return {
    report: clockOf(settings.reportZone),
    data: settings.dataZone === null ? null : clockOf(settings.dataZone),
    timed,
  }
}

function timeColumns(sources: readonly MappedSource[]): { source: string; column: string }[] {
  return sources.flatMap(({ source }) =>
    source.read.columns
      .filter(({ type, zone }) => type === 'timestamp' && zone !== 'report')
      .map(({ name }) => ({ source: source.name, column: name })),
  )
}

/** A column of times as TIMESTAMP, on the clock of the report zone. */
export function clockOf(mapped: Pick<MappedSource, 'source'>, column: string, clocks: Clocks): Sql {
  const written = sql`TRY_CAST(${ident(column)} AS TIMESTAMP)`
  const read = mapped.source.read.columns.find(({ name }) => name === column)
  const { report, data } = clocks
  if (report === null || read === undefined || !clocks.timed.has(keyOf(mapped.source.name, column))) return written
  if (isUtcColumn(read)) return onClock(written, report)
  const alone = data === null ? written : onClock(toUtc(written, data), report)
  if (read.zone !== 'offsets') return alone
  const offset = ident(offsetColumn(column))
  return sql`CASE WHEN ${offset} IS NOT NULL THEN ${onClock(sql`(${written} - to_seconds(${offset}))`, report)} ELSE ${alone} END`
}

/** Seconds since 1970 are instants, whatever else is said. */
function isUtcColumn({ zone, format }: ReadColumn): boolean {
  return zone === 'utc' || (format?.startsWith('epoch') ?? false)
}

function onClock(instant: Sql, { offsetSeconds, changes }: ZoneClock): Sql {
  const limits = changes.map(({ at }) => at)
  return sql`(${instant} + ${stepwise(instant, limits, [offsetSeconds, ...changes.map((change) => change.offsetSeconds)])})`
}

/** An hour that a zone has twice is its first one; an hour that it leaves out is read as if the clock had gone on. */
function toUtc(clock: Sql, { offsetSeconds, changes }: ZoneClock): Sql {
  const offsets = [offsetSeconds, ...changes.map((change) => change.offsetSeconds)]
  const limits = changes.map(({ at }, index) => at + Math.max(offsets[index] ?? 0, offsets[index + 1] ?? 0))
  return sql`(${clock} - ${stepwise(clock, limits, offsets)})`
}

/** An interval that depends on where a time lies between limits, one more than there are limits. */
function stepwise(time: Sql, limits: readonly number[], seconds: readonly number[]): Sql {
  const interval = (value: number | undefined): Sql => raw(`INTERVAL '${value ?? 0}' SECOND`)
  if (limits.length === 0) return interval(seconds[0])
  const cases = limits.map((limit, index) => {
    const before = raw(`TIMESTAMP '${new Date(limit * 1000).toISOString().slice(0, 19).replace('T', ' ')}'`)
    return sql`WHEN ${time} < ${before} THEN ${interval(seconds[index])}`
  })
  return sql`CASE ${join(cases, ' ')} ELSE ${interval(seconds.at(-1))} END`
}
