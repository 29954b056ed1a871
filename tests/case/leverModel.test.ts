import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caseModelSchema, type InitiativeInput } from '../../shared/caseModel'
import { computeCase, computeScenarios } from '../../shared/leverModel'
import { anyCase } from './anyCase'
import { goldenCases, publishedCase, publishedLevers, scenarioCase, usualRamp } from './goldenCases'

describe('golden cases', () => {
  test.each([
    { name: 'G1', increment: 69_250, margin: 20_775, year: 249_300, benefit: 135_300, roi: 118.68, month: 1 },
    {
      name: 'G2',
      increment: 69_230.77,
      margin: 20_769.23,
      year: 249_230.77,
      benefit: 135_230.77,
      roi: 118.62,
      month: 1,
    },
    { name: 'G3', increment: 82_720, margin: 24_816, year: 297_792, benefit: 183_792, roi: 161.22, month: 1 },
    { name: 'G4', increment: 46_750, margin: 14_025, year: 168_300, benefit: 54_300, roi: 47.63, month: 6 },
    { name: 'G5', increment: 51_562, margin: 15_468.6, year: 185_623.2, benefit: 71_623.2, roi: 62.83, month: 5 },
    { name: 'G6', increment: 46_750, margin: 14_025, year: 147_262.5, benefit: 33_262.5, roi: 29.18, month: 8 },
    { name: 'G7', increment: 69_250, margin: 20_775, year: 218_137.5, benefit: 104_137.5, roi: 91.35, month: 5 },
  ] as const)('$name', ({ name, increment, margin, year, benefit, roi, month }) => {
    const { totals } = computeCase(goldenCases[name], 'base')
    expect(totals.fullIncrement).toBeCloseTo(increment, 2)
    expect(totals.fullMargin).toBeCloseTo(margin, 2)
    expect(totals.margin).toBeCloseTo(year, 2)
    expect(totals.cost).toBeCloseTo(114_000, 9)
    expect(totals.benefit).toBeCloseTo(benefit, 2)
    expect((totals.roi ?? Number.NaN) * 100).toBeCloseTo(roi, 2)
    expect(totals.paybackMonth).toBe(month)
  })

  test('the published ROI is 118.684 % and the yearly increment 831,000', () => {
    const { totals, months } = computeCase(goldenCases.G1, 'base')
    expect(totals.roi).toBeCloseTo(1.186842105263, 10)
    expect(totals.increment).toBeCloseTo(831_000, 6)
    expect(months.map((month) => month.cumulative)).toEqual(
      [775, 1550, 2325, 17_100, 31_875, 46_650, 61_425, 76_200, 90_975, 105_750, 120_525, 135_300].map((value) =>
        expect.closeTo(value, 6),
      ),
    )
  })

  test('the corrected ROI is 47.63158 %, with this running benefit', () => {
    const { totals, months } = computeCase(goldenCases.G4, 'base')
    expect(totals.roi).toBeCloseTo(0.4763157894737, 10)
    expect(months.slice(0, 6).map((month) => Math.round(month.cumulative))).toEqual([
      -5975, -11_950, -17_925, -9900, -1875, 6150,
    ])
    expect(totals.deepest).toEqual({ month: 3, cumulative: expect.closeTo(-17_925, 6) })
  })

  test.each([
    { name: 'G1', npv: 127_103.24 },
    { name: 'G3', npv: 173_172.61 },
    { name: 'G4', npv: 50_149.95 },
    { name: 'G5', npv: 66_607.69 },
    { name: 'G6', npv: 29_388.73 },
  ] as const)('$name is worth $npv today', ({ name, npv }) => {
    expect(computeCase(goldenCases[name], 'base').totals.npv).toBeCloseTo(npv, 2)
  })

  test('IRR: none without a negative month, 30.46 % a month for G4', () => {
    expect(computeCase(goldenCases.G1, 'base').totals.irrMonthly).toBeNull()
    const { irrMonthly, irrYearly } = computeCase(goldenCases.G4, 'base').totals
    expect(irrMonthly).toBeCloseTo(0.3046, 4)
    expect(irrYearly).toBeCloseTo((1 + (irrMonthly ?? 0)) ** 12 - 1, 12)
  })

  test.each([
    { name: 'G3', parts: [23_329.12, 29_695.44, 29_695.44] },
    { name: 'G5', parts: [21_384.86, 27_220.61, 2956.53] },
    { name: 'G4', parts: [19_250, 25_000, 2500] },
  ] as const)('$name splits into $parts', ({ name, parts }) => {
    const { initiatives } = computeCase(goldenCases[name], 'base')
    expect(initiatives.map((one) => one.fullIncrement)).toEqual(parts.map((part) => expect.closeTo(part, 2)))
  })

  test('13 % to 15 % is +15.3846 %; typed as 15.4 % it is a target of 15.002', () => {
    expect(computeCase(goldenCases.G2, 'base').initiatives[0]?.effect).toBeCloseTo(2 / 13, 12)
    expect(computeCase(goldenCases.G1, 'base').initiatives[0]?.effect).toBeCloseTo(0.154, 12)
  })

  test.each([
    { share: 1, margin: 747_900, benefit: 489_900, roi: 189.88 },
    { share: 0.1, margin: 504_900, benefit: 246_900, roi: 95.7 },
  ])('36 months with 6,000 a month continuing, lever 3 on $share', ({ share, margin, benefit, roi }) => {
    const model = publishedCase({
      horizon: 36,
      initiatives: publishedLevers([1], 15.002, share),
      costs: [
        { category: 'Consulting', fromMonth: 1, toMonth: 3, amount: 20_000 },
        { category: 'Personnel', fromMonth: 4, toMonth: 36, amount: 6_000 },
      ],
    })
    const { totals, months, years } = computeCase(model, 'base')
    expect(months).toHaveLength(36)
    expect(totals.margin).toBeCloseTo(margin, 6)
    expect(totals.cost).toBeCloseTo(258_000, 6)
    expect(totals.benefit).toBeCloseTo(benefit, 6)
    expect((totals.roi ?? 0) * 100).toBeCloseTo(roi, 2)
    expect(years.map((year) => year.cost)).toEqual([114_000, 72_000, 72_000])
  })
})

describe('a plan that earns exactly its cost', () => {
  const even = (monthlyRevenue: number, monthlyCost: number) =>
    publishedCase({
      baseline: { monthlyRevenue },
      initiatives: [
        {
          id: 'even',
          title: 'Even',
          lever: 'conversion',
          baseline: 1,
          target: { low: 1.154, base: 1.154, high: 1.154 },
          ramp: [1],
          monthlyCost,
        },
      ],
      costs: [],
    })

  // 100,000 × 15.4 % × 30 % = 4,620.
  test.each([
    { revenue: 100_000, cost: 4_620 },
    { revenue: 1e9, cost: 46_200_000 },
    { revenue: 1, cost: 0.0462 },
  ])('$cost of $revenue is paid back in month 1', ({ revenue, cost }) => {
    const { totals } = computeCase(even(revenue, cost), 'base')
    expect(totals).toMatchObject({ benefit: 0, roi: 0, paybackMonth: 1, irrMonthly: null })
  })

  test('a cent more is a loss that is never paid back', () => {
    expect(computeCase(even(100_000, 4_620.01), 'base').totals.paybackMonth).toBeNull()
  })

  test('a plan that neither costs nor earns anything pays nothing back', () => {
    expect(computeCase(publishedCase({ initiatives: [], costs: [] }), 'base').totals.paybackMonth).toBeNull()
  })
})

describe('scenarios', () => {
  const scenarios = computeScenarios(scenarioCase)

  test.each([
    { name: 'low', full: 24_557.69, margin: 77_356.73, benefit: -36_643.27, roi: -32.14, npv: -36_656.82, month: null },
    { name: 'base', full: 51_538.46, margin: 162_346.15, benefit: 48_346.15, roi: 42.41, npv: 43_639.46, month: 7 },
    { name: 'high', full: 81_000, margin: 255_150, benefit: 141_150, roi: 123.82, npv: 131_318.66, month: 5 },
  ] as const)('$name', ({ name, full, margin, benefit, roi, npv, month }) => {
    const { totals } = scenarios[name]
    expect(totals.fullIncrement).toBeCloseTo(full, 2)
    expect(totals.margin).toBeCloseTo(margin, 2)
    expect(totals.benefit).toBeCloseTo(benefit, 2)
    expect((totals.roi ?? 0) * 100).toBeCloseTo(roi, 2)
    expect(totals.npv).toBeCloseTo(npv, 2)
    expect(totals.paybackMonth).toBe(month)
  })

  test('doing nothing costs nothing, earns nothing, and has no ROI', () => {
    expect(scenarios.nothing.totals).toMatchObject({
      asIs: 1_500_000,
      increment: 0,
      cost: 0,
      benefit: 0,
      roi: null,
      npv: 0,
      irrMonthly: null,
      paybackMonth: null,
    })
  })
})

describe('costs, starts and savings', () => {
  // Starts in month 3: one-off 500 then, 100 a month from then to month 12; half, then all, of 1,000 saved.
  const saving: InitiativeInput = {
    id: 'stop',
    title: 'Stop the catalogue',
    lever: 'cost',
    baseline: 1,
    target: { low: 9, base: 9, high: 9 },
    monthlySaving: { low: 800, base: 1000, high: 1200 },
    ramp: [0.5, 1],
    startMonth: 3,
    oneOffCost: 500,
    monthlyCost: 100,
    costCategory: 'Software',
  }

  test('a cost lever saves money by its ramp and moves no revenue', () => {
    const model = caseModelSchema.parse({ baseline: { monthlyRevenue: 1000 }, initiatives: [saving] })
    const { months, totals } = computeCase(model, 'base')
    expect(months.slice(0, 5).map((month) => month.saving)).toEqual([0, 0, 500, 1000, 1000])
    expect(months.slice(0, 5).map((month) => month.costByCategory.Software)).toEqual([0, 0, 600, 100, 100])
    expect(totals).toMatchObject({ increment: 0, saving: 9500, margin: 9500, cost: 1500, benefit: 8000 })
  })

  test('a rejected initiative counts for nothing', () => {
    const model = caseModelSchema.parse({
      baseline: { monthlyRevenue: 1000 },
      initiatives: [{ ...saving, status: 'rejected' }],
    })
    expect(computeCase(model, 'base').totals).toMatchObject({ margin: 0, cost: 0, roi: null, paybackMonth: null })
  })

  test('the cost factor moves every cost', () => {
    const model = publishedCase({ costFactor: { low: 1.2, base: 1, high: 0.8 } })
    expect(computeCase(model, 'low').totals.cost).toBeCloseTo(136_800, 6)
    expect(computeCase(model, 'high').totals.costByCategory.Consulting).toBeCloseTo(48_000, 6)
  })

  test('effects that cancel out leave revenue as it was, and each keeps its part', () => {
    const model = publishedCase({
      combine: 'multiply',
      initiatives: [
        {
          id: 'up',
          title: 'Up',
          lever: 'views',
          baseline: 1,
          target: { low: 1.25, base: 1.25, high: 1.25 },
          ramp: [1],
        },
        {
          id: 'down',
          title: 'Down',
          lever: 'views',
          baseline: 1,
          target: { low: 0.8, base: 0.8, high: 0.8 },
          ramp: [1],
        },
      ],
    })
    const { initiatives, totals } = computeCase(model, 'base')
    expect(totals.fullIncrement).toBeCloseTo(0, 6)
    expect(initiatives[0]?.fullIncrement).toBeCloseTo(125_000 * Math.log(1.25), 6)
  })
})

describe('properties', () => {
  test('parts add up to the increment, categories to the cost, years to the total', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { months, totals, initiatives, years } = computeCase(one, 'base')
        months.forEach((month, index) => {
          const parts = initiatives.map((part) => part.months[index]?.increment ?? 0)
          const size = Math.max(1, ...parts.map(Math.abs))
          const product = parts.length === 0 ? 0 : month.increment
          expect(Math.abs(parts.reduce((a, b) => a + b, 0) - product) / size).toBeLessThan(1e-9)
          const partial = initiatives.filter((part) => part.months[index]?.ramp !== 0 && part.months[index]?.ramp !== 1)
          if (one.combine === 'multiply' && partial.length <= 1) {
            const direct =
              one.baseline.monthlyRevenue *
              (initiatives.reduce((all, part) => all * (1 + (part.months[index]?.factor ?? 0)), 1) - 1)
            expect(Math.abs(direct - month.increment) / Math.max(1, Math.abs(direct), size)).toBeLessThan(1e-8)
          }
        })
        const near = (left: number, right: number) =>
          expect(Math.abs(left - right) / Math.max(1, Math.abs(left))).toBeLessThan(1e-9)
        near(
          totals.cost,
          Object.values(totals.costByCategory).reduce((a, b) => a + b, 0),
        )
        near(
          totals.benefit,
          years.reduce((sum, year) => sum + year.benefit, 0),
        )
        near(totals.benefit, months.at(-1)?.cumulative ?? 0)
        near(totals.margin - totals.cost, totals.benefit)
      }),
      { numRuns: 200 },
    )
  })

  test('the order of initiatives does not matter', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const turned = { ...one, initiatives: one.initiatives.toReversed() }
        const before = computeCase(one, 'base').totals.npv
        const after = computeCase(turned, 'base').totals.npv
        expect(Math.abs(before - after)).toBeLessThan(Math.max(1, Math.abs(before)) * 1e-8)
      }),
    )
  })

  // A at full, B a quarter reached: 100 × 20 % for all, and B's 10 % on a quarter of the 120.
  test('who is reached by both gets both effects', () => {
    const lever = { lever: 'views', baseline: 1 } as const
    const model = caseModelSchema.parse({
      baseline: { monthlyRevenue: 100 },
      initiatives: [
        { ...lever, id: 'a', title: 'A', target: { low: 1.2, base: 1.2, high: 1.2 }, ramp: [1] },
        { ...lever, id: 'b', title: 'B', target: { low: 1.1, base: 1.1, high: 1.1 }, ramp: [0.25, 1] },
      ],
    })
    const { months } = computeCase(model, 'base')
    expect(months[0]?.increment).toBeCloseTo(20 + 0.25 * 12, 10)
    expect(months[1]?.increment).toBeCloseTo(32, 10)
  })

  test('a slower ramp never earns more', () => {
    const at = (ramp: readonly number[]) =>
      computeCase(publishedCase({ initiatives: publishedLevers(ramp, 15, 0.1) }), 'base').totals.margin
    expect(at(usualRamp)).toBeLessThan(at([1]))
    expect(at([0, ...usualRamp])).toBeLessThan(at(usualRamp))
  })
})
