import type { Worksheet } from '@cj-tech-master/excelts'
import { type CellStyle, letter, put } from '../sheet'
import { firstMonthColumn, lastMonthColumn, monthRange, totalColumn } from './layout'

/** Sums of the three years, blank where a year lies outside the horizon, and of all months. */
export function writeTotals(sheet: Worksheet, row: number, style: CellStyle): void {
  for (let year = 1; year <= 3; year += 1) {
    const first = letter(firstMonthColumn + (year - 1) * 12)
    const last = letter(firstMonthColumn + year * 12 - 1)
    put(
      sheet,
      row,
      lastMonthColumn + year,
      { formula: `IF(Horizon<${year * 12},"",SUM(${first}${row}:${last}${row}))` },
      { ...style, look: 'total' },
    )
  }
  put(
    sheet,
    row,
    totalColumn,
    { formula: `SUM(${monthRange.first}${row}:${monthRange.last}${row})` },
    { ...style, look: 'total' },
  )
}
