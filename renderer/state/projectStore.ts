import { create } from 'zustand'
import type { ProjectState } from '../../shared/engineApi'
import type { AppError } from '../../shared/errors'
import type { CallOptions } from '../../shared/rpc'
import { engine, prepareRestarted } from '../engine'
import { toAppError } from '../ui/toAppError'
import { runJob } from './jobStore'
import { startOver } from './navigationStore'
import { describeRecent, nameForFiles, nameOf, newFolder } from './projectNames'

interface ProjectStore {
  readonly project: ProjectState | null
  /** What is being opened, for the skeleton. */
  readonly opening: { readonly name: string; readonly files: readonly string[] } | null
  readonly isChanging: boolean
  readonly error: AppError | null
}

export const useProject = create<ProjectStore>(() => ({
  project: null,
  opening: null,
  isChanging: false,
  error: null,
}))

const set = useProject.setState

/** How a saved mapping is told from data. */
export const mappingEnding = '.mapping.json'

/** Makes a project of data files; a saved mapping among them says what they are. */
export async function openFiles(paths: readonly string[]): Promise<void> {
  const [first] = paths
  if (first === undefined) return
  if (useProject.getState().project !== null) return addFiles(paths)
  const preset = paths.find((path) => path.endsWith(mappingEnding))
  const files = paths.length === 1 ? paths : paths.filter((path) => path !== preset)
  const name = nameForFiles(files)
  const parent = await window.casebook.projectsFolder()
  await open(name, files, `Reading ${files.length === 1 ? name : `${files.length} files`}`, (options) =>
    engine.createProject(
      {
        folder: newFolder(parent, name),
        name,
        sources: files.map((path) => ({ path })),
        ...(preset === undefined || paths.length === 1 ? {} : { preset }),
      },
      options,
    ),
  )
}

export async function openProject(folder: string): Promise<void> {
  const name = nameOf(folder)
  await open(name, [], `Opening ${name}`, (options) => engine.openProject({ folder }, options))
}

export async function openSample(id: string, title: string): Promise<void> {
  const parent = await window.casebook.projectsFolder()
  await open(title, [], `Opening ${title}`, (options) =>
    engine.openSample({ id, folder: newFolder(parent, title) }, options),
  )
}

export async function addFiles(paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return
  await changeProject(`Reading ${paths.length === 1 ? nameOf(paths[0] ?? '') : `${paths.length} files`}`, (options) =>
    engine.addSources({ sources: paths.map((path) => ({ path })) }, options),
  )
}

/** Any change that answers with the new state; errors show in place and change nothing. */
export async function changeProject(
  name: string,
  work: (options: CallOptions) => Promise<ProjectState>,
): Promise<boolean> {
  set({ isChanging: true, error: null })
  try {
    takeState(await runJob(name, work))
    return true
  } catch (error) {
    reportError(error)
    return false
  } finally {
    set({ isChanging: false })
  }
}

export async function closeProject(): Promise<void> {
  await engine.closeProject(null).catch(() => null)
  set({ project: null, opening: null, error: null })
  startOver()
}

export const undo = (): Promise<boolean> => changeProject('Undoing', (options) => engine.undo(null, options))
export const redo = (): Promise<boolean> => changeProject('Redoing', (options) => engine.redo(null, options))

/** The engine answers a kept analysis with its report, not with the project: the step is added here as it was there. */
export function noteKept(step: ProjectState['kept'][number], now: Date = new Date()): void {
  set(({ project }) =>
    project === null
      ? {}
      : {
          project: {
            ...project,
            kept: [...project.kept, step],
            stepCount: project.stepCount + 1,
            canUndo: true,
            savedAt: now.toISOString(),
          },
        },
  )
}

export function dismissError(): void {
  set({ error: null })
}

/** A new engine knows no project: the one on screen is opened again. The note about the work that was lost stays. */
export function reopenAfterRestart(): () => void {
  return prepareRestarted(async () => {
    const { project, error: lost } = useProject.getState()
    if (project === null) return
    const done = await changeProject(`Opening ${project.name} again`, (options) =>
      engine.openProject({ folder: project.folder }, options),
    )
    if (done && lost !== null) set({ error: lost })
  })
}

async function open(
  name: string,
  files: readonly string[],
  jobName: string,
  work: (options: CallOptions) => Promise<ProjectState>,
): Promise<void> {
  set({ opening: { name, files: files.map(nameOf) }, error: null })
  try {
    const state = await runJob(jobName, work)
    startOver()
    takeState(state)
  } catch (error) {
    reportError(error)
  } finally {
    set({ opening: null })
  }
}

function takeState(project: ProjectState): void {
  set({ project, error: null })
  window.casebook.rememberProject(describeRecent(project)).catch(() => undefined)
}

function reportError(error: unknown): void {
  const shown = toAppError(error)
  if (shown.code !== 'cancelled') set({ error: shown })
}
