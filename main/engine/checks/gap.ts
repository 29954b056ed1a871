import type { Finding } from '../../../shared/description'

/** A part of the period with too few rows, or none. */
export interface Gap {
  readonly said: Pick<Finding, 'id' | 'severity' | 'title' | 'count' | 'unit' | 'examples' | 'treatment'>
  readonly from: number
  readonly to: number
  readonly hasRows: boolean
}
