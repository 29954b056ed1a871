// `npm run dev`: the window with hot reload; a change in main/ restarts it.
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'electron-vite'
import { ensureElectron } from './ensureElectron.mjs'
import { ensureSystem } from './ensureSystem.mjs'
import { sandboxSwitches } from './sandboxSwitches.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
ensureSystem()
await ensureElectron()
// What stands in out/ from now on is a development build.
for (const part of ['main', 'preload']) rmSync(join(root, 'out', `.${part}.stamp`), { force: true })
if (sandboxSwitches().length > 0) process.env.NO_SANDBOX = '1'
await createServer({ root, build: { watch: {} } }, {})
