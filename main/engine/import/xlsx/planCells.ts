import { formulaShape } from './formulaShape'

/** What a cell of a sheet with formulas is. */
export type PlanCell =
  | { readonly kind: 'formula'; readonly shape: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }

/** The cells of a sheet by row and column, counted from 0. */
export type PlanRows = ReadonlyMap<number, ReadonlyMap<number, PlanCell>>

/** A sheet of more cells is a table and no plan; so is one whose first cells hold no formula. */
const mostCells = 200_000
const mostBefore = 20_000
const longestText = 24

/** Keeps the cells of a small sheet with formulas, so that they can be compared with their neighbours. */
export class PlanCells {
  #rows = new Map<number, Map<number, PlanCell>>()
  /** Shapes of formulas that several cells share, by their number. */
  #shared = new Map<string, string>()
  #cells = 0
  #hasFormula = false
  #isFull = false

  /** Whether more cells are wanted. */
  get isOpen(): boolean {
    return !this.#isFull
  }

  /** Empty when the sheet is too large or holds no formula. */
  get rows(): PlanRows {
    return this.#hasFormula ? this.#rows : new Map()
  }

  /** @param group number of the shared formula; the first cell of a group says the formula, the others nothing. */
  addFormula(row: number, column: number, written: string, group: string | undefined): void {
    const own = written === '' ? undefined : formulaShape(written, row, column)
    if (group !== undefined && own !== undefined) this.#shared.set(group, own)
    this.#hasFormula = true
    this.#add(row, column, { kind: 'formula', shape: own ?? this.#shared.get(group ?? '') ?? lostShape })
  }

  addValue(row: number, column: number, written: string, isNumber: boolean): void {
    const value = isNumber ? Number(written) : Number.NaN
    this.#add(
      row,
      column,
      Number.isFinite(value) ? { kind: 'number', value } : { kind: 'text', text: written.slice(0, longestText) },
    )
  }

  #add(row: number, column: number, cell: PlanCell): void {
    this.#cells += 1
    if (this.#cells > mostCells || (!this.#hasFormula && this.#cells > mostBefore)) {
      this.#isFull = true
      this.#hasFormula = false
      this.#rows = new Map()
      this.#shared = new Map()
      return
    }
    const cells = this.#rows.get(row) ?? new Map<number, PlanCell>()
    cells.set(column, cell)
    this.#rows.set(row, cells)
  }
}

/** Of a cell that shares a formula whose first cell is gone. */
export const lostShape = 'lost'
