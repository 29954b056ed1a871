import { basename } from 'node:path'
import { AppError } from '../../../../shared/errors'
import { startWorker } from '../../workers/startWorker'
import type { ImportWork } from '../work'
import { damagedWorkbook } from './damagedWorkbook'
import type { SheetInfo } from './packageParts'
import { startOldWorkbook } from './startOldWorkbook'
import type { WorkbookApi } from './workbookApi'

export type WorkbookFormat = 'xlsx' | 'oldWorkbook'

/** A workbook in a worker of its own, which `close` and a cancel stop. */
export interface Workbook {
  readonly path: string
  readonly sheets: readonly SheetInfo[]
  readonly api: WorkbookApi
  close(): Promise<void>
}

/** Rows and texts are held as bytes outside the worker's heap, which stays small. */
const workerMemoryMb = 512

/** @throws AppError `bad-file`, `out-of-memory`, `cancelled` */
export async function openWorkbook(path: string, format: WorkbookFormat, work: ImportWork): Promise<Workbook> {
  const { api, stop } =
    format === 'xlsx'
      ? startWorker<WorkbookApi>('workbookWorker', { memoryMb: workerMemoryMb, signal: work.signal })
      : await startOldWorkbook(path, work.signal)
  try {
    const sheets = await api.open({ path })
    if (sheets.length === 0) throw damagedWorkbook(path, 'no sheets')
    return { path, sheets, api, close: () => stop() }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The named sheet, or the first one; a missing sheet is an error that names the sheets there are. */
export function findSheet({ path, sheets }: Workbook, name: string | undefined): SheetInfo {
  const wanted = name === undefined ? sheets[0] : sheets.find((sheet) => sheet.name === name)
  if (wanted !== undefined) return wanted
  throw new AppError('bad-file', `${basename(path)} has no sheet "${name ?? ''}".`, {
    hint: `Its sheets: ${sheets.map((sheet) => sheet.name).join(', ')}.`,
    where: { file: path, ...(name === undefined ? {} : { sheet: name }) },
  })
}
