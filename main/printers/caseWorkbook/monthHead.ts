import type { Worksheet } from '@cj-tech-master/excelts'
import { put, sheetFormats } from '../sheet'
import { firstMonthColumn, fullColumn, lastMonthColumn, totalColumn } from './layout'

/** The row with months 1–36: the first is a number, each next one the month before plus one. */
export function writeMonthHead(sheet: Worksheet, row: number, label: string, full: string): void {
  put(sheet, row, 1, label, { look: 'head' })
  put(sheet, row, fullColumn, full, { look: 'head', align: 'right' })
  for (let column = firstMonthColumn; column <= lastMonthColumn; column += 1) {
    const before = sheet.getCell(row, column - 1).address
    put(sheet, row, column, column === firstMonthColumn ? 1 : { formula: `${before}+1` }, {
      look: 'head',
      format: sheetFormats.count,
      align: 'right',
    })
  }
}

export function writeYearHead(sheet: Worksheet, row: number, year: string, total: string): void {
  for (let index = 1; index <= 3; index += 1) {
    put(sheet, row, lastMonthColumn + index, `${year} ${index}`, { look: 'head', align: 'right' })
  }
  put(sheet, row, totalColumn, total, { look: 'head', align: 'right' })
}
