import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEngine, type RunningEngine } from '../engine/engine'

let running: { readonly engine: RunningEngine; readonly tempFolder: string } | undefined

/** The engine of this process, made when first needed. */
export function localEngine(): RunningEngine['handlers'] {
  if (running === undefined) {
    const tempFolder = mkdtempSync(join(tmpdir(), 'casebook-'))
    running = { engine: createEngine({ tempFolder, samplesFolder: samplesFolder() }), tempFolder }
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
