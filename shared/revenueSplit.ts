import type { Formatter } from './format'
import type { OrderTotals } from './orderTotals'
import type { ChartBlock, NumberFormat, TreeNode } from './report'
import { splitChange } from './stats/splitChange'

/** Order totals of a period, with its visit sessions where the project knows them. */
export interface TreeTotals extends OrderTotals {
  readonly visits: number | null
}

/** Revenue as a product of factors in two periods, with the part each factor plays in the change. */
export interface RevenueSplit {
  readonly factors: readonly SplitFactor[]
  readonly before: number
  readonly after: number
  readonly change: number
}

export interface SplitFactor {
  readonly name: string
  readonly format: NumberFormat
  readonly before: number
  readonly after: number
  /** In money; the parts add up to `change`. */
  readonly part: number
}

interface Factor {
  readonly name: string
  readonly format: NumberFormat
  readonly of: (totals: TreeTotals) => number
}

/** Customers × orders per customer × revenue per order; null where orders name no customers. */
export function splitByCustomers(before: TreeTotals, after: TreeTotals): RevenueSplit | null {
  return splitRevenue(customerFactors, before, after)
}

/** Visit sessions × conversion (or orders) × items per order × revenue per item; null without quantities. */
export function splitByBasket(before: TreeTotals, after: TreeTotals): RevenueSplit | null {
  const withVisits = [before, after].every((totals) => (totals.visits ?? 0) > 0)
  return splitRevenue([...(withVisits ? visitFactors : orderFactors), ...itemFactors], before, after)
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

const customerFactors: readonly Factor[] = [
  { name: 'Customers', format: 'count', of: (totals) => totals.customers },
  { name: 'Orders per customer', format: 'decimal2', of: (totals) => ratio(totals.orders, totals.customers) },
  { name: 'Revenue per order', format: 'cents', of: (totals) => ratio(totals.revenue, totals.orders) },
]

const visitFactors: readonly Factor[] = [
  { name: 'Visit sessions', format: 'count', of: (totals) => totals.visits ?? 0 },
  { name: 'Conversion', format: 'percent2', of: (totals) => ratio(totals.orders, totals.visits ?? 0) },
]

const orderFactors: readonly Factor[] = [{ name: 'Orders', format: 'count', of: (totals) => totals.orders }]

const itemFactors: readonly Factor[] = [
  { name: 'Items per order', format: 'decimal2', of: (totals) => ratio(totals.units, totals.orders) },
  { name: 'Revenue per item', format: 'cents', of: (totals) => ratio(totals.revenue, totals.units) },
]

function splitRevenue(factors: readonly Factor[], before: TreeTotals, after: TreeTotals): RevenueSplit | null {
  const earlier = factors.map((factor) => factor.of(before))
  const later = factors.map((factor) => factor.of(after))
  if (!isProduct(earlier, before.revenue) || !isProduct(later, after.revenue)) return null
  const parts = splitChange(earlier, later)
  return {
    factors: factors.map((factor, index) => ({
      name: factor.name,
      format: factor.format,
      before: earlier[index] ?? 0,
      after: later[index] ?? 0,
      part: parts[index] ?? 0,
    })),
    before: before.revenue,
    after: after.revenue,
    change: after.revenue - before.revenue,
  }
}

/** A zero below (no customers named, no units) leaves revenue that the factors cannot explain. */
function isProduct(factors: readonly number[], revenue: number): boolean {
  const product = factors.reduce((value, factor) => value * factor, 1)
  return Math.abs(product - revenue) <= 1e-9 * Math.max(1, Math.abs(revenue))
}

/** The factor that moved revenue most, up or down. */
export function strongestFactor(split: RevenueSplit): SplitFactor {
  return split.factors.reduce((best, factor) => (Math.abs(factor.part) > Math.abs(best.part) ? factor : best))
}

/** Whole money with its sign: "+8,324". */
export function signedMoney(value: number, format: Formatter): string {
  return `${value > 0 ? '+' : ''}${format.money(value)}`
}

/** The split as a tree, with its numbers as a table. */
export function splitBlock(split: RevenueSplit, subtitle: string, format: Formatter): ChartBlock {
  const top = strongestFactor(split)
  return {
    kind: 'chart',
    title:
      split.change === 0
        ? `Revenue stayed at ${format.money(split.after)}`
        : `${top.name} moved revenue most: ${signedMoney(top.part, format)} of ${signedMoney(split.change, format)}`,
    subtitle,
    chart: { kind: 'tree', root: treeOf(split) },
    table: {
      columns: [
        { label: 'Factor', format: 'text' },
        { label: 'Before', format: 'decimal2' },
        { label: 'After', format: 'decimal2' },
        { label: 'Part of the change', format: 'cents', means: 'In money; the parts add up to the change of revenue' },
      ],
      rows: split.factors.map((factor) =>
        factor.format === 'percent2'
          ? [`${factor.name} %`, factor.before * 100, factor.after * 100, factor.part]
          : [factor.name, factor.before, factor.after, factor.part],
      ),
      total: ['Revenue', split.before, split.after, split.change],
    },
  }
}

function treeOf(split: RevenueSplit): TreeNode {
  return {
    label: 'Revenue',
    value: split.after,
    before: split.before,
    format: 'money',
    contribution: split.change,
    children: split.factors.map((factor, index) => ({
      label: factor.name,
      value: factor.after,
      before: factor.before,
      format: factor.format,
      contribution: factor.part,
      ...(index === 0 ? {} : { operator: '×' as const }),
    })),
  }
}
