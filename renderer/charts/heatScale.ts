const bins = 7

export interface HeatScale {
  /** 0 (low) to 6 (high). */
  readonly binOf: (value: number) => number
  /** Borders between bins, ascending; fewer than six where values repeat. */
  readonly edges: readonly number[]
}

/** Seven steps with about equally many cells, at the roundest borders that keep the steps apart. */
export function heatScale(values: readonly number[]): HeatScale {
  const sorted = [...values].sort((one, other) => one - other)
  const range = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0)
  const tries = [40, 150, 600].map((parts) => bordersOf(sorted, roundStep(range / parts)))
  const edges = tries.find((borders) => borders.length === bins - 1) ?? tries.at(-1) ?? []
  // Few different values still use the whole range of colours.
  const stretch = edges.length === 0 ? 0 : (bins - 1) / edges.length
  return {
    edges,
    binOf: (value) => Math.round(edges.filter((edge) => value >= edge).length * stretch),
  }
}

function bordersOf(sorted: readonly number[], step: number): number[] {
  const low = sorted[0] ?? 0
  const high = sorted.at(-1) ?? 0
  const borders = Array.from({ length: bins - 1 }, (_, index) => {
    const at = sorted[Math.floor((sorted.length * (index + 1)) / bins)] ?? 0
    return Math.round(at / step) * step
  })
  return [...new Set(borders)].filter((edge) => edge > low && edge <= high)
}

function roundStep(rough: number): number {
  if (rough <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10
  return factor * power
}
