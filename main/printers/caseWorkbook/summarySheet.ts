import type { Workbook, Worksheet } from '@cj-tech-master/excelts'
import { costCategories } from '../../../shared/caseModel'
import { computeCase } from '../../../shared/leverModel'
import { chartColors } from '../chartColors'
import { barChartLook, chartTitle, valueLabels } from '../chartLook'
import { invisible } from '../nativeChart'
import { addSheet, letter, put, putRow, sheetFormats, widths } from '../sheet'
import type { CaseWorkbookInput } from './caseWorkbookInput'
import type { Labels } from './labels'
import { type CaseLayout, cellOf, firstMonthColumn, monthRange, sheetNames, totalColumn } from './layout'

const total = letter(totalColumn)
/** The figures of the waterfall stand right of the printed page. */
const waterfallColumn = 17

export function writeSummary(workbook: Workbook, input: CaseWorkbookInput, layout: CaseLayout, labels: Labels): void {
  const text = labels.summary
  const sheet = addSheet(workbook, sheetNames.summary)
  widths(sheet, [36, 13, 13, 13, 13, 13, 3, 13, 13, 13, 13, 13, 13])
  put(sheet, 1, 1, text.title, { look: 'title' })
  put(
    sheet,
    2,
    1,
    {
      formula: `"${labels.cover.scenario}: "&CHOOSE(Scenario,"${labels.scenario.low}","${labels.scenario.base}","${labels.scenario.high}")`,
    },
    { look: 'subtitle', align: 'left' },
  )

  put(sheet, 4, 1, text.headline, { look: 'head' })
  putRow(sheet, 4, 2, [labels.scenario.nothing, labels.scenario.low, labels.scenario.base, labels.scenario.high], {
    look: 'head',
    align: 'right',
  })
  const { scenarios } = layout
  const lines: readonly (readonly [string, number, string])[] = [
    [labels.model.margin, scenarios.margin, sheetFormats.money],
    [labels.model.cost, scenarios.cost, sheetFormats.money],
    [labels.model.benefit, scenarios.benefit, sheetFormats.money],
    [labels.model.roi, scenarios.roi, sheetFormats.percent2],
    [labels.model.npv, scenarios.npv, sheetFormats.money],
    [labels.model.irrYearly, scenarios.irrYearly, sheetFormats.percent2],
    [labels.model.payback, scenarios.payback, sheetFormats.count],
  ]
  lines.forEach(([label, row, format], index) => {
    const strong = row === scenarios.benefit || row === scenarios.roi
    put(sheet, 5 + index, 1, label, { look: strong ? 'total' : 'label' })
    const links = ['B', 'C', 'D', 'E'].map((column) => ({ formula: cellOf('scenarios', column, row) }))
    putRow(sheet, 5 + index, 2, links, { look: strong ? 'total' : 'value', format, align: 'right' })
  })

  const caveats = 4
  put(sheet, caveats, 8, text.caveats, { look: 'head' })
  for (let column = 9; column <= 13; column += 1) put(sheet, caveats, column, null, { look: 'head' })
  text.caveatList.forEach((caveat, index) => {
    const row = caveats + 1 + index * 2
    put(sheet, row, 8, caveat, { look: 'note', wrap: true })
    sheet.mergeCells(row, 8, row + 1, 13)
  })

  const table = 14
  put(sheet, table, 1, text.initiatives, { look: 'head' })
  putRow(
    sheet,
    table,
    2,
    [
      labels.initiatives.columns[7],
      labels.initiatives.columns[8],
      labels.model.full,
      labels.model.margin,
      labels.model.cost,
    ],
    { look: 'head', align: 'right' },
  )
  layout.initiatives.forEach((initiative, k) => {
    const row = table + 1 + k
    const from = layout.initiative.row(k)
    put(sheet, row, 1, initiative.title, { look: 'label' })
    put(sheet, row, 2, { formula: cellOf('initiatives', 'H', from) }, { look: 'value', format: '+0.0%;-0.0%;0.0%' })
    put(sheet, row, 3, { formula: cellOf('initiatives', 'I', from) }, { look: 'value', format: sheetFormats.percent })
    put(
      sheet,
      row,
      4,
      { formula: cellOf('model', 'B', layout.model.increment(k)) },
      { look: 'value', format: sheetFormats.money },
    )
    put(sheet, row, 5, { formula: marginOf(layout, k) }, { look: 'value', format: sheetFormats.money })
    put(
      sheet,
      row,
      6,
      { formula: `CostFactor*Costs!$${total}$${layout.costs.ofInitiative(k)}` },
      { look: 'value', format: sheetFormats.money },
    )
  })

  const charts = table + layout.n + 3
  writeCumulativeChart(sheet, input, layout, labels, charts)
  writeScenarioChart(sheet, layout, labels, charts)
  writeWaterfall(sheet, input, layout, labels, charts + 17)
  sheet.pageSetup.printArea = `A1:M${charts + 34}`
  sheet.pageSetup.fitToHeight = 1
}

function marginOf(layout: CaseLayout, k: number): string {
  const ramp = `Timing!$${monthRange.first}$${layout.timing.ramp(k)}:$${monthRange.last}$${layout.timing.ramp(k)}`
  return `Model!$${total}$${layout.model.increment(k)}*Margin+${layout.initiative.saving(k, 'active')}*SUM(${ramp})`
}

function writeCumulativeChart(
  sheet: Worksheet,
  { model }: CaseWorkbookInput,
  layout: CaseLayout,
  labels: Labels,
  row: number,
): void {
  // Blank text beyond the horizon would be drawn as zero, so the chart ends where the horizon did.
  const last = letter(firstMonthColumn + model.horizon - 1)
  const range = (at: number) => `Scenarios!$${monthRange.first}$${at}:$${last}$${at}`
  const months = range(layout.scenarios.block(0).start)
  const colors = { low: chartColors.categorical[1], base: chartColors.categorical[0], high: chartColors.categorical[2] }
  sheet.addLineChart(
    {
      ...barChartLook('#,##0'),
      title: chartTitle(labels.summary.cumulative),
      series: (['low', 'base', 'high'] as const).map((scenario, index) => ({
        name: labels.scenario[scenario],
        categories: months,
        values: range(layout.scenarios.block(index).cumulative),
        line: colors[scenario],
        lineWidth: scenario === 'base' ? 2.5 : 1.75,
        ...(scenario === 'base' ? {} : { lineDash: 'dash' as const }),
        marker: { symbol: 'none' as const },
        smooth: false,
      })),
      showMarker: false,
      showLegend: true,
      legendPosition: 'b',
    },
    `A${row}:F${row + 15}`,
  )
}

function writeScenarioChart(sheet: Worksheet, layout: CaseLayout, labels: Labels, row: number): void {
  sheet.addColumnChart(
    {
      ...barChartLook('#,##0'),
      title: chartTitle(labels.summary.scenarios),
      series: [
        {
          name: labels.model.benefit,
          categories: `Scenarios!$B$${layout.scenarios.head}:$E$${layout.scenarios.head}`,
          values: `Scenarios!$B$${layout.scenarios.benefit}:$E$${layout.scenarios.benefit}`,
          fill: chartColors.gain,
          invertIfNegative: false,
        },
      ],
      dataLabels: valueLabels('#,##0', 'outEnd'),
      gapWidth: 60,
    },
    `H${row}:M${row + 15}`,
  )
}

/**
 * Stacked columns on a base without fill: native waterfalls are not drawn by every program. Each bar is cut at zero
 * into a part above and a part below, because stacks of unlike sign do not add up.
 */
function writeWaterfall(
  sheet: Worksheet,
  { model }: CaseWorkbookInput,
  layout: CaseLayout,
  labels: Labels,
  row: number,
): void {
  const text = labels.summary
  const first = 6
  const result = computeCase(model, model.scenario)
  const used = costCategories.flatMap((category, index) =>
    result.totals.costByCategory[category] === 0 ? [] : [index],
  )
  const listed = used.length === 0 ? [5] : used
  const costOf = (at: number) => `Costs!$${total}$${layout.costs.category(at)}`
  const allCosts = `Costs!$${total}$${layout.costs.total}`
  const lastListed = listed.at(-1) ?? 5
  const others = `(${allCosts}${listed.map((at) => `-${costOf(at)}`).join('')})`
  type Step = {
    readonly label: string
    readonly value: string
    readonly kind: 'change' | 'total'
    readonly loss: boolean
  }
  const steps: Step[] = [
    ...layout.initiatives.map(
      (initiative, k): Step => ({ label: initiative.title, value: marginOf(layout, k), kind: 'change', loss: false }),
    ),
    { label: text.steps.margin, value: `Model!$${total}$${layout.model.margin}`, kind: 'total', loss: false },
    ...listed.map(
      (at): Step => ({
        label: used.length === 0 ? labels.model.cost : (costCategories[at] ?? ''),
        // Costs that somebody adds in a category without a bar of its own join the last bar.
        value: at === lastListed ? `-${costOf(at)}-${others}` : `-${costOf(at)}`,
        kind: 'change',
        loss: true,
      }),
    ),
    { label: text.steps.benefit, value: `Model!$${total}$${layout.model.benefit}`, kind: 'total', loss: false },
  ]
  const column = (offset: number) => letter(waterfallColumn + offset)
  put(sheet, first - 2, waterfallColumn, text.chartData, { look: 'section' })
  putRow(
    sheet,
    first - 1,
    waterfallColumn,
    ['', 'value', 'from', 'to', 'base +', 'base −', 'gain +', 'gain −', 'loss +', 'loss −', 'total +', 'total −'],
    { look: 'head', align: 'right' },
  )
  steps.forEach((step, index) => {
    const at = first + index
    const style = { look: 'value', format: sheetFormats.money } as const
    const from = `${column(2)}${at}`
    const to = `${column(3)}${at}`
    const top = `MAX(${from},${to})`
    const bottom = `MIN(${from},${to})`
    const above = `MAX(0,${top})-MAX(0,${bottom})`
    const below = `MIN(0,${bottom})-MIN(0,${top})`
    const shown = (when: boolean, formula: string) => ({ formula: when ? formula : '0' })
    put(sheet, at, waterfallColumn, step.label, { look: 'label' })
    putRow(
      sheet,
      at,
      waterfallColumn + 1,
      [
        { formula: step.value },
        { formula: step.kind === 'total' || index === 0 ? '0' : `${column(3)}${at - 1}` },
        { formula: step.kind === 'total' ? `${column(1)}${at}` : `${from}+${column(1)}${at}` },
        { formula: `MAX(0,${bottom})` },
        { formula: `MIN(0,${top})` },
        shown(step.kind === 'change' && !step.loss, above),
        shown(step.kind === 'change' && !step.loss, below),
        shown(step.loss, above),
        shown(step.loss, below),
        shown(step.kind === 'total', above),
        shown(step.kind === 'total', below),
      ],
      style,
    )
  })
  const last = first + steps.length - 1
  const range = (offset: number) => `Summary!$${column(offset)}$${first}:$${column(offset)}$${last}`
  const fills = [
    undefined,
    undefined,
    chartColors.gain,
    chartColors.gain,
    chartColors.loss,
    chartColors.loss,
    chartColors.result,
    chartColors.result,
  ]
  sheet.addColumnChart(
    {
      ...barChartLook('#,##0'),
      title: chartTitle(text.waterfall),
      grouping: 'stacked',
      overlap: 100,
      gapWidth: 40,
      series: fills.map((fill, index) => ({
        name: `${sheetNames.summary} ${index + 1}`,
        categories: range(0),
        values: range(4 + index),
        fill: fill ?? invisible,
        ...(fill === undefined
          ? {}
          : {
              dataLabels: valueLabels(index === 4 || index === 5 ? '-#,##0;#,##0;' : '#,##0;-#,##0;', 'ctr', '#FFFFFF'),
            }),
        invertIfNegative: false,
      })),
    },
    `A${row}:M${row + 16}`,
  )
}
