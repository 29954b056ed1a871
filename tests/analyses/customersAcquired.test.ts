import { expect, test } from 'vitest'
import { customersAcquired } from '../../shared/analyses/explore/customersAcquired/customersAcquired'
import { answer, type TestLine, testEngine } from './testEngine'

const orders: TestLine[] = [
  { customer: 'a', on: '2024-01-01' },
  { customer: 'b', on: '2024-01-15' },
  { customer: 'a', on: '2024-02-01' },
  { customer: 'c', on: '2024-02-02' },
  { customer: 'c', on: '2024-02-03' },
  { customer: 'd', on: '2024-04-30' },
  { on: '2024-04-30' },
]

test('each customer is acquired once, in the month of the first order', async () => {
  const { result, report } = await answer(customersAcquired, await testEngine({ orders }))
  expect(result.periods.map((row) => [row.start, row.acquired, row.active, row.cumulative, row.newShare])).toEqual([
    ['2024-01-01', 2, 2, 2, 1],
    ['2024-02-01', 1, 2, 3, 0.5],
    ['2024-03-01', 0, 0, 3, null],
    ['2024-04-01', 1, 1, 4, 1],
  ])
  // February 1, March 0, April 1; January also holds older customers.
  expect(result.meanAcquired).toBeCloseTo(2 / 3, 9)
  expect(result.leftOut).toEqual([{ reason: 'order lines without a customer', rows: 1 }])
  expect(report.finding).toBe('4 customers bought for the first time, about 1 a month')
})

test.each(['month', 'week', 'day'])('by %s everyone is acquired exactly once', async (grain) => {
  const { result } = await answer(customersAcquired, await testEngine({ orders }), { grain })
  expect(result.periods.reduce((sum, row) => sum + row.acquired, 0)).toBe(4)
  expect(result.periods.every((row) => row.acquired <= row.active)).toBe(true)
})

test('orders without any customer are not enough data', async () => {
  const engine = await testEngine({ orders: [{ on: '2024-01-01' }] })
  await expect(answer(customersAcquired, engine)).rejects.toMatchObject({ code: 'not-enough-data' })
})
