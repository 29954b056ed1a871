import { mkdtempSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import { parseMemorySize } from '../../shared/memorySize'
import { expandHome } from '../engine/expandHome'
import { requireTemporaryFolder } from '../temporaryFolder'

/** Options of every command: they are about the machine and stand in no project. */
export const engineFlags = [
  { name: 'memory', value: 'SIZE', about: 'most memory the database may take, for example 4GB; or CASEBOOK_MEMORY' },
  { name: 'temp', value: 'FOLDER', about: 'where it puts what does not fit into memory; or CASEBOOK_TEMP' },
] as const

/** What the person says about memory and temporary files, as written. */
export interface EngineWords {
  readonly memory?: string
  readonly temp?: string
}

/** Takes the options of every command out of the words of one. */
export function takeEngineWords(words: readonly string[]): { readonly own: string[]; readonly engine: EngineWords } {
  const own: string[] = []
  const found: { memory?: string; temp?: string } = {}
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const [, name, inline] = /^--(memory|temp)(?:=(.*))?$/s.exec(word) ?? []
    if (name !== 'memory' && name !== 'temp') {
      own.push(word)
      continue
    }
    if (inline === undefined) at += 1
    const value = inline ?? words[at]
    if (value === undefined || value === '') throw new AppError('bad-parameter', `--${name} needs a value.`)
    if (found[name] !== undefined) throw new AppError('bad-parameter', `--${name} is given twice.`)
    found[name] = value
  }
  return { own, engine: found }
}

/** A fresh folder for temporary files and the limit of memory: as said, else from the environment, else as usual. */
export function engineSurroundings(
  words: EngineWords,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly tempFolder: string; readonly memoryLimitBytes?: number } {
  const memory = words.memory ?? environment['CASEBOOK_MEMORY']
  const temp = words.temp ?? environment['CASEBOOK_TEMP']
  const memoryLimitBytes = memory === undefined || memory === '' ? undefined : parseMemorySize(memory, totalmem())
  const parent = temp === undefined || temp === '' ? tmpdir() : requireTemporaryFolder(expandHome(temp))
  return {
    tempFolder: mkdtempSync(join(parent, 'casebook-')),
    ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
  }
}
