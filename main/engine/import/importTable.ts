import { basename } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import type { ReadOptions } from '../../../shared/project'
import { ident, join, type Sql, sql, toReadable } from '../../../shared/sql'
import { typedValue } from './columnTypes'
import { damagedWorkbook, dropTemporary, readWorkbook } from './describeFile'
import { hashFile, identifyFile } from './identifyFile'
import { layoutOf, textRelation, utf8Path } from './textFile'
import { type ImportWork, runCancellable } from './work'
import { loadSheet } from './xlsx/loadSheet'
import { listSheets } from './xlsx/sheets'

export interface ImportedTable {
  readonly rows: number
  readonly sha256: string
  readonly bytes: number
}

/**
 * Creates `schema.table` from a file exactly as `read` says, with `source_row` (1-based data row) before its columns.
 * @throws AppError `bad-file` when the file is not as it was described, `cancelled`. The caller's transaction undoes it.
 */
export async function importTable(
  source: { readonly path: string; readonly read: ReadOptions },
  into: { readonly schema: string; readonly table: string },
  work: ImportWork,
): Promise<ImportedTable> {
  const identity = await identifyFile(source.path)
  const fileName = basename(source.path)
  if (identity.format !== source.read.format) {
    throw new AppError(
      'bad-file',
      `${fileName} is ${identity.format === 'xlsx' ? 'a workbook' : 'text'}, but ${source.read.format === 'xlsx' ? 'a workbook' : 'text'} is expected.`,
      {
        hint: 'Open it as a new file so that it is recognised again.',
        where: { file: source.path },
      },
    )
  }
  const create = async (relation: Sql): Promise<number> => {
    const columns = source.read.columns.map(
      (column, index) => sql`${typedValue(index, column)} AS ${ident(column.name)}`,
    )
    const target = sql`${ident(into.schema)}.${ident(into.table)}`
    await runCancellable(work, `${into.table}: reading rows`, () =>
      work.connection.run(
        toReadable(
          sql`CREATE TABLE ${target} AS SELECT row_number() OVER () AS source_row, ${join(columns, ', ')} FROM ${relation}`,
        ),
      ),
    )
    const reader = await work.connection.runAndReadAll(toReadable(sql`SELECT count(*)::DOUBLE AS rows FROM ${target}`))
    return z.tuple([z.number()]).parse(reader.getRowsJS()[0])[0]
  }
  const [sha256, rows] = await Promise.all([
    hashFile(source.path, work.signal),
    source.read.format === 'csv'
      ? importText(source, identity.gzip, work, create)
      : importSheet(source, fileName, work, create),
  ])
  return { rows, sha256, bytes: identity.bytes }
}

async function importText(
  source: { readonly path: string; readonly read: ReadOptions },
  gzip: boolean,
  work: ImportWork,
  create: (relation: Sql) => Promise<number>,
): Promise<number> {
  const layout = layoutOf(source.read)
  const readable = await utf8Path(
    source.path,
    gzip,
    source.read.encoding ?? 'utf-8',
    layout.delimiter,
    work.tempFolder,
    work.signal,
  )
  try {
    return await create(textRelation(readable, gzip && readable === source.path, layout))
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const text = String(cause)
    const line = /Line: (\d+)/i.exec(text)?.[1]
    throw new AppError(
      'bad-file',
      `${basename(source.path)} cannot be read${line === undefined ? '' : ` beyond row ${line}`}.`,
      {
        hint: 'Open it as a new file so that it is recognised again, or correct that row.',
        where: { file: source.path, ...(line === undefined ? {} : { row: Number(line) }) },
        technical: text,
        cause,
      },
    )
  }
}

async function importSheet(
  source: { readonly path: string; readonly read: ReadOptions },
  fileName: string,
  work: ImportWork,
  create: (relation: Sql) => Promise<number>,
): Promise<number> {
  const workbook = await readWorkbook(source.path, fileName)
  const sheets = listSheets(workbook) ?? []
  const wanted = source.read.sheet ?? sheets[0]?.name ?? ''
  if (!sheets.some((sheet) => sheet.name === wanted)) {
    throw new AppError('bad-file', `${fileName} has no sheet "${wanted}".`, {
      hint: `Its sheets: ${sheets.map((sheet) => sheet.name).join(', ')}.`,
      where: { file: source.path, sheet: wanted },
    })
  }
  const loaded = await loadSheet(work, workbook, wanted, source.read.headerRow).catch((cause: unknown) => {
    throw cause instanceof AppError ? cause : damagedWorkbook(source.path, fileName, String(cause))
  })
  if (loaded === 'empty' || loaded === 'pivot')
    throw new AppError('bad-file', `Sheet ${wanted} of ${fileName} is empty.`, {
      hint: 'Choose another sheet.',
      where: { file: source.path, sheet: wanted },
    })
  const rows = await create(loaded.relation)
  await work.connection.run(toReadable(dropTemporary(loaded.relation)))
  return rows
}
