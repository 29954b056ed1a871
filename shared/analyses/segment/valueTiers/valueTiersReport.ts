import { counted } from '../../../counted'
import type { Formatter } from '../../../format'
import { leftOutCaveats } from '../../../leftOut'
import { revenueNames } from '../../../orderTotals'
import type { Block, Report, SegmentCard } from '../../../report'
import type { Tier, TierName, ValueTiersResult } from './valueTiers'

/** A card for each tier: who they are, what they are worth, what to do with them. */
export function valueTiersReport(result: ValueTiersResult, _params: unknown, format: Formatter): Report {
  const top = result.tiers.slice(0, 2)
  const sum = (of: (tier: Tier) => number): number => top.reduce((all, tier) => all + of(tier), 0)
  return {
    finding: `Premium and Gold: ${format.percent(sum((tier) => tier.customerShare))} of customers, ${format.percent(sum((tier) => tier.revenueShare))} of revenue`,
    reading: `${counted(result.customers.length, 'customer', format)} ranked on ${format.date(result.snapshot)} by recency, frequency and money together. Equal customers stay together, so the real shares differ a little from the asked ones.`,
    blocks: [
      { kind: 'cards', cards: result.tiers.map((tier, index) => cardOf(tier, index, format)) },
      shareBlock(result, format),
      ...leftOutCaveats(result.leftOut, format),
    ],
  }
}

const strategies: Readonly<Record<TierName, Pick<SegmentCard, 'goal' | 'offer' | 'channel' | 'kpi'>>> = {
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
    offer: 'Reminder after 90 days',
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

function cardOf(tier: Tier, index: number, format: Formatter): SegmentCard {
  const place = ['top', 'next', 'next', 'other'][index] ?? 'next'
  const asked = tier.wantedShare * 100
  return {
    name: tier.tier,
    rule: `${place} ${format.decimal(asked, Number.isInteger(asked) ? 0 : 1)}%`,
    customers: tier.customers,
    customerShare: tier.customerShare,
    revenue: tier.revenue,
    revenueShare: tier.revenueShare,
    medians:
      tier.medianMonetary === null || tier.medianOrders === null || tier.medianRecencyDays === null
        ? []
        : [
            { label: 'spent', value: tier.medianMonetary, format: 'money' },
            { label: 'orders', value: tier.medianOrders, format: 'decimal1' },
            { label: 'days since the last order', value: tier.medianRecencyDays, format: 'count' },
          ],
    ...strategies[tier.tier],
  }
}

function shareBlock(result: ValueTiersResult, format: Formatter): Block {
  const [premium] = result.tiers
  return {
    kind: 'chart',
    title: `The top ${format.percent(premium?.customerShare ?? 0)} bring ${format.percent(premium?.revenueShare ?? 0)} of revenue`,
    subtitle: `Share of ${revenueNames[result.monetaryView]} revenue by tier, n = customers`,
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
        { label: 'Asked share', format: 'percent' },
        { label: 'Customers', format: 'count' },
        { label: 'Share of customers', format: 'percent' },
        { label: 'Revenue', format: 'cents' },
        { label: 'Share of revenue', format: 'percent' },
        { label: 'Median money', format: 'cents' },
        { label: 'Median orders', format: 'decimal1' },
        { label: 'Median days', format: 'decimal1', means: 'Since the last order' },
      ],
      rows: result.tiers.map((tier) => [
        tier.tier,
        tier.wantedShare,
        tier.customers,
        tier.customerShare,
        tier.revenue,
        tier.revenueShare,
        tier.medianMonetary,
        tier.medianOrders,
        tier.medianRecencyDays,
      ]),
      total: ['All', 1, result.customers.length, 1, result.revenue, result.revenue > 0 ? 1 : 0, null, null, null],
    },
  }
}
