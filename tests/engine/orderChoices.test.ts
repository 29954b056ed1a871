import { describe, expect, test } from 'vitest'
import type { OverviewResult } from '../../shared/analyses/explore/overview/overview'
import type { Choice } from '../../shared/description'
import type { ProjectState } from '../../shared/engineApi'
import { type FileLine, type LinesProject, linesProject } from '../analyses/linesProject'

/**
 * Five lines of 100. Order 1 belongs to a (two lines) and b (one line), order 2 to a, order 3 names no customer.
 * Delivery stands on every line of its order.
 */
const base = { orderedAt: '2024-01-05', category: 'Toys', quantity: 1, unitPrice: 100 }
const shop: FileLine[] = [
  { ...base, order: '1', customer: 'a', delivery: 6, couponState: 'Used' },
  { ...base, order: '1', customer: 'a', delivery: 6, couponState: 'Clicked' },
  { ...base, order: '1', customer: 'b', delivery: 6, couponState: 'Not Used' },
  { ...base, order: '2', customer: 'a', delivery: 4, couponState: 'Used' },
  { ...base, order: '3', customer: null, delivery: 1, couponState: 'Not Used' },
]
const rates = {
  coupons: [{ month: 'Jan', category: 'Toys', discountRate: 10 }],
  tax: [{ category: 'Toys', taxRate: 20 }],
}

const choiceOf = (state: ProjectState, key: string): Choice | undefined =>
  state.choices.find((choice) => choice.key === key)
const totalsOf = (state: ProjectState, key: string): Record<string, number | null> =>
  Object.fromEntries((choiceOf(state, key)?.options ?? []).map((option) => [option.key, option.total]))
const overviewOf = async (project: LinesProject): Promise<OverviewResult['totals']> =>
  ((await project.run('overview')).result as OverviewResult).totals

describe('defaults', () => {
  test('are used coupons, delivery on every line, the order id, the invoice', async () => {
    const project = await linesProject(shop, rates)
    expect(project.state.choices.map(({ key, chosen, decidedBy }) => [key, chosen, decidedBy])).toEqual([
      ['discount', 'used', 'default'],
      ['delivery', 'everyLine', 'default'],
      ['orderIdentity', 'orderId', 'default'],
      ['revenueView', 'invoice', 'default'],
    ])
    // Net 500 − 10 − 10 = 480, tax 96, delivery 6 + 6 + 6 + 4 + 1 = 23.
    expect(await overviewOf(project)).toMatchObject({
      orders: 3,
      gross: 500,
      discount: 20,
      net: 480,
      tax: 96,
      delivery: 23,
      invoice: 599,
      revenue: 599,
    })
  })

  test('a choice that the files do not ask is refused', async () => {
    const made = linesProject([{ orderedAt: '2024-01-05', unitPrice: 1 }], { choices: { discount: 'all' } })
    await expect(made).rejects.toMatchObject({ code: 'bad-parameter' })
  })
})

describe('discount', () => {
  // Net used 480, all 450, none 500; with 20 % tax and 23 delivery.
  test.each([
    { discount: 'used', net: 480, invoice: 599 },
    { discount: 'all', net: 450, invoice: 563 },
    { discount: 'none', net: 500, invoice: 623 },
  ])('$discount: net $net, invoice $invoice, as its option said before', async ({ discount, net, invoice }) => {
    const project = await linesProject(shop, rates)
    expect(totalsOf(project.state, 'discount')[discount]).toBeCloseTo(invoice, 6)
    await project.choose('discount', discount)
    expect(await overviewOf(project)).toMatchObject({ net, invoice, revenue: invoice })
  })

  test('is on no line by default where the files do not say which coupons were used', async () => {
    const lines = shop.map(({ couponState: _, ...line }) => line)
    const { state } = await linesProject(lines, rates)
    expect(choiceOf(state, 'discount')).toMatchObject({ chosen: 'none' })
    expect(totalsOf(state, 'discount')).toEqual({ none: 623, all: 563 })
  })

  test('is no question without coupons', async () => {
    const { state } = await linesProject(shop, { tax: rates.tax })
    expect(choiceOf(state, 'discount')).toBeUndefined()
  })
})

describe('delivery', () => {
  // Once per order id 6 + 4 + 1; once per order id and customer 6 + 6 + 4 + 1.
  test.each([
    { delivery: 'everyLine', counted: 23 },
    { delivery: 'oncePerOrder', counted: 11 },
    { delivery: 'oncePerOrderAndCustomer', counted: 17 },
  ])('$delivery counts $counted, as its option said before', async ({ delivery, counted }) => {
    const project = await linesProject(shop, rates)
    expect(totalsOf(project.state, 'delivery')[delivery]).toBeCloseTo(576 + counted, 6)
    await project.choose('delivery', delivery)
    expect(await overviewOf(project)).toMatchObject({ delivery: counted, invoice: 576 + counted, tax: 96 })
  })

  test('once per order and customer is offered only where customers share an order id', async () => {
    const { state } = await linesProject(shop.filter((line) => line.customer !== 'b'))
    // Goods 400; order 1 of a 6, order 2 of a 4, order 3 1; on every line one more 6.
    expect(totalsOf(state, 'delivery')).toEqual({ everyLine: 417, oncePerOrder: 411 })
  })

  test('is no question where every order has one line', async () => {
    const { state } = await linesProject(shop.slice(3))
    expect(choiceOf(state, 'delivery')).toBeUndefined()
  })

  test('once per order takes the charge from the line that states one', async () => {
    const lines = [
      { ...base, order: '1', customer: 'a', delivery: null },
      { ...base, order: '1', customer: 'a', delivery: 7 },
      { ...base, order: '1', customer: 'a', delivery: 7 },
    ]
    const { state } = await linesProject(lines)
    expect(totalsOf(state, 'delivery')).toEqual({ everyLine: 314, oncePerOrder: 307 })
  })

  const withoutIds = shop.map((line) => ({ ...line, order: null }))

  test('once per order counts an order without an id once, not all such lines together', async () => {
    // Without ids an order is a customer's day: a (6), b (6), the line without a customer (1).
    const project = await linesProject([{ ...base, order: '9', customer: 'c', delivery: 2 }, ...withoutIds], {
      choices: { delivery: 'oncePerOrder' },
    })
    expect(await overviewOf(project)).toMatchObject({ orders: 4, delivery: 2 + 6 + 6 + 1 })
  })

  test('without any order id the rule is the same', async () => {
    const project = await linesProject(
      withoutIds.map(({ order: _, ...line }) => line),
      { choices: { delivery: 'oncePerOrder' } },
    )
    expect(await overviewOf(project)).toMatchObject({ orders: 3, delivery: 6 + 6 + 1 })
  })
})

describe('order identity', () => {
  test.each([
    { identity: 'orderId', orders: 3 },
    { identity: 'orderIdAndCustomer', orders: 4 },
  ])('$identity makes $orders orders, as its option said before', async ({ identity, orders }) => {
    const project = await linesProject(shop)
    const options = choiceOf(project.state, 'orderIdentity')?.options ?? []
    expect(options.find((option) => option.key === identity)?.rule).toBe(`${orders} orders`)
    await project.choose('orderIdentity', identity)
    expect((await overviewOf(project)).orders).toBe(orders)
    expect(await project.rows('SELECT count(DISTINCT order_key)::INTEGER FROM orders')).toEqual([[orders]])
  })

  test('an option counts lines without an order id as the views do', async () => {
    const project = await linesProject([...shop, { ...base, order: null, customer: 'd', delivery: 3 }])
    const rules = (choiceOf(project.state, 'orderIdentity')?.options ?? []).map((option) => option.rule)
    expect(rules).toEqual(['4 orders', '5 orders'])
    expect((await overviewOf(project)).orders).toBe(4)
  })

  test('is no question where every order id has one customer', async () => {
    const { state } = await linesProject(shop.slice(3))
    expect(choiceOf(state, 'orderIdentity')).toBeUndefined()
  })
})

describe('revenue view', () => {
  test.each([
    { view: 'invoice', revenue: 599 },
    { view: 'net', revenue: 480 },
    { view: 'gross', revenue: 500 },
  ])('$view is $revenue, as its option said before', async ({ view, revenue }) => {
    const project = await linesProject(shop, rates)
    expect(totalsOf(project.state, 'revenueView')[view]).toBeCloseTo(revenue, 6)
    await project.choose('revenueView', view)
    expect((await overviewOf(project)).revenue).toBe(revenue)
  })

  test('is gross and no question where nothing stands between price and invoice', async () => {
    const project = await linesProject([{ orderedAt: '2024-01-05', revenue: 70 }])
    expect(project.state.choices).toEqual([])
    const answer = await project.run('overview')
    expect((answer.result as OverviewResult).revenueView).toBe('gross')
    expect(answer.report.finding).toContain('70 of gross revenue')
  })
})

describe('rates that can be read in several ways', () => {
  const lines = [
    { customer: 'a', order: '1', orderedAt: '2024-01-05', category: 'Toys', quantity: 1, unitPrice: 100 },
    { customer: 'b', order: '2', orderedAt: '2024-01-06', category: 'Books', quantity: 1, unitPrice: 50 },
  ]
  const coupons = [
    { month: 'Jan', category: 'Toys', discountRate: '10%' },
    { month: 'Jan', category: 'TOYS', discountRate: '20%' },
    { month: 'Jan', category: 'Books', discountRate: '30%' },
  ]
  const tax = [
    { category: 'Toys', taxRate: 0.5 },
    { category: 'Books', taxRate: 0.8 },
  ]

  // Books 35; Toys 100, 90 or 70.
  test.each([
    { rule: 'leaveOut', net: 135 },
    { rule: 'first', net: 125 },
    { rule: 'sum', net: 105 },
  ])('$rule of a repeated key: net $net, as its option said before', async ({ rule, net }) => {
    const project = await linesProject(lines, { coupons, choices: { discount: 'all', revenueView: 'net' } })
    expect(totalsOf(project.state, 'couponKeys')).toEqual({ leaveOut: 135, first: 125, sum: 105 })
    const state = await project.choose('couponKeys', rule)
    expect(totalsOf(state, 'couponKeys')[rule]).toBe(net)
    expect((await overviewOf(project)).net).toBe(net)
    // Whatever is chosen, the others keep their totals.
    expect(totalsOf(state, 'couponKeys')).toEqual({ leaveOut: 135, first: 125, sum: 105 })
  })

  // 150 × 1.5 and 1.8; or half a percent and 0.8 %.
  test.each([
    { scale: 'fraction', invoice: 240 },
    { scale: 'percent', invoice: 150.9 },
  ])('a scale of $scale: invoice $invoice, as its option said before', async ({ scale, invoice }) => {
    const project = await linesProject(lines, { tax })
    expect(totalsOf(project.state, 'taxScale')[scale]).toBeCloseTo(invoice, 6)
    const state = await project.choose('taxScale', scale)
    expect((await overviewOf(project)).invoice).toBeCloseTo(invoice, 6)
    expect(totalsOf(state, 'taxScale')['percent']).toBeCloseTo(150.9, 6)
    expect(totalsOf(state, 'taxScale')['fraction']).toBeCloseTo(240, 6)
  })
})
