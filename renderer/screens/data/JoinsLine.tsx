import { Button, Drawer } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { JoinReport } from '../../../shared/joins'
import { engine } from '../../engine'
import { useRevision } from '../../state/analyses'
import { runJob } from '../../state/jobStore'
import { Icon } from '../../ui/Icon'
import { useFormatter } from '../../ui/useFormatter'
import { JoinDetails } from './JoinDetails'
import { joinName, matchedShare } from './joinWords'

const shownAtMost = 3

const weight = ({ state, left }: JoinReport): number => (state === 'joined' ? 1 : 0) + (left.view === 'orders' ? 0 : 2)

/** How the tables fit together, on one line; every join can be opened. */
export function JoinsLine({ tables }: { readonly tables: number }) {
  const revision = useRevision()
  const [isOpen, setOpen] = useState(false)
  const joins = useQuery({
    queryKey: ['joins', revision],
    queryFn: ({ signal }) => runJob('Checking the joins', (options) => engine.listJoins(null, options), signal),
    enabled: tables > 1,
    placeholderData: (before) => before,
  })
  const found = tables > 1 ? (joins.data ?? []) : []
  if (found.length === 0) return null
  const doubtful = found.filter(({ state }) => state !== 'joined')
  // What touches revenue comes first; a longer line would not be read.
  const shown = [...found].sort((one, other) => weight(one) - weight(other)).slice(0, shownAtMost)
  return (
    <section className="card ledger" aria-label="Joins">
      <span className="row">
        {doubtful.length === 0 ? (
          <Icon of={IconCheck} className="ok" />
        ) : (
          <Icon of={IconAlertTriangle} className="warn" />
        )}
        <b className="b nw">{titleOf(found.length, doubtful.length)}</b>
      </span>
      <span className="ledgersum">
        {shown.map((join) => (
          <JoinShare key={join.id} join={join} />
        ))}
        {found.length > shown.length && <span className="t3 nw">and {found.length - shown.length} more</span>}
      </span>
      <Button size="xs" variant="subtle" onClick={() => setOpen(true)}>
        Open the keys
      </Button>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="How the tables fit together"
        size={720}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className="col" style={{ gap: 20 }}>
          {found.map((join) => (
            <JoinDetails key={join.id} join={join} />
          ))}
        </div>
      </Drawer>
    </section>
  )
}

function JoinShare({ join }: { readonly join: JoinReport }) {
  const format = useFormatter()
  return (
    <span className="nw">
      <span className="t3">{joinName(join)}</span> <b className="b">{format.percent(matchedShare(join.rows))}</b>
    </span>
  )
}

function titleOf(count: number, doubtful: number): string {
  if (doubtful > 0) return `${doubtful} of ${count} ${count === 1 ? 'join needs' : 'joins need'} a look.`
  return count === 1 ? 'The join multiplies no row.' : `None of ${count} joins multiplies a row.`
}
