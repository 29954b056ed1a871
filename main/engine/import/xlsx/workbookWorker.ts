import { basename } from 'node:path'
import { AppError } from '../../../../shared/errors'
import type { CallContext } from '../../../../shared/rpc'
import { serveWorker } from '../../workers/serveWorker'
import type { SheetContext } from './cellValues'
import { Damage } from './damage'
import { damagedWorkbook } from './damagedWorkbook'
import { readPart, readWorkbookParts, type SheetInfo, type WorkbookParts } from './packageParts'
import { SharedStrings } from './sharedStrings'
import { SheetScanner } from './sheetScanner'
import { noFormats, readFormats } from './styles'
import type { SheetCells, SheetRefusal, SheetRequest } from './workbookApi'
import { type ReadRows, type SheetEnd, writeSheet } from './writeSheet'
import { utf8Of } from './xmlEncoding'
import { XmlScanner } from './xmlScanner'
import { ZipArchive } from './zipArchive'

const progressEveryRows = 2048

interface OpenWorkbook {
  readonly path: string
  readonly archive: ZipArchive
  readonly parts: WorkbookParts
  /** Read when the first sheet is, and kept for the others. */
  context: Promise<SheetContext> | undefined
}

let workbook: OpenWorkbook | undefined

serveWorker({
  open: async ({ path }: { readonly path: string }): Promise<SheetInfo[]> =>
    naming(path, undefined, async () => {
      const archive = await ZipArchive.open(path)
      const parts = await readWorkbookParts(archive)
      workbook = { path, archive, parts, context: undefined }
      return parts.sheets.map(({ part: _part, ...sheet }) => sheet)
    }),
  writeSheet: async (request: SheetRequest, { onProgress }: CallContext): Promise<SheetCells | SheetRefusal> => {
    const opened = workbook
    const sheet = opened?.parts.sheets[request.sheet]
    if (opened === undefined || sheet === undefined) throw new Error('no such sheet')
    return naming(opened.path, sheet.name, async () => {
      const { part } = sheet
      if (part === undefined) throw new Damage('nothing says which part the sheet is')
      opened.context ??= readContext(opened)
      const context = await opened.context
      return writeSheet(sheet, request, (onRow, isEnough) => {
        let rows = 0
        return readRows(opened.archive, part, context, isEnough, (row) => {
          rows += 1
          if (rows % progressEveryRows === 0)
            onProgress({ fraction: null, note: `${sheet.name}: ${rows.toLocaleString('en-US')} rows` })
          onRow(row)
        })
      })
    })
  },
})

async function readRows(
  archive: ZipArchive,
  part: string,
  context: SheetContext,
  isEnough: () => boolean,
  onRow: Parameters<ReadRows>[0],
): Promise<SheetEnd> {
  const scanner = new XmlScanner()
  const sheet = new SheetScanner(scanner, context, onRow)
  try {
    for await (const chunk of utf8Of(archive.stream(part))) {
      scanner.feed(chunk)
      sheet.read()
      if (isEnough()) return sheet
    }
    scanner.endOfInput()
    sheet.read()
    return sheet
  } catch (error) {
    throw error instanceof Damage ? new Damage(error.message, error.row ?? sheet.row.index + 1) : error
  }
}

async function readContext({ archive, parts }: OpenWorkbook): Promise<SheetContext> {
  const styles = parts.styles === undefined ? undefined : await readPart(archive, parts.styles)
  const strings = new SharedStrings()
  if (parts.strings !== undefined && archive.has(parts.strings)) {
    const scanner = new XmlScanner()
    for await (const chunk of utf8Of(archive.stream(parts.strings))) {
      scanner.feed(chunk)
      strings.read(scanner)
    }
    scanner.endOfInput()
    strings.read(scanner)
  }
  return { strings, formats: styles === undefined ? noFormats : readFormats(styles), date1904: parts.date1904 }
}

/** Whatever is wrong is told with the names of file and sheet. */
async function naming<Answer>(path: string, sheet: string | undefined, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw error
    throw error instanceof Damage || error instanceof RangeError
      ? damagedWorkbook(path, error, sheet)
      : unreadable(path, error)
  }
}

function unreadable(path: string, cause: unknown): AppError {
  const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
  return new AppError('bad-file', `${basename(path)} cannot be read to its end.`, {
    hint: isFull ? 'The disk is full: make room and try again.' : 'Check the disk, or copy the file anew.',
    where: { file: path },
    technical: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    cause,
  })
}
