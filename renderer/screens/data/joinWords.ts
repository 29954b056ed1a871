import type { JoinReport, Share } from '../../../shared/joins'

/** "orders with customers", "visits with spend". */
export function joinName({ left, right }: Pick<JoinReport, 'left' | 'right'>): string {
  return `${left.view} with ${right.view}`
}

/** A share that is only 1 when everything matches: 50,414 of 50,415 are not all. */
export function matchedShare({ total, matched }: Share): number {
  if (total === 0) return 0
  return matched === total ? 1 : Math.min(matched / total, 0.999)
}
