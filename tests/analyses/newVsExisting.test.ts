import { expect, test } from 'vitest'
import { newVsExisting } from '../../shared/analyses/explore/newVsExisting/newVsExisting'
import { answer, type TestLine, testEngine } from './testEngine'

// Definition 10: one customer, orders of 10 and 20 in January, 30 in February.
const orders: TestLine[] = [
  { customer: 'a', order: '9', on: '2024-01-05', price: 10 },
  { customer: 'a', order: '10', on: '2024-01-20', price: 20 },
  { customer: 'a', order: '11', on: '2024-02-03', price: 30 },
]

test.each([
  { rule: 'order', fresh: 10, existing: 50 },
  { rule: 'month', fresh: 30, existing: 30 },
])('by $rule: new $fresh, existing $existing', async ({ rule, fresh, existing }) => {
  const { result, report } = await answer(newVsExisting, await testEngine({ orders }), { rule })
  expect(result.total.new.revenue).toBe(fresh)
  expect(result.total.existing.revenue).toBe(existing)
  expect(report.reading).toContain(rule === 'order' ? 'only the first order' : 'all orders of a customer’s first month')
})

test('customers and orders are distinct in every cell and in the total', async () => {
  const more = [
    ...orders,
    { customer: 'a', order: '11', on: '2024-02-03', price: 5 },
    { customer: 'b', order: '12', on: '2024-02-29', price: 40 },
    { on: '2024-02-29', price: 1000 },
  ]
  const { result } = await answer(newVsExisting, await testEngine({ orders: more }), { rule: 'order' })
  expect(result.months.map((month) => [month.new, month.existing])).toEqual([
    [
      { customers: 1, orders: 1, revenue: 10 },
      { customers: 1, orders: 1, revenue: 20 },
    ],
    [
      { customers: 1, orders: 1, revenue: 40 },
      { customers: 1, orders: 1, revenue: 35 },
    ],
  ])
  expect(result.total.existing).toEqual({ customers: 1, orders: 2, revenue: 55 })
  expect(result.total.newShare).toBeCloseTo(50 / 105, 9)
  expect(result.leftOut).toEqual([{ reason: 'order lines without a customer', rows: 1 }])
})

test('of several orders on one day the smallest number is the first, whatever the order of the lines', async () => {
  const oneDay = orders.map((line) => ({ ...line, on: '2024-01-31' }))
  for (const lines of [oneDay, oneDay.toReversed()]) {
    const { result } = await answer(newVsExisting, await testEngine({ orders: lines }), { rule: 'order' })
    expect(result.total.new.revenue).toBe(10)
  }
})
