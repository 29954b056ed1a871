/**
 * First period (1-based) from which the running sum of the amounts stays at or above zero; null when it never does,
 * or when nothing flows at all. A sum that lies below zero by no more than `negligible` counts as zero.
 */
export function payback(amounts: readonly number[], negligible = 0): number | null {
  if (amounts.every((amount) => amount === 0)) return null
  let sum = 0
  let size = 0
  let lastBelow = 0
  amounts.forEach((amount, index) => {
    sum += amount
    size += Math.abs(amount)
    // Money that cancels to zero must count as paid back although floating point leaves a crumb.
    if (sum < -Math.max(negligible, size * 1e-12)) lastBelow = index + 1
  })
  return lastBelow === amounts.length ? null : lastBelow + 1
}
