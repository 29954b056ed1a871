import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { Choice } from '../../../shared/description'
import { AppError, throwIfCancelled } from '../../../shared/errors'
import { ident, join as joinSql, type Sql, sql } from '../../../shared/sql'
import type { WrittenMart } from '../../../shared/tableAnswers'
import { columnTypeOf, type TableColumn } from '../../../shared/tableView'
import type { Database, QueryOptions } from '../database'
import type { MappedSource } from '../mapping'
import { fileOf, type MartTable, martTables, typeWords } from './martTables'
import {
  requireSheetSize,
  sizeOf,
  type TableFormat,
  type TableRows,
  type WritingPlace,
  writeSheets,
  writeTableFile,
} from './tableFiles'

export interface MartWish {
  readonly to: string
  readonly format: TableFormat
  readonly replace: boolean
}

export interface MartContent {
  readonly sources: readonly MappedSource[]
  readonly choices: readonly Choice[]
}

const workbookName = 'data_mart.xlsx'

/**
 * Writes the tables analyses read, typed and under fixed names, with a dictionary that says where every column comes
 * from. The folder appears when all of it is written.
 */
export async function writeDataMart(
  place: WritingPlace,
  { sources, choices }: MartContent,
  wish: MartWish,
  options: QueryOptions,
): Promise<WrittenMart> {
  await requireFreeFolder(wish)
  const wanted = martTables(sources)
  if (wanted.length === 0) throw new AppError('not-enough-data', 'There is no table to write.')
  const tables: (TableRows & { readonly mart: MartTable })[] = []
  const dictionary: DictionaryRow[] = []
  for (const [index, mart] of wanted.entries()) {
    options.onProgress?.({ fraction: index / wanted.length / 2, note: `describing ${mart.name}` })
    const { table, missing } = await measure(place.database, mart, options)
    if (wish.format === 'xlsx') requireSheetSize(table)
    tables.push({ ...table, mart })
    dictionary.push(...dictionaryRows(mart, table, missing, choices))
  }
  const folder = `${wish.to}.${randomBytes(4).toString('hex')}.part`
  await mkdir(folder, { recursive: true })
  try {
    const files = await writeAll(place, tables, dictionaryTable(dictionary), folder, wish.format, options)
    throwIfCancelled(options.signal)
    await settle(folder, wish.to, files)
    return {
      folder: wish.to,
      files: await Promise.all(
        files.map(async (name) => ({ path: join(wish.to, name), bytes: await sizeOf(join(wish.to, name)) })),
      ),
      tables: tables.map(({ name, rows, columns }) => ({ name, rows, columns: columns.length })),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function requireFreeFolder({ to, replace }: MartWish): Promise<void> {
  if (!existsSync(to)) return
  const entries = await readdir(to).catch(() => ['?'])
  if (entries.length === 0 || replace) return
  throw new AppError('bad-parameter', `${to} is there already and not empty.`, {
    hint: 'Choose another folder, or add --replace on the command line.',
    where: { file: to },
  })
}

async function writeAll(
  place: WritingPlace,
  tables: readonly TableRows[],
  dictionary: TableRows,
  folder: string,
  format: TableFormat,
  options: QueryOptions,
): Promise<string[]> {
  if (format === 'xlsx') {
    await writeSheets(place, [...tables, { ...dictionary, name: 'Dictionary' }], join(folder, workbookName), options)
    return [workbookName]
  }
  const names: string[] = []
  for (const [index, table] of tables.entries()) {
    options.onProgress?.({ fraction: 0.5 + index / tables.length / 2, note: `writing ${table.name}` })
    const name = `${table.name}.${format}`
    await writeTableFile(place, table, join(folder, name), format, { signal: options.signal })
    names.push(name)
  }
  await writeTableFile(place, dictionary, join(folder, 'dictionary.csv'), 'csv', { signal: options.signal })
  return [...names, 'dictionary.csv']
}

/** A new folder is renamed into place; in one that is there the files are, one by one. */
async function settle(from: string, to: string, files: readonly string[]): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true })
    if (!existsSync(to)) {
      await rename(from, to)
      return
    }
    for (const name of files) await rename(join(from, name), join(to, name))
  } catch (cause) {
    throw new AppError('bad-file', `${basename(to)} could not be written.`, {
      hint: 'Check that the folder can be written to and no other program has a file in it open.',
      where: { file: to },
      technical: String(cause),
      cause,
    })
  }
}

interface Measured {
  readonly table: TableRows
  readonly missing: readonly number[]
}

async function measure(database: Database, mart: MartTable, options: QueryOptions): Promise<Measured> {
  const described = await database.query(
    z.object({ column_name: z.string(), column_type: z.string() }),
    sql`DESCRIBE ${mart.select}`,
  )
  const columns = described.map(
    ({ column_name, column_type }): TableColumn => ({ name: column_name, type: columnTypeOf(column_type) }),
  )
  const counts = columns.map(
    ({ name }, index) => sql`(count(*) - count(${ident(name)}))::DOUBLE AS ${ident(`m${index}`)}`,
  )
  const [row] = await database.query(
    z.record(z.string(), z.number()),
    sql`SELECT count(*)::DOUBLE AS rows, ${joinSql(counts, ', ')} FROM (${mart.select})`,
    options,
  )
  return {
    table: { name: mart.name, columns, select: mart.select, rows: row?.['rows'] ?? 0 },
    missing: columns.map((_, index) => row?.[`m${index}`] ?? 0),
  }
}

type DictionaryRow = readonly [
  table: string,
  column: string,
  type: string,
  meaning: string,
  source: string,
  sourceColumn: string,
  rows: number,
  missing: number,
  choices: string,
  hashes: string,
]

const dictionaryColumns = [
  'table',
  'column',
  'type',
  'meaning',
  'source_file',
  'source_column',
  'rows',
  'missing',
  'choices',
  'file_sha256',
] as const

function dictionaryRows(
  mart: MartTable,
  table: TableRows,
  missing: readonly number[],
  choices: readonly Choice[],
): DictionaryRow[] {
  const inForce = choicesOf(mart, choices)
  const hashes = mart.sources.map((mapped) => `${fileOf(mapped)}: ${mapped.source.seen.sha256}`).join('; ')
  return table.columns.map(({ name, type }, index) => {
    const about = mart.columns.find((column) => column.name === name)
    const origin = about?.origin ?? []
    return [
      mart.name,
      name,
      typeWords[type],
      about?.meaning ?? '',
      origin.map(({ file }) => file).join('; ') || 'computed',
      origin.map(({ column }) => column).join('; '),
      table.rows,
      missing[index] ?? 0,
      inForce,
      hashes,
    ]
  })
}

/** Choices about the whole concern the orders; those about how a file is read start with its table's name. */
function choicesOf(mart: MartTable, choices: readonly Choice[]): string {
  const names = mart.sources.map(({ source }) => `${source.name}.`)
  const isOrders = mart.sources.some(({ kind }) => kind === 'orders')
  return choices
    .filter(({ key }) => names.some((name) => key.startsWith(name)) || (isOrders && !key.includes('.')))
    .map(({ key, chosen }) => `${key} = ${chosen}`)
    .join('; ')
}

function dictionaryTable(rows: readonly DictionaryRow[]): TableRows {
  const columns = dictionaryColumns.map(
    (name): TableColumn => ({ name, type: name === 'rows' || name === 'missing' ? 'integer' : 'text' }),
  )
  return { name: 'dictionary', columns, select: valuesOf(rows), rows: rows.length }
}

function valuesOf(rows: readonly DictionaryRow[]): Sql {
  const lines = rows.map(
    (row) =>
      sql`(${joinSql(
        row.map((value) => (typeof value === 'number' ? sql`CAST(${value} AS BIGINT)` : sql`${value}`)),
        ', ',
      )})`,
  )
  const names = joinSql(
    dictionaryColumns.map((name) => ident(name)),
    ', ',
  )
  return sql`SELECT ${names} FROM (VALUES ${joinSql(lines, ', ')}) AS dictionary(${names})`
}
