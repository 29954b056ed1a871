import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyses } from '../../shared/analyses/index'
import { AppError } from '../../shared/errors'
import { answer, type TestLine, testEngine } from '../analyses/testEngine'
import { checkPlain, checkReport } from './checkReport'

/** Few customers over four months, with returns, gifts, nameless lines and ties. */
const line: fc.Arbitrary<TestLine> = fc.record({
  customer: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
  order: fc.constantFrom('1', '2', '3', '4'),
  on: fc.constantFrom('2024-01-01', '2024-01-31', '2024-02-29', '2024-03-01', '2024-04-10'),
  quantity: fc.constantFrom(-1, 0, 1, 2),
  price: fc.constantFrom(0, 5, 10.5),
  discountRate: fc.constantFrom(0, 0.1, 1),
  delivery: fc.constantFrom(0, 3),
})

const overOrders = analyses.filter((analysis) => analysis.needs.some((need) => need.view === 'orders'))

test.each(overOrders.map((analysis) => ({ id: analysis.id, analysis })))(
  '$id makes a sound report of any orders, or says that they are too few',
  async ({ analysis }) => {
    let answered = 0
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (orders) => {
        const outcome = await answer(analysis, await testEngine({ orders })).catch((error: unknown) => error)
        if (outcome instanceof AppError) {
          expect(outcome.code).toBe('not-enough-data')
          return
        }
        if (outcome instanceof Error) throw outcome
        const { result, report } = outcome as Awaited<ReturnType<typeof answer<unknown, unknown>>>
        checkPlain(result, 'result')
        checkReport(report)
        answered += 1
      }),
      { numRuns: 25, seed: 2024 },
    )
    expect(answered).toBeGreaterThan(5)
  },
)
