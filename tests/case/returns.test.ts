import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { irr } from '../../shared/stats/irr'
import { monthlyRate, npv } from '../../shared/stats/npv'
import { payback } from '../../shared/stats/payback'

const amounts = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 36 })

describe('npv', () => {
  test('twelve months at the monthly rate make one year', () => {
    expect((1 + monthlyRate(0.1)) ** 12).toBeCloseTo(1.1, 12)
  })

  // 110 after twelve months at 10 % a year is worth 100 today.
  test('110 at the end of the year is 100 today', () => {
    expect(npv([...Array<number>(11).fill(0), 110], 0.1)).toBeCloseTo(100, 9)
  })

  test('without a rate it is the sum', () => {
    fc.assert(
      fc.property(amounts, (list) => {
        expect(npv(list, 0)).toBeCloseTo(
          list.reduce((sum, amount) => sum + amount, 0),
          3,
        )
      }),
    )
  })

  test('a rate of −100 % is refused', () => {
    expect(() => npv([1], -1)).toThrow(RangeError)
  })
})

describe('irr', () => {
  test.each([
    { list: [-100, 110], rate: 0.1 },
    // −100 + 60/1.1307 + 60/1.1307² = 0: x² − 0.6x − 0.6 = 0, x = 0.3 + √0.69.
    { list: [-100, 60, 60], rate: 0.3 + Math.sqrt(0.69) - 1 },
    { list: [-100, 50], rate: -0.5 },
    { list: [0, 0, -100, 110], rate: 0.1 },
    { list: [100, -110], rate: 0.1 },
  ])('$list', ({ list, rate }) => {
    expect(irr(list)).toBeCloseTo(rate, 12)
  })

  test.each([{ list: [] }, { list: [0, 0] }, { list: [1, 2] }, { list: [-1, -2] }])(
    'no change of sign: $list',
    ({ list }) => {
      expect(irr(list)).toBeNull()
    },
  )

  // −100 + 250/x − 100/x² + 60/x³ is nothing at one rate only, but no spreadsheet can tell that from the next case.
  test.each([{ list: [-100, 250, -100, 60] }, { list: [5, -10, 20] }])(
    'more than one change of sign: $list',
    ({ list }) => {
      expect(irr(list)).toBeNull()
    },
  )

  // −1,000 + 2,500/x − 1,540/x² = 0 for x = 1.1 and x = 1.4.
  test('two rates fit: neither is given', () => {
    expect(irr([-1000, 2500, -1540])).toBeNull()
  })

  test('the rate found makes the amounts worth nothing, however large they are', () => {
    const investments = fc.record({
      paid: fc.double({ min: 1, max: 1e9, noNaN: true }),
      earned: fc.array(fc.double({ min: 0.1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 35 }),
    })
    fc.assert(
      fc.property(investments, ({ paid, earned }) => {
        const rate = irr([-paid, ...earned])
        if (rate === null) return
        const terms = [-paid, ...earned].map((amount, index) => amount / (1 + rate) ** index)
        const size = Math.max(...terms.map(Math.abs))
        expect(Math.abs(terms.reduce((sum, term) => sum + term, 0)) / size).toBeLessThan(1e-9)
      }),
    )
  })
})

describe('payback', () => {
  test.each([
    { list: [-10, 5, 5, 1], month: 3 },
    { list: [5, -10, 20], month: 3 },
    { list: [5, 5], month: 1 },
    { list: [-10, 20, -15, 10], month: 4 },
    { list: [-10, 5], month: null },
    { list: [0, 0], month: null },
    { list: [], month: null },
    { list: [-0.3, 0.1, 0.2], month: 3 },
  ])('$list → $month', ({ list, month }) => {
    expect(payback(list)).toBe(month)
  })

  test('from that month on the running sum never falls below zero, the month before it was below', () => {
    const whole = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 36 })
    fc.assert(
      fc.property(whole, (list) => {
        const month = payback(list)
        let sum = 0
        const sums = list.map((amount) => (sum += amount))
        if (month === null) return
        expect(sums.slice(month - 1).every((value) => value >= 0)).toBe(true)
        if (month > 1) expect(sums[month - 2]).toBeLessThan(0)
      }),
    )
  })
})
