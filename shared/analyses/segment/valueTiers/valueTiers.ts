import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { customerValueParams, readCustomerValues } from '../../../customerValues'
import { AppError } from '../../../errors'
import { type CustomerValue, median, strictlyWorse } from '../../../rfmScores'
import card from './valueTiers.md?raw'
import { valueTiersReport } from './valueTiersReport'

export const tierNames = ['Premium', 'Gold', 'Silver', 'Standard'] as const
export type TierName = (typeof tierNames)[number]

export interface Tier {
  readonly tier: TierName
  /** Share of customers asked for. */
  readonly wantedShare: number
  readonly customers: number
  readonly customerShare: number
  readonly revenue: number
  readonly revenueShare: number
  readonly medianMonetary: number | null
  readonly medianOrders: number | null
  readonly medianRecencyDays: number | null
}

export interface ValueTiersResult extends AnalysisResult {
  readonly snapshot: string
  readonly monetaryView: RevenueView
  readonly revenue: number
  readonly tiers: readonly Tier[]
  /** `rank` is the mean of the three shares of customers strictly worse. */
  readonly customers: readonly (CustomerValue & { readonly tier: TierName; readonly rank: number })[]
}

const share = z.number().min(0).max(100)
const params = z.object({
  premium: share.default(10).describe('Premium, top %'),
  gold: share.default(20).describe('Gold, next %'),
  silver: share.default(30).describe('Silver, next %'),
  standard: share.default(40).describe('Standard, rest %'),
  ...customerValueParams,
})

export const valueTiers = defineAnalysis<z.infer<typeof params>, ValueTiersResult>({
  id: 'valueTiers',
  version: 3,
  title: 'Value tiers',
  question: 'Which customers deserve which treatment?',
  group: 'segment',
  theme: 'segments',
  needs: [{ view: 'orders', roles: ['orderedAt', 'customer'] }],
  params,
  card,

  async run(wished, engine) {
    const wanted = [wished.premium, wished.gold, wished.silver, wished.standard]
    if (Math.abs(wanted.reduce((sum, each) => sum + each, 0) - 100) > 1e-9) {
      throw new AppError(
        'bad-parameter',
        `The four tiers add up to ${wanted.reduce((sum, each) => sum + each, 0)}%, not to 100%.`,
        { hint: 'Change one share so that they add up.' },
      )
    }
    const values = await readCustomerValues(engine, wished)
    const ranked = rankCustomers(values.customers)
    const customers = assignTiers(ranked, wanted)
    const revenue = customers.reduce((sum, customer) => sum + customer.monetary, 0)
    return {
      period: engine.facts.period,
      leftOut: values.leftOut,
      snapshot: values.snapshot,
      monetaryView: values.monetaryView,
      revenue,
      tiers: tierNames.map((tier, index) => {
        const members = customers.filter((customer) => customer.tier === tier)
        const held = members.reduce((sum, customer) => sum + customer.monetary, 0)
        const typical = (of: (customer: CustomerValue) => number): number | null =>
          members.length === 0 ? null : median(members.map(of))
        return {
          tier,
          wantedShare: (wanted[index] ?? 0) / 100,
          customers: members.length,
          customerShare: members.length / customers.length,
          revenue: held,
          revenueShare: revenue > 0 ? held / revenue : 0,
          medianMonetary: typical((customer) => customer.monetary),
          medianOrders: typical((customer) => customer.orders),
          medianRecencyDays: typical((customer) => customer.recencyDays),
        }
      }),
      customers,
    }
  },

  report: valueTiersReport,
})

/** Sum of the three counts of strictly worse customers: the mean of the shares without rounding. */
function rankCustomers(customers: readonly CustomerValue[]): (CustomerValue & { readonly points: number })[] {
  const recency = strictlyWorse(
    customers.map((customer) => customer.recencyDays),
    'smaller',
  )
  const frequency = strictlyWorse(
    customers.map((customer) => customer.orders),
    'larger',
  )
  const money = strictlyWorse(
    customers.map((customer) => customer.monetary),
    'larger',
  )
  return customers.map((customer, index) => ({
    ...customer,
    points: (recency[index] ?? 0) + (frequency[index] ?? 0) + (money[index] ?? 0),
  }))
}

/** Groups of equal points fill the tiers from the top; a group that would cross a cut falls below it. */
function assignTiers(
  ranked: readonly (CustomerValue & { readonly points: number })[],
  wanted: readonly number[],
): ValueTiersResult['customers'] {
  const sizes = new Map<number, number>()
  for (const customer of ranked) sizes.set(customer.points, (sizes.get(customer.points) ?? 0) + 1)
  const tierByPoints = new Map<number, TierName>()
  let placed = 0
  for (const points of [...sizes.keys()].sort((one, other) => other - one)) {
    placed += sizes.get(points) ?? 0
    let cut = 0
    const at = wanted.findIndex((share) => {
      cut += share
      return placed * 100 <= cut * ranked.length + 1e-6
    })
    tierByPoints.set(points, tierNames[at === -1 ? tierNames.length - 1 : at] ?? 'Standard')
  }
  return ranked.map(({ points, ...customer }) => ({
    ...customer,
    tier: tierByPoints.get(points) ?? 'Standard',
    rank: points / (3 * ranked.length),
  }))
}
