import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { customerValueParams, parseCuts, readCustomerValues, scoreCutParams } from '../../../customerValues'
import { defaultGrid, type GroupGrid, groupNames, groupOf, parseGrid } from '../../../groupGrid'
import { median, type ScoredCustomer, scoreCustomers } from '../../../rfmScores'
import card from './rfmGroups.md?raw'
import { rfmGroupsReport } from './rfmGroupsReport'

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
  /** In reading order of the grid. */
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

const params = z.object({
  ...customerValueParams,
  ...scoreCutParams,
  grid: z
    .string()
    .default(defaultGrid)
    .describe('Groups (five rows of recency, newest first, of five names of frequency and money, best first)'),
})

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

const bands = 5
const scores = [5, 4, 3, 2, 1]

export const rfmGroups = defineAnalysis<z.infer<typeof params>, RfmGroupsResult>({
  id: 'rfmGroups',
  version: 3,
  title: 'RFM groups',
  question: 'Which groups of customers should be treated how?',
  group: 'segment',
  theme: 'segments',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run(wished, engine) {
    const names = parseGrid(wished.grid)
    const cuts = parseCuts(wished, bands)
    const values = await readCustomerValues(engine, wished)
    const scored = scoreCustomers(values.customers, bands, cuts)
    const revenue = sumOf(scored)
    const cells = membersBy(scored, (customer) => `${customer.r} ${customer.fm}`)
    return {
      period: engine.facts.period,
      leftOut: values.leftOut,
      snapshot: values.snapshot,
      monetaryView: values.monetaryView,
      customers: scored.length,
      revenue,
      groups: groupsOf(scored, names, revenue),
      grid: scores.flatMap((r) =>
        scores.map((fm) => {
          const members = cells.get(`${r} ${fm}`) ?? []
          return { r, fm, group: groupOf(names, r, fm), customers: members.length, revenue: sumOf(members) }
        }),
      ),
    }
  },

  report: rfmGroupsReport,
})

function sumOf(customers: readonly ScoredCustomer[]): number {
  return customers.reduce((sum, customer) => sum + customer.monetary, 0)
}

function membersBy(
  customers: readonly ScoredCustomer[],
  key: (customer: ScoredCustomer) => string,
): ReadonlyMap<string, readonly ScoredCustomer[]> {
  const members = new Map<string, ScoredCustomer[]>()
  for (const customer of customers) {
    const list = members.get(key(customer))
    if (list === undefined) members.set(key(customer), [customer])
    else list.push(customer)
  }
  return members
}

function groupsOf(scored: readonly ScoredCustomer[], names: GroupGrid, revenue: number): RfmGroup[] {
  const groups = membersBy(scored, (customer) => groupOf(names, customer.r, customer.fm))
  return groupNames(names).map((group) => {
    const members = groups.get(group) ?? []
    const held = sumOf(members)
    const typical = (of: (customer: ScoredCustomer) => number): number | null =>
      members.length === 0 ? null : median(members.map(of))
    return {
      group,
      customers: members.length,
      customerShare: members.length / scored.length,
      revenue: held,
      revenueShare: revenue > 0 ? held / revenue : 0,
      medianRecencyDays: typical((customer) => customer.recencyDays),
      medianOrders: typical((customer) => customer.orders),
      medianMonetary: typical((customer) => customer.monetary),
      goal: goals[group] ?? '',
    }
  })
}
