// Compiles every TypeScript project, and the shell a second time against the older Electron that tests may run on.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const olderElectron = '33.2.1'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const projects = ['shared', 'main', 'preload', 'renderer', 'tests']
if (fetchOlderTypings()) projects.push('electron33')
else console.error(`Not checked against Electron ${olderElectron}: its typings could not be fetched.`)

const failures = []
await Promise.all(projects.map(compile))
if (failures.length > 0) {
  console.error(`Type errors in: ${failures.join(', ')}`)
  process.exit(1)
}

function compile(project) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const child = spawn(process.execPath, [compiler, '-p', `tsconfig.${project}.json`, '--pretty', 'false'], {
    cwd: root,
  })
  const output = []
  child.stdout.on('data', (chunk) => output.push(chunk))
  child.stderr.on('data', (chunk) => output.push(chunk))
  return new Promise((resolve) => {
    child.on('close', (status) => {
      if (status !== 0) {
        failures.push(project)
        console.error(Buffer.concat(output).toString().trim())
      }
      resolve()
    })
  })
}

function fetchOlderTypings() {
  const folder = join(root, '.cache', `electron-${olderElectron.split('.')[0]}`)
  if (existsSync(join(folder, 'electron.d.ts'))) return true
  const work = `${folder}-${process.pid}`
  mkdirSync(work, { recursive: true })
  try {
    const options = { cwd: work, shell: process.platform === 'win32' }
    const packed = spawnSync('npm', ['pack', `electron@${olderElectron}`, '--loglevel=error'], options)
    if (packed.status !== 0) return false
    if (spawnSync('tar', ['-xzf', `electron-${olderElectron}.tgz`], options).status !== 0) return false
    if (!existsSync(folder)) renameSync(join(work, 'package'), folder)
    return true
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
