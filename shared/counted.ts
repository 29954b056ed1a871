import type { Formatter } from './format'

/** "1 order", "1,468 customers". */
export function counted(count: number, noun: string, format: Formatter): string {
  return `${format.count(count)} ${noun}${count === 1 ? '' : 's'}`
}
