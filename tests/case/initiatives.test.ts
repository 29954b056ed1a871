import { describe, expect, test } from 'vitest'
import { initiatives } from '../../shared/analyses/case/initiatives/initiatives'
import type { Engine } from '../../shared/analysis'
import { createFormatter } from '../../shared/format'
import { compareInside } from '../../shared/initiatives/discountPolicy'
import { type TestLine, testEngine } from './testEngine'

const format = createFormatter({ locale: 'en-US', currency: null })

// 100 customers order once in January (10 each, delivery 2); the first 30 order again in March (20 each).
const shop: TestLine[] = [
  ...Array.from({ length: 100 }, (_, index) => ({
    customer: `c${index}`,
    order: `jan${index}`,
    on: index === 0 ? '2024-01-01' : '2024-01-15',
    product: 'a',
    category: 'Mugs',
    revenue: 10,
    discount: index % 2 === 0 ? 2 : 0,
    delivery: 2,
  })),
  ...Array.from({ length: 30 }, (_, index) => ({
    customer: `c${index}`,
    order: `mar${index}`,
    on: '2024-03-31',
    product: 'b',
    category: 'Mugs',
    revenue: 20,
    delivery: 2,
  })),
]

describe('proposals', async () => {
  const engine = await testEngine(shop)
  const result = await initiatives.run(initiatives.params.parse({}), engine)
  const of = (type: string) => result.proposals.find((proposal) => proposal.type === type)

  test('all twenty types are judged, in order', () => {
    expect(result.proposals.map((proposal) => proposal.type)).toEqual(
      Array.from({ length: 20 }, (_, at) => `I${at + 1}`),
    )
    expect(result.proposals.every((proposal) => proposal.state === 'met' || proposal.reason !== '')).toBe(true)
  })

  // 70 of 100 order once; repeat revenue 30 × 20 of 100 × 10 + 600.
  test('I13 with its base share of measured repeat revenue', () => {
    expect(of('I13')).toMatchObject({
      state: 'met',
      evidence: [{ value: 0.7, count: 70, of: 100 }],
      initiative: { baseline: 0.3, baseShare: 0.375 },
    })
    expect(of('I13')?.initiative?.target.base).toBeCloseTo(0.33, 12)
    expect(of('I13')?.initiative?.rangeSource).toMatch(/assumed/)
  })

  // Both groups come back alike: 15 of 50 each.
  test('I17: no more customers come back with a discount, so a part of 100 / 3 a month could go', () => {
    expect(of('I17')).toMatchObject({ state: 'met' })
    expect(of('I17')?.evidence[0]?.value).toBeCloseTo(0, 12)
    expect(of('I17')?.initiative?.monthlySaving?.base).toBeCloseTo((100 / 3) * 0.2, 9)
  })

  test('I20: delivery is 20 % of every small order', () => {
    expect(of('I20')).toMatchObject({ state: 'met', evidence: [{ value: 1, count: 65, of: 65 }] })
  })

  test('I12: every order holds one product', () => {
    expect(of('I12')).toMatchObject({ state: 'met', initiative: { baseline: 1 } })
  })

  test('I15 and I14 need more customers', () => {
    expect(of('I15')).toMatchObject({ state: 'not computable' })
  })

  test('the three that are worth most make the case', () => {
    const worth = result.proposals
      .flatMap((one) => (one.monthlyWorth === null ? [] : [one.monthlyWorth]))
      .sort((a, b) => b - a)
    expect(result.proposedCase.initiatives).toHaveLength(3)
    expect(result.proposedCase.initiatives[0]?.type).toBe(
      result.proposals.find((one) => one.monthlyWorth === worth[0])?.type,
    )
    expect(result.proposedCase.initiatives[0]?.evidence).not.toBe('')
    expect(result.proposedCase.baseline.monthlyRevenue).toBeCloseTo(1600 / 3, 9)
  })

  test('the report says what speaks for each, and why the others are missing', () => {
    const report = initiatives.report(result, {}, format)
    expect(report.finding).toMatch(/^4 of 20 initiatives are called for/)
    const text = JSON.stringify(report.blocks)
    expect(text).toContain('One-time customers 70.0% (70 of 100 customers, 95% interval 60.4–78.1%)')
    expect(text).toContain('Needs events with views, purchases and times.')
  })
})

describe('initiatives that cannot be judged', () => {
  const reasons = async (has: Engine['facts']['has']) => {
    const engine = await testEngine(shop)
    const result = await initiatives.run(initiatives.params.parse({}), { ...engine, facts: { ...engine.facts, has } })
    return new Map(result.proposals.map((proposal) => [proposal.type, proposal.reason]))
  }

  test.each(['I3', 'I4'])('%s with spend and visits says that only the means are missing', async (type) => {
    const needed = 'Needs spend by source and the source of each first visit.'
    expect((await reasons((view) => view === 'orders' || view === 'spend')).get(type)).toBe(needed)
    const mapped = await reasons(
      (view, role) => ['orders', 'spend'].includes(view) || (view === 'visits' && role === 'source'),
    )
    expect(mapped.get(type)).toBe(`${needed} These data are there, but this version does not compute it yet.`)
  })

  test('with every kind of data no reason asks for data alone', async () => {
    const all = await reasons(() => true)
    const asking = [...all].filter(
      ([, reason]) => reason.startsWith('Needs ') && !/this version does not|at least/.test(reason),
    )
    expect(asking).toEqual([])
  })

  test('no text names an analysis that is not there', async () => {
    const words = [...(await reasons((view) => view === 'orders')).values(), initiatives.card].join(' ')
    expect(words).not.toMatch(/eventEffect|propensity\b(?! model)|kMeans|profiles|nextPurchase|basketRules/)
    expect(words).toContain('Needs a propensity model, which this version does not have yet.')
  })
})

describe('best customers', () => {
  // 200 customers in the first half; 20 of them spend 100 times as much, and come back.
  const lines: TestLine[] = [
    ...Array.from({ length: 200 }, (_, index) => ({
      customer: `c${index}`,
      order: `e${index}`,
      on: index === 0 ? '2024-01-01' : '2024-02-01',
      revenue: index < 20 ? 100 : 1,
    })),
    ...Array.from({ length: 20 }, (_, index) => ({
      customer: `c${index}`,
      order: `l${index}`,
      on: '2024-06-30',
      revenue: 100,
    })),
  ]

  test('concentration and what they do in the second half', async () => {
    const result = await initiatives.run(initiatives.params.parse({}), await testEngine(lines))
    const of = (type: string) => result.proposals.find((proposal) => proposal.type === type)
    expect(of('I14')).toMatchObject({ state: 'met', initiative: { baseline: 1, baseShare: 1 } })
    // Top 20 % = 40 customers: 20 × 200 + 20 × 1 of 4,180. 20 of the 40 came back.
    expect(of('I15')?.evidence[0]?.value).toBeCloseTo(4020 / 4180, 9)
    expect(of('I15')).toMatchObject({ state: 'met', evidence: [{}, { value: 0.5, count: 20, of: 40 }] })
    expect(of('I15')?.initiative?.baseShare).toBeCloseTo(2000 / 4180, 9)
  })
})

// Overall 60 of 110 against 45 of 110 come back, but inside each stratum the rates are equal.
test('a difference that is only mix disappears inside the strata', () => {
  const compared = compareInside([
    { withDiscount: 100, withDiscountBack: 60, without: 10, withoutBack: 6 },
    { withDiscount: 10, withDiscountBack: 1, without: 100, withoutBack: 10 },
  ])
  expect(compared?.difference).toBeCloseTo(0, 12)
  expect(compared?.low).toBeLessThan(0)
})
