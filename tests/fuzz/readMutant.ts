import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Lanes } from '../../main/engine/checks/lanes'
import { withChecks } from '../../main/engine/checks/withChecks'
import { Database } from '../../main/engine/database'
import { createEngine } from '../../main/engine/engine'
import { describeFile } from '../../main/engine/import/describeFile'
import { dropTable, importTable } from '../../main/engine/import/importTable'
import { rawSchema } from '../../main/engine/viewParts'
import type { FileDescription } from '../../shared/description'
import { AppError } from '../../shared/errors'
import { raw, sql } from '../../shared/sql'
import { makeMutant } from './makeMutant'

/** How reading a damaged file ended: with tables, with an error for the person, or with what must not happen. */
export interface Ending {
  readonly kind: 'tables' | 'refused' | 'fault'
  /** The code of the error, or what went wrong. */
  readonly text: string
}

export interface MutantReader {
  /** Describes the file of the seed, imports its tables and looks at their contents. */
  read(seed: number): Promise<Ending>
  /** The same by way of a project, with role views and ledger. */
  readAsProject(seed: number): Promise<Ending>
  remove(): Promise<void>
}

/** Codes that name a cause and a remedy. */
const named: ReadonlySet<string> = new Set([
  'bad-file',
  'missing-column',
  'needs-choice',
  'not-enough-data',
  'out-of-memory',
])

/** One database for any number of damaged files. */
export async function openMutantReader(): Promise<MutantReader> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-fuzz-'))
  const tempFolder = join(folder, 'temp')
  mkdirSync(tempFolder)
  const signal = new AbortController().signal
  const open = async (): Promise<Database> => {
    const database = await Database.open({ path: ':memory:', tempFolder, locked: false })
    await database.run(sql`CREATE SCHEMA ${raw(rawSchema)}`)
    return database
  }
  let database = await open()
  const write = (seed: number): string => {
    const { fileName, bytes } = makeMutant(seed)
    const path = join(folder, fileName)
    writeFileSync(path, bytes)
    return path
  }
  const readAll = (path: string): Promise<FileDescription> =>
    database.withConnection(async (connection) => {
      const work = { connection, signal, tempFolder, onProgress: () => undefined }
      const file = await describeFile(path, work)
      for (const table of file.tables) {
        const into = { schema: rawSchema, table: table.name }
        const { rows } = await importTable({ path, read: table.read }, into, work)
        if (rows !== table.rows) throw new Error(`${table.rows} rows described, ${rows} imported`)
        const { kind, roles } = table.recognised
        const mapped = Object.fromEntries(
          Object.entries(roles).map(([role, column]) => [role, typeof column === 'string' ? column : [...column]]),
        )
        const source = { name: table.name, read: table.read }
        await withChecks({ description: table, kind, roles: mapped, source }, rows, {
          lanes: new Lanes(connection),
          signal,
        })
        await dropTable(connection, into)
      }
      return file
    })
  const read = async (seed: number): Promise<Ending> => {
    const path = write(seed)
    const ending = await endingOf(readAll(path))
    rmSync(path, { force: true })
    const left = readdirSync(tempFolder).filter((name) => name.endsWith('.csv'))
    for (const name of left) rmSync(join(tempFolder, name))
    if (ending.kind === 'fault') {
      // Whatever the fault has done to the database, the next file shall not suffer for it.
      database.close()
      await database.closed
      database = await open()
    } else if (left.length > 0) return { kind: 'fault', text: `${left.length} temporary files stayed behind` }
    return ending
  }
  const readAsProject = async (seed: number): Promise<Ending> => {
    const path = write(seed)
    const engine = createEngine({ tempFolder })
    const project = join(folder, 'project')
    const context = { signal, onProgress: () => undefined }
    const made = engine.handlers.createProject(
      {
        folder: project,
        name: 'mutant',
        sources: [{ path }],
        kinds: {},
        maps: {},
        choices: {},
        settings: {},
        strict: false,
      },
      context,
    )
    const ending = await endingOf(made)
    engine.close()
    rmSync(project, { recursive: true, force: true })
    rmSync(path, { force: true })
    return ending
  }
  return {
    read,
    readAsProject,
    remove: async () => {
      database.close()
      await database.closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function endingOf(reading: Promise<unknown>): Promise<Ending> {
  try {
    await reading
    return { kind: 'tables', text: 'tables' }
  } catch (error) {
    if (!(error instanceof AppError))
      return { kind: 'fault', text: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    if (!named.has(error.code))
      return { kind: 'fault', text: `${error.code}: ${error.message} ${error.technical ?? ''}\n${error.stack}` }
    if (error.hint === undefined) return { kind: 'fault', text: `no remedy: ${error.message}` }
    return { kind: 'refused', text: error.code }
  }
}
