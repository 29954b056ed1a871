import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { AppError } from '../../../errors'
import { orderTotalsColumns, orderTotalsSchema, revenueNames } from '../../../orderTotals'
import { isUnfinished, periodOf } from '../../../periods'
import type { Column, Table } from '../../../report'
import { raw, sql } from '../../../sql'
import card from './monthlyMoney.md?raw'

export interface MoneyMonth {
  /** First day of the month (ISO). */
  readonly month: string
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
  readonly spendShare: number | null
  readonly deliveryShare: number | null
  readonly unfinished: boolean
}

export interface MonthlyMoneyResult extends AnalysisResult {
  readonly revenueView: RevenueView
  readonly sources: readonly string[]
  readonly months: readonly MoneyMonth[]
  readonly total: Omit<MoneyMonth, 'month' | 'unfinished'>
}

const params = z.object({
  revenue: z.enum(['project', 'invoice', 'net', 'gross']).default('project').describe('Revenue'),
})

export const monthlyMoney = defineAnalysis<z.infer<typeof params>, MonthlyMoneyResult>({
  id: 'monthlyMoney',
  version: 1,
  title: 'Monthly money',
  question: 'What comes in each month, and what does it cost?',
  group: 'explore',
  theme: 'marketing',
  needs: [{ view: 'orders', roles: ['orderedAt'] }],
  params,
  card,

  async run(wished, engine) {
    const { period } = engine.facts
    if (period === null)
      throw new AppError('not-enough-data', 'There is no order line with a readable date.', {
        hint: 'Check the date of the orders on the Data screen.',
      })
    const revenueView = wished.revenue === 'project' ? engine.facts.revenueView : wished.revenue
    const hasSpend = engine.facts.has('spend')
    const orders = await engine.query(
      orderTotalsSchema.extend({ month: z.string() }),
      sql`
        SELECT CAST(${periodOf(raw('ordered_on'), 'month')} AS VARCHAR) AS month, ${orderTotalsColumns}
        FROM orders
        GROUP BY 1
        ORDER BY month`,
    )
    const [all] = await engine.query(orderTotalsSchema, sql`SELECT ${orderTotalsColumns} FROM orders`)
    const spend = await engine.query(
      z.object({ month: z.string(), source: z.string(), cost: z.number() }),
      sql`
        SELECT CAST(${periodOf(raw('date'), 'month')} AS VARCHAR) AS month, coalesce(source, 'unknown') AS source, sum(cost)::DOUBLE AS cost
        FROM spend
        WHERE date IS NOT NULL AND cost IS NOT NULL
        GROUP BY 1, 2
        ORDER BY month, source`,
    )
    const sources = [...new Set(spend.map((row) => row.source))]
    const bySource = (rows: typeof spend): Record<string, number> =>
      Object.fromEntries(
        sources.map((source) => [
          source,
          rows.filter((row) => row.source === source).reduce((sum, row) => sum + row.cost, 0),
        ]),
      )
    const row = (totals: z.infer<typeof orderTotalsSchema>, costs: typeof spend): MonthlyMoneyResult['total'] => {
      const revenue = totals[revenueView]
      const cost = hasSpend ? costs.reduce((sum, each) => sum + each.cost, 0) : null
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
        spend: cost,
        spendBySource: bySource(costs),
        spendShare: cost === null || revenue === 0 ? null : cost / revenue,
        deliveryShare: revenue === 0 ? null : totals.delivery / revenue,
      }
    }
    const none = {
      lines: 0,
      orders: 0,
      customerOrders: 0,
      customers: 0,
      units: 0,
      gross: 0,
      discount: 0,
      net: 0,
      tax: 0,
      delivery: 0,
      invoice: 0,
      revenue: 0,
    }
    const months = [...new Set([...orders.map((each) => each.month), ...spend.map((each) => each.month)])].sort()
    return {
      period,
      leftOut: [],
      revenueView,
      sources,
      months: months.map((month) => ({
        month,
        ...row(
          orders.find((each) => each.month === month) ?? none,
          spend.filter((each) => each.month === month),
        ),
        unfinished: isUnfinished(month, 'month', period),
      })),
      total: row(all ?? none, spend),
    }
  },

  report(result, _params, format) {
    const name = revenueNames[result.revenueView]
    const { total } = result
    const finding =
      total.spend === null || total.spendShare === null
        ? `${format.money(total.revenue)} ${name} revenue, ${total.deliveryShare === null ? 'no' : format.percent(total.deliveryShare)} of it delivery`
        : `Marketing takes ${format.percent(total.spendShare)} of ${name} revenue: ${format.money(total.spend)} of ${format.money(total.revenue)}`
    const finished = result.months.filter((month) => !month.unfinished && month.spendShare !== null)
    const byShare = [...finished].sort((one, other) => (other.spendShare ?? 0) - (one.spendShare ?? 0))
    const [highest, lowest] = [byShare[0], byShare.at(-1)]
    const reading =
      highest === undefined || lowest === undefined || highest === lowest
        ? total.spend === null
          ? 'The project has no marketing spend; add a spend file to see its share.'
          : 'There is one finished month only, so months cannot be compared.'
        : `The share runs from ${format.percent(lowest.spendShare ?? 0)} in ${format.month(lowest.month)} to ${format.percent(highest.spendShare ?? 0)} in ${format.month(highest.month)}. It stands beside revenue and is not its cause.`
    return {
      finding,
      reading,
      blocks: [
        {
          kind: 'metrics',
          items: [
            {
              label: 'Revenue',
              value: total.revenue,
              format: 'money',
              caption: name,
              means: `Sum of the ${name} amount`,
            },
            ...(total.spend === null
              ? []
              : [
                  {
                    label: 'Marketing spend',
                    value: total.spend,
                    format: 'money' as const,
                    caption: total.spendShare === null ? '' : `${format.percent(total.spendShare)} of revenue`,
                    means: 'Sum of all spend in the files',
                  },
                ]),
            {
              label: 'Tax',
              value: total.tax,
              format: 'money',
              caption: 'on net goods',
              means: 'Sum of net × tax rate',
            },
            {
              label: 'Delivery',
              value: total.delivery,
              format: 'money',
              caption: total.deliveryShare === null ? '' : `${format.percent(total.deliveryShare)} of revenue`,
              means: 'Delivery charged under the project choice',
            },
            {
              label: 'Discount',
              value: total.discount,
              format: 'money',
              caption: total.gross === 0 ? '' : `${format.percent(total.discount / total.gross)} of gross`,
              means: 'Sum of the discounts applied',
            },
          ],
        },
        {
          kind: 'chart',
          title:
            total.spend === null
              ? `Revenue by month, ${name}`
              : highest === undefined
                ? 'Revenue and spend by month'
                : `Spend weighs most in ${format.month(highest.month)}: ${format.percent(highest.spendShare ?? 0)} of revenue`,
          subtitle: `${name[0]?.toUpperCase() ?? ''}${name.slice(1)} revenue${total.spend === null ? '' : ' and marketing spend'} by month`,
          chart: {
            kind: 'line',
            xFormat: 'month',
            yFormat: 'money',
            series: [
              {
                name: 'Revenue',
                role: 'subject',
                points: result.months.map((month) => ({
                  x: month.month,
                  y: month.revenue,
                  unfinished: month.unfinished,
                })),
              },
              ...(total.spend === null
                ? []
                : [
                    {
                      name: 'Marketing spend',
                      role: 'comparison' as const,
                      points: result.months.map((month) => ({
                        x: month.month,
                        y: month.spend,
                        unfinished: month.unfinished,
                      })),
                    },
                  ]),
            ],
          },
          table: moneyTable(result),
        },
        {
          kind: 'table',
          title: 'Every month adds up to the total',
          subtitle: `Amounts in the project currency; shares of ${name} revenue`,
          table: moneyTable(result),
        },
      ],
    }
  },
})

function moneyTable(result: MonthlyMoneyResult): Table {
  const withSpend = result.total.spend !== null
  const columns: Column[] = [
    { label: 'Month', format: 'month' },
    { label: 'Revenue', format: 'cents' },
    ...(withSpend
      ? [
          { label: 'Spend', format: 'cents' as const },
          { label: 'Spend %', format: 'percent' as const },
          ...(result.sources.length > 1
            ? result.sources.map((source) => ({ label: source, format: 'cents' as const }))
            : []),
        ]
      : []),
    { label: 'Discount', format: 'cents' },
    { label: 'Tax', format: 'cents' },
    { label: 'Delivery', format: 'cents' },
    { label: 'Delivery %', format: 'percent' },
    { label: 'Orders', format: 'count' },
  ]
  const cells = (month: MonthlyMoneyResult['total']) => [
    month.revenue,
    ...(withSpend
      ? [
          month.spend,
          month.spendShare,
          ...(result.sources.length > 1 ? result.sources.map((source) => month.spendBySource[source] ?? 0) : []),
        ]
      : []),
    month.discount,
    month.tax,
    month.delivery,
    month.deliveryShare,
    month.orders,
  ]
  return {
    columns,
    rows: result.months.map((month) => [month.month, ...cells(month)]),
    total: ['All', ...cells(result.total)],
    unfinishedRows: result.months.flatMap((month, index) => (month.unfinished ? [index] : [])),
  }
}
