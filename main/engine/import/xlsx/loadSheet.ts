import { randomUUID } from 'node:crypto'
import type { DuckDBAppender } from '@duckdb/node-api'
import { streamXlsxRows } from 'hucre/xlsx'
import { ident, join, raw, type Sql, sql, toReadable } from '../../../../shared/sql'
import { cancelled, type ImportWork } from '../work'

/** A sheet as texts in a temporary table with columns c0 … and the header found above them. */
export interface LoadedSheet {
  readonly relation: Sql
  /** 1-based row of the header in the sheet; 0 when there is none. */
  readonly headerRow: number
  readonly header: readonly string[]
  readonly rows: number
  /** Cells with an error such as #DIV/0!. */
  readonly errors: number
}

export type SheetRefusal = 'empty' | 'pivot'

const lookAhead = 30
const yieldEvery = 4096

/**
 * Streams a sheet into a temporary table of texts: dates as ISO, numbers as shortest decimal text.
 * The header is the first row that is as wide as the table below it.
 */
export async function loadSheet(
  work: ImportWork,
  workbook: Buffer,
  sheet: string,
  headerRow?: number,
): Promise<LoadedSheet | SheetRefusal> {
  const first: { index: number; values: readonly string[] }[] = []
  let table:
    | { appender: DuckDBAppender; relation: Sql; width: number; header: readonly string[]; headerRow: number }
    | undefined
  let rows = 0
  let errors = 0
  const append = (values: readonly string[]): void => {
    if (table === undefined || values.every((value) => value === '')) return
    for (let index = 0; index < table.width; index += 1) {
      const value = values[index] ?? ''
      if (value === '') table.appender.appendNull()
      else if (errorTexts.has(value)) {
        errors += 1
        table.appender.appendNull()
      } else table.appender.appendVarchar(value)
    }
    table.appender.endRow()
    rows += 1
  }
  const begin = async (): Promise<SheetRefusal | undefined> => {
    const head =
      headerRow === undefined
        ? findHeader(first.map((row) => row.values))
        : first.findIndex((row) => row.index + 1 === headerRow)
    if (head === 'empty') return 'empty'
    const found = head < 0 ? undefined : first[head]
    const width = widthOf(first.slice(Math.max(0, head)).map((row) => row.values))
    if (
      headerRow === undefined &&
      looksLikePivot(
        first.slice(0, head + 1).map((row) => row.values),
        first.slice(head + 1).map((row) => row.values),
      )
    )
      return 'pivot'
    const name = `sheet_${randomUUID().replaceAll('-', '')}`
    const columns = Array.from({ length: width }, (_, index) => raw(`c${index} VARCHAR`))
    await work.connection.run(toReadable(sql`CREATE TEMP TABLE ${ident(name)} (${join(columns, ', ')})`))
    table = {
      appender: await work.connection.createAppender(name, 'main', 'temp'),
      relation: raw(`temp.main."${name}"`),
      width,
      header: Array.from({ length: width }, (_, index) => found?.values[index] ?? ''),
      headerRow: found === undefined ? 0 : found.index + 1,
    }
    for (const row of first.slice(head + 1)) append(row.values)
    return undefined
  }
  let seen = 0
  for await (const row of streamXlsxRows(workbook, { sheet })) {
    if (work.signal.aborted) throw cancelled()
    const values = row.values.map(toText)
    if (table === undefined) {
      first.push({ index: row.index, values })
      if (first.length === lookAhead) {
        const refusal = await begin()
        if (refusal !== undefined) return refusal
      }
    } else append(values)
    seen += 1
    if (seen % yieldEvery === 0) {
      work.onProgress({ fraction: null, note: `${sheet}: ${seen.toLocaleString('en-US')} rows` })
      await new Promise((resume) => setImmediate(resume))
    }
  }
  if (table === undefined) {
    const refusal = await begin()
    if (refusal !== undefined) return refusal
  }
  if (table === undefined) return 'empty'
  table.appender.closeSync()
  return { relation: table.relation, headerRow: table.headerRow, header: table.header, rows, errors }
}

const errorTexts = new Set(['#DIV/0!', '#N/A', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!', '#GETTING_DATA'])

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateText(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'string') return value
  if (typeof value === 'object' && 'error' in value) return String(value.error)
  return String(value)
}

/** Midnight is a day; anything else keeps its clock to the second. */
function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return ''
  const iso = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}

/** Fifteen significant digits, as a spreadsheet shows and stores them, never with an exponent for whole numbers. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString()
  return String(Number(value.toPrecision(15)))
}

const filled = (row: readonly string[]): number => row.filter((value) => value !== '').length

/** Width of most rows; trailing empty columns do not count. */
function widthOf(rows: readonly (readonly string[])[]): number {
  return Math.max(1, ...rows.map((row) => row.findLastIndex((value) => value !== '') + 1))
}

function findHeader(rows: readonly (readonly string[])[]): number | 'empty' {
  const widths = rows.map(filled)
  const widest = Math.max(0, ...widths)
  if (widest === 0) return 'empty'
  const head = rows.findIndex(
    (row, index) => (widths[index] ?? 0) >= Math.max(1, Math.ceil(widest * 0.6)) && row.length > 0,
  )
  const row = rows[head] ?? []
  const texts = row.filter(
    (value) => value !== '' && !/^[-+]?[\d.,]+$/.test(value) && !/^\d{4}-\d{2}-\d{2}/.test(value),
  ).length
  // A first full row of numbers is data: there is no header.
  return texts >= filled(row) * 0.6 ? head : head - 1
}

/** The words a pivot table writes above and below itself. */
function looksLikePivot(above: readonly (readonly string[])[], below: readonly (readonly string[])[]): boolean {
  const words = [...above, ...below].flat().map((value) => value.toLowerCase())
  const head = above
    .flat()
    .some((value) =>
      /^(row labels|column labels|etiquetas de fila|sum of |count of |average of |suma de |cuenta de )/i.test(value),
    )
  return (
    head ||
    (words.includes('grand total') && below.length < lookAhead - 1) ||
    (words.includes('total general') && below.length < lookAhead - 1)
  )
}
