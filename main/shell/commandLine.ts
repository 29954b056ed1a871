import { spawnSync } from 'node:child_process'
import { app } from 'electron'
import { samplesFolder } from './places'

const headless = '--ozone-platform=headless'

/** The words of `casebook describe sales.csv --json`; undefined when a window is asked for. */
export function commandWords(): string[] | undefined {
  if (!app.isPackaged) return undefined
  const words = process.argv.slice(1)
  const first = words.findIndex((word) => !word.startsWith('-'))
  const command = words[first]
  if (command !== undefined && /^[a-z]+$/.test(command)) return words.slice(first)
  return words.includes('--help') ? ['--help'] : undefined
}

/** Runs the command line inside the installed app and ends with its exit code. */
export function runCommand(words: readonly string[]): void {
  // Chromium looks for a display right after this script, and only switches given from outside can tell it not to.
  if (process.platform === 'linux' && !process.argv.includes(headless)) {
    const quiet = ['--disable-gpu', '--disable-logging', '--log-level=3']
    const sandbox = app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []
    const { status } = spawnSync(process.execPath, [headless, ...quiet, ...sandbox, ...words], { stdio: 'inherit' })
    process.exit(status ?? 1)
  }
  process.argv = [process.execPath, 'casebook', ...words]
  process.env['CASEBOOK_SAMPLES_FOLDER'] = samplesFolder()
  const script = './cli.js'
  import(/* @vite-ignore */ script)
    .catch((error: unknown) => {
      console.error(error)
      process.exitCode = 1
    })
    // Electron's process.exit does not look at process.exitCode by itself.
    .finally(() => process.exit(process.exitCode ?? 0))
}
