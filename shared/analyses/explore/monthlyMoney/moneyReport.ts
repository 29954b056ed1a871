import type { Formatter } from '../../../format'
import { revenueNames } from '../../../orderTotals'
import { unfinishedAt } from '../../../periods'
import type { Block, CellValue, ChartBlock, Column, Metric, Report, Table } from '../../../report'
import type { MoneyMonth, MoneySums, MonthlyMoneyResult } from './monthlyMoney'

/** Money in and money out, month by month, on one revenue view. */
export function moneyReport(result: MonthlyMoneyResult, _params: unknown, format: Formatter): Report {
  const name = revenueNames[result.revenueView]
  const { total } = result
  return {
    finding:
      total.spend === null || total.spendShare === null
        ? `${format.money(total.revenue)} of ${name} revenue${total.deliveryShare === null ? '' : `, ${format.percent(total.deliveryShare)} of it delivery`}`
        : `Marketing takes ${format.percent(total.spendShare)} of ${name} revenue: ${format.money(total.spend)} of ${format.money(total.revenue)}`,
    reading: reading(result, format),
    blocks: [
      { kind: 'metrics', items: metrics(result, format) },
      chart(result, format),
      {
        kind: 'table',
        title: `${format.money(total.revenue)} of ${name} revenue, month by month`,
        subtitle: `Amounts in the project currency; shares of ${name} revenue of the same month`,
        table: moneyTable(result),
      },
      ...caveats(result, format),
    ],
  }
}

/** Finished months with a spend share, the highest first. */
function rankedByShare(result: MonthlyMoneyResult): MoneyMonth[] {
  return result.months
    .filter((month) => !month.unfinished && month.spendShare !== null)
    .sort((one, other) => (other.spendShare ?? 0) - (one.spendShare ?? 0))
}

function reading(result: MonthlyMoneyResult, format: Formatter): string {
  if (result.total.spend === null) return 'The project has no marketing spend; add a spend file to see its share.'
  const ranked = rankedByShare(result)
  const [highest, lowest] = [ranked[0], ranked.at(-1)]
  if (highest === undefined || lowest === undefined || highest === lowest)
    return 'There are fewer than two finished months with revenue, so months cannot be compared.'
  return `The share runs from ${format.percent(lowest.spendShare ?? 0)} in ${format.month(lowest.month)} to ${format.percent(highest.spendShare ?? 0)} in ${format.month(highest.month)}. It stands beside revenue and says nothing about what the spend caused.`
}

function metrics(result: MonthlyMoneyResult, format: Formatter): Metric[] {
  const { total } = result
  const ofRevenue = (share: number | null) => (share === null ? {} : { caption: `${format.percent(share)} of revenue` })
  return [
    {
      label: 'Revenue',
      value: total.revenue,
      format: 'money',
      caption: revenueNames[result.revenueView],
      means: `Sum of the ${revenueNames[result.revenueView]} amount over all order lines`,
    },
    ...(total.spend === null
      ? []
      : [
          {
            label: 'Marketing spend',
            value: total.spend,
            format: 'money',
            ...ofRevenue(total.spendShare),
            means: 'Sum of all spend in the files',
          } satisfies Metric,
        ]),
    { label: 'Tax', value: total.tax, format: 'money', caption: 'on net goods', means: 'Sum of net × tax rate' },
    {
      label: 'Delivery',
      value: total.delivery,
      format: 'money',
      ...ofRevenue(total.deliveryShare),
      means: 'Delivery charged under the project choice',
    },
    {
      label: 'Discount',
      value: total.discount,
      format: 'money',
      ...(total.gross > 0 ? { caption: `${format.percent(total.discount / total.gross)} of gross` } : {}),
      means: 'Sum of the discounts applied under the project choice',
    },
  ]
}

function chart(result: MonthlyMoneyResult, format: Formatter): ChartBlock {
  const withSpend = result.total.spend !== null
  const [highest] = rankedByShare(result)
  const name = revenueNames[result.revenueView]
  const points = (of: (month: MoneyMonth) => number | null) =>
    result.months.map((month) => ({ x: month.month, y: of(month), unfinished: month.unfinished }))
  return {
    kind: 'chart',
    title:
      withSpend && highest !== undefined
        ? `Spend weighs most in ${format.month(highest.month)}: ${format.percent(highest.spendShare ?? 0)} of revenue`
        : `${format.money(result.total.revenue)} of ${name} revenue by month`,
    subtitle: `${name.replace(/^./, (letter) => letter.toUpperCase())} revenue${withSpend ? ' and marketing spend' : ''} by month; an unfinished month is hatched`,
    chart: {
      kind: 'line',
      xFormat: 'month',
      yFormat: 'money',
      series: [
        { name: 'Revenue', role: 'subject', points: points((month) => month.revenue) },
        ...(withSpend
          ? [{ name: 'Marketing spend', role: 'comparison' as const, points: points((month) => month.spend) }]
          : []),
      ],
    },
    table: {
      columns: [
        { label: 'Month', format: 'month' },
        { label: 'Revenue', format: 'cents' },
        ...(withSpend ? [{ label: 'Marketing spend', format: 'cents' as const }] : []),
      ],
      rows: result.months.map((month) => [month.month, month.revenue, ...(withSpend ? [month.spend] : [])]),
      unfinishedRows: unfinishedAt(result.months),
    },
  }
}

interface MoneyColumn extends Column {
  readonly of: (sums: MoneySums) => CellValue
}

function moneyTable(result: MonthlyMoneyResult): Table {
  const columns: MoneyColumn[] = [
    { label: 'Revenue', format: 'cents', of: (sums) => sums.revenue },
    ...(result.total.spend === null ? [] : spendColumns(result.sources)),
    { label: 'Gross', format: 'cents', of: (sums) => sums.gross },
    { label: 'Discount', format: 'cents', of: (sums) => sums.discount },
    { label: 'Net', format: 'cents', of: (sums) => sums.net },
    { label: 'Tax', format: 'cents', of: (sums) => sums.tax },
    { label: 'Delivery', format: 'cents', of: (sums) => sums.delivery },
    { label: 'Delivery %', format: 'percent', means: 'Delivery / revenue', of: (sums) => sums.deliveryShare ?? 'n/a' },
    { label: 'Invoice', format: 'cents', of: (sums) => sums.invoice },
    { label: 'Orders', format: 'count', of: (sums) => sums.orders },
  ]
  const cells = (sums: MoneySums): CellValue[] => columns.map((column) => column.of(sums))
  return {
    columns: [{ label: 'Month', format: 'month' }, ...columns.map(({ of: _, ...column }) => column)],
    rows: result.months.map((month) => [month.month, ...cells(month)]),
    total: ['All', ...cells(result.total)],
    unfinishedRows: unfinishedAt(result.months),
  }
}

function spendColumns(sources: readonly string[]): MoneyColumn[] {
  const bySource = sources.map(
    (source): MoneyColumn => ({ label: source, format: 'cents', of: (sums) => sums.spendBySource[source] ?? 0 }),
  )
  return [
    { label: 'Spend', format: 'cents', of: (sums) => sums.spend },
    { label: 'Spend %', format: 'percent', means: 'Spend / revenue', of: (sums) => sums.spendShare ?? 'n/a' },
    ...(sources.length > 1 ? bySource : []),
  ]
}

function caveats(result: MonthlyMoneyResult, format: Formatter): Block[] {
  const unfinished = result.months.filter((month) => month.unfinished).map((month) => format.month(month.month))
  const sentences = [
    unfinished.length === 0
      ? ''
      : `The orders do not cover all of ${unfinished.length > 3 ? `${format.count(unfinished.length)} months` : unfinished.join(' and ')}.`,
    result.spendOutsideOrders === 0
      ? ''
      : `${format.money(result.spendOutsideOrders)} of the spend lies in months without orders; it counts in the total share.`,
    result.spendRowsUnread === 0
      ? ''
      : `Left out: ${format.count(result.spendRowsUnread)} spend rows without a readable date or cost.`,
  ]
  return sentences.filter((text) => text !== '').map((text) => ({ kind: 'sentence', tone: 'caveat', text }))
}
