/** A mark somebody clicked in a picture. */
export interface ChartNumber {
  readonly key: string
  readonly value: string
  readonly what: string
  readonly means: string | null
  readonly figures: string | null
}
