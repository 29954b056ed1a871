import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { TableDescription } from '../../shared/description'
import type { SourceInput } from '../../shared/engineApi'
import { AppError, throwIfCancelled } from '../../shared/errors'
import type { Project, Source } from '../../shared/project'
import type { CallContext } from '../../shared/rpc'
import { raw, sql } from '../../shared/sql'
import { casebookSchema } from './analysisRunner'
import { withChecks } from './checks/withChecks'
import { Database, inTransaction, runAll } from './database'
import { writeMeta } from './derived'
import { diskFull, isDiskFull } from './diskSpace'
import { describeFile } from './import/describeFile'
import { dropTable, importTable } from './import/importTable'
import { applyReadingChoice } from './import/readingChoices'
import { choicesMade, nearestColumn } from './mapping'
import { dataFileName, fromStoredPath, toStoredPath } from './projectFile'
import { kindAndRoles } from './projectSteps'
import { rawSchema } from './roleViews'
import { type NewTable, planTables } from './tables'

export interface SessionOptions {
  /** A folder for spilled data and transcoded files; made when missing. */
  readonly tempFolder: string
  /** One thread makes floating sums repeat exactly; tests use it. */
  readonly threads?: number
}

export function openLocked(folder: string, options: SessionOptions): Promise<Database> {
  return Database.open({
    path: join(folder, dataFileName),
    tempFolder: options.tempFolder,
    locked: true,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  }).then(async (database) => {
    await database.transaction(casebookSchema)
    return database
  })
}

/** Reads what is in the files, several at a time, without touching any project. */
export async function describeAll(
  inputs: readonly SourceInput[],
  options: SessionOptions,
  context: CallContext,
): Promise<{ input: SourceInput; description: Awaited<ReturnType<typeof describeFile>> }[]> {
  const database = await Database.open({ path: ':memory:', tempFolder: options.tempFolder, locked: false })
  // One file that cannot be read stops the reading of the others.
  const failed = new AbortController()
  const signal = AbortSignal.any([context.signal, failed.signal])
  let done = 0
  const describe = async (input: SourceInput) => {
    const description = await database.withConnection((connection) =>
      describeFile(input.path, {
        connection,
        signal,
        tempFolder: options.tempFolder,
        onProgress: (progress) => {
          if (inputs.length === 1) context.onProgress(progress)
        },
      }),
    )
    done += 1
    context.onProgress({
      fraction: inputs.length === 1 ? null : done / inputs.length,
      note: `${basename(input.path)} recognised`,
    })
    return { input, description }
  }
  try {
    return await Promise.all(inputs.map(describe))
  } catch (error) {
    failed.abort()
    throw error
  } finally {
    database.close()
    await database.closed
  }
}

/** Imports tables in one transaction: all of them, or the data file stays as it was. */
export async function importInto(
  folder: string,
  project: Project,
  tables: readonly NewTable[],
  options: SessionOptions,
  context: CallContext,
): Promise<Project> {
  const database = await Database.open({
    path: join(folder, dataFileName),
    tempFolder: options.tempFolder,
    locked: false,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
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
          const imported = await importTable(
            { path: fromStoredPath(folder, source.path), read: source.read },
            { schema: rawSchema, table: source.name },
            {
              connection,
              signal: context.signal,
              tempFolder: options.tempFolder,
              onProgress: ({ fraction, note }) =>
                context.onProgress({
                  fraction: fraction === null ? null : (index + fraction) / tables.length,
                  note: note === '' ? `${source.name}, table ${index + 1} of ${tables.length}` : note,
                }),
            },
          )
          seen.set(source.name, {
            ...source,
            seen: { ...source.seen, rows: imported.rows, sha256: imported.sha256, bytes: imported.bytes },
          })
          const description = await withChecks(table, imported.rows, {
            connection,
            signal: context.signal,
          })
          await runAll(connection, [
            writeMeta(`description ${source.name}`, JSON.stringify(description)),
            raw("DELETE FROM casebook.meta WHERE key = 'basis'"),
          ])
        }
        throwIfCancelled(context.signal)
      }),
    )
  } catch (error) {
    await giveBackSpace(database, setAside).catch(() => undefined)
    if (!isDiskFull(error)) throw error
    const paths = tables.map(({ source }) => fromStoredPath(folder, source.path))
    throw await diskFull(folder, [...new Set(paths)], error)
  } finally {
    database.close()
    await database.closed
    await rm(setAside, { force: true })
  }
  return { ...project, sources: project.sources.map((source) => seen.get(source.name) ?? source) }
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

export async function readDescriptions(database: Database): Promise<Map<string, TableDescription>> {
  const rows = await database.query(
    z.object({ key: z.string(), value: z.string() }),
    sql`SELECT key, value FROM casebook.meta WHERE key LIKE 'description %'`,
  )
  // Written by this engine from typed data; a damaged data file is rebuilt, not repaired.
  return new Map(rows.map((row) => [row.key.slice('description '.length), JSON.parse(row.value) as TableDescription]))
}

export async function missingTables(database: Database, project: Project): Promise<string[]> {
  const rows = await database.query(
    z.object({ name: z.string() }),
    sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${rawSchema}`,
  )
  const present = new Set(rows.map((row) => row.name))
  return project.sources.filter((source) => !present.has(source.name)).map((source) => source.name)
}

/** Describes sources again (data file gone, or new files), keeping roles; missing columns become one error. */
export async function redescribe(
  folder: string,
  project: Project,
  names: readonly string[],
  options: SessionOptions,
  context: CallContext,
  paths: ReadonlyMap<string, string> = new Map(),
): Promise<NewTable[]> {
  const sources = project.sources.filter((source) => names.includes(source.name))
  const inputs = sources.map((source) => ({
    name: source.name,
    path: paths.get(source.name) ?? fromStoredPath(folder, source.path),
    ...(source.read.sheet === undefined ? {} : { sheet: source.read.sheet }),
  }))
  const described = await describeAll(inputs, options, context)
  return sources.map((source, index) => {
    const entry = described[index]
    if (entry === undefined) throw new Error('one description a source')
    const oneTable =
      entry.description.tables.length === 1 && paths.has(source.name) ? entry.description.tables[0] : undefined
    const sheet = oneTable?.sheet ?? source.read.sheet
    const [table] = planTables(
      folder,
      [
        {
          input: { name: source.name, path: entry.input.path, ...(sheet === undefined ? {} : { sheet }) },
          description: entry.description,
        },
      ],
      [],
      { kinds: {}, maps: {} },
    )
    if (table === undefined) throw new Error('planTables answers at least one table')
    const mapping = kindAndRoles(project, source)
    const columns = table.description.columns.map((column) => column.name)
    requireColumns(source.name, mapping.roles, columns)
    return {
      ...table,
      ...mapping,
      source: reread(
        { ...table.source, name: source.name, path: toStoredPath(folder, entry.input.path) },
        table.description,
        choicesMade(project),
      ),
    }
  })
}

/** Every mapped column the new file lacks in one error: role, old column and best match. Extra columns do not matter. */
function requireColumns(
  sourceName: string,
  roles: Readonly<Record<string, string | readonly string[]>>,
  columns: readonly string[],
): void {
  const present = new Set(columns.map((column) => column.trim().toLowerCase()))
  const lost = Object.entries(roles).flatMap(([role, played]) =>
    [played].flat().flatMap((column) => (present.has(column.trim().toLowerCase()) ? [] : [{ role, column }])),
  )
  if (lost.length === 0) return
  const lines = lost.map(({ role, column }) => {
    const nearest = nearestColumn(column, columns)
    return `${role}: "${column}" is missing${nearest === undefined ? '' : `; did it become "${nearest}"?`}`
  })
  throw new AppError(
    'missing-column',
    `The new file for ${sourceName} lacks ${lost.length} mapped ${lost.length === 1 ? 'column' : 'columns'}: ${lost.map(({ column }) => column).join(', ')}.`,
    {
      hint: `${lines.join('\n')}\nIts columns: ${columns.join(', ')}. The project stays as it was.`,
      where: { file: sourceName, column: lost[0]?.column ?? '' },
      data: { lost },
    },
  )
}

export function reread(source: Source, description: TableDescription, made: ReadonlyMap<string, string>): Source {
  const read = description.choices.reduce(
    (options, choice) => applyReadingChoice(options, choice.key, made.get(choice.key) ?? choice.chosen),
    description.read,
  )
  return { ...source, read }
}

/** Tables whose reading differs between two states of a project, or which one of them lacks. */
export async function changedTables(
  folder: string,
  current: Project,
  target: Project,
  descriptions: ReadonlyMap<string, TableDescription>,
  options: SessionOptions,
  context: CallContext,
): Promise<NewTable[]> {
  const changed = target.sources.filter((source) => {
    const now = current.sources.find((candidate) => candidate.name === source.name)
    return (
      now === undefined ||
      JSON.stringify([now.path, now.read, now.seen.sha256]) !==
        JSON.stringify([source.path, source.read, source.seen.sha256])
    )
  })
  const known = changed.flatMap((source) => {
    const description = descriptions.get(source.name)
    return description === undefined ? [] : [{ description, source, ...kindAndRoles(target, source) }]
  })
  const unknown = changed.filter((source) => !descriptions.has(source.name)).map((source) => source.name)
  return unknown.length === 0 ? known : [...known, ...(await redescribe(folder, target, unknown, options, context))]
}

export function movedSources(folder: string, project: Project): Map<string, 'moved' | 'changed'> {
  return new Map(
    project.sources
      .filter((source) => !existsSync(fromStoredPath(folder, source.path)))
      .map((source) => [source.name, 'moved' as const]),
  )
}
