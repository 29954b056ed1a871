import { Button, Drawer } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import type { Ledger } from '../../../shared/engineApi'
import { Icon } from '../../ui/Icon'
import { useFormatter } from '../../ui/useFormatter'
import { LedgerRows } from './LedgerRows'

/** Rows read, rows lost and why, rows used: on one line. */
export function LedgerLine({ ledger }: { readonly ledger: Ledger }) {
  const format = useFormatter()
  const [isOpen, setOpen] = useState(false)
  const removed = ledger.entries.filter(({ effect }) => effect === 'removed')
  return (
    <section className="card ledger" aria-label="Ledger">
      <span className="row">
        {ledger.balances ? <Icon of={IconCheck} className="ok" /> : <Icon of={IconAlertTriangle} className="bad" />}
        <b className="b nw">{ledger.balances ? 'The ledger balances.' : 'The ledger does not balance.'}</b>
      </span>
      <span className="ledgersum">
        <Amount value={format.count(ledger.rowsIn)} label={`${ledger.unit} in`} />
        {removed.map((entry) => (
          <Fragment key={entry.id}>
            <span className="t3">−</span>
            <Amount value={format.count(entry.rows)} label={entry.label} />
          </Fragment>
        ))}
        <span className="t3">=</span>
        <Amount value={format.count(ledger.rowsUsed)} label="used" />
        <Gross ledger={ledger} />
      </span>
      <Button size="xs" variant="subtle" onClick={() => setOpen(true)}>
        Open row by row
      </Button>
      <Drawer opened={isOpen} onClose={() => setOpen(false)} title="The ledger, row by row" size={720}>
        <LedgerRows ledger={ledger} />
      </Drawer>
    </section>
  )
}

function Amount({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <span className="nw">
      <b className="b">{value}</b> <span className="t3">{label}</span>
    </span>
  )
}

function Gross({ ledger }: { readonly ledger: Ledger }) {
  const format = useFormatter()
  if (ledger.grossIn === null || ledger.grossOut === null) return null
  const isSame = Math.abs(ledger.grossIn - ledger.grossOut) < 0.005
  return (
    <>
      <span className="t3">·</span>
      <span className="nw">
        <span className="t3">gross</span> <b className="b">{format.cents(ledger.grossIn)}</b>{' '}
        <span className="t3">{isSame ? 'in and out' : `in, ${format.cents(ledger.grossOut)} out`}</span>
      </span>
    </>
  )
}
