/**
 * Monthly rate that compounds to the yearly one: (1 + yearly)^(1/12) − 1. Both are fractions.
 *
 * @throws RangeError when the yearly rate is −100 % or less.
 */
export function monthlyRate(yearlyRate: number): number {
  if (!(yearlyRate > -1)) throw new RangeError(`A yearly rate must lie above −1, not ${yearlyRate}.`)
  return (1 + yearlyRate) ** (1 / 12) - 1
}

/** Value today of money that comes at the end of each month: the first element is discounted by one month. */
export function discountMonthly(amounts: readonly number[], yearlyRate: number): number[] {
  const rate = monthlyRate(yearlyRate)
  return amounts.map((amount, index) => amount / (1 + rate) ** (index + 1))
}

/** Net present value of monthly amounts, discounted at month end with a yearly rate (a fraction). */
export function npv(amounts: readonly number[], yearlyRate: number): number {
  return discountMonthly(amounts, yearlyRate).reduce((sum, amount) => sum + amount, 0)
}
