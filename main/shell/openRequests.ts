import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { app } from 'electron'

/** Something a person asked the system to open with Casebook. */
export interface OpenRequest {
  readonly type: 'file' | 'project'
  readonly path: string
}

/** The paths among the command line's words, made absolute. */
export function pathsFromArguments(): string[] {
  const words = process.argv.slice(1)
  // Unpackaged, Electron's own words and the app's folder come first.
  const appWord = app.isPackaged ? -1 : words.findIndex((word) => resolve(word) === app.getAppPath())
  return words
    .slice(appWord + 1)
    .filter((word) => !word.startsWith('-'))
    .map((word) => resolve(word))
    .filter((path) => existsSync(path))
}

/** A folder with a project.json, or that file itself, is a project; any other file is data; the rest is nothing. */
export function toOpenRequest(path: string): OpenRequest | undefined {
  if (!existsSync(path)) return undefined
  if (statSync(path).isDirectory()) {
    return existsSync(join(path, 'project.json')) ? { type: 'project', path } : undefined
  }
  return basename(path) === 'project.json' ? { type: 'project', path: dirname(path) } : { type: 'file', path }
}
