import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeFile } from '../../../main/engine/import/describeFile'
import { importTable } from '../../../main/engine/import/importTable'
import type { ImportWork } from '../../../main/engine/import/work'
import { AppError } from '../../../shared/errors'
import type { ReadOptions } from '../../../shared/project'
import type { Progress } from '../../../shared/rpc'
import { type ImportFolder, importFolder } from './importFolder'
import { type SheetCell, workbookFile } from './workbookFile'

let files: ImportFolder
const paths: { readonly text: string; readonly utf16: string; readonly sheet: string } = {
  text: '',
  utf16: '',
  sheet: '',
}
const reads = new Map<string, ReadOptions>()

beforeAll(async () => {
  files = await importFolder()
  const line = (index: number): string =>
    `customer ${index % 9973},2019-0${1 + (index % 9)}-1${index % 10},${index},${(index / 7).toFixed(2)},a note about row ${index}\n`
  const text = `customer,day,n,amount,note\n${Array.from({ length: 300_000 }, (_, index) => line(index)).join('')}`
  const rows = Array.from({ length: 60_000 }, (_, index): SheetCell[] => [
    `customer ${index % 997}`,
    { days: 43466 + (index % 300) },
    index / 7,
  ])
  Object.assign(paths, {
    text: files.file('long.csv', text),
    utf16: files.file('wide.csv', Buffer.from(`\uFEFF${text}`, 'utf16le')),
    sheet: files.file('long.xlsx', workbookFile([{ name: 'Data', rows: [['customer', 'day', 'amount'], ...rows] }])),
  })
  for (const path of Object.values(paths)) {
    const [table] = (await files.describe(path)).tables
    if (table !== undefined) reads.set(path, table.read)
  }
})
afterAll(() => files.remove())

/** Runs the work, aborting it when its nth report of progress comes in; answers how it ended and what came after. */
async function cancelledAt(
  report: number,
  run: (work: ImportWork) => Promise<unknown>,
): Promise<{ error: unknown; reports: number }> {
  const abort = new AbortController()
  let reports = 0
  const error = await files
    .work(run, {
      signal: abort.signal,
      onProgress: () => {
        reports += 1
        if (reports === report) abort.abort()
      },
    })
    .then(() => 'finished')
    .catch((reason: unknown) => reason)
  return { error, reports }
}

async function nothingIsLeft(): Promise<void> {
  expect(
    await files.ask(
      "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'sheet_%' OR table_name = 'unfinished'",
    ),
  ).toEqual([])
  expect(readdirSync(files.tempFolder).filter((name) => name.endsWith('.csv'))).toEqual([])
}

const kinds = ['text', 'utf16', 'sheet'] as const

describe('a cancel', () => {
  test.each(kinds)('while a file is described: %s', async (kind) => {
    for (const report of [1, 2]) {
      const { error } = await cancelledAt(report, (work) => describeFile(paths[kind], work))
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code: 'cancelled' })
      await nothingIsLeft()
    }
  })

  test.each(kinds)('while a file is imported: %s', async (kind) => {
    const read = reads.get(paths[kind])
    if (read === undefined) throw new Error('described before')
    const { error } = await cancelledAt(1, (work) =>
      importTable({ path: paths[kind], read }, { schema: 'main', table: 'unfinished' }, work),
    )
    expect(error).toMatchObject({ code: 'cancelled' })
    await nothingIsLeft()
  })

  test.each(kinds)('before the work began, reads nothing: %s', async (kind) => {
    const aborted = AbortSignal.abort()
    const reported: Progress[] = []
    const changes = { signal: aborted, onProgress: (progress: Progress) => void reported.push(progress) }
    await expect(files.describe(paths[kind], changes)).rejects.toMatchObject({ code: 'cancelled' })
    expect(reported.filter(({ note }) => note.includes('rows'))).toEqual([])
    await nothingIsLeft()
  })

  test('stops the work: a workbook is not read to its end', async () => {
    const whole = await cancelledAt(Number.POSITIVE_INFINITY, (work) => describeFile(paths.sheet, work))
    const cut = await cancelledAt(2, (work) => describeFile(paths.sheet, work))
    expect(whole.error).toBe('finished')
    expect(whole.reports).toBeGreaterThan(10)
    // One more report may be on its way when the cancel comes.
    expect(cut.reports).toBeLessThanOrEqual(4)
  })

  test('leaves the connection fit for work', async () => {
    await cancelledAt(1, (work) => describeFile(paths.text, work))
    expect((await files.importText('a,b\n1,2\n')).rows).toEqual([[1, 2]])
    const { description } = await files.import(paths.text)
    expect(description.rows).toBe(300_000)
  })
})

test('progress goes from nothing to nearly all and never backwards within a step', async () => {
  const reported: Progress[] = []
  await files.describe(paths.text, { onProgress: (progress) => void reported.push(progress) })
  const fractions = reported.flatMap(({ fraction }) => fraction ?? [])
  expect(reported.length).toBeGreaterThan(0)
  expect(Math.min(0, ...fractions)).toBeGreaterThanOrEqual(0)
  expect(Math.max(0, ...fractions)).toBeLessThan(1)
})
