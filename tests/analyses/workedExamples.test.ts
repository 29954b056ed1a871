import { describe, expect, test } from 'vitest'
import type { CohortRetentionResult } from '../../shared/analyses/explore/cohortRetention/cohortRetention'
import type { CustomersAcquiredResult } from '../../shared/analyses/explore/customersAcquired/customersAcquired'
import type { MonthlyMoneyResult } from '../../shared/analyses/explore/monthlyMoney/monthlyMoney'
import type { NewVsExistingResult } from '../../shared/analyses/explore/newVsExisting/newVsExisting'
import type { OverviewResult } from '../../shared/analyses/explore/overview/overview'
import type { RevenueTreeResult } from '../../shared/analyses/explore/revenueTree/revenueTree'
import type { RfmResult } from '../../shared/analyses/segment/rfm/rfm'
import type { RfmGroupsResult } from '../../shared/analyses/segment/rfmGroups/rfmGroups'
import type { ValueTiersResult } from '../../shared/analyses/segment/valueTiers/valueTiers'
import type { AnalysisResult } from '../../shared/analysis'
import { type FileLine, type LinesProject, linesProject } from './linesProject'

/** The worked examples of the definitions, from files to answer: nothing between them is stood in for. */
async function resultOf<Result extends AnalysisResult>(
  project: LinesProject,
  id: string,
  params: Record<string, unknown> = {},
): Promise<Result> {
  return (await project.run(id, params)).result as Result
}

describe('11, the invoice value', () => {
  const line: FileLine = {
    customer: 'a',
    order: '1',
    orderedAt: '2024-01-05',
    category: 'Toys',
    quantity: 2,
    unitPrice: 100,
    couponState: 'Used',
    delivery: 6.5,
  }

  test.each([
    { discountRate: 10, taxRate: 18 },
    { discountRate: 0.1, taxRate: 0.18 },
    { discountRate: '10%', taxRate: '18%' },
  ])('a discount of $discountRate and a tax of $taxRate make 218.90', async ({ discountRate, taxRate }) => {
    const project = await linesProject([line], {
      coupons: [{ month: 'Jan', category: 'Toys', discountRate }],
      tax: [{ category: 'Toys', taxRate }],
    })
    const { totals, averageOrderValue } = await resultOf<OverviewResult>(project, 'overview')
    expect([totals.invoice, totals.revenue, averageOrderValue]).toEqual([218.9, 218.9, 218.9])
    // 200 − 10 + 0.18 + 6.50, the slip of precedence.
    expect(JSON.stringify((await project.run('monthlyMoney')).result)).not.toContain('196.68')
    expect(JSON.stringify(totals)).not.toContain('196.68')
  })
})

describe('13, shares of a month follow the choices of the project', () => {
  // January: two lines of one order, goods 94, delivery 3 on each; spend 25.
  const lines: FileLine[] = [
    { customer: 'a', order: '1', orderedAt: '2024-01-01', unitPrice: 90, delivery: 3 },
    { customer: 'a', order: '1', orderedAt: '2024-01-31', unitPrice: 4, delivery: 3 },
  ]
  const spend = [{ date: '2024-01-15', source: 'Online', cost: 25 }]

  test.each([
    { delivery: 'everyLine', revenueView: 'invoice', deliveryShare: 6 / 100, spendShare: 25 / 100 },
    { delivery: 'oncePerOrder', revenueView: 'invoice', deliveryShare: 3 / 97, spendShare: 25 / 97 },
    { delivery: 'everyLine', revenueView: 'net', deliveryShare: 6 / 94, spendShare: 25 / 94 },
  ])('$delivery, $revenueView', async ({ deliveryShare, spendShare, ...choices }) => {
    const project = await linesProject(lines, { spend, choices })
    const { months, total } = await resultOf<MonthlyMoneyResult>(project, 'monthlyMoney')
    expect(months).toHaveLength(1)
    for (const sums of [...months, total]) {
      expect(sums.deliveryShare).toBeCloseTo(deliveryShare, 12)
      expect(sums.spendShare).toBeCloseTo(spendShare, 12)
    }
  })
})

describe('10, new and existing customers', () => {
  const lines: FileLine[] = [
    { customer: 'a', order: '1', orderedAt: '2024-01-05', unitPrice: 10 },
    { customer: 'a', order: '2', orderedAt: '2024-01-20', unitPrice: 20 },
    { customer: 'a', order: '3', orderedAt: '2024-02-03', unitPrice: 30 },
  ]

  test.each([
    { rule: 'order', fresh: 10, existing: 50 },
    { rule: 'month', fresh: 30, existing: 30 },
  ])('by $rule new $fresh, existing $existing', async ({ rule, fresh, existing }) => {
    const project = await linesProject(lines)
    const { total } = await resultOf<NewVsExistingResult>(project, 'newVsExisting', { rule })
    expect([total.new.revenue, total.existing.revenue]).toEqual([fresh, existing])
  })

  test('the one customer is acquired once', async () => {
    const { periods } = await resultOf<CustomersAcquiredResult>(await linesProject(lines), 'customersAcquired')
    expect(periods.map(({ acquired, active, cumulative }) => [acquired, active, cumulative])).toEqual([
      [1, 1, 1],
      [0, 1, 1],
    ])
  })
})

describe('7 and 8, retention and repeat', () => {
  // January ten customers; February b1, b2, c; March b1, b2, d, e. The last day is that of March.
  const visits: Readonly<Record<string, readonly number[]>> = {
    b1: [1, 2, 3],
    b2: [1, 2, 3],
    c: [1, 2],
    d: [1, 3],
    e: [1, 3],
    f: [1],
    g: [1],
    h: [1],
    i: [1],
    j: [1],
  }
  const linesUntil = (lastDay: number): FileLine[] =>
    Object.entries(visits).flatMap(([customer, months]) =>
      months.map((month) => ({
        customer,
        orderedAt: `2024-0${month}-${month === 3 ? lastDay : '01'}`,
        unitPrice: 1,
      })),
    )

  test.each([
    { counted: 'on', lastDay: 31, shares: [0.3, 0.4] },
    { counted: 'onOrAfter', lastDay: 31, shares: [0.5, 0.4] },
    // March is unfinished on its 30th: its cell is masked, and whoever came in it still came after February.
    { counted: 'on', lastDay: 30, shares: [0.3] },
    { counted: 'onOrAfter', lastDay: 30, shares: [0.5] },
  ])('$counted, until 2024-03-$lastDay', async ({ counted, lastDay, shares }) => {
    const project = await linesProject(linesUntil(lastDay))
    const { cohorts } = await resultOf<CohortRetentionResult>(project, 'cohortRetention', { counted })
    expect(cohorts.map((cohort) => cohort.cells.map((cell) => cell?.share ?? null))).toEqual([shares])
  })

  test('of the three active in February two are active in March', async () => {
    const { repeat } = await resultOf<CohortRetentionResult>(await linesProject(linesUntil(31)), 'cohortRetention')
    expect(repeat.map((row) => [row.period, row.activeInBoth, row.activeBefore])).toEqual([
      ['2024-02-01', 3, 10],
      ['2024-03-01', 2, 3],
    ])
  })
})

describe('14, the revenue tree', () => {
  /** So many orders in the month, the first `larger` of three units, the others of two, 25 a unit. */
  const orders = (day: string, larger: number): FileLine[] =>
    Array.from({ length: 300 }, (_, index) => ({
      customer: `c${index}`,
      order: `${day} ${index}`,
      orderedAt: day,
      quantity: index < larger ? 3 : 2,
      unitPrice: 25,
    }))
  const visits = (startedAt: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ customer: `v${index}`, startedAt }))

  test('visits and conversion cancel, items bring the 750', async () => {
    // 10,000 × 3.0 % × 2.0 × 25 = 15,000 → 12,000 × 2.5 % × 2.1 × 25 = 15,750
    const project = await linesProject([...orders('2024-01-01', 0), ...orders('2024-02-29', 30)], {
      visits: [...visits('2024-01-10 10:00:00', 10_000), ...visits('2024-02-10 10:00:00', 12_000)],
    })
    const { byBasket } = await resultOf<RevenueTreeResult>(project, 'revenueTree')
    expect(byBasket).toMatchObject({ before: 15_000, after: 15_750, change: 750 })
    expect(byBasket?.factors.map(({ name, before, after, part }) => [name, before, after, part.toFixed(2)])).toEqual([
      ['Visit sessions', 10_000, 12_000, '2802.64'],
      ['Conversion', 0.03, 0.025, '-2802.64'],
      ['Items per order', 2, 2.1, '750.00'],
      ['Revenue per item', 25, 25, '0.00'],
    ])
  })

  test('after a month without orders no factor comes first: each brings a third', async () => {
    const project = await linesProject([
      { customer: 'a', order: '1', orderedAt: '2024-01-01', unitPrice: 5 },
      { customer: 'a', order: '2', orderedAt: '2024-03-30', unitPrice: 40 },
      { customer: 'b', order: '3', orderedAt: '2024-03-31', unitPrice: 20 },
    ])
    const { byCustomers } = await resultOf<RevenueTreeResult>(project, 'revenueTree')
    expect(byCustomers?.change).toBe(60)
    for (const factor of byCustomers?.factors ?? []) expect(factor.part).toBeCloseTo(20, 9)
    expect(byCustomers?.factors).toHaveLength(3)
  })

  test('returns that outweigh the sales still split into parts that add up', async () => {
    const project = await linesProject([
      { customer: 'a', order: '1', orderedAt: '2024-01-01', quantity: 2, unitPrice: 10 },
      { customer: 'a', order: '2', orderedAt: '2024-02-28', quantity: 1, unitPrice: 10 },
      { customer: 'a', order: '3', orderedAt: '2024-02-29', quantity: -3, unitPrice: 10 },
    ])
    const { byCustomers, byBasket } = await resultOf<RevenueTreeResult>(project, 'revenueTree')
    for (const split of [byCustomers, byBasket]) {
      expect(split?.change).toBe(-40)
      expect(split?.factors.reduce((sum, factor) => sum + factor.part, 0)).toBeCloseTo(-40, 9)
    }
  })
})

describe('16 and 17, scores, groups and tiers', () => {
  /** A customer with so many orders of 10 on one day. */
  const buyer = (customer: string, orders: number, orderedAt = '2024-01-05', unitPrice = 10): FileLine[] =>
    Array.from({ length: orders }, (_, index) => ({ customer, order: `${customer}-${index}`, orderedAt, unitPrice }))

  test('orders of 1 × 7, 2, 3, 5 score 1 seven times, 4, 5, 5', async () => {
    const counts = [1, 1, 1, 1, 1, 1, 1, 2, 3, 5]
    const project = await linesProject(counts.flatMap((orders, index) => buyer(`c${index}`, orders)))
    const { customers, fewerBands } = await resultOf<RfmResult>(project, 'rfm')
    expect(customers.map(({ orders, f }) => [orders, f])).toEqual([
      ...Array.from({ length: 7 }, () => [1, 1]),
      [2, 4],
      [3, 5],
      [5, 5],
    ])
    // Everybody bought on one day: nobody is worse, one score for all.
    expect(new Set(customers.map((customer) => customer.r))).toEqual(new Set([1]))
    expect(fewerBands).toContainEqual({ measure: 'recency', bands: 1 })
  })

  test('R 5, F 4, M 5 is a Champion', async () => {
    // Of five, e bought last; a ordered more often, but nobody spent more.
    const project = await linesProject([
      ...buyer('a', 5, '2024-01-04', 1),
      ...buyer('b', 3, '2024-01-03', 1),
      ...buyer('c', 2, '2024-01-02', 1),
      ...buyer('d', 1, '2024-01-01', 1),
      ...buyer('e', 4, '2024-01-05', 100),
    ])
    const { customers } = await resultOf<RfmResult>(project, 'rfm')
    expect(customers.find(({ customer }) => customer === 'e')).toMatchObject({
      r: 5,
      f: 4,
      m: 5,
      fm: 5,
      group: 'Champions',
    })
    const { groups } = await resultOf<RfmGroupsResult>(project, 'rfmGroups')
    expect(groups.find(({ group }) => group === 'Champions')).toMatchObject({ customers: 1, revenue: 400 })
  })

  test('two equal best of ten do not fit into the top 10 %: Premium is empty, both are Gold', async () => {
    const counts = [9, 9, 7, 6, 5, 4, 3, 2, 1, 1]
    const project = await linesProject(counts.flatMap((orders, index) => buyer(`c${index}`, orders)))
    const { tiers, customers } = await resultOf<ValueTiersResult>(project, 'valueTiers')
    expect(tiers.map((tier) => [tier.tier, tier.customers])).toEqual([
      ['Premium', 0],
      // To 30 %: the two equal ones and the third.
      ['Gold', 3],
      // To 60 %.
      ['Silver', 3],
      ['Standard', 4],
    ])
    expect(customers.filter(({ orders }) => orders === 9).map(({ tier }) => tier)).toEqual(['Gold', 'Gold'])
    expect(tiers.reduce((sum, tier) => sum + tier.revenueShare, 0)).toBeCloseTo(1, 12)
  })
})
