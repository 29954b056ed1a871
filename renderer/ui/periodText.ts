import type { Period } from '../../shared/analysis'
import type { Formatter } from '../../shared/format'

/** "1 Jan – 31 Dec 2019": a year said once when both days share it. */
export function periodText({ first, last }: Period, format: Formatter): string {
  const year = first.slice(0, 4)
  const start = format.date(first)
  const short = year === last.slice(0, 4) ? start.replace(new RegExp(`[ ,./-]*${year}$`), '') : start
  return `${short} – ${format.date(last)}`
}
