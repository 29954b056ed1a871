import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { Database } from '../../main/engine/database'
import { createEngine } from '../../main/engine/engine'
import { describeFile } from '../../main/engine/import/describeFile'
import { importTable } from '../../main/engine/import/importTable'
import type { CallContext } from '../../shared/rpc'
import { salesFile, shopFiles } from './benchFiles'
import { medianSeconds, printRatio, printSeconds } from './measure'

const context: CallContext = { signal: new AbortController().signal, onProgress: () => undefined }
const runs = 7

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-bench-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Both write a database file: that is what an import leaves behind. */
const rawDuckDb = (): Promise<void> =>
  inFolder(async (folder) => {
    const instance = await DuckDBInstance.create(join(folder, 'raw.duckdb'))
    const connection = await instance.connect()
    await connection.run(`CREATE TABLE sales AS SELECT * FROM read_csv('${salesFile.replaceAll("'", "''")}')`)
    connection.closeSync()
    instance.closeSync()
  })

const describeAndImport = (parts: { readonly describe: number[]; readonly load: number[] }): Promise<void> =>
  inFolder(async (folder) => {
    const database = await Database.open({ path: join(folder, 'ours.duckdb'), tempFolder: folder, locked: false })
    await database.withConnection(async (connection) => {
      const work = { ...context, connection, tempFolder: folder }
      const started = performance.now()
      const description = await describeFile(salesFile, work)
      const described = performance.now()
      const read = description.tables[0]?.read
      if (read === undefined) throw new Error('the file holds a table')
      await importTable({ path: salesFile, read }, { schema: 'main', table: 'sales' }, work)
      parts.describe.push((described - started) / 1000)
      parts.load.push((performance.now() - described) / 1000)
    })
    database.close()
    await database.closed
  })

test('order lines into a typed table against raw DuckDB', async () => {
  const parts = { describe: [], load: [] as number[] } as { describe: number[]; load: number[] }
  await describeAndImport({ describe: [], load: [] })
  await medianSeconds(runs, () => describeAndImport(parts))
  const raw = await medianSeconds(runs, rawDuckDb)
  const middle = (seconds: number[]): number => seconds.sort((one, other) => one - other)[runs >> 1] ?? Number.NaN
  const peer = 'raw CREATE TABLE AS SELECT * FROM read_csv'
  printRatio('order lines imported (types known)', middle(parts.load), peer, raw)
  printRatio('order lines described over all rows and imported', middle(parts.describe) + middle(parts.load), peer, raw)
  expect(parts.load).toHaveLength(runs)
})

test('all files of the shop to the first analysis', async () => {
  const seconds = await medianSeconds(runs, () =>
    inFolder(async (folder) => {
      const engine = createEngine({ tempFolder: join(folder, 'temp') })
      const sources = shopFiles.map((path) => ({ path }))
      await engine.handlers.createProject({ folder: join(folder, 'project'), name: 'bench', sources }, context)
      const answer = await engine.handlers.runAnalysis({ id: 'overview' }, context)
      expect(answer.report.finding).toMatch(/\d/)
      engine.close()
    }),
  )
  printSeconds(`${shopFiles.length} files to the first analysis, engine only`, seconds, 'limit 3 s')
})
