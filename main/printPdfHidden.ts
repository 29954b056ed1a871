import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../shared/errors'

const ensureElectron = join('scripts', 'ensureElectron.mjs')

/** For the command line: prints a self-contained HTML file as PDF with the desktop runtime, started without a window. */
export async function printPdfHidden(htmlFile: string, to: string): Promise<void> {
  const [program, ...first] = runtime()
  const headless = process.platform === 'linux' ? ['--ozone-platform=headless'] : []
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const quiet = ['--disable-gpu', '--disable-logging', '--log-level=3']
  const files = ['--print-pdf', resolve(htmlFile), resolve(to)]
  const child = spawn(program, [...headless, ...sandbox, ...quiet, ...first, ...files], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', done)
  })
  if (code !== 0) {
    throw new AppError('internal', 'The PDF could not be printed.', {
      hint: 'Export the report as HTML instead and print it from a browser.',
      technical: said,
    })
  }
}

/** Inside the installed app the running program; in the project the Electron of node_modules and the project's folder. */
function runtime(): [string, ...string[]] {
  if (process.versions['electron'] !== undefined) return [process.execPath]
  const project = projectFolder(import.meta.dirname)
  spawnSync(process.execPath, [join(project, ensureElectron)], { stdio: ['ignore', 'ignore', 2] })
  return [String(createRequire(join(project, 'package.json'))('electron')), project]
}

function projectFolder(folder: string): string {
  if (existsSync(join(folder, ensureElectron))) return folder
  if (dirname(folder) === folder) throw new AppError('internal', 'A PDF needs the desktop runtime, which is not here.')
  return projectFolder(dirname(folder))
}
