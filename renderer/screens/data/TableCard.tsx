import './tables.css'
import { Button, CloseButton, Select, Tabs, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useState } from 'react'
import type { SourceState } from '../../../shared/engineApi'
import type { AppError } from '../../../shared/errors'
import { engine } from '../../engine'
import { useRevision } from '../../state/analyses'
import { runJob } from '../../state/jobStore'
import { ErrorNote } from '../../ui/ErrorNote'
import { Icon } from '../../ui/Icon'
import { Skeleton } from '../../ui/Skeleton'
import { toAppError } from '../../ui/toAppError'
import { useFormatter } from '../../ui/useFormatter'
import type { GridFilter } from './TableGrid'

// The grid is a large library; the page shows without it.
const TableGrid = lazy(async () => ({ default: (await import('./TableGrid')).TableGrid }))

/** The tables themselves: tabs, find, sort, and how each column is distributed. */
export function TableCard({ sources }: { readonly sources: readonly SourceState[] }) {
  const [wished, setWished] = useState<string | null>(null)
  const source =
    sources.find(({ name }) => name === wished) ?? sources.find(({ kind }) => kind === 'orders') ?? sources[0]
  if (source === undefined) return null
  return (
    <section className="card tablecard grow" aria-label="Tables">
      <TableView
        key={source.name}
        source={source}
        tabs={
          <Tabs
            value={source.name}
            onChange={setWished}
            classNames={{ root: 'tabletabs', list: 'tablelist', tab: 'tabletab' }}
          >
            <Tabs.List>
              {sources.map(({ name }) => (
                <Tabs.Tab key={name} value={name}>
                  {name}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
        }
      />
    </section>
  )
}

interface TableViewProps {
  readonly source: SourceState
  readonly tabs: React.ReactNode
}

function TableView({ source, tabs }: TableViewProps) {
  const format = useFormatter()
  const revision = useRevision()
  const [isFinding, setFinding] = useState(false)
  const [column, setColumn] = useState(source.columns[0]?.name ?? '')
  const [text, setText] = useState('')
  const [needle] = useDebouncedValue(text.trim(), 250)
  const [error, setError] = useState<AppError | null>(null)
  const fail = useCallback((thrown: unknown) => {
    const shown = toAppError(thrown)
    if (shown.code !== 'cancelled') setError(shown)
  }, [])
  const [matches, setMatches] = useState<number | null>(null)
  const filter: GridFilter | null = isFinding && needle !== '' && column !== '' ? { column, contains: needle } : null
  const profile = useQuery({
    queryKey: ['profile', revision, source.name],
    queryFn: ({ signal }) =>
      runJob(`Profiling ${source.name}`, (options) => engine.profileTable({ table: source.name }, options), signal),
  })
  const rows =
    filter === null || matches === null
      ? `${format.count(source.rows)} rows, ${source.columns.length} columns`
      : `${format.count(matches)} of ${format.count(source.rows)} rows`
  return (
    <>
      <div className="tablebar">
        {tabs}
        <span className="end f12 t3 nw">{rows}</span>
        {isFinding ? (
          <FindBar
            columns={source.columns.map(({ name }) => name)}
            column={column}
            text={text}
            onColumn={setColumn}
            onText={setText}
            onClose={() => setFinding(false)}
          />
        ) : (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<Icon of={IconSearch} size={14} />}
            onClick={() => setFinding(true)}
          >
            Find
          </Button>
        )}
      </div>
      {error !== null && (
        <div className="tableerror">
          <ErrorNote error={error} onDismiss={() => setError(null)} />
        </div>
      )}
      <Suspense fallback={<GridPlaceholder />}>
        <TableGrid
          source={source}
          profile={profile.data ?? null}
          filter={filter}
          revision={revision}
          onTotal={setMatches}
          onFail={fail}
        />
      </Suspense>
    </>
  )
}

interface FindBarProps {
  readonly columns: readonly string[]
  readonly column: string
  readonly text: string
  readonly onColumn: (column: string) => void
  readonly onText: (text: string) => void
  readonly onClose: () => void
}

function FindBar({ columns, column, text, onColumn, onText, onClose }: FindBarProps) {
  return (
    <div className="row findbar">
      <Select
        aria-label="Column to search"
        data={[...columns]}
        value={column}
        allowDeselect={false}
        searchable
        onChange={(value) => onColumn(value ?? column)}
      />
      <TextInput
        aria-label="Contains"
        placeholder="contains…"
        value={text}
        data-autofocus
        autoFocus
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
        }}
      />
      <CloseButton size="sm" aria-label="Stop finding" onClick={onClose} />
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
