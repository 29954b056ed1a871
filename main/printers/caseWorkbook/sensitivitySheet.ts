import type { Workbook, Worksheet } from '@cj-tech-master/excelts'
import { type Initiative, levers } from '../../../shared/caseModel'
import { chartColors } from '../chartColors'
import { barChartLook, chartTitle } from '../chartLook'
import { addSheet, type CellStyle, letter, put, putRow, sheetFormats, widths } from '../sheet'
import type { Labels } from './labels'
import { type CaseLayout, cellOf, firstMonthColumn, monthLetters, monthRange, sheetNames, totalColumn } from './layout'
import { writeMonthHead } from './monthHead'

const firstDriver = 6
const total = letter(totalColumn)

/** ROI changes are rates; where there is no cost the change is one of money, which is far above 100. */
const changeFormat = '[>=100]#,##0;[<=-100]-#,##0;0.0%'

/** A driver's formulas: benefit and NPV at any value of it, with all others at base. */
interface DriverFormulas {
  readonly label: string
  readonly format: string
  readonly zero: string
  readonly low: string
  readonly base: string
  readonly high: string
  benefit(value: string): string
  npv(value: string): string
  cost(value: string): string
}

export function writeSensitivity(workbook: Workbook, layout: CaseLayout, labels: Labels): void {
  const text = labels.sensitivity
  const sheet = addSheet(workbook, sheetNames.sensitivity, { rows: firstDriver - 1, columns: 1 })
  widths(sheet, [42, 13, 12, 12, 12, 14, 14, 11, 11, 14, 14, 13, 13, 8, 16])
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(sheet, 2, 1, text.subtitle, { look: 'subtitle' })
  put(sheet, firstDriver - 1, 1, text.columns[0], { look: 'head' })
  putRow(sheet, firstDriver - 1, 2, text.columns.slice(1), { look: 'head', align: 'right' })

  const count = countDrivers(layout)
  const sorted = firstDriver + count + 1
  const figures = baseFigures(sorted + count + 20)
  const slopes = figures.first + 9
  const drivers = driversOf(layout, labels, figures, slopes)
  const last = firstDriver + count - 1

  drivers.forEach((driver, index) => {
    const row = firstDriver + index
    const value: CellStyle = { look: 'value', format: driver.format, align: 'right' }
    const money: CellStyle = { look: 'value', format: sheetFormats.cents, align: 'right' }
    const rate: CellStyle = { look: 'value', format: sheetFormats.percent2, align: 'right' }
    put(sheet, row, 1, driver.label, { look: 'label' })
    putRow(
      sheet,
      row,
      2,
      [driver.zero, driver.low, driver.base, driver.high].map((formula) => ({ formula })),
      value,
    )
    const ends = [`C${row}`, `E${row}`]
    ends.forEach((end, at) => {
      const benefit = `${letter(6 + at)}${row}`
      put(sheet, row, 6 + at, { formula: driver.benefit(end) }, money)
      put(sheet, row, 8 + at, { formula: `IF(${driver.cost(end)}=0,"n/a",${benefit}/(${driver.cost(end)}))` }, rate)
      put(sheet, row, 10 + at, { formula: driver.npv(end) }, money)
    })
    put(
      sheet,
      row,
      12,
      { formula: `IF(AND(ISNUMBER(H${row}),ISNUMBER(I${row})),ABS(I${row}-H${row}),ABS(G${row}-F${row}))` },
      { look: 'total', format: '[>=100]#,##0;0.00%', align: 'right' },
    )
    const without = `O${row}`
    const zero = `B${row}-${without}*(D${row}-B${row})/(${figures.benefit}-${without})`
    put(
      sheet,
      row,
      13,
      {
        formula: `IF(OR(D${row}=B${row},ABS(${figures.benefit}-${without})<=0.000000001*(ABS(${figures.benefit})+ABS(${without}))),"n/a",IF(${zero}<0,"n/a",${zero}))`,
      },
      value,
    )
    put(
      sheet,
      row,
      14,
      {
        formula: `SUMPRODUCT(--($L$${firstDriver}:$L$${last}>L${row}))+SUMPRODUCT(--($L$${firstDriver}:L${row}=L${row}))`,
      },
      { look: 'value', format: sheetFormats.count },
    )
    put(sheet, row, 15, { formula: driver.benefit(`B${row}`) }, money)
  })

  writeTornado(sheet, labels, { first: firstDriver, last, sorted, figures })
  writeFigures(sheet, layout, labels, figures)
  writeSlopes(sheet, layout, labels, slopes)
  sheet.pageSetup.printArea = `A1:O${sorted + count + 18}`
}

/** Sorted by span with live formulas, and drawn as distances from the base, so that the axis needs no fixed centre. */
function writeTornado(
  sheet: Worksheet,
  labels: Labels,
  { first, last, sorted, figures }: { first: number; last: number; sorted: number; figures: Figures },
): void {
  const text = labels.sensitivity
  putRow(sheet, sorted, 1, [text.sorted, null, null], { look: 'section' })
  const count = last - first + 1
  for (let place = 1; place <= count; place += 1) {
    const row = sorted + place
    const at = `MATCH(${place},$N$${first}:$N$${last},0)`
    const pick = (column: string) => `INDEX($${column}$${first}:$${column}$${last},${at})`
    const change = (roi: string, benefit: string) =>
      `IF(ISNUMBER(${pick(roi)}),${pick(roi)}-${figures.roi},${pick(benefit)}-${figures.benefit})`
    put(sheet, row, 1, { formula: pick('A') }, { look: 'label', align: 'left' })
    const style: CellStyle = { look: 'value', format: changeFormat, align: 'right' }
    put(sheet, row, 2, { formula: change('H', 'F') }, style)
    put(sheet, row, 3, { formula: change('I', 'G') }, style)
  }
  const range = (column: string) => `${sheetNames.sensitivity}!$${column}$${sorted + 1}:$${column}$${sorted + count}`
  sheet.addBarChart(
    {
      ...barChartLook(changeFormat),
      title: chartTitle(text.chart),
      series: [
        { name: text.sortedColumns[1], categories: range('A'), values: range('B'), fill: chartColors.loss },
        { name: text.sortedColumns[2], categories: range('A'), values: range('C'), fill: chartColors.gain },
      ],
      overlap: 100,
      gapWidth: 50,
      showLegend: true,
      legendPosition: 'b',
      categoryAxis: { ...barChartLook(changeFormat).categoryAxis, orientation: 'maxMin', tickLblPos: 'low' },
    },
    `E${sorted}:O${sorted + count + 17}`,
  )
}

interface Figures {
  readonly first: number
  readonly marginRate: string
  readonly increment: string
  readonly incrementDiscounted: string
  readonly saved: string
  readonly savedDiscounted: string
  readonly rawCost: string
  readonly rawCostDiscounted: string
  readonly costFactor: string
  readonly benefit: string
  readonly npv: string
  readonly roi: string
}

function baseFigures(first: number): Figures {
  return {
    first,
    marginRate: `$B$${first + 2}`,
    increment: `$B$${first + 3}`,
    incrementDiscounted: `$C$${first + 3}`,
    saved: `$B$${first + 4}`,
    savedDiscounted: `$C$${first + 4}`,
    rawCost: `$B$${first + 5}`,
    rawCostDiscounted: `$C$${first + 5}`,
    costFactor: `$B$${first + 6}`,
    benefit: `$B$${first + 7}`,
    npv: `$C$${first + 7}`,
    roi: 'Scenarios!$D$11',
  }
}

function writeFigures(sheet: Worksheet, layout: CaseLayout, labels: Labels, figures: Figures): void {
  const text = labels.sensitivity
  const block = layout.scenarios.block(1)
  const row = figures.first
  const factors = `Model!$${monthRange.first}$${layout.model.discountFactor}:$${monthRange.last}$${layout.model.discountFactor}`
  const discounted = (name: string, at: number) =>
    `SUMPRODUCT(${name}!$${monthRange.first}$${at}:$${monthRange.last}$${at},${factors})`
  putRow(sheet, row, 1, [text.base, null, null], { look: 'section' })
  putRow(sheet, row + 1, 1, ['', text.total, text.discounted], { look: 'head', align: 'right' })
  const lines: readonly (readonly [string, string, string | null, string])[] = [
    [text.marginRate, cellOf('assumptions', 'E', layout.assumptions.margin), null, sheetFormats.percent],
    [
      text.increment,
      `Scenarios!$${total}$${block.increment}`,
      discounted('Scenarios', block.increment),
      sheetFormats.cents,
    ],
    [text.saved, `Scenarios!$${total}$${block.saving}`, discounted('Scenarios', block.saving), sheetFormats.cents],
    [
      text.rawCost,
      `Costs!$${total}$${layout.costs.before}`,
      discounted('Costs', layout.costs.before),
      sheetFormats.cents,
    ],
    [labels.assumptions.cost, cellOf('assumptions', 'E', layout.assumptions.cost), null, sheetFormats.decimal2],
    [
      text.benefit,
      `Scenarios!$${total}$${block.benefit}`,
      `Scenarios!$${total}$${block.discounted}`,
      sheetFormats.cents,
    ],
  ]
  lines.forEach(([label, sum, present, format], index) => {
    put(sheet, row + 2 + index, 1, label, { look: 'label' })
    put(sheet, row + 2 + index, 2, { formula: sum }, { look: 'value', format })
    if (present !== null) put(sheet, row + 2 + index, 3, { formula: present }, { look: 'value', format })
  })
}

/** Growth of revenue for each unit of an initiative's factor, month by month, with the others at base. */
function writeSlopes(sheet: Worksheet, layout: CaseLayout, labels: Labels, head: number): void {
  writeMonthHead(sheet, head, labels.sensitivity.workings, '')
  put(sheet, head, totalColumn, labels.sensitivity.total, { look: 'head', align: 'right' })
  put(sheet, head, totalColumn + 1, labels.sensitivity.discounted, { look: 'head', align: 'right' })
  const block = layout.scenarios.block(1)
  const style: CellStyle = { look: 'note', format: '0.0000', align: 'right' }
  const factors = `Model!$${monthRange.first}$${layout.model.discountFactor}:$${monthRange.last}$${layout.model.discountFactor}`
  layout.initiatives.forEach((initiative, k) => {
    const row = head + 1 + k
    put(sheet, row, 1, initiative.title, { look: 'label' })
    monthLetters().forEach((column, index) => {
      const own = `Timing!${column}${layout.timing.ramp(k)}`
      const growth = `Scenarios!${column}$${block.growth(0)}:${column}$${block.growth(layout.n - 1)}`
      put(
        sheet,
        row,
        firstMonthColumn + index,
        {
          formula: `IF(${column}$${head}>Horizon,"",IF(Combine="add",${own},SUMPRODUCT(${layout.timing.steps(column)},--(${layout.timing.ramps(column)}<=${own}),1+${growth})/(1+${layout.initiative.factor(k, 'base')})))`,
        },
        style,
      )
    })
    const months = `$${monthRange.first}${row}:$${monthRange.last}${row}`
    put(sheet, row, totalColumn, { formula: `SUM(${months})` }, style)
    put(sheet, row, totalColumn + 1, { formula: `SUMPRODUCT(${months},${factors})` }, style)
  })
}

function isTarget(initiative: Initiative): boolean {
  return initiative.status !== 'rejected' && initiative.lever !== 'cost'
}

function isSaving(initiative: Initiative): boolean {
  return initiative.status !== 'rejected' && (initiative.monthlySaving.base > 0 || initiative.monthlySaving.high > 0)
}

function countDrivers(layout: CaseLayout): number {
  return layout.initiatives.reduce((sum, one) => sum + Number(isTarget(one)) + Number(isSaving(one)), 2)
}

function driversOf(layout: CaseLayout, labels: Labels, figures: Figures, slopes: number): DriverFormulas[] {
  const text = labels.sensitivity
  const { assumptions } = layout
  const assumption = (row: number) => ({
    low: cellOf('assumptions', 'D', row),
    base: cellOf('assumptions', 'E', row),
    high: cellOf('assumptions', 'F', row),
  })
  const cost = `${figures.rawCost}*${figures.costFactor}`
  const ofInitiatives = layout.initiatives.flatMap((initiative, k): DriverFormulas[] => {
    const row = layout.initiative.row(k)
    const counted = `IF(Initiatives!$O$${row}="rejected",0,1)`
    const weight = `${counted}*IF(Initiatives!$D$${row}="${levers.cost}",0,1)*Initiatives!$I$${row}*Initiatives!$J$${row}`
    const baseline = cellOf('assumptions', 'G', assumptions.baseline(k))
    const change = (value: string) =>
      `${figures.marginRate}*MonthlyRevenue*(${weight}*(${value}/${baseline}-1)-${layout.initiative.factor(k, 'base')})`
    const ramp = `Timing!$${monthRange.first}$${layout.timing.ramp(k)}:$${monthRange.last}$${layout.timing.ramp(k)}`
    const factors = `Model!$${monthRange.first}$${layout.model.discountFactor}:$${monthRange.last}$${layout.model.discountFactor}`
    const saved = (value: string) => `${counted}*(${value}-${cellOf('assumptions', 'E', assumptions.saving(k))})`
    const slope = `$${total}$${slopes + 1 + k}`
    const slopeDiscounted = `$${letter(totalColumn + 1)}$${slopes + 1 + k}`
    const target: DriverFormulas = {
      label: initiative.title,
      format: '#,##0.00##',
      zero: baseline,
      ...assumption(assumptions.target(k)),
      benefit: (value) => `${figures.benefit}+${change(value)}*${slope}`,
      npv: (value) => `${figures.npv}+${change(value)}*${slopeDiscounted}`,
      cost: () => cost,
    }
    const saving: DriverFormulas = {
      label: `${initiative.title} (${text.saving})`,
      format: sheetFormats.cents,
      zero: '0',
      ...assumption(assumptions.saving(k)),
      benefit: (value) => `${figures.benefit}+${saved(value)}*SUM(${ramp})`,
      npv: (value) => `${figures.npv}+${saved(value)}*SUMPRODUCT(${ramp},${factors})`,
      cost: () => cost,
    }
    return [...(isTarget(initiative) ? [target] : []), ...(isSaving(initiative) ? [saving] : [])]
  })
  return [
    ...ofInitiatives,
    {
      label: text.margin,
      format: sheetFormats.percent2,
      zero: '0',
      ...assumption(assumptions.marginTested),
      benefit: (value) => `${value}*${figures.increment}+${figures.saved}-${cost}`,
      npv: (value) =>
        `${value}*${figures.incrementDiscounted}+${figures.savedDiscounted}-${figures.rawCostDiscounted}*${figures.costFactor}`,
      cost: () => cost,
    },
    {
      label: text.cost,
      format: '0.00##',
      zero: '0',
      ...assumption(assumptions.costTested),
      benefit: (value) => `${figures.marginRate}*${figures.increment}+${figures.saved}-${value}*${figures.rawCost}`,
      npv: (value) =>
        `${figures.marginRate}*${figures.incrementDiscounted}+${figures.savedDiscounted}-${value}*${figures.rawCostDiscounted}`,
      cost: (value) => `${value}*${figures.rawCost}`,
    },
  ]
}
