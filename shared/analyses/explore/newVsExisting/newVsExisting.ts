import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { AppError } from '../../../errors'
import { revenueNames } from '../../../orderTotals'
import { isUnfinished, periodOf } from '../../../periods'
import { raw, type Sql, sql } from '../../../sql'
import card from './newVsExisting.md?raw'

interface Part {
  readonly customers: number
  readonly orders: number
  readonly revenue: number
}

export interface NewVsExistingMonth {
  /** First day of the month (ISO). */
  readonly month: string
  readonly new: Part
  readonly existing: Part
  /** Revenue of new customers / revenue of customers. */
  readonly newShare: number | null
  readonly unfinished: boolean
}

export interface NewVsExistingResult extends AnalysisResult {
  readonly revenueView: RevenueView
  readonly rule: 'month' | 'order'
  readonly months: readonly NewVsExistingMonth[]
  readonly total: { readonly new: Part; readonly existing: Part }
}

const params = z.object({
  rule: z.enum(['month', 'order']).default('month').describe('New by'),
})

const rowSchema = z.object({
  month: z.string(),
  isNew: z.boolean(),
  customers: z.number(),
  orders: z.number(),
  revenue: z.number(),
})

export const newVsExisting = defineAnalysis<z.infer<typeof params>, NewVsExistingResult>({
  id: 'newVsExisting',
  version: 1,
  title: 'New and existing customers',
  question: 'How much of revenue comes from new customers?',
  group: 'explore',
  theme: 'customers',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run({ rule }, engine) {
    const { period, revenueView } = engine.facts
    const rows = await engine.query(rowSchema, statement(rule))
    const [without] = await engine.query(
      z.object({ lines: z.number() }),
      sql`SELECT count(*)::INTEGER AS lines FROM orders WHERE customer IS NULL`,
    )
    if (rows.length === 0 || period === null)
      throw new AppError('not-enough-data', 'No order line names a customer.', {
        hint: 'Give the customer role to a column on the Data screen.',
      })
    const part = (month: string, isNew: boolean): Part =>
      rows.find((row) => row.month === month && row.isNew === isNew) ?? { customers: 0, orders: 0, revenue: 0 }
    const months = [...new Set(rows.map((row) => row.month))].map((month) => {
      const fresh = onlyPart(part(month, true))
      const existing = onlyPart(part(month, false))
      const revenue = fresh.revenue + existing.revenue
      return {
        month,
        new: fresh,
        existing,
        newShare: revenue === 0 ? null : fresh.revenue / revenue,
        unfinished: isUnfinished(month, 'month', period),
      }
    })
    return {
      period,
      leftOut: [{ reason: 'lines without a customer', rows: without?.lines ?? 0 }],
      revenueView,
      rule,
      months,
      total: { new: sum(months.map((month) => month.new)), existing: sum(months.map((month) => month.existing)) },
    }
  },

  report(result, _params, format) {
    const { total } = result
    const revenue = total.new.revenue + total.existing.revenue
    const later = result.months.slice(1).filter((month) => !month.unfinished)
    const laterNew = later.reduce((all, month) => all + month.new.revenue, 0)
    const laterAll = later.reduce((all, month) => all + month.new.revenue + month.existing.revenue, 0)
    const words =
      result.rule === 'month'
        ? 'all orders of a customer’s first month are new'
        : 'only the first order of a customer is new'
    return {
      finding: `${format.percent(revenue === 0 ? 0 : total.existing.revenue / revenue)} of revenue comes from existing customers: ${format.money(total.existing.revenue)} of ${format.money(revenue)}`,
      reading:
        laterAll === 0
          ? `Rule: ${words}.`
          : `After the first month, where everybody looks new, new customers bring ${format.percent(laterNew / laterAll)}. Rule: ${words}.`,
      blocks: [
        {
          kind: 'chart',
          title:
            laterAll === 0
              ? 'Revenue of new and existing customers'
              : `Since the second month existing customers bring ${format.percent(1 - laterNew / laterAll)}`,
          subtitle: `${revenueNames[result.revenueView]} revenue by month; ${words}`,
          chart: {
            kind: 'stackedBar',
            labelFormat: 'month',
            format: 'money',
            labels: result.months.map((month) => month.month),
            series: [
              { name: 'Existing', values: result.months.map((month) => month.existing.revenue) },
              { name: 'New', values: result.months.map((month) => month.new.revenue) },
            ],
            unfinished: result.months.flatMap((month, index) => (month.unfinished ? [index] : [])),
          },
          table: {
            columns: [
              { label: 'Month', format: 'month' },
              { label: 'New customers', format: 'count' },
              { label: 'Existing customers', format: 'count' },
              { label: 'New orders', format: 'count' },
              { label: 'Existing orders', format: 'count' },
              { label: 'New revenue', format: 'cents' },
              { label: 'Existing revenue', format: 'cents' },
              { label: 'New share', format: 'percent' },
            ],
            rows: result.months.map((month) => [
              month.month,
              month.new.customers,
              month.existing.customers,
              month.new.orders,
              month.existing.orders,
              month.new.revenue,
              month.existing.revenue,
              month.newShare,
            ]),
            total: [
              'All',
              total.new.customers,
              null,
              total.new.orders,
              total.existing.orders,
              total.new.revenue,
              total.existing.revenue,
              revenue === 0 ? null : total.new.revenue / revenue,
            ],
            unfinishedRows: result.months.flatMap((month, index) => (month.unfinished ? [index] : [])),
          },
        },
        ...(result.leftOut[0]?.rows
          ? [
              {
                kind: 'sentence' as const,
                tone: 'caveat' as const,
                text: `${format.count(result.leftOut[0].rows)} lines without a customer are left out.`,
              },
            ]
          : []),
      ],
    }
  },
})

function statement(rule: 'month' | 'order'): Sql {
  const isNew =
    rule === 'month'
      ? sql`${periodOf(raw('ordered_orders.first_on'), 'month')} = ${periodOf(raw('ordered_orders.day'), 'month')}`
      : raw('ordered_orders.number = 1')
  return sql`
    WITH customer_orders AS (
      SELECT customer, order_key, min(ordered_at) AS ordered_at, min(ordered_on) AS day, sum(revenue) AS revenue
      FROM orders
      WHERE customer IS NOT NULL
      GROUP BY customer, order_key
    ), ordered_orders AS (
      SELECT customer, order_key, ordered_at, day, revenue,
        min(day) OVER (PARTITION BY customer) AS first_on,
        row_number() OVER (PARTITION BY customer ORDER BY ordered_at, order_key) AS number
      FROM customer_orders
    )
    SELECT
      CAST(${periodOf(raw('day'), 'month')} AS VARCHAR) AS month,
      ${isNew} AS ${raw('"isNew"')},
      count(DISTINCT customer)::INTEGER AS customers,
      count(*)::INTEGER AS orders,
      sum(revenue)::DOUBLE AS revenue
    FROM ordered_orders
    GROUP BY 1, 2
    ORDER BY month, 2 DESC`
}

function onlyPart({ customers, orders, revenue }: Part): Part {
  return { customers, orders, revenue }
}

function sum(parts: readonly Part[]): Part {
  return parts.reduce(
    (all, part) => ({
      customers: all.customers + part.customers,
      orders: all.orders + part.orders,
      revenue: all.revenue + part.revenue,
    }),
    { customers: 0, orders: 0, revenue: 0 },
  )
}
