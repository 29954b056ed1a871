import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type Engine, type RevenueView } from '../../../analysis'
import { noOrders, noTotals, type OrderTotals, orderTotalsColumns, orderTotalsSchema } from '../../../orderTotals'
import { isUnfinished, periodOf } from '../../../periods'
import { readPeriodTotals } from '../../../periodTotals'
import { raw, sql } from '../../../sql'
import { moneyReport } from './moneyReport'
import card from './monthlyMoney.md?raw'

export interface MoneySums {
  readonly revenue: number
  readonly gross: number
  readonly discount: number
  readonly net: number
  readonly tax: number
  readonly delivery: number
  readonly invoice: number
  readonly orders: number
  readonly customers: number
  /** Null when the project has no spend. */
  readonly spend: number | null
  readonly spendBySource: Readonly<Record<string, number>>
  /** Spend / revenue and delivery / revenue, both of the same months and on the same revenue view. */
  readonly spendShare: number | null
  readonly deliveryShare: number | null
}

export interface MoneyMonth extends MoneySums {
  /** First day of the month (ISO). */
  readonly month: string
  /** The orders do not cover the whole month. */
  readonly unfinished: boolean
}

export interface MonthlyMoneyResult extends AnalysisResult {
  readonly revenueView: RevenueView
  readonly sources: readonly string[]
  readonly months: readonly MoneyMonth[]
  readonly total: MoneySums
  /** Spend in months that have no order at all; it weighs on the total share. */
  readonly spendOutsideOrders: number
  /** Spend rows without a readable date or cost. */
  readonly spendRowsUnread: number
}

const params = z.object({
  revenue: z
    .enum(['project', 'invoice', 'net', 'gross'])
    .default('project')
    .describe('Revenue view (project: as chosen for the project)'),
})

export const monthlyMoney = defineAnalysis<z.infer<typeof params>, MonthlyMoneyResult>({
  id: 'monthlyMoney',
  version: 3,
  title: 'Monthly money',
  question: 'What comes in each month, and what does it cost?',
  group: 'explore',
  theme: 'marketing',
  needs: [{ view: 'orders', roles: ['orderedAt'] }],
  params,
  card,

  async run(wished, engine) {
    const { period, covered } = engine.facts
    if (period === null || covered === null) throw noOrders()
    const revenueView = wished.revenue === 'project' ? engine.facts.revenueView : wished.revenue
    const [all] = await engine.query(orderTotalsSchema, sql`SELECT ${orderTotalsColumns} FROM orders`)
    const orders = new Map((await readPeriodTotals(engine, period, 'month')).map((row) => [row.start, row]))
    const spend = engine.facts.has('spend') ? await readSpend(engine) : null
    const costs = spend?.costs ?? []
    const sums = (totals: OrderTotals, part: readonly Cost[]): MoneySums =>
      moneySums(totals, spend === null ? null : part, revenueView)
    const months = [...new Set([...orders.keys(), ...costs.map((cost) => cost.month)])].sort()
    return {
      period,
      leftOut: [],
      revenueView,
      sources: [...new Set(costs.map((cost) => cost.source))].sort(),
      months: months.map((month) => ({
        month,
        ...sums(
          orders.get(month) ?? noTotals,
          costs.filter((cost) => cost.month === month),
        ),
        unfinished: isUnfinished(month, 'month', covered),
      })),
      total: sums(all ?? noTotals, costs),
      spendOutsideOrders: total(costs.filter((cost) => (orders.get(cost.month)?.lines ?? 0) === 0)),
      spendRowsUnread: spend?.unread ?? 0,
    }
  },

  report: moneyReport,
})

interface Cost {
  readonly month: string
  readonly source: string
  readonly cost: number
}

async function readSpend(engine: Engine): Promise<{ readonly costs: readonly Cost[]; readonly unread: number }> {
  const costs = await engine.query(
    z.object({ month: z.string(), source: z.string(), cost: z.number() }),
    sql`
      SELECT
        CAST(${periodOf(raw('date'), 'month')} AS VARCHAR) AS month,
        coalesce(source, 'unknown') AS source,
        sum(cost)::DOUBLE AS cost
      FROM spend
      WHERE date IS NOT NULL AND cost IS NOT NULL
      GROUP BY 1, 2
      ORDER BY month, source`,
  )
  const [unread] = await engine.query(
    z.object({ rows: z.number() }),
    sql`SELECT count(*)::INTEGER AS ${raw('"rows"')} FROM spend WHERE date IS NULL OR cost IS NULL`,
  )
  return { costs, unread: unread?.rows ?? 0 }
}

const total = (costs: readonly Cost[]): number => costs.reduce((sum, each) => sum + each.cost, 0)

function moneySums(totals: OrderTotals, costs: readonly Cost[] | null, revenueView: RevenueView): MoneySums {
  const revenue = totals[revenueView]
  const spend = costs === null ? null : total(costs)
  const bySource = new Map<string, number>()
  for (const { source, cost } of costs ?? []) bySource.set(source, (bySource.get(source) ?? 0) + cost)
  return {
    revenue,
    gross: totals.gross,
    discount: totals.discount,
    net: totals.net,
    tax: totals.tax,
    delivery: totals.delivery,
    invoice: totals.invoice,
    orders: totals.orders,
    customers: totals.customers,
    spend,
    spendBySource: Object.fromEntries(bySource),
    spendShare: spend !== null && revenue > 0 ? spend / revenue : null,
    deliveryShare: revenue > 0 ? totals.delivery / revenue : null,
  }
}
