import type { Workbook } from '@cj-tech-master/excelts'
import { addSheet, type CellStyle, letter, put, putRow, sheetFormats, widths } from '../sheet'
import type { Labels } from './labels'
import {
  type CaseLayout,
  cellOf,
  firstMonthColumn,
  fullColumn,
  monthHead,
  monthLetters,
  monthRange,
  sheetNames,
  totalColumn,
} from './layout'
import { writeMonthHead, writeYearHead } from './monthHead'
import { belowFormula, benefitFormula, irrFormula, monthIf, paybackFormula } from './results'
import { writeTotals } from './totals'

export function writeModel(workbook: Workbook, layout: CaseLayout, labels: Labels): void {
  const text = labels.model
  const at = layout.model
  const sheet = addSheet(workbook, sheetNames.model, { rows: monthHead, columns: 2 })
  widths(sheet, [36, 13, ...Array<number>(36).fill(10), 12, 12, 12, 13])
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(
    sheet,
    2,
    1,
    {
      formula: `"${text.subtitle}: "&CHOOSE(Scenario,"${labels.scenario.low}","${labels.scenario.base}","${labels.scenario.high}")`,
    },
    { look: 'subtitle', align: 'left' },
  )
  writeMonthHead(sheet, monthHead, text.month, text.full)
  writeYearHead(sheet, monthHead, text.year, text.total)

  const money: CellStyle = { look: 'value', format: sheetFormats.money }
  const line = (
    row: number,
    label: string,
    formula: (column: string) => string,
    style: CellStyle,
    options: { readonly full?: string; readonly totals?: boolean } = {},
  ): void => {
    put(sheet, row, 1, label, style.look === 'total' ? { look: 'total' } : { look: 'label' })
    put(sheet, row, fullColumn, options.full === undefined ? null : { formula: options.full }, style)
    monthLetters().forEach((column, index) => {
      put(
        sheet,
        row,
        firstMonthColumn + index,
        { formula: `IF(${column}$${monthHead}>Horizon,"",${formula(column)})` },
        style,
      )
    })
    if (options.totals === true) writeTotals(sheet, row, style)
  }

  line(at.asIs, text.asIs, () => 'MonthlyRevenue', money, { full: 'MonthlyRevenue', totals: true })
  layout.initiatives.forEach((initiative, k) => {
    const row = layout.initiative.row(k)
    const share = `Initiatives!$I$${row}`
    const change = (column: string) => `Initiatives!$H$${row}*Initiatives!$J$${row}*${column}${at.ramp(k)}`
    const increment = (column: string): string => {
      const factor = layout.initiative.factor(k, 'active')
      const own = `Timing!${column}${layout.timing.ramp(k)}`
      const means = `${column}$${at.mean(0)}:${column}$${at.mean(layout.n - 1)}`
      return `IF(Combine="add",MonthlyRevenue*${factor}*${own},MonthlyRevenue*${layout.initiative.logarithm(k, 'active')}*SUMPRODUCT(${layout.timing.steps(column)},--(${layout.timing.ramps(column)}<=${own}),${means}))`
    }
    line(at.acted(k), `${initiative.title}: ${text.acted}`, () => `MonthlyRevenue*${share}`, money, {
      full: `MonthlyRevenue*${share}`,
    })
    const ramp = (column: string) => `Timing!${column}${layout.timing.ramp(k)}`
    line(at.ramp(k), text.ramp, ramp, { look: 'note', format: '0%', align: 'right' }, { full: ramp('B') })
    line(at.toBe(k), text.toBe, (column) => `${column}${at.acted(k)}*(1+${change(column)})`, money, {
      full: `B${at.acted(k)}*(1+${change('B')})`,
    })
    line(at.increment(k), text.increment, increment, money, { full: increment('B'), totals: true })
    for (const indented of [at.ramp(k), at.toBe(k), at.increment(k)]) {
      const cell = sheet.getCell(indented, 1)
      cell.alignment = { ...cell.alignment, indent: 1 }
    }
  })

  putRow(sheet, at.totals, 1, [text.totals, ...Array<null>(totalColumn - 1).fill(null)], { look: 'section' })
  const sumOf = (rows: readonly number[]) => (column: string) =>
    rows.length === 0 ? '0' : rows.map((row) => `${column}${row}`).join('+')
  const increments = sumOf(layout.initiatives.map((_, k) => at.increment(k)))
  const saving = (column: string) => `SUMPRODUCT(${layout.initiative.savings('active')},${layout.timing.ramps(column)})`
  const total: CellStyle = { look: 'total', format: sheetFormats.money }
  line(at.totalIncrement, text.increment, increments, total, { full: increments('B'), totals: true })
  const revenue = (column: string) => `${column}${at.asIs}+${column}${at.totalIncrement}`
  line(at.revenue, text.revenue, revenue, money, { full: revenue('B'), totals: true })
  const ofIncrement = (column: string) => `${column}${at.totalIncrement}*Margin`
  line(at.marginOfIncrement, text.marginOfIncrement, ofIncrement, money, { full: ofIncrement('B'), totals: true })
  line(at.saving, text.saving, saving, money, { full: saving('B'), totals: true })
  const margin = (column: string) => `${column}${at.marginOfIncrement}+${column}${at.saving}`
  line(at.margin, text.margin, margin, total, { full: margin('B'), totals: true })
  line(at.cost, text.cost, (column) => `Costs!${column}${layout.costs.total}`, money, { totals: true })
  const months = (row: number) => `$${monthRange.first}$${row}:$${monthRange.last}$${row}`
  line(at.benefit, text.benefit, (column) => benefitFormula(`${column}${at.margin}`, `${column}${at.cost}`), total, {
    totals: true,
  })
  line(
    at.cumulative,
    text.cumulative,
    (column) => `SUM($${monthRange.first}${at.benefit}:${column}${at.benefit})`,
    money,
  )
  line(at.discountFactor, text.discountFactor, (column) => `(1+DiscountRate)^(-${column}$${monthHead}/12)`, {
    look: 'note',
    format: sheetFormats.decimal4,
    align: 'right',
  })
  line(at.discounted, text.discounted, (column) => `${column}${at.benefit}*${column}${at.discountFactor}`, money, {
    totals: true,
  })
  const belowZero = (column: string): string =>
    belowFormula(`${column}${at.cumulative}`, months(at.cost), `${column}$${monthHead}`)
  line(at.below, text.below, belowZero, {
    look: 'note',
    format: '0;-0;',
    align: 'right',
  })

  const note: CellStyle = { look: 'note', format: '0', align: 'right' }
  line(at.loss, text.loss, (column) => monthIf(`${column}${at.benefit}`, '<', `${column}$${monthHead}`), note)
  line(at.gain, text.gain, (column) => monthIf(`${column}${at.benefit}`, '>', `${column}$${monthHead}`), note)

  putRow(sheet, at.results, 1, [text.results, null], { look: 'section' })
  const result = (row: number, label: string, formula: string, format: string): void => {
    put(sheet, row, 1, label, { look: 'label' })
    put(sheet, row, fullColumn, { formula }, { look: 'total', format, align: 'right' })
  }
  const benefits = months(at.benefit)
  const sum = (row: number) => `$${letter(totalColumn)}$${row}`
  result(at.roi, text.roi, `IF(${sum(at.cost)}=0,"n/a",${sum(at.benefit)}/${sum(at.cost)})`, sheetFormats.percent2)
  result(at.npv, text.npv, sum(at.discounted), sheetFormats.cents)
  result(
    at.irrMonthly,
    text.irrMonthly,
    irrFormula({ benefit: benefits, loss: months(at.loss), gain: months(at.gain) }),
    sheetFormats.percent2,
  )
  result(
    at.irrYearly,
    text.irrYearly,
    `IF(ISNUMBER($B$${at.irrMonthly}),(1+$B$${at.irrMonthly})^12-1,"n/a")`,
    sheetFormats.percent2,
  )
  result(at.payback, text.payback, paybackFormula(benefits, months(at.cost), months(at.below)), sheetFormats.count)
  result(at.fullIncrement, text.fullIncrement, `$B$${at.totalIncrement}`, sheetFormats.cents)

  putRow(sheet, at.workings, 1, [text.workings, ...Array<null>(totalColumn - 1).fill(null)], { look: 'section' })
  const small: CellStyle = { look: 'note', format: '0.000000', align: 'right' }
  layout.initiatives.forEach((initiative, k) => {
    const logarithm = (column: string): string =>
      `SUMPRODUCT(--(${layout.timing.ramps(column)}>=Timing!${column}${layout.timing.ramp(k)}),${layout.initiative.logarithms('active')})`
    const mean = (column: string): string => {
      const own = `${column}${at.logarithm(k)}`
      return `IF(ABS(${own})<0.0000000001,1,(EXP(${own})-1)/${own})`
    }
    line(at.logarithm(k), `${text.logarithms}, ${initiative.title}`, logarithm, small, { full: logarithm('B') })
    line(at.mean(k), `${text.mean}, ${initiative.title}`, mean, small, { full: mean('B') })
  })
  sheet.pageSetup.printTitlesRow = `${monthHead}:${monthHead}`
  sheet.pageSetup.printTitlesColumn = 'A:B'
  sheet.pageSetup.fitToWidth = 3
  workbook.definedNames.add(cellOf('model', 'B', at.roi), 'ROI')
  workbook.definedNames.add(cellOf('model', 'B', at.npv), 'NetPresentValue')
}
