import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEngine, type RunningEngine } from '../engine/engine'
import { type EngineWords, engineSurroundings } from './engineWords'

let running: { readonly engine: RunningEngine; readonly tempFolder: string } | undefined
let said: EngineWords = {}

/** What the person said about memory and temporary files, for the engine that is made afterwards. */
export function prepareEngine(words: EngineWords): void {
  said = words
}

/** The engine of this process, made when first needed. */
export function localEngine(): RunningEngine['handlers'] {
  if (running === undefined) {
    const surroundings = engineSurroundings(said, process.env)
    const engine = createEngine({ ...surroundings, samplesFolder: samplesFolder() })
    running = { engine, tempFolder: surroundings.tempFolder }
  }
  return running.engine.handlers
}

export function closeEngine(): void {
  running?.engine.close()
  if (running !== undefined) rmSync(running.tempFolder, { recursive: true, force: true })
  running = undefined
}

/** The samples stand beside the built program: `assets/samples` in the project, `samples` in a package. */
function samplesFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = [
    join(here, '..', '..', 'assets', 'samples'),
    join(here, '..', '..', '..', 'samples'),
    join(here, '..', 'assets', 'samples'),
  ]
  return candidates.find((candidate) => existsSync(candidate)) ?? join(process.cwd(), 'assets', 'samples')
}
