/**
 * The part each factor of a product plays in its change. The parts add up exactly to `after − before`.
 *
 * With all factors positive: logarithmic mean (LMDI-I), part of f = L × ln(f1 / f0), L = (V1 − V0) / ln(V1 / V0),
 * L = V0 when V1 = V0. With a factor of zero or below: Shapley values over all orders of change.
 * @param before factors of the earlier period, any units
 * @param after factors of the later period, same order
 * @returns one part per factor, in the unit of the product
 * @throws RangeError when the lists differ in length
 * Source: Ang (2005), LMDI; Shapley (1953).
 */
export function splitChange(before: readonly number[], after: readonly number[]): number[] {
  if (before.length !== after.length) throw new RangeError('Both periods need the same factors.')
  const v0 = product(before)
  const v1 = product(after)
  const positive = [...before, ...after].every((factor) => factor > 0)
  if (!positive) return shapley(before, after)
  const mean = Math.abs(v1 / v0 - 1) < 1e-12 ? v0 : (v1 - v0) / Math.log(v1 / v0)
  return before.map((factor, index) => mean * Math.log((after[index] ?? 0) / factor))
}

const product = (factors: readonly number[]): number => factors.reduce((value, factor) => value * factor, 1)

function shapley(before: readonly number[], after: readonly number[]): number[] {
  const parts = before.map(() => 0)
  const orders = permutations(before.map((_, index) => index))
  for (const order of orders) {
    const current = [...before]
    let value = product(current)
    for (const index of order) {
      current[index] = after[index] ?? 0
      const next = product(current)
      parts[index] = (parts[index] ?? 0) + (next - value) / orders.length
      value = next
    }
  }
  return parts
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}
