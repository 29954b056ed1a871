import { expect, test } from 'vitest'
import { overview } from '../../shared/analyses/explore/overview/overview'
import { answer, type TestLine, testEngine } from './testEngine'

// Definition 11: 2 × 100, 10 % off, 18 % tax, delivery 6.50 is an invoice of 218.90.
const line: TestLine = {
  customer: 'a',
  order: '1',
  on: '2024-01-05',
  quantity: 2,
  price: 100,
  discountRate: 0.1,
  taxRate: 0.18,
  delivery: 6.5,
}

test('the amounts of one line', async () => {
  const { result, report } = await answer(overview, await testEngine({ orders: [line] }))
  expect(result.totals).toEqual({
    lines: 1,
    orders: 1,
    customerOrders: 1,
    customers: 1,
    units: 2,
    gross: 200,
    discount: 20,
    net: 180,
    tax: 32.4,
    delivery: 6.5,
    invoice: 218.9,
    revenue: 218.9,
  })
  expect(result.change).toBeNull()
  expect(report.finding).toBe('1 customer brought 219 of invoice revenue in 1 order')
})

// Order 1 is shared by a and b; c's line has no customer.
const shop: TestLine[] = [
  { customer: 'a', order: '1', on: '2024-01-01', quantity: 1, price: 10 },
  { customer: 'b', order: '1', on: '2024-01-01', quantity: 3, price: 10 },
  { customer: 'a', order: '2', on: '2024-02-10', quantity: 2, price: 10 },
  { order: '3', on: '2024-04-30', quantity: 4, price: 10, discountRate: 0.25 },
]

test('orders are distinct ids, pairs stand beside them, rates divide by orders', async () => {
  const { result } = await answer(overview, await testEngine({ orders: shop }))
  expect(result.totals).toMatchObject({ lines: 4, orders: 3, customerOrders: 4, customers: 2, units: 10, gross: 100 })
  expect(result.averageOrderValue).toBeCloseTo(30, 9)
  expect(result.netPerOrder).toBeCloseTo(30, 9)
  expect(result.itemsPerOrder).toBeCloseTo(10 / 3, 9)
  expect(result.ordersPerCustomer).toBeCloseTo(1.5, 9)
  expect(result.linesWithoutCustomer).toBe(1)
})

test('a month without orders stays in the series, with the month before beside each', async () => {
  const { result } = await answer(overview, await testEngine({ orders: shop }))
  expect(result.periods.map(({ start, revenue, revenueBefore }) => [start, revenue, revenueBefore])).toEqual([
    ['2024-01-01', 40, null],
    ['2024-02-01', 20, 40],
    ['2024-03-01', 0, 20],
    ['2024-04-01', 30, 0],
  ])
  expect(result.periods[1]?.revenueChange).toBeCloseTo(-0.5, 9)
  expect(result.periods[3]?.revenueChange).toBeNull()
})

test('an unfinished month is marked and not compared', async () => {
  const orders = [...shop, { customer: 'a', order: '4', on: '2024-05-03', price: 7 }]
  const { result, report } = await answer(overview, await testEngine({ orders }))
  expect(result.periods.map((row) => row.unfinished)).toEqual([false, false, false, false, true])
  expect(result.change).toMatchObject({ before: '2024-03-01', after: '2024-04-01' })
  expect(result.periods[4]?.revenueChange).toBeNull()
  const chart = report.blocks.find((block) => block.kind === 'chart')
  expect(chart?.table.unfinishedRows).toEqual([4])
})

test('both products of revenue add up to the change exactly', async () => {
  const orders = [
    { customer: 'a', order: '1', on: '2024-01-01', quantity: 2, price: 11 },
    { customer: 'b', order: '2', on: '2024-01-31', quantity: 1, price: 5 },
    { customer: 'a', order: '3', on: '2024-02-01', quantity: 1, price: 13 },
    { customer: 'c', order: '4', on: '2024-02-11', quantity: 4, price: 3 },
    { customer: 'c', order: '5', on: '2024-02-29', quantity: 1, price: 17 },
  ]
  const { change } = (await answer(overview, await testEngine({ orders }))).result
  expect(change?.revenueAfter).toBe(42)
  for (const split of [change?.byCustomers, change?.byBasket]) {
    const parts = split?.factors.reduce((sum, factor) => sum + factor.part, 0)
    expect(parts).toBeCloseTo(42 - 27, 9)
  }
})

test('orders that name no customer have no branch of customers', async () => {
  const orders = [
    { order: '1', on: '2024-01-01', price: 10 },
    { order: '2', on: '2024-02-29', price: 20 },
  ]
  const { result, report } = await answer(overview, await testEngine({ orders }))
  expect(result.change?.byCustomers).toBeNull()
  expect(result.change?.byBasket?.change).toBe(10)
  expect(report.finding).toBe('2 orders brought 30 of invoice revenue')
})

test('weeks begin on Monday, across the new year', async () => {
  const orders = ['2020-12-28', '2021-01-03', '2021-01-04', '2021-01-10'].map((on) => ({ customer: 'a', on, price: 1 }))
  const { result } = await answer(overview, await testEngine({ orders }), { grain: 'week' })
  expect(result.periods.map((row) => [row.start, row.revenue, row.unfinished])).toEqual([
    ['2020-12-28', 2, false],
    ['2021-01-04', 2, false],
  ])
})

test('the order of the lines does not matter', async () => {
  const there = await answer(overview, await testEngine({ orders: shop }))
  const back = await answer(overview, await testEngine({ orders: shop.toReversed() }))
  expect(back).toEqual(there)
})

test('no dated line is not enough data', async () => {
  await expect(answer(overview, await testEngine({ orders: [] }))).rejects.toMatchObject({ code: 'not-enough-data' })
})
