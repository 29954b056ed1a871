// Worker threads for tests, which run from the sources: Node cannot start a thread from TypeScript.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fingerprint } from './build.mjs'
import { workerEntries } from './workerEntries.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(root, '.cache', 'workers')

/** Builds them into .cache; answers at once when all is up to date. */
export default async function buildWorkers() {
  const print = fingerprint(['main/engine', 'shared', 'package-lock.json', 'scripts/workerEntries.mjs'])
  const stamp = join(folder, '.stamp')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return
  const vite = await import('vite')
  const fresh = `${folder}-${process.pid}`
  await vite.build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20.18',
      outDir: fresh,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(workerEntries).map(([name, path]) => [name, join(root, path)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })
  writeFileSync(join(fresh, 'package.json'), '{"type":"module"}')
  writeFileSync(join(fresh, '.stamp'), print)
  mkdirSync(dirname(folder), { recursive: true })
  rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
}
