import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { revenueTree } from '../../shared/analyses/explore/revenueTree/revenueTree'
import { splitChange } from '../../shared/stats/splitChange'
import { answer, type TestLine, testEngine } from './testEngine'

describe('splitChange', () => {
  test('the worked example: visits and conversion cancel, items bring it all', () => {
    // 10,000 × 3.0 % × 2.0 × 25 = 15,000 → 12,000 × 2.5 % × 2.1 × 25 = 15,750
    const parts = splitChange([10_000, 0.03, 2, 25], [12_000, 0.025, 2.1, 25])
    expect(parts.map((part) => part.toFixed(2))).toEqual(['2802.64', '-2802.64', '750.00', '0.00'])
  })

  test('equal products: the parts cancel', () => {
    const parts = splitChange([2, 3], [3, 2])
    expect(parts[0]).toBeCloseTo(6 * Math.log(1.5), 9)
    expect((parts[0] ?? 0) + (parts[1] ?? 0)).toBeCloseTo(0, 9)
  })

  test('a zero factor falls back to Shapley values', () => {
    // 0 × 10 → 4 × 20: customers alone bring 4 × 10 or 4 × 20, mean 60; price 0 or 40, mean 20.
    expect(splitChange([0, 10], [4, 20])).toEqual([60, 20])
  })

  test('parts always add up to the change', () => {
    const factor = fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 1000, noNaN: true }))
    const pair = fc.tuple(factor, factor)
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 4 }), (pairs) => {
        const [before, after] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
        const product = (factors: readonly number[]) => factors.reduce((value, each) => value * each, 1)
        const change = product(after) - product(before)
        const parts = splitChange(before, after).reduce((sum, part) => sum + part, 0)
        expect(Math.abs(parts - change)).toBeLessThanOrEqual(1e-9 * Math.max(1, product(after), product(before)))
      }),
      { seed: 14 },
    )
  })
})

const month = (name: string, day: string, orders: number, price: number): TestLine[] =>
  Array.from({ length: orders }, (_, index) => ({
    customer: `c${index % 2}`,
    order: `${name}-${index}`,
    on: `${name}-${day}`,
    quantity: 2,
    price,
  }))

// January 4 orders of 2 × 5 = 40, February 6 × 2 × 5 = 60, March 6 × 2 × 10 = 120, one order in April.
const orders = [
  ...month('2024-01', '01', 4, 5),
  ...month('2024-02', '10', 6, 5),
  ...month('2024-03', '31', 6, 10),
  ...month('2024-04', '02', 1, 10),
]

describe('revenueTree', () => {
  test('compares the last two finished months', async () => {
    const { result, report } = await answer(revenueTree, await testEngine({ orders }))
    expect([result.before.start, result.after.start]).toEqual(['2024-02-01', '2024-03-01'])
    // Only the price moved: it explains all of +60.
    expect(result.byBasket?.factors.map((factor) => [factor.name, factor.part])).toEqual([
      ['Orders', 0],
      ['Items per order', 0],
      ['Revenue per item', expect.closeTo(60, 9)],
    ])
    expect(report.finding).toBe('Invoice revenue moved by +60 from Feb 2024 to Mar 2024')
  })

  test('compares two named months', async () => {
    const engine = await testEngine({ orders })
    const { result } = await answer(revenueTree, engine, { before: '2024-01', after: '2024-02' })
    expect(result.byCustomers?.factors.map((factor) => [factor.name, factor.part])).toEqual([
      ['Customers', 0],
      ['Orders per customer', expect.closeTo(20, 9)],
      ['Revenue per order', 0],
    ])
  })

  test('an unfinished month is compared only when it is named, and then said', async () => {
    const engine = await testEngine({ orders })
    const { report } = await answer(revenueTree, engine, { before: '2024-03', after: '2024-04' })
    expect(report.blocks.filter((block) => block.kind === 'sentence').map((block) => block.text)).toEqual([
      'The data do not cover all of Apr 2024: part of the change is only that.',
    ])
  })

  test('with visits the tree begins with visit sessions × conversion', async () => {
    const visit = (at: string) => ({ customer: 'v', at })
    const visits = [
      ...Array.from({ length: 12 }, () => visit('2024-02-03 10:00:00')),
      ...Array.from({ length: 24 }, () => visit('2024-03-03 10:00:00')),
    ]
    const { result } = await answer(revenueTree, await testEngine({ orders, visits }))
    const [sessions, conversion] = result.byBasket?.factors ?? []
    expect(sessions).toMatchObject({ name: 'Visit sessions', before: 12, after: 24 })
    expect(conversion).toMatchObject({ name: 'Conversion', before: 0.5, after: 0.25 })
    expect((sessions?.part ?? 0) + (conversion?.part ?? 0)).toBeCloseTo(0, 9)
  })

  test.each([
    { params: { before: '2023-12', after: '2024-01' }, code: 'bad-parameter' },
    { params: { before: '2024-02', after: '2024-02' }, code: 'bad-parameter' },
    { params: { after: '2024-01' }, code: 'not-enough-data' },
  ])('$params is $code', async ({ params, code }) => {
    await expect(answer(revenueTree, await testEngine({ orders }), params)).rejects.toMatchObject({ code })
  })
})
