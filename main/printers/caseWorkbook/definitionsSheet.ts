import type { Workbook, Worksheet } from '@cj-tech-master/excelts'
import { addSheet, put, putRow, sheetFormats, widths } from '../sheet'
import type { CaseWorkbookInput } from './caseWorkbookInput'
import type { Labels } from './labels'
import { sheetNames } from './layout'

const ledgerHead = 4
/** In characters of the default font. */
const sentenceWidth = 110
/** In points. */
const lineHeight = 14

/** Rows of the first and the last line of the ledger, which the check on the cover adds up. */
export function ledgerRows({ ledger }: CaseWorkbookInput): { readonly read: number; readonly used: number } | null {
  return ledger === null ? null : { read: ledgerHead + 1, used: ledgerHead + 2 + ledger.entries.length }
}

export function writeDefinitions(workbook: Workbook, input: CaseWorkbookInput, labels: Labels): void {
  const text = labels.definitions
  const sheet = addSheet(workbook, sheetNames.definitions)
  widths(sheet, [sentenceWidth, 16, 16, 14])
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(sheet, 2, 1, text.ledger, { look: 'subtitle' })
  let row = ledgerHead
  const { ledger } = input
  if (ledger !== null) {
    putRow(sheet, row, 1, [...text.ledgerColumns, ''], { look: 'head' })
    const line = (label: string, rows: number, effect: string, removed: number): void => {
      row += 1
      put(sheet, row, 1, label, { look: 'label' })
      put(sheet, row, 2, rows, { look: 'value', format: sheetFormats.count })
      put(sheet, row, 3, effect, { look: 'note' })
      put(sheet, row, 4, removed, { look: 'note', format: '#,##0;-#,##0;' })
    }
    line(`${text.read}, ${ledger.view}`, ledger.rowsIn, '', 0)
    for (const { label, rows, effect } of ledger.entries) line(label, rows, effect, effect === 'removed' ? rows : 0)
    line(text.used, ledger.rowsUsed, '', 0)
  }
  row += 2
  putRow(sheet, row, 1, [...text.choiceColumns], { look: 'head' })
  for (const [choice, option] of Object.entries(input.choices)) {
    row += 1
    putRow(sheet, row, 1, [choice, option], { look: 'label' })
  }
  row += 2
  putRow(sheet, row, 1, [text.formulas, null, null, null], { look: 'section' })
  for (const sentence of text.formulaList) {
    row += 1
    putSentence(sheet, row, sentence, 0)
  }
  row += 2
  putRow(sheet, row, 1, [text.definitions, null, null, null], { look: 'section' })
  const seen = new Set<string>()
  for (const answer of input.answers) {
    if (seen.has(answer.analysis)) continue
    seen.add(answer.analysis)
    row += 1
    for (const cardLine of answer.definition.split('\n').filter((one) => one.trim() !== '')) {
      row += 1
      const heading = cardLine.startsWith('#')
      const sentence = cardLine.replace(/^#+\s*/, '')
      if (heading) put(sheet, row, 1, sentence, { look: 'total' })
      else putSentence(sheet, row, sentence, 1)
    }
  }
}

/** A long text on as many lines as it needs; the height is given because not every program works it out. */
function putSentence(sheet: Worksheet, row: number, sentence: string, indent: number): void {
  put(sheet, row, 1, sentence, { look: 'label', indent, wrap: true })
  sheet.getRow(row).height = lineHeight * Math.ceil(sentence.length / (sentenceWidth * 1.05))
}
