import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { createEngine } from '../../main/engine/engine'
import type { CallContext } from '../../shared/rpc'
import { medianSeconds, printRatio, printSeconds } from './measure'

const context: CallContext = { signal: new AbortController().signal, onProgress: () => undefined }
const real = resolve('../shared/data/marketing-insights')
const folder = existsSync(real) ? real : resolve('assets/samples/synthetic-shop')
const files = readdirSync(folder)
  .filter((name) => /\.(csv|xlsx)$/.test(name))
  .map((name) => join(folder, name))
const sales = files.find((path) => /sales|order_lines/i.test(path)) ?? ''

async function newProject(paths: readonly string[]): Promise<{ seconds: number; firstAnalysis: number }> {
  const temporary = mkdtempSync(join(tmpdir(), 'casebook-bench-'))
  const engine = createEngine({ tempFolder: join(temporary, 'temp') })
  try {
    const started = performance.now()
    await engine.handlers.createProject({ folder: join(temporary, 'project'), name: 'bench', sources: paths.map((path) => ({ path })) }, context)
    const made = performance.now()
    await engine.handlers.runAnalysis({ id: 'overview' }, context)
    return { seconds: (made - started) / 1000, firstAnalysis: (performance.now() - started) / 1000 }
  } finally {
    engine.close()
    rmSync(temporary, { recursive: true, force: true })
  }
}

test('order lines to a project against raw DuckDB', async () => {
  await newProject([sales])
  const ours = await medianSeconds(5, async () => {
    await newProject([sales])
  })
  const raw = await medianSeconds(5, async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'casebook-bench-'))
    const instance = await DuckDBInstance.create(join(temporary, 'raw.duckdb'))
    const connection = await instance.connect()
    await connection.run(`CREATE TABLE sales AS SELECT * FROM read_csv('${sales.replaceAll("'", "''")}')`)
    connection.closeSync()
    instance.closeSync()
    rmSync(temporary, { recursive: true, force: true })
  })
  printRatio('order lines described, imported, mapped and reconciled', ours, 'raw CREATE TABLE AS SELECT * FROM read_csv', raw)
  expect(ours).toBeGreaterThan(0)
})

test('all files to the first analysis', async () => {
  const times: number[] = []
  for (let run = 0; run < 5; run += 1) times.push((await newProject(files)).firstAnalysis)
  printSeconds(`${files.length} files to the first analysis, engine only`, times.sort((one, other) => one - other)[2] ?? Number.NaN, 'limit 3 s')
  expect(times).toHaveLength(5)
})
