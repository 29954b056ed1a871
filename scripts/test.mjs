// `npm test`: unit tests, then the real app. The last line is the count over both runners.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureElectron } from './ensureElectron.mjs'
import { ensureSystem, hasDisplay } from './ensureSystem.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const reports = join(root, '.cache', 'test-reports')
const total = { passed: 0, failed: 0, skipped: 0 }

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
for (const step of [prepare, runVitest, runPack, runPlaywright]) {
  try {
    await step()
  } catch (error) {
    console.error(error)
    total.failed += 1
  }
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

async function prepare() {
  ensureSystem({ forTests: true })
  const { version, isStandIn } = await ensureElectron()
  console.log(`Node ${process.versions.node}, Electron ${version}${isStandIn ? ' (stand-in)' : ''}`)
  await build()
}

function runVitest() {
  const report = join(reports, 'vitest.json')
  const args = [
    'run',
    '--passWithNoTests=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const status = run(binary('vitest', 'vitest.mjs'), args)
  const found = JSON.parse(readFileSync(report, 'utf8'))
  // A file that cannot be loaded fails without a failed test in it.
  const brokenFiles = found.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  add({
    passed: found.numPassedTests,
    failed: found.numFailedTests + brokenFiles.length,
    skipped: found.numPendingTests + found.numTodoTests,
    status,
  })
}

// In a process of its own: electron-builder sets the exit code of the process it runs in back to 0.
function runPack() {
  if (run(join(root, 'scripts', 'pack.mjs'), []) !== 0) throw new Error('The app could not be packed.')
}

function runPlaywright() {
  const report = join(reports, 'playwright.json')
  const args = ['test', '--reporter=list,json']
  const status = run(binary('@playwright/test', 'cli.js'), args, { PLAYWRIGHT_JSON_OUTPUT_FILE: report }, !hasDisplay())
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'))
  // A flaky test passed only when repeated; there are no repeats, so it counts as failed if it ever appears.
  add({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    status,
  })
}

function add({ passed, failed, skipped, status }) {
  total.passed += passed
  total.failed += status !== 0 && failed === 0 ? 1 : failed
  total.skipped += skipped
}

function binary(name, file) {
  return join(root, 'node_modules', name, file)
}

function run(script, args, environment = {}, needsDisplay = false) {
  const command = [process.execPath, script, ...args]
  const [program, ...rest] = needsDisplay ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...command] : command
  const result = spawnSync(program, rest, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
  if (result.error) throw result.error
  return result.status ?? 1
}
