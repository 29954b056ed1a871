import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { customerValueParams, readCustomerValues } from '../../../customerValues'
import { groupNames, groupOf, median, scoreCustomers } from '../../../rfmScores'
import card from './rfmGroups.md?raw'

export interface RfmGroup {
  readonly group: string
  readonly customers: number
  readonly customerShare: number
  readonly revenue: number
  readonly revenueShare: number
  readonly medianRecencyDays: number | null
  readonly medianOrders: number | null
  readonly medianMonetary: number | null
  readonly goal: string
}

export interface RfmGroupsResult extends AnalysisResult {
  readonly snapshot: string
  readonly monetaryView: RevenueView
  readonly customers: number
  readonly revenue: number
  readonly groups: readonly RfmGroup[]
  /** Recency 5 to 1 by FM 5 to 1. */
  readonly grid: readonly {
    readonly r: number
    readonly fm: number
    readonly group: string
    readonly customers: number
    readonly revenue: number
  }[]
}

const params = z.object(customerValueParams)

const goals: Readonly<Record<string, string>> = {
  Champions: 'Keep them; ask for recommendations',
  Loyal: 'Reward them; offer more of what they like',
  Active: 'Bring the next order forward',
  Promising: 'Win the second order',
  New: 'Welcome them; show the range',
  'Needs attention': 'Remind them with a reason to return',
  'Almost lost': 'One reminder, then let go',
  'At risk': 'Win them back personally',
  'Previously loyal': 'Win them back with an offer',
  Dormant: 'Reach cheaply or not at all',
}

export const rfmGroups = defineAnalysis<z.infer<typeof params>, RfmGroupsResult>({
  id: 'rfmGroups',
  version: 1,
  title: 'RFM groups',
  question: 'Which groups of customers should be treated how?',
  group: 'segment',
  theme: 'segments',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run(wished, engine) {
    const values = await readCustomerValues(engine, wished)
    const scored = scoreCustomers(values.customers, 5)
    const revenue = scored.reduce((sum, customer) => sum + customer.monetary, 0)
    return {
      period: engine.facts.period,
      leftOut: [{ reason: 'lines without a customer', rows: values.linesWithoutCustomer }],
      snapshot: values.snapshot,
      monetaryView: values.monetaryView,
      customers: scored.length,
      revenue,
      groups: groupNames.map((group) => {
        const members = scored.filter((customer) => customer.group === group)
        const held = members.reduce((sum, customer) => sum + customer.monetary, 0)
        const typical = (of: (customer: (typeof members)[number]) => number): number | null =>
          members.length === 0 ? null : median(members.map(of))
        return {
          group,
          customers: members.length,
          customerShare: members.length / scored.length,
          revenue: held,
          revenueShare: revenue === 0 ? 0 : held / revenue,
          medianRecencyDays: typical((customer) => customer.recencyDays),
          medianOrders: typical((customer) => customer.orders),
          medianMonetary: typical((customer) => customer.monetary),
          goal: goals[group] ?? '',
        }
      }),
      grid: [5, 4, 3, 2, 1].flatMap((r) =>
        [5, 4, 3, 2, 1].map((fm) => {
          const members = scored.filter((customer) => customer.r === r && customer.fm === fm)
          return {
            r,
            fm,
            group: groupOf(r, fm),
            customers: members.length,
            revenue: members.reduce((sum, customer) => sum + customer.monetary, 0),
          }
        }),
      ),
    }
  },

  report(result, _params, format) {
    const byShare = [...result.groups].sort((one, other) => other.revenueShare - one.revenueShare)
    const named = (name: string) => result.groups.find((group) => group.group === name)
    const champions = named('Champions')
    const atRisk = named('At risk')
    return {
      finding: `${format.count(champions?.customers ?? 0)} Champions bring ${format.percent(champions?.revenueShare ?? 0)} of revenue; ${format.count(atRisk?.customers ?? 0)} At risk still hold ${format.percent(atRisk?.revenueShare ?? 0)}`,
      reading: `Scored on ${format.date(result.snapshot)} over ${format.count(result.customers)} customers. Keep the first, win back the second before the rest.`,
      blocks: [
        {
          kind: 'chart',
          title: `${byShare[0]?.group ?? ''} hold the most revenue: ${format.percent(byShare[0]?.revenueShare ?? 0)}`,
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
                  value: result.revenue === 0 ? 0 : cell.revenue / result.revenue,
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
              { label: 'Median days', format: 'decimal1' },
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
            total: ['All', result.customers, 1, result.revenue, 1, null, null, null, null],
          },
        },
      ],
    }
  },
})
