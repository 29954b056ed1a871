import { useState } from 'react'
import type { Ledger, LedgerEntry } from '../../../shared/engineApi'
import { engine } from '../../engine'
import { useFormatter } from '../../ui/useFormatter'
import { PagedRows } from './PagedRows'

/** Every entry of the ledger; those that touch rows can be opened. */
export function LedgerRows({ ledger }: { readonly ledger: Ledger }) {
  const format = useFormatter()
  const [opened, setOpened] = useState<string | null>(null)
  const hasMoney = ledger.grossIn !== null
  const entry = ledger.entries.find(({ id }) => id === opened)
  return (
    <div className="col" style={{ gap: 12 }}>
      <table className="plaintable ledgertable">
        <thead>
          <tr>
            <th>Entry</th>
            <th className="r">Rows</th>
            {hasMoney && <th className="r">Gross</th>}
            <th>What happens</th>
            <th aria-label="Open" />
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className="m">{ledger.unit} in the files</td>
            <td className="r m">{format.count(ledger.rowsIn)}</td>
            {hasMoney && <td className="r m">{format.cents(ledger.grossIn ?? 0)}</td>}
            <td className="t3">read</td>
            <td />
          </tr>
          {ledger.entries.map((one) => (
            <EntryRow
              key={one.id}
              entry={one}
              hasMoney={hasMoney}
              isOpen={one.id === opened}
              onOpen={() => setOpened(one.id)}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>used</td>
            <td className="r">{format.count(ledger.rowsUsed)}</td>
            {hasMoney && <td className="r">{format.cents(ledger.grossOut ?? 0)}</td>}
            <td />
            <td />
          </tr>
        </tfoot>
      </table>
      {entry !== undefined && (
        <PagedRows
          key={entry.id}
          title={`Rows ${entry.label}`}
          name={['ledger', entry.id]}
          read={(place, options) => engine.readLedgerRows({ entry: entry.id, ...place }, options)}
        />
      )}
    </div>
  )
}

interface EntryRowProps {
  readonly entry: LedgerEntry
  readonly hasMoney: boolean
  readonly isOpen: boolean
  readonly onOpen: () => void
}

function EntryRow({ entry, hasMoney, isOpen, onOpen }: EntryRowProps) {
  const format = useFormatter()
  return (
    <tr className={isOpen ? 'on' : ''}>
      <td style={{ whiteSpace: 'normal' }}>{entry.label}</td>
      <td className="r">{format.count(entry.rows)}</td>
      {hasMoney && <td className="r">{entry.gross === null || entry.gross === 0 ? '' : format.cents(entry.gross)}</td>}
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

const effects: Readonly<Record<LedgerEntry['effect'], string>> = {
  removed: 'left out',
  changed: 'changed',
  noted: 'kept, noted',
}
