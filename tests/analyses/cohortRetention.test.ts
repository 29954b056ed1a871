import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cohortRetention } from '../../shared/analyses/explore/cohortRetention/cohortRetention'
import { cohortsOf, totalsOf } from '../../shared/analyses/explore/cohortRetention/cohortsOf'
import { answer, type TestLine, type TestOptions, testEngine } from './testEngine'

/** Orders of each customer by month of 2024: `{ a: [1, 3] }` buys in January and March. */
function ordersIn(months: Readonly<Record<string, readonly number[]>>, day = '15'): TestLine[] {
  return Object.entries(months).flatMap(([customer, list]) =>
    list.map((month) => ({ customer, on: `2024-${String(month).padStart(2, '0')}-${day}`, price: 1 })),
  )
}

const until = (last: string): TestOptions => ({ period: { first: '2024-01-01', last } })

async function sharesFor(
  months: Readonly<Record<string, readonly number[]>>,
  last: string,
  params: Record<string, unknown> = {},
): Promise<(number | null)[][]> {
  const engine = await testEngine({ orders: ordersIn(months) }, until(last))
  const { result } = await answer(cohortRetention, engine, params)
  return result.cohorts.map((cohort) => cohort.cells.map((cell) => cell?.share ?? null))
}

test.each([
  { name: 'a customer seen once', months: { a: [1] }, last: '2024-03-31', shares: [[0, 0]] },
  { name: 'back at once', months: { a: [1, 2] }, last: '2024-03-31', shares: [[1, 0]] },
  { name: 'February skipped', months: { a: [1, 3] }, last: '2024-03-31', shares: [[0, 1]] },
  { name: 'March unfinished', months: { a: [1, 3] }, last: '2024-03-30', shares: [[0]] },
  {
    name: 'two cohorts',
    months: { a: [1, 2], b: [2] },
    last: '2024-03-31',
    shares: [
      [1, 0],
      [0, null],
    ],
  },
  { name: 'one month only', months: { a: [1] }, last: '2024-01-31', shares: [[]] },
])('$name', async ({ months, last, shares }) => {
  expect(await sharesFor(months, last)).toEqual(shares)
})

// Definition 7: January cohort of ten; three active in February, four in March, two of them in both.
const ten = {
  both1: [1, 2, 3],
  both2: [1, 2, 3],
  february: [1, 2],
  march1: [1, 3],
  march2: [1, 3],
  f: [1],
  g: [1],
  h: [1],
  i: [1],
  j: [1],
}

test('on: 30 % and 40 %; on or after: 50 % and 40 %', async () => {
  expect(await sharesFor(ten, '2024-03-31')).toEqual([[0.3, 0.4]])
  expect(await sharesFor(ten, '2024-03-31', { counted: 'onOrAfter' })).toEqual([[0.5, 0.4]])
})

test('totals of 100, 200, 50 with 10, 10 and not reached: 6.67 % weighted, 7.50 % simple', () => {
  const row = (cohort: string, active: string, customers: number) => ({ cohort, active, customers, last: 0 })
  const [january, february, march] = ['2024-01-01', '2024-02-01', '2024-03-01'] as const
  const activity = [
    row(january, january, 100),
    row(january, february, 10),
    row(february, february, 200),
    row(february, march, 10),
    row(march, march, 50),
  ]
  const [total] = totalsOf(cohortsOf(activity, 'month', 'on', march))
  expect(total).toMatchObject({ age: 1, cohorts: 2, active: 20, of: 300 })
  expect(total?.weighted).toBeCloseTo(20 / 300, 12)
  expect(total?.simple).toBeCloseTo(0.075, 12)
})

test('M+1 of every cohort that reached it, with its Wilson interval', async () => {
  const { result } = await answer(cohortRetention, await testEngine({ orders: ordersIn(ten) }, until('2024-03-31')))
  // Wilson, 3 of 10: centre (0.3 + 0.19207) / 1.38415, half 0.24797 → 10.78–60.32 %
  expect(result.nextPeriod).toEqual([
    {
      cohort: '2024-01-01',
      customers: 10,
      active: 3,
      share: 0.3,
      low: expect.closeTo(0.1078, 4),
      high: expect.closeTo(0.6032, 4),
    },
  ])
})

test('month-on-month repeat counts old and new buyers: 8 active in February, 2 of them in March', async () => {
  const february = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`f${index}`, [2]]))
  const months = { a: [1, 2, 3], b: [2, 3], c: [3], ...february }
  const { result } = await answer(cohortRetention, await testEngine({ orders: ordersIn(months) }, until('2024-03-31')))
  expect(result.repeat).toEqual([
    { period: '2024-02-01', activeBefore: 1, activeInBoth: 1, share: 1 },
    { period: '2024-03-01', activeBefore: 8, activeInBoth: 2, share: 0.25 },
  ])
})

test('new may also mean absent in the month before', async () => {
  // a is new in January and again in March.
  const months = { a: [1, 3, 4], b: [1, 2] }
  const engine = await testEngine({ orders: ordersIn(months) }, until('2024-04-30'))
  const { result } = await answer(cohortRetention, engine, { newRule: 'absentBefore' })
  expect(result.cohorts.map(({ cohort, customers }) => [cohort, customers])).toEqual([
    ['2024-01-01', 2],
    ['2024-03-01', 1],
  ])
  expect(result.cohorts[0]?.cells.map((cell) => cell?.active)).toEqual([1, 1, 1])
  expect(result.cohorts[1]?.cells.map((cell) => cell?.active ?? null)).toEqual([1, null, null])
})

test('weeks: a cohort of the last week of the year returns in the first of the next', async () => {
  const orders = ['2020-12-30', '2021-01-04', '2021-01-17'].map((on) => ({ customer: 'a', on }))
  const { result } = await answer(cohortRetention, await testEngine({ orders }), { period: 'week' })
  expect(result.cohorts[0]).toMatchObject({ cohort: '2020-12-28', customers: 1 })
  expect(result.cohorts[0]?.cells.map((cell) => cell?.share)).toEqual([1, 1])
})

describe('wording', () => {
  /** `back` of `size` customers of each month return the month after. */
  function cohortsBack(counts: readonly (readonly [size: number, back: number])[]): TestLine[] {
    return counts.flatMap(([size, back], index) =>
      Array.from({ length: size }, (_, number) => number).flatMap((number) =>
        ordersIn({ [`${index}-${number}`]: number < back ? [index + 1, index + 2] : [index + 1] }),
      ),
    )
  }

  test('no winner where intervals overlap', async () => {
    // January may hold old customers and April is too small: neither is a candidate.
    const orders = cohortsBack([
      [100, 31],
      [100, 9],
      [100, 11],
      [20, 20],
    ])
    const { report } = await answer(cohortRetention, await testEngine({ orders }, until('2024-05-31')))
    expect(report.finding).toBe('One new customer in five buys again the next month: 71 of 320 (22.2%)')
    expect(report.reading).toBe(
      'Win ten first-time buyers and eight are absent a month later. Mar 2024 looks best with 11.0% (11 of 100), but its interval of 6.3–18.6% overlaps Feb 2024 at 9.0% (4.8–16.2%), so no cohort can be called the winner.',
    )
  })

  test.each([
    {
      size: 1362,
      back: 130,
      start: 'One new customer in ten buys again the next month: 130 of 1,362 (9.5%)',
      plain: 'nine are absent',
    },
    { size: 100, back: 0, start: 'No new customer buys again', plain: 'ten first-time buyers and ten are absent' },
    {
      size: 100,
      back: 4,
      start: 'One new customer in 25 buys',
      plain: 'a hundred first-time buyers and 96 are absent',
    },
    { size: 100, back: 33, start: 'One new customer in three buys', plain: 'seven are absent' },
    { size: 100, back: 70, start: 'Seven new customers in ten buy', plain: 'three are absent' },
    { size: 10, back: 9, start: 'Nine new customers in ten buy', plain: 'one is absent' },
  ])('$back of $size: $start', async ({ size, back, start, plain }) => {
    const orders = cohortsBack([[size, back]])
    const { report } = await answer(cohortRetention, await testEngine({ orders }, until('2024-02-29')))
    expect(report.finding.startsWith(start)).toBe(true)
    expect(report.reading).toContain(plain)
  })

  test('a winner where its interval lies above all others', async () => {
    const orders = cohortsBack([
      [1, 0],
      [200, 10],
      [200, 100],
    ])
    const { report } = await answer(cohortRetention, await testEngine({ orders }, until('2024-04-30')))
    expect(report.reading).toContain('lies above all others')
  })

  test('too early to see anyone', async () => {
    const engine = await testEngine({ orders: ordersIn({ a: [1] }) }, until('2024-01-31'))
    const { report } = await answer(cohortRetention, engine)
    expect(report.finding).toBe('Too early to see anyone come back: 1 customer and no finished month after the first')
  })

  test.each([
    { tenure: undefined, mark: '†', caveats: 1, text: 'may include old ones' },
    { tenure: 20, mark: '†', caveats: 1, text: '1 have a tenure longer than the data' },
    { tenure: 3, mark: undefined, caveats: 0, text: '' },
  ])('tenure $tenure: the first cohort is marked $mark', async ({ tenure, mark, caveats, text }) => {
    const customers = tenure === undefined ? undefined : [{ customer: 'a', tenureMonths: tenure }]
    const tables = { orders: ordersIn({ a: [1, 2], b: [1] }), ...(customers === undefined ? {} : { customers }) }
    const { report } = await answer(cohortRetention, await testEngine(tables, until('2024-03-31')))
    const chart = report.blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []))[0]
    expect(chart?.kind === 'heatmap' ? chart.rows[0]?.mark : 'no heat map').toBe(mark)
    const sentences = report.blocks.flatMap((block) => (block.kind === 'sentence' ? [block.text] : []))
    expect(sentences).toHaveLength(caveats)
    expect(sentences.join()).toContain(text)
  })
})

const purchases = fc.array(
  fc.record({ customer: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), month: fc.integer({ min: 1, max: 6 }) }),
  { minLength: 1, maxLength: 30 },
)
const linesOf = (list: readonly { readonly customer: string; readonly month: number }[]): TestLine[] =>
  list.map(({ customer, month }) => ({ customer, on: `2024-0${month}-10` }))

describe('for any orders', () => {
  test('shares lie in 0–1 inside their interval, and a cohort that has not reached an age counts in no total', async () => {
    await fc.assert(
      fc.asyncProperty(purchases, fc.constantFrom('on', 'onOrAfter'), async (list, counted) => {
        const engine = await testEngine({ orders: linesOf(list) }, until('2024-05-20'))
        const { result } = await answer(cohortRetention, engine, { counted })
        for (const { cohort, customers, cells } of result.cohorts) {
          const reached = cells.filter((cell) => cell !== null)
          // April is the last finished month.
          expect(reached).toHaveLength(Math.max(0, 4 - Number(cohort.slice(5, 7))))
          for (const cell of reached) {
            expect(cell.of).toBe(customers)
            expect(cell.share).toBeGreaterThanOrEqual(cell.low)
            expect(cell.share).toBeLessThanOrEqual(cell.high)
            expect(cell.low).toBeGreaterThanOrEqual(0)
            expect(cell.high).toBeLessThanOrEqual(1)
          }
        }
        for (const total of result.totals) {
          const reached = result.cohorts.filter((cohort) => Number(cohort.cohort.slice(5, 7)) + total.age <= 4)
          expect(total.of).toBe(reached.reduce((sum, cohort) => sum + cohort.customers, 0))
          expect(total.cohorts).toBe(reached.length)
        }
      }),
      { numRuns: 15, seed: 55 },
    )
  })

  test('the order of the lines does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(purchases, async (list) => {
        const there = await answer(cohortRetention, await testEngine({ orders: linesOf(list) }))
        const back = await answer(cohortRetention, await testEngine({ orders: linesOf(list).toReversed() }))
        expect(back.result).toEqual(there.result)
      }),
      { numRuns: 10, seed: 56 },
    )
  })
})
