import './filters.css'
import './tables.css'
import { Button } from '@mantine/core'
import { IconCopy, IconReportAnalytics } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import type { AppError } from '../../../../shared/errors'
import { ErrorNote } from '../../../ui/ErrorNote'
import { Icon } from '../../../ui/Icon'
import { Skeleton } from '../../../ui/Skeleton'
import { toAppError } from '../../../ui/toAppError'
import { useFormatter } from '../../../ui/useFormatter'
import { ProfileDrawer } from '../profile/ProfileDrawer'
import { type CellRange, sizeOf } from './cellRange'
import { EmptyRows } from './EmptyRows'
import { FilterChips } from './FilterChips'
import { ColumnsMenu, ExportMenu, GoToRow, SearchBox } from './GridTools'
import { GridProvider, type GridSource, type GridWish, isPlain, useGridState } from './gridState'
import { PivotMenu } from './PivotMenu'
import { readRange } from './readRange'
import type { RowWish } from './TableGrid'
import { useSettledWish } from './useSettledWish'

// The grid is a large library; the page shows without it.
const TableGrid = lazy(async () => ({ default: (await import('./TableGrid')).TableGrid }))

interface GridViewProps {
  readonly grid: GridSource
  /** Rows of the table before any filter, where they are known. */
  readonly rows: number | null
  /** What stands at the left of the bar. */
  readonly title: ReactNode
  /** Further tools, at the right of the bar. */
  readonly tools?: ReactNode
}

/** A table to look into: find, filter, sort, choose columns, copy and export. */
export function GridView({ grid, rows, title, tools }: GridViewProps) {
  const format = useFormatter()
  const state = useGridState(grid)
  const { wish } = state
  const [total, setTotal] = useState<{ readonly wish: GridWish; readonly rows: number } | null>(null)
  const [range, setRange] = useState<CellRange | null>(null)
  const [isProfiling, setProfiling] = useState(false)
  const [goTo, setGoTo] = useState<RowWish | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const onFail = useCallback((thrown: unknown) => {
    const failed = toAppError(thrown)
    if (failed.code !== 'cancelled') setError(failed)
  }, [])
  const { shown, isUpdating } = useSettledWish(state, onFail)
  const onTotal = useCallback(
    (count: number) => {
      setTotal((before) => (before?.wish === shown && before.rows === count ? before : { wish: shown, rows: count }))
      setError(null)
    },
    [shown],
  )
  const copy = useCallback(
    async (copied: CellRange): Promise<void> => {
      try {
        await navigator.clipboard.writeText(await readRange({ ...state, wish: shown }, copied))
      } catch (thrown) {
        onFail(thrown)
      }
    },
    [state, shown, onFail],
  )
  const onCopy = useCallback((copied: CellRange) => void copy(copied), [copy])
  const onWent = useCallback(() => setGoTo(null), [])
  const left = total?.wish === wish ? total.rows : null
  const all = rows ?? (isPlain(wish) ? left : null)
  return (
    <GridProvider value={state}>
      <div className="tablebar">
        {title}
        <span className="end f12 t3 nw tnum rowcount">
          {all === null ? '' : `${format.count(all)} rows, ${format.count(grid.columns.length)} columns`}
        </span>
        <SearchBox />
        <GoToRow rows={left ?? all ?? 0} onGo={(row) => setGoTo({ row })} />
        <ColumnsMenu />
        <PivotMenu />
        <ExportMenu rows={left} />
        <Button
          size="xs"
          variant="subtle"
          leftSection={<Icon of={IconReportAnalytics} size={14} />}
          onClick={() => setProfiling(true)}
        >
          Profile
        </Button>
        {tools}
      </div>
      <FilterChips left={left} rows={all} />
      {error !== null && (
        <div className="tableerror">
          <ErrorNote error={error} onDismiss={() => setError(null)} />
        </div>
      )}
      <div className={`gridstage${isUpdating && error === null ? ' dimmed' : ''}`}>
        <Suspense fallback={<GridPlaceholder />}>
          <TableGrid
            wish={shown}
            goTo={left === null ? null : goTo}
            onWent={onWent}
            onTotal={onTotal}
            onFail={onFail}
            onRange={setRange}
            onCopy={onCopy}
          />
        </Suspense>
        {left === 0 && <EmptyRows />}
        {range !== null && <RangeNote range={range} onCopy={() => onCopy(range)} />}
      </div>
      <ProfileDrawer
        grid={grid}
        isOpen={isProfiling}
        onClose={() => setProfiling(false)}
        onFilter={(filter) => state.setFilter(filter.column, filter)}
      />
    </GridProvider>
  )
}

function RangeNote({ range, onCopy }: { readonly range: CellRange; readonly onCopy: () => void }) {
  const format = useFormatter()
  const [isCopied, setCopied] = useState(false)
  const { rows, columns } = sizeOf(range)
  if (rows * columns === 1) return null
  return (
    <div className="rangenote f12" role="status">
      <span className="tnum">
        {format.count(rows)} {rows === 1 ? 'row' : 'rows'} × {columns} {columns === 1 ? 'column' : 'columns'}
      </span>
      <Button
        size="xs"
        variant="subtle"
        leftSection={<Icon of={IconCopy} size={14} />}
        onClick={() => {
          onCopy()
          setCopied(true)
          setTimeout(() => setCopied(false), 1600)
        }}
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  )
}

function GridPlaceholder() {
  return (
    <div className="delayed" style={{ padding: 16 }}>
      <Skeleton height={240} />
    </div>
  )
}
