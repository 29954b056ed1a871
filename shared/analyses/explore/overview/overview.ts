import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { noOrders, type OrderTotals, orderTotalsColumns, orderTotalsSchema } from '../../../orderTotals'
import { type PeriodTotals, readPeriodTotals } from '../../../periodTotals'
import { type RevenueSplit, splitByBasket, splitByCustomers } from '../../../revenueSplit'
import { raw, sql } from '../../../sql'
import card from './overview.md?raw'
import { overviewReport } from './overviewReport'

export interface OverviewPeriod extends PeriodTotals {
  readonly averageOrderValue: number | null
  /** Revenue of the period before; null for the first and where either period is unfinished. */
  readonly revenueBefore: number | null
  /** Change of revenue against the period before, a fraction. */
  readonly revenueChange: number | null
}

export interface OverviewResult extends AnalysisResult {
  readonly revenueView: RevenueView
  /** `customerOrders` counts pairs of order and customer: more than `orders` where customers share an order id. */
  readonly totals: OrderTotals & { readonly customerOrders: number }
  readonly linesWithoutCustomer: number
  readonly averageOrderValue: number | null
  readonly netPerOrder: number | null
  readonly itemsPerOrder: number | null
  readonly ordersPerCustomer: number | null
  readonly revenuePerCustomer: number | null
  readonly periods: readonly OverviewPeriod[]
  /** The last two finished periods and what moved revenue between them; null when there are fewer than two. */
  readonly change: {
    /** First days of the two periods. */
    readonly before: string
    readonly after: string
    readonly revenueBefore: number
    readonly revenueAfter: number
    /** Null where the factors cannot explain revenue: no customers named, no quantities. */
    readonly byCustomers: RevenueSplit | null
    readonly byBasket: RevenueSplit | null
  } | null
}

const params = z.object({
  grain: z.enum(['month', 'week', 'day']).default('month').describe('Period'),
})
export type OverviewParams = z.infer<typeof params>

const totalsSchema = orderTotalsSchema.extend({ linesWithoutCustomer: z.number() })

export const overview = defineAnalysis<OverviewParams, OverviewResult>({
  id: 'overview',
  version: 3,
  title: 'Overview',
  question: 'How is the business doing?',
  group: 'explore',
  theme: 'business',
  needs: [{ view: 'orders', roles: ['orderedAt'] }],
  params,
  card,

  async run({ grain }, engine) {
    const { period, revenueView } = engine.facts
    const [all] = await engine.query(
      totalsSchema,
      sql`
        SELECT ${orderTotalsColumns},
          (count(*) - count(customer))::INTEGER AS ${raw('"linesWithoutCustomer"')}
        FROM orders`,
    )
    if (all === undefined || all.lines === 0 || period === null) throw noOrders()
    const [pairs] = await engine.query(
      z.object({ customerOrders: z.number() }),
      sql`
        WITH customer_orders AS (
          SELECT DISTINCT order_key, customer
          FROM orders
        )
        SELECT count(*)::INTEGER AS ${raw('"customerOrders"')}
        FROM customer_orders`,
    )
    engine.progress(0.4, `by ${grain}`)
    const periods = await readPeriodTotals(engine, period, grain)
    const { linesWithoutCustomer, ...totals } = all
    return {
      period,
      leftOut: [],
      revenueView,
      totals: { ...totals, customerOrders: pairs?.customerOrders ?? 0 },
      linesWithoutCustomer,
      averageOrderValue: divide(totals.revenue, totals.orders),
      netPerOrder: divide(totals.net, totals.orders),
      itemsPerOrder: divide(totals.units, totals.orders),
      ordersPerCustomer: divide(totals.orders, totals.customers),
      revenuePerCustomer: divide(totals.revenue, totals.customers),
      periods: periods.map((row, index) => withPrevious(row, periods[index - 1])),
      change: lastChange(periods),
    }
  },

  report: overviewReport,
})

function withPrevious(row: PeriodTotals, before: PeriodTotals | undefined): OverviewPeriod {
  const revenueBefore = before === undefined || before.unfinished || row.unfinished ? null : before.revenue
  return {
    ...row,
    averageOrderValue: divide(row.revenue, row.orders),
    revenueBefore,
    revenueChange: revenueBefore !== null && revenueBefore > 0 ? (row.revenue - revenueBefore) / revenueBefore : null,
  }
}

function lastChange(periods: readonly PeriodTotals[]): OverviewResult['change'] {
  const [before, after] = periods.filter((row) => !row.unfinished).slice(-2)
  if (before === undefined || after === undefined) return null
  return {
    before: before.start,
    after: after.start,
    revenueBefore: before.revenue,
    revenueAfter: after.revenue,
    byCustomers: splitByCustomers(before, after),
    byBasket: splitByBasket(before, after),
  }
}

function divide(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
