import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { sandboxSwitches } from '../../scripts/sandboxSwitches.mjs'
import { callEngine } from './enginePort'
import { expect, test } from './fixtures'

const programs: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'dist/linux-unpacked/casebook',
  darwin: `dist/mac${process.arch === 'arm64' ? '-arm64' : ''}/Casebook.app/Contents/MacOS/Casebook`,
  win32: 'dist/win-unpacked/Casebook.exe',
}

const workbooks = ['every type.xlsx', 'libreOffice.ods'].map((name) =>
  resolve('tests/engine/import/workbooks/fixtures', name),
)

function program(): string {
  const path = resolve(programs[process.platform] ?? '')
  expect(existsSync(path), 'run `npm run pack` first').toBe(true)
  return path
}

// The fuses of a packaged app refuse Node's inspector, so the page is reached through Chromium's.
test('the packaged app opens its window and its engine answers from inside the package', async ({
  folder,
  pageErrors,
}) => {
  const switches = [`--user-data-dir=${join(folder, 'user-data')}`, '--remote-debugging-port=0', '--disable-gpu']
  const child = spawn(program(), [...switches, ...sandboxSwitches()], { cwd: folder })
  try {
    const browser = await chromium.connectOverCDP(await debuggerAddress(child))
    const page = browser.contexts()[0]?.pages()[0]
    if (page === undefined) throw new Error('The packaged app shows no page.')
    page.on('pageerror', (error) => pageErrors.push(error.message))
    await expect(page).toHaveTitle(/Casebook/)
    expect(page.url()).toBe('app://casebook/index.html')
    expect(await callEngine(page, 'ping')).toMatchObject({ type: 'done' })
    const versions = await page.evaluate(() => window.casebook.versions())
    expect(versions.electron).toMatch(/^\d+\./)
    // A bundled sample, read and asked by the engine inside the package.
    expect(await callEngine(page, 'openSample', { id: 'online-retail', folder: join(folder, 'retail') })).toMatchObject(
      {
        type: 'done',
        output: { ledger: { rowsIn: 115_638, balances: true } },
      },
    )
    const sql = 'SELECT count(*)::INTEGER AS lines, count(DISTINCT customer)::INTEGER AS customers FROM orders'
    expect(await callEngine(page, 'runSql', { sql })).toMatchObject({
      type: 'done',
      output: { rows: [[115_638, 903]] },
    })
    // Worker threads inside the package, started by the engine's process.
    expect(await callEngine(page, 'describeFiles', { paths: workbooks })).toMatchObject({
      type: 'done',
      output: [{ tables: [{ rows: 60 }] }, { tables: [{ rows: 4 }] }],
    })
    await browser.close()
  } finally {
    await end(child)
  }
})

test('the packaged command line reads workbooks in its worker threads', () => {
  for (const path of workbooks) {
    const { status, stdout } = runHidden(['describe', path, '--json'])
    expect(status).toBe(0)
    expect(stdout).toContain('"tables"')
  }
})

test('the packaged program is also the command line, with no display and with its exit codes', async () => {
  const { status, stdout } = runHidden(['help'])
  expect(stdout).toContain('casebook')
  expect(status).toBe(0)
  expect(runHidden(['nonsense']).status).toBe(2)
})

test('the packaged command line takes a sample from files to a workbook', async ({ folder }) => {
  const out = join(folder, 'sample')
  const { status, stdout } = runHidden(['sample', 'online-retail', '--out', out, '--json'])
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ sample: 'online-retail', workbook: join(out, 'business-case.xlsx') })
  expect(existsSync(join(out, 'business-case.xlsx'))).toBe(true)
})

test('the packaged program refuses to run as plain Node', async ({ folder }) => {
  const child = spawn(program(), ['-e', 'console.log("node ran")'], {
    cwd: folder,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  await Promise.race([new Promise((done) => child.once('exit', done)), new Promise((done) => setTimeout(done, 3000))])
  await end(child)
  expect(output).not.toContain('node ran')
})

function runHidden(words: readonly string[]): { status: number | null; stdout: string } {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = process.env
  return spawnSync(program(), [...sandboxSwitches(), ...words], { env: environment, encoding: 'utf8' })
}

function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let printed = ''
    child.stderr?.on('data', (chunk) => {
      printed += chunk
      const address = /DevTools listening on (ws:\S+)/.exec(printed)?.[1]
      if (address !== undefined) done(address)
    })
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`The packaged app ended with code ${code}:\n${printed}`)))
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill()
  await ended
}
