import type { z } from 'zod'
import { type AnalysisResult, defineAnalysis } from '../../../analysis'
import { caseInputSchema } from '../../../caseInput'
import type { CaseModel } from '../../../caseModel'
import { caseCaveats, orNotApplicable, paybackWords, scenarioNames } from '../../../caseReport'
import type { Formatter } from '../../../format'
import { resolveCase } from '../../../initiatives/resolveCase'
import { type CaseComparison, type CaseResult, caseScenarios, computeScenarios } from '../../../leverModel'
import type { ChartBlock, TableBlock } from '../../../report'
import card from './scenarios.md?raw'

interface ScenariosResult extends AnalysisResult {
  readonly model: CaseModel
  readonly proposed: boolean
  readonly scenarios: CaseComparison
}

export const scenarios = defineAnalysis<z.infer<typeof caseInputSchema>, ScenariosResult>({
  id: 'scenarios',
  version: 2,
  title: 'Scenarios',
  question: 'What if it goes worse or better than planned?',
  group: 'case',
  theme: 'decision',
  needs: [],
  params: caseInputSchema,
  card,
  async run(params, engine) {
    const { model, period, leftOut, proposed } = await resolveCase(params, engine)
    return { period, leftOut, proposed, model, scenarios: computeScenarios(model) }
  },
  report(result, _params, format) {
    const { low, base, high } = result.scenarios
    return {
      finding: findingOf(result.scenarios, format),
      reading: paybackReading(low),
      blocks: [
        {
          kind: 'metrics',
          items: [low, base, high].map((one) => ({
            label: scenarioNames[one.scenario],
            value: one.totals.roi === null ? one.totals.benefit : one.totals.roi,
            format: one.totals.roi === null ? ('money' as const) : ('percent2' as const),
            caption: `benefit ${format.money(one.totals.benefit)}, payback ${paybackWords(one.totals.paybackMonth).toLowerCase()}`,
            means: 'ROI of the scenario: benefit / cost; the benefit where no cost is entered.',
          })),
        },
        ...caseCaveats(result.model, base, result.proposed),
        cumulativeChart(result.scenarios, format),
        comparisonTable(result.scenarios),
      ],
    }
  },
})

function paybackReading({ totals }: CaseResult): string {
  if (totals.cost === 0) return 'No cost is entered yet, so payback says nothing.'
  return totals.paybackMonth === null
    ? 'In the low scenario the plan does not pay back within the horizon: agree on a stop rule before starting.'
    : `Even the low scenario pays back, in month ${totals.paybackMonth}.`
}

function findingOf({ low, base, high }: CaseComparison, format: Formatter): string {
  if (base.totals.roi === null || low.totals.roi === null || high.totals.roi === null) {
    return `The plan earns between ${format.money(low.totals.benefit)} and ${format.money(high.totals.benefit)}, ${format.money(base.totals.benefit)} in the base case, before any cost.`
  }
  return `The plan returns between ${format.percent2(low.totals.roi)} and ${format.percent2(high.totals.roi)}, ${format.percent2(base.totals.roi)} in the base case.`
}

function cumulativeChart({ low, base, high }: CaseComparison, format: Formatter): ChartBlock {
  const points = (result: CaseResult) => result.months.map(({ month, cumulative }) => ({ x: month, y: cumulative }))
  const end = low.totals.benefit
  const { deepest } = base.totals
  return {
    kind: 'chart',
    title:
      end < 0
        ? `Low ends at ${format.money(end)} after ${low.horizon} months: agree on a stop rule`
        : `Low still earns ${format.money(end)} after ${low.horizon} months`,
    subtitle: 'Cumulative benefit by month, low, base and high',
    chart: {
      kind: 'line',
      xFormat: 'count',
      yFormat: 'money',
      series: [
        { name: 'Base', role: 'subject', points: points(base) },
        { name: 'High', role: 'comparison', points: points(high) },
        { name: 'Low', role: 'reference', points: points(low) },
      ],
      ...(deepest.month === 0
        ? {}
        : {
            annotation: {
              x: deepest.month,
              y: deepest.cumulative,
              text: `Deepest in month ${deepest.month}: ${format.money(deepest.cumulative)}`,
            },
          }),
    },
    table: {
      columns: [
        { label: 'Month', format: 'count' },
        { label: 'Low', format: 'money' },
        { label: 'Base', format: 'money' },
        { label: 'High', format: 'money' },
      ],
      rows: base.months.map(({ month, cumulative }, at) => [
        month,
        low.months[at]?.cumulative ?? null,
        cumulative,
        high.months[at]?.cumulative ?? null,
      ]),
    },
  }
}

function comparisonTable(comparison: CaseComparison): TableBlock {
  return {
    kind: 'table',
    title: 'Side by side',
    subtitle: 'Over the horizon; increment a month at full effect',
    table: {
      columns: [
        { label: 'Scenario', format: 'text' },
        { label: 'Revenue', format: 'money', means: 'As-is revenue plus increment over the horizon.' },
        { label: 'Increment a month', format: 'cents' },
        { label: 'Margin', format: 'cents' },
        { label: 'Cost', format: 'cents' },
        { label: 'Benefit', format: 'cents' },
        { label: 'ROI', format: 'percent2' },
        { label: 'NPV', format: 'cents' },
        { label: 'IRR a month', format: 'percent2' },
        { label: 'IRR a year', format: 'percent2' },
        { label: 'Payback', format: 'text' },
      ],
      rows: caseScenarios.map((name) => {
        const { totals } = comparison[name]
        return [
          scenarioNames[name],
          totals.asIs + totals.increment,
          totals.fullIncrement,
          totals.margin,
          totals.cost,
          totals.benefit,
          orNotApplicable(totals.roi),
          totals.npv,
          orNotApplicable(totals.irrMonthly),
          orNotApplicable(totals.irrYearly),
          paybackWords(totals.paybackMonth),
        ]
      }),
    },
  }
}
