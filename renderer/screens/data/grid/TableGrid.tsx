import {
  CellStyleModule,
  type ColDef,
  EventApiModule,
  type GridApi,
  type IDatasource,
  InfiniteRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  ScrollApiModule,
  themeQuartz,
} from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { useEffect, useMemo, useRef } from 'react'
import type { Formatter } from '../../../../shared/format'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { useFormatter } from '../../../ui/useFormatter'
import { ColumnHeader } from './ColumnHeader'
import type { CellRange } from './cellRange'
import { cellText, isNumberColumn, widthOf } from './columnLook'
import { type GridColumn, type GridState, type GridWish, useGrid } from './gridState'
import { useCellSelection } from './useCellSelection'
import { jobName } from './useSettledWish'

ModuleRegistry.registerModules([
  InfiniteRowModelModule,
  CellStyleModule,
  ScrollApiModule,
  RenderApiModule,
  EventApiModule,
])

const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  borderColor: 'var(--line)',
  headerBackgroundColor: 'var(--surface)',
  headerTextColor: 'var(--text-3)',
  rowHoverColor: 'var(--hover)',
  fontFamily: 'inherit',
  fontSize: 12,
  headerFontSize: 11,
  headerHeight: 68,
  headerColumnResizeHandleColor: 'transparent',
  rowHeight: 28,
  wrapperBorder: false,
  columnBorder: false,
  cellHorizontalPadding: 8,
  wrapperBorderRadius: 0,
})

/** Where somebody wants to be: a new object is a new wish, even for the same row. */
export interface RowWish {
  readonly row: number
}

interface TableGridProps {
  /** What the rows on screen fulfil; the next wish may be under way. */
  readonly wish: GridWish
  /** A row to be shown, once the number of rows is known. */
  readonly goTo: RowWish | null
  readonly onWent: () => void
  readonly onTotal: (total: number) => void
  readonly onFail: (error: unknown) => void
  readonly onRange: (range: CellRange | null) => void
  readonly onCopy: (range: CellRange) => void
}

export interface GridRow {
  readonly number: number
  readonly cells: Readonly<Record<string, string | number | boolean | null>>
}

const numberColumn = '#row'

/** A million rows, a page at a time, sorted and filtered by the engine. */
export function TableGrid({ wish, goTo, onWent, onTotal, onFail, onRange, onCopy }: TableGridProps) {
  const format = useFormatter()
  const grid = useGrid()
  const api = useRef<GridApi<GridRow> | null>(null)
  const { source, revision, name } = grid
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision means new rows under the same names
  const datasource = useMemo(
    () => pagesOf({ source, wish, name }, onTotal, onFail),
    [source, wish, name, onTotal, onFail, revision],
  )
  const selection = useCellSelection(api, { ...grid, wish }, onRange, onCopy)
  const { visible } = grid
  const columns = useMemo(
    () => [rowNumbers(format), ...visible.map((column, index) => columnOf(column, index, visible.length, format))],
    [visible, format],
  )
  useEffect(() => {
    if (goTo === null || api.current === null) return
    api.current.ensureIndexVisible(goTo.row, 'middle')
    selection.selectRow(goTo.row)
    onWent()
  }, [goTo, selection.selectRow, onWent])
  return (
    <div className="gridbox">
      <AgGridReact<GridRow>
        theme={gridTheme}
        rowModelType="infinite"
        datasource={datasource}
        columnDefs={columns}
        context={selection.context}
        cacheBlockSize={100}
        maxBlocksInCache={40}
        maxConcurrentDatasourceRequests={3}
        blockLoadDebounceMillis={40}
        suppressMovableColumns
        suppressNoRowsOverlay
        suppressDragLeaveHidesColumns
        ensureDomOrder
        onGridReady={(event) => {
          api.current = event.api
        }}
        onCellMouseDown={selection.onMouseDown}
        onCellMouseOver={selection.onMouseOver}
        onCellKeyDown={selection.onKeyDown}
      />
    </div>
  )
}

/** The number of the row in its file; a click takes the whole row. */
function rowNumbers(format: Formatter): ColDef<GridRow> {
  return {
    colId: numberColumn,
    headerName: 'Row',
    valueGetter: ({ data }) => data?.number ?? null,
    valueFormatter: ({ value }) => (typeof value === 'number' ? format.count(value) : ''),
    width: 84,
    pinned: 'left',
    sortable: false,
    resizable: false,
    cellClass: 'numbercell rownumber',
    headerClass: 'rownumberhead',
    cellClassRules: { picked: ({ context, rowIndex }) => context.holds(rowIndex, 0) },
  }
}

function columnOf(column: GridColumn, index: number, count: number, format: Formatter): ColDef<GridRow> {
  return {
    // Names may hold dots, which the grid would read as a path.
    colId: column.name,
    valueGetter: ({ data }) => data?.cells[column.name] ?? null,
    headerName: column.name,
    width: widthOf(column),
    // The engine sorts; the head says how.
    sortable: false,
    // A text may use the room that is left; a number would stand far from its neighbours.
    ...(index === count - 1 && !isNumberColumn(column) ? { flex: 1, minWidth: widthOf(column) } : {}),
    ...(isNumberColumn(column) ? { cellClass: 'numbercell' } : {}),
    // A row on its way is empty; a missing value is a dash.
    valueFormatter: ({ value, data }) => (data === undefined ? '' : cellText(value, column, format)),
    cellClassRules: { picked: ({ context, rowIndex }) => context.holds(rowIndex, index) },
    headerComponent: ColumnHeader,
  }
}

function pagesOf(
  { source, wish, name }: Pick<GridState, 'source' | 'wish' | 'name'>,
  onTotal: TableGridProps['onTotal'],
  onFail: TableGridProps['onFail'],
): IDatasource {
  const controller = new AbortController()
  return {
    getRows: (request) => {
      runJob(
        jobName(wish, name),
        (options) =>
          engine.readPage(
            {
              ...source,
              offset: request.startRow,
              limit: request.endRow - request.startRow,
              sorts: [...wish.sorts],
              filters: [...wish.filters],
              search: wish.search,
            },
            options,
          ),
        controller.signal,
      ).then(
        (page) => {
          onTotal(page.total)
          const rows = page.rows.map(
            ([number, ...cells]): GridRow => ({
              number: Number(number ?? 0),
              cells: Object.fromEntries(page.columns.slice(1).map((column, at) => [column.name, cells[at] ?? null])),
            }),
          )
          request.successCallback(rows, page.total)
        },
        (error: unknown) => {
          request.failCallback()
          if (!controller.signal.aborted) onFail(error)
        },
      )
    },
    destroy: () => controller.abort(),
  }
}
