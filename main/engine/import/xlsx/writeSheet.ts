import { type Range, rangeOf } from './findHeader'
import type { SheetInfo } from './packageParts'
import type { PlanFault } from './planFaults'
import type { RowCells } from './rowCells'
import { SheetTable } from './sheetTable'
import type { PeekedRow, SheetCells, SheetOddities, SheetRefusal, SheetRequest } from './workbookApi'

/** What only the end of a sheet tells. */
export interface SheetEnd {
  readonly merges: readonly string[]
  readonly oddities: SheetOddities
  readonly faults: readonly PlanFault[]
}

/** Reads a sheet from its first row on; ends early when `isEnough` says so. */
export type ReadRows = (onRow: (row: RowCells) => void, isEnough: () => boolean) => Promise<SheetEnd>

/** Columns of a sheet that are worth showing before it is read. */
const mostPeeked = 100

/** The first rows of a sheet that hold anything, as they stand there. */
export async function peekRows(
  most: number,
  readRows: (onRow: (row: RowCells) => void, isEnough: () => boolean) => Promise<unknown>,
): Promise<PeekedRow[]> {
  const rows: PeekedRow[] = []
  await readRows(
    (row) => {
      if (rows.length < most) rows.push({ row: row.index + 1, cells: row.texts().slice(0, mostPeeked) })
    },
    () => rows.length >= most,
  )
  return rows
}

/**
 * Writes the table of a sheet to its cell file. Merged cells are told behind the rows, so a sheet whose header they
 * touch is read a second time.
 */
export async function writeSheet(
  sheet: SheetInfo,
  { cellFile, known }: SheetRequest,
  readRows: ReadRows,
): Promise<SheetCells | SheetRefusal> {
  const once = await writeOnce(sheet, { cellFile, known }, readRows, [])
  const merges = once.merges.flatMap((written) => rangeOf(written) ?? [])
  if (known !== undefined || merges.length === 0 || !once.table.wouldDiffer(merges)) return once.cells
  return (await writeOnce(sheet, { cellFile, known }, readRows, merges)).cells
}

async function writeOnce(
  sheet: SheetInfo,
  { cellFile, known }: Pick<SheetRequest, 'cellFile' | 'known'>,
  readRows: ReadRows,
  merges: readonly Range[],
): Promise<SheetEnd & { readonly table: SheetTable; readonly cells: SheetCells | SheetRefusal }> {
  const table = new SheetTable(sheet, cellFile, known, merges)
  try {
    const end = await readRows(
      (row) => table.add(row),
      () => table.isRefused,
    )
    return {
      ...end,
      table,
      cells: table.finish(
        end,
        end.merges.flatMap((written) => rangeOf(written) ?? []),
      ),
    }
  } catch (error) {
    table.abandon()
    throw error
  }
}
