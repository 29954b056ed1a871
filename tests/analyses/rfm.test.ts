import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rfm } from '../../shared/analyses/segment/rfm/rfm'
import { rfmGroups } from '../../shared/analyses/segment/rfmGroups/rfmGroups'
import { defaultGrid, groupOf, parseGrid } from '../../shared/groupGrid'
import { frequencyMoney, tieSafeScores } from '../../shared/rfmScores'
import { answer, type TestLine, testEngine } from './testEngine'

/** A customer with so many orders on one day, each of the price. */
function buyer(customer: string, orders: number, on: string, price: number): TestLine[] {
  return Array.from({ length: orders }, (_, index) => ({ customer, order: `${customer}-${index}`, on, price }))
}

describe('tie-safe scores', () => {
  test('1 × 7, 2, 3, 5 score 1 seven times, 4, 5, 5', () => {
    expect(tieSafeScores([1, 1, 1, 1, 1, 1, 1, 2, 3, 5], 'larger')).toEqual([1, 1, 1, 1, 1, 1, 1, 4, 5, 5])
  })

  test('fewer days are better', () => {
    expect(tieSafeScores([10, 20, 30, 40, 50], 'smaller')).toEqual([5, 4, 3, 2, 1])
  })

  test('equal values score equal, better ones never less, the top band is better than its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        fc.integer({ min: 2, max: 10 }),
        (values, bands) => {
          const scores = tieSafeScores(values, 'larger', bands)
          values.forEach((value, index) => {
            const score = scores[index] ?? 0
            const worse = values.filter((other) => other < value).length
            expect(score).toBe(Math.min(bands, 1 + Number((BigInt(bands) * BigInt(worse)) / BigInt(values.length))))
            values.forEach((other, at) => {
              if (other === value) expect(scores[at]).toBe(score)
              if (other < value) expect(scores[at]).toBeLessThanOrEqual(score)
            })
          })
        },
      ),
      { seed: 16 },
    )
  })

  test('frequency 4 and money 5 make 4.5, rounded up to 5: a Champion when recent', () => {
    expect(frequencyMoney(4, 5)).toBe(5)
    expect(groupOf(parseGrid(defaultGrid), 5, 5)).toBe('Champions')
  })
})

const five = [
  ...buyer('007', 5, '2024-01-31', 10),
  ...buyer('b', 4, '2024-01-21', 10),
  ...buyer('c', 3, '2024-01-11', 10),
  ...buyer('d', 2, '2024-01-05', 10),
  ...buyer('e', 1, '2024-01-01', 10),
]

describe('rfm', () => {
  test('recency in days to the snapshot, distinct orders, money; ids stay text', async () => {
    const more: TestLine[] = [
      ...five,
      { customer: '007', order: '007-0', on: '2024-01-31', price: 1 },
      { on: '2024-01-02' },
    ]
    const { result } = await answer(rfm, await testEngine({ orders: more }))
    expect(result.snapshot).toBe('2024-02-01')
    expect(result.customers).toEqual([
      { customer: '007', recencyDays: 1, orders: 5, monetary: 51, r: 5, f: 5, m: 5, fm: 5, group: 'Champions' },
      { customer: 'b', recencyDays: 11, orders: 4, monetary: 40, r: 4, f: 4, m: 4, fm: 4, group: 'Loyal' },
      { customer: 'c', recencyDays: 21, orders: 3, monetary: 30, r: 3, f: 3, m: 3, fm: 3, group: 'Needs attention' },
      { customer: 'd', recencyDays: 27, orders: 2, monetary: 20, r: 2, f: 2, m: 2, fm: 2, group: 'Almost lost' },
      { customer: 'e', recencyDays: 31, orders: 1, monetary: 10, r: 1, f: 1, m: 1, fm: 1, group: 'Dormant' },
    ])
    expect(result.thresholds.r[0]).toEqual({ score: 5, from: 1, to: 1, customers: 1 })
    expect(result.fewerBands).toEqual([])
    expect(result.leftOut).toEqual([{ reason: 'order lines without a customer', rows: 1 }])
  })

  test('an earlier snapshot uses only what lies before it', async () => {
    const { result } = await answer(rfm, await testEngine({ orders: five }), { snapshot: '2024-01-11' })
    expect(result.customers.map((customer) => [customer.customer, customer.recencyDays])).toEqual([
      ['d', 6],
      ['e', 10],
    ])
    expect(result.leftOut).toEqual([{ reason: 'order lines on or after the snapshot', rows: 12 }])
  })

  test('money follows the view asked for', async () => {
    const orders = [{ customer: 'a', order: '1', on: '2024-01-01', price: 100, discountRate: 0.1, delivery: 5 }]
    const money = async (monetary: string) =>
      (await answer(rfm, await testEngine({ orders }), { monetary })).result.customers[0]?.monetary
    expect([await money('project'), await money('net'), await money('gross')]).toEqual([95, 90, 100])
  })

  test('many one-time buyers: fewer distinct scores, and the report says so', async () => {
    const orders = [...Array.from({ length: 9 }, (_, index) => buyer(`x${index}`, 1, '2024-01-01', 10)).flat(), ...five]
    const { result, report } = await answer(rfm, await testEngine({ orders }))
    // Ten of fourteen have one order: 1; two, three, four, five orders have 10, 11, 12, 13 worse: 4, 4, 5, 5.
    expect(result.fewerBands).toContainEqual({ measure: 'frequency', bands: 3 })
    const caveats = report.blocks.flatMap((block) => (block.kind === 'sentence' ? [block.text] : []))
    expect(caveats).toContain(
      'Frequency reaches only 3 distinct scores of 5: many customers are equal, and equal customers stay together.',
    )
  })

  test('fixed limits in place of shares', async () => {
    const params = { bands: 3, recencyLimits: '7, 21', frequencyLimits: '2,5', moneyLimits: '30, 40' }
    const { result } = await answer(rfm, await testEngine({ orders: five }), params)
    expect(result.customers.map(({ r, f, m }) => [r, f, m])).toEqual([
      [3, 3, 3],
      [2, 2, 3],
      [2, 2, 2],
      [1, 2, 1],
      [1, 1, 1],
    ])
  })

  test.each([
    { params: { recencyLimits: '30, 60' }, code: 'bad-parameter' },
    { params: { moneyLimits: '4, 3, 2, 1' }, code: 'bad-parameter' },
    { params: { snapshot: '2023-12-31' }, code: 'not-enough-data' },
  ])('$params is $code', async ({ params, code }) => {
    await expect(answer(rfm, await testEngine({ orders: five }), params)).rejects.toMatchObject({ code })
  })

  test('a snapshot must be a day of the calendar', () => {
    expect(rfm.params.safeParse({ snapshot: '2024-02-30' }).success).toBe(false)
    expect(rfm.params.safeParse({ snapshot: '2024-02-29' }).success).toBe(true)
  })

  test('the order of the lines does not matter', async () => {
    const there = await answer(rfm, await testEngine({ orders: five }))
    const back = await answer(rfm, await testEngine({ orders: five.toReversed() }))
    expect(back).toEqual(there)
  })
})

describe('rfmGroups', () => {
  test('groups and grid hold everyone once', async () => {
    const { result, report } = await answer(rfmGroups, await testEngine({ orders: five }))
    expect(result.groups.reduce((sum, group) => sum + group.customers, 0)).toBe(5)
    expect(result.grid.reduce((sum, cell) => sum + cell.customers, 0)).toBe(5)
    expect(result.groups.find((group) => group.group === 'Champions')).toMatchObject({
      customers: 1,
      customerShare: 0.2,
      revenue: 50,
      medianRecencyDays: 1,
      medianOrders: 5,
    })
    expect(report.finding).toBe('1 Champions alone bring 33.3% of revenue; 0 At risk still hold 0.0%')
  })

  test('an own grid', async () => {
    const grid = Array.from({ length: 5 }, (_, row) =>
      Array.from({ length: 5 }, () => (row < 2 ? 'Warm' : 'Cold')).join(),
    )
    const { result } = await answer(rfmGroups, await testEngine({ orders: five }), { grid: grid.join(';') })
    expect(result.groups.map(({ group, customers }) => [group, customers])).toEqual([
      ['Warm', 2],
      ['Cold', 3],
    ])
    await expect(answer(rfmGroups, await testEngine({ orders: five }), { grid: 'Warm; Cold' })).rejects.toMatchObject({
      code: 'bad-parameter',
    })
  })
})
