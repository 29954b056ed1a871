import { type CaseModel, costCategories, levers } from './caseModel'
import type { Formatter } from './format'
import type { CaseResult, CaseScenario } from './leverModel'
import type { CellValue, ChartBlock, Metric, SentenceBlock, TableBlock, WaterfallChart } from './report'

/** Words and pictures that the screens of the business case share. */

export const scenarioNames: Readonly<Record<CaseScenario, string>> = {
  nothing: 'Do nothing',
  low: 'Low',
  base: 'Base',
  high: 'High',
}

/** Undefined is not unknown: a ratio without a denominator reads "n/a". */
export function orNotApplicable(value: number | null): CellValue {
  return value ?? 'n/a'
}

export function paybackWords(month: number | null): string {
  return month === null ? 'n/a' : `Month ${month}`
}

/** KPIs come in any unit: rates need more digits than counts. */
export function kpiWords(value: number, format: Formatter): string {
  return format.decimal(value, Math.abs(value) < 1 ? 4 : Number.isInteger(value) ? 0 : 2)
}

export function planSentence({ totals, horizon }: CaseResult, format: Formatter): string {
  const time = horizon === 12 ? 'a year' : `${horizon} months`
  if (totals.cost === 0) {
    return totals.benefit === 0
      ? 'No initiative counts yet: the plan changes nothing.'
      : `The plan adds ${format.money(totals.margin)} margin in ${time}; its costs are not entered yet`
  }
  const verb = totals.benefit < 0 ? 'loses' : 'earns'
  const paid =
    totals.paybackMonth === null ? 'not paid back within the horizon' : `paid back in month ${totals.paybackMonth}`
  return `The plan ${verb} ${format.money(Math.abs(totals.benefit))} on ${format.money(totals.cost)} in ${time}: ${format.percent2(totals.roi ?? Number.NaN)} ROI, ${paid}`
}

export function keyFigures(result: CaseResult, model: CaseModel, format: Formatter): Metric[] {
  const { totals } = result
  return [
    {
      label: 'Extra revenue a month',
      value: totals.fullIncrement,
      format: 'money',
      caption: `on ${format.money(model.baseline.monthlyRevenue)} as-is`,
      means: 'Increment of all levers together once every ramp has ended.',
    },
    {
      label: 'Extra margin',
      value: totals.margin,
      format: 'money',
      caption: `${format.percent(result.inForce.margin)} of ${format.money(totals.increment)}${totals.saving === 0 ? '' : `, and ${format.money(totals.saving)} saved`}`,
      means: 'Increment × margin + cost reduction, over the horizon.',
    },
    {
      label: 'Benefit',
      value: totals.benefit,
      format: 'money',
      caption: `after ${format.money(totals.cost)} cost`,
      means: 'Margin − cost, over the horizon.',
    },
    {
      label: 'ROI',
      value: orNotApplicable(totals.roi),
      format: 'percent2',
      caption: totals.roi === null ? 'no cost entered' : 'benefit / cost',
      means: 'Benefit / cost; n/a when the cost is 0.',
    },
    {
      label: `NPV at ${format.percent(model.discountRate)}`,
      value: totals.npv,
      format: 'money',
      caption: `${format.cents(totals.npv)}, month end`,
      means: 'Benefits discounted at month end with (1 + yearly rate)^(1/12) − 1.',
    },
    {
      label: 'IRR a year',
      value: orNotApplicable(totals.irrYearly),
      format: 'percent2',
      caption: totals.irrMonthly === null ? 'no single rate fits' : `${format.percent2(totals.irrMonthly)} a month`,
      means: 'Rate at which the benefits are worth nothing today; n/a without a change of sign.',
    },
    {
      label: 'Payback',
      value: paybackWords(totals.paybackMonth),
      format: 'text',
      caption:
        totals.deepest.month === 0
          ? 'never below zero'
          : `deepest in month ${totals.deepest.month}: ${format.money(totals.deepest.cumulative)}`,
      means: 'First month from which the cumulative benefit stays at or above zero.',
    },
  ]
}

/** Margin by initiative up, cost by category down. */
export function marginWaterfall(result: CaseResult, format: Formatter): ChartBlock {
  const { totals, initiatives } = result
  const gains = initiatives.map(({ title, margin }) => ({
    label: title,
    value: margin,
    step: 'change' as const,
    tone: margin < 0 ? ('loss' as const) : ('gain' as const),
  }))
  const costs = costCategories.flatMap((category) => {
    const amount = totals.costByCategory[category]
    return amount === 0 ? [] : [{ label: category, value: -amount, step: 'change' as const, tone: 'loss' as const }]
  })
  const chart: WaterfallChart = {
    kind: 'waterfall',
    format: 'money',
    steps: [
      ...gains,
      { label: 'Margin', value: totals.margin, step: 'total', tone: 'result' },
      ...costs,
      { label: 'Benefit', value: totals.benefit, step: 'total', tone: 'result' },
    ],
  }
  const kept = totals.margin > 0 && totals.cost > 0 ? totals.benefit / totals.margin : null
  return {
    kind: 'chart',
    title:
      kept === null
        ? 'What each initiative adds and what it costs'
        : kept < 0
          ? 'The costs are larger than the margin gained'
          : `${format.percent(kept)} of the margin gained is left after cost`,
    subtitle: `${scenarioNames[result.scenario]}, ${result.horizon} months: margin of each initiative, then cost by category`,
    chart,
    table: {
      columns: [
        { label: 'Step', format: 'text' },
        { label: 'Amount', format: 'money' },
      ],
      rows: chart.steps.map((step) => [step.label, step.value]),
    },
  }
}

export function initiativesTable(result: CaseResult, model: CaseModel, format: Formatter): TableBlock {
  const byId = new Map(model.initiatives.map((initiative) => [initiative.id, initiative]))
  return {
    kind: 'table',
    title: 'The initiatives and what each one adds',
    subtitle: 'A month at full effect and over the horizon; combined effects are split so that the parts add up',
    table: {
      columns: [
        { label: 'Initiative', format: 'text' },
        { label: 'Lever', format: 'text' },
        { label: 'From → to', format: 'text' },
        { label: 'Effect', format: 'percent', means: 'Target / baseline − 1.' },
        { label: 'Acts on', format: 'percent', means: 'Part of revenue the lever acts on.' },
        { label: 'A month', format: 'money', means: 'Its part of the increment at full effect.' },
        { label: 'Margin', format: 'money', means: 'Increment × margin + saving over the horizon.' },
        { label: 'Range from', format: 'text' },
        { label: 'Evidence', format: 'text' },
      ],
      rows: result.initiatives.map((one, at): CellValue[] => {
        const initiative = byId.get(one.id)
        const target = result.inForce.targets[at] ?? Number.NaN
        return [
          one.title,
          levers[one.lever],
          initiative === undefined || one.lever === 'cost'
            ? ''
            : `${kpiWords(initiative.baseline, format)} → ${kpiWords(target, format)}`,
          one.effect,
          initiative?.baseShare ?? 1,
          one.fullIncrement,
          one.margin,
          initiative?.rangeSource ?? '',
          initiative?.evidence ?? '',
        ]
      }),
      total: ['Together', '', '', null, null, result.totals.fullIncrement, result.totals.margin, '', ''],
    },
  }
}

export function monthsTable(result: CaseResult): TableBlock {
  return {
    kind: 'table',
    title: 'Month by month',
    subtitle: `${scenarioNames[result.scenario]}: increment, margin, cost, benefit and its running sum`,
    table: {
      columns: [
        { label: 'Month', format: 'count' },
        { label: 'As-is revenue', format: 'money' },
        { label: 'Increment', format: 'money' },
        { label: 'Saved', format: 'money' },
        { label: 'Margin', format: 'money' },
        { label: 'Cost', format: 'money' },
        { label: 'Benefit', format: 'money' },
        { label: 'Cumulative', format: 'money' },
        { label: 'Discounted', format: 'money' },
      ],
      rows: result.months.map((month) => [
        month.month,
        month.asIs,
        month.increment,
        month.saving,
        month.margin,
        month.cost,
        month.benefit,
        month.cumulative,
        month.discounted,
      ]),
      total: [
        'Total',
        result.totals.asIs,
        result.totals.increment,
        result.totals.saving,
        result.totals.margin,
        result.totals.cost,
        result.totals.benefit,
        null,
        result.totals.npv,
      ],
    },
  }
}

export function caseCaveats(model: CaseModel, result: CaseResult, proposed: boolean): SentenceBlock[] {
  const caveat = (text: string): SentenceBlock => ({ kind: 'sentence', tone: 'caveat', text })
  const assumed = model.initiatives.filter((initiative) => /assumed/.test(initiative.rangeSource))
  return [
    ...(proposed
      ? [
          caveat(
            'These initiatives are proposals from the data. Their effects are assumptions to be replaced by yours.',
          ),
        ]
      : assumed.length > 0
        ? [caveat(`Assumed, not measured: the range of ${assumed.map((initiative) => initiative.title).join(', ')}.`)]
        : []),
    ...(result.totals.cost === 0 && result.scenario !== 'nothing'
      ? [caveat('No cost is entered, so ROI is n/a. Enter one-off and monthly costs of each initiative.')]
      : []),
  ]
}
