import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../../shared/errors'
import { refuse } from '../identifyFile'
import { listSheets, type SheetInfo } from './sheets'

export interface Workbook {
  readonly path: string
  readonly bytes: Buffer
  readonly sheets: readonly SheetInfo[]
}

/** A workbook in memory, packed as it is on disk. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw refuse(path, 'cannot be opened', 'Check that no other program holds it.', cause)
  })
  const sheets = listSheets(bytes) ?? []
  if (sheets.length === 0) throw damagedWorkbook(path, 'no sheets')
  return { path, bytes, sheets }
}

export function damagedWorkbook(path: string, cause: unknown): AppError {
  return new AppError('bad-file', `${basename(path)} is a damaged workbook.`, {
    hint: 'Open it in Excel and save it again as .xlsx; if Excel cannot open it either, ask for the file again.',
    where: { file: path },
    technical: String(cause),
    cause,
  })
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
