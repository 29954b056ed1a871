import type { CaseModel } from '../../../shared/caseModel'
import { levers } from '../../../shared/caseModel'
import type { Formatter } from '../../../shared/format'
import type { CaseComparison, CaseResult } from '../../../shared/leverModel'
import type { Sensitivity } from '../../../shared/leverSensitivity'
import type { LineChart, Table, TornadoChart, WaterfallChart } from '../../../shared/report'
import { rangeText } from './caseTexts'

type Step = WaterfallChart['steps'][number]

/** Margin of each initiative, less cost by category, is the benefit. */
export function caseWaterfall({ initiatives, totals }: CaseResult): WaterfallChart {
  // Levers are shorter than titles, but two initiatives may move the same one.
  const usesTitles = initiatives.length > 4 || new Set(initiatives.map(({ lever }) => lever)).size < initiatives.length
  const gains = initiatives.map(
    ({ title, lever, margin }): Step => ({
      label: usesTitles ? title : levers[lever].replace(/ \(.*\)$/, ''),
      value: margin,
      step: 'change',
      tone: margin < 0 ? 'loss' : 'gain',
    }),
  )
  const costs = Object.entries(totals.costByCategory)
    .filter(([, cost]) => cost > 0)
    .map(([category, cost]): Step => ({ label: category, value: -cost, step: 'change', tone: 'loss' }))
  return {
    kind: 'waterfall',
    format: 'money',
    steps: [
      ...gains,
      { label: 'Margin', value: totals.margin, step: 'total', tone: 'result' },
      ...costs,
      { label: 'Benefit', value: totals.benefit, step: 'total', tone: totals.benefit < 0 ? 'loss' : 'result' },
    ],
  }
}

export function caseCumulative(results: CaseComparison): LineChart {
  const { low, base, high } = results
  const deepest = base.totals.deepest
  const payback = base.totals.paybackMonth
  const months = ['start', ...base.months.map(({ month }) => String(month))]
  const at = (result: CaseResult, index: number): number =>
    index === 0 ? 0 : (result.months[index - 1]?.cumulative ?? 0)
  return {
    kind: 'line',
    xFormat: 'text',
    yFormat: 'money',
    series: [
      {
        name: 'base',
        role: 'subject',
        points: months.map((x, index) => ({ x, y: at(base, index), low: at(low, index), high: at(high, index) })),
      },
      { name: 'high', role: 'reference', points: months.map((x, index) => ({ x, y: at(high, index) })) },
      { name: 'low', role: 'reference', points: months.map((x, index) => ({ x, y: at(low, index) })) },
    ],
    ...(payback !== null && payback > 1
      ? { annotation: { x: String(payback), y: at(base, payback), text: `Paid back in month ${payback}` } }
      : deepest.cumulative < 0
        ? { annotation: { x: String(deepest.month), y: deepest.cumulative, text: `Deepest in month ${deepest.month}` } }
        : {}),
  }
}

export function caseTornado({ measure, base, drivers }: Sensitivity, format: Formatter): TornadoChart {
  const of = (point: Sensitivity['base']): number => (measure === 'roi' ? (point.roi ?? 0) : point.benefit)
  return {
    kind: 'tornado',
    format: measure === 'roi' ? 'percent' : 'money',
    center: of(base),
    drivers: drivers.slice(0, 6).map((driver) => ({
      label: driver.label,
      range: rangeText(driver, format),
      low: of(driver.low),
      high: of(driver.high),
    })),
  }
}

export function waterfallTable(chart: WaterfallChart): Table {
  return {
    columns: [
      { label: 'Step', format: 'text' },
      { label: 'Amount', format: 'cents' },
    ],
    rows: chart.steps.map(({ label, value }) => [label, value]),
  }
}

export function cumulativeTable({ low, base, high }: CaseComparison, model: CaseModel): Table {
  return {
    columns: [
      { label: 'Month', format: 'count' },
      { label: 'Benefit', format: 'cents' },
      { label: 'Cumulative, low', format: 'cents' },
      { label: 'Cumulative, base', format: 'cents' },
      { label: 'Cumulative, high', format: 'cents' },
    ],
    rows: Array.from({ length: model.horizon }, (_, index) => [
      index + 1,
      base.months[index]?.benefit ?? null,
      low.months[index]?.cumulative ?? null,
      base.months[index]?.cumulative ?? null,
      high.months[index]?.cumulative ?? null,
    ]),
  }
}

export function tornadoTable(chart: TornadoChart): Table {
  return {
    columns: [
      { label: 'Driver', format: 'text' },
      { label: 'Range', format: 'text' },
      { label: 'Low', format: chart.format },
      { label: 'High', format: chart.format },
    ],
    rows: chart.drivers.map(({ label, range, low, high }) => [label, range, low, high]),
  }
}
