import { Button, Group, Menu, Modal, Select, Stack, TextInput } from '@mantine/core'
import { IconCalendar, IconChevronDown, IconFolder, IconFolderOpen, IconPencil, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { zoneNames } from '../../shared/timeZones'
import { engine } from '../engine'
import { changeProject, closeProject, useProject } from '../state/projectStore'
import { Icon } from '../ui/Icon'
import { CalendarForm } from './CalendarForm'
import { chooseAndOpenProject, forget } from './listenToShell'

const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'MXN', 'BRL', 'PLN', 'SEK', 'JPY', 'INR', 'CAD', 'AUD']

const locales: { value: string; label: string }[] = [
  { value: 'en-US', label: '5,397,358.75, English' },
  { value: 'es-ES', label: '5.397.358,75, Spanish' },
  { value: 'de-DE', label: '5.397.358,75, German' },
  { value: 'fr-FR', label: '5 397 358,75, French' },
]

const zones = [...zoneNames()]

export function ProjectMenu() {
  const project = useProject((state) => state.project)
  const opening = useProject((state) => state.opening)
  const [isEditing, setEditing] = useState(false)
  const [isCalendar, setCalendar] = useState(false)
  if (project === null) return <span className="projectname ell">{opening?.name}</span>
  return (
    <>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <button type="button" className="bare projectname" aria-label={`Project ${project.name}`}>
            <span className="ell">{project.name}</span>
            <Icon of={IconChevronDown} size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon of={IconPencil} size={14} />} onClick={() => setEditing(true)}>
            Name, currency, time zone…
          </Menu.Item>
          <Menu.Item leftSection={<Icon of={IconCalendar} size={14} />} onClick={() => setCalendar(true)}>
            Calendar…
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon of={IconFolder} size={14} />}
            onClick={() => forget(window.casebook.showInFolder(project.folder))}
          >
            Show in folder
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon of={IconFolderOpen} size={14} />}
            onClick={() => forget(chooseAndOpenProject())}
          >
            Open another project…
          </Menu.Item>
          <Menu.Item leftSection={<Icon of={IconX} size={14} />} onClick={() => forget(closeProject())}>
            Close project
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isEditing} onClose={() => setEditing(false)} title="Name, currency, time zone" size={400}>
        <SettingsForm
          name={project.name}
          currency={project.settings.currency}
          client={project.settings.client}
          locale={project.settings.locale}
          reportZone={project.settings.reportZone}
          dataZone={project.settings.dataZone}
          onDone={() => setEditing(false)}
        />
      </Modal>
      <Modal opened={isCalendar} onClose={() => setCalendar(false)} title="Calendar" size={560}>
        {isCalendar && <CalendarForm project={project} onDone={() => setCalendar(false)} />}
      </Modal>
    </>
  )
}

interface SettingsFormProps {
  readonly name: string
  readonly currency: string | null
  readonly client: string
  readonly locale: string
  readonly reportZone: string | null
  readonly dataZone: string | null
  readonly onDone: () => void
}

function SettingsForm({ onDone, ...given }: SettingsFormProps) {
  const { currency, locale } = given
  const [settings, setSettings] = useState(given)
  const save = (): void => {
    forget(changeProject('Saving settings', (options) => engine.updateSettings(settings, options)))
    onDone()
  }
  const listed = currency === null || currencies.includes(currency) ? currencies : [currency, ...currencies]
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap={12}>
        <TextInput
          label="Project name"
          value={settings.name}
          data-autofocus
          onChange={(event) => setSettings({ ...settings, name: event.currentTarget.value })}
        />
        <TextInput
          label="Client"
          description="Printed on exports"
          value={settings.client}
          onChange={(event) => setSettings({ ...settings, client: event.currentTarget.value })}
        />
        <Select
          label="Currency"
          description="The files do not say it; amounts are not converted"
          data={listed}
          value={settings.currency}
          clearable
          searchable
          onChange={(value) => setSettings({ ...settings, currency: value })}
        />
        <Select
          label="Numbers and dates"
          data={
            locales.some(({ value }) => value === locale) ? locales : [{ value: locale, label: locale }, ...locales]
          }
          value={settings.locale}
          allowDeselect={false}
          onChange={(value) => setSettings({ ...settings, locale: value ?? settings.locale })}
        />
        <Select
          label="Report time zone"
          description="Orders, visits and events are read on this clock; empty: as written"
          data={zones}
          value={settings.reportZone}
          placeholder="clocks as written"
          clearable
          searchable
          limit={50}
          onChange={(value) => setSettings({ ...settings, reportZone: value })}
        />
        <Select
          label="Time zone of the files"
          description="Of clocks that do not say theirs; UTC or +03:00 in the file comes first"
          data={zones}
          value={settings.dataZone}
          placeholder="unknown"
          clearable
          searchable
          limit={50}
          onChange={(value) => setSettings({ ...settings, dataZone: value })}
        />
        <Group justify="flex-end" gap={8} mt={4}>
          <Button onClick={onDone}>Cancel</Button>
          <Button variant="filled" type="submit" disabled={settings.name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
