import { random } from '../engine/import/workbooks/mutations'

/** Chance that is the same for the same seed. */
export interface Chance {
  /** From 0 to 1, 1 excluded. */
  next(): number
  /** A whole number from 0 to `count`, `count` excluded. */
  below(count: number): number
  oneOf<Value>(values: readonly Value[]): Value
  /** True once in so many times. */
  onceIn(times: number): boolean
}

export function chanceOf(seed: number): Chance {
  const next = random(seed)
  const below = (count: number): number => Math.floor(next() * count)
  return {
    next,
    below,
    // Callers pass lists that are not empty.
    oneOf: <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value,
    onceIn: (times) => below(times) === 0,
  }
}
