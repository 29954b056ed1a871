import type { Workbook } from '@cj-tech-master/excelts'
import { addSheet, letter, put, putRow, sheetFormats, widths } from '../sheet'
import type { CaseWorkbookInput } from './caseWorkbookInput'
import { ledgerRows } from './definitionsSheet'
import type { Labels } from './labels'
import { type CaseLayout, cellOf, monthRange, sheetNames, totalColumn } from './layout'

const scenarioRow = 13

export function writeCover(workbook: Workbook, input: CaseWorkbookInput, layout: CaseLayout, labels: Labels): void {
  const text = labels.cover
  const { model, project, period, settings, versions } = input
  const sheet = addSheet(workbook, sheetNames.cover)
  widths(sheet, [3, 46, 20, 16, 16, 16, 40])
  put(sheet, 2, 2, model.title, { look: 'title' })
  put(sheet, 3, 2, project.client === '' ? project.name : `${project.name} · ${project.client}`, { look: 'subtitle' })
  const facts: readonly (readonly [string, string])[] = [
    [text.project, project.name],
    [text.client, project.client === '' ? '–' : project.client],
    [text.date, input.writtenAt.slice(0, 10)],
    [text.period, period === null ? '–' : `${period.first} – ${period.last}`],
    [text.currency, settings.currency ?? '–'],
    [text.versions, `Casebook ${versions.app} · ${versions.engine}`],
  ]
  facts.forEach(([label, value], index) => {
    put(sheet, 5 + index, 2, label, { look: 'label' })
    put(sheet, 5 + index, 3, value, { look: 'value' })
  })

  put(sheet, scenarioRow, 2, text.scenario, { look: 'key' })
  put(sheet, scenarioRow, 3, { low: 1, base: 2, high: 3 }[model.scenario], {
    look: 'input',
    format: '0',
    align: 'center',
  })
  sheet.getCell(scenarioRow, 3).font = { name: 'Calibri', size: 16, bold: true, color: { argb: 'FF1C469F' } }
  sheet.getRow(scenarioRow).height = 26
  put(
    sheet,
    scenarioRow,
    4,
    { formula: `CHOOSE(Scenario,"${labels.scenario.low}","${labels.scenario.base}","${labels.scenario.high}")` },
    { look: 'key', align: 'left', indent: 1 },
  )
  put(sheet, scenarioRow + 1, 2, text.scenarioHint, { look: 'note' })
  sheet.getCell(scenarioRow, 3).dataValidation = {
    type: 'list',
    allowBlank: false,
    formulae: ['"1,2,3"'],
    showErrorMessage: true,
    error: text.scenarioHint,
  }
  workbook.definedNames.add(cellOf('cover', 'C', scenarioRow), 'Scenario')

  const results: readonly (readonly [string, number, string])[] = [
    [labels.model.benefit, 0, sheetFormats.money],
    [labels.model.roi, layout.model.roi, sheetFormats.percent2],
    [labels.model.npv, layout.model.npv, sheetFormats.money],
    [labels.model.irrYearly, layout.model.irrYearly, sheetFormats.percent2],
    [labels.model.payback, layout.model.payback, sheetFormats.count],
  ]
  putRow(sheet, 16, 2, [text.results, null, null, null, null], { look: 'section' })
  results.forEach(([label, row, format], index) => {
    const formula = row === 0 ? `Model!$${letter(totalColumn)}$${layout.model.benefit}` : cellOf('model', 'B', row)
    put(sheet, 17, 2 + index, label, { look: 'head', align: 'left', indent: 1 })
    put(sheet, 18, 2 + index, { formula }, { look: 'key', format, align: 'left', indent: 1 })
  })
  sheet.getRow(18).height = 26

  put(sheet, 20, 2, text.checks, { look: 'head' })
  put(sheet, 20, 3, text.difference, { look: 'head', align: 'right' })
  put(sheet, 20, 4, text.state, { look: 'head', align: 'center' })
  const checks = checksOf(input, layout, labels)
  checks.forEach(([label, formula], index) => {
    const row = 21 + index
    put(sheet, row, 2, label, { look: 'label' })
    put(sheet, row, 3, { formula }, { look: 'value', format: '0.00' })
    put(
      sheet,
      row,
      4,
      { formula: `IF(ABS(C${row})<0.01,"${labels.yes}","${labels.no}")` },
      { look: 'total', align: 'center' },
    )
  })
  const lastCheck = 20 + checks.length
  sheet.addConditionalFormatting({
    ref: `D21:D${lastCheck}`,
    rules: [
      // An error in a check is a failed check, too.
      {
        type: 'expression',
        priority: 1,
        formulae: [`IF(ISERROR(D21),TRUE,D21<>"${labels.yes}")`],
        style: {
          font: { color: { argb: 'FFFFFFFF' }, bold: true },
          fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFB42318' } },
        },
      },
      {
        type: 'expression',
        priority: 2,
        formulae: [`D21="${labels.yes}"`],
        style: {
          font: { color: { argb: 'FF17744A' } },
          fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFE6F4EC' } },
        },
      },
    ],
  })

  const files = lastCheck + 2
  put(sheet, files, 2, text.file, { look: 'head' })
  put(sheet, files, 3, text.rows, { look: 'head', align: 'right' })
  putRow(sheet, files, 4, [text.hash, null, null, null], { look: 'head', indent: 1 })
  if (input.files.length === 0) put(sheet, files + 1, 2, text.none, { look: 'note' })
  input.files.forEach((file, index) => {
    put(sheet, files + 1 + index, 2, file.name, { look: 'label' })
    put(sheet, files + 1 + index, 3, file.rows, { look: 'value', format: sheetFormats.count })
    put(sheet, files + 1 + index, 4, file.sha256, { look: 'note', indent: 1 })
  })
  const legend = files + Math.max(1, input.files.length) + 2
  put(sheet, legend, 2, text.inputs, { look: 'input' })
  sheet.pageSetup.printArea = `A1:G${legend}`
}

function checksOf(input: CaseWorkbookInput, layout: CaseLayout, labels: Labels): (readonly [string, string])[] {
  const text = labels.cover.checkNames
  const total = letter(totalColumn)
  const { model, scenarios } = layout
  const chosen = (row: (block: ReturnType<typeof scenarios.block>) => number) =>
    `CHOOSE(Scenario,${[0, 1, 2].map((at) => `Scenarios!$${total}$${row(scenarios.block(at))}`).join(',')})`
  const benefits = `Model!$${monthRange.first}$${model.benefit}:$${monthRange.last}$${model.benefit}`
  const years = `Model!$${letter(totalColumn - 3)}$${model.benefit}:$${letter(totalColumn - 1)}$${model.benefit}`
  const ledger = ledgerRows(input)
  return [
    [text.parts, `Model!$${total}$${model.totalIncrement}-${chosen((block) => block.increment)}`],
    [text.scenarios, `${cellOf('model', 'B', model.npv)}-${chosen((block) => block.discounted)}`],
    [text.costs, `Model!$${total}$${model.cost}-${chosen((block) => block.cost)}`],
    [text.years, `SUM(${years})-Model!$${total}$${model.benefit}`],
    [text.npv, `NPV((1+DiscountRate)^(1/12)-1,${benefits})-${cellOf('model', 'B', model.npv)}`],
    ...(ledger === null
      ? []
      : [
          [
            text.ledger,
            `'Data and definitions'!$B$${ledger.read}-SUM('Data and definitions'!$D$${ledger.read}:$D$${ledger.used})-'Data and definitions'!$B$${ledger.used}`,
          ] as const,
        ]),
  ]
}
