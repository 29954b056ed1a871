import { counted } from '../../../counted'
import type { Formatter } from '../../../format'
import { leftOutCaveats } from '../../../leftOut'
import { revenueNames } from '../../../orderTotals'
import type { Report } from '../../../report'
import type { RfmGroup, RfmGroupsResult } from './rfmGroups'

/** Which groups hold the revenue, as a grid and as a table with a goal for each. */
export function rfmGroupsReport(result: RfmGroupsResult, _params: unknown, format: Formatter): Report {
  const byShare = [...result.groups].sort((one, other) => other.revenueShare - one.revenueShare)
  const held = (group: RfmGroup): string => `${format.count(group.customers)} ${group.group}`
  const [first, second] = leading(result, byShare)
  const [top] = byShare
  return {
    finding: `${first === undefined ? 'No group' : `${held(first)} alone bring ${format.percent(first.revenueShare)} of revenue`}${second === undefined ? '' : `; ${held(second)} still hold ${format.percent(second.revenueShare)}`}`,
    reading: `Scored on ${format.date(result.snapshot)} over ${counted(result.customers, 'customer', format)}; money is ${revenueNames[result.monetaryView]} revenue. A goal is a proposal, its effect is not measured.`,
    blocks: [
      {
        kind: 'chart',
        title: `${top?.group ?? ''} hold the most revenue: ${format.percent(top?.revenueShare ?? 0)} with ${counted(top?.customers ?? 0, 'customer', format)}`,
        subtitle: 'Customers and share of revenue by recency and by frequency and money',
        chart: {
          kind: 'grid',
          rowTitle: 'Recency',
          columns: ['FM 5, best', 'FM 4', 'FM 3', 'FM 2', 'FM 1'],
          rows: [5, 4, 3, 2, 1].map((r) => ({
            label: r === 5 ? 'R 5, newest' : `R ${r}`,
            cells: result.grid
              .filter((cell) => cell.r === r)
              .map((cell) => ({
                label: cell.group,
                n: cell.customers,
                value: result.revenue > 0 ? cell.revenue / result.revenue : 0,
              })),
          })),
          format: 'percent',
        },
        table: {
          columns: [
            { label: 'Group', format: 'text' },
            { label: 'Customers', format: 'count' },
            { label: 'Share of customers', format: 'percent' },
            { label: 'Revenue', format: 'cents' },
            { label: 'Share of revenue', format: 'percent' },
            { label: 'Median days', format: 'decimal1', means: 'Since the last order' },
            { label: 'Median orders', format: 'decimal1' },
            { label: 'Median money', format: 'cents' },
            { label: 'Goal', format: 'text' },
          ],
          rows: byShare.map((group) => [
            group.group,
            group.customers,
            group.customerShare,
            group.revenue,
            group.revenueShare,
            group.medianRecencyDays,
            group.medianOrders,
            group.medianMonetary,
            group.goal,
          ]),
          total: ['All', result.customers, 1, result.revenue, result.revenue > 0 ? 1 : 0, null, null, null, null],
        },
      },
      ...leftOutCaveats(result.leftOut, format),
    ],
  }
}

/** Champions and At risk where the grid has them, else the two groups with most revenue. */
function leading(result: RfmGroupsResult, byShare: readonly RfmGroup[]): readonly (RfmGroup | undefined)[] {
  const named = ['Champions', 'At risk'].map((name) => result.groups.find((group) => group.group === name))
  return named.includes(undefined) ? byShare.slice(0, 2) : named
}
