import { z } from 'zod'
import { type AnalysisResult, defineAnalysis, type RevenueView } from '../../../analysis'
import { customerValueParams, readCustomerValues } from '../../../customerValues'
import { AppError } from '../../../errors'
import { type CustomerValue, median, strictlyWorse } from '../../../rfmScores'
import card from './valueTiers.md?raw'

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

const strategies: Readonly<
  Record<TierName, { readonly goal: string; readonly offer: string; readonly channel: string; readonly kpi: string }>
> = {
  Premium: {
    goal: 'Keep them',
    offer: 'Personal contact, early access',
    channel: 'E-mail, phone',
    kpi: 'Orders per customer',
  },
  Gold: {
    goal: 'Lift to Premium',
    offer: 'Bundles with what they buy',
    channel: 'E-mail, ad audience',
    kpi: 'Items per order',
  },
  Silver: {
    goal: 'Bring the next order forward',
    offer: 'Reminder after their usual interval',
    channel: 'Newsletter',
    kpi: 'Second order in 60 days',
  },
  Standard: {
    goal: 'Reach cheaply',
    offer: 'No discount, best sellers',
    channel: 'Cheap awareness',
    kpi: 'Cost per order',
  },
}

export const valueTiers = defineAnalysis<z.infer<typeof params>, ValueTiersResult>({
  id: 'valueTiers',
  version: 1,
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
        `The four tiers add up to ${wanted.reduce((sum, each) => sum + each, 0)} %, not to 100 %.`,
        { hint: 'Change one share so that they add up.' },
      )
    }
    const values = await readCustomerValues(engine, wished)
    const ranked = rankCustomers(values.customers)
    const customers = assignTiers(ranked, wanted)
    const revenue = customers.reduce((sum, customer) => sum + customer.monetary, 0)
    return {
      period: engine.facts.period,
      leftOut: [{ reason: 'lines without a customer', rows: values.linesWithoutCustomer }],
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
          revenueShare: revenue === 0 ? 0 : held / revenue,
          medianMonetary: typical((customer) => customer.monetary),
          medianOrders: typical((customer) => customer.orders),
          medianRecencyDays: typical((customer) => customer.recencyDays),
        }
      }),
      customers,
    }
  },

  report(result, _params, format) {
    const [premium, gold] = result.tiers
    const top = (premium?.revenueShare ?? 0) + (gold?.revenueShare ?? 0)
    const topCustomers = (premium?.customerShare ?? 0) + (gold?.customerShare ?? 0)
    return {
      finding: `Premium and Gold: ${format.percent(topCustomers)} of customers, ${format.percent(top)} of revenue`,
      reading: `Ranked on ${format.date(result.snapshot)} by recency, frequency and money together; equal customers stay together, so the real shares differ a little from the asked ones.`,
      blocks: [
        {
          kind: 'cards',
          cards: result.tiers.map((tier, index) => ({
            name: tier.tier,
            rule:
              index === 0
                ? `top ${format.percent(tier.wantedShare)}`
                : index === result.tiers.length - 1
                  ? `other ${format.percent(tier.wantedShare)}`
                  : `next ${format.percent(tier.wantedShare)}`,
            customers: tier.customers,
            customerShare: tier.customerShare,
            revenue: tier.revenue,
            revenueShare: tier.revenueShare,
            medians:
              tier.medianMonetary === null || tier.medianOrders === null || tier.medianRecencyDays === null
                ? []
                : [
                    { label: 'spent', value: tier.medianMonetary, format: 'money' as const },
                    { label: 'orders', value: tier.medianOrders, format: 'decimal1' as const },
                    { label: 'days since the last order', value: tier.medianRecencyDays, format: 'count' as const },
                  ],
            ...strategies[tier.tier],
          })),
        },
        {
          kind: 'chart',
          title: `The top ${format.percent(premium?.customerShare ?? 0)} bring ${format.percent(premium?.revenueShare ?? 0)} of revenue`,
          subtitle: `Share of ${result.monetaryView} revenue by tier`,
          chart: {
            kind: 'bar',
            direction: 'horizontal',
            labelFormat: 'text',
            format: 'percent',
            bars: result.tiers.map((tier, index) => ({
              label: tier.tier,
              value: tier.revenueShare,
              n: tier.customers,
              emphasised: index === 0,
            })),
          },
          table: {
            columns: [
              { label: 'Tier', format: 'text' },
              { label: 'Customers', format: 'count' },
              { label: 'Share of customers', format: 'percent' },
              { label: 'Revenue', format: 'cents' },
              { label: 'Share of revenue', format: 'percent' },
              { label: 'Median money', format: 'cents' },
              { label: 'Median orders', format: 'decimal1' },
              { label: 'Median days', format: 'decimal1' },
            ],
            rows: result.tiers.map((tier) => [
              tier.tier,
              tier.customers,
              tier.customerShare,
              tier.revenue,
              tier.revenueShare,
              tier.medianMonetary,
              tier.medianOrders,
              tier.medianRecencyDays,
            ]),
            total: ['All', result.customers.length, 1, result.revenue, 1, null, null, null],
          },
        },
      ],
    }
  },
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
