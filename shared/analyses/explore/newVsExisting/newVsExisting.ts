import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { counted } from '../../../counted'
import type { Formatter } from '../../../format'
import { leftOutCaveats, linesWithoutCustomer, noCustomers } from '../../../leftOut'
import { revenueNames } from '../../../orderTotals'
import { isUnfinished, periodOf, periodsBetween, unfinishedAt } from '../../../periods'
import type { Block, Metric } from '../../../report'
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
  /** Revenue of new customers / revenue of all customers; null without revenue. */
  readonly newShare: number | null
  readonly unfinished: boolean
}

export interface NewVsExistingResult extends AnalysisResult {
  readonly revenueView: RevenueView
  readonly rule: 'month' | 'order'
  readonly months: readonly NewVsExistingMonth[]
  /** Distinct customers and orders over all months. */
  readonly total: { readonly new: Part; readonly existing: Part; readonly newShare: number | null }
}

const params = z.object({
  rule: z
    .enum(['month', 'order'])
    .default('month')
    .describe('New are (month: all orders of the first month; order: the first order only)'),
})

export const newVsExisting = defineAnalysis<z.infer<typeof params>, NewVsExistingResult>({
  id: 'newVsExisting',
  version: 3,
  title: 'New and existing customers',
  question: 'How much of revenue comes from new customers?',
  group: 'explore',
  theme: 'customers',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run({ rule }, engine) {
    const { period, covered, revenueView } = engine.facts
    const rows = await engine.query(
      z.object({
        month: z.string().nullable(),
        isNew: z.boolean(),
        customers: z.number(),
        orders: z.number(),
        revenue: z.number(),
      }),
      partsOf(rule),
    )
    if (rows.length === 0 || period === null || covered === null) throw noCustomers()
    const partByKey = new Map(
      rows.map(({ month, isNew, ...part }) => [`${month ?? 'all'} ${isNew ? 'new' : 'existing'}`, part]),
    )
    const both = (month: string) => {
      const fresh = partByKey.get(`${month} new`) ?? nobody
      const existing = partByKey.get(`${month} existing`) ?? nobody
      const revenue = fresh.revenue + existing.revenue
      return { new: fresh, existing, newShare: revenue > 0 ? fresh.revenue / revenue : null }
    }
    return {
      period,
      leftOut: await linesWithoutCustomer(engine),
      revenueView,
      rule,
      months: periodsBetween(period.first, period.last, 'month').map((month) => ({
        month,
        ...both(month),
        unfinished: isUnfinished(month, 'month', covered),
      })),
      total: both('all'),
    }
  },

  report(result, _params, format) {
    const { total } = result
    const revenue = total.new.revenue + total.existing.revenue
    const since = existingSinceSecondMonth(result)
    return {
      finding:
        total.newShare === null
          ? `${counted(total.new.customers, 'customer', format)}, no revenue to share out`
          : `${format.percent(1 - total.newShare)} of revenue comes from existing customers: ${format.money(total.existing.revenue)} of ${format.money(revenue)}`,
      reading: `${since === null ? '' : `After the first month, where everybody looks new, existing customers bring ${format.percent(since)}. `}Rule: ${ruleInWords(result.rule)}.`,
      blocks: [
        { kind: 'metrics', items: metrics(result, since, format) },
        chart(result, since, format),
        ...leftOutCaveats(result.leftOut, format),
      ],
    }
  },
})

const nobody: Part = { customers: 0, orders: 0, revenue: 0 }

/**
 * Customers, orders and revenue of new and of existing customers, by month and (month NULL) over all of them.
 * Two orders at the same instant: the shorter id comes first, then the smaller, so that numbers sort as numbers.
 */
function partsOf(rule: 'month' | 'order'): Sql {
  const isNew =
    rule === 'month'
      ? raw('month = min(month) OVER (PARTITION BY customer)')
      : raw(
          'order_key = first_value(order_key) OVER (PARTITION BY customer ORDER BY ordered_at, length(order_key), order_key)',
        )
  return sql`
    WITH order_months AS (
      SELECT
        customer,
        order_key,
        ${periodOf(raw('ordered_on'), 'month')} AS month,
        min(ordered_at) AS ordered_at,
        sum(revenue) AS revenue
      FROM orders
      WHERE customer IS NOT NULL
      GROUP BY 1, 2, 3
    ), marked_orders AS (
      SELECT customer, order_key, month, revenue, ${isNew} AS is_new
      FROM order_months
    )
    SELECT
      CAST(month AS VARCHAR) AS month,
      is_new AS ${raw('"isNew"')},
      count(DISTINCT customer)::INTEGER AS customers,
      count(DISTINCT order_key)::INTEGER AS orders,
      sum(revenue)::DOUBLE AS revenue
    FROM marked_orders
    GROUP BY GROUPING SETS ((month, is_new), (is_new))
    ORDER BY month, is_new`
}

/** Share of existing customers in the revenue of the finished months after the first. */
function existingSinceSecondMonth({ months }: NewVsExistingResult): number | null {
  const later = months.slice(1).filter((month) => !month.unfinished)
  const existing = later.reduce((sum, month) => sum + month.existing.revenue, 0)
  const all = later.reduce((sum, month) => sum + month.new.revenue + month.existing.revenue, 0)
  return all > 0 ? existing / all : null
}

function ruleInWords(rule: 'month' | 'order'): string {
  return rule === 'month'
    ? 'all orders of a customer’s first month are new'
    : 'only the first order of a customer is new'
}

function metrics({ total }: NewVsExistingResult, since: number | null, format: Formatter): Metric[] {
  const part = (name: string, { revenue, orders, customers }: Part): Metric => ({
    label: `${name} customers' revenue`,
    value: revenue,
    format: 'money',
    caption: `${counted(orders, 'order', format)} of ${counted(customers, 'customer', format)}`,
    means: `Revenue of ${name.toLowerCase()} customers over all months; a customer may be both in turn`,
  })
  return [
    part('New', total.new),
    part('Existing', total.existing),
    {
      label: 'Existing since the second month',
      value: since,
      format: 'percent',
      caption: 'of revenue',
      means: 'Revenue of existing customers / revenue of all customers, finished months after the first',
    },
  ]
}

function chart(result: NewVsExistingResult, since: number | null, format: Formatter): Block {
  const { months, total } = result
  const name = revenueNames[result.revenueView].replace(/^./, (letter) => letter.toUpperCase())
  return {
    kind: 'chart',
    title:
      since === null
        ? `${counted(months.length, 'month', format)} of new and existing customers`
        : `Since the second month existing customers bring ${format.percent(since)}`,
    subtitle: `${name} revenue by month; ${ruleInWords(result.rule)}`,
    chart: {
      kind: 'stackedBar',
      labelFormat: 'month',
      format: 'money',
      labels: months.map((month) => month.month),
      series: [
        { name: 'Existing', values: months.map((month) => month.existing.revenue) },
        { name: 'New', values: months.map((month) => month.new.revenue) },
      ],
      unfinished: unfinishedAt(months),
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
        { label: 'New share', format: 'percent', means: 'Of the revenue of the month' },
      ],
      rows: months.map((month) => [month.month, ...cellsOf(month)]),
      total: ['All', ...cellsOf(total)],
      unfinishedRows: unfinishedAt(months),
    },
  }
}

function cellsOf(parts: NewVsExistingResult['total']) {
  return [
    parts.new.customers,
    parts.existing.customers,
    parts.new.orders,
    parts.existing.orders,
    parts.new.revenue,
    parts.existing.revenue,
    parts.newShare ?? 'n/a',
  ]
}
