import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { counted } from '../../../counted'
import { AppError } from '../../../errors'
import type { Formatter } from '../../../format'
import { noOrders, revenueNames } from '../../../orderTotals'
import { type PeriodTotals, readPeriodTotals } from '../../../periodTotals'
import type { Block, Metric } from '../../../report'
import { type RevenueSplit, signedMoney, splitBlock, splitByBasket, splitByCustomers } from '../../../revenueSplit'
import card from './revenueTree.md?raw'

export interface RevenueTreeResult extends AnalysisResult {
  readonly revenueView: RevenueView
  readonly before: PeriodTotals
  readonly after: PeriodTotals
  /** Null where the factors cannot explain revenue: no customers named, no quantities. */
  readonly byCustomers: RevenueSplit | null
  readonly byBasket: RevenueSplit | null
}

const month = z.string().regex(/^(\d{4}-(0[1-9]|1[0-2]))?$/, 'is not a month like 2019-11')
const params = z.object({
  before: month.default('').describe('Before (yyyy-mm, empty for the month before the later one)'),
  after: month.default('').describe('After (yyyy-mm, empty for the last finished month)'),
})

export const revenueTree = defineAnalysis<z.infer<typeof params>, RevenueTreeResult>({
  id: 'revenueTree',
  version: 2,
  title: 'Revenue tree',
  question: 'What moved revenue between two months?',
  group: 'explore',
  theme: 'business',
  needs: [{ view: 'orders', roles: ['orderedAt'] }],
  params,
  card,

  async run(wished, engine) {
    const { period, revenueView } = engine.facts
    if (period === null) throw noOrders()
    const months = await readPeriodTotals(engine, period, 'month')
    const { before, after } = chooseMonths(months, wished)
    return {
      period,
      leftOut: [],
      revenueView,
      before,
      after,
      byCustomers: splitByCustomers(before, after),
      byBasket: splitByBasket(before, after),
    }
  },

  report(result, _params, format) {
    const { before, after, byCustomers, byBasket } = result
    const change = after.revenue - before.revenue
    const split = byCustomers ?? byBasket
    const factors = split?.factors ?? []
    return {
      finding:
        `${revenueNames[result.revenueView]} revenue moved by ${signedMoney(change, format)} from ${format.month(before.start)} to ${format.month(after.start)}`.replace(
          /^./,
          (letter) => letter.toUpperCase(),
        ),
      reading:
        split === null
          ? 'The orders name neither customers nor quantities, so the change cannot be split.'
          : `${factors.map((factor) => `${factor.name} ${format.value(factor.before, factor.format)} → ${format.value(factor.after, factor.format)} (${signedMoney(factor.part, format)})`).join(', ')}; the parts add up to the change.`,
      blocks: [
        { kind: 'metrics', items: metrics(result, format) },
        ...[byCustomers, byBasket].flatMap((each) =>
          each === null
            ? []
            : [splitBlock(each, each.factors.map((factor) => factor.name.toLowerCase()).join(' × '), format)],
        ),
        ...caveats(result, format),
      ],
    }
  },
})

function chooseMonths(
  months: readonly PeriodTotals[],
  wished: z.infer<typeof params>,
): { readonly before: PeriodTotals; readonly after: PeriodTotals } {
  const finished = months.filter((row) => !row.unfinished)
  const after = wished.after === '' ? laterMonth(months, finished, wished.before) : named(months, wished.after)
  const before = wished.before === '' ? monthBefore(months, after) : named(months, wished.before)
  if (before === undefined || after === undefined || (wished.before === '' && before.unfinished)) {
    throw new AppError('not-enough-data', 'A change needs two finished months of orders.', {
      hint: 'Name two months, or add an earlier or a later export of the same shape.',
    })
  }
  if (before === after) {
    throw new AppError('bad-parameter', `Both months are ${before.start.slice(0, 7)}.`, {
      hint: 'Choose two different months.',
    })
  }
  return { before, after }
}

function monthBefore(months: readonly PeriodTotals[], after: PeriodTotals | undefined): PeriodTotals | undefined {
  return after === undefined ? undefined : months[months.indexOf(after) - 1]
}

function laterMonth(
  months: readonly PeriodTotals[],
  finished: readonly PeriodTotals[],
  before: string,
): PeriodTotals | undefined {
  const last = finished.at(-1)
  return last?.start.startsWith(before) && before !== '' ? months[months.indexOf(last) + 1] : last
}

function named(months: readonly PeriodTotals[], wished: string): PeriodTotals {
  const found = months.find((row) => row.start.startsWith(wished))
  if (found !== undefined) return found
  throw new AppError('bad-parameter', `The orders do not reach ${wished}.`, {
    hint: `They run from ${months[0]?.start.slice(0, 7)} to ${months.at(-1)?.start.slice(0, 7)}.`,
  })
}

function metrics({ before, after, byCustomers, byBasket }: RevenueTreeResult, format: Formatter): Metric[] {
  const revenue = (row: PeriodTotals): Metric => ({
    label: format.month(row.start),
    value: row.revenue,
    format: 'money',
    caption: counted(row.orders, 'order', format),
    means: 'Revenue of the month',
  })
  return [
    revenue(before),
    revenue(after),
    ...((byCustomers ?? byBasket)?.factors ?? []).map(
      (factor): Metric => ({
        label: `Through ${factor.name.toLowerCase()}`,
        value: factor.part,
        format: 'change',
        caption: `${format.value(factor.before, factor.format)} → ${format.value(factor.after, factor.format)}`,
        means: `The part of the change that ${factor.name.toLowerCase()} explains`,
      }),
    ),
  ]
}

function caveats({ before, after }: RevenueTreeResult, format: Formatter): Block[] {
  return [before, after]
    .filter((row) => row.unfinished)
    .map((row) => ({
      kind: 'sentence',
      tone: 'caveat',
      text: `The data do not cover all of ${format.month(row.start)}: part of the change is only that.`,
    }))
}
