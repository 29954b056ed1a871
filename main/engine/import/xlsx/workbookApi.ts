import type { CallOptions } from '../../../../shared/rpc'
import type { SheetInfo } from './packageParts'
import type { PlanFault } from './planFaults'

/** How a sheet was read before, so that it is read the same way again, or how a person wants it to be read. */
export interface KnownLayout {
  readonly headerRow: number
  /** As wide as what it holds where absent. */
  readonly width?: number
}

export interface SheetRequest {
  /** Place of the sheet among those listed. */
  readonly sheet: number
  /** The file its cells are written to; see `openCellFile`. */
  readonly cellFile: string
  readonly known?: KnownLayout | undefined
}

export interface PeekRequest {
  readonly sheet: number
  readonly rows: number
}

/** What was found on a sheet while its cells were written. */
export interface SheetCells {
  /** 1-based row of the header in the sheet; 0 when there is none. */
  readonly headerRow: number
  readonly header: readonly string[]
  readonly rows: number
  /** Cells with an error such as #DIV/0!: how many, and where the first ones stand. */
  readonly errors: number
  readonly errorExamples: readonly string[]
  /** Rows with something beyond the last column, which is left out: how many, and the first ones by data row. */
  readonly longRows: number
  readonly cutOff: readonly { readonly row: number; readonly value: string }[]
  /** Columns with cells that the workbook holds as numbers. */
  readonly numberCells: ReadonlySet<number>
  readonly oddities: SheetOddities
  /** Cells of a sheet with formulas that break with their neighbours. */
  readonly faults: readonly PlanFault[]
  /** Rows below the first of the cells merged over several rows below the header: they are empty. */
  readonly mergedBelow: number
  /** Columns with line breaks inside cells. */
  readonly brokenColumns: readonly number[]
  readonly longestRowBytes: number
}

/** What a workbook does to its cells beside holding them. */
export interface SheetOddities {
  /** Rows a filter or a person has hidden; they are read like all others. */
  readonly hiddenRows: number
  readonly hiddenColumns: number
  /** Cells with a formula, and those of them that hold no result. */
  readonly formulas: number
  readonly formulasWithoutResult: number
}

/** A row as it stands on the sheet, by its number. */
export interface PeekedRow {
  readonly row: number
  readonly cells: readonly string[]
}

export type SheetRefusal = 'empty' | 'pivot'

/** What a worker that reads a workbook answers. It keeps the workbook open between calls. */
export interface WorkbookApi {
  open(input: { readonly path: string }, options?: CallOptions): Promise<SheetInfo[]>
  writeSheet(input: SheetRequest, options?: CallOptions): Promise<SheetCells | SheetRefusal>
  /** The first rows that hold anything. */
  peekSheet(input: PeekRequest, options?: CallOptions): Promise<PeekedRow[]>
}
