import { ActionIcon, Menu, Tabs } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconDots, IconSql } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import type { SourceState } from '../../../shared/engineApi'
import { rolesOf } from '../../../shared/roles'
import type { SavedView } from '../../../shared/tableAnswers'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { useRevision } from '../../state/analyses'
import { changeProject } from '../../state/projectStore'
import { openScratch } from '../../state/scratchStore'
import { Icon } from '../../ui/Icon'
import { GridView } from './grid/GridView'
import type { GridSource } from './grid/gridState'

interface TableCardProps {
  readonly sources: readonly SourceState[]
  readonly views: readonly SavedView[]
}

/** The tables themselves, and the views somebody saved over them. */
export function TableCard({ sources, views }: TableCardProps) {
  const [wished, setWished] = useState<string | null>(null)
  const revision = useRevision()
  const source = sources.find(({ name }) => name === wished)
  const view = views.find(({ name }) => name === wished)
  const first = sources.find(({ kind }) => kind === 'orders') ?? sources[0]
  const shown = source ?? view ?? first
  // Of many tabs the chosen one may stand out of sight.
  const { ref: tabs, width } = useElementSize<HTMLDivElement>()
  const chosen = shown?.name
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands beside the tabs makes them narrower
  useEffect(() => {
    const tab = document.querySelector('.tablecard .tabletab[data-active]')
    if (chosen !== undefined) tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [chosen, width])
  const grid = useMemo(() => (shown === undefined ? null : gridOf(shown, revision)), [shown, revision])
  if (shown === undefined || grid === null) return null
  return (
    <section
      className={`card tablecard grow${sources.length + views.length > 5 ? ' manytables' : ''}`}
      aria-label="Tables"
    >
      <GridView
        key={shown.name}
        grid={grid}
        rows={'rows' in shown ? shown.rows : null}
        tools={view === undefined ? null : <ViewMenu view={view} />}
        title={
          <Tabs
            value={shown.name}
            onChange={setWished}
            ref={tabs}
            classNames={{ root: 'tabletabs', list: 'tablelist', tab: 'tabletab' }}
          >
            <Tabs.List>
              {sources.map(({ name }) => (
                <Tabs.Tab key={name} value={name}>
                  {name}
                </Tabs.Tab>
              ))}
              {views.map(({ name }) => (
                <Tabs.Tab key={name} value={name} leftSection={<Icon of={IconSql} size={14} />}>
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

/** What can be done with a view as such. */
function ViewMenu({ view }: { readonly view: SavedView }) {
  const remove = (): void =>
    forget(changeProject(`Removing ${view.name}`, (options) => engine.removeView({ name: view.name }, options)))
  return (
    <Menu position="bottom-end" width={176}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={`View ${view.name}`}>
          <Icon of={IconDots} size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => openScratch(view)}>Edit its SQL</Menu.Item>
        <Menu.Item onClick={remove}>Remove view</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function gridOf(shown: SourceState | SavedView, revision: string): GridSource {
  const columns = shown.columns.map((column) => ({
    name: column.name,
    type: column.type,
    role: 'kind' in shown && 'role' in column ? roleLabel(shown, column.role) : '',
  }))
  return { source: { table: shown.name }, name: shown.name, columns, revision }
}

function roleLabel(source: SourceState, role: string | null): string {
  if (role === null) return ''
  return (rolesOf[source.kind].find(({ name }) => name === role)?.label ?? role).toLowerCase()
}
