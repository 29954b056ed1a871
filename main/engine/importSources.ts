import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { TableDescription } from '../../shared/description'
import { throwIfCancelled } from '../../shared/errors'
import type { Project, Source } from '../../shared/project'
import type { CallContext } from '../../shared/rpc'
import { raw, sql, toReadable } from '../../shared/sql'
import { casebookSchema } from './analysisRunner'
import { Lanes } from './checks/lanes'
import { withChecks } from './checks/withChecks'
import { Database, inTransaction, runAll } from './database'
import { diskFull, isDiskFull } from './diskSpace'
import { dropTable, importTable, type UnreadableCells } from './import/importTable'
import { importParts, modifiedAt } from './import/parts/importParts'
import { applyReadingChoice } from './import/readingChoices'
import { questionOf } from './import/renameColumns'
import type { ImportWork } from './import/work'
import { writeMeta } from './meta'
import { dataFileName, fromStoredPath } from './projectFile'
import { type ReadingWishes, unreadableFindings, wishesFor, withWishes } from './readingWishes'
import { databaseOptions, type SessionOptions } from './sessionOptions'
import type { NewTable } from './tables'
import { rawSchema } from './viewParts'

export function openLocked(folder: string, options: SessionOptions): Promise<Database> {
  return Database.open({
    ...databaseOptions(options),
    path: join(folder, dataFileName),
    locked: true,
  }).then(async (database) => {
    await database.transaction(casebookSchema)
    return database
  })
}

/** Tables as they were imported, in a database that is locked. */
export interface Imported {
  readonly project: Project
  readonly database: Database
}

/**
 * Imports tables in one transaction: all of them, or the data file stays as it was. Their contents are looked at in
 * the same transaction or, where nothing is lost when that is cancelled, later with everything that follows from them.
 */
export async function importInto(
  folder: string,
  project: Project,
  tables: readonly NewTable[],
  options: SessionOptions,
  context: CallContext,
  check: 'now' | 'later',
): Promise<Imported> {
  const database = await Database.open({
    ...databaseOptions(options),
    path: join(folder, dataFileName),
    locked: false,
  })
  const seen = new Map<string, Source>()
  const setAside = join(folder, 'data.reserve')
  try {
    await database.transaction(casebookSchema)
    await writeFile(setAside, Buffer.alloc(2 * 1024 ** 2)).catch(() => undefined)
    await database.withConnection((connection) =>
      inTransaction(connection, async () => {
        for (const [index, table] of tables.entries()) {
          throwIfCancelled(context.signal)
          const { source } = table
          await dropTable(connection, { schema: rawSchema, table: source.name })
          const work: ImportWork = {
            connection,
            signal: context.signal,
            tempFolder: options.tempFolder,
            onProgress: ({ fraction, note }) =>
              context.onProgress({
                fraction: fraction === null ? null : (index + fraction) / tables.length,
                note: note === '' ? `${source.name}, table ${index + 1} of ${tables.length}` : note,
              }),
          }
          const { imported, unreadable } = await importSource(folder, source, work)
          seen.set(source.name, imported)
          const lost = unreadableFindings(source, table.description, unreadable, wishesFor(project, source.name))
          const told = { ...table, description: { ...table.description, findings: lost } }
          const description =
            check === 'now'
              ? await withChecks(told, imported.seen.rows, { lanes: new Lanes(connection), signal: context.signal })
              : told.description
          await runAll(connection, [
            writeMeta(`description ${source.name}`, JSON.stringify(description)),
            raw("DELETE FROM casebook.meta WHERE key = 'basis'"),
          ])
        }
        throwIfCancelled(context.signal)
      }),
    )
    await database.lock(databaseOptions(options))
  } catch (error) {
    await giveBackSpace(database, setAside).catch(() => undefined)
    database.close()
    await database.closed
    if (!isDiskFull(error)) throw error
    const paths = tables.map(({ source }) => fromStoredPath(folder, source.path))
    throw await diskFull(folder, [...new Set(paths)], error)
  } finally {
    await rm(setAside, { force: true })
  }
  return {
    project: { ...project, sources: project.sources.map((source) => seen.get(source.name) ?? source) },
    database,
  }
}

/**
 * Frees the disk of what a failed import had written: a data file shrinks at the end of a change, and that needs a
 * little room to be noted down in, which was set aside before.
 */
async function giveBackSpace(database: Database, setAside: string): Promise<void> {
  await rm(setAside, { force: true })
  const mark = 'import given up'
  await database.run(raw('CHECKPOINT'))
  await database.run(writeMeta(mark, ''))
  await database.run(raw('CHECKPOINT'))
  await database.run(sql`DELETE FROM casebook.meta WHERE key = ${mark}`)
}

/** One file, or several put together. */
async function importSource(
  folder: string,
  source: Source,
  work: ImportWork,
): Promise<{ readonly imported: Source; readonly unreadable: readonly UnreadableCells[] }> {
  const into = { schema: rawSchema, table: source.name }
  const { parts } = source
  const readAt = new Date().toISOString()
  if (parts === undefined) {
    await work.connection.run(toReadable(sql`DELETE FROM casebook.parts WHERE source = ${source.name}`))
    const origin = { path: fromStoredPath(folder, source.path), read: source.read }
    const { rows, sha256, bytes, unreadable } = await importTable(origin, into, work)
    const modified = await modifiedAt(origin.path)
    return { imported: { ...source, seen: { ...source.seen, rows, sha256, bytes, modified, readAt } }, unreadable }
  }
  const imported = await importParts({ ...source, parts }, (path) => fromStoredPath(folder, path), into, work)
  const { rows, sha256, bytes, unreadable } = imported
  const seen = { ...source.seen, rows, sha256, bytes, readAt }
  return { imported: { ...source, parts: [...imported.parts], seen }, unreadable }
}

export async function missingTables(database: Database, project: Project): Promise<string[]> {
  const rows = await database.query(
    z.object({ name: z.string() }),
    sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${rawSchema}`,
  )
  const present = new Set(rows.map((row) => row.name))
  return project.sources.filter((source) => !present.has(source.name)).map((source) => source.name)
}

/** The source as it is read under the answers to questions and the wishes about columns. */
export function reread(
  source: Source,
  description: TableDescription,
  made: ReadonlyMap<string, string>,
  wishes: ReadingWishes = {},
): Source {
  const options = description.choices.map((choice) => [choice.key, made.get(choice.key) ?? choice.chosen] as const)
  const chosen = options.reduce((reading, [key, option]) => applyReadingChoice(reading, key, option), description.read)
  const read = withWishes(chosen, wishes)
  const described = description.parts
  if (source.parts === undefined || described === undefined) return { ...source, read }
  return {
    ...source,
    read,
    parts: source.parts.map((part, index) => {
      const { columns = [] } = described[index]?.read ?? {}
      const names = columns.map((column) => column.name)
      const concerning = options.filter(([key]) => {
        const { column, question } = questionOf(key, names)
        return !part.own?.includes(column ?? '') || part.asked?.includes(`${column}.${question}`)
      })
      const own = described[index]?.read ?? part.read
      return {
        ...part,
        read: withWishes(
          concerning.reduce((reading, [key, option]) => applyReadingChoice(reading, key, option), own),
          wishes,
        ),
      }
    }),
  }
}
