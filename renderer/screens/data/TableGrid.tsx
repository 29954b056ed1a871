import {
  CellStyleModule,
  type ColDef,
  type IDatasource,
  InfiniteRowModelModule,
  ModuleRegistry,
  themeQuartz,
} from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { useMemo } from 'react'
import type { ColumnProfile, SourceState, TableProfile } from '../../../shared/engineApi'
import { rolesOf } from '../../../shared/roles'
import { engine } from '../../engine'
import { useFormatter } from '../../ui/useFormatter'
import { ColumnHeader, type ColumnHeaderProps } from './ColumnHeader'
import { cellText, isNumberColumn, widthOf } from './columnLook'

ModuleRegistry.registerModules([InfiniteRowModelModule, CellStyleModule])

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

export interface GridFilter {
  readonly column: string
  readonly contains: string
}

interface TableGridProps {
  readonly source: SourceState
  readonly profile: TableProfile | null
  readonly filter: GridFilter | null
  readonly revision: string
  readonly onTotal: (total: number) => void
  readonly onFail: (error: unknown) => void
}

type Row = Readonly<Record<string, string | number | boolean | null>>

/** A million rows, a page at a time, sorted and filtered by the engine. */
export function TableGrid({ source, profile, filter, revision, onTotal, onFail }: TableGridProps) {
  const format = useFormatter()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision means new rows under the same names
  const datasource = useMemo(
    () => pagesOf(source.name, filter, onTotal, onFail),
    [source.name, filter?.column, filter?.contains, onTotal, onFail, revision],
  )
  const columns = useMemo((): ColDef<Row>[] => {
    const profiles = new Map(profile?.columns.map((column) => [column.name, column]))
    return source.columns.map((column, index) => ({
      // Names may hold dots, which the grid would read as a path.
      colId: column.name,
      valueGetter: ({ data }) => data?.[column.name] ?? null,
      headerName: column.name,
      width: widthOf(column),
      sortable: true,
      // A text may use the room that is left; a number would stand far from its neighbours.
      ...(index === source.columns.length - 1 && !isNumberColumn(column) ? { flex: 1, minWidth: widthOf(column) } : {}),
      ...(isNumberColumn(column) ? { cellClass: 'numbercell' } : {}),
      // A row on its way is empty; a missing value is a dash.
      valueFormatter: ({ value, data }) => (data === undefined ? '' : cellText(value, column, format)),
      headerComponent: ColumnHeader,
      headerComponentParams: {
        role: roleLabel(source, column.role),
        isNumber: isNumberColumn(column),
        profile: profiles.get(column.name) ?? null,
        format,
      } satisfies Pick<ColumnHeaderProps, 'role' | 'isNumber' | 'profile' | 'format'>,
    }))
  }, [source, profile, format])
  return (
    <div className="gridbox">
      <AgGridReact<Row>
        theme={gridTheme}
        rowModelType="infinite"
        datasource={datasource}
        columnDefs={columns}
        cacheBlockSize={100}
        maxBlocksInCache={40}
        suppressMovableColumns
        suppressDragLeaveHidesColumns
        ensureDomOrder
      />
    </div>
  )
}

function pagesOf(
  table: string,
  filter: GridFilter | null,
  onTotal: TableGridProps['onTotal'],
  onFail: TableGridProps['onFail'],
): IDatasource {
  const controller = new AbortController()
  return {
    getRows: (request) => {
      const [sort] = request.sortModel
      engine
        .readPage(
          {
            table,
            offset: request.startRow,
            limit: request.endRow - request.startRow,
            sort: sort === undefined ? null : { column: sort.colId, descending: sort.sort === 'desc' },
            filter,
          },
          { signal: controller.signal },
        )
        .then(
          (page) => {
            onTotal(page.total)
            const rows = page.rows.map((row) =>
              Object.fromEntries(page.columns.map(({ name }, at) => [name, row[at] ?? null])),
            )
            request.successCallback(rows, page.total)
          },
          (error: unknown) => {
            request.failCallback()
            onFail(error)
          },
        )
    },
    destroy: () => controller.abort(),
  }
}

function roleLabel(source: SourceState, role: ColumnProfile['role']): string {
  if (role === null) return ''
  return (rolesOf[source.kind].find(({ name }) => name === role)?.label ?? role).toLowerCase()
}
