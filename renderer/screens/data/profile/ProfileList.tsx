import { Button } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconInfoCircle } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { ColumnDetail } from '../../../../shared/tableAnswers'
import type { ColumnFilter } from '../../../../shared/tableView'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { ErrorNote } from '../../../ui/ErrorNote'
import { Icon } from '../../../ui/Icon'
import { toAppError } from '../../../ui/toAppError'
import { useFormatter } from '../../../ui/useFormatter'
import { Distribution } from '../grid/Distribution'
import type { GridColumn, GridSource } from '../grid/gridState'
import { ColumnFigures } from './ColumnFigures'

const pageSize = 40
/** Columns that are worked out at a time: the first ones show while the rest follow. */
const atATime = 3

interface ProfileListProps {
  readonly grid: GridSource
  readonly onFilter: (filter: ColumnFilter) => void
}

/** One line a column; a click opens its figures. */
export function ProfileList({ grid, onFilter }: ProfileListProps) {
  const format = useFormatter()
  const [count, setCount] = useState(pageSize)
  const [opened, setOpened] = useState<string | null>(null)
  const columns = grid.columns.slice(0, count)
  const [started, setStarted] = useState(atATime)
  const details = useQueries({
    queries: columns.map((column, index) => ({
      queryKey: ['columnDetail', grid.revision, grid.source, column.name],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        try {
          return await runJob(
            `Profiling ${grid.name}`,
            (options) => engine.profileColumn({ ...grid.source, column: column.name }, options),
            signal,
          )
        } finally {
          setStarted((before) => Math.max(before, index + 1 + atATime))
        }
      },
      enabled: index < started,
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  return (
    <div className="profilelist">
      {columns.map((column, index) => (
        <ProfileLine
          key={column.name}
          column={column}
          detail={details[index]?.data ?? null}
          error={details[index]?.error ?? null}
          isOpen={opened === column.name}
          onToggle={() => setOpened(opened === column.name ? null : column.name)}
          onFilter={onFilter}
        />
      ))}
      {grid.columns.length > count && (
        <Button onClick={() => setCount(count + pageSize)}>
          Show the next {format.count(Math.min(pageSize, grid.columns.length - count))} of{' '}
          {format.count(grid.columns.length)} columns
        </Button>
      )}
    </div>
  )
}

interface ProfileLineProps {
  readonly column: GridColumn
  readonly detail: ColumnDetail | null
  readonly error: Error | null
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onFilter: (filter: ColumnFilter) => void
}

function ProfileLine({ column, detail, error, isOpen, onToggle, onFilter }: ProfileLineProps) {
  const format = useFormatter()
  const warning = detail?.alerts.find(({ severity }) => severity === 'warning')
  const alert = warning ?? detail?.alerts[0]
  return (
    <div className={`profileitem${isOpen ? ' open' : ''}`}>
      <button type="button" className="bare profileline" aria-expanded={isOpen} onClick={onToggle}>
        <Icon of={isOpen ? IconChevronDown : IconChevronRight} size={12} />
        <span className="col">
          <span className="m ell" title={column.name}>
            {column.name}
          </span>
          <span className="f11 t3">{column.type}</span>
        </span>
        <span className="profileshape f11 t3">
          {detail === null ? (
            <span className="skeleton shapewait" />
          ) : (
            <Distribution profile={detail} format={format} width={96} height={22} />
          )}
        </span>
        <span className="f12 t2 r tnum">{detail === null ? '' : missingText(detail, format.percent)}</span>
        <span className="f12 ell">
          {alert !== undefined && (
            <span className={`row alertword ${warning === undefined ? 't3' : 'warn'}`} title={alert.text}>
              <Icon of={warning === undefined ? IconInfoCircle : IconAlertTriangle} size={12} />
              <span className="ell">{alertWords[alert.kind]}</span>
            </span>
          )}
        </span>
      </button>
      {error !== null && <ErrorNote error={toAppError(error)} />}
      {isOpen && detail !== null && <ColumnFigures detail={detail} onFilter={onFilter} />}
    </div>
  )
}

function missingText({ missing, rows }: ColumnDetail, percent: (share: number) => string): string {
  if (missing === 0) return 'none missing'
  const share = missing / rows
  return `${share < 0.001 ? `<${percent(0.001)}` : percent(share)} missing`
}

const alertWords: Readonly<Record<ColumnDetail['alerts'][number]['kind'], string>> = {
  empty: 'empty',
  missing: 'many missing',
  constant: 'constant',
  dominant: 'one value',
  unique: 'nearly unique',
  outliers: 'outliers',
  skew: 'lopsided',
  blank: 'blank texts',
}
