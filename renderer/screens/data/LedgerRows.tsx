import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Ledger, LedgerEntry } from '../../../shared/engineApi'
import { engine } from '../../engine'
import { useRevision } from '../../state/analyses'
import { ErrorNote } from '../../ui/ErrorNote'
import { PageTable } from '../../ui/PageTable'
import { Skeleton } from '../../ui/Skeleton'
import { toAppError } from '../../ui/toAppError'
import { useFormatter } from '../../ui/useFormatter'

const pageSize = 100

/** Every entry of the ledger; those that touch rows can be opened. */
export function LedgerRows({ ledger }: { readonly ledger: Ledger }) {
  const format = useFormatter()
  const [opened, setOpened] = useState<string | null>(null)
  const entry = ledger.entries.find(({ id }) => id === opened)
  return (
    <div className="col" style={{ gap: 12 }}>
      <table className="plaintable ledgertable">
        <thead>
          <tr>
            <th>Entry</th>
            <th className="r">Rows</th>
            <th>What happens</th>
            <th aria-label="Open" />
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className="m">{ledger.unit} in the files</td>
            <td className="r m">{format.count(ledger.rowsIn)}</td>
            <td className="t3">read</td>
            <td />
          </tr>
          {ledger.entries.map((one) => (
            <EntryRow key={one.id} entry={one} isOpen={one.id === opened} onOpen={() => setOpened(one.id)} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>used</td>
            <td className="r">{format.count(ledger.rowsUsed)}</td>
            <td />
            <td />
          </tr>
        </tfoot>
      </table>
      {entry !== undefined && <EntryRows key={entry.id} entry={entry} />}
    </div>
  )
}

interface EntryRowProps {
  readonly entry: LedgerEntry
  readonly isOpen: boolean
  readonly onOpen: () => void
}

function EntryRow({ entry, isOpen, onOpen }: EntryRowProps) {
  const format = useFormatter()
  return (
    <tr className={isOpen ? 'on' : ''}>
      <td style={{ whiteSpace: 'normal' }}>{entry.label}</td>
      <td className="r">{format.count(entry.rows)}</td>
      <td className="t3">{effects[entry.effect]}</td>
      <td className="r">
        {entry.openable && entry.rows > 0 && (
          <button type="button" className="link" onClick={onOpen} aria-label={`Open rows ${entry.label}`}>
            Open
          </button>
        )}
      </td>
    </tr>
  )
}

function EntryRows({ entry }: { readonly entry: LedgerEntry }) {
  const format = useFormatter()
  const revision = useRevision()
  const [offset, setOffset] = useState(0)
  const rows = useQuery({
    queryKey: ['ledgerRows', revision, entry.id, offset],
    queryFn: ({ signal }) => engine.readLedgerRows({ entry: entry.id, offset, limit: pageSize }, { signal }),
    placeholderData: (before) => before,
  })
  if (rows.error !== null) return <ErrorNote error={toAppError(rows.error)} />
  if (rows.data === undefined) return <Skeleton height={240} />
  const last = Math.min(offset + pageSize, rows.data.total)
  return (
    <div className="col" style={{ gap: 8 }}>
      <div className="row f12">
        <span className="m">Rows {entry.label}</span>
        <span className="end t3">
          {format.count(offset + 1)}–{format.count(last)} of {format.count(rows.data.total)}
        </span>
        <Button size="xs" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - pageSize))}>
          Previous
        </Button>
        <Button size="xs" disabled={last >= rows.data.total} onClick={() => setOffset(offset + pageSize)}>
          Next
        </Button>
      </div>
      <PageTable page={rows.data} />
    </div>
  )
}

const effects: Readonly<Record<LedgerEntry['effect'], string>> = {
  removed: 'left out',
  changed: 'changed',
  noted: 'kept, noted',
}
