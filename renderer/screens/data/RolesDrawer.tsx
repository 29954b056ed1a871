import { Button, Drawer, MultiSelect, Select, Tabs, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SourceState } from '../../../shared/engineApi'
import { type Role, rolesOf, type TableKind, tableKinds } from '../../../shared/roles'
import type { Page } from '../../../shared/tableAnswers'
import { engine } from '../../engine'
import { forget } from '../../frame/listenToShell'
import { changeProject, useProject } from '../../state/projectStore'
import { LayoutForm } from './LayoutForm'
import { ReadingForm } from './ReadingForm'
import { columnsOf, missingRoles, type RoleMap, rolesAs, toInput } from './sourceRoles'

interface RolesDrawerProps {
  readonly source: SourceState | null
  readonly onClose: () => void
}

/** Each role and the column that plays it, with a few of its values; and how the file is cut and its columns are read. */
export function RolesDrawer({ source, onClose }: RolesDrawerProps) {
  return (
    <Drawer
      opened={source !== null}
      onClose={onClose}
      title={source === null ? '' : `What ${source.fileName} holds`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {source !== null && (
        <Tabs key={source.name} defaultValue="roles" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="roles">Roles</Tabs.Tab>
            <Tabs.Tab value="reading">How it is read</Tabs.Tab>
            {source.layout !== null && <Tabs.Tab value="layout">How it is cut</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="roles" pt={12}>
            <RolesForm source={source} onClose={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="reading" pt={12}>
            <ReadingForm source={source} onClose={onClose} />
          </Tabs.Panel>
          {source.layout !== null && (
            <Tabs.Panel value="layout" pt={12}>
              <LayoutForm source={source} layout={source.layout} onClose={onClose} />
            </Tabs.Panel>
          )}
        </Tabs>
      )}
    </Drawer>
  )
}

function RolesForm({ source, onClose }: { readonly source: SourceState; readonly onClose: () => void }) {
  const [kind, setKind] = useState<TableKind>(source.kind)
  const [roles, setRoles] = useState<RoleMap>(source.roles)
  const isChanging = useProject((state) => state.isChanging)
  const first = useQuery({
    queryKey: ['samples', source.path, source.name],
    queryFn: ({ signal }) => engine.readPage({ table: source.name, offset: 0, limit: 3 }, { signal }),
  })
  const missing = missingRoles(kind, roles)
  const save = async (): Promise<void> => {
    const done = await changeProject(`Reading ${source.name} again`, (options) =>
      engine.mapRoles({ source: source.name, kind, roles: toInput(roles) }, options),
    )
    if (done) onClose()
  }
  return (
    <div className="drawerform">
      <div className="col" style={{ gap: 12 }}>
        <Select
          label="Kind"
          description={source.reason}
          data={kindOptions}
          value={kind}
          allowDeselect={false}
          onChange={(value) => {
            const next = kindOptions.find((option) => option.value === value)?.value ?? kind
            setKind(next)
            setRoles(rolesAs(source, next))
          }}
        />
        {rolesOf[kind].length === 0 && (
          <p className="f12 t3">A table of this kind is kept as it is; no role views are built from it.</p>
        )}
        {rolesOf[kind].map((role) => (
          <RoleField
            key={role.name}
            role={role}
            source={source}
            chosen={columnsOf(roles[role.name])}
            first={first.data}
            onChange={(columns) => setRoles({ ...roles, [role.name]: columns })}
          />
        ))}
      </div>
      <div className="drawerfoot">
        <RemoveButton source={source} onClose={onClose} />
        <span className="f12 warn grow">{missing.length > 0 ? `Needs ${missing.join(' and ')}` : ''}</span>
        <Button onClick={onClose}>Close</Button>
        <Button variant="filled" disabled={missing.length > 0} loading={isChanging} onClick={() => forget(save())}>
          Use these roles
        </Button>
      </div>
    </div>
  )
}

function RemoveButton({ source, onClose }: { readonly source: SourceState; readonly onClose: () => void }) {
  const isOnly = useProject((state) => (state.project?.sources.length ?? 0) < 2)
  const remove = async (): Promise<void> => {
    const done = await changeProject(`Removing ${source.name}`, (options) =>
      engine.removeSource({ name: source.name }, options),
    )
    if (done) onClose()
  }
  return (
    <Tooltip label={isOnly ? 'A project needs at least one table' : 'Leaves the project; the file stays as it is'}>
      <Button variant="subtle" disabled={isOnly} onClick={() => forget(remove())}>
        Remove
      </Button>
    </Tooltip>
  )
}

interface RoleFieldProps {
  readonly role: Role
  readonly source: SourceState
  readonly chosen: readonly string[]
  readonly first: Page | undefined
  readonly onChange: (columns: string | readonly string[]) => void
}

function RoleField({ role, source, chosen, first, onChange }: RoleFieldProps) {
  const label = role.required ? `${role.label} *` : role.label
  const data = source.columns.map(({ name }) => name)
  const samples = chosen.map((column) => samplesOf(first, column)).filter((text) => text !== '')
  return (
    <div>
      {role.many === true ? (
        <MultiSelect
          label={label}
          data={data}
          value={[...chosen]}
          placeholder={chosen.length === 0 ? 'no column' : ''}
          onChange={onChange}
          clearable
        />
      ) : (
        <Select
          label={label}
          data={data}
          value={chosen[0] ?? null}
          placeholder="no column"
          clearable
          searchable
          onChange={(value) => onChange(value ?? '')}
        />
      )}
      {samples.length > 0 && <div className="f11 t3 ell mono">{samples.join(' · ')}</div>}
    </div>
  )
}

function samplesOf(first: Page | undefined, column: string): string {
  const at = first?.columns.findIndex(({ name }) => name === column) ?? -1
  if (first === undefined || at < 0) return ''
  return first.rows.map((row) => String(row[at] ?? '–')).join(', ')
}

const kindOptions = (Object.entries(tableKinds) as [TableKind, string][]).map(([value, label]) => ({ value, label }))
