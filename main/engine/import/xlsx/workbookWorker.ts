import { basename } from 'node:path'
import { AppError } from '../../../../shared/errors'
import type { CallContext } from '../../../../shared/rpc'
import { serveWorker } from '../../workers/serveWorker'
import { Damage } from './damage'
import { damagedWorkbook } from './damagedWorkbook'
import type { SheetInfo } from './packageParts'
import type { PeekedRow, PeekRequest, SheetCells, SheetRefusal, SheetRequest } from './workbookApi'
import { peekRows, writeSheet } from './writeSheet'
import { XlsxFile } from './xlsxFile'

const progressEveryRows = 2048

let opened: { readonly path: string; readonly file: XlsxFile } | undefined

serveWorker({
  open: async ({ path }: { readonly path: string }): Promise<SheetInfo[]> =>
    naming(path, undefined, async () => {
      await opened?.file.close()
      opened = undefined
      const file = await XlsxFile.open(path)
      opened = { path, file }
      return file.sheets
    }),
  writeSheet: async (request: SheetRequest, { onProgress }: CallContext): Promise<SheetCells | SheetRefusal> => {
    const sheet = opened?.file.sheets[request.sheet]
    if (opened === undefined || sheet === undefined) throw new Error('no such sheet')
    const { path, file } = opened
    return naming(path, sheet.name, () =>
      writeSheet(sheet, request, (onRow, isEnough) => {
        let rows = 0
        const tell = (): void => {
          rows += 1
          if (rows % progressEveryRows !== 0) return
          onProgress({ fraction: null, note: `${sheet.name}: ${rows.toLocaleString('en-US')} rows` })
        }
        return file.readRows(
          request.sheet,
          (row) => {
            tell()
            onRow(row)
          },
          isEnough,
        )
      }),
    )
  },
  peekSheet: async ({ sheet, rows }: PeekRequest): Promise<PeekedRow[]> => {
    if (opened === undefined) throw new Error('no workbook is open')
    const { path, file } = opened
    return naming(path, file.sheets[sheet]?.name, () =>
      peekRows(rows, (onRow, isEnough) => file.readRows(sheet, onRow, isEnough)),
    )
  },
})

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
