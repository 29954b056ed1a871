import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkbookApi } from '../../../../main/engine/import/xlsx/workbookApi'
import { type RunningWorker, startWorker } from '../../../../main/engine/workers/startWorker'
import { AppError } from '../../../../shared/errors'
import { type ImportFolder, importFolder } from '../importFolder'
import { corpus } from './corpus'
import { mutated } from './mutations'

// CASEBOOK_FUZZ_RUNS and CASEBOOK_FUZZ_SEED try others; a seed that found something is kept here.
const runs = Number(process.env['CASEBOOK_FUZZ_RUNS'] ?? 300)
const firstSeed = Number(process.env['CASEBOOK_FUZZ_SEED'] ?? 1)
const longestMs = 10_000
const mostMemory = 1024 ** 3

const seeds = Object.values(corpus).filter((bytes) => bytes.length < 40_000 && bytes.readUInt32LE(0) === 0x04034b50)
let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

/** How reading ends: with rows, or with the code of an AppError. Anything else is thrown. */
async function outcome(api: WorkbookApi, path: string, cellFile: string): Promise<string> {
  try {
    const sheets = await api.open({ path })
    let rows = 0
    for (const sheet of sheets.keys()) {
      const cells = await api.writeSheet({ sheet, cellFile })
      if (typeof cells !== 'string') rows += cells.rows
    }
    return `${rows} rows`
  } catch (error) {
    if (error instanceof AppError && (error.code === 'bad-file' || error.code === 'out-of-memory')) {
      expect(error.message).toContain('mutant')
      expect(error.hint).toBeTruthy()
      return error.code
    }
    throw error
  }
}

test(
  `${runs} damaged workbooks end in rows or in an error with file and remedy, soon and in little memory`,
  async () => {
    const signal = new AbortController().signal
    const start = (): RunningWorker<WorkbookApi> =>
      startWorker<WorkbookApi>('workbookWorker', { memoryMb: 256, signal })
    const worker = start()
    const ends = new Map<string, number>()
    try {
      for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
        const bytes = mutated(seeds[seed % seeds.length] ?? Buffer.alloc(0), seed)
        const path = files.file('mutant.xlsx', bytes)
        const limit = AbortSignal.timeout(longestMs)
        const end = await Promise.race([
          outcome(worker.api, path, `${files.folder}/cells.csv`),
          new Promise<never>((_, reject) => limit.addEventListener('abort', () => reject(new Error('hangs')))),
        ]).catch((error: unknown) => {
          throw new Error(`seed ${seed}`, { cause: error })
        })
        const kind = end.endsWith('rows') ? 'rows' : end
        ends.set(kind, (ends.get(kind) ?? 0) + 1)
      }
    } finally {
      await worker.stop()
    }
    // Both happen, or the damage is too great or too small to say anything.
    expect([...ends.keys()].sort()).toEqual(expect.arrayContaining(['bad-file', 'rows']))
    expect(process.memoryUsage.rss()).toBeLessThan(mostMemory)
  },
  runs * 200 + 60_000,
)

test('through the whole import, nothing stays behind', async () => {
  // Describing 16,384 columns takes longer than all the others together.
  const narrow = seeds.filter((bytes) => bytes !== corpus['gaps between cells'])
  for (let seed = 1; seed <= 40; seed += 1) {
    const path = files.file('mutant.xlsx', mutated(narrow[seed % narrow.length] ?? Buffer.alloc(0), seed * 7919))
    const answer = await files.describe(path).catch((error: unknown) => error)
    if (answer instanceof Error) expect(answer, `seed ${seed}: ${answer.stack}`).toBeInstanceOf(AppError)
    if (answer instanceof AppError) expect(answer.code, `${answer.message} ${answer.technical}`).toBe('bad-file')
  }
  expect(readdirSync(files.tempFolder).filter((name) => name.endsWith('.csv'))).toEqual([])
})
