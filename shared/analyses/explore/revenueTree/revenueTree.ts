import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { AppError } from '../../../errors'
import { type OrderTotals, orderTotalsColumns, orderTotalsSchema } from '../../../orderTotals'
import { isUnfinished, periodOf } from '../../../periods'
import { basketFactors, customerFactors, type RevenueSplit, splitRevenue, treeOf } from '../../../revenueSplit'
import { raw, sql } from '../../../sql'
import card from './revenueTree.md?raw'

export interface RevenueTreeResult extends AnalysisResult {
  readonly revenueView: RevenueView
  /** First days of the two months. */
  readonly before: string
  readonly after: string
  readonly byCustomers: RevenueSplit
  readonly byBasket: RevenueSplit
}

const month = z.string().regex(/^(\d{4}-\d{2})?$/, 'is not a month like 2019-11')
const params = z.object({
  before: month.default('').describe('Before (yyyy-mm, empty for the last finished but one)'),
  after: month.default('').describe('After (yyyy-mm, empty for the last finished)'),
})

export const revenueTree = defineAnalysis<z.infer<typeof params>, RevenueTreeResult>({
  id: 'revenueTree',
  version: 1,
  title: 'Revenue tree',
  question: 'What moved revenue between two months?',
  group: 'explore',
  theme: 'business',
  needs: [{ view: 'orders', roles: ['orderedAt'] }],
  params,
  card,

  async run(wished, engine) {
    const { period, revenueView } = engine.facts
    if (period === null) throw tooFew()
    const rows = await engine.query(
      orderTotalsSchema.extend({ start: z.string() }),
      sql`
        SELECT CAST(${periodOf(raw('ordered_on'), 'month')} AS VARCHAR) AS start, ${orderTotalsColumns}
        FROM orders
        GROUP BY 1
        ORDER BY start`,
    )
    const finished = rows.filter((row) => !isUnfinished(row.start, 'month', period))
    const after = pick(rows, wished.after) ?? finished.at(-1)
    const before =
      pick(rows, wished.before) ?? finished.filter((row) => after === undefined || row.start < after.start).at(-1)
    if (before === undefined || after === undefined) throw tooFew()
    return {
      period,
      leftOut: [],
      revenueView,
      before: before.start,
      after: after.start,
      byCustomers: splitRevenue(customerFactors, before, after),
      byBasket: splitRevenue(basketFactors, before, after),
    }
  },

  report(result, _params, format) {
    const { byCustomers: split } = result
    const top = split.factors.reduce((best, factor) => (Math.abs(factor.part) > Math.abs(best.part) ? factor : best))
    const signed = (value: number): string => `${value > 0 ? '+' : ''}${format.money(value)}`
    const between = `${format.month(result.before)} against ${format.month(result.after)}; parts add up to the change`
    return {
      finding: `Revenue moved by ${signed(split.change)} from ${format.month(result.before)} to ${format.month(result.after)}, most by ${top.name.toLowerCase()} (${signed(top.part)})`,
      reading: `${split.factors
        .map(
          (factor) =>
            `${factor.name} went from ${format.value(factor.before, factor.format)} to ${format.value(factor.after, factor.format)}`,
        )
        .join('; ')}.`,
      blocks: [
        {
          kind: 'metrics',
          items: [
            {
              label: format.month(result.before),
              value: split.before,
              format: 'money',
              means: 'Revenue of the earlier month',
            },
            {
              label: format.month(result.after),
              value: split.after,
              format: 'money',
              means: 'Revenue of the later month',
            },
            ...split.factors.map((factor) => ({
              label: factor.name,
              value: factor.part,
              format: 'money' as const,
              caption: `${format.value(factor.before, factor.format)} → ${format.value(factor.after, factor.format)}`,
              means: `Part of the change that ${factor.name.toLowerCase()} explains`,
            })),
          ],
        },
        ...[split, result.byBasket].map((each) => ({
          kind: 'chart' as const,
          title: `${signed(each.change)} split over ${each.factors.map((factor) => factor.name.toLowerCase()).join(' × ')}`,
          subtitle: between,
          chart: { kind: 'tree' as const, root: treeOf('Revenue', each) },
          table: {
            columns: [
              { label: 'Factor', format: 'text' as const },
              { label: 'Before', format: 'decimal2' as const },
              { label: 'After', format: 'decimal2' as const },
              { label: 'Part of the change', format: 'cents' as const },
            ],
            rows: each.factors.map((factor) => [factor.name, factor.before, factor.after, factor.part]),
            total: ['Revenue', each.before, each.after, each.change],
          },
        })),
      ],
    }
  },
})

function pick(rows: readonly (OrderTotals & { readonly start: string })[], wished: string) {
  if (wished === '') return undefined
  const found = rows.find((row) => row.start.startsWith(wished))
  if (found !== undefined) return found
  throw new AppError('bad-parameter', `There are no orders in ${wished}.`, {
    hint: `Months with orders: ${rows.map((row) => row.start.slice(0, 7)).join(', ')}.`,
  })
}

function tooFew(): AppError {
  return new AppError('not-enough-data', 'A change needs two finished months of orders.', {
    hint: 'Add an earlier or a later export of the same shape.',
  })
}
