import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueTiers } from '../../shared/analyses/segment/valueTiers/valueTiers'
import { answer, type TestLine, testEngine } from './testEngine'

/** Ten customers, k with k orders of 10 on day k: one strict order from k9 (best) to k0. */
const ladder: TestLine[] = Array.from({ length: 10 }, (_, k) =>
  Array.from({ length: k + 1 }, (_, index) => ({
    customer: `k${k}`,
    order: `${k}-${index}`,
    on: `2024-01-${10 + k}`,
    price: 10,
  })),
).flat()

test('top 10 / 20 / 30 / 40 % of ten strictly ordered customers', async () => {
  const { result, report } = await answer(valueTiers, await testEngine({ orders: ladder }))
  expect(result.tiers.map((tier) => [tier.tier, tier.customers, tier.revenue])).toEqual([
    ['Premium', 1, 100],
    ['Gold', 2, 90 + 80],
    ['Silver', 3, 70 + 60 + 50],
    ['Standard', 4, 40 + 30 + 20 + 10],
  ])
  // k9 is better than nine of ten in all three.
  expect(result.customers.find((customer) => customer.customer === 'k9')?.rank).toBeCloseTo(0.9, 12)
  expect(result.tiers[1]).toMatchObject({ medianMonetary: 85, medianOrders: 8.5, medianRecencyDays: 2.5 })
  expect(report.finding).toBe('Premium and Gold: 30.0% of customers, 49.1% of revenue')
  const cards = report.blocks.flatMap((block) => (block.kind === 'cards' ? block.cards : []))
  expect(cards.map((card) => card.rule)).toEqual(['top 10%', 'next 20%', 'next 30%', 'other 40%'])
})

test('equal customers that straddle a cut fall to the lower tier together', async () => {
  // Two equal best of five: the top 20 % would split them, so Premium is empty and Gold (to 60 %) takes both.
  const orders = ['a', 'b', 'c', 'd', 'e'].map((customer) => ({
    customer,
    order: customer,
    on: '2024-01-01',
    price: customer < 'c' ? 20 : 10,
  }))
  const params = { premium: 20, gold: 40, silver: 20, standard: 20 }
  const { result } = await answer(valueTiers, await testEngine({ orders }), params)
  expect(result.tiers.map((tier) => tier.customers)).toEqual([0, 2, 0, 3])
  expect(result.tiers[0]).toMatchObject({ customerShare: 0, revenueShare: 0, medianMonetary: null })
})

test('shares that do not add up are refused', async () => {
  const engine = await testEngine({ orders: ladder })
  await expect(answer(valueTiers, engine, { premium: 20 })).rejects.toMatchObject({
    code: 'bad-parameter',
    message: 'The four tiers add up to 110%, not to 100%.',
  })
})

test('everyone has one tier, no tier exceeds its share, better customers never stand lower', async () => {
  const order = fc.record({
    customer: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    day: fc.integer({ min: 10, max: 12 }),
    price: fc.integer({ min: 1, max: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 20 }), async (list) => {
      const orders = list.map(({ customer, day, price }) => ({ customer, on: `2024-01-${day}`, price }))
      const { result } = await answer(valueTiers, await testEngine({ orders }))
      const names = result.tiers.map((tier) => tier.tier)
      expect(result.tiers.reduce((sum, tier) => sum + tier.customers, 0)).toBe(result.customers.length)
      expect(result.tiers[0]?.customerShare).toBeLessThanOrEqual(0.1 + 1e-9)
      for (const one of result.customers) {
        for (const other of result.customers) {
          if (one.rank > other.rank) expect(names.indexOf(one.tier)).toBeLessThanOrEqual(names.indexOf(other.tier))
          if (one.rank === other.rank) expect(one.tier).toBe(other.tier)
        }
      }
    }),
    { numRuns: 15, seed: 94 },
  )
})
