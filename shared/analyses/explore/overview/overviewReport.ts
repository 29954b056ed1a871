import { counted } from '../../../counted'
import type { Formatter } from '../../../format'
import { revenueNames } from '../../../orderTotals'
import { periodFormat, periodHeading, unfinishedAt } from '../../../periods'
import type { Block, ChartSpec, Metric, Report, Table } from '../../../report'
import { signedMoney, splitBlock } from '../../../revenueSplit'
import type { OverviewParams, OverviewPeriod, OverviewResult } from './overview'

/** The headline numbers, the series with the period before, and what moved revenue last. */
export function overviewReport(result: OverviewResult, { grain }: OverviewParams, format: Formatter): Report {
  const { totals, revenueView, change } = result
  const money = `${format.money(totals.revenue)} of ${revenueNames[revenueView]} revenue`
  const orders = counted(totals.orders, 'order', format)
  return {
    finding:
      totals.customers === 0
        ? `${orders} brought ${money}`
        : `${counted(totals.customers, 'customer', format)} brought ${money} in ${orders}`,
    reading:
      change === null
        ? `There are fewer than two finished ${grain}s, so nothing can be compared yet.`
        : changeSentence(change, grain, format),
    blocks: [
      { kind: 'metrics', items: headline(result, format) },
      series(result, grain, format),
      ...trees(result, grain, format),
      ...caveats(result, format),
    ],
  }
}

function headline(result: OverviewResult, format: Formatter): Metric[] {
  const { totals } = result
  const shareOf = (part: number, whole: number, name: string) =>
    whole > 0 ? { caption: `${format.percent(part / whole)} of ${name}` } : {}
  return [
    {
      label: 'Revenue',
      value: totals.revenue,
      format: 'money',
      caption: `${revenueNames[result.revenueView]}, ${counted(totals.lines, 'line', format)}`,
      means: 'Sum of the amount chosen as revenue over all order lines',
    },
    {
      label: 'Orders',
      value: totals.orders,
      format: 'count',
      caption:
        totals.customerOrders === totals.orders
          ? 'distinct orders'
          : `${format.count(totals.customerOrders)} pairs of order and customer`,
      means: 'Distinct orders under the rule chosen for what one order is',
    },
    {
      label: 'Customers',
      value: totals.customers === 0 ? null : totals.customers,
      format: 'count',
      ...(result.ordersPerCustomer === null
        ? {}
        : { caption: `${format.decimal(result.ordersPerCustomer, 1)} orders each` }),
      means: 'Distinct customers with at least one order line',
    },
    {
      label: 'Average order',
      value: result.averageOrderValue,
      format: 'cents',
      ...(result.netPerOrder === null ? {} : { caption: `net ${format.cents(result.netPerOrder)}` }),
      means: 'Revenue / distinct orders; beside it net / distinct orders',
    },
    {
      label: 'Items per order',
      value: result.itemsPerOrder,
      format: 'decimal1',
      caption: counted(totals.units, 'unit', format),
      means: 'Units / distinct orders',
    },
    {
      label: 'Discount',
      value: totals.discount,
      format: 'money',
      ...shareOf(totals.discount, totals.gross, 'gross'),
      means: 'Sum of the discounts applied under the project choice',
    },
    {
      label: 'Delivery',
      value: totals.delivery,
      format: 'money',
      ...shareOf(totals.delivery, totals.revenue, 'revenue'),
      means: 'Delivery charged under the project choice',
    },
  ]
}

function series(result: OverviewResult, grain: OverviewParams['grain'], format: Formatter): Block {
  const best = result.periods
    .filter((row) => !row.unfinished)
    .reduce<OverviewPeriod | undefined>(
      (top, row) => (top === undefined || row.revenue > top.revenue ? row : top),
      undefined,
    )
  return {
    kind: 'chart',
    title:
      best === undefined
        ? `No finished ${grain} yet`
        : `${format.value(best.start, periodFormat(grain))} is the strongest ${grain}: ${format.money(best.revenue)}`,
    subtitle: `Revenue (${revenueNames[result.revenueView]}) by ${grain}; an unfinished ${grain} is hatched and not compared`,
    chart: grain === 'month' ? bars(result, best) : line(result, grain),
    table: seriesTable(result, grain),
  }
}

function bars(result: OverviewResult, best: OverviewPeriod | undefined): ChartSpec {
  return {
    kind: 'bar',
    direction: 'vertical',
    labelFormat: 'month',
    format: 'money',
    bars: result.periods.map((row) => ({
      label: row.start,
      value: row.revenue,
      n: row.orders,
      unfinished: row.unfinished,
      emphasised: row.start === best?.start,
    })),
  }
}

function line(result: OverviewResult, grain: OverviewParams['grain']): ChartSpec {
  return {
    kind: 'line',
    xFormat: periodFormat(grain),
    yFormat: 'money',
    series: [
      {
        name: 'Revenue',
        role: 'subject',
        points: result.periods.map((row) => ({ x: row.start, y: row.revenue, unfinished: row.unfinished })),
      },
    ],
  }
}

const moneyColumns = ['gross', 'discount', 'net', 'tax', 'delivery', 'invoice'] as const

function seriesTable(result: OverviewResult, grain: OverviewParams['grain']): Table {
  const { totals } = result
  return {
    columns: [
      { label: periodHeading(grain), format: periodFormat(grain) },
      { label: 'Revenue', format: 'cents' },
      { label: 'Change', format: 'percent', means: `Against the ${grain} before, both finished` },
      { label: 'Orders', format: 'count' },
      { label: 'Average order', format: 'cents' },
      { label: 'Customers', format: 'count' },
      { label: 'Units', format: 'count' },
      ...moneyColumns.map((name) => ({ label: `${name[0]?.toUpperCase()}${name.slice(1)}`, format: 'cents' as const })),
    ],
    rows: result.periods.map((row) => [
      row.start,
      row.revenue,
      row.revenueChange,
      row.orders,
      row.averageOrderValue ?? 'n/a',
      row.customers,
      row.units,
      ...moneyColumns.map((name) => row[name]),
    ]),
    total: [
      'All',
      totals.revenue,
      null,
      totals.orders,
      result.averageOrderValue ?? 'n/a',
      totals.customers,
      totals.units,
      ...moneyColumns.map((name) => totals[name]),
    ],
    unfinishedRows: unfinishedAt(result.periods),
  }
}

function trees({ change }: OverviewResult, grain: OverviewParams['grain'], format: Formatter): Block[] {
  if (change === null) return []
  const subtitle = `${between(change, grain, format)}, the last two finished ${grain}s; the parts add up to the change`
  return [change.byCustomers, change.byBasket].flatMap((split) =>
    split === null ? [] : [splitBlock(split, subtitle, format)],
  )
}

function caveats(result: OverviewResult, format: Formatter): Block[] {
  const { linesWithoutCustomer, totals } = result
  if (linesWithoutCustomer === 0) return []
  return [
    {
      kind: 'sentence',
      tone: 'caveat',
      text: `${format.share(linesWithoutCustomer, totals.lines)} lines name no customer: they count in revenue and orders, not in customers.`,
    },
  ]
}

type Change = NonNullable<OverviewResult['change']>

function between(change: Change, grain: OverviewParams['grain'], format: Formatter): string {
  const name = (start: string): string => format.value(start, periodFormat(grain))
  return `${name(change.before)} to ${name(change.after)}`
}

function changeSentence(change: Change, grain: OverviewParams['grain'], format: Formatter): string {
  const { revenueBefore, revenueAfter, byCustomers } = change
  const difference = revenueAfter - revenueBefore
  const verb = difference === 0 ? 'did not move' : difference > 0 ? 'rose' : 'fell'
  const relative =
    revenueBefore <= 0 || difference === 0
      ? ''
      : ` by ${format.money(Math.abs(difference))} (${difference > 0 ? '+' : ''}${format.percent(difference / revenueBefore)})`
  const parts = byCustomers?.factors.map((factor) => `${factor.name.toLowerCase()} ${signedMoney(factor.part, format)}`)
  return `Revenue ${verb}${relative} from ${between(change, grain, format)}${parts === undefined ? '' : `: ${parts.join(', ')}`}.`
}
