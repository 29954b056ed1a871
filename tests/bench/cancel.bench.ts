import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEngine } from '../../main/engine/engine'
import { writeLargeVisits } from '../e2e/shopFiles'
import { printSeconds } from './measure'

test('cancelling an import, until the engine has let go of everything', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-bench-'))
  const path = writeLargeVisits(folder)
  const engine = createEngine({ tempFolder: join(folder, 'temp') })
  try {
    for (const afterMs of [300, 1500, 4000]) {
      const controller = new AbortController()
      const work = engine.handlers
        .createProject(
          { folder: join(folder, `project-${afterMs}`), name: 'bench', sources: [{ path }] },
          { signal: controller.signal, onProgress: () => undefined },
        )
        .then(
          () => 'finished',
          (error: { code: string }) => error.code,
        )
      await new Promise((resume) => setTimeout(resume, afterMs))
      const started = performance.now()
      controller.abort()
      expect(await work).toBe('cancelled')
      printSeconds(`cancelled after ${afterMs} ms of import`, (performance.now() - started) / 1000, 'limit 0.2 s')
    }
  } finally {
    engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
