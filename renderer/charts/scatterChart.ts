import type { NumberFormat } from '../../shared/report'

/** Points of two numbers. Only the scratchpad draws it: no report holds one. */
export interface ScatterChart {
  readonly kind: 'scatter'
  readonly xTitle: string
  readonly yTitle: string
  readonly xFormat: NumberFormat
  readonly yFormat: NumberFormat
  readonly points: readonly { readonly x: number; readonly y: number }[]
}
