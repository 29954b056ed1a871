import { Button, Drawer, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconExclamationCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { countedUnit } from '../../../shared/countedUnit'
import type { Finding, FindingState } from '../../../shared/description'
import type { FindingAction } from '../../../shared/findingActions'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { changeProject } from '../../state/projectStore'
import { Icon } from '../../ui/Icon'
import { useFormatter } from '../../ui/useFormatter'
import { PagedRows } from './PagedRows'

const shownAtFirst = 5

/** What is worth knowing about the data, worst first; nothing is changed before the analyst decides so. */
export function QualityCard({ findings }: { readonly findings: readonly FindingState[] }) {
  const [showsAll, setShowsAll] = useState(false)
  const ranked = [...findings].sort((one, other) => placeOf(one) - placeOf(other))
  const decided = findings.filter(({ accepted }) => accepted !== null).length
  const title =
    findings.length === 0
      ? 'Quality: nothing to report'
      : `Quality: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}, ${decided === 0 ? 'none removes a row' : `${decided} decided`}`
  return (
    <section className="card qualitycard" aria-label="Quality">
      <div className="hd row">
        <h2>{title}</h2>
      </div>
      <FindingList findings={ranked.slice(0, shownAtFirst)} />
      <div className="row f11 t3 qualityfoot">
        <span>Nothing in your files is changed.</span>
        {ranked.length > shownAtFirst && (
          <button type="button" className="link end f12" onClick={() => setShowsAll(true)}>
            Show all {ranked.length}
          </button>
        )}
        {ranked.length > 0 && ranked.length <= shownAtFirst && (
          <button type="button" className="link end f12" onClick={() => setShowsAll(true)}>
            Decide
          </button>
        )}
      </div>
      <Drawer opened={showsAll} onClose={() => setShowsAll(false)} title={title} size={720}>
        <FindingList findings={ranked} isDetailed />
      </Drawer>
    </section>
  )
}

interface FindingListProps {
  readonly findings: readonly FindingState[]
  readonly isDetailed?: boolean
}

function FindingList({ findings, isDetailed = false }: FindingListProps) {
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <FindingRow key={nameOf(finding).join(' ')} finding={finding} isDetailed={isDetailed} />
      ))}
    </ul>
  )
}

function FindingRow({ finding, isDetailed }: { readonly finding: FindingState; readonly isDetailed: boolean }) {
  const format = useFormatter()
  const place = finding.column === null ? finding.table : `${finding.table}, ${finding.column}`
  const examples = finding.examples.slice(0, 4).join(', ')
  const [isOpen, setOpen] = useState(false)
  const { period, actions, accepted } = finding
  const hasRows = actions.includes('leaveOut')
  const status = accepted === null ? finding.treatment : decisions[accepted]
  return (
    <li className={accepted === null ? 'finding' : 'finding decided'}>
      <Icon
        of={accepted === null ? icons[finding.severity] : IconCheck}
        size={14}
        className={accepted === null ? tones[finding.severity] : 'ok'}
      />
      <Tooltip label={examples === '' ? place : `${place}: ${examples}`} disabled={isDetailed} multiline>
        <span className={isDetailed ? 'm' : 'ell'}>{finding.title}</span>
      </Tooltip>
      <span className="t2 r nw">{countedUnit(finding.count, finding.unit, format)}</span>
      <span className="f12 t2 ell treatment" title={status}>
        {status}
      </span>
      {isDetailed && (
        <span className="findingdetail f11 t3">
          {place}
          {period && <span> · {period.from === period.to ? period.from : `${period.from} to ${period.to}`}</span>}
          {examples !== '' && <span className="mono"> · {examples}</span>}
          {hasRows && (
            <button
              type="button"
              className="link findingrows"
              aria-expanded={isOpen}
              aria-label={`Rows of ${finding.title}, ${place}`}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? 'Close the rows' : 'Show the rows'}
            </button>
          )}
        </span>
      )}
      {isDetailed && <Decision finding={finding} place={place} />}
      {isOpen && (
        <div className="findingdetail">
          <PagedRows
            title={`Rows of ${finding.table}`}
            name={['finding', ...nameOf(finding)]}
            read={(request, options) =>
              engine.readFindingRows(
                { table: finding.table, id: finding.id, column: finding.column, ...request },
                options,
              )
            }
          />
        </div>
      )}
    </li>
  )
}

/** What can be done about a finding, or what was decided and how to take it back. */
function Decision({ finding, place }: { readonly finding: FindingState; readonly place: string }) {
  const { table, id, column, actions, accepted, fix, title } = finding
  const named = { table, id, column }
  const about = `${title}, ${place}`
  if (accepted !== null) {
    return (
      <span className="findingdetail row decision">
        <span className="f11 t3">
          {accepted === 'fix' && fix
            ? `Decided: ${fix.label.toLowerCase()}`
            : `Decided: ${decisions[accepted].toLowerCase()}`}
        </span>
        <button
          type="button"
          className="link f11"
          aria-label={`Take back: ${about}`}
          onClick={() =>
            forget(changeProject('Taking a decision back', (options) => engine.reopenFinding(named, options)))
          }
        >
          Take back
        </button>
      </span>
    )
  }
  return (
    <span className="findingdetail row decision">
      {actions.map((action, index) => (
        <Button
          key={action}
          size="compact-xs"
          variant={index === 0 && action !== 'keep' ? 'light' : 'default'}
          aria-label={`${labelOf(action, finding)}: ${about}`}
          onClick={() =>
            forget(
              changeProject(labelOf(action, finding), (options) => engine.acceptFinding({ ...named, action }, options)),
            )
          }
        >
          {labelOf(action, finding)}
        </Button>
      ))}
    </span>
  )
}

function labelOf(action: FindingAction, { fix }: Finding): string {
  return action === 'fix' && fix ? fix.label : offers[action]
}

const offers: Readonly<Record<FindingAction, string>> = {
  keep: 'Keep as it is',
  leaveOut: 'Leave the rows out',
  clear: 'Empty the cells',
  fix: 'Put right',
}
const decisions: Readonly<Record<FindingAction, string>> = {
  keep: 'Kept as it is',
  leaveOut: 'Rows left out',
  clear: 'Cells emptied',
  fix: 'Put right',
}

/** Several columns may have the same finding. */
const nameOf = ({ id, table, column }: Finding): (string | null)[] => [id, table, column]

/** Open ones first, the serious ones before the others. */
const placeOf = ({ severity, accepted }: FindingState): number => (accepted === null ? 0 : 3) + rank[severity]

const rank: Readonly<Record<Finding['severity'], number>> = { serious: 0, warning: 1, info: 2 }
const icons = { info: IconCheck, warning: IconAlertTriangle, serious: IconExclamationCircle } as const
const tones: Readonly<Record<Finding['severity'], string>> = { info: 'ok', warning: 'warn', serious: 'bad' }
