import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wilsonInterval } from '../../shared/stats/wilsonInterval'

// Worked by hand for 10 of 100: center (0.1 + 3.841459/200) / 1.03841459 = 0.114798,
// half 1.959964 / 1.03841459 × √(0.0009 + 3.841459/40,000) = 0.059568.
test.each([
  { successes: 10, n: 100, low: 0.0552291, high: 0.174366 },
  { successes: 0, n: 10, low: 0, high: 0.2775328 },
  { successes: 10, n: 10, low: 0.7224672, high: 1 },
  { successes: 0, n: 0, low: 0, high: 1 },
])('$successes of $n', ({ successes, n, low, high }) => {
  const interval = wilsonInterval(successes, n)
  expect(interval.low).toBeCloseTo(low, 6)
  expect(interval.high).toBeCloseTo(high, 6)
})

test('the interval lies in 0–1, holds the rate, and mirrors', () => {
  const counts = fc
    .integer({ min: 1, max: 100_000 })
    .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }))
  fc.assert(
    fc.property(counts, ({ successes, n }) => {
      const { low, high } = wilsonInterval(successes, n)
      const mirrored = wilsonInterval(n - successes, n)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(successes / n)
      expect(high).toBeGreaterThanOrEqual(successes / n)
      expect(mirrored.low).toBeCloseTo(1 - high, 10)
    }),
  )
})

test('more successes than trials are refused', () => {
  expect(() => wilsonInterval(3, 2)).toThrow(RangeError)
})
