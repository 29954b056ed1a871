import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CellObject, read } from '@e965/xlsx'
import { XlsxFile } from '../../../../main/engine/import/xlsx/xlsxFile'
import { letters } from './rawWorkbook'

/** Sheet → cell reference → text. */
export type SheetTexts = Readonly<Record<string, Readonly<Record<string, string>>>>

export async function ourTexts(path: string): Promise<SheetTexts> {
  const file = await XlsxFile.open(path)
  try {
    const texts: Record<string, Record<string, string>> = {}
    for (const [index, sheet] of file.sheets.entries()) {
      const cells: Record<string, string> = {}
      texts[sheet.name] = cells
      await file.readRows(index, (row) => {
        for (const [column, text] of row.texts().entries())
          if (text !== '') cells[`${letters(column)}${row.index + 1}`] = text
      })
    }
    return texts
  } finally {
    await file.close()
  }
}

/** The same for bytes, by way of a file. */
export async function ourTextsOf(bytes: Uint8Array): Promise<SheetTexts> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-cells-'))
  try {
    const path = join(folder, 'book.xlsx')
    writeFileSync(path, bytes)
    return await ourTexts(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What SheetJS reads, put into words as Casebook does. */
export function sheetJsTexts(bytes: Uint8Array): SheetTexts {
  const book = read(bytes, { type: 'buffer', dense: true, cellDates: true, UTC: true, cellNF: true })
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  return Object.fromEntries(
    book.SheetNames.map((name) => {
      const rows: readonly ((CellObject | undefined)[] | undefined)[] = book.Sheets[name]?.['!data'] ?? []
      const cells = rows.flatMap((row, rowIndex) =>
        (row ?? []).flatMap((cell, column) => {
          const text = cell === undefined ? '' : sheetJsText(cell, date1904)
          return text === '' ? [] : [[`${letters(column)}${rowIndex + 1}`, text] as const]
        }),
      )
      return [name, Object.fromEntries(cells)]
    }),
  )
}

function sheetJsText({ t, v, w, z }: CellObject, date1904: boolean): string {
  if (v === undefined || v === null || t === 'z') return ''
  if (t === 'e') return w ?? ''
  if (typeof v === 'boolean') return v ? 'TRUE' : 'FALSE'
  if (v instanceof Date) return sheetJsDate(v, String(z), date1904)
  return typeof v === 'number' ? roundedText(v) : String(v).replace(/\r\n/g, '\n')
}

/** A clock or a duration is a date of around 1900 to SheetJS. */
function sheetJsDate(date: Date, format: string, date1904: boolean): string {
  const days = date.getTime() / 86_400_000 + 25_569
  const isBeforeMarch1900 = days < 61
  if (/^\[(h+|m+|s+)\]/.test(format))
    return roundedText((Math.round((days - (isBeforeMarch1900 ? 1 : 0)) * 86_400) / 86_400) * 24)
  if (days < 2) return clockOf(date)
  return date1904 && days < 1463 && !/[yd]/.test(format) ? clockOf(date) : dateText(date)
}

/** 15 digits; whole numbers in full. */
export function roundedText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : BigInt(value).toString()
  return String(Number(value.toPrecision(15)))
}

/** A day at midnight, with its clock otherwise. */
export function dateText(date: Date): string {
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString()
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}

const clockOf = (date: Date): string => new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(11, 19)
