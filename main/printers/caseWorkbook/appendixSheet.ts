import type { Workbook } from '@cj-tech-master/excelts'
import { tablesOf } from '../mainTable'
import { addSheet, put } from '../sheet'
import { fitColumns, writeTable } from '../writeTable'
import type { CaseWorkbookInput } from './caseWorkbookInput'
import type { Labels } from './labels'
import { sheetNames } from './layout'

/** Tables of the analyses as values, with the days they are about. */
export function writeAppendix(workbook: Workbook, input: CaseWorkbookInput, labels: Labels): void {
  const sheet = addSheet(workbook, sheetNames.appendix)
  put(sheet, 1, 1, labels.appendix.title, { look: 'title' })
  put(sheet, 2, 1, labels.appendix.subtitle, { look: 'subtitle' })
  let row = 4
  for (const answer of input.answers) {
    const days =
      answer.period === null ? '' : ` · ${labels.appendix.data} ${answer.period.first} – ${answer.period.last}`
    put(sheet, row, 1, `${answer.title}${days}`, { look: 'section' })
    put(sheet, row + 1, 1, answer.report.finding, { look: 'note' })
    row += 3
    for (const titled of tablesOf(answer.report)) row = writeTable(sheet, row, 1, titled) + 2
  }
  fitColumns(
    sheet,
    input.answers.flatMap((answer) => tablesOf(answer.report)).map(({ table }) => table),
    16,
  )
}
