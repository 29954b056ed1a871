import { guardFormula } from '../../../../shared/guardFormula'
import type { Page } from '../../../../shared/tableAnswers'

/** Cells between two corners, both included; columns by their place among the visible ones. */
export interface CellRange {
  readonly anchor: CellPlace
  readonly focus: CellPlace
}

export interface CellPlace {
  readonly row: number
  readonly column: number
}

export interface RangeEdges {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export function edgesOf({ anchor, focus }: CellRange): RangeEdges {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
  }
}

export function holds(range: CellRange | null, row: number, column: number): boolean {
  if (range === null) return false
  const { top, bottom, left, right } = edgesOf(range)
  return row >= top && row <= bottom && column >= left && column <= right
}

export function sizeOf(range: CellRange): { readonly rows: number; readonly columns: number } {
  const { top, bottom, left, right } = edgesOf(range)
  return { rows: bottom - top + 1, columns: right - left + 1 }
}

/** Tab-separated, unrounded, with a head unless it is a single cell; nothing pasted becomes a formula. */
export function rangeAsText(names: readonly string[], rows: Page['rows']): string {
  const lines = rows.map((row) => row.map(cellAsText).join('\t'))
  const isSingle = names.length === 1 && rows.length === 1
  return isSingle ? (lines[0] ?? '') : [names.map(cellAsText).join('\t'), ...lines].join('\n')
}

function cellAsText(value: Page['rows'][number][number]): string {
  if (value === null) return ''
  return typeof value === 'string' ? guardFormula(value.replace(/[\t\r\n]+/g, ' ')) : String(value)
}
