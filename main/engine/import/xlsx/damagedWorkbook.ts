import { basename } from 'node:path'
import { AppError } from '../../../../shared/errors'
import { Damage } from './damage'

export function damagedWorkbook(path: string, cause: unknown, sheet?: string): AppError {
  const row = cause instanceof Damage && cause.row !== undefined && cause.row > 0 ? cause.row : undefined
  const place = sheet === undefined ? '' : `, on sheet ${sheet}${row === undefined ? '' : ` about row ${row}`}`
  return new AppError('bad-file', `${basename(path)} is a damaged workbook${place}.`, {
    hint: 'Open it in Excel and save it again as .xlsx; if Excel cannot open it either, ask for the file again.',
    where: { file: path, ...(sheet === undefined ? {} : { sheet }), ...(row === undefined ? {} : { row }) },
    technical: String(cause),
    cause,
  })
}

export function protectedWorkbook(path: string): AppError {
  return new AppError('bad-file', `${basename(path)} is protected with a password.`, {
    hint: 'Open it in Excel, remove the password (File, Info, Protect Workbook), and save it again.',
    where: { file: path },
  })
}
