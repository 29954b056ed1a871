import type { Workbook } from '@cj-tech-master/excelts'
import { costCategories } from '../../../shared/caseModel'
import { addSheet, put, putRow, sheetFormats, widths } from '../sheet'
import type { CaseWorkbookInput } from './caseWorkbookInput'
import type { Labels } from './labels'
import { type CaseLayout, firstMonthColumn, monthHead, monthLetters, sheetNames, totalColumn } from './layout'
import { writeMonthHead, writeYearHead } from './monthHead'
import { writeTotals } from './totals'

export function writeCosts(workbook: Workbook, { model }: CaseWorkbookInput, layout: CaseLayout, labels: Labels): void {
  const text = labels.costs
  const at = layout.costs
  const sheet = addSheet(workbook, sheetNames.costs, { rows: monthHead, columns: 1 })
  widths(sheet, [36, 14, ...Array<number>(36).fill(10), 11, 11, 11, 12])
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(sheet, 2, 1, text.subtitle, { look: 'subtitle' })
  putRow(sheet, monthHead, 1, [...text.columns], { look: 'head' })
  for (let index = 0; index < layout.lines; index += 1) {
    const line = model.costs[index]
    const row = at.line(index)
    put(sheet, row, 1, line === undefined ? text.spare : line.name === '' ? line.category : line.name, {
      look: 'input',
    })
    put(sheet, row, 2, line?.category ?? 'Other', { look: 'input' })
    put(sheet, row, 3, line?.fromMonth ?? 1, { look: 'input', format: sheetFormats.count })
    put(sheet, row, 4, line?.toMonth ?? 1, { look: 'input', format: sheetFormats.count })
    put(sheet, row, 5, line?.amount ?? 0, { look: 'input', format: sheetFormats.cents })
    sheet.getCell(row, 2).dataValidation = {
      type: 'list',
      allowBlank: false,
      formulae: [`"${costCategories.join(',')}"`],
    }
  }

  writeMonthHead(sheet, at.months, text.byMonth, '')
  writeYearHead(sheet, at.months, labels.model.year, labels.model.total)
  const months = monthLetters()
  const style = { look: 'value', format: sheetFormats.money } as const
  layout.initiatives.forEach((initiative, k) => {
    const row = at.ofInitiative(k)
    const from = layout.initiative.row(k)
    put(sheet, row, 1, initiative.title, { look: 'label' })
    put(sheet, row, 2, { formula: `Initiatives!$N$${from}` }, { look: 'value', align: 'left' })
    months.forEach((column, index) => {
      const month = `${column}$${at.months}`
      put(
        sheet,
        row,
        firstMonthColumn + index,
        {
          formula: `IF(${month}>Horizon,"",IF(Initiatives!$O$${from}="rejected",0,IF(${month}>=Initiatives!$K$${from},Initiatives!$M$${from},0)+IF(${month}=Initiatives!$K$${from},Initiatives!$L$${from},0)))`,
        },
        style,
      )
    })
    writeTotals(sheet, row, style)
  })
  for (let index = 0; index < layout.lines; index += 1) {
    const row = at.ofLine(index)
    const line = at.line(index)
    put(sheet, row, 1, { formula: `$A$${line}` }, { look: 'label', align: 'left' })
    put(sheet, row, 2, { formula: `$B$${line}` }, { look: 'value', align: 'left' })
    months.forEach((column, at36) => {
      const month = `${column}$${at.months}`
      put(
        sheet,
        row,
        firstMonthColumn + at36,
        { formula: `IF(${month}>Horizon,"",IF(AND(${month}>=$C$${line},${month}<=$D$${line}),$E$${line},0))` },
        style,
      )
    })
    writeTotals(sheet, row, style)
  }
  const first = at.ofInitiative(0)
  const last = at.before - 1
  put(sheet, at.before, 1, text.before, { look: 'total' })
  put(sheet, at.before, 2, null, { look: 'total' })
  months.forEach((column, index) => {
    put(
      sheet,
      at.before,
      firstMonthColumn + index,
      { formula: `IF(${column}$${at.months}>Horizon,"",SUM(${column}${first}:${column}${last}))` },
      { look: 'total', format: sheetFormats.money },
    )
  })
  writeTotals(sheet, at.before, { look: 'total', format: sheetFormats.money })

  putRow(sheet, at.categories, 1, [text.byCategory, ...Array<null>(totalColumn - 1).fill(null)], { look: 'section' })
  costCategories.forEach((category, index) => {
    const row = at.category(index)
    put(sheet, row, 1, category, { look: 'label' })
    months.forEach((column, at36) => {
      put(
        sheet,
        row,
        firstMonthColumn + at36,
        {
          formula: `IF(${column}$${at.months}>Horizon,"",CostFactor*SUMIF($B$${first}:$B$${last},$A${row},${column}$${first}:${column}$${last}))`,
        },
        style,
      )
    })
    writeTotals(sheet, row, style)
  })
  put(sheet, at.total, 1, labels.model.cost, { look: 'total' })
  put(sheet, at.total, 2, null, { look: 'total' })
  months.forEach((column, index) => {
    put(
      sheet,
      at.total,
      firstMonthColumn + index,
      {
        formula: `IF(${column}$${at.months}>Horizon,"",SUM(${column}${at.category(0)}:${column}${at.category(5)}))`,
      },
      { look: 'total', format: sheetFormats.money },
    )
  })
  writeTotals(sheet, at.total, { look: 'total', format: sheetFormats.money })
}
