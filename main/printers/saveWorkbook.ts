import type { Workbook } from '@cj-tech-master/excelts'
import { installFormulaEngine } from '@cj-tech-master/excelts/formula'

/**
 * The bytes of a workbook. Cached values are written for previews and protected views; programs that calculate are told
 * to do so on opening.
 */
export async function saveWorkbook(workbook: Workbook, writtenAt: string): Promise<Uint8Array> {
  workbook.creator = 'Casebook'
  workbook.created = new Date(writtenAt)
  workbook.modified = new Date(writtenAt)
  workbook.calcProperties.fullCalcOnLoad = true
  installFormulaEngine()
  workbook.calculateFormulas()
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}
