import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { campaignRoi } from '../../shared/analyses/case/campaignRoi/campaignRoi'
import { createFormatter } from '../../shared/format'
import { type TestLine, testEngine } from './testEngine'

const format = createFormatter({ locale: 'en-US', currency: null })
const nothing = await testEngine(null)
const best = (buyerShare: number) => [
  { name: 'Top 20%', people: 200, buyerShare, contacted: true },
  { name: 'Others', people: 800, buyerShare: 1 - buyerShare, contacted: false },
]

describe('1,000 visitors, 1.00 a contact, 50 buyers, contact the best 200', () => {
  test.each([
    { share: 1, w: 0, reached: 50, kept: 50, perCustomer: 4, breakEven: null },
    { share: 0.8, w: 0, reached: 40, kept: 40, perCustomer: 5, breakEven: 80 },
    { share: 0.8, w: 0.7, reached: 40, kept: 47, perCustomer: 4.26, breakEven: 266.67 },
  ])('they hold $share of the buyers, w = $w', async ({ share, w, reached, kept, perCustomer, breakEven }) => {
    const params = campaignRoi.params.parse({ people: 1000, buyers: 50, tiers: best(share), baselineResponse: w })
    const { base } = await campaignRoi.run(params, nothing)
    expect(base.asIs).toMatchObject({ cost: 1000, salesKept: 50, costPerCustomer: 20 })
    expect(base.toBe.cost).toBe(200)
    expect(base.savingShare).toBeCloseTo(0.8, 12)
    expect(base.toBe.buyersReached).toBeCloseTo(reached, 9)
    expect(base.toBe.salesKept).toBeCloseTo(kept, 9)
    expect(base.toBe.costPerCustomer).toBeCloseTo(perCustomer, 2)
    if (breakEven === null) expect(base.breakEvenMargin).toBeNull()
    else expect(base.breakEvenMargin).toBeCloseTo(breakEven, 2)
  })

  test('net effect is the saving less the margin of the sales lost', async () => {
    const params = campaignRoi.params.parse({
      people: 1000,
      buyers: 50,
      tiers: best(0.8),
      baselineResponse: 0.7,
      marginPerSale: 100,
    })
    const { base } = await campaignRoi.run(params, nothing)
    expect(base.netEffect).toBeCloseTo(800 - 3 * 100, 9)
  })

  // 200 × 1.00 + 300 × 0.30 + 500 × 0.10 = 340.
  test('a blended plan costs 340, 66 % less', async () => {
    const params = campaignRoi.params.parse({
      people: 1000,
      buyers: 50,
      tiers: [
        { name: 'Hot', people: 200, contactCost: 1, buyerShare: 0.8, contacted: true },
        { name: 'Warm', people: 300, contactCost: 0.3, buyerShare: 0.15, contacted: true },
        { name: 'Cold', people: 500, contactCost: 0.1, buyerShare: 0.05, contacted: true },
      ],
    })
    const { base } = await campaignRoi.run(params, nothing)
    expect(base.toBe.cost).toBeCloseTo(340, 9)
    expect(base.savingShare).toBeCloseTo(0.66, 9)
    expect(base.toBe.salesLost).toBeCloseTo(0, 9)
  })
})

// Ten customers in January; a and b, the best spenders, and j order in February. Ranked before February,
// Premium is {a}, Gold {b, c}, Silver {d, e, f}, Standard {g … j}.
const lines: TestLine[] = [
  ...[...'abcdefghij'].map((customer, index) => ({
    customer,
    order: `jan-${customer}`,
    on: '2024-01-01',
    revenue: 1000 - index * 100,
  })),
  { customer: 'a', order: 'f1', on: '2024-02-10', revenue: 300 },
  { customer: 'b', order: 'f2', on: '2024-02-11', revenue: 100 },
  { customer: 'j', order: 'f3', on: '2024-02-12', revenue: 50 },
  { customer: 'z', order: 'f4', on: '2024-02-29', revenue: 70 },
]

test('tiers are ranked before the last complete month and judged in it', async () => {
  const params = campaignRoi.params.parse({ contactCost: 20 })
  const result = await campaignRoi.run(params, await testEngine(lines))
  expect(result.plan).toMatchObject({ people: 10, buyers: 3 })
  // (300 + 100 + 50) / 3 × 30 %.
  expect(result.plan.marginPerSale).toBeCloseTo(45, 9)
  // A tier pays when buyers × 0.5 × 45 > people × 20: Premium 22.5 > 20; Gold 22.5 < 40; nobody else.
  expect(
    result.tiers.map(({ name, people, buyers, contacted }) => ({
      name,
      people,
      buyers: Math.round(buyers),
      contacted,
    })),
  ).toEqual([
    { name: 'Premium', people: 1, buyers: 1, contacted: true },
    { name: 'Gold', people: 2, buyers: 1, contacted: false },
    { name: 'Silver', people: 3, buyers: 0, contacted: false },
    { name: 'Standard', people: 4, buyers: 1, contacted: false },
  ])
  expect(campaignRoi.report(result, params, format).finding).toBe(
    'Contacting 1 of 10 people avoids 180 of cost (90.0%) and puts 1 of 3 sales at stake.',
  )
})

test('without orders and numbers it says what is missing', async () => {
  await expect(campaignRoi.run(campaignRoi.params.parse({}), nothing)).rejects.toMatchObject({
    code: 'not-enough-data',
  })
})

test('tiers cannot hold more than all buyers', async () => {
  const params = campaignRoi.params.parse({
    people: 10,
    buyers: 5,
    tiers: [
      { people: 5, buyerShare: 0.9, contacted: true },
      { people: 5, buyerShare: 0.9, contacted: true },
    ],
  })
  await expect(campaignRoi.run(params, nothing)).rejects.toMatchObject({ code: 'bad-parameter' })
})

test.each([
  {
    name: 'tiers with more people than there are',
    plan: {
      people: 100,
      buyers: 10,
      tiers: [
        { people: 80, buyerShare: 0.5 },
        { people: 40, buyerShare: 0.5 },
      ],
    },
    message: 'The tiers hold 120 people, but there are 100.',
  },
  {
    name: 'more buyers than people',
    plan: { people: 100, buyers: 150, tiers: [{ people: 100, buyerShare: 1 }] },
    message: 'There are 150 buyers, but only 100 people.',
  },
  {
    name: 'more buyers than people in a tier',
    plan: {
      people: 100,
      buyers: 50,
      tiers: [
        { name: 'Hot', people: 20, buyerShare: 0.8 },
        { people: 80, buyerShare: 0.2 },
      ],
    },
    message: 'Tier "Hot" holds 80% of 50 buyers, which is 40, but only 20 people.',
  },
  {
    name: 'tiers with more than all buyers',
    plan: {
      people: 100,
      buyers: 10,
      tiers: [
        { people: 50, buyerShare: 0.9 },
        { people: 50, buyerShare: 0.9 },
      ],
    },
    message: 'The tiers hold 180% of the buyers; at most 100% is possible.',
  },
])('refused: $name', async ({ plan, message }) => {
  await expect(campaignRoi.run(campaignRoi.params.parse(plan), nothing)).rejects.toMatchObject({
    code: 'bad-parameter',
    message,
  })
})

// 0.1 + 0.2 + 0.7 and thirds of people do not add up exactly in floating point.
test('tiers that add up exactly are possible', async () => {
  const params = campaignRoi.params.parse({
    people: 1000,
    buyers: 1000,
    tiers: [100.1, 200.2, 699.7].map((people) => ({ people, buyerShare: people / 1000, contacted: true })),
  })
  const { base } = await campaignRoi.run(params, nothing)
  expect(base.toBe.salesLost).toBeCloseTo(0, 9)
})

test('parameters are described as JSON Schema', () => {
  expect(z.toJSONSchema(campaignRoi.params, { io: 'input' })).toMatchObject({ type: 'object' })
})
