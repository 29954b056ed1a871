import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Amounts, JoinReport, KeyList, UnmatchedKeys } from '../../../shared/joins'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { useRevision } from '../../state/analyses'
import { changeProject, useProject } from '../../state/projectStore'
import { ErrorNote } from '../../ui/ErrorNote'
import { PageTable } from '../../ui/PageTable'
import { Skeleton } from '../../ui/Skeleton'
import { toAppError } from '../../ui/toAppError'
import { useFormatter } from '../../ui/useFormatter'
import { matchedShare } from './joinWords'

const pageSize = 100

/** One join: its keys, what matches, what does not, and the same rows and revenue before and after. */
export function JoinDetails({ join }: { readonly join: JoinReport }) {
  const format = useFormatter()
  const [list, setList] = useState<KeyList | null>(null)
  const lists: readonly (readonly [KeyList, string, UnmatchedKeys])[] = [
    ['left', `Keys only in ${join.left.label.toLowerCase()}`, join.unmatchedLeft],
    ['right', `Keys only in ${join.right.label.toLowerCase()}`, join.unmatchedRight],
    ['repeated', `Keys in several rows of ${join.right.label.toLowerCase()}`, join.repeated],
  ]
  return (
    <section className="col joindetails" aria-label={`${join.left.label} and ${join.right.label}`}>
      <h3>
        {join.left.label} and {join.right.label.toLowerCase()}, by {join.key}
      </h3>
      <span className="f11 t3 mono">
        {join.left.columns.join(', ')} = {join.right.columns.join(', ')}
      </span>
      <span className={`f12 ${join.state === 'joined' ? 't2' : 'warn'}`}>{join.treatment}</span>
      <table className="plaintable ledgertable">
        <tbody>
          <Fact label="Keys that match" value={shareText(join.keys, format)} />
          <Fact label="Rows that match" value={shareText(join.rows, format)} />
          {join.withoutKey > 0 && <Fact label="Rows without a key" value={format.count(join.withoutKey)} />}
          {lists
            .filter(([, , keys]) => keys.keys > 0)
            .map(([name, label, keys]) => (
              <tr key={name} className={list === name ? 'on' : ''}>
                <td>{label}</td>
                <td className="r">{format.count(keys.keys)}</td>
                <td className="t3 joinexamples">{keys.examples.slice(0, 3).join(', ')}</td>
                <td className="r">
                  <button
                    type="button"
                    className="link"
                    aria-label={`List: ${label}`}
                    onClick={() => setList(list === name ? null : name)}
                  >
                    {list === name ? 'Close' : 'List'}
                  </button>
                </td>
              </tr>
            ))}
          <Fact label="Before" value={amountsText(join.before, format)} />
          <Fact label="After" value={amountsText(join.after, format)} />
          {join.mustBeUnique && join.unchecked.rows !== join.before.rows && (
            <Fact label="Without the check" value={amountsText(join.unchecked, format)} />
          )}
        </tbody>
      </table>
      {join.choice !== null && <span className="f12 t2">The choice above decides what happens to repeated keys.</span>}
      <Repair join={join} />
      {list !== null && <Keys key={list} join={join.id} list={list} />}
    </section>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <tr>
      <td>{label}</td>
      <td className="r" colSpan={3}>
        {value}
      </td>
    </tr>
  )
}

/** Keys that differ only in their spelling can be written alike: formula columns take over the roles. */
function Repair({ join }: { readonly join: JoinReport }) {
  const format = useFormatter()
  const isChanging = useProject((state) => state.isChanging)
  const { repair } = join
  if (repair === null) return null
  return (
    <div className="row f12">
      <span className="grow">
        {repair.reason}. Written alike, {format.count(repair.keys)} more{' '}
        {repair.keys === 1 ? 'key matches' : 'keys match'}.
      </span>
      <Button
        size="xs"
        loading={isChanging}
        onClick={() =>
          forget(changeProject('Writing keys alike', (options) => engine.repairJoin({ join: join.id }, options)))
        }
      >
        Write the keys alike
      </Button>
    </div>
  )
}

function Keys({ join, list }: { readonly join: string; readonly list: KeyList }) {
  const format = useFormatter()
  const revision = useRevision()
  const [offset, setOffset] = useState(0)
  const keys = useQuery({
    queryKey: ['joinKeys', revision, join, list, offset],
    queryFn: ({ signal }) => engine.readJoinKeys({ join, list, offset, limit: pageSize }, { signal }),
    placeholderData: (before) => before,
  })
  if (keys.error !== null) return <ErrorNote error={toAppError(keys.error)} />
  if (keys.data === undefined) return <Skeleton height={160} />
  const last = Math.min(offset + pageSize, keys.data.total)
  return (
    <div className="col" style={{ gap: 8 }}>
      <div className="row f12">
        <span className="end t3">
          {format.count(offset + 1)}–{format.count(last)} of {format.count(keys.data.total)}
        </span>
        <Button size="xs" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - pageSize))}>
          Previous
        </Button>
        <Button size="xs" disabled={last >= keys.data.total} onClick={() => setOffset(offset + pageSize)}>
          Next
        </Button>
      </div>
      <PageTable page={keys.data} />
    </div>
  )
}

type Format = ReturnType<typeof useFormatter>

function shareText(share: JoinReport['keys'], format: Format): string {
  return `${format.count(share.matched)} of ${format.count(share.total)}, ${format.percent(matchedShare(share))}`
}

function amountsText({ rows, revenue }: Amounts, format: Format): string {
  return `${format.count(rows)} rows${revenue === null ? '' : `, gross ${format.cents(revenue)}`}`
}
