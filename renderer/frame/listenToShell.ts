import { spotlight } from '@mantine/spotlight'
import type { MenuCommand } from '../../shared/shellApi'
import { showDialog } from '../state/navigationStore'
import { closeProject, openFiles, openProject, redo, undo } from '../state/projectStore'

/** Carries out menu entries and opens what the system hands over. */
export function listenToShell(): () => void {
  return window.casebook.onEvent((event) => {
    if (event.type === 'menu') carryOut(event.command)
    if (event.type === 'openFiles') forget(openFiles(event.paths))
    if (event.type === 'openProject') forget(openProject(event.folder))
  })
}

export async function chooseAndOpenFiles(): Promise<void> {
  await openFiles(await window.casebook.chooseFiles())
}

/** Files of the same columns in a folder become one table. */
export async function chooseAndOpenFolder(): Promise<void> {
  const folder = await window.casebook.chooseFolder(null)
  if (folder !== null) await openFiles([folder])
}

export async function chooseAndOpenProject(): Promise<void> {
  const folder = await window.casebook.chooseProject()
  if (folder !== null) await openProject(folder)
}

/** Errors of these are shown by the project store itself. */
export function forget(work: Promise<unknown>): void {
  work.catch(() => undefined)
}

function carryOut(command: MenuCommand): void {
  commands[command]()
}

const commands: Readonly<Record<MenuCommand, () => void>> = {
  openFiles: () => forget(chooseAndOpenFiles()),
  openFolder: () => forget(chooseAndOpenFolder()),
  openProject: () => forget(chooseAndOpenProject()),
  commandPalette: spotlight.toggle,
  about: () => showDialog('about'),
  tour: () => showDialog('tour'),
  machineSettings: () => showDialog('machineSettings'),
  // A text field that has the focus keeps its own undo.
  undo: () => (isTyping() ? document.execCommand('undo') : forget(undo())),
  redo: () => (isTyping() ? document.execCommand('redo') : forget(redo())),
  closeProject: () => forget(closeProject()),
}

function isTyping(): boolean {
  const focused = document.activeElement
  return focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
}
