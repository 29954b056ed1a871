import { expect, test } from 'vitest'
import { assumptionsOf, computeWith } from '../../shared/leverModel'
import { computeSensitivity } from '../../shared/leverSensitivity'
import { goldenCases, publishedCase, publishedLevers, scenarioCase } from './goldenCases'

test('the tornado, widest driver first', () => {
  const { drivers } = computeSensitivity(scenarioCase)
  const printed = drivers.map(({ id, low, high, span }) => ({
    id,
    low: ((low.roi ?? 0) * 100).toFixed(2),
    high: ((high.roi ?? 0) * 100).toFixed(2),
    span: (span * 100).toFixed(2),
  }))
  expect(printed).toEqual([
    { id: 'items', low: '1.76', high: '83.06', span: '81.30' },
    { id: 'conversion', low: '9.89', high: '74.93', span: '65.04' },
    { id: 'cost', low: '18.67', high: '78.01', span: '59.34' },
    { id: 'margin', low: '18.67', high: '66.14', span: '47.47' },
    { id: 'repeat', low: '37.63', high: '47.19', span: '9.56' },
  ])
})

test('margin and cost without a range are tested at ± 5 points and ± 20 %, and say so', () => {
  const { drivers } = computeSensitivity(scenarioCase)
  const margin = drivers.find((driver) => driver.id === 'margin')
  expect(margin).toMatchObject({ assumed: true, low: { value: 0.25 }, high: { value: 0.35 } })
  const given = computeSensitivity({ ...scenarioCase, margin: { low: 0.2, base: 0.3, high: 0.35 } })
  expect(given.drivers.find((driver) => driver.id === 'margin')).toMatchObject({ assumed: false, low: { value: 0.2 } })
})

test.each(['G1', 'G4', 'G5', 'G6'] as const)(
  'at its break-even value each driver of %s earns exactly the cost',
  (name) => {
    const model = goldenCases[name]
    const { drivers } = computeSensitivity(model)
    const inForce = assumptionsOf(model, 'base')
    drivers.forEach(({ id, kind, breakEven }) => {
      if (breakEven === null) return
      const at = model.initiatives.findIndex((initiative) => initiative.id === id)
      const changed =
        kind === 'margin'
          ? { ...inForce, margin: breakEven }
          : kind === 'cost'
            ? { ...inForce, costFactor: breakEven }
            : { ...inForce, targets: inForce.targets.with(at, breakEven) }
      expect(computeWith(model, changed).totals.benefit).toBeCloseTo(0, 6)
    })
  },
)

// G4: 46,750 × 12 × margin = 114,000 → margin 20.32 %; cost × 168,300 / 114,000 = 1.4763.
test('break-even of margin and cost of G4, by hand', () => {
  const drivers = new Map(computeSensitivity(goldenCases.G4).drivers.map((driver) => [driver.id, driver.breakEven]))
  expect(drivers.get('margin')).toBeCloseTo(114_000 / (46_750 * 12), 10)
  expect(drivers.get('cost')).toBeCloseTo(168_300 / 114_000, 10)
})

// Even with no newsletter at all G4 earns more than its cost: 44,250 × 12 × 0.3 = 159,300.
test('a driver whose break-even lies below zero has none', () => {
  const drivers = new Map(computeSensitivity(goldenCases.G4).drivers.map((driver) => [driver.id, driver.breakEven]))
  expect(drivers.get('repeat')).toBeNull()
})

test('without any cost the benefit is compared, and nothing is undefined', () => {
  const sensitivity = computeSensitivity(publishedCase({ costs: [], initiatives: publishedLevers([1], 15, 0.1) }))
  expect(sensitivity.measure).toBe('benefit')
  expect(sensitivity.drivers.every((driver) => Number.isFinite(driver.span))).toBe(true)
})

test('a driver without any effect has no break-even, in spite of rounding', () => {
  const { drivers } = computeSensitivity(
    publishedCase({
      costs: [{ category: 'Other', fromMonth: 6, toMonth: 6, amount: 57_772.68 }],
      initiatives: [
        {
          id: 'a',
          title: 'Stop the catalogue',
          lever: 'cost',
          baseline: 1,
          target: { low: 1, base: 1, high: 1 },
          monthlySaving: { low: 0, base: 100, high: 200 },
          ramp: [0.654],
        },
      ],
    }),
  )
  expect(drivers.find((driver) => driver.id === 'margin')?.breakEven).toBeNull()
})
