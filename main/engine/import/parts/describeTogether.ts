import { existsSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { FileDescription, TableDescription } from '../../../../shared/description'
import { AppError } from '../../../../shared/errors'
import { renameTable } from '../../tables'
import { describeFile, type WishedLayout } from '../describeFile'
import type { ImportWork } from '../work'
import { describeParts } from './describeParts'
import { type FoundTable, groupTables, nameOfGroup, sharedOf } from './groupTables'
import { hashTogether } from './hashTogether'
import { listFolder } from './listFolder'
import { leftOutFinding, twiceFinding } from './partFindings'

/** Lends a connection of its own to a piece of work. */
export type WithWork = <Answer>(use: (work: ImportWork) => Promise<Answer>) => Promise<Answer>

/**
 * The tables of a folder: files of the same columns are one table, the others stand beside it, and files that cannot
 * be read are listed with the reason. @throws AppError `bad-file` when no file of it can be read.
 */
export async function describeFolder(
  folder: string,
  name: string | undefined,
  withWork: WithWork,
  wished?: WishedLayout,
): Promise<FileDescription> {
  const paths = await listFolder(folder)
  const present = new Set(paths.map((path) => basename(path)))
  if (present.has('project.json') && present.has('data.duckdb'))
    throw new AppError('bad-parameter', `${basename(folder)} is a Casebook project, not a folder of data files.`, {
      hint: 'Open it as a project, or choose the folder that holds the files.',
      where: { file: folder },
    })
  const read = await describeEach(paths, withWork, wished, (error) => {
    if (error.code === 'bad-file') return error.message
    throw error
  })
  const files = read.flatMap(({ file }) => (file === undefined ? [] : [file]))
  const refused = read.flatMap(({ path, reason }) =>
    reason === undefined ? [] : [{ sheet: basename(path), reason: withoutName(reason, basename(path)) }],
  )
  const { once, twice } = withoutCopies(files)
  const found = once.flatMap((file) => file.tables.map((table): FoundTable => ({ file, table })))
  if (found.length === 0)
    throw new AppError('bad-file', `The folder ${basename(folder)} holds no file that can be read as a table.`, {
      hint: refused.map(({ sheet, reason }) => `${sheet}: ${reason}.`).join('\n') || 'Choose another folder.',
      where: { file: folder },
    })
  const groups = groupTables(found)
  const tables: TableDescription[] = []
  for (const group of groups) {
    const isAll = groups.length === 1
    const called = nameOfGroup(
      group.map(({ file }) => file.path),
      folder,
    )
    tables.push(await describeOne((isAll ? name : undefined) ?? called, group, twice, withWork))
  }
  const skipped = [
    ...refused,
    ...once.flatMap((file) =>
      file.skipped.map(({ sheet, reason }) => ({ sheet: `${file.fileName}, sheet ${sheet}`, reason })),
    ),
  ]
  const [first, ...others] = tables
  const told =
    first === undefined ? [] : [{ ...first, findings: [...leftOutFinding(first.name, skipped), ...first.findings] }]
  const listing = paths.map((path) => basename(path))
  return { ...describeSet(folder, once), format: 'folder', tables: [...told, ...others], skipped, listing }
}

/** "is a PDF" of "notes.pdf is a PDF." */
function withoutName(message: string, name: string): string {
  const reason = message.startsWith(`${name} `) ? message.slice(name.length + 1) : message
  return reason.replace(/\.$/, '')
}

/** Files that a person says are parts of one table. @throws AppError `bad-parameter` when one does not fit. */
export async function describeFiles(
  name: string,
  given: readonly string[],
  sheet: string | undefined,
  withWork: WithWork,
  wished?: WishedLayout,
): Promise<FileDescription> {
  const paths: string[] = []
  for (const path of given) paths.push(...(isFolder(path) ? await listFolder(path) : [path]))
  const read = await describeEach([...new Set(paths.map((path) => resolve(path)))], withWork, wished, (error) => {
    throw error
  })
  const files = read.flatMap(({ file }) => (file === undefined ? [] : [file]))
  const { once, twice } = withoutCopies(files)
  const found = once.map((file, index): FoundTable => {
    const tables = file.tables.filter(
      (table) => sheet === undefined || table.sheet?.toLowerCase() === sheet.toLowerCase(),
    )
    const first = once[0]?.tables[0]
    const [table] =
      index === 0 ? tables : tables.filter((candidate) => first === undefined || sharedOf(first, candidate) >= 0.5)
    if (table !== undefined) return { file, table }
    throw doesNotFit(name, file, once[0])
  })
  const table = await describeOne(name, found, twice, withWork)
  return { ...describeSet(given[0] ?? '', once), format: 'files', tables: [table], skipped: [] }
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()

function doesNotFit(name: string, file: FileDescription, first: FileDescription | undefined): AppError {
  const columns = (one: FileDescription | undefined): string =>
    one?.tables[0]?.columns.map((column) => column.name).join(', ') ?? 'none'
  return new AppError('bad-parameter', `${file.fileName} does not belong to ${name}: its columns are others.`, {
    hint: `Columns of ${first?.fileName ?? 'the first file'}: ${columns(first)}.\nColumns of ${file.fileName}: ${columns(file)}.\nGive it a name of its own.`,
    where: { file: file.path },
  })
}

/** Files looked at at a time. */
const atOnce = 3

interface Read {
  readonly path: string
  readonly file?: FileDescription
  readonly reason?: string
}

/** Describes files a few at a time; what cannot be read becomes a reason, or the error the caller makes of it. */
async function describeEach(
  paths: readonly string[],
  withWork: WithWork,
  wished: WishedLayout | undefined,
  reasonOf: (error: AppError) => string,
): Promise<Read[]> {
  const read: Read[] = []
  let next = 0
  const work = async (): Promise<void> => {
    while (next < paths.length) {
      const at = next
      next += 1
      const path = paths[at] ?? ''
      read[at] = await withWork((given) => describeFile(path, given, wished)).then(
        (file) => ({ path, file }),
        (error: unknown) => {
          if (!(error instanceof AppError)) throw error
          return { path, reason: reasonOf(error) }
        },
      )
    }
  }
  // Waited for one and all, or a query would outlive its database.
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, work))
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return read
}

/** Each content once; what comes again is named beside the file it repeats. */
function withoutCopies(files: readonly FileDescription[]): {
  once: FileDescription[]
  twice: ReadonlyMap<string, string>
} {
  const seen = new Map<string, FileDescription>()
  const twice = new Map<string, string>()
  for (const file of files) {
    const first = seen.get(file.sha256)
    if (first === undefined) seen.set(file.sha256, file)
    else twice.set(file.fileName, first.fileName)
  }
  return { once: [...seen.values()], twice }
}

async function describeOne(
  name: string,
  group: readonly FoundTable[],
  twice: ReadonlyMap<string, string>,
  withWork: WithWork,
): Promise<TableDescription> {
  const [first] = group
  const alone = group.length === 1 && first !== undefined
  const table = alone ? onlyPart(name, first) : await withWork((work) => describeParts(name, group, work))
  const names = new Set(group.map(({ file }) => file.fileName))
  const copies = [...twice].filter(([, first]) => names.has(first)).map(([copy, first]) => [first, copy] as const)
  return { ...table, findings: [...twiceFinding(name, copies), ...table.findings] }
}

/** A table of one file, which others may come to. */
function onlyPart(name: string, { file, table }: FoundTable): TableDescription {
  const { path, fileName, sha256, bytes } = file
  const part = { path, fileName, sha256, bytes, rows: table.rows, read: table.read, own: [], asked: [] }
  return { ...renameTable(table, name), parts: [part] }
}

/** What is known of several files as one. */
function describeSet(
  path: string,
  files: readonly FileDescription[],
): Pick<FileDescription, 'path' | 'fileName' | 'bytes' | 'sha256' | 'extensionMisleads'> {
  return {
    path,
    fileName: basename(path),
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    sha256: hashTogether(files.map((file) => file.sha256)),
    extensionMisleads: false,
  }
}
