import { z } from 'zod'
import type { LedgerEntry } from '../../shared/engineApi'
import type { RepairStep } from '../../shared/project'
import { join, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import type { MappedSource } from './mapping'
import { grossOf } from './orderLines'
import { markOf, type Repair, unrepairedTable } from './repairs'
import { rawTable } from './viewParts'

/** The id of the entry that a decision has in the ledger. */
export const repairEntry = ({ id }: RepairStep): string => `repair ${id}`

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

export const removedBy = (entries: readonly LedgerEntry[]): LedgerEntry[] =>
  entries.filter(({ effect }) => effect === 'removed')

/**
 * An entry for each decision about a finding of these tables. A row that several decisions leave out is counted once,
 * by the first of them, and so is a row that several change; a row that is left out is not counted as changed.
 */
export async function repairEntries(
  database: Database,
  sources: readonly MappedSource[],
  repairs: readonly Repair[],
  signal?: AbortSignal,
): Promise<LedgerEntry[]> {
  const entries = await Promise.all(
    sources.map(async (mapped) => {
      const own = repairs.filter(({ source }) => source === mapped.source.name)
      return Promise.all(own.map((repair) => entryOf(database, mapped, repair, own, signal)))
    }),
  )
  return entries.flat()
}

async function entryOf(
  database: Database,
  mapped: MappedSource,
  repair: Repair,
  own: readonly Repair[],
  signal?: AbortSignal,
): Promise<LedgerEntry> {
  const { step, change } = repair
  const before = sql`
    SELECT source_row, coalesce(${grossOf(mapped)}, 0) AS gross
    FROM ${unrepairedTable(repair.source)} WHERE ${countedRows(repair, own)}`
  const after = sql`SELECT source_row, coalesce(${grossOf(mapped)}, 0) AS gross FROM ${rawTable(repair.source)}`
  const [counted] = await database.query(
    z.object({ rows: z.number(), gross: z.number() }),
    sql`
      SELECT count(*)::DOUBLE AS rows, coalesce(sum(coalesce(after_it.gross, 0) - before_it.gross), 0)::DOUBLE AS gross
      FROM (${before}) AS before_it LEFT JOIN (${after}) AS after_it USING (source_row)`,
    { signal },
  )
  const { rows, gross } = counted ?? { rows: 0, gross: 0 }
  const place = step.column === null || change === undefined ? step.table : `${step.table}, ${step.column}`
  const done = change === undefined ? 'left out' : step.action === 'clear' ? 'emptied' : 'put right'
  return {
    id: repairEntry(step),
    label: `${done}, as decided: ${step.told.title} (${place})`,
    rows,
    effect: change === undefined ? 'removed' : 'changed',
    gross: mapped.kind === 'orders' ? gross : null,
    openable: rows > 0,
  }
}

/** The rows a repair stands for in the ledger. */
function countedRows(repair: Repair, own: readonly Repair[]): Sql {
  const leavesOut = own.filter(({ change }) => change === undefined)
  const changes = own.filter(({ change }) => change !== undefined)
  const order = [...leavesOut, ...changes]
  const earlier = order.slice(0, order.indexOf(repair))
  return join([markOf(repair), ...earlier.map((other) => sql`NOT ${markOf(other)}`)], ' AND ')
}

/** The rows behind an entry as they stand in the file. */
export function repairedRows(repair: Repair, repairs: readonly Repair[]): Sql {
  const own = repairs.filter(({ source }) => source === repair.source)
  const marks = join(own.map(markOf), ', ')
  return sql`
    SELECT ${repair.source} AS source_name, * EXCLUDE (${marks})
    FROM ${unrepairedTable(repair.source)} WHERE ${countedRows(repair, own)} ORDER BY source_row`
}
