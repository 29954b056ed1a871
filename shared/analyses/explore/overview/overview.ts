import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { AppError } from '../../../errors'
import type { Formatter } from '../../../format'
import { type OrderTotals, orderTotalsColumns, orderTotalsSchema, revenueNames } from '../../../orderTotals'
import { type Grain, isUnfinished, periodOf } from '../../../periods'
import type { Block } from '../../../report'
import { basketFactors, customerFactors, type RevenueSplit, splitRevenue, treeOf } from '../../../revenueSplit'
import { raw, sql } from '../../../sql'
import card from './overview.md?raw'

export interface PeriodTotals extends OrderTotals {
  /** First day of the period (ISO). */
  readonly start: string
  readonly unfinished: boolean
}

export interface OverviewResult extends AnalysisResult {
  readonly revenueView: RevenueView
  readonly totals: OrderTotals
  readonly averageOrderValue: number | null
  readonly netPerOrder: number | null
  readonly itemsPerOrder: number | null
  readonly ordersPerCustomer: number | null
  readonly revenuePerCustomer: number | null
  readonly periods: readonly PeriodTotals[]
  /** The last two finished periods and what moved revenue between them; null when there are fewer than two. */
  readonly change: {
    readonly before: string
    readonly after: string
    readonly byCustomers: RevenueSplit
    readonly byBasket: RevenueSplit
  } | null
}

const params = z.object({
  grain: z.enum(['month', 'week', 'day']).default('month').describe('Period'),
})

export const overview = defineAnalysis<z.infer<typeof params>, OverviewResult>({
  id: 'overview',
  version: 1,
  title: 'Overview',
  question: 'How is the business doing?',
  group: 'explore',
  theme: 'business',
  needs: [{ view: 'orders', roles: ['orderedAt'] }],
  params,
  card,

  async run({ grain }, engine) {
    const { period, revenueView } = engine.facts
    const [totals] = await engine.query(orderTotalsSchema, sql`SELECT ${orderTotalsColumns} FROM orders`)
    if (totals === undefined || totals.lines === 0 || period === null) throw noOrders()
    engine.progress(0.5, 'by period')
    const rows = await engine.query(
      orderTotalsSchema.extend({ start: z.string() }),
      sql`
        SELECT CAST(${periodOf(raw('ordered_on'), grain)} AS VARCHAR) AS start, ${orderTotalsColumns}
        FROM orders
        GROUP BY 1
        ORDER BY start`,
    )
    const periods = rows.map((row) => ({ ...row, unfinished: isUnfinished(row.start, grain, period) }))
    return {
      period,
      leftOut: [],
      revenueView,
      totals,
      averageOrderValue: divide(totals.revenue, totals.orders),
      netPerOrder: divide(totals.net, totals.orders),
      itemsPerOrder: divide(totals.units, totals.orders),
      ordersPerCustomer: divide(totals.orders, totals.customers),
      revenuePerCustomer: divide(totals.revenue, totals.customers),
      periods,
      change: lastChange(periods),
    }
  },

  report(result, { grain }, format) {
    const { totals } = result
    const reading =
      result.change === null
        ? 'There are fewer than two finished periods, so nothing can be compared yet.'
        : changeSentence(result.change, grain, format)
    return {
      finding: `${format.money(totals.revenue)} ${revenueNames[result.revenueView]} revenue from ${format.count(totals.customers)} customers in ${format.count(totals.orders)} orders`,
      reading,
      blocks: [headline(result, format), ...seriesBlocks(result, grain, format), ...treeBlocks(result, grain, format)],
    }
  },
})

function headline(result: OverviewResult, format: Formatter): Block {
  const { totals } = result
  return {
    kind: 'metrics',
    items: [
      {
        label: 'Revenue',
        value: totals.revenue,
        format: 'money',
        caption: `${revenueNames[result.revenueView]}, ${format.count(totals.lines)} lines`,
        means: 'Sum of the amount chosen as revenue over all order lines',
      },
      {
        label: 'Orders',
        value: totals.orders,
        format: 'count',
        caption:
          totals.customerOrders === totals.orders
            ? 'distinct orders'
            : `${format.count(totals.customerOrders)} order and customer pairs`,
        means: 'Distinct orders under the rule chosen for what one order is',
      },
      {
        label: 'Customers',
        value: totals.customers,
        format: 'count',
        caption: result.ordersPerCustomer === null ? '' : `${format.decimal(result.ordersPerCustomer, 1)} orders each`,
        means: 'Distinct customers with at least one order line',
      },
      {
        label: 'Average order',
        value: result.averageOrderValue,
        format: 'cents',
        caption: result.netPerOrder === null ? '' : `net ${format.cents(result.netPerOrder)}`,
        means: 'Revenue / orders',
      },
      {
        label: 'Items per order',
        value: result.itemsPerOrder,
        format: 'decimal1',
        caption: `${format.count(totals.units)} units`,
        means: 'Units / orders',
      },
      {
        label: 'Discount',
        value: totals.discount,
        format: 'money',
        caption: totals.gross === 0 ? '' : `${format.percent(totals.discount / totals.gross)} of gross`,
        means: 'Sum of the discounts applied under the project choice',
      },
      {
        label: 'Delivery',
        value: totals.delivery,
        format: 'money',
        caption: totals.revenue === 0 ? '' : `${format.percent(totals.delivery / totals.revenue)} of revenue`,
        means: 'Delivery charged under the project choice',
      },
    ],
  }
}

function seriesBlocks(result: OverviewResult, grain: Grain, format: Formatter): Block[] {
  const labelFormat = grain === 'month' ? 'month' : 'date'
  const finished = result.periods.filter((row) => !row.unfinished)
  const best = finished.reduce<PeriodTotals | undefined>(
    (top, row) => (top === undefined || row.revenue > top.revenue ? row : top),
    undefined,
  )
  return [
    {
      kind: 'chart',
      title:
        best === undefined
          ? 'No finished period yet'
          : `${format.value(best.start, labelFormat)} is the strongest ${grain}: ${format.money(best.revenue)}`,
      subtitle: `Revenue (${revenueNames[result.revenueView]}) by ${grain}; unfinished periods are hatched`,
      chart: {
        kind: 'bar',
        direction: 'vertical',
        labelFormat,
        format: 'money',
        bars: result.periods.map((row) => ({
          label: row.start,
          value: row.revenue,
          unfinished: row.unfinished,
          emphasised: row.start === best?.start,
        })),
      },
      table: {
        columns: [
          { label: grain === 'month' ? 'Month' : grain === 'week' ? 'Week of' : 'Day', format: labelFormat },
          { label: 'Revenue', format: 'cents' },
          { label: 'Orders', format: 'count' },
          { label: 'Customers', format: 'count' },
          { label: 'Units', format: 'count' },
          { label: 'Gross', format: 'cents' },
          { label: 'Discount', format: 'cents' },
          { label: 'Net', format: 'cents' },
          { label: 'Tax', format: 'cents' },
          { label: 'Delivery', format: 'cents' },
          { label: 'Invoice', format: 'cents' },
        ],
        rows: result.periods.map((row) => [
          row.start,
          row.revenue,
          row.orders,
          row.customers,
          row.units,
          row.gross,
          row.discount,
          row.net,
          row.tax,
          row.delivery,
          row.invoice,
        ]),
        total: [
          'All',
          result.totals.revenue,
          result.totals.orders,
          result.totals.customers,
          result.totals.units,
          result.totals.gross,
          result.totals.discount,
          result.totals.net,
          result.totals.tax,
          result.totals.delivery,
          result.totals.invoice,
        ],
        unfinishedRows: result.periods.flatMap((row, index) => (row.unfinished ? [index] : [])),
      },
    },
  ]
}

function treeBlocks(result: OverviewResult, grain: Grain, format: Formatter): Block[] {
  const { change } = result
  if (change === null) return []
  const names = grain === 'month' ? 'month' : 'date'
  const between = `${format.value(change.before, names)} to ${format.value(change.after, names)}, the last two finished ${grain}s; the parts add up to the change`
  return [
    { split: change.byCustomers, label: 'Revenue' },
    { split: change.byBasket, label: 'Revenue' },
  ].map(({ split, label }) => ({
    kind: 'chart' as const,
    title: strongest(split, format),
    subtitle: between,
    chart: { kind: 'tree' as const, root: treeOf(label, split) },
    table: {
      columns: [
        { label: 'Factor', format: 'text' as const },
        { label: 'Before', format: 'decimal2' as const },
        { label: 'After', format: 'decimal2' as const },
        { label: 'Part of the change', format: 'cents' as const },
      ],
      rows: split.factors.map((factor) => [factor.name, factor.before, factor.after, factor.part]),
      total: ['Revenue', split.before, split.after, split.change],
    },
  }))
}

function strongest(split: RevenueSplit, format: Formatter): string {
  const top = split.factors.reduce<RevenueSplit['factors'][number] | undefined>(
    (best, factor) => (best === undefined || Math.abs(factor.part) > Math.abs(best.part) ? factor : best),
    undefined,
  )
  return top === undefined
    ? 'Nothing moved'
    : `${top.name} moved revenue most: ${signed(top.part, format)} of ${signed(split.change, format)}`
}

function changeSentence(change: NonNullable<OverviewResult['change']>, grain: Grain, format: Formatter): string {
  const names = grain === 'month' ? 'month' : 'date'
  const split = change.byCustomers
  const share =
    split.before === 0 ? '' : ` (${split.change >= 0 ? '+' : ''}${format.percent(split.change / split.before)})`
  return `From ${format.value(change.before, names)} to ${format.value(change.after, names)} revenue moved by ${signed(split.change, format)}${share}. ${split.factors.map((factor) => `${factor.name} ${signed(factor.part, format)}`).join(', ')}.`
}

const signed = (value: number, format: Formatter): string => `${value > 0 ? '+' : ''}${format.money(value)}`

function lastChange(periods: readonly PeriodTotals[]): OverviewResult['change'] {
  const [before, after] = periods.filter((row) => !row.unfinished).slice(-2)
  if (before === undefined || after === undefined) return null
  return {
    before: before.start,
    after: after.start,
    byCustomers: splitRevenue(customerFactors, before, after),
    byBasket: splitRevenue(basketFactors, before, after),
  }
}

function divide(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function noOrders(): AppError {
  return new AppError('not-enough-data', 'There is no order line with a readable date.', {
    hint: 'Check on the Data screen which column is the date of the order.',
  })
}
