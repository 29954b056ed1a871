import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { memorySizeText } from '../../shared/memorySize'
import type { MachineSettings, MachineState } from '../../shared/shellApi'
import { engine, useEngineStatus } from '../engine'
import { useJobs } from '../state/jobStore'
import { showDialog, useNavigation } from '../state/navigationStore'
import { Icon } from '../ui/Icon'
import { forget } from './listenToShell'

/** How much memory the engine may take and where its temporary files stand: settings of this computer, in no project. */
export function MachineDialog() {
  const isOpen = useNavigation((state) => state.dialog === 'machineSettings')
  return (
    <Modal opened={isOpen} onClose={close} title="Memory and temporary files" size={480}>
      {isOpen && <CurrentForm />}
    </Modal>
  )
}

/** Asked anew at each opening: a disk may have gone since. */
function CurrentForm() {
  const state = useQuery({
    queryKey: ['machineState'],
    queryFn: () => window.casebook.machineState(),
    staleTime: 0,
    gcTime: 0,
  }).data
  return state === undefined ? null : <MachineForm state={state} />
}

const close = (): void => showDialog(null)

function MachineForm({ state }: { readonly state: MachineState }) {
  const [memory, setMemory] = useState(state.memory ?? '')
  const [tempFolder, setTempFolder] = useState(state.tempFolder)
  const [problem, setProblem] = useState(state.problem)
  const isBusy = useJobs(({ jobs }) => jobs.length > 0)
  const wished: MachineSettings = { memory: memory.trim() === '' ? null : memory.trim(), tempFolder }
  const isSame = wished.memory === state.memory && wished.tempFolder === state.tempFolder
  const save = async (): Promise<void> => {
    const found = await window.casebook.changeMachineSettings(wished)
    setProblem(found)
    if (found === null) close()
  }
  // What was wrong is about what stood there before.
  const change = (work: () => void): void => {
    setProblem(null)
    work()
  }
  const choose = async (): Promise<void> => {
    const folder = await window.casebook.chooseFolder(tempFolder ?? state.usualTempFolder)
    if (folder !== null) change(() => setTempFolder(folder))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        forget(save())
      }}
    >
      <Stack gap={12}>
        <p className="t2">
          Large files are worked on in pieces. What does not fit into memory goes to the disk for as long as it is
          needed. These settings belong to this computer, not to a project.
        </p>
        <TextInput
          label="Memory limit"
          description={`Such as 4 GB; this computer has ${memorySizeText(state.totalMemory)}. Empty: most of what is free`}
          placeholder="most of what is free"
          value={memory}
          data-autofocus
          onChange={({ currentTarget: { value } }) => change(() => setMemory(value))}
        />
        <TextInput
          label="Folder for temporary files"
          description="A fast disk with room for about twice the largest file"
          value={tempFolder ?? state.usualTempFolder}
          title={tempFolder ?? state.usualTempFolder}
          readOnly
        />
        <Group gap={8}>
          <Button leftSection={<Icon of={IconFolder} size={14} />} onClick={() => forget(choose())}>
            Choose a folder…
          </Button>
          {tempFolder !== null && (
            <Button variant="subtle" onClick={() => change(() => setTempFolder(null))}>
              Use the usual folder
            </Button>
          )}
        </Group>
        <UseNow />
        {problem !== null && (
          <div role="alert" className="note warn">
            <span>
              {problem.message} {problem.hint}
            </span>
          </div>
        )}
        <Group justify="flex-end" gap={8} mt={4}>
          <span className="t2" style={{ marginRight: 'auto', fontSize: 12 }}>
            {isBusy ? 'Something is running: wait for it, or cancel it first.' : 'The engine starts anew for this.'}
          </span>
          <Button onClick={close}>Cancel</Button>
          <Button variant="filled" type="submit" disabled={isSame || isBusy}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const refreshMs = 2000

function UseNow() {
  const starts = useEngineStatus((status) => status.starts)
  const use = useQuery({
    queryKey: ['memoryUse', starts],
    queryFn: () => engine.readMemoryUse(null),
    refetchInterval: refreshMs,
  }).data
  const lines: readonly (readonly [string, string])[] = [
    ['Memory in use', use === undefined ? '…' : `${memorySizeText(use.used)}, limit ${memorySizeText(use.limit)}`],
    [
      'Temporary files',
      use === undefined
        ? '…'
        : `${memorySizeText(use.temporary)}${use.free === null ? '' : `, ${memorySizeText(use.free)} free on the disk`}`,
    ],
  ]
  return (
    <dl className="def" style={{ gridTemplateColumns: '112px 1fr' }}>
      {lines.map(([name, text]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
