// Builds what changed since the last build. `node scripts/build.mjs [--cli] [--clean]`; --cli leaves out the window's parts.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isMain } from './isMain.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const out = join(root, 'out')
const common = ['shared', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'scripts/workerEntries.mjs']
const sourcesOf = {
  main: ['main', ...common],
  preload: ['main/shell', ...common],
  renderer: ['renderer', 'assets/icons', ...common],
}

/** Builds the stale ones of the given parts; answers at once when none is. */
export async function build({ parts = Object.keys(sourcesOf), clean = false } = {}) {
  if (clean) rmSync(out, { recursive: true, force: true })
  if (!isStale(parts)) return
  mkdirSync(out, { recursive: true })
  const unlock = await lock(join(out, '.lock'))
  try {
    const stale = staleParts(parts)
    if (stale.length > 0) await bundle(stale)
  } finally {
    unlock()
  }
}

export const isStale = (parts = Object.keys(sourcesOf)) => staleParts(parts).length > 0

function staleParts(parts) {
  return parts.filter((part) => readText(stampOf(part)) !== fingerprint(sourcesOf[part]))
}

async function bundle(parts) {
  const startedAt = performance.now()
  console.error(`Building ${parts.join(', ')} …`)
  const [{ resolveConfig }, vite] = await Promise.all([import('electron-vite'), import('vite')])
  const { config } = await resolveConfig({ root, logLevel: 'warn' }, 'build', 'production')
  for (const part of parts) {
    const print = fingerprint(sourcesOf[part])
    const fresh = join(out, `.${part}-${process.pid}`)
    const options = vite.mergeConfig(config[part], { logLevel: 'warn', build: { outDir: fresh, emptyOutDir: true } })
    try {
      await vite.build(options)
      moveInto(join(out, part), fresh)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
    writeFileSync(stampOf(part), print)
  }
  console.error(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
}

/** Chunks carry a hash in their name and stay, so a command still running keeps finding its own. */
function moveInto(folder, fresh) {
  const files = readdirSync(fresh, { recursive: true }).filter((name) => statSync(join(fresh, name)).isFile())
  const isChunk = (name) => dirname(name) !== '.'
  for (const name of [...files.filter(isChunk), ...files.filter((file) => !isChunk(file))]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    renameSync(join(fresh, name), join(folder, name))
  }
}

/** A hash over the names and contents of files and folders. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false })
  if (stats === undefined) return
  if (stats.isDirectory()) {
    for (const name of readdirSync(join(root, path)).sort()) addTo(hash, `${path}/${name}`)
  } else {
    hash.update(`${path}\0${stats.size}\0`).update(readFileSync(join(root, path)))
  }
}

async function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const owner = readText(path)
      if (owner !== '' && !isRunning(Number(owner))) rmSync(path, { force: true })
      await sleep(100)
    }
  }
}

function isRunning(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

const stampOf = (part) => join(out, `.${part}.stamp`)

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

if (isMain(import.meta.url)) {
  const has = (name) => process.argv.includes(name)
  try {
    await build({ ...(has('--cli') ? { parts: ['main'] } : {}), clean: has('--clean') })
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
