import type { Worksheet } from '@cj-tech-master/excelts'
import { type ChartSpec, type NumberFormat, type Table, unreachable, type WaterfallChart } from '../../shared/report'
import { chartColors, seriesColor } from './chartColors'
import { barChartLook, chartTitle } from './chartLook'
import { chartTable } from './chartTable'
import { formatOf, letter } from './sheet'
import { writeTable } from './writeTable'

interface Place {
  readonly title: string
  /** First free column, right of the table. */
  readonly column: number
  /** Last row of the table. */
  readonly last: number
}

const chartRows = 20

/** A chart of the program itself where it has one; otherwise the table, shaded where values are to be compared. */
export function addNativeChart(sheet: Worksheet, chart: ChartSpec, place: Place): void {
  switch (chart.kind) {
    case 'line': {
      const data = writeData(sheet, chartTable(chart), place)
      sheet.addLineChart(
        {
          ...barChartLook(formatOf(chart.yFormat)),
          title: chartTitle(place.title),
          series: chart.series.map((series, index) => ({
            name: series.name,
            categories: data.column(0),
            values: data.column(index + 1),
            line: series.role === 'reference' ? chartColors.axis : seriesColor(index),
            lineWidth: 2,
            ...(series.role === 'subject' ? {} : { lineDash: 'dash' as const }),
            marker: { symbol: 'none' as const },
            smooth: false,
          })),
          displayBlanksAs: 'gap',
          showLegend: chart.series.length > 1,
          legendPosition: 'b',
        },
        data.anchor,
      )
      return
    }
    case 'bar': {
      const data = writeData(sheet, chartTable(chart), place)
      const options = {
        ...barChartLook(formatOf(chart.format)),
        title: chartTitle(place.title),
        series: [
          {
            name: place.title,
            categories: data.column(0),
            values: data.column(1),
            fill: chartColors.gain,
            invertIfNegative: false,
          },
        ],
        gapWidth: 50,
      }
      if (chart.direction === 'vertical') sheet.addColumnChart(options, data.anchor)
      else {
        const categoryAxis = { ...options.categoryAxis, orientation: 'maxMin' as const }
        sheet.addBarChart({ ...options, categoryAxis }, data.anchor)
      }
      return
    }
    case 'stackedBar': {
      const data = writeData(sheet, chartTable(chart), place)
      sheet.addColumnChart(
        {
          ...barChartLook(formatOf(chart.format)),
          title: chartTitle(place.title),
          grouping: 'stacked',
          overlap: 100,
          gapWidth: 40,
          series: chart.series.map((series, index) => ({
            name: series.name,
            categories: data.column(0),
            values: data.column(index + 1),
            fill: seriesColor(index),
          })),
          showLegend: true,
          legendPosition: 'b',
        },
        data.anchor,
      )
      return
    }
    case 'tornado': {
      const table: Table = {
        columns: ['Driver', 'Low', 'High'].map((label, index) => ({
          label,
          format: index === 0 ? 'text' : chart.format,
        })),
        rows: chart.drivers.map(({ label, low, high }) => [label, low - chart.center, high - chart.center]),
      }
      const data = writeData(sheet, table, place)
      const look = barChartLook(formatOf(chart.format))
      sheet.addBarChart(
        {
          ...look,
          title: chartTitle(place.title),
          series: [
            { name: 'Low', categories: data.column(0), values: data.column(1), fill: chartColors.loss },
            { name: 'High', categories: data.column(0), values: data.column(2), fill: chartColors.gain },
          ],
          overlap: 100,
          gapWidth: 50,
          showLegend: true,
          legendPosition: 'b',
          categoryAxis: { ...look.categoryAxis, orientation: 'maxMin' },
        },
        data.anchor,
      )
      return
    }
    case 'waterfall': {
      const data = writeData(sheet, waterfallTable(chart), place)
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
          ...barChartLook(formatOf(chart.format)),
          title: chartTitle(place.title),
          grouping: 'stacked',
          overlap: 100,
          gapWidth: 40,
          series: fills.map((fill, index) => ({
            name: `Part ${index + 1}`,
            categories: data.column(0),
            values: data.column(index + 2),
            fill: fill ?? invisible,
            invertIfNegative: false,
          })),
        },
        data.anchor,
      )
      return
    }
    case 'heatmap':
      shadeCells(sheet, { column: 3, columns: chart.columns.length, rows: chart.rows.length })
      return
    case 'tree':
    case 'grid':
      return
    default:
      unreachable(chart)
  }
}

/** Native waterfalls are not drawn by every program: stacked columns on a base that cannot be seen. */
export const invisible = 'FFFFFF00'

/** Each step cut at zero into what lies above and below, on its invisible base; stacks of unlike sign do not add up. */
function waterfallTable(chart: WaterfallChart): Table {
  let running = 0
  const rows = chart.steps.map((step) => {
    const from = step.step === 'total' ? 0 : running
    const to = step.step === 'total' ? step.value : running + step.value
    running = to
    const top = Math.max(from, to)
    const bottom = Math.min(from, to)
    const above = Math.max(0, top) - Math.max(0, bottom)
    const below = Math.min(0, bottom) - Math.min(0, top)
    const only = (tone: typeof step.tone): [number, number] => (step.tone === tone ? [above, below] : [0, 0])
    return [
      step.label,
      step.value,
      Math.max(0, bottom),
      Math.min(0, top),
      ...only('gain'),
      ...only('loss'),
      ...only('result'),
    ]
  })
  const labels = ['', 'Value', 'Base +', 'Base −', 'Gain +', 'Gain −', 'Loss +', 'Loss −', 'Result +', 'Result −']
  return {
    columns: labels.map((label, index): { label: string; format: NumberFormat } => ({
      label,
      format: index === 0 ? 'text' : chart.format,
    })),
    rows,
  }
}

/** The chart's figures stand below the chart, right of the table. */
function writeData(
  sheet: Worksheet,
  table: Table,
  { column }: Place,
): { readonly anchor: string; column(index: number): string } {
  const first = chartRows + 5
  writeTable(sheet, chartRows + 2, column, { title: 'Figures of the chart', subtitle: '', table })
  const last = first + table.rows.length - 1
  const name = `'${sheet.name}'`
  return {
    anchor: `${letter(column)}2:${letter(column + 8)}${chartRows}`,
    column: (index) => `${name}!$${letter(column + index)}$${first}:$${letter(column + index)}$${last}`,
  }
}

function shadeCells(
  sheet: Worksheet,
  { column, columns, rows }: { column: number; columns: number; rows: number },
): void {
  if (columns === 0 || rows === 0) return
  sheet.addConditionalFormatting({
    ref: `${letter(column)}4:${letter(column + columns - 1)}${3 + rows}`,
    rules: [
      {
        type: 'colorScale',
        priority: 1,
        cfvo: [{ type: 'min' }, { type: 'max' }],
        color: [{ argb: 'FFEDF2FC' }, { argb: 'FF416DC6' }],
      },
    ],
  })
}
