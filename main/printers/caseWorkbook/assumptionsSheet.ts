import type { Workbook } from '@cj-tech-master/excelts'
import type { Range } from '../../../shared/caseModel'
import { testedCostFactor, testedMargin } from '../../../shared/leverSensitivity'
import { addSheet, type CellStyle, put, putRow, sheetFormats, widths } from '../sheet'
import type { CaseWorkbookInput } from './caseWorkbookInput'
import type { Labels } from './labels'
import { type CaseLayout, cellOf, sheetNames } from './layout'

/** Low, base, high and the one in force; everything else points here. */
export function writeAssumptions(
  workbook: Workbook,
  input: CaseWorkbookInput,
  layout: CaseLayout,
  labels: Labels,
): void {
  const { model } = input
  const text = labels.assumptions
  const at = layout.assumptions
  const sheet = addSheet(workbook, sheetNames.assumptions, { rows: at.head, columns: 2 })
  widths(sheet, [13, 62, 9, 12, 12, 12, 12, 48, 60])
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(sheet, 2, 1, text.subtitle, { look: 'subtitle' })
  text.columns.forEach((label, index) => {
    put(sheet, at.head, index + 1, label, {
      look: 'head',
      align: index >= 3 && index <= 6 ? 'right' : 'left',
      indent: index === 7 ? 1 : 0,
    })
  })

  const words = (row: number, id: string, name: string, unit: string, source: string, note: string): void => {
    putRow(sheet, row, 1, [id, name, unit], { look: 'label' })
    put(sheet, row, 8, source, { look: 'note', indent: 1 })
    put(sheet, row, 9, note, { look: 'note' })
  }
  const single = (row: number, value: string | number, format: string): void => {
    put(sheet, row, 5, value, { look: 'input', format, align: 'right' })
    put(sheet, row, 7, { formula: `E${row}` }, { look: 'total', format, align: 'right' })
  }
  const range = (row: number, { low, base, high }: Range, format: string): void => {
    putRow(sheet, row, 4, [low, base, high], { look: 'input', format })
    put(sheet, row, 7, { formula: `CHOOSE(Scenario,D${row},E${row},F${row})` }, { look: 'total', format })
  }
  const tested = (row: number, { low, high }: Range, of: number, format: string): void => {
    const style: CellStyle = { look: 'input', format }
    put(sheet, row, 4, low, style)
    put(sheet, row, 6, high, style)
    put(sheet, row, 5, { formula: `E${of}` }, { look: 'value', format })
    put(sheet, row, 7, { formula: `E${of}` }, { look: 'value', format })
  }

  putRow(sheet, at.head + 1, 1, [text.general, ...Array<null>(8).fill(null)], { look: 'section' })
  words(at.horizon, 'horizon', text.horizon, text.months, '', text.horizonNote)
  single(at.horizon, model.horizon, sheetFormats.count)
  words(at.combine, 'combine', text.combine, '', '', text.combineNote)
  single(at.combine, model.combine, sheetFormats.general)
  words(at.revenue, 'revenue', text.revenue, text.money, model.baseline.source, '')
  single(at.revenue, model.baseline.monthlyRevenue, sheetFormats.cents)
  words(at.rate, 'rate', text.rate, text.share, '', '')
  single(at.rate, model.discountRate, sheetFormats.percent)
  words(at.margin, 'margin', text.margin, text.share, '', '')
  range(at.margin, model.margin, sheetFormats.percent)
  words(at.cost, 'cost', text.cost, text.factor, '', '')
  range(at.cost, model.costFactor, sheetFormats.decimal2)
  const assumed = (one: Range): string => (one.low === one.high ? text.assumedTested : '')
  words(at.marginTested, 'margin tested', text.marginTested, text.share, assumed(model.margin), text.testedNote)
  tested(at.marginTested, testedMargin(model.margin), at.margin, sheetFormats.percent)
  words(at.costTested, 'cost tested', text.costTested, text.factor, assumed(model.costFactor), text.testedNote)
  tested(at.costTested, testedCostFactor(model.costFactor), at.cost, sheetFormats.decimal2)

  putRow(sheet, at.section, 1, [text.initiatives, ...Array<null>(8).fill(null)], { look: 'section' })
  layout.initiatives.forEach((initiative, k) => {
    words(
      at.baseline(k),
      initiative.id,
      `${initiative.title}: ${text.baseline}`,
      'KPI',
      initiative.kpi,
      initiative.evidence,
    )
    single(at.baseline(k), initiative.baseline, '#,##0.####')
    words(at.target(k), initiative.id, `${initiative.title}: ${text.target}`, 'KPI', initiative.rangeSource, '')
    range(at.target(k), initiative.target, '#,##0.####')
    words(at.saving(k), initiative.id, `${initiative.title}: ${text.saving}`, text.money, initiative.rangeSource, '')
    range(at.saving(k), initiative.monthlySaving, sheetFormats.cents)
  })

  const validate = (row: number, list: string): void => {
    sheet.getCell(row, 5).dataValidation = {
      type: 'list',
      allowBlank: false,
      formulae: [`"${list}"`],
      showErrorMessage: true,
      error: list.replaceAll(',', ', '),
    }
  }
  validate(at.horizon, '12,24,36')
  validate(at.combine, 'multiply,add')
  const name = (range: string, row: number): void => {
    workbook.definedNames.add(cellOf('assumptions', 'G', row), range)
  }
  name('Horizon', at.horizon)
  name('Combine', at.combine)
  name('MonthlyRevenue', at.revenue)
  name('DiscountRate', at.rate)
  name('Margin', at.margin)
  name('CostFactor', at.cost)
  sheet.pageSetup.printArea = `A1:I${at.saving(layout.n - 1)}`
  sheet.pageSetup.printTitlesRow = `${at.head}:${at.head}`
}
