import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import type { CallContext } from '../../shared/rpc'

const context: CallContext = { signal: new AbortController().signal, onProgress: () => undefined }
let place: string
let disk: string
let engine: RunningEngine

/** Only the superuser can make a disk of a few megabytes. */
const canMount = ((): boolean => {
  const probe = mkdtempSync(join(tmpdir(), 'casebook-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe]).status === 0
  if (mounted) spawnSync('umount', [probe])
  rmSync(probe, { recursive: true })
  if (!mounted) console.log('A full disk is not tried: this needs the right to mount one.')
  return mounted
})()

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'casebook-full-'))
  disk = mkdtempSync(join(tmpdir(), 'casebook-disk-'))
  if (canMount) spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk])
  engine = createEngine({ tempFolder: join(place, 'temp') })
  // What cannot be packed.
  const ids = Array.from(
    { length: 400_000 },
    (_, index) => `${createHash('sha1').update(String(index)).digest('hex')},${index / 8}`,
  )
  writeFileSync(join(place, 'large.csv'), `customer_id,amount\n${ids.join('\n')}\n`)
  const days = Array.from({ length: 28 }, (_, index) => `2024-02-${String(index + 1).padStart(2, '0')},${index + 100}`)
  writeFileSync(join(place, 'spend.csv'), `date,spend\n${days.join('\n')}\n`)
})
afterAll(() => {
  engine.close()
  if (canMount) spawnSync('umount', [disk])
  rmSync(place, { recursive: true, force: true })
  rmSync(disk, { recursive: true, force: true })
})

describe.skipIf(!canMount)('a disk that fills up', () => {
  test('while files are added leaves the project as it was and says what space is needed', async () => {
    const folder = join(disk, 'project')
    const spend = { path: join(place, 'spend.csv') }
    const before = await engine.handlers.createProject({ folder, name: 'shop', sources: [spend] }, context)
    const written = readFileSync(join(folder, 'project.json'), 'utf8')

    const adding = engine.handlers.addSources({ sources: [{ path: join(place, 'large.csv') }] }, context)
    await expect(adding).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(/^The disk is full: about \d+ MB are needed in /) as string,
      hint: expect.stringMatching(/\d+ MB are free there now\. Nothing was changed\.$/) as string,
    })

    expect(readFileSync(join(folder, 'project.json'), 'utf8')).toBe(written)
    const page = await engine.handlers.readPage({ table: 'spend', offset: 0, limit: 100 }, context)
    expect(page.total).toBe(28)
    const again = await engine.handlers.openProject({ folder }, context)
    expect(again.sources).toEqual(before.sources)
  })

  test('while a project is made leaves no project behind', async () => {
    const folder = join(disk, 'other')
    const making = engine.handlers.createProject(
      { folder, name: 'other', sources: [{ path: join(place, 'large.csv') }] },
      context,
    )
    await expect(making).rejects.toMatchObject({ code: 'out-of-memory' })
    await expect(engine.handlers.openProject({ folder }, context)).rejects.toMatchObject({ code: 'bad-file' })
  })
})
