import type { Workbook } from '@cj-tech-master/excelts'
import { addSheet, letter, put, putRow } from '../sheet'
import type { Labels } from './labels'
import {
  type CaseLayout,
  firstMonthColumn,
  fullColumn,
  monthHead,
  monthLetters,
  monthRange,
  sheetNames,
} from './layout'
import { writeMonthHead } from './monthHead'

/** How far each initiative has got in each month, and the steps between ramps that differ. */
export function writeTiming(workbook: Workbook, layout: CaseLayout, labels: Labels): void {
  const text = labels.timing
  const at = layout.timing
  const sheet = addSheet(workbook, sheetNames.timing, { rows: monthHead, columns: 2 })
  sheet.getColumn(1).width = 36
  sheet.getColumn(2).width = 9
  monthLetters().forEach((column) => {
    sheet.getColumn(column).width = 6.5
  })
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(sheet, 2, 1, text.subtitle, { look: 'subtitle' })
  writeMonthHead(sheet, monthHead, text.ramp, text.lasting)
  putRow(sheet, at.stepHead, 1, [text.step, ...Array<null>(37).fill(null)], { look: 'section' })

  const rampLetters = {
    first: letter(layout.initiative.rampColumn),
    last: letter(layout.initiative.rampColumn + layout.rampLength - 1),
  }
  const format = '0%;-0%;'
  layout.initiatives.forEach((initiative, k) => {
    const row = layout.initiative.row(k)
    const steps = `Initiatives!$${rampLetters.first}$${row}:$${rampLetters.last}$${row}`
    const start = `Initiatives!$K$${row}`
    put(sheet, at.ramp(k), 1, initiative.title, { look: 'label' })
    put(sheet, at.step(k), 1, initiative.title, { look: 'label' })
    put(
      sheet,
      at.ramp(k),
      fullColumn,
      { formula: `Initiatives!$${rampLetters.last}$${row}` },
      { look: 'total', format },
    )
    for (const column of monthLetters()) {
      const month = `${column}$${monthHead}`
      put(
        sheet,
        at.ramp(k),
        sheet.getColumn(column).number,
        {
          formula: `IF(OR(${month}>Horizon,${month}<${start}),0,INDEX(${steps},1,MIN(${month}-${start}+1,${layout.rampLength})))`,
        },
        { look: 'value', format },
      )
    }
    for (const column of ['B', ...monthLetters()]) {
      const own = `${column}${at.ramp(k)}`
      const all = `${column}$${at.ramp(0)}:${column}$${at.ramp(layout.n - 1)}`
      const smaller = `SUMPRODUCT(--(${all}<${own}))`
      put(
        sheet,
        at.step(k),
        sheet.getColumn(column).number,
        {
          formula: `IF(${own}=0,0,(${own}-IF(${smaller}=0,0,SMALL(${all},${smaller})))/SUMPRODUCT(--(${all}=${own})))`,
        },
        { look: 'value', format: '0.0%;-0.0%;' },
      )
    }
  })
  sheet.addConditionalFormatting({
    ref: `${monthRange.first}${at.ramp(0)}:${monthRange.last}${at.ramp(layout.n - 1)}`,
    rules: [
      {
        type: 'colorScale',
        priority: 1,
        cfvo: [
          { type: 'num', value: 0 },
          { type: 'num', value: 1 },
        ],
        color: [{ argb: 'FFFFFFFF' }, { argb: 'FF8FB0E8' }],
      },
    ],
  })
  sheet.pageSetup.printArea = `A1:${letter(firstMonthColumn + 35)}${at.step(layout.n - 1)}`
}
