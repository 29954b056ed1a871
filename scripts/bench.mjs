// `npm run bench`: speed as ratios against named peers, all in one run on this machine.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureElectron } from './ensureElectron.mjs'
import { ensureSystem, hasDisplay } from './ensureSystem.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
ensureSystem()
await Promise.all([build(), ensureElectron()])
const command = [
  process.execPath,
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  '--config',
  'vitest.bench.config.ts',
  ...process.argv.slice(2),
]
const [program, ...rest] = hasDisplay() ? command : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...command]
const result = spawnSync(program, rest, { cwd: root, stdio: 'inherit' })
process.exitCode = result.status ?? 1
