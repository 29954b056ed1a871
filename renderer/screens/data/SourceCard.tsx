import { Menu } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconFileText } from '@tabler/icons-react'
import type { SourceState } from '../../../shared/engineApi'
import { type TableKind, tableKinds } from '../../../shared/roles'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { changeProject } from '../../state/projectStore'
import { Icon } from '../../ui/Icon'
import { useFormatter } from '../../ui/useFormatter'
import { missingRoles, rolesAs, roleTags } from './sourceRoles'

interface SourceCardProps {
  readonly source: SourceState
  readonly isBusy: boolean
  readonly onEdit: () => void
}

export function SourceCard({ source, isBusy, onEdit }: SourceCardProps) {
  const format = useFormatter()
  const tags = roleTags(source)
  const missing = missingRoles(source.kind, source.roles)
  const tone = source.confidence >= 0.9 ? 'var(--ok)' : source.confidence >= 0.6 ? 'var(--warn)' : 'var(--bad)'
  return (
    <section className="card sourcecard" aria-label={source.fileName}>
      <button type="button" className="bare row sourcename" onClick={onEdit} aria-label={`Roles of ${source.name}`}>
        <Icon of={IconFileText} className="t3" />
        <span className="m ell" title={source.path}>
          {source.fileName}
        </span>
      </button>
      <div className="row wrap" style={{ marginTop: 4, gap: '2px 6px' }}>
        <KindMenu source={source} isBusy={isBusy} onEdit={onEdit} />
        <span className="end f12 t2 nw tnum sourcesize">
          {format.count(source.rows)} × {source.columns.length}
        </span>
      </div>
      <button type="button" className="bare roletags" onClick={onEdit} aria-label={`Edit roles of ${source.name}`}>
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
        {tags.length === 0 && <span className="f11 t3">no roles yet</span>}
      </button>
      {source.kind !== 'other' && (
        <div className="row f11" style={{ marginTop: 5, gap: 8 }} title={source.reason}>
          <div className="bar" style={{ width: 40 }}>
            <i style={{ width: `${source.confidence * 100}%`, background: tone }} />
          </div>
          <span className="t2">{Math.round(source.confidence * 100)}% sure</span>
        </div>
      )}
      <SourceFacts source={source} missing={missing} />
    </section>
  )
}

function SourceFacts({ source, missing }: { readonly source: SourceState; readonly missing: readonly string[] }) {
  const format = useFormatter()
  const problem =
    source.problem === 'moved'
      ? 'The file is not where it was'
      : source.problem === 'changed'
        ? 'The file has changed since it was read'
        : missing.length > 0
          ? `Needs ${missing.join(' and ')}`
          : null
  if (problem === null) {
    const { parts } = source
    const facts = source.reading.join(' · ')
    const told = [
      ...parts.map((part) => `${part.fileName}: ${format.count(part.rows)} rows`),
      ...(source.readAt === null ? [] : [`Read on ${format.date(source.readAt.slice(0, 10))}`]),
    ]
    return (
      <div className="f11 t3 ell" title={[facts, ...told].join('\n')}>
        {facts}
      </div>
    )
  }
  return (
    <div className="f11 warn row" style={{ gap: 4 }}>
      <Icon of={IconAlertTriangle} size={12} />
      <span className="ell" title={source.problemNote ?? problem}>
        {problem}
      </span>
      {source.problem !== null && (
        <button type="button" className="link f11 nw" onClick={() => forget(readAgain(source))}>
          {source.problem === 'moved' ? 'Find it…' : 'Read again'}
        </button>
      )}
    </div>
  )
}

/** The recipe runs again on the file as it is now, or on the one that is pointed at. */
async function readAgain(source: SourceState): Promise<void> {
  const paths = source.problem === 'moved' ? await window.casebook.chooseFiles() : []
  if (source.problem === 'moved' && paths.length === 0) return
  await changeProject(`Reading ${source.name} again`, async (options) => {
    const { state } = await engine.replay({ sources: paths.length === 0 ? {} : { [source.name]: [...paths] } }, options)
    return state
  })
}

interface KindMenuProps {
  readonly source: SourceState
  readonly isBusy: boolean
  readonly onEdit: () => void
}

/** Another kind takes the roles that were recognised for it; where none were, the roles are asked for. */
function KindMenu({ source, isBusy, onEdit }: KindMenuProps) {
  const change = async (kind: TableKind): Promise<void> => {
    const done = await changeProject(`Reading ${source.name} as ${tableKinds[kind].toLowerCase()}`, (options) =>
      engine.mapRoles({ source: source.name, kind, roles: rolesAs(source, kind) }, options),
    )
    if (!done || missingRoles(kind, rolesAs(source, kind)).length > 0) onEdit()
  }
  return (
    <Menu position="bottom-start" width={190}>
      <Menu.Target>
        <button type="button" className="chip acc" disabled={isBusy} aria-label={`Kind: ${tableKinds[source.kind]}`}>
          {tableKinds[source.kind]}
          <Icon of={IconChevronDown} size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{source.fileName} holds</Menu.Label>
        {kinds.map(([kind, label]) => (
          <Menu.Item key={kind} disabled={kind === source.kind} onClick={() => forget(change(kind))}>
            {label}
            {source.alternatives.some((other) => other.kind === kind) && <span className="f11 t3"> · likely</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const kinds = Object.entries(tableKinds) as [TableKind, string][]
