import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Project, Source } from '../../shared/project'
import { hashFile } from './import/identifyFile'
import { listFolder } from './import/parts/listFolder'
import { fromStoredPath } from './projectFile'

/** What became of the files of a source since they were read. */
export interface SourceProblem {
  readonly kind: 'moved' | 'changed'
  /** What happened, in a sentence. */
  readonly note: string
}

/** A file that only got a new date is compared by its content up to this size; above it, it counts as changed. */
const comparedBytes = 256 * 1024 ** 2

/** Looks at the files of every source; nothing is read again. Sources without a problem are left out. */
export async function watchSources(
  folder: string,
  project: Project,
  signal: AbortSignal,
): Promise<Map<string, SourceProblem>> {
  const found = await Promise.all(
    project.sources.map(async (source) => [source.name, await problemOf(folder, source, signal)] as const),
  )
  return new Map(found.flatMap(([name, problem]) => (problem === undefined ? [] : [[name, problem] as const])))
}

async function problemOf(folder: string, source: Source, signal: AbortSignal): Promise<SourceProblem | undefined> {
  const files = source.parts ?? [source]
  const states = await Promise.all(
    files.map(async (file) => ({
      name: basename(file.path),
      state: await stateOf(fromStoredPath(folder, file.path), file.seen, signal),
    })),
  )
  const named = (state: 'moved' | 'changed'): string[] =>
    states.filter((one) => one.state === state).map(({ name }) => name)
  const [moved, changed] = [named('moved'), named('changed')]
  if (moved.length > 0)
    return {
      kind: 'moved',
      note: `${list(moved)} ${moved.length === 1 ? 'is' : 'are'} not there any more. Say where the data are now, or leave the figures as they were read.`,
    }
  if (changed.length > 0)
    return {
      kind: 'changed',
      note: `${list(changed)} changed since the data were read. Read again to bring the figures up to date.`,
    }
  const added = source.folder ? await newFiles(fromStoredPath(folder, source.path), source) : []
  if (added.length === 0) return undefined
  return { kind: 'changed', note: `The folder holds ${list(added)}, which came later. Read again to take it in.` }
}

async function stateOf(
  path: string,
  seen: Source['seen'] | NonNullable<Source['parts']>[number]['seen'],
  signal: AbortSignal,
): Promise<'moved' | 'changed' | 'same'> {
  const now = await stat(path).catch(() => undefined)
  if (now === undefined || !now.isFile()) return 'moved'
  if (now.size !== seen.bytes) return 'changed'
  if (seen.modified === undefined || now.mtime.toISOString() === seen.modified) return 'same'
  if (now.size > comparedBytes) return 'changed'
  const hash = await hashFile(path, signal).catch(() => undefined)
  return hash === seen.sha256 ? 'same' : 'changed'
}

async function newFiles(path: string, { listing = [] }: Source): Promise<string[]> {
  const now = await listFolder(path).catch(() => [])
  return now.map((file) => basename(file)).filter((name) => !listing.includes(name))
}

function list(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}
