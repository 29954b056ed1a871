import { expect, test } from 'vitest'
import { coveredPeriod, isUnfinished, lastFinished } from '../../shared/periods'

const days = { first: '2024-01-03', last: '2024-12-29' }

test('with an order every day, a month is finished on its last day only', () => {
  const covered = coveredPeriod(days, 1)
  expect(covered).toEqual(days)
  expect(isUnfinished('2024-12-01', 'month', covered)).toBe(true)
  expect(lastFinished(days.last, 'month', covered)).toBe('2024-11-01')
  expect(isUnfinished('2024-01-01', 'month', covered)).toBe(true)
})

test('where three days without an order are usual, the last two days of a year are not missed', () => {
  const covered = coveredPeriod(days, 3)
  expect(covered).toEqual({ first: '2024-01-01', last: '2024-12-31' })
  expect(isUnfinished('2024-12-01', 'month', covered)).toBe(false)
  expect(lastFinished(days.last, 'month', covered)).toBe('2024-12-01')
  // The week of 30 December has no day with an order: it is not counted as a finished week without customers.
  expect(lastFinished(days.last, 'week', covered)).toBe('2024-12-23')
})

test('a long usual gap never covers a month without any day', () => {
  expect(coveredPeriod({ first: '2024-02-01', last: '2024-11-01' }, 60)).toEqual({
    first: '2024-02-01',
    last: '2024-11-30',
  })
})
