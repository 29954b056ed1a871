import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import type { AnalysisAnswer } from '../../shared/analysis'
import type { ProjectState } from '../../shared/engineApi'
import type { SourceInput } from '../../shared/engineInputs'
import type { CallContext } from '../../shared/rpc'

const root = resolve('../shared')

/** Real public data stand beside the checkout, not in it. */
export const hasRealData = existsSync(join(root, 'data'))
if (!hasRealData) console.log('Skipped: tests on real data need the folder ../shared beside the project.')

export const dataPath = (...parts: readonly string[]): string => join(root, 'data', ...parts)

interface Expected {
  readonly values: Readonly<Record<string, { readonly value: unknown }>>
}

/** A value computed independently of Casebook. */
export function expected<Value>(set: string, key: string): Value {
  const file = JSON.parse(readFileSync(join(root, 'expected', `${set}.json`), 'utf8')) as Expected
  const entry = file.values[key]
  if (entry === undefined) throw new Error(`${set} has no expected value "${key}"`)
  // The files are read-only material whose layout their README states.
  return entry.value as Value
}

const quiet: CallContext = { signal: new AbortController().signal, onProgress: () => undefined }

export interface RealProject {
  readonly state: ProjectState
  readonly folder: string
  readonly engine: RunningEngine['handlers']
  analyse(id: string, params?: Record<string, unknown>): Promise<AnalysisAnswer>
  close(): void
}

export async function realProject(
  sources: readonly SourceInput[],
  options: {
    readonly maps?: Record<string, Record<string, string | string[]>>
    readonly choices?: Record<string, string>
  } = {},
): Promise<RealProject> {
  const temporary = mkdtempSync(join(tmpdir(), 'casebook-real-'))
  const engine = createEngine({ tempFolder: join(temporary, 'temp'), threads: 1 })
  const folder = join(temporary, 'project')
  const state = await engine.handlers.createProject(
    { folder, name: 'real', sources: [...sources], maps: options.maps ?? {}, choices: options.choices ?? {} },
    quiet,
  )
  return {
    state,
    folder,
    engine: engine.handlers,
    analyse: (id, params = {}) => engine.handlers.runAnalysis({ id, params }, quiet),
    close: () => {
      engine.close()
      rmSync(temporary, { recursive: true, force: true })
    },
  }
}

export const context = quiet
