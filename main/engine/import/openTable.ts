import { basename } from 'node:path'
import { AppError } from '../../../shared/errors'
import type { ReadOptions } from '../../../shared/project'
import type { Sql } from '../../../shared/sql'
import { unreadable } from './describeText'
import { type FileIdentity, identifyFile } from './identifyFile'
import { isJsonList, openJson, unreadableJson } from './openJson'
import { openParquet, parquetColumns, unreadableParquet } from './openParquet'
import { openText, readingOf } from './openText'
import { withoutStrange } from './strangeRows'
import type { ImportWork } from './work'
import { loadSheet } from './xlsx/loadSheet'
import { findSheet, openWorkbook, type WorkbookFormat } from './xlsx/openWorkbook'

/** A table of a file and how it is read. */
export interface Origin {
  readonly path: string
  readonly read: ReadOptions
}

/** The rows of a table as texts, in columns `c0`, `c1` … in the order of `read.columns`. */
export interface OpenTable {
  readonly relation: Sql
  /** What stands beyond the last column and is left out. */
  readonly beyond: { readonly count: number; readonly examples: readonly { row: number; value: string }[] } | undefined
  /** What a failure to read the relation means for the person. */
  explain(error: unknown): unknown
  /** Removes temporary files and tables. */
  close(): Promise<void>
}

/** Opens a file exactly as it was described. @throws AppError `bad-file` when it is not as described. */
export async function openTable(origin: Origin, work: ImportWork): Promise<OpenTable> {
  const opened = await openRows(origin, work)
  const { columns, headerRow, leftOut = [] } = origin.read
  const names = columns.map(({ name }) => name)
  return { ...opened, relation: withoutStrange(opened.relation, names, headerRow > 0, leftOut) }
}

async function openRows(origin: Origin, work: ImportWork): Promise<OpenTable> {
  const identity = await identifyFile(origin.path)
  const { format } = origin.read
  if (identity.format !== format) throw anotherFormat(origin, identity.format)
  switch (format) {
    case 'csv':
      return openCsv(origin, identity.gzip, work)
    case 'xlsx':
    case 'oldWorkbook':
      return openSheet(origin, format, work)
    case 'parquet':
      return plain(await openColumns(origin, work), (error) => unreadableParquet(origin.path, error))
    case 'json':
      return openRecords(origin, identity)
    default:
      return format satisfies never
  }
}

async function openCsv(origin: Origin, gzip: boolean, work: ImportWork): Promise<OpenTable> {
  const { path, read } = origin
  const { relation, lines, close } = await openText(readingOf(path, gzip, read), work)
  const cut = lines !== undefined && lines.long > 0 ? lines : undefined
  return {
    relation,
    beyond: cut && {
      count: cut.long,
      examples: cut.cutOff.map(({ row, value }) => ({ row: row - read.headerRow, value })),
    },
    explain: (error) => (error instanceof AppError ? error : unreadable(path, error)),
    close,
  }
}

async function openSheet({ path, read }: Origin, format: WorkbookFormat, work: ImportWork): Promise<OpenTable> {
  const workbook = await openWorkbook(path, format, work)
  try {
    const sheet = findSheet(workbook, read.sheet)
    const loaded = await loadSheet(work, workbook, sheet, { headerRow: read.headerRow, width: read.columns.length })
    if (typeof loaded === 'string') {
      throw new AppError('bad-file', `Sheet ${sheet.name} of ${basename(path)} is empty.`, {
        hint: 'Choose another sheet.',
        where: { file: path, sheet: sheet.name },
      })
    }
    return {
      relation: loaded.relation,
      beyond: loaded.longRows === 0 ? undefined : { count: loaded.longRows, examples: [...loaded.cutOff] },
      explain: (error) => error,
      close: async () => {
        await loaded.drop()
        await workbook.close()
      },
    }
  } catch (error) {
    await workbook.close()
    throw error
  }
}

/** The columns by their names: a file written anew may hold them in another order, and others beside them. */
async function openColumns({ path, read }: Origin, work: ImportWork): Promise<Sql> {
  const present = await parquetColumns(path, work)
  const wanted = (read.keys ?? []).map((key) => {
    const column = present.find(({ name }) => name === key)
    if (column !== undefined) return column
    throw new AppError('bad-file', `${basename(path)} has no column "${key}" any more.`, {
      hint: 'Open it as a new file so that it is recognised again.',
      where: { file: path, column: key },
    })
  })
  return openParquet(path, wanted)
}

function openRecords({ path, read }: Origin, { gzip, head, bytes }: FileIdentity): OpenTable {
  const { within } = read
  const keys = (read.keys ?? []).map((key, index) => ({ key, isBoolean: read.columns[index]?.format === 'boolean' }))
  const reading = { path, gzip, isList: isJsonList(head), isOne: within !== undefined, bytes, within }
  return plain(openJson(reading, keys), (error) => unreadableJson(path, error))
}

function plain(relation: Sql, explain: (error: unknown) => unknown): OpenTable {
  return { relation, beyond: undefined, explain, close: async () => undefined }
}

const formatNames = {
  csv: 'text',
  xlsx: 'a workbook',
  oldWorkbook: 'a workbook in an older format',
  parquet: 'Parquet',
  json: 'JSON',
} as const

function anotherFormat({ path, read }: Origin, found: ReadOptions['format']): AppError {
  const message = `${basename(path)} is ${formatNames[found]}, but ${formatNames[read.format]} is expected.`
  return new AppError('bad-file', message, {
    hint: 'Open it as a new file so that it is recognised again.',
    where: { file: path },
  })
}
