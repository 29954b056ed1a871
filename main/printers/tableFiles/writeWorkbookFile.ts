import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { ColumnType } from '../../../shared/project'
import type { TableColumn } from '../../../shared/tableView'
import {
  cellTextLimit,
  contentTypes,
  packageRelations,
  sheetEnd,
  sheetNames,
  sheetStart,
  stylesXml,
  textCell,
  workbookRelations,
  workbookXml,
} from './workbookParts'
import { ZipWriter } from './zipWriter'

/** A cell on its way to a sheet; days and instants are ISO texts. */
export type SheetCell = string | number | bigint | boolean | null

export interface SheetRows {
  readonly name: string
  readonly columns: readonly TableColumn[]
  /** Hands over the rows in pieces. */
  readonly rows: (take: (rows: readonly (readonly SheetCell[])[]) => Promise<void>) => Promise<void>
}

/**
 * Writes tables as a workbook, row by row, in the memory of a few thousand of them. Texts are text cells whatever they
 * look like, so ids keep their zeros and nothing becomes a formula. Answers how many texts were too long for a cell.
 */
export async function writeWorkbookFile(path: string, sheets: readonly SheetRows[]): Promise<{ readonly cut: number }> {
  const file = createWriteStream(path, { flags: 'wx' })
  // The stream's failure reaches whoever waits for it at the end, or for a drain.
  const done = finished(file)
  done.catch(() => undefined)
  let cut = 0
  try {
    const zip = new ZipWriter(file)
    const names = sheetNames(sheets.map(({ name }) => name))
    await zip.add('[Content_Types].xml', (write) => write(contentTypes(sheets.length)))
    await zip.add('_rels/.rels', (write) => write(packageRelations))
    await zip.add('xl/workbook.xml', (write) => write(workbookXml(names)))
    await zip.add('xl/_rels/workbook.xml.rels', (write) => write(workbookRelations(sheets.length)))
    await zip.add('xl/styles.xml', (write) => write(stylesXml))
    for (const [index, { columns, rows }] of sheets.entries()) {
      await zip.add(`xl/worksheets/sheet${index + 1}.xml`, async (write) => {
        await write(sheetStart(columns))
        const types = columns.map(({ type }) => type)
        await rows(async (piece) => {
          let text = ''
          for (const row of piece) {
            text += '<row>'
            for (const [at, type] of types.entries()) {
              const value = row[at] ?? null
              if (typeof value === 'string' && value.length > cellTextLimit) cut += 1
              text += cellOf(value, type)
            }
            text += '</row>'
          }
          await write(text)
        })
        await write(sheetEnd)
      })
    }
    await zip.finish()
    file.end()
    await done
    return { cut }
  } catch (error) {
    file.destroy()
    await done.catch(() => undefined)
    throw error
  }
}

function cellOf(value: SheetCell, type: ColumnType): string {
  if (value === null) return '<c/>'
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`
  if (typeof value === 'number') return Number.isFinite(value) ? `<c><v>${value}</v></c>` : '<c/>'
  // A spreadsheet keeps fifteen digits of a number; longer ones stay whole as text.
  if (typeof value === 'bigint')
    return value > -1_000_000_000_000_000n && value < 1_000_000_000_000_000n
      ? `<c><v>${value}</v></c>`
      : textCell(String(value))
  if (type === 'date' || type === 'timestamp') {
    const serial = serialOf(value)
    if (serial !== undefined) return `<c s="${type === 'date' ? 2 : 3}"><v>${serial}</v></c>`
  }
  return textCell(value)
}

const dayMs = 86_400_000
/** Spreadsheets believe in a 29 February 1900; from the day after it their counting is right. */
const firstSafeDay = Date.UTC(1900, 2, 1)
const dayZero = Date.UTC(1899, 11, 30)

function serialOf(iso: string): number | undefined {
  const at = Date.parse(`${iso.replace(' ', 'T')}${iso.length > 10 ? 'Z' : 'T00:00:00Z'}`)
  if (Number.isNaN(at) || at < firstSafeDay || !/^\d{4}-/.test(iso)) return undefined
  return (at - dayZero) / dayMs
}
