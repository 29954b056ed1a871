import type { OrderTotals } from './orderTotals'
import type { NumberFormat, TreeNode } from './report'
import { splitChange } from './stats/splitChange'

/** Revenue as a product of factors in two periods, with the part each factor plays in the change. */
export interface RevenueSplit {
  readonly factors: readonly {
    readonly name: string
    readonly format: NumberFormat
    readonly before: number
    readonly after: number
    /** In money; the parts add up to `change`. */
    readonly part: number
  }[]
  readonly before: number
  readonly after: number
  readonly change: number
}

interface Factor {
  readonly name: string
  readonly format: NumberFormat
  readonly of: (totals: OrderTotals) => number
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** Customers × orders per customer × revenue per order. */
export const customerFactors: readonly Factor[] = [
  { name: 'Customers', format: 'count', of: (totals) => totals.customers },
  { name: 'Orders per customer', format: 'decimal2', of: (totals) => ratio(totals.orders, totals.customers) },
  { name: 'Revenue per order', format: 'cents', of: (totals) => ratio(totals.revenue, totals.orders) },
]

/** Orders × items per order × revenue per item. */
export const basketFactors: readonly Factor[] = [
  { name: 'Orders', format: 'count', of: (totals) => totals.orders },
  { name: 'Items per order', format: 'decimal2', of: (totals) => ratio(totals.units, totals.orders) },
  { name: 'Revenue per item', format: 'cents', of: (totals) => ratio(totals.revenue, totals.units) },
]

export function splitRevenue(factors: readonly Factor[], before: OrderTotals, after: OrderTotals): RevenueSplit {
  const earlier = factors.map((factor) => factor.of(before))
  const later = factors.map((factor) => factor.of(after))
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

/** The split as a tree for a chart. */
export function treeOf(label: string, split: RevenueSplit): TreeNode {
  return {
    label,
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
