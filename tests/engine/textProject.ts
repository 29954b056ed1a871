import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import type { ProjectState } from '../../shared/engineApi'
import type { Settings } from '../../shared/project'
import type { TableKind } from '../../shared/roles'
import { quiet } from './smallShop'

export interface TextTable {
  /** The file, line by line. */
  readonly lines: readonly string[]
  readonly kind?: TableKind
  readonly roles?: Readonly<Record<string, string | string[]>>
}

export interface TextProject {
  readonly folder: string
  readonly state: ProjectState
  readonly engine: RunningEngine['handlers']
  /** Rows of a question over the views. */
  rows(question: string): Promise<readonly (readonly unknown[])[]>
  /** Lets go of the project and opens it again. */
  reopen(): Promise<ProjectState>
  /** Writes another file of the same name and replays on it. */
  replayOn(table: string, lines: readonly string[]): Promise<ProjectState>
}

/** A project over files written for one test, read by the engine itself; closed when the test ends. */
export async function textProject(
  tables: Readonly<Record<string, TextTable>>,
  more: { readonly settings?: Partial<Settings>; readonly choices?: Readonly<Record<string, string>> } = {},
): Promise<TextProject> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-text-'))
  mkdirSync(join(folder, 'files'))
  const { handlers, close } = createEngine({ tempFolder: join(folder, 'temp'), threads: 1 })
  onTestFinished(() => {
    close()
    rmSync(folder, { recursive: true, force: true })
  })
  const write = (name: string, lines: readonly string[]): string => {
    const path = join(folder, 'files', `${name}.csv`)
    writeFileSync(path, `${lines.join('\n')}\n`)
    return path
  }
  const project = join(folder, 'project')
  const state = await handlers.createProject(
    {
      folder: project,
      name: 'Text',
      sources: Object.entries(tables).map(([name, { lines, kind, roles }]) => ({
        name,
        path: write(name, lines),
        ...(kind === undefined ? {} : { kind }),
        ...(roles === undefined ? {} : { roles }),
      })),
      settings: more.settings ?? {},
      choices: { ...more.choices },
    },
    quiet,
  )
  return {
    folder: project,
    state,
    engine: handlers,
    rows: async (question) => (await handlers.runSql({ sql: question }, quiet)).rows,
    reopen: async () => {
      await handlers.closeProject(undefined, quiet)
      return handlers.openProject({ folder: project }, quiet)
    },
    replayOn: async (table, lines) =>
      (await handlers.replay({ sources: { [table]: write(`${table}-next`, lines) } }, quiet)).state,
  }
}
