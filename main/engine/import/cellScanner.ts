import type { Sql } from '../../../shared/sql'
import {
  type ColumnCounts,
  firstValues,
  misfits,
  type ScanOptions,
  scanColumns,
  scanTable,
  type TableScan,
} from './scanColumns'
import type { Candidate } from './suggestType'
import { firstValuesOfWide, misfitsOfWide, scanWideColumns, scanWideTable } from './wide/scanWide'
import { isWide, spreadCells } from './wide/tallCells'
import type { ImportWork } from './work'

/** Answers what can be asked of a relation of texts `c0`, `c1` … */
export interface CellScanner {
  firstValues(): Promise<string[][]>
  scanTable(candidates: readonly Candidate[]): Promise<TableScan>
  scanColumns(candidates: ReadonlyMap<number, Candidate>): Promise<Map<number, ColumnCounts>>
  /** Values that do not fit the candidates of these columns. */
  misfits(candidates: ReadonlyMap<number, Candidate>): Promise<Map<number, string[]>>
  close(): Promise<void>
}

/** A scanner for a table of so many columns and bytes. The caller closes it. */
export function openScanner(
  work: ImportWork,
  relation: Sql,
  { width, bytes }: { readonly width: number; readonly bytes: number },
  options: ScanOptions,
): Promise<CellScanner> {
  return isWide(width, bytes)
    ? wideScanner(work, relation, width, options)
    : narrowScanner(work, relation, width, options)
}

async function narrowScanner(
  work: ImportWork,
  relation: Sql,
  width: number,
  options: ScanOptions,
): Promise<CellScanner> {
  return {
    firstValues: () => firstValues(work, relation, width),
    scanTable: (candidates) => scanTable(work, relation, candidates, options),
    scanColumns: (candidates) => scanColumns(work, relation, width, candidates, options),
    misfits: async (candidates) => {
      const found = new Map<number, string[]>()
      for (const [index, candidate] of candidates)
        found.set(index, await misfits(work, relation, width, index, candidate))
      return found
    },
    close: async () => undefined,
  }
}

async function wideScanner(work: ImportWork, relation: Sql, width: number, options: ScanOptions): Promise<CellScanner> {
  const cells = await spreadCells(work, relation, width, options.strange)
  return {
    firstValues: () => firstValuesOfWide(work, cells, width),
    scanTable: (candidates) => scanWideTable(work, cells, candidates, options),
    scanColumns: (candidates) => scanWideColumns(work, cells, candidates, options),
    misfits: (candidates) => misfitsOfWide(work, cells, candidates),
    close: () => cells.drop(),
  }
}
