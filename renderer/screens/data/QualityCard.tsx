import { Drawer, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconExclamationCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { Finding } from '../../../shared/description'
import { engine } from '../../engine'
import { Icon } from '../../ui/Icon'
import { useFormatter } from '../../ui/useFormatter'
import { PagedRows } from './PagedRows'

const shownAtFirst = 5

/** What is worth knowing about the data, worst first; nothing is changed because of it. */
export function QualityCard({ findings }: { readonly findings: readonly Finding[] }) {
  const [showsAll, setShowsAll] = useState(false)
  const ranked = [...findings].sort((one, other) => rank[other.severity] - rank[one.severity])
  const title =
    findings.length === 0
      ? 'Quality: nothing to report'
      : `Quality: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}, none removes a row`
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
      </div>
      <Drawer opened={showsAll} onClose={() => setShowsAll(false)} title={title} size={720}>
        <FindingList findings={ranked} isDetailed />
      </Drawer>
    </section>
  )
}

interface FindingListProps {
  readonly findings: readonly Finding[]
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

function FindingRow({ finding, isDetailed }: { readonly finding: Finding; readonly isDetailed: boolean }) {
  const format = useFormatter()
  const place = finding.column === null ? finding.table : `${finding.table}, ${finding.column}`
  const examples = finding.examples.slice(0, 4).join(', ')
  const [isOpen, setOpen] = useState(false)
  const { period, rows } = finding
  return (
    <li className="finding">
      <Icon of={icons[finding.severity]} size={14} className={tones[finding.severity]} />
      <Tooltip label={examples === '' ? place : `${place}: ${examples}`} disabled={isDetailed} multiline>
        <span className={isDetailed ? 'm' : 'ell'}>{finding.title}</span>
      </Tooltip>
      <span className="t2 r nw">
        {format.count(finding.count)} {finding.unit}
      </span>
      <span className="f12 t2 ell treatment" title={finding.treatment}>
        {finding.treatment}
      </span>
      {isDetailed && (
        <span className="findingdetail f11 t3">
          {place}
          {period && <span> · {period.from === period.to ? period.from : `${period.from} to ${period.to}`}</span>}
          {examples !== '' && <span className="mono"> · {examples}</span>}
          {rows && (
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

/** Several columns may have the same finding. */
const nameOf = ({ id, table, column }: Finding): (string | null)[] => [id, table, column]

const rank: Readonly<Record<Finding['severity'], number>> = { info: 0, warning: 1, serious: 2 }
const icons = { info: IconCheck, warning: IconAlertTriangle, serious: IconExclamationCircle } as const
const tones: Readonly<Record<Finding['severity'], string>> = { info: 'ok', warning: 'warn', serious: 'bad' }
