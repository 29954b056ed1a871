import { expect, test } from 'vitest'
import { caseParams, withParams } from '../../renderer/screens/case/caseParams'
import { caseCumulative, caseWaterfall } from '../../renderer/screens/case/caseSpecs'
import { caseHeadline, cumulativeTitle, tornadoTitle } from '../../renderer/screens/case/caseTexts'
import { readRamp } from '../../renderer/screens/case/RampField'
import { caseModelSchema } from '../../shared/caseModel'
import { createFormatter } from '../../shared/format'
import { computeScenarios } from '../../shared/leverModel'
import { computeSensitivity } from '../../shared/leverSensitivity'

const format = createFormatter({ locale: 'en-US', currency: 'USD' })

// 100,000 a month, conversion 10 % → 11 %: +10 % on all of it, at once, margin 50 %: 5,000 a month; cost 6,000 in month 1.
const model = caseModelSchema.parse({
  baseline: { monthlyRevenue: 100_000 },
  margin: { low: 0.5, base: 0.5, high: 0.5 },
  initiatives: [
    {
      id: 'a',
      title: 'Shorter checkout',
      lever: 'conversion',
      baseline: 0.1,
      target: { low: 0.1, base: 0.11, high: 0.12 },
      ramp: [1],
      oneOffCost: 6000,
      costCategory: 'Consulting',
    },
  ],
})

test('the headline says what is earned, on what, and when it is paid back', () => {
  expect(caseHeadline(computeScenarios(model).base, format)).toBe(
    'The plan earns 54,000 on 6,000 in a year: 900.00% ROI, paid back in month 2',
  )
  expect(caseHeadline(computeScenarios(model).low, format)).toBe(
    'The plan loses 6,000 on 6,000 in a year: −100.00% ROI, never paid back',
  )
  expect(caseHeadline(computeScenarios(model).nothing, format)).toContain('Doing nothing')
})

test('the waterfall goes from margins over cost to the benefit', () => {
  const { steps } = caseWaterfall(computeScenarios(model).base)
  expect(steps.map(({ label, value }) => [label, Math.round(value)])).toEqual([
    ['Conversion', 60_000],
    ['Margin', 60_000],
    ['Consulting', -6000],
    ['Benefit', 54_000],
  ])
})

test('the cumulative picture starts at nothing and carries the range of the scenarios', () => {
  const { series } = caseCumulative(computeScenarios(model))
  expect(series[0]?.points[0]).toEqual({ x: 'start', y: 0, low: 0, high: 0 })
  expect(series[0]?.points.at(-1)).toEqual({
    x: '12',
    y: expect.closeTo(54_000),
    low: expect.closeTo(-6000),
    high: expect.closeTo(114_000),
  })
  expect(cumulativeTitle(computeScenarios(model), format)).toBe('Low ends at −6,000: agree on a stop rule')
})

test('the tornado names the driver that moves most', () => {
  expect(tornadoTitle(computeSensitivity(model))).toBe('Shorter checkout moves the ROI most')
})

test('the line of assumptions changes what was typed and nothing else', () => {
  expect(withParams(model, caseParams(model))).toEqual(model)
  const changed = withParams(model, { ...caseParams(model), marginPercent: 40, horizonMonths: 24 })
  expect(changed).toMatchObject({ horizon: 24, margin: { low: expect.closeTo(0.4), base: 0.4 } })
  expect(changed.baseline).toEqual(model.baseline)
})

test.each([
  ['25, 50 100%', [0.25, 0.5, 1]],
  ['100', [1]],
  ['', null],
  ['120', null],
  ['a lot', null],
])('the ramp "%s"', (text, ramp) => {
  expect(readRamp(text)).toEqual(ramp)
})
