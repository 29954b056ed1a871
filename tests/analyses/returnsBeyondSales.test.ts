import { expect, test } from 'vitest'
import { initiatives } from '../../shared/analyses/case/initiatives/initiatives'
import { monthlyMoney } from '../../shared/analyses/explore/monthlyMoney/monthlyMoney'
import { newVsExisting } from '../../shared/analyses/explore/newVsExisting/newVsExisting'
import { overview } from '../../shared/analyses/explore/overview/overview'
import { rfmGroups } from '../../shared/analyses/segment/rfmGroups/rfmGroups'
import { valueTiers } from '../../shared/analyses/segment/valueTiers/valueTiers'
import { answer, type TestLine, testEngine } from './testEngine'

// a buys for 10 and returns 30 in January, b buys for 5 in February: −20, then 5, −15 in all.
const orders: TestLine[] = [
  { customer: 'a', order: '1', on: '2024-01-01', price: 10, quantity: 1 },
  { customer: 'a', order: '2', on: '2024-01-31', price: 10, quantity: -3 },
  { customer: 'b', order: '3', on: '2024-02-29', price: 5, quantity: 1 },
]

test('nothing is a share of revenue below zero', async () => {
  const engine = await testEngine({ orders, spend: [{ on: '2024-01-05', source: 'Online', cost: 3 }] })
  const tiers = (await answer(valueTiers, engine)).result.tiers
  expect(tiers.map((tier) => tier.revenueShare)).toEqual([0, 0, 0, 0])
  const groups = (await answer(rfmGroups, engine)).result
  expect(groups.revenue).toBe(-15)
  expect(new Set(groups.groups.map((group) => group.revenueShare))).toEqual(new Set([0]))
  const money = (await answer(monthlyMoney, engine)).result
  expect(money.total).toMatchObject({ revenue: -15, spend: 3, spendShare: null, deliveryShare: null })
  // Only February has revenue to relate to.
  expect(money.months.map((month) => month.spendShare)).toEqual([null, 0])
  const { result, report } = await answer(newVsExisting, engine)
  expect(result.total.newShare).toBeNull()
  expect(report.finding).toBe('2 customers, no revenue to share out')
})

test('a change from below zero has no percentage', async () => {
  const { result, report } = await answer(overview, await testEngine({ orders }))
  expect(result.change).toMatchObject({ revenueBefore: -20, revenueAfter: 5 })
  expect(result.periods[1]).toMatchObject({ revenueBefore: -20, revenueChange: null })
  expect(report.reading).toMatch(/^Revenue rose from Jan 2024 to Feb 2024/)
})

test('a case cannot start from it', async () => {
  await expect(answer(initiatives, await testEngine({ orders }))).rejects.toMatchObject({
    code: 'not-enough-data',
    message: expect.stringContaining('Returns exceed sales'),
  })
})
