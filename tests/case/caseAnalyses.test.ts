import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { tableToCsv } from '../../main/printers/toCsv'
import { leverModel } from '../../shared/analyses/case/leverModel/leverModel'
import { scenarios } from '../../shared/analyses/case/scenarios/scenarios'
import { sensitivity } from '../../shared/analyses/case/sensitivity/sensitivity'
import { createFormatter } from '../../shared/format'
import { goldenCases, scenarioCase } from './goldenCases'
import { type TestLine, testEngine } from './testEngine'

const format = createFormatter({ locale: 'en-US', currency: null })
const nothing = await testEngine(null)

// As the command line passes it: ranges and lists of JSON, effects or targets, plain numbers for ranges.
const typed = {
  baseline: 125_000,
  combine: 'add',
  margin: 0.3,
  initiatives: [
    { title: 'Checkout', lever: 'conversion', baseline: 13, target: 15.002, ramp: [1] },
    { title: 'Items', lever: 'crossSelling', effect: 0.2, ramp: [1] },
    {
      title: 'Repeat',
      lever: 'loyalty',
      baseline: 10,
      target: { low: 11, base: 12, high: 13 },
      ramp: [1],
      baseShare: 0.1,
    },
  ],
  costs: [
    { category: 'Consulting', fromMonth: 1, toMonth: 3, amount: 20_000 },
    { category: 'Personnel', fromMonth: 4, toMonth: 12, amount: 6_000 },
  ],
}

describe('leverModel', () => {
  test('a case typed on the command line gives the corrected ROI of 47.63 %', async () => {
    const params = leverModel.params.parse(typed)
    const result = await leverModel.run(params, nothing)
    expect(result.totals.roi).toBeCloseTo(0.4763157894737, 9)
    const report = leverModel.report(result, params, format)
    expect(report.finding).toBe('The plan earns 54,300 on 114,000 in a year: 47.63% ROI, paid back in month 6.')
  })

  test('a stored case is an input, too', async () => {
    const result = await leverModel.run(leverModel.params.parse(goldenCases.G1), nothing)
    expect(result.totals.roi).toBeCloseTo(1.186842105263, 9)
  })

  test('revenue is measured on complete months only', async () => {
    // January 100, February 300; March ends on the 15th and is left out.
    const lines: TestLine[] = [
      { customer: 'a', order: '1', on: '2024-01-01', revenue: 60 },
      { customer: 'a', order: '2', on: '2024-01-31', revenue: 40 },
      { customer: 'b', order: '3', on: '2024-02-10', revenue: 300 },
      { customer: 'b', order: '4', on: '2024-03-15', revenue: 999 },
    ]
    const result = await leverModel.run(leverModel.params.parse({ initiatives: [] }), await testEngine(lines))
    expect(result.model.baseline.monthlyRevenue).toBe(200)
    expect(result.model.baseline.source).toBe('mean of 2 complete months, 2024-01-01 to 2024-02-29, net revenue')
    expect(result.leftOut).toEqual([{ reason: 'in unfinished months', rows: 1 }])
  })

  test('without orders and without revenue it says what is missing', async () => {
    await expect(leverModel.run(leverModel.params.parse({}), nothing)).rejects.toMatchObject({
      code: 'not-enough-data',
    })
    await expect(leverModel.run(leverModel.params.parse({ baseline: 10 }), nothing)).rejects.toMatchObject({
      code: 'not-enough-data',
    })
  })

  test('a misspelled parameter is an error, not ignored', () => {
    expect(leverModel.params.safeParse({ margn: 0.3 }).success).toBe(false)
  })

  test('an end that is not given is assumed at half and one and a half of the effect', async () => {
    const params = leverModel.params.parse({
      baseline: 100,
      initiatives: [{ title: 'X', lever: 'views', baseline: 10, target: { base: 12 } }],
    })
    const { model } = await leverModel.run(params, nothing)
    expect(model.initiatives[0]?.target).toEqual({ low: 11, base: 12, high: 13 })
    expect(model.initiatives[0]?.rangeSource).toMatch(/assumed/)
  })
})

describe('a case that cannot be meant as it is written is refused', () => {
  const lever = { title: 'Checkout', lever: 'conversion' } as const
  const run = (input: object) =>
    leverModel.run(leverModel.params.parse({ baseline: 100_000, initiatives: [], ...input }), nothing)

  test.each([
    { margin: 30, named: 30 },
    { margin: -0.1, named: -0.1 },
    { margin: { low: 0.2, base: 0.3, high: 40 }, named: 40 },
    { margin: { low: -1, base: 0.3, high: 0.4 }, named: -1 },
  ])('margin $margin', async ({ margin, named }) => {
    await expect(run({ margin })).rejects.toMatchObject({
      code: 'bad-parameter',
      message: `The margin is ${named}, but a margin lies between 0 and 1.`,
      hint: 'It is a fraction of revenue: 0.3 for 30%.',
    })
  })

  test('a margin of nothing and of everything are possible', async () => {
    expect((await run({ margin: { low: 0, base: 0.5, high: 1 } })).model.margin).toEqual({ low: 0, base: 0.5, high: 1 })
  })

  test.each([
    { base: 0.4, low: 0.2, high: 0.6 },
    { base: 0.8, low: 0.4, high: 1 },
  ])(
    'the ends of a margin of $base are half and one and a half of it, at most all revenue',
    async ({ base, low, high }) => {
      const { margin } = (await run({ margin: { base } })).model
      expect(margin.low).toBeCloseTo(low, 12)
      expect(margin.high).toBeCloseTo(high, 12)
    },
  )

  test.each([
    {
      line: { name: 'Agency', fromMonth: 5, toMonth: 3, amount: 10 },
      message: '"Agency", starts in month 5 and ends before, in month 3',
    },
    { line: { fromMonth: 13, amount: 10 }, message: '"Other", starts in month 13 and ends before, in month 12' },
  ])('cost line $line', async ({ line, message }) => {
    await expect(run({ costs: [line] })).rejects.toMatchObject({
      code: 'bad-parameter',
      message: expect.stringContaining(message),
    })
  })

  test('an effect beside a target', async () => {
    await expect(run({ initiatives: [{ ...lever, baseline: 13, target: 15, effect: 0.2 }] })).rejects.toMatchObject({
      code: 'bad-parameter',
      message: 'Initiative 1, "Checkout", has a target and an effect.',
      hint: expect.stringContaining('Give one of them'),
    })
  })

  test('a target without the KPI today', async () => {
    await expect(run({ initiatives: [{ ...lever, target: 15 }] })).rejects.toMatchObject({
      code: 'bad-parameter',
      message: 'Initiative 1, "Checkout", has a target without a baseline.',
      hint: expect.stringContaining('Give the KPI today as baseline, or an effect'),
    })
  })
})

describe('scenarios and sensitivity', () => {
  test('the finding of the fixture', async () => {
    const params = scenarios.params.parse(scenarioCase)
    const result = await scenarios.run(params, nothing)
    const report = scenarios.report(result, params, format)
    expect(report.finding).toBe('The plan returns between −32.14% and 123.82%, 42.41% in the base case.')
    expect(report.blocks.some((block) => block.kind === 'chart')).toBe(true)
  })

  test('the widest driver of the fixture', async () => {
    const params = sensitivity.params.parse(scenarioCase)
    const report = sensitivity.report(await sensitivity.run(params, nothing), params, format)
    expect(report.finding).toBe('Recommend matching items moves the ROI most: from 1.76% to 83.06%.')
  })
})

// 46,750 × 12 × margin = 114,000 gives 20.3208…%, and 168,300 / 114,000 is 1.47631…
test('the table of the sensitivity holds full numbers, with their unit beside them', async () => {
  const params = sensitivity.params.parse(goldenCases.G4)
  const report = sensitivity.report(await sensitivity.run(params, nothing), params, format)
  const table = report.blocks.find((block) => block.kind === 'chart')?.table
  const labels = table?.columns.map((column) => column.label) ?? []
  const valueIn = (driver: string, column: string) =>
    table?.rows.find(([name]) => name === driver)?.[labels.indexOf(column)]
  expect(valueIn('Margin', 'Unit')).toBe('part of revenue, 0–1')
  expect(valueIn('Margin', 'Low')).toBeCloseTo(0.25, 12)
  expect(valueIn('Margin', 'Break-even')).toBeCloseTo(114_000 / (46_750 * 12), 10)
  expect(valueIn('Cost', 'High')).toBeCloseTo(0.8, 12)
  expect(valueIn('Cost', 'Break-even')).toBeCloseTo(168_300 / 114_000, 10)
  expect(valueIn('Shorten the checkout', 'Unit')).toBe('Conversion, %')
  expect(valueIn('Shorten the checkout', 'Base')).toBe(15.002)
  expect(valueIn('Newsletter for one-time buyers', 'Break-even')).toBe('n/a')
  expect(table === undefined ? '' : tableToCsv(table)).toContain('Shorten the checkout,"Conversion, %",14,15.002,16,')
})

test.each([leverModel, scenarios, sensitivity])('$id describes its parameters as JSON Schema', ({ params, card }) => {
  expect(z.toJSONSchema(params)).toMatchObject({ type: 'object' })
  expect(z.toJSONSchema(params, { io: 'input' })).toMatchObject({ type: 'object' })
  for (const heading of ['Question', 'Means', 'Formula', 'Options', 'Source', 'Caveats']) {
    expect(card).toContain(`## ${heading}`)
  }
})
