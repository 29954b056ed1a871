import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Database } from '../../main/engine/database'
import { describeFile } from '../../main/engine/import/describeFile'
import { importTable } from '../../main/engine/import/importTable'
import type { ImportWork } from '../../main/engine/import/work'
import { medianSeconds, printRatio, printSeconds } from './measure'

/** `CASEBOOK_BENCH_EVENTS=FILE` takes a file that is there; `CASEBOOK_BENCH_ROWS` changes how many rows are made. */
const rows = Number(process.env['CASEBOOK_BENCH_ROWS'] ?? 20_000_000)
const runs = 3
let folder: string
let events: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-large-'))
  events = process.env['CASEBOOK_BENCH_EVENTS'] ?? (await makeEvents())
  console.log(`event log: ${(statSync(events).size / 1024 ** 3).toFixed(2)} GB`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The generator beside the data where it is and runs; else rows of the same columns made by DuckDB. */
async function makeEvents(): Promise<string> {
  const path = join(folder, 'events.csv')
  const script = resolve('../shared/data/big/make_events.py')
  if (existsSync(script)) {
    const made = spawnSync('python3', [script, '--rows', String(rows), '--out', path], { stdio: 'ignore' })
    if (made.status === 0) return path
  }
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`
    COPY (
      SELECT
        strftime(TIMESTAMP '2019-10-01' + to_seconds(i * 12_960_000 // ${rows}), '%Y-%m-%d %H:%M:%S UTC') AS event_time,
        ['view', 'cart', 'remove_from_cart', 'purchase'][(1 + hash(i) % 4)::INTEGER] AS event_type,
        3_000_000 + hash(i, 1) % 50_000 AS product_id,
        1_487_580_000_000_000_000 + hash(i, 2) % 500 AS category_id,
        CASE WHEN hash(i, 3) % 50 = 0 THEN 'appliances.personal' END AS category_code,
        CASE WHEN hash(i, 4) % 100 < 58 THEN 'brand' || hash(i, 5) % 250 END AS brand,
        (hash(i, 6) % 30_000 / 100)::DECIMAL(8, 2) AS price,
        10_000_000 + hash(i // 7) % 2_000_000 AS user_id,
        md5((i // 7)::VARCHAR) AS user_session
      FROM range(${rows}) AS all_rows(i)
    ) TO '${path.replaceAll("'", "''")}' (HEADER, DELIMITER ',')`)
  connection.closeSync()
  instance.closeSync()
  return path
}

async function raw(run: number): Promise<void> {
  const instance = await DuckDBInstance.create(join(folder, `raw-${run}.duckdb`))
  const connection = await instance.connect()
  const texts = ['event_type', 'product_id', 'category_id', 'category_code', 'brand'].map(
    (name) => `'${name}': 'VARCHAR'`,
  )
  const columns = `{'event_time': 'TIMESTAMP', ${texts.join(', ')}, 'price': 'DECIMAL(18,6)', 'user_id': 'VARCHAR', 'user_session': 'VARCHAR'}`
  await connection.run(`
    CREATE TABLE events AS SELECT * FROM read_csv('${events.replaceAll("'", "''")}',
      header = true, timestampformat = '%Y-%m-%d %H:%M:%S UTC', columns = ${columns})`)
  connection.closeSync()
  instance.closeSync()
  rmSync(join(folder, `raw-${run}.duckdb`), { force: true })
}

test('a large event log into a typed table against raw DuckDB with the same types', async () => {
  const describeSeconds: number[] = []
  const importSeconds: number[] = []
  const ours = async (run: number): Promise<void> => {
    const path = join(folder, `ours-${run}.duckdb`)
    const database = await Database.open({ path, tempFolder: join(folder, 'temp'), locked: false })
    await database.withConnection(async (connection) => {
      const work: ImportWork = {
        connection,
        signal: new AbortController().signal,
        tempFolder: join(folder, 'temp'),
        onProgress: () => undefined,
      }
      const started = performance.now()
      const read = (await describeFile(events, work)).tables[0]?.read
      if (read === undefined) throw new Error('the file holds a table')
      const described = performance.now()
      await importTable({ path: events, read }, { schema: 'main', table: 'events' }, work)
      describeSeconds.push((described - started) / 1000)
      importSeconds.push((performance.now() - described) / 1000)
    })
    database.close()
    await database.closed
    rmSync(path, { force: true })
  }
  const peer = 'raw CREATE TABLE AS SELECT * FROM read_csv'
  const rawSeconds: number[] = []
  // One after the other, so that neither has a warmer disk or a quieter machine.
  for (let run = 0; run < runs; run += 1) {
    rawSeconds.push(await medianSeconds(1, () => raw(run)))
    await ours(run)
  }
  const middle = (seconds: number[]): number => seconds.sort((one, other) => one - other)[runs >> 1] ?? Number.NaN
  printRatio('large event log imported (types known)', middle(importSeconds), peer, middle(rawSeconds))
  printRatio(
    'large event log described over all rows and imported',
    middle(describeSeconds) + middle(importSeconds),
    peer,
    middle(rawSeconds),
  )
  expect(importSeconds).toHaveLength(runs)
}, 3_600_000)

test('a large event log as a project, in a process of its own', async () => {
  const started = performance.now()
  const peak = await peakOf([
    'out/main/cli.js',
    'new',
    join(folder, 'project'),
    '--source',
    `events=${events}`,
    '--json',
  ])
  printSeconds(
    'large event log to a project',
    (performance.now() - started) / 1000,
    `peak memory ${peak} MB, limit 4096`,
  )
  expect(peak).toBeGreaterThan(0)
}, 3_600_000)

/** The most memory a Node process has held at a time, in MB; 0 where the system does not tell. */
function peakOf(words: readonly string[]): Promise<number> {
  return new Promise((finish, fail) => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] })
    let peak = 1
    const timer = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
        peak = Math.max(peak, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024))
      } catch {
        // The process has ended, or the system has no such file.
      }
    }, 200)
    child.once('exit', (code) => {
      clearInterval(timer)
      if (code === 0) finish(peak)
      else fail(new Error(`exit code ${code}`))
    })
  })
}
