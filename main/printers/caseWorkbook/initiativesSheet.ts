import type { Workbook } from '@cj-tech-master/excelts'
import { costCategories, levers } from '../../../shared/caseModel'
import { addSheet, letter, put, putRow, sheetFormats, widths } from '../sheet'
import type { Labels } from './labels'
import { type CaseLayout, cellOf, type ScenarioColumn, scenarioColumns, sheetNames } from './layout'

const scenarios = ['low', 'base', 'high', 'active'] as const satisfies readonly ScenarioColumn[]

export function writeInitiatives(workbook: Workbook, layout: CaseLayout, labels: Labels): void {
  const text = labels.initiatives
  const at = layout.initiative
  const sheet = addSheet(workbook, sheetNames.initiatives, { rows: at.head, columns: 3 })
  widths(sheet, [9, 6, 32, 18, 26, 9, 9, 9, 8, 8, 7, 11, 11, 11, 10])
  for (let column = at.rampColumn; column < at.textColumn; column += 1) sheet.getColumn(column).width = 9
  text.texts.forEach((_, index) => {
    sheet.getColumn(at.textColumn + index).width = [16, 11, 9, 26, 30, 60][index] ?? 16
  })
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(sheet, 2, 1, text.subtitle, { look: 'subtitle' })
  text.columns.forEach((label, index) => {
    const numeric = index >= 5 && index <= 12
    put(sheet, at.head, index + 1, label, { look: 'head', align: numeric ? 'right' : 'left' })
  })
  const rampHeads = Array.from({ length: layout.rampLength }, (_, index) => `${text.ramp} ${index + 1}`)
  putRow(sheet, at.head, at.rampColumn, rampHeads, { look: 'head', align: 'right' })
  const names = { ...labels.scenario, active: text.active }
  scenarios.forEach((scenario, index) => {
    put(sheet, at.head, at.factorColumn + index, `${text.factor} ${names[scenario].toLowerCase()}`, {
      look: 'head',
      align: 'right',
    })
    put(sheet, at.head, at.logarithmColumn + index, `${text.logarithm} ${names[scenario].toLowerCase()}`, {
      look: 'head',
      align: 'right',
    })
    put(sheet, at.head, at.savingColumn + index, `${text.saving} ${names[scenario].toLowerCase()}`, {
      look: 'head',
      align: 'right',
    })
  })
  putRow(sheet, at.head, at.textColumn, [...text.texts], { look: 'head' })

  sheet.getRow(at.head).height = 26
  layout.initiatives.forEach((initiative, k) => {
    const row = at.row(k)
    const { baseline, target, saving } = layout.assumptions
    putRow(sheet, row, 1, [initiative.id, initiative.type, initiative.title], { look: 'label' })
    put(sheet, row, 4, levers[initiative.lever], { look: 'input' })
    put(sheet, row, 5, initiative.kpi, { look: 'label' })
    put(sheet, row, 6, { formula: cellOf('assumptions', 'G', baseline(k)) }, { look: 'value', format: '#,##0.####' })
    put(sheet, row, 7, { formula: cellOf('assumptions', 'G', target(k)) }, { look: 'value', format: '#,##0.####' })
    put(
      sheet,
      row,
      8,
      { formula: effectFormula(row, 'G', layout, k) },
      { look: 'value', format: sheetFormats.percent2 },
    )
    put(sheet, row, 9, initiative.baseShare, { look: 'input', format: sheetFormats.percent })
    put(sheet, row, 10, initiative.overlap, { look: 'input', format: sheetFormats.percent })
    put(sheet, row, 11, initiative.startMonth, { look: 'input', format: sheetFormats.count })
    put(sheet, row, 12, initiative.oneOffCost, { look: 'input', format: sheetFormats.cents })
    put(sheet, row, 13, initiative.monthlyCost, { look: 'input', format: sheetFormats.cents })
    put(sheet, row, 14, initiative.costCategory, { look: 'input' })
    put(sheet, row, 15, initiative.status, { look: 'input' })
    const ramp = Array.from(
      { length: layout.rampLength },
      (_, index) => initiative.ramp[index] ?? initiative.ramp.at(-1) ?? 0,
    )
    putRow(sheet, row, at.rampColumn, ramp, { look: 'input', format: '0.##%' })
    scenarios.forEach((scenario, index) => {
      const counted = `IF($O${row}="rejected",0,1)`
      put(
        sheet,
        row,
        at.factorColumn + index,
        { formula: `${counted}*$I${row}*$J${row}*${effectFormula(row, scenarioColumns[scenario], layout, k)}` },
        { look: 'value', format: sheetFormats.percent2 },
      )
      put(
        sheet,
        row,
        at.logarithmColumn + index,
        { formula: `LN(1+${letter(at.factorColumn + index)}${row})` },
        { look: 'note', format: '0.0000', align: 'right' },
      )
      put(
        sheet,
        row,
        at.savingColumn + index,
        { formula: `${counted}*${cellOf('assumptions', scenarioColumns[scenario], saving(k))}` },
        { look: 'value', format: sheetFormats.money },
      )
    })
    const { owner, confidence, effort, dependency, rangeSource, evidence } = initiative
    putRow(sheet, row, at.textColumn, [owner, confidence, effort, dependency, rangeSource, evidence], { look: 'note' })
    const list = (column: number, values: readonly string[]): void => {
      sheet.getCell(row, column).dataValidation = {
        type: 'list',
        allowBlank: false,
        formulae: [`"${values.join(',')}"`],
      }
    }
    list(4, Object.values(levers))
    list(14, costCategories)
    list(15, ['proposed', 'accepted', 'rejected'])
  })
  sheet.pageSetup.printTitlesRow = `${at.head}:${at.head}`
  sheet.pageSetup.printArea = `A1:${letter(at.factorColumn - 1)}${at.row(layout.n - 1)}`
}

/** Saving money moves no revenue, whatever its target says. */
function effectFormula(row: number, column: string, layout: CaseLayout, k: number): string {
  const { baseline, target } = layout.assumptions
  return `IF($D${row}="${levers.cost}",0,${cellOf('assumptions', column, target(k))}/${cellOf('assumptions', 'G', baseline(k))}-1)`
}
