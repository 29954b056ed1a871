import type { Workbook } from '@cj-tech-master/excelts'
import { addSheet, type CellStyle, letter, put, putRow, sheetFormats, widths } from '../sheet'
import type { Labels } from './labels'
import {
  type CaseLayout,
  cellOf,
  firstMonthColumn,
  fullColumn,
  monthLetters,
  monthRange,
  scenarioColumns,
  sheetNames,
  totalColumn,
} from './layout'
import { writeMonthHead, writeYearHead } from './monthHead'
import { belowFormula, benefitFormula, irrFormula, monthIf, paybackFormula } from './results'
import { writeTotals } from './totals'

const scenarios = ['low', 'base', 'high'] as const
const total = letter(totalColumn)

/** Low, base and high by their own formulas, side by side with doing nothing. */
export function writeScenarios(workbook: Workbook, layout: CaseLayout, labels: Labels): void {
  const text = labels.scenarios
  const at = layout.scenarios
  const sheet = addSheet(workbook, sheetNames.scenarios, { rows: at.head, columns: 2 })
  widths(sheet, [40, 14, ...Array<number>(36).fill(13), 13, 13, 13, 14])
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(sheet, 2, 1, text.subtitle, { look: 'subtitle' })
  put(sheet, at.head, 1, text.columns[0], { look: 'head' })
  putRow(sheet, at.head, 2, text.columns.slice(1), { look: 'head', align: 'right' })

  const model = labels.model
  const rows: readonly (readonly [number, string, string, string, (block: Block) => string])[] = [
    [
      at.revenue,
      text.revenue,
      sheetFormats.money,
      'MonthlyRevenue*Horizon',
      (b) => `MonthlyRevenue*Horizon+$${total}$${b.increment}`,
    ],
    [at.full, model.fullIncrement, sheetFormats.cents, '0', (b) => `$B$${b.increment}`],
    [at.margin, model.margin, sheetFormats.cents, '0', (b) => `$${total}$${b.margin}`],
    [at.cost, model.cost, sheetFormats.cents, '0', (b) => `$${total}$${b.cost}`],
    [at.benefit, model.benefit, sheetFormats.cents, '0', (b) => `$${total}$${b.benefit}`],
    [
      at.roi,
      model.roi,
      sheetFormats.percent2,
      '"n/a"',
      (b) => `IF($${total}$${b.cost}=0,"n/a",$${total}$${b.benefit}/$${total}$${b.cost})`,
    ],
    [at.npv, model.npv, sheetFormats.cents, '0', (b) => `$${total}$${b.discounted}`],
    [
      at.irrMonthly,
      model.irrMonthly,
      sheetFormats.percent2,
      '"n/a"',
      (b) => irrFormula({ benefit: months(b.benefit), loss: months(b.loss), gain: months(b.gain) }),
    ],
    [at.irrYearly, model.irrYearly, sheetFormats.percent2, '"n/a"', () => ''],
    [
      at.payback,
      model.payback,
      sheetFormats.count,
      '"n/a"',
      (b) => paybackFormula(months(b.benefit), months(b.cost), months(b.below)),
    ],
  ]
  for (const [row, label, format, nothing, formula] of rows) {
    put(sheet, row, 1, label, { look: 'label' })
    const style: CellStyle = { look: 'value', format, align: 'right' }
    put(sheet, row, 2, { formula: nothing }, style)
    scenarios.forEach((_, index) => {
      const monthly = `${letter(3 + index)}$${at.irrMonthly}`
      const own = row === at.irrYearly ? `IF(ISNUMBER(${monthly}),(1+${monthly})^12-1,"n/a")` : formula(at.block(index))
      put(sheet, row, 3 + index, { formula: own }, style)
    })
  }

  scenarios.forEach((scenario, index) => {
    const block = at.block(index)
    writeMonthHead(sheet, block.start, labels.scenario[scenario], model.full)
    writeYearHead(sheet, block.start, model.year, model.total)
    const line = (
      row: number,
      label: string,
      formula: (column: string) => string,
      style: CellStyle,
      options: { readonly full?: boolean; readonly totals?: boolean } = {},
    ): void => {
      put(
        sheet,
        row,
        1,
        label,
        style.look === 'total' ? { look: 'total' } : { look: style.look === 'note' ? 'note' : 'label' },
      )
      put(sheet, row, fullColumn, options.full === true ? { formula: formula('B') } : null, style)
      monthLetters().forEach((column, at36) => {
        const own = { formula: `IF(${column}$${block.start}>Horizon,"",${formula(column)})` }
        put(sheet, row, firstMonthColumn + at36, own, style)
      })
      if (options.totals === true) writeTotals(sheet, row, style)
    }
    const money: CellStyle = { look: 'value', format: sheetFormats.money }
    const sum: CellStyle = { look: 'total', format: sheetFormats.money }
    layout.initiatives.forEach((initiative, k) => {
      const growth = (column: string): string =>
        `EXP(SUMPRODUCT(--(${layout.timing.ramps(column)}>=Timing!${column}${layout.timing.ramp(k)}),${layout.initiative.logarithms(scenario)}))-1`
      line(
        block.growth(k),
        `${text.growth} ${initiative.title}`,
        growth,
        { look: 'note', format: '0.00%', align: 'right' },
        { full: true },
      )
    })
    const column = scenarioColumns[scenario]
    const margin = cellOf('assumptions', column, layout.assumptions.margin)
    const cost = cellOf('assumptions', column, layout.assumptions.cost)
    const full = { full: true, totals: true }
    line(
      block.increment,
      model.increment,
      (month) =>
        `MonthlyRevenue*IF(Combine="add",SUMPRODUCT(${layout.initiative.factors(scenario)},${layout.timing.ramps(month)}),SUMPRODUCT(${layout.timing.steps(month)},${month}$${block.growth(0)}:${month}$${block.growth(layout.n - 1)}))`,
      sum,
      full,
    )
    line(
      block.saving,
      model.saving,
      (month) => `SUMPRODUCT(${layout.initiative.savings(scenario)},${layout.timing.ramps(month)})`,
      money,
      full,
    )
    line(
      block.margin,
      model.margin,
      (month) => `${month}${block.increment}*${margin}+${month}${block.saving}`,
      money,
      full,
    )
    line(block.cost, model.cost, (month) => `Costs!${month}${layout.costs.before}*${cost}`, money, { totals: true })
    line(
      block.benefit,
      model.benefit,
      (month) => benefitFormula(`${month}${block.margin}`, `${month}${block.cost}`),
      sum,
      {
        totals: true,
      },
    )
    line(
      block.cumulative,
      model.cumulative,
      (month) => `SUM($${monthRange.first}${block.benefit}:${month}${block.benefit})`,
      money,
    )
    line(
      block.discounted,
      model.discounted,
      (month) => `${month}${block.benefit}*Model!${month}${layout.model.discountFactor}`,
      money,
      { totals: true },
    )
    const belowZero = (month: string): string =>
      belowFormula(`${month}${block.cumulative}`, months(block.cost), `${month}$${block.start}`)
    line(block.below, model.below, belowZero, {
      look: 'note',
      format: '0;-0;',
      align: 'right',
    })
    const note: CellStyle = { look: 'note', format: '0', align: 'right' }
    const month = (side: '<' | '>') => (column: string) =>
      monthIf(`${column}${block.benefit}`, side, `${column}$${block.start}`)
    line(block.loss, model.loss, month('<'), note)
    line(block.gain, model.gain, month('>'), note)
  })
  sheet.pageSetup.fitToWidth = 3
  sheet.pageSetup.printTitlesColumn = 'A:B'
}

type Block = ReturnType<CaseLayout['scenarios']['block']>

function months(row: number): string {
  return `$${monthRange.first}$${row}:$${monthRange.last}$${row}`
}
