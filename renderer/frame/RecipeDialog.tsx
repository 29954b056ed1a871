import { Button, Group, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { StepState } from '../../shared/engineApi'
import { engine } from '../engine'
import { useRevision } from '../state/analyses'
import { runJob } from '../state/jobStore'
import { showDialog, useNavigation } from '../state/navigationStore'
import { useProject } from '../state/projectStore'
import { ErrorNote } from '../ui/ErrorNote'
import { Skeleton } from '../ui/Skeleton'
import { SqlText } from '../ui/SqlText'
import { showWritten } from '../ui/showWritten'
import { toAppError } from '../ui/toAppError'
import { useReporter } from '../ui/useReporter'

/** Everything that was done to the data, in order, with its SQL; to be read, and kept as a script. */
export function RecipeDialog() {
  const isOpen = useNavigation((state) => state.dialog === 'recipe')
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title="The recipe of this project"
      size={760}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isOpen && <Recipe />}
    </Modal>
  )
}

const close = (): void => showDialog(null)

function Recipe() {
  const report = useReporter()
  const revision = useRevision()
  const name = useProject((state) => state.project?.name ?? 'project')
  const stepCount = useProject((state) => state.project?.stepCount ?? 0)
  const steps = useQuery({
    queryKey: ['steps', revision, stepCount],
    queryFn: ({ signal }) => engine.listSteps(null, { signal }),
  })
  const save = async (): Promise<void> => {
    const to = await window.casebook.chooseSavePath({ name: `${name} recipe`, kind: 'folder' })
    if (to === null) return
    const { files } = await runJob('Writing the recipe', (options) =>
      engine.exportScript({ to, replace: true }, options),
    )
    const [script, ...tables] = files
    if (script === undefined) return
    const beside = tables.length === 0 ? 'One script' : `One script and ${tables.length} of its tables`
    showWritten(script, [], { title: 'The recipe is written', message: beside })
  }
  return (
    <div className="col" style={{ gap: 12 }}>
      <p className="f12 t2">
        Files are read and these steps repeated whenever the project runs on new data. As a script they run in DuckDB
        without Casebook.
      </p>
      {steps.error !== null && <ErrorNote error={toAppError(steps.error)} />}
      {steps.data === undefined && steps.error === null && <Skeleton height={240} />}
      {steps.data !== undefined && (
        <ol className="recipe">
          {steps.data.map((step) => (
            <Step key={`${step.does} ${step.id}`} step={step} />
          ))}
        </ol>
      )}
      <Group justify="flex-end" gap={8}>
        <Button onClick={close}>Close</Button>
        <Button variant="filled" onClick={() => report(save())}>
          Save as SQL…
        </Button>
      </Group>
    </div>
  )
}

function Step({ step: { title, sql } }: { readonly step: StepState }) {
  // The whole hash is in the script; here its beginning tells files apart.
  if (sql === null) return <li title={title}>{title.replace(/(SHA-256 [0-9a-f]{12})[0-9a-f]+/, '$1…')}</li>
  return (
    <li>
      <details>
        <summary>{title}</summary>
        <SqlText sql={sql} />
      </details>
    </li>
  )
}
