import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { WrittenScript } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import type { Project, Source } from '../../shared/project'
import { ident, raw, type Sql, sql, toReadable } from '../../shared/sql'
import { columnTypeOf, type TableColumn } from '../../shared/tableView'
import { sourceStatements } from './basis'
import { calendarView } from './calendarView'
import { readClocks } from './clocks'
import type { Database, QueryOptions } from './database'
import type { Derived } from './derived'
import { sizeOf, writeTableFile } from './grid/tableFiles'
import { cellsInSql } from './import/cellsInSql'
import { cellsSchema } from './import/importTable'
import { keyRules } from './keyChoices'
import { choicesMade, type MappedSource } from './mapping'
import { ordersView } from './orderLines'
import { fromStoredPath } from './projectFile'
import { readRates, scalesInForce } from './readRates'
import { roleViewStatements } from './roleViews'
import { gapInForce } from './sessionChoice'
import { preparedSchema, rawSchema } from './viewParts'

interface ScriptWish {
  readonly to: string
  readonly replace: boolean
}

interface ScriptContent {
  readonly folder: string
  readonly project: Project
  readonly mapped: readonly MappedSource[]
  readonly derived: Derived
}

export const scriptName = 'steps.sql'

/**
 * Writes everything that was done to the data as one script that DuckDB runs by itself: plain text files are read from
 * where they are, tables that only Casebook can read stand beside it as Parquet. Contacts are left out.
 * @throws AppError `bad-parameter` when the folder is not empty and nobody asked to replace.
 */
export async function writeScript(
  place: { readonly database: Database; readonly tempFolder: string },
  content: ScriptContent,
  { to, replace }: ScriptWish,
  options: QueryOptions,
): Promise<WrittenScript> {
  if (!replace && existsSync(to) && (await readdir(to).catch(() => ['?'])).length > 0)
    throw new AppError('bad-parameter', `${to} is there already and not empty.`, {
      hint: 'Choose another folder, or add --replace on the command line.',
      where: { file: to },
    })
  await mkdir(to, { recursive: true })
  const mapped = content.mapped.filter(({ kind }) => kind !== 'contacts')
  const names = new Set(mapped.map(({ source }) => source.name))
  const sources = content.project.sources.filter(({ name }) => names.has(name))
  const project = { ...content.project, sources }
  const written: string[] = []
  const read: string[] = []
  for (const source of sources) {
    options.onProgress?.({ fraction: read.length / sources.length, note: source.name })
    const own = await cellsInSql(source, fromStoredPath(content.folder, source.path))
    if (own === undefined) {
      const name = `${written.length + 1}.parquet`
      await writeCells(place, source, join(to, name), options)
      written.push(name)
      read.push(`${about(source)}\n${ended(cellsFrom(source, sql`read_parquet(${name})`))}`)
    } else read.push(`${about(source)}\n${ended(cellsFrom(source, sql`(${own})`))}`)
  }
  const statements = await preparation(
    place.database,
    { folder: content.folder, project, mapped, derived: content.derived },
    options,
  )
  const path = join(to, scriptName)
  await writeFile(
    path,
    [
      `-- ${content.project.name}: every step from the files to the tables that analyses read. Run it in this folder: duckdb < ${scriptName}`,
      ...[cellsSchema, rawSchema, preparedSchema].map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema};`),
      ...read,
      ...statements,
      '',
    ].join('\n\n'),
  )
  const files = await Promise.all(
    [scriptName, ...written].map(async (name) => ({ path: join(to, name), bytes: await sizeOf(join(to, name)) })),
  )
  return { folder: to, files }
}

const about = ({ name, path, seen }: Source): string =>
  `-- ${name}: ${basename(path)}, ${seen.rows} rows, SHA-256 ${seen.sha256}`

const ended = (statement: Sql | string): string =>
  `${(typeof statement === 'string' ? statement : toReadable(statement)).trim().replace(/;$/, '')};`

const cellsFrom = ({ name }: Source, relation: Sql): Sql =>
  sql`CREATE OR REPLACE TABLE ${ident(cellsSchema)}.${ident(name)} AS SELECT * FROM ${relation}`

/** The cells of a table as they were read, typed. */
async function writeCells(
  place: { readonly database: Database; readonly tempFolder: string },
  source: Source,
  to: string,
  options: QueryOptions,
): Promise<void> {
  const select = sql`SELECT * FROM ${ident(cellsSchema)}.${ident(source.name)}`
  const described = await place.database.query(
    z.object({ column_name: z.string(), column_type: z.string() }),
    sql`DESCRIBE ${select}`,
  )
  const columns = described.map(
    ({ column_name, column_type }): TableColumn => ({ name: column_name, type: columnTypeOf(column_type) }),
  )
  const table = { name: source.name, columns, select, rows: source.seen.rows }
  await writeTableFile(place, table, to, 'parquet', { signal: options.signal })
}

/** Repairs, formula columns, role views, the choices and the saved views, as they are in force. */
async function preparation(
  database: Database,
  { project, mapped, derived }: ScriptContent,
  { signal }: QueryOptions,
): Promise<string[]> {
  const made = choicesMade(project)
  const clocks = await readClocks(database, mapped, project.settings, signal)
  const rates = await readRates(database, mapped, signal)
  const rules = { clocks, keys: keyRules(made), gapMinutes: gapInForce(made) }
  const repairs = derived.repairs.filter(({ source }) => project.sources.some(({ name }) => name === source))
  const prepared = [
    ...sourceStatements(project, clocks, repairs),
    ...roleViewStatements(mapped, scalesInForce(rates, made), rules),
    ordersView(mapped, derived.orderChoices),
    calendarView(project.settings.calendar, derived.period),
  ]
  const saved = derived.views
    .filter(({ problem }) => problem === null)
    .map(({ name, sql: question }) => raw(`CREATE OR REPLACE VIEW ${toReadable(ident(name))} AS (${question}\n)`))
  return [...prepared, ...saved].map(ended)
}
