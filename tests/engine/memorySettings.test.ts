import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEngine } from '../../main/engine/engine'
import { leastMemoryBytes, memorySizeText, parseMemorySize } from '../../shared/memorySize'

const gigabyte = 1024 ** 3
let folder: string
let project: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-memory-'))
  project = join(folder, 'project')
  writeFileSync(join(folder, 'sales.csv'), 'day,amount\n2024-01-01,3\n2024-01-02,4\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function casebook(words: readonly string[], environment: Record<string, string> = {}) {
  const { INIT_CWD: _caller, CASEBOOK_MEMORY: _memory, CASEBOOK_TEMP: _temp, ...others } = process.env
  return spawnSync(process.execPath, [resolve('scripts/casebook.mjs'), ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...others, INIT_CWD: folder, ...environment },
  })
}

test.each([
  ['4GB', 4 * gigabyte],
  ['512 MB', 512 * 1024 ** 2],
  ['1.5g', 1.5 * gigabyte],
  ['2GiB', 2 * gigabyte],
  ['1073741824', gigabyte],
])('%s is an amount of memory', (text, bytes) => {
  expect(parseMemorySize(text, 8 * gigabyte)).toBe(bytes)
})

test.each([
  ['a lot', 'not an amount'],
  ['', 'not an amount'],
  ['-4GB', 'not an amount'],
  ['4 apples', 'not an amount'],
  ['1e9', 'not an amount'],
  ['10MB', 'at least 256 MB'],
  ['9GB', 'more than this computer has'],
])('"%s" is refused with the reason and what to do', (text, reason) => {
  const error = (() => {
    try {
      return parseMemorySize(text, 8 * gigabyte)
    } catch (thrown) {
      return thrown
    }
  })()
  expect(error).toMatchObject({
    code: 'bad-parameter',
    message: expect.stringContaining(reason),
    hint: expect.any(String),
  })
})

test('sizes are written as people do', () => {
  expect([leastMemoryBytes, gigabyte, 1.5 * gigabyte].map(memorySizeText)).toEqual(['256 MB', '1 GB', '1.5 GB'])
})

test('the limit and the folder are in force in the database, and how much is used can be asked', async () => {
  const tempFolder = join(folder, 'spill')
  const engine = createEngine({ tempFolder, memoryLimitBytes: 512 * 1024 ** 2 })
  const context = { signal: new AbortController().signal, onProgress: () => undefined }
  const wishes = { kinds: {}, maps: {}, choices: {}, settings: {}, strict: false }
  try {
    await engine.handlers.createProject(
      { folder: project, name: 'project', sources: [{ path: join(folder, 'sales.csv') }], ...wishes },
      context,
    )
    const settings = "SELECT current_setting('memory_limit') AS most, current_setting('temp_directory') AS folder"
    const answer = await engine.handlers.runSql({ sql: settings, limit: 1 }, context)
    expect(answer.rows).toEqual([['512.0 MiB', tempFolder]])
    writeFileSync(join(tempFolder, 'something'), Buffer.alloc(1000))
    const use = await engine.handlers.readMemoryUse(null, context)
    expect(use).toMatchObject({ limit: 512 * 1024 ** 2, tempFolder })
    expect(use.temporary).toBeGreaterThanOrEqual(1000)
    expect(Math.min(use.used, use.free ?? 1)).toBeGreaterThan(0)
  } finally {
    engine.close()
  }
  expect(readFileSync(join(project, 'project.json'), 'utf8')).not.toContain('spill')
})

test('the command line takes them on every command, before the environment', () => {
  const spill = join(folder, 'of the command')
  mkdirSync(spill)
  const settings = "SELECT current_setting('memory_limit') AS most, current_setting('temp_directory') AS folder"
  const words = ['sql', project, settings, '--json']
  const given = casebook([...words, '--memory', '1GB', `--temp=${spill}`], { CASEBOOK_MEMORY: '2GB' })
  expect(given.stderr).toBe('')
  const [answer] = JSON.parse(given.stdout).rows
  expect(answer.most).toBe('1.0 GiB')
  expect(answer.folder.startsWith(join(spill, 'casebook-'))).toBe(true)
  // What it wrote there is gone; the folder itself is the person's.
  expect(readdirSync(spill)).toEqual([])
  const fromEnvironment = casebook(words, { CASEBOOK_MEMORY: '2GB', CASEBOOK_TEMP: spill })
  expect(JSON.parse(fromEnvironment.stdout).rows[0].most).toBe('2.0 GiB')
  expect(existsSync(spill)).toBe(true)
})

test('what cannot be used is refused before anything is done', () => {
  const file = join(folder, 'sales.csv')
  const closed = join(folder, 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0o500)
  const refused = (...words: string[]): string => {
    const run = casebook(['describe', file, ...words])
    expect(run.status).toBe(2)
    return run.stderr
  }
  expect(refused('--memory', 'much')).toContain('"much" is not an amount of memory')
  expect(refused('--memory')).toContain('--memory needs a value')
  expect(refused('--temp', join(folder, 'nowhere'))).toContain('is not there')
  expect(refused('--temp', file)).toContain('is a file')
  // Nothing is closed to the superuser.
  if (process.getuid?.() !== 0) expect(refused('--temp', closed)).toContain('cannot be written into')
  expect(casebook(['describe', '--help']).stdout).toContain('--memory SIZE')
})
