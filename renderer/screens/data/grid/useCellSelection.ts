import type {
  CellKeyDownEvent,
  CellMouseDownEvent,
  CellMouseOverEvent,
  FullWidthCellKeyDownEvent,
  GridApi,
} from 'ag-grid-community'
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react'
import { type CellPlace, type CellRange, edgesOf, holds } from './cellRange'
import type { GridState } from './gridState'
import type { GridRow } from './TableGrid'

interface CellContext {
  readonly holds: (row: number, column: number) => boolean
}

export interface CellSelection {
  readonly context: CellContext
  readonly selectRow: (row: number) => void
  readonly onMouseDown: (event: CellMouseDownEvent<GridRow>) => void
  readonly onMouseOver: (event: CellMouseOverEvent<GridRow>) => void
  readonly onKeyDown: (event: CellKeyDownEvent<GridRow> | FullWidthCellKeyDownEvent<GridRow>) => void
}

/**
 * A rectangle of cells by mouse (drag, or shift and click) or keyboard (shift and arrows, Ctrl+A, Ctrl+C). The range
 * lives outside of React: the grid asks it for every cell it draws.
 */
export function useCellSelection(
  api: RefObject<GridApi<GridRow> | null>,
  { visible, wish, source }: GridState,
  onRange: (range: CellRange | null) => void,
  onCopy: (range: CellRange) => void,
): CellSelection {
  const range = useRef<CellRange | null>(null)
  const names = useMemo(() => visible.map(({ name }) => name), [visible])
  const last = names.length - 1
  const context = useMemo((): CellContext => ({ holds: (row, column) => holds(range.current, row, column) }), [])
  const select = useCallback(
    (next: CellRange | null) => {
      range.current = next
      onRange(next)
      api.current?.refreshCells({ force: true })
    },
    [api, onRange],
  )
  const selectRow = useCallback(
    (row: number) => select({ anchor: { row, column: 0 }, focus: { row, column: last } }),
    [select, last],
  )
  // Columns come again with what is known about them, and are still the same columns.
  const shown = JSON.stringify([source, names])
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows or columns stand where the range was
  useEffect(() => select(null), [shown, wish, select])

  const place = (row: number | null, column: string): CellPlace | null =>
    row === null ? null : { row, column: names.indexOf(column) }
  const onMouseDown = (event: CellMouseDownEvent<GridRow>): void => {
    const at = place(event.rowIndex, event.column.getColId())
    const mouse = event.event
    if (at === null || !(mouse instanceof MouseEvent) || mouse.button !== 0) return
    const anchor = mouse.shiftKey ? range.current?.anchor : undefined
    if (at.column < 0) {
      select({ anchor: { row: anchor?.row ?? at.row, column: 0 }, focus: { row: at.row, column: last } })
      return
    }
    select({ anchor: anchor ?? at, focus: at })
  }
  const onMouseOver = (event: CellMouseOverEvent<GridRow>): void => {
    const mouse = event.event
    if (range.current === null || !(mouse instanceof MouseEvent) || mouse.buttons !== 1) return
    const at = place(event.rowIndex, event.column.getColId())
    if (at === null) return
    const isRows = edgesOf(range.current).left === 0 && edgesOf(range.current).right === last && at.column < 0
    select({
      anchor: range.current.anchor,
      focus: isRows ? { row: at.row, column: last } : { ...at, column: Math.max(0, at.column) },
    })
  }
  const onKeyDown = (event: CellKeyDownEvent<GridRow> | FullWidthCellKeyDownEvent<GridRow>): void => {
    const key = event.event
    if (!(key instanceof KeyboardEvent) || !('column' in event)) return
    const isCommand = key.ctrlKey || key.metaKey
    const at = place(event.rowIndex, event.column.getColId())
    if (isCommand && key.key.toLowerCase() === 'c') {
      const copied = range.current ?? (at === null || at.column < 0 ? null : { anchor: at, focus: at })
      if (copied !== null) onCopy(copied)
      key.preventDefault()
    } else if (isCommand && key.key.toLowerCase() === 'a') {
      const rows = api.current?.getDisplayedRowCount() ?? 0
      if (rows > 0) select({ anchor: { row: 0, column: 0 }, focus: { row: rows - 1, column: last } })
      key.preventDefault()
    } else if (key.key === 'Escape') {
      select(null)
    } else if (key.shiftKey && key.key.startsWith('Arrow') && at !== null) {
      const before = range.current ?? { anchor: at, focus: at }
      const step = arrows[key.key] ?? { row: 0, column: 0 }
      const rows = api.current?.getDisplayedRowCount() ?? 1
      const focus = {
        row: Math.min(rows - 1, Math.max(0, before.focus.row + step.row)),
        column: Math.min(last, Math.max(0, before.focus.column + step.column)),
      }
      select({ anchor: before.anchor, focus })
      api.current?.ensureIndexVisible(focus.row)
      key.preventDefault()
    }
  }
  return { context, selectRow, onMouseDown, onMouseOver, onKeyDown }
}

const arrows: Readonly<Record<string, CellPlace>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
}
