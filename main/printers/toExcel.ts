import { Workbook, type Worksheet } from '@cj-tech-master/excelts'
import { installChartSupport } from '@cj-tech-master/excelts/chart'
import type { AnalysisAnswer } from '../../shared/analysis'
import { type Block, type CellValue, unreachable } from '../../shared/report'
import { tablesOf } from './mainTable'
import { addNativeChart } from './nativeChart'
import { saveWorkbook } from './saveWorkbook'
import { addSheet, formatOf, put, widths } from './sheet'
import { fitColumns, writeTable } from './writeTable'

/** Reports as a workbook: findings and key figures first, then one sheet a table with real numbers and its chart. */
export async function toExcel(answers: readonly AnalysisAnswer[]): Promise<Uint8Array> {
  installChartSupport()
  const workbook = new Workbook()
  const names = new Set<string>()
  for (const answer of answers) writeAnswer(workbook, answer, names)
  return saveWorkbook(workbook, answers[0]?.computed.at ?? '1970-01-01T00:00:00Z')
}

function writeAnswer(workbook: Workbook, answer: AnalysisAnswer, names: Set<string>): void {
  const sheet = addSheet(workbook, sheetName(answer.title, names))
  widths(sheet, [34, 18, 70])
  const { report, period, computed } = answer
  put(sheet, 1, 1, report.finding, { look: 'title' })
  put(sheet, 2, 1, report.reading, { look: 'subtitle' })
  const days = period === null ? '' : ` · ${period.first} – ${period.last}`
  put(sheet, 3, 1, `${answer.title}${days} · Casebook ${computed.app} · ${computed.engine}`, { look: 'note' })
  let row = 5
  for (const block of report.blocks) row = writeBlock(workbook, sheet, block, row, names)
  row += 1
  put(sheet, row, 1, 'Definition', { look: 'section' })
  for (const line of answer.definition.split('\n').filter((one) => one.trim() !== '')) {
    row += 1
    const heading = line.startsWith('#')
    put(sheet, row, 1, line.replace(/^#+\s*/, ''), { look: heading ? 'total' : 'label' })
  }
  sheet.pageSetup.orientation = 'portrait'
}

/** The answer is the next free row of the report's own sheet. */
function writeBlock(workbook: Workbook, sheet: Worksheet, block: Block, row: number, names: Set<string>): number {
  switch (block.kind) {
    case 'sentence':
      put(sheet, row, 1, block.tone === 'caveat' ? `! ${block.text}` : block.text, { look: 'note' })
      return row + 2
    case 'metrics':
      block.items.forEach((item, index) => {
        put(sheet, row + index, 1, item.label, { look: 'label' })
        put(sheet, row + index, 2, finite(item.value), {
          look: 'total',
          format: typeof item.value === 'number' ? formatOf(item.format) : '@',
          align: 'right',
        })
        put(sheet, row + index, 3, item.caption ?? '', { look: 'note', indent: 1 })
      })
      return row + block.items.length + 1
    case 'chart':
    case 'table':
    case 'cards': {
      for (const titled of tablesOf({ finding: '', reading: '', blocks: [block] })) {
        const name = sheetName(titled.title, names)
        const own = addSheet(workbook, name)
        const last = writeTable(own, 1, 1, titled)
        fitColumns(own, [titled.table])
        own.views = [{ state: 'frozen', showGridLines: false, xSplit: 1, ySplit: 3 }]
        if (block.kind === 'chart')
          addNativeChart(own, block.chart, { title: titled.title, column: titled.table.columns.length + 2, last })
        put(sheet, row, 1, titled.title, { look: 'label' })
        sheet.getCell(row, 1).value = { text: titled.title, hyperlink: `#'${name}'!A1` }
        row += 1
      }
      return row + 1
    }
    default:
      return unreachable(block)
  }
}

function finite(value: CellValue): CellValue {
  return typeof value === 'number' && !Number.isFinite(value) ? 'n/a' : value
}

/** Sheet names: at most 31 characters, none of \ / ? * [ ] :, no apostrophe at an end, no two alike. */
function sheetName(title: string, names: Set<string>): string {
  const plain =
    title
      .replaceAll(/[\\/?*[\]:]/g, ' ')
      .replaceAll("'", '’')
      .replaceAll(/\s+/g, ' ')
      .trim() || 'Table'
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : ` ${number}`
    const name = plain.slice(0, 31 - ending.length).trim() + ending
    if (names.has(name.toLowerCase())) continue
    names.add(name.toLowerCase())
    return name
  }
}
