/**
 * Internal rate of return per period: the rate at which equally spaced amounts are worth nothing today, as a fraction.
 * Null without a change of sign, and with more than one: then several rates may fit, and the number would depend on
 * where a search started. Null, too, when the rate lies outside −99 % to +10,000 %.
 *
 * @see Norstrøm (1972) on amounts with several changes of sign.
 */
export function irr(amounts: readonly number[]): number | null {
  const signs = amounts.map(Math.sign).filter((sign) => sign !== 0)
  if (signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length !== 1) return null
  const roots = growthSteps.slice(1).flatMap((high, index) => {
    const low = growthSteps[index] ?? high
    const atLow = worth(amounts, low)
    const atHigh = worth(amounts, high)
    if (atHigh === 0) return [high]
    return atLow * atHigh < 0 ? [bisect(amounts, low, high)] : []
  })
  const [root] = roots
  return root === undefined || roots.length > 1 ? null : Math.expm1(root)
}

/** ln(1 + rate) from −99 % to +10,000 %; equal steps are equally fine for small and for large rates. */
const growthSteps = Array.from({ length: 601 }, (_, step) => {
  const low = Math.log(0.01)
  return low + ((Math.log(101) - low) * step) / 600
})

/** Present value at ln(1 + rate), up to a positive factor that keeps every term within range. */
function worth(amounts: readonly number[], growth: number): number {
  const shift = growth < 0 ? amounts.length - 1 : 0
  return amounts.reduce((sum, amount, index) => sum + amount * Math.exp(growth * (shift - index)), 0)
}

function bisect(amounts: readonly number[], from: number, to: number): number {
  let low = from
  let high = to
  const sign = Math.sign(worth(amounts, low))
  for (let round = 0; round < 200; round += 1) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (Math.sign(worth(amounts, middle)) === sign) low = middle
    else high = middle
  }
  return (low + high) / 2
}
