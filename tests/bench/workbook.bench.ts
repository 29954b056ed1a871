import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEngine } from '../../main/engine/engine'
import { writeLargeWorkbook } from './largeWorkbook'
import { printRatio, printSeconds } from './measure'

const rows = 1_048_576
// One folder below the workers that the tests have built, where the program looks for them.
const programFolder = resolve('.cache/workers/bench')
const runs = 3

interface Run {
  readonly rows: number
  readonly seconds: number
  readonly peakMb: number
}

let folder: string
let path: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-bench-'))
  path = join(folder, 'large.xlsx')
  await writeLargeWorkbook(path, rows)
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['@duckdb/node-api', '@duckdb/node-bindings'] },
    build: { ssr: 'tests/bench/readWorkbook.ts', outDir: programFolder, target: 'node20.18', minify: false },
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(reader: string): Run {
  const args = ['--max-old-space-size=6144', join(programFolder, 'readWorkbook.js'), reader, path]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${reader} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Run
}

const middleOf = (measured: readonly Run[]): Run =>
  [...measured].sort((one, other) => one.seconds - other.seconds)[measured.length >> 1] ?? run('casebook')

test('the largest sheet there can be, ten columns, into a typed table', () => {
  const measured = { ours: [] as Run[], hucre: [] as Run[] }
  // In turns, so that a slow minute of the machine is everybody's.
  for (let turn = 0; turn < runs; turn += 1) {
    measured.ours.push(run('casebook'))
    measured.hucre.push(run('hucre'))
  }
  const ours = middleOf(measured.ours)
  const hucre = middleOf(measured.hucre)
  const sheetjs = run('sheetjs')
  const size = `${Math.round(statSync(path).size / 1024 ** 2)} MB .xlsx`
  printRatio(`${size} into a typed table`, ours.seconds, 'hucre, rows alone', hucre.seconds)
  printRatio(`${size} into a typed table`, ours.seconds, 'SheetJS, cells alone', sheetjs.seconds)
  for (const [name, { peakMb }] of Object.entries({ ours, hucre, sheetjs }))
    console.log(
      `peak memory of the process, ${name}: ${Math.round(peakMb)} MB${name === 'ours' ? ' (limit 400 MB)' : ''}`,
    )
  expect(ours.rows).toBe(rows - 1)
  expect(hucre.rows).toBe(rows - 1)
})

test('cancelling while the largest sheet is read, until the engine has let go of everything', async () => {
  const engine = createEngine({ tempFolder: join(folder, 'temp') })
  const controller = new AbortController()
  let longestPauseMs = 0
  let lastTurn = performance.now()
  const clock = setInterval(() => {
    longestPauseMs = Math.max(longestPauseMs, performance.now() - lastTurn)
    lastTurn = performance.now()
  }, 5)
  try {
    const work = engine.handlers
      .createProject(
        { folder: join(folder, 'project'), name: 'bench', sources: [{ path }] },
        { signal: controller.signal, onProgress: () => undefined },
      )
      .catch((error: { code: string }) => error.code)
    await new Promise((resume) => setTimeout(resume, 1500))
    const started = performance.now()
    controller.abort()
    expect(await work).toBe('cancelled')
    printSeconds('cancelled after 1.5 s of reading a workbook', (performance.now() - started) / 1000, 'limit 0.2 s')
    printSeconds('longest time the engine was busy meanwhile', longestPauseMs / 1000, 'limit 0.2 s')
  } finally {
    clearInterval(clock)
    engine.close()
  }
})
