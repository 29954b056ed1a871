import { type CaseModel, type CaseModelInput, caseModelSchema } from '../../shared/caseModel'

type Change = Partial<CaseModelInput>

const fullAtOnce = [1]

/** The published case: 125,000 a month, three levers, 114,000 cost, 12 months, all levers added on all revenue. */
export function publishedCase(change: Change = {}): CaseModel {
  return caseModelSchema.parse({
    title: 'Cosmetics conversion case',
    baseline: { monthlyRevenue: 125_000, source: 'published case' },
    combine: 'add',
    margin: { low: 0.3, base: 0.3, high: 0.3 },
    discountRate: 0.1,
    initiatives: publishedLevers(fullAtOnce, 15.002, 1),
    costs: [
      { name: 'Set up', category: 'Consulting', fromMonth: 1, toMonth: 3, amount: 20_000 },
      { name: 'Run', category: 'Personnel', fromMonth: 4, toMonth: 12, amount: 6_000 },
    ],
    ...change,
  })
}

/** Conversion 13 % → 15 % (typed 15.002 is +15.4 %), items 5 → 6, repeat rate 10 → 12 %. */
export function publishedLevers(
  ramp: readonly number[],
  conversion: number,
  repeatShare: number,
): NonNullable<CaseModelInput['initiatives']> {
  return [
    {
      id: 'conversion',
      title: 'Shorten the checkout',
      lever: 'conversion',
      kpi: 'Conversion, %',
      baseline: 13,
      target: { low: 14, base: conversion, high: 16 },
      ramp: [...ramp],
    },
    {
      id: 'items',
      title: 'Recommend matching items',
      lever: 'crossSelling',
      kpi: 'Items per purchase',
      baseline: 5,
      target: { low: 5.5, base: 6, high: 6.5 },
      ramp: [...ramp],
    },
    {
      id: 'repeat',
      title: 'Newsletter for one-time buyers',
      lever: 'loyalty',
      kpi: 'Repeat rate, %',
      baseline: 10,
      target: { low: 11, base: 12, high: 13 },
      baseShare: repeatShare,
      ramp: [...ramp],
    },
  ]
}

export const usualRamp = [0.25, 0.5, 0.75, 1]

export const goldenCases = {
  G1: publishedCase(),
  G2: publishedCase({ initiatives: publishedLevers(fullAtOnce, 15, 1) }),
  G3: publishedCase({ combine: 'multiply' }),
  G4: publishedCase({ initiatives: publishedLevers(fullAtOnce, 15.002, 0.1) }),
  G5: publishedCase({ combine: 'multiply', initiatives: publishedLevers(fullAtOnce, 15.002, 0.1) }),
  G6: publishedCase({ initiatives: publishedLevers(usualRamp, 15.002, 0.1) }),
  G7: publishedCase({ initiatives: publishedLevers(usualRamp, 15.002, 1) }),
} as const satisfies Record<string, CaseModel>

/** Multiplied, usual ramp, lever 3 on a 10 % base: the fixture of the scenarios and the tornado. */
export const scenarioCase = publishedCase({
  combine: 'multiply',
  initiatives: publishedLevers(usualRamp, 15, 0.1),
})
