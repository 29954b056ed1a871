import { ActionIcon, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconFilter, IconFilterFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { IHeaderParams } from 'ag-grid-community'
import { useState } from 'react'
import type { Formatter } from '../../../../shared/format'
import type { ColumnBar, ColumnProfile } from '../../../../shared/tableAnswers'
import type { ColumnFilter } from '../../../../shared/tableView'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { Icon } from '../../../ui/Icon'
import { useFormatter } from '../../../ui/useFormatter'
import { isNumberColumn } from './columnLook'
import { Distribution } from './Distribution'
import { FilterForm } from './FilterForm'
import { type GridColumn, useGrid } from './gridState'

/** Column name, role, and how its values are distributed; a click sorts, a bar filters to what it stands for. */
export function ColumnHeader({ column }: IHeaderParams) {
  const { columns } = useGrid()
  const shown = columns.find(({ name }) => name === column.getColId())
  return shown === undefined ? null : <Head column={shown} />
}

function Head({ column }: { readonly column: GridColumn }) {
  const format = useFormatter()
  const { sortBy, setFilter } = useGrid()
  const profile = useColumnProfile(column.name)
  return (
    <div className={`columnhead${isNumberColumn(column) ? ' number' : ''}`}>
      <div className="columnline">
        <button
          type="button"
          className="bare columnname"
          title={profile === null ? column.name : summaryOf(profile, format)}
          onClick={(event) => sortBy(column.name, event.shiftKey)}
        >
          <span className="ell">{column.name}</span>
          <SortMark column={column.name} />
        </button>
        <FilterButton column={column} />
      </div>
      <span className="columnrole ell">{column.role === '' ? '\u00a0' : column.role}</span>
      <span className="columnshape">
        {profile === null ? (
          <span className="skeleton shapewait" />
        ) : (
          <Distribution
            profile={profile}
            format={format}
            onBar={(bar) => setFilter(column.name, filterOfBar(column.name, bar))}
          />
        )}
      </span>
    </div>
  )
}

function SortMark({ column }: { readonly column: string }) {
  const { wish } = useGrid()
  const at = wish.sorts.findIndex((sort) => sort.column === column)
  const sort = wish.sorts[at]
  if (sort === undefined) return null
  return (
    <>
      <Icon of={sort.descending ? IconArrowDown : IconArrowUp} size={12} />
      <span className="sr">{sort.descending ? 'sorted, largest first' : 'sorted, smallest first'}</span>
      {wish.sorts.length > 1 && <span className="sortplace">{at + 1}</span>}
    </>
  )
}

function FilterButton({ column }: { readonly column: GridColumn }) {
  const { wish, setFilter } = useGrid()
  const [isOpen, setOpen] = useState(false)
  const filter = wish.filters.find((one) => one.column === column.name) ?? null
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={272} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={20}
          className={`filterbutton${filter === null ? '' : ' on'}`}
          aria-label={`Filter ${column.name}`}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon of={filter === null ? IconFilter : IconFilterFilled} size={12} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <FilterForm
          column={column}
          filter={filter}
          onApply={(next) => {
            setFilter(column.name, next)
            setOpen(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function filterOfBar(column: string, { label, range }: ColumnBar): ColumnFilter {
  return range === undefined ? { is: 'oneOf', column, values: [label] } : { is: 'range', column, ...range }
}

/** Asked when the head comes into view: of hundreds of columns only those are read that somebody looks at. */
function useColumnProfile(column: string): ColumnProfile | null {
  const { source, name, revision } = useGrid()
  const { data } = useQuery({
    queryKey: ['profile', revision, source, column],
    queryFn: ({ signal }) =>
      runJob(`Profiling ${name}`, (options) => engine.profileTable({ ...source, columns: [column] }, options), signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.columns[0] ?? null
}

function summaryOf(profile: ColumnProfile, format: Formatter): string {
  const missing = profile.missing === 0 ? 'none missing' : `${format.count(profile.missing)} missing`
  const sum = profile.sum === null ? '' : `, sum ${format.cents(profile.sum)}`
  return `${profile.name}: ${format.count(profile.distinct)} distinct, ${missing}${sum}`
}
