// Makes sure the Debian packages Electron (and, with --tests, the test suite) needs are there.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isMain } from './isMain.mjs'

const commandPackages = [
  ['xvfb-run', 'xvfb'],
  ['xauth', 'xauth'],
]
const testCommandPackages = [
  ['soffice', 'libreoffice-calc-nogui'],
  ['pdftotext', 'poppler-utils'],
]
// Debian 13 and Ubuntu 24.04 renamed some of these with a t64 suffix.
const libraryPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libxtst6', 'libnotify4']

/** Installs what is missing when that is possible without asking; otherwise prints the one command to run. */
export function ensureSystem({ forTests = false } = {}) {
  if (process.platform !== 'linux') return
  const commands = forTests ? [...commandPackages, ...testCommandPackages] : commandPackages
  const isDebian = hasCommand('dpkg-query')
  const missing = [
    ...commands.filter(([command]) => !hasCommand(command)).map(([, name]) => name),
    ...(isDebian ? libraryPackages.filter((name) => !isInstalled(name)) : []),
  ]
  if (missing.length === 0) return
  if (!isDebian || !hasCommand('apt-get')) {
    console.error(`Casebook needs these system packages (Debian names): ${missing.join(' ')}`)
    return
  }
  if (process.getuid?.() !== 0) {
    console.error(`Missing system packages. Run: sudo apt-get install -y ${missing.map(availableName).join(' ')}`)
    return
  }
  console.error(`Installing system packages: ${missing.join(' ')}`)
  aptGet(['update', '-qq'])
  const status = aptGet(['install', '-y', '-qq', '--no-install-recommends', ...missing.map(availableName)])
  if (status !== 0) console.error(`Could not install: ${missing.join(' ')}. What needs them will fail.`)
}

function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const result = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env, encoding: 'utf8' })
  if (result.status !== 0) console.error(`${result.stdout}${result.stderr}`.trim())
  return result.status
}

function availableName(name) {
  const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? ''
  return policy.includes('Candidate:') && !policy.includes('Candidate: (none)') ? name : `${name}t64`
}

function isInstalled(name) {
  return [name, `${name}t64`].some((candidate) => {
    const answer = spawnSync('dpkg-query', ['-W', '-f=$' + '{Status}', candidate], { encoding: 'utf8' })
    return answer.stdout?.includes('install ok installed')
  })
}

export function hasCommand(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

if (isMain(import.meta.url)) ensureSystem({ forTests: process.argv.includes('--tests') })
