// `npm start`: the window where there is a display, else the bundled sample project through the command line.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureElectron } from './ensureElectron.mjs'
import { ensureSystem, hasDisplay } from './ensureSystem.mjs'
import { sandboxSwitches } from './sandboxSwitches.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
process.exit(hasDisplay() ? await openWindow() : await runSample())

async function openWindow() {
  ensureSystem()
  await Promise.all([build(), ensureElectron()])
  const electron = createRequire(import.meta.url)('electron')
  return run(electron, [root, ...sandboxSwitches(), ...process.argv.slice(2)])
}

async function runSample() {
  console.error('No display: running the bundled sample project without a window.')
  await build({ parts: ['main'] })
  const folder = join(process.env.INIT_CWD ?? process.cwd(), 'casebook-sample')
  return run(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'sample', '--out', folder, '--replace'])
}

function run(program, args) {
  const result = spawnSync(program, args, { stdio: 'inherit', cwd: process.env.INIT_CWD ?? process.cwd() })
  if (result.error) console.error(result.error.message)
  return result.status ?? 1
}
