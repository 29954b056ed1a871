import { Button, Popover, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import type { AppError } from '../../../../shared/errors'
import { engine } from '../../../engine'
import { runJob } from '../../../state/jobStore'
import { useProject } from '../../../state/projectStore'
import { useScratch } from '../../../state/scratchStore'
import { ErrorNote } from '../../../ui/ErrorNote'
import { Icon } from '../../../ui/Icon'
import { toAppError } from '../../../ui/toAppError'

/** Gives the question a name; from then on it is a table of the project. */
export function SaveView({ sql }: { readonly sql: string }) {
  const name = useScratch((state) => state.viewName)
  const setName = (viewName: string): void => useScratch.setState({ viewName })
  const isThere = useProject((state) => state.project?.views.some((view) => view.name === name.trim()) ?? false)
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const save = async (): Promise<void> => {
    try {
      const project = await runJob(`Saving ${name}`, (options) => engine.saveView({ name, sql }, options))
      useProject.setState({ project })
      setOpen(false)
      setError(null)
      notifications.show({
        title: `${name} is saved`,
        message: 'It stands beside the tables and follows their changes.',
      })
    } catch (thrown) {
      setError(toAppError(thrown))
    }
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<Icon of={IconDeviceFloppy} size={14} />} onClick={() => setOpen(!isOpen)}>
          Save as view
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className="col filterform"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <TextInput
            label="Name of the view"
            description="It is answered anew whenever the tables change."
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {error !== null && <ErrorNote error={error} />}
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            {isThere ? 'Replace the view' : 'Save the view'}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
