/** At most `most` round numbers (1, 2 or 5 × 10ⁿ apart) that cover the range; the ends are ticks, too. */
export function niceTicks(least: number, largest: number, most = 5): number[] {
  if (!(largest > least)) return [least, least + 1]
  const raw = (largest - least) / Math.max(1, most - 1)
  const power = 10 ** Math.floor(Math.log10(raw))
  for (const factor of [1, 2, 2.5, 5, 10, 20, 25, 50]) {
    const step = factor * power
    const first = Math.floor(least / step + 1e-9)
    const last = Math.ceil(largest / step - 1e-9)
    if (last - first + 1 <= most) {
      // Multiplying whole numbers keeps 0.3 from becoming 0.30000000000000004.
      return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
    }
  }
  return [least, largest]
}
