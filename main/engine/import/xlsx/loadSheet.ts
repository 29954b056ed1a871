import { randomUUID } from 'node:crypto'
import { type DuckDBAppender, DuckDBDataChunk, VARCHAR } from '@duckdb/node-api'
import { streamXlsxRows } from 'hucre/xlsx'
import { AppError } from '../../../../shared/errors'
import { ident, join, raw, type Sql, sql, toReadable } from '../../../../shared/sql'
import { cancelled, type ImportWork } from '../work'
import { cellText, errorTexts } from './cellText'
import { findHeader, hasPivotWords, liesIn, type SheetRow, widthOf } from './findHeader'
import { damagedWorkbook, type Workbook } from './openWorkbook'
import type { SheetInfo } from './sheets'

/** A sheet as texts in a temporary table with columns c0, c1 … */
export interface LoadedSheet {
  readonly relation: Sql
  /** 1-based row of the header in the sheet; 0 when there is none. */
  readonly headerRow: number
  readonly header: readonly string[]
  readonly rows: number
  /** Cells with an error such as #DIV/0!: how many, and where the first ones stand. */
  readonly errors: number
  readonly errorExamples: readonly string[]
  /** Rows with something beyond the last column, which is left out: how many, and the first ones by data row. */
  readonly longRows: number
  readonly cutOff: readonly { readonly row: number; readonly value: string }[]
  /** Columns with cells that the workbook holds as numbers. */
  readonly numberCells: ReadonlySet<number>
  drop(): Promise<void>
}

export type SheetRefusal = 'empty' | 'pivot'

/** How a sheet was read before, so that it is read the same way again. */
export interface KnownLayout {
  readonly headerRow: number
  readonly width: number
}

const lookAhead = 60
const chunkRows = 2048

/** Streams a sheet into a temporary table of texts. Whatever fails, no table stays behind. */
export async function loadSheet(
  work: ImportWork,
  workbook: Workbook,
  sheet: SheetInfo,
  known?: KnownLayout,
): Promise<LoadedSheet | SheetRefusal> {
  if (sheet.isChart) return 'empty'
  const rows = sheetRows(work, workbook, sheet)
  const first: SheetRow[] = []
  let target: SheetTable | undefined
  try {
    for await (const row of rows) {
      if (target !== undefined) {
        target.append(row)
        continue
      }
      first.push(row)
      if (first.length < lookAhead) continue
      const begun = await beginTable(work, sheet, first, known, false)
      if (typeof begun === 'string') return begun
      target = begun
    }
    if (target === undefined) {
      const begun = await beginTable(work, sheet, first, known, true)
      if (typeof begun === 'string') return begun
      target = begun
    }
    return target.finish()
  } catch (error) {
    await target?.discard()
    if (error instanceof AppError) throw error
    if (work.signal.aborted) throw cancelled(error)
    throw damagedWorkbook(workbook.path, error)
  }
}

/** Rows with something in them. Lets other work happen now and then, and stops when cancelled. */
async function* sheetRows(
  work: ImportWork,
  workbook: Workbook,
  sheet: SheetInfo,
): AsyncGenerator<SheetRow & { readonly cells: readonly unknown[] }> {
  let seen = 0
  for await (const { index, values } of streamXlsxRows(workbook.bytes, { sheet: sheet.name })) {
    if (work.signal.aborted) throw cancelled()
    seen += 1
    if (seen % chunkRows === 0) {
      work.onProgress({ fraction: null, note: `${sheet.name}: ${seen.toLocaleString('en-US')} rows` })
      await new Promise((resume) => setImmediate(resume))
    }
    const texts = values.map(cellText)
    if (texts.some((text) => text !== '')) yield { index, values: texts, cells: values }
  }
}

interface SheetTable {
  append(row: SheetRow & { readonly cells?: readonly unknown[] }): void
  finish(): LoadedSheet
  discard(): Promise<void>
}

async function beginTable(
  work: ImportWork,
  sheet: SheetInfo,
  rows: readonly SheetRow[],
  known: KnownLayout | undefined,
  isAll: boolean,
): Promise<SheetTable | SheetRefusal> {
  const found = known === undefined ? findHeader(rows) : knownHeader(rows, known.headerRow)
  if (found === undefined) return 'empty'
  const header = found.at < 0 ? undefined : rows[found.at]
  if (known === undefined && isPivot(sheet, rows, header ?? rows[found.first], isAll)) return 'pivot'
  const width = known?.width ?? widthOf(rows.slice(found.first))
  const headerRow = header === undefined ? 0 : header.index + 1
  const table = await createTable(work, width, {
    headerRow,
    header: Array.from({ length: width }, (_, index) => header?.values[index] ?? ''),
  })
  for (const row of rows.slice(header === undefined ? found.first : found.at + 1)) table.append(row)
  return table
}

function knownHeader(rows: readonly SheetRow[], headerRow: number): { at: number; first: number } | undefined {
  if (rows.length === 0) return undefined
  if (headerRow === 0) return { at: -1, first: findHeader(rows)?.first ?? 0 }
  const at = rows.findIndex((row) => row.index + 1 >= headerRow)
  return { at: Math.max(0, at), first: Math.max(0, at) }
}

/** A pivot stands where the table would begin; a sheet of a few rows that talks like one has lost its definition. */
function isPivot(sheet: SheetInfo, rows: readonly SheetRow[], start: SheetRow | undefined, isAll: boolean): boolean {
  if (start === undefined) return false
  const column = start.values.findIndex((value) => value.trim() !== '')
  if (liesIn(sheet.pivots, start.index, column)) return true
  return isAll && hasPivotWords(rows.filter((row) => row.index <= start.index))
}

async function createTable(
  work: ImportWork,
  width: number,
  head: { readonly headerRow: number; readonly header: readonly string[] },
): Promise<SheetTable> {
  const { connection } = work
  const name = `sheet_${randomUUID().replaceAll('-', '')}`
  const relation = raw(`temp.main."${name}"`)
  const columns = Array.from({ length: width }, (_, index) => raw(`c${index} VARCHAR`))
  await connection.run(toReadable(sql`CREATE TEMP TABLE ${ident(name)} (${join(columns, ', ')})`))
  const appender = await connection.createAppender(name, 'main', 'temp')
  const chunks = chunkWriter(appender, width)
  const numberCells = new Set<number>()
  const errorExamples: string[] = []
  const cutOff: { row: number; value: string }[] = []
  let longRows = 0
  let errors = 0
  let rows = 0
  let isOpen = true
  const close = (): void => {
    if (isOpen) appender.closeSync()
    isOpen = false
  }
  const drop = async (): Promise<void> => {
    close()
    // After a cancel the transaction may be gone, and the table with it.
    await connection.run(toReadable(sql`DROP TABLE IF EXISTS ${relation}`)).catch(() => undefined)
  }
  return {
    append: ({ index, values, cells }) => {
      const texts: (string | null)[] = []
      for (let at = 0; at < width; at += 1) {
        const value = values[at] ?? ''
        if (errorTexts.has(value)) {
          errors += 1
          if (errorExamples.length < 5) errorExamples.push(`${columnLetters(at)}${index + 1}: ${value}`)
        }
        if (typeof cells?.[at] === 'number') numberCells.add(at)
        texts.push(value === '' || errorTexts.has(value) ? null : value)
      }
      const beyond = values.slice(width).filter((value) => value.trim() !== '')
      if (beyond.length > 0) {
        longRows += 1
        if (cutOff.length < 5) cutOff.push({ row: rows + 1, value: beyond.join(' ') })
      }
      if (texts.every((text) => text === null)) return
      chunks.add(texts)
      rows += 1
    },
    finish: () => {
      chunks.flush()
      close()
      return { relation, ...head, rows, errors, errorExamples, longRows, cutOff, numberCells, drop }
    },
    discard: drop,
  }
}

/** Hands rows to the appender a chunk at a time. */
function chunkWriter(
  appender: DuckDBAppender,
  width: number,
): { add(texts: readonly (string | null)[]): void; flush(): void } {
  const types = Array.from({ length: width }, () => VARCHAR)
  let rows: (readonly (string | null)[])[] = []
  const flush = (): void => {
    if (rows.length === 0) return
    const chunk = DuckDBDataChunk.create(types, rows.length)
    chunk.setRows(rows)
    appender.appendDataChunk(chunk)
    rows = []
  }
  return {
    add: (texts) => {
      rows.push(texts)
      if (rows.length === chunkRows) flush()
    },
    flush,
  }
}

/** 0 is A, 26 is AA. */
function columnLetters(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return (rest >= 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + (index % 26))
}
