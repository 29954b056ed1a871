/**
 * First period (1-based) from which the running sum of the amounts stays at or above zero; null when it never does,
 * or when nothing flows at all.
 */
export function payback(amounts: readonly number[]): number | null {
  if (amounts.every((amount) => amount === 0)) return null
  let sum = 0
  let size = 0
  let lastBelow = 0
  amounts.forEach((amount, index) => {
    sum += amount
    size += Math.abs(amount)
    // Money that cancels to zero must count as paid back although floating point leaves a crumb.
    if (sum < -size * 1e-12) lastBelow = index + 1
  })
  return lastBelow === amounts.length ? null : lastBelow + 1
}
