import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError, throwIfCancelled } from '../../../shared/errors'
import { guardFormula } from '../../../shared/guardFormula'
import { ident, join as joinSql, raw, type Sql, sql, toReadable } from '../../../shared/sql'
import type { TableColumn } from '../../../shared/tableView'
import { sheetColumnLimit, sheetRowLimit } from '../../printers/tableFiles/workbookParts'
import { type SheetCell, type SheetRows, writeWorkbookFile } from '../../printers/tableFiles/writeWorkbookFile'
import { byteOrderMark } from '../../printers/toCsv'
import type { Database, QueryOptions } from '../database'
import { exportFolder } from '../databaseSettings'
import { valueText } from './filterSql'

export type TableFormat = 'csv' | 'xlsx' | 'parquet'

/** Rows to be written: a SELECT whose columns are these. */
export interface TableRows {
  readonly name: string
  readonly columns: readonly TableColumn[]
  readonly select: Sql
  readonly rows: number
}

export interface WritingPlace {
  readonly database: Database
  readonly tempFolder: string
}

/** @throws AppError `bad-parameter` where a file stands and nobody asked to replace it. */
export function requireFree(path: string, replace: boolean): void {
  if (!existsSync(path) || replace) return
  throw new AppError('bad-parameter', `${path} is there already.`, {
    hint: 'Choose another name, or add --replace on the command line.',
    where: { file: path },
  })
}

/** @throws AppError `bad-parameter` for more rows or columns than a sheet can hold, before anything is written. */
export function requireSheetSize({ name, rows, columns }: Pick<TableRows, 'name' | 'rows' | 'columns'>): void {
  if (rows > sheetRowLimit) {
    throw new AppError(
      'bad-parameter',
      `${name} has ${rows.toLocaleString('en-US')} rows; a sheet holds ${sheetRowLimit.toLocaleString('en-US')}.`,
      { hint: 'Write it as CSV or Parquet, or filter it to fewer rows.' },
    )
  }
  if (columns.length > sheetColumnLimit) {
    throw new AppError('bad-parameter', `${name} has ${columns.length} columns; a sheet holds ${sheetColumnLimit}.`, {
      hint: 'Write it as CSV or Parquet, or hide columns.',
    })
  }
}

/** Writes a table under a temporary name and gives it its own when it is complete; cancelled, nothing is left. */
export async function writeTableFile(
  place: WritingPlace,
  table: TableRows,
  to: string,
  format: TableFormat,
  options: QueryOptions,
  decimalComma = false,
): Promise<readonly string[]> {
  if (format === 'xlsx') return writeSheets(place, [table], to, options)
  const made = join(exportFolder(place.tempFolder), `${randomBytes(6).toString('hex')}.${format}`)
  const part = partOf(to)
  try {
    await copyOut(place.database, table, made, format, decimalComma, options)
    await mkdir(dirname(to), { recursive: true })
    const content = format === 'csv' ? withMark(made) : createReadStream(made)
    await pipeline(content, createWriteStream(part, { flags: 'wx' }), signalOf(options))
    throwIfCancelled(options.signal)
    await rename(part, to)
  } catch (cause) {
    await rm(part, { force: true })
    throw notWritten(cause, to, options)
  } finally {
    await rm(made, { force: true })
  }
  return []
}

/** One workbook with a sheet for each table. */
export async function writeSheets(
  { database }: WritingPlace,
  tables: readonly TableRows[],
  to: string,
  options: QueryOptions,
): Promise<readonly string[]> {
  for (const table of tables) requireSheetSize(table)
  const part = partOf(to)
  const total = tables.reduce((sum, { rows }) => sum + rows, 0)
  let written = 0
  const sheets = tables.map(
    ({ name, columns, select }): SheetRows => ({
      name,
      columns,
      rows: (take) =>
        database.stream(forSheet(columns, select), { signal: options.signal }, async (rows) => {
          await take(rows as readonly (readonly SheetCell[])[])
          written += rows.length
          options.onProgress?.({ fraction: total === 0 ? null : Math.min(0.99, written / total), note: name })
        }),
    }),
  )
  try {
    await mkdir(dirname(to), { recursive: true })
    const { cut } = await writeWorkbookFile(part, sheets)
    throwIfCancelled(options.signal)
    await rename(part, to)
    return cut === 0 ? [] : [`${cut} texts were longer than a cell can hold and are cut after 32,767 characters.`]
  } catch (cause) {
    await rm(part, { force: true })
    throw notWritten(cause, to, options)
  }
}

export async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size
}

const partOf = (path: string): string => `${path}.${randomBytes(4).toString('hex')}.part`

const signalOf = ({ signal }: QueryOptions): { signal?: AbortSignal } => (signal === undefined ? {} : { signal })

/** DuckDB writes by itself, on every core and in any length, into the one folder it may write to. */
async function copyOut(
  database: Database,
  { columns, select }: TableRows,
  path: string,
  format: 'csv' | 'parquet',
  decimalComma: boolean,
  options: QueryOptions,
): Promise<void> {
  const body = format === 'csv' ? forCsv(columns, select, decimalComma) : select
  const delimiter = decimalComma ? ';' : ','
  const how = format === 'csv' ? sql`FORMAT csv, HEADER true, DELIMITER ${delimiter}` : raw('FORMAT parquet')
  // COPY takes no bound values.
  await database.run(raw(toReadable(sql`COPY (${body}) TO ${path} (${how})`)), options)
}

function withMark(path: string): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from(byteOrderMark, 'utf8')
      yield* createReadStream(path) as AsyncIterable<Buffer>
    })(),
  )
}

/** Numbers in full with a decimal point, ISO days, texts that a spreadsheet would run marked as text. */
function forCsv(columns: readonly TableColumn[], select: Sql, decimalComma: boolean): Sql {
  const cells = columns.map(({ name, type }) => {
    const cell = csvCell({ name, type })
    const written = decimalComma && type === 'decimal' ? sql`replace(${cell}, '.', ',')` : cell
    return sql`${written} AS ${ident(guardFormula(name))}`
  })
  return sql`SELECT ${joinSql(cells, ', ')} FROM (${select})`
}

function csvCell(cell: TableColumn): Sql {
  const column = ident(cell.name)
  const text = sql`CAST(${column} AS VARCHAR)`
  switch (cell.type) {
    case 'decimal':
      return sql`CASE
        WHEN NOT isfinite(CAST(${column} AS DOUBLE)) THEN NULL
        ELSE ${valueText(cell)} END`
    case 'integer':
    case 'date':
    case 'timestamp':
    case 'flag':
      return column
    case 'text':
    case 'id':
    case 'empty':
      return sql`CASE WHEN regexp_matches(${text}, '^[=+\\-@\\t\\r\\n]') THEN '''' || ${text} ELSE ${text} END`
    default:
      return cell.type satisfies never
  }
}

function forSheet(columns: readonly TableColumn[], select: Sql): Sql {
  const cells = columns.map(({ name, type }) => {
    const column = ident(name)
    if (type === 'decimal') return sql`CAST(${column} AS DOUBLE)`
    return type === 'integer' || type === 'flag' ? column : sql`CAST(${column} AS VARCHAR)`
  })
  return sql`SELECT ${joinSql(cells, ', ')} FROM (${select})`
}

function notWritten(cause: unknown, path: string, { signal }: QueryOptions): AppError {
  if (signal?.aborted) return new AppError('cancelled', 'Cancelled. Nothing was written.', { cause })
  if (cause instanceof AppError && cause.code !== 'query-failed') return cause
  return new AppError('bad-file', `${path} could not be written.`, {
    hint: 'Check that the folder can be written to, the disk is not full and no other program has the file open.',
    where: { file: path },
    technical: cause instanceof AppError ? (cause.technical ?? cause.message) : String(cause),
    cause,
  })
}
