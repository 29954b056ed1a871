/** Bounds of a rate, as fractions. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Two-sided 95 %: the 97.5 % point of the normal distribution. */
const z95 = 1.959963984540054

/**
 * 95 % interval of a rate, by Wilson's score method: holds near 0 and 1 and for small n.
 * `successes` of `n`, both counts. No trials say nothing: the interval is 0–1.
 *
 * @throws RangeError when the counts are negative or there are more successes than trials.
 * @see Wilson (1927), "Probable inference, the law of succession, and statistical inference".
 */
export function wilsonInterval(successes: number, n: number): Interval {
  if (!(successes >= 0 && successes <= n)) {
    throw new RangeError(`Successes must lie between 0 and n, not ${successes} of ${n}.`)
  }
  if (n === 0) return { low: 0, high: 1 }
  const rate = successes / n
  const spread = z95 ** 2 / n
  const center = (rate + spread / 2) / (1 + spread)
  const half = (z95 / (1 + spread)) * Math.sqrt((rate * (1 - rate)) / n + spread / (4 * n))
  return {
    low: successes === 0 ? 0 : Math.max(0, center - half),
    high: successes === n ? 1 : Math.min(1, center + half),
  }
}
