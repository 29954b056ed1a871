import { isUtf8 } from 'node:buffer'
import { CellFile } from './cellFile'
import { Damage } from './damage'
import { fillMerged, findHeader, hasPivotWords, liesIn, type Range, type SheetRow, widthOf } from './findHeader'
import type { SheetInfo } from './packageParts'
import { numberCell, RowCells } from './rowCells'
import type { KnownLayout, SheetCells, SheetRefusal } from './workbookApi'

const lookAhead = 60
const examplesKept = 5

/** Finds the table among the rows of a sheet and writes its cells to a file. */
export class SheetTable {
  readonly #sheet: SheetInfo
  readonly #known: KnownLayout | undefined
  readonly #merges: readonly Range[]
  readonly #cellFile: string
  /** Rows looked at before it is decided where the table begins, with the kinds of their cells. */
  readonly #first: (SheetRow & { readonly kinds: Uint8Array })[] = []
  #file: CellFile | undefined
  #refusal: SheetRefusal | undefined
  #headerAt = -1
  #headerRow = 0
  #header: readonly string[] = []
  #width = 0
  #rows = 0
  #errors = 0
  readonly #errorExamples: string[] = []
  #longRows = 0
  readonly #cutOff: { row: number; value: string }[] = []
  #isNumber = new Uint8Array(0)

  constructor(sheet: SheetInfo, cellFile: string, known: KnownLayout | undefined, merges: readonly Range[]) {
    this.#sheet = sheet
    this.#known = known
    this.#merges = merges
    this.#cellFile = cellFile
  }

  /** There is nothing to be read here: what follows need not be looked at. */
  get isRefused(): boolean {
    return this.#refusal !== undefined
  }

  add(row: RowCells): void {
    if (this.#file !== undefined) this.#write(row)
    else if (this.#refusal === undefined) {
      checkUtf8(row)
      this.#first.push({ index: row.index, values: row.texts(), kinds: row.kinds.slice(0, row.width) })
      if (this.#first.length === lookAhead) this.#begin(false)
    }
  }

  finish(
    { oddities, faults }: Pick<SheetCells, 'oddities' | 'faults'>,
    merges: readonly Range[],
  ): SheetCells | SheetRefusal {
    if (this.#file === undefined && this.#refusal === undefined) this.#begin(true)
    if (this.#file === undefined) return this.#refusal ?? 'empty'
    const file = this.#file
    this.#file = undefined
    file.close()
    return {
      headerRow: this.#headerRow,
      header: this.#header,
      rows: this.#rows,
      errors: this.#errors,
      errorExamples: this.#errorExamples,
      longRows: this.#longRows,
      cutOff: this.#cutOff,
      numberCells: new Set([...this.#isNumber.keys()].filter((column) => this.#isNumber[column] === 1)),
      oddities,
      faults,
      mergedBelow: merges
        .filter(({ from }) => from.row >= this.#headerRow)
        .reduce((cells, { from, to }) => cells + to.row - from.row, 0),
      brokenColumns: file.brokenColumns,
      longestRowBytes: file.longestRowBytes,
    }
  }

  abandon(): void {
    this.#file?.abandon()
    this.#file = undefined
  }

  /** Whether the table would begin elsewhere, or its header read otherwise, if these cells had been known as merged. */
  wouldDiffer(merges: readonly Range[]): boolean {
    if (this.#refusal !== undefined) return false
    const rows = fillMerged(this.#first, merges)
    const layout = this.#layout(rows)
    if (layout === undefined) return false
    const header = rows[layout.at]?.values ?? []
    return layout.at !== this.#headerAt || this.#header.some((name, index) => name !== (header[index] ?? ''))
  }

  #layout(rows: readonly SheetRow[]): { readonly at: number; readonly first: number } | undefined {
    return this.#known === undefined ? findHeader(rows) : knownHeader(rows, this.#known.headerRow)
  }

  #begin(isAll: boolean): void {
    const rows = fillMerged(this.#first, this.#merges)
    const found = this.#layout(rows)
    const header = found === undefined || found.at < 0 ? undefined : rows[found.at]
    if (found === undefined) this.#refusal = 'empty'
    else if (this.#known === undefined && isPivot(this.#sheet, rows, header ?? rows[found.first], isAll))
      this.#refusal = 'pivot'
    if (found === undefined || this.#refusal !== undefined) return
    this.#headerAt = found.at
    this.#headerRow = header === undefined ? 0 : header.index + 1
    this.#width = this.#known?.width ?? widthOf(rows.slice(found.first))
    this.#header = Array.from({ length: this.#width }, (_, index) => header?.values[index] ?? '')
    this.#isNumber = new Uint8Array(this.#width)
    this.#file = new CellFile(this.#cellFile)
    const again = new RowCells()
    for (const { index, values, kinds } of this.#first.slice(header === undefined ? found.first : found.at + 1)) {
      again.begin(index)
      for (const [column, value] of values.entries()) again.setText(column, value, kinds[column] ?? 0)
      this.#write(again)
    }
  }

  #write(row: RowCells): void {
    if (row.width > this.#width) this.#tellLong(row)
    if (this.#file?.addRow(row, this.#width, this.#isKept) === true) this.#rows += 1
  }

  #isKept = (row: RowCells, column: number): boolean => {
    if (row.kinds[column] === numberCell) this.#isNumber[column] = 1
    else if (row.isError(column)) {
      this.#errors += 1
      if (this.#errorExamples.length < examplesKept)
        this.#errorExamples.push(`${columnLetters(column)}${row.index + 1}: ${row.text(column)}`)
      return false
    }
    return true
  }

  #tellLong(row: RowCells): void {
    const beyond = row
      .texts()
      .slice(this.#width)
      .filter((value) => value.trim() !== '')
    if (beyond.length === 0) return
    this.#longRows += 1
    if (this.#cutOff.length < examplesKept) this.#cutOff.push({ row: this.#rows + 1, value: beyond.join(' ') })
  }
}

/** Later rows are checked block by block as they are written. */
function checkUtf8({ content, index }: RowCells): void {
  if (!isUtf8(content.bytes.subarray(0, content.length))) throw new Damage('text that is no UTF-8', index + 1)
}

function knownHeader(rows: readonly SheetRow[], headerRow: number): { at: number; first: number } | undefined {
  if (rows.length === 0) return undefined
  if (headerRow === 0) return { at: -1, first: findHeader(rows)?.first ?? 0 }
  const at = rows.findIndex((row) => row.index + 1 >= headerRow)
  return { at: Math.max(0, at), first: Math.max(0, at) }
}

/** A pivot stands where the table would begin; a sheet of a few rows that talks like one has lost its definition. */
function isPivot(sheet: SheetInfo, rows: readonly SheetRow[], start: SheetRow | undefined, isAll: boolean): boolean {
  if (start === undefined) return false
  const column = start.values.findIndex((value) => value.trim() !== '')
  if (liesIn(sheet.pivots, start.index, column)) return true
  return isAll && hasPivotWords(rows.filter((row) => row.index <= start.index))
}

/** 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return (rest >= 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + (index % 26))
}
