import { expect, test } from 'vitest'
import { monthlyMoney } from '../../shared/analyses/explore/monthlyMoney/monthlyMoney'
import { answer, type TestLine, testEngine } from './testEngine'

const orders: TestLine[] = [
  // Invoice 100 × 0.9 × 1.1 + 1 = 100
  { customer: 'a', order: '1', on: '2024-01-01', price: 100, discountRate: 0.1, taxRate: 0.1, delivery: 1 },
  { customer: 'b', order: '2', on: '2024-02-10', price: 200, delivery: 50 },
  { customer: 'a', order: '3', on: '2024-02-29', price: 50 },
]
const spend = [
  { on: '2024-01-10', source: 'Online', cost: 20 },
  { on: '2024-01-20', source: 'Online', cost: 10 },
  { on: '2024-01-31', source: 'Offline', cost: 5 },
  { on: '2024-02-01', source: 'Online', cost: 60 },
]

test('spend and delivery as shares of the same revenue view', async () => {
  const { result, report } = await answer(monthlyMoney, await testEngine({ orders, spend }))
  expect(result.sources).toEqual(['Offline', 'Online'])
  expect(result.months[0]).toMatchObject({
    month: '2024-01-01',
    revenue: 100,
    gross: 100,
    discount: 10,
    net: 90,
    tax: 9,
    delivery: 1,
    spend: 35,
    spendBySource: { Online: 30, Offline: 5 },
    spendShare: 0.35,
    deliveryShare: 0.01,
  })
  expect(result.total).toMatchObject({ revenue: 400, spend: 95, spendShare: 0.2375, deliveryShare: 51 / 400 })
  expect(report.finding).toBe('Marketing takes 23.8% of invoice revenue: 95 of 400')
})

test('another revenue view changes every share', async () => {
  const { result } = await answer(monthlyMoney, await testEngine({ orders, spend }), { revenue: 'net' })
  expect(result.months.map((month) => [month.revenue, month.spendShare])).toEqual([
    [90, 35 / 90],
    [250, 0.24],
  ])
})

test('without spend the columns are missing and it is said', async () => {
  const { result, report } = await answer(monthlyMoney, await testEngine({ orders }))
  expect(result.total.spend).toBeNull()
  expect(report.reading).toContain('no marketing spend')
  const labels = report.blocks.flatMap((block) =>
    block.kind === 'table' ? block.table.columns.map((column) => column.label) : [],
  )
  expect(labels).not.toContain('Spend')
  expect(labels).toContain('Delivery %')
})

test('months of the table add up to its total', async () => {
  const { report } = await answer(monthlyMoney, await testEngine({ orders, spend }))
  const table = report.blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []))[0]
  table?.columns.forEach((column, index) => {
    if (column.format !== 'cents') return
    const sum = table.rows.reduce((all, row) => all + Number(row[index]), 0)
    expect(sum).toBeCloseTo(Number(table.total?.[index]), 6)
  })
  expect(table?.columns.length).toBeGreaterThan(10)
})

test('spend before the orders and spend without a day are both said', async () => {
  const more = [...spend, { on: '2023-12-31', source: 'Online', cost: 40 }, { on: null, source: 'Online', cost: 3 }]
  const { result, report } = await answer(monthlyMoney, await testEngine({ orders, spend: more }))
  expect(result.spendOutsideOrders).toBe(40)
  expect(result.spendRowsUnread).toBe(1)
  expect(result.months[0]).toMatchObject({
    month: '2023-12-01',
    revenue: 0,
    spend: 40,
    spendShare: null,
    unfinished: true,
  })
  expect(report.blocks.filter((block) => block.kind === 'sentence')).toHaveLength(3)
})
