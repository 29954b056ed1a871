import { Button, Group, Menu, Modal, Select, Stack, TextInput } from '@mantine/core'
import { IconChevronDown, IconFolder, IconFolderOpen, IconPencil, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { engine } from '../engine'
import { changeProject, closeProject, useProject } from '../state/projectStore'
import { Icon } from '../ui/Icon'
import { chooseAndOpenProject, forget } from './listenToShell'

const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'MXN', 'BRL', 'PLN', 'SEK', 'JPY', 'INR', 'CAD', 'AUD']

const locales: { value: string; label: string }[] = [
  { value: 'en-US', label: '5,397,358.75, English' },
  { value: 'es-ES', label: '5.397.358,75, Spanish' },
  { value: 'de-DE', label: '5.397.358,75, German' },
  { value: 'fr-FR', label: '5 397 358,75, French' },
]

export function ProjectMenu() {
  const project = useProject((state) => state.project)
  const opening = useProject((state) => state.opening)
  const [isEditing, setEditing] = useState(false)
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
            Name, currency, numbers…
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
      <Modal opened={isEditing} onClose={() => setEditing(false)} title="Name, currency, numbers" size={400}>
        <SettingsForm
          name={project.name}
          currency={project.settings.currency}
          client={project.settings.client}
          locale={project.settings.locale}
          onDone={() => setEditing(false)}
        />
      </Modal>
    </>
  )
}

interface SettingsFormProps {
  readonly name: string
  readonly currency: string | null
  readonly client: string
  readonly locale: string
  readonly onDone: () => void
}

function SettingsForm({ name, currency, client, locale, onDone }: SettingsFormProps) {
  const [settings, setSettings] = useState({ name, currency, client, locale })
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
