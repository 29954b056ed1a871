import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ColumnFilter, ColumnSort, TableColumn, TableSource } from '../../../../shared/tableView'
import { useProject } from '../../../state/projectStore'

/** A column of the grid; its role stands below its name. */
export interface GridColumn extends TableColumn {
  readonly role: string
}

/** Where the rows of a grid come from; the revision changes when they may have changed. */
export interface GridSource {
  readonly source: TableSource
  readonly name: string
  readonly columns: readonly GridColumn[]
  readonly revision: string
}

/** What somebody asked to see of a table. */
export interface GridWish {
  readonly filters: readonly ColumnFilter[]
  readonly sorts: readonly ColumnSort[]
  readonly search: string
}

export const everything: GridWish = { filters: [], sorts: [], search: '' }

export interface GridState extends GridSource {
  readonly wish: GridWish
  readonly hidden: ReadonlySet<string>
  readonly visible: readonly GridColumn[]
  readonly setWish: (wish: GridWish) => void
  /** One filter a column: another one takes its place, null removes it. */
  readonly setFilter: (column: string, filter: ColumnFilter | null) => void
  readonly sortBy: (column: string, isAdded: boolean) => void
  readonly setHidden: (hidden: ReadonlySet<string>) => void
}

type Look = Pick<GridState, 'wish' | 'hidden'>

/** How tables were looked at, so that coming back to one finds it as it was left. */
const looks = new Map<string, Look>()

/** A look that names columns the table no longer has is forgotten. */
function rememberLook(key: string, { columns }: GridSource, look: Look): void {
  const names = new Set(columns.map(({ name }) => name))
  const fits = [...look.wish.filters, ...look.wish.sorts].every(({ column }) => names.has(column))
  if (fits) looks.set(key, look)
  else looks.delete(key)
}

export function useGridState(grid: GridSource): GridState {
  const folder = useProject((state) => state.project?.folder ?? '')
  const key = JSON.stringify([folder, grid.source])
  const [wish, setWish] = useState<GridWish>(() => looks.get(key)?.wish ?? everything)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => looks.get(key)?.hidden ?? new Set())
  useEffect(() => rememberLook(key, grid, { wish, hidden }), [key, grid, wish, hidden])
  const setFilter = useCallback((column: string, filter: ColumnFilter | null) => {
    setWish((before) => ({ ...before, filters: withFilter(before.filters, column, filter) }))
  }, [])
  const sortBy = useCallback((column: string, isAdded: boolean) => {
    setWish((before) => ({ ...before, sorts: nextSorts(before.sorts, column, isAdded) }))
  }, [])
  return useMemo(
    () => ({
      ...grid,
      wish,
      hidden,
      visible: grid.columns.filter(({ name }) => !hidden.has(name)),
      setWish,
      setFilter,
      sortBy,
      setHidden,
    }),
    [grid, wish, hidden, setFilter, sortBy],
  )
}

/** A filter keeps its place when it is changed, so chips do not jump. */
export function withFilter(
  filters: readonly ColumnFilter[],
  column: string,
  filter: ColumnFilter | null,
): readonly ColumnFilter[] {
  if (filter === null) return filters.filter((one) => one.column !== column)
  return filters.some((one) => one.column === column)
    ? filters.map((one) => (one.column === column ? filter : one))
    : [...filters, filter]
}

/** Ascending, descending, off; with shift the others stay. */
export function nextSorts(sorts: readonly ColumnSort[], column: string, isAdded: boolean): readonly ColumnSort[] {
  const now = sorts.find((one) => one.column === column)
  const next = now === undefined ? { column, descending: false } : now.descending ? null : { column, descending: true }
  if (!isAdded) return next === null ? [] : [next]
  if (next === null) return sorts.filter((one) => one.column !== column)
  return now === undefined ? [...sorts, next] : sorts.map((one) => (one.column === column ? next : one))
}

export const isPlain = ({ filters, sorts, search }: GridWish): boolean =>
  filters.length === 0 && sorts.length === 0 && search === ''

const GridContext = createContext<GridState | null>(null)
export const GridProvider = GridContext.Provider

export function useGrid(): GridState {
  const grid = useContext(GridContext)
  if (grid === null) throw new Error('A part of the grid stands outside of it.')
  return grid
}
