/** Rows on one day; days count from 1970-01-01. */
export interface DayRows {
  readonly day: number
  readonly rows: number
}

/** Days with rows that no long gap parts. */
export interface DayBlock {
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly days: readonly DayRows[]
}

const msADay = 86_400_000

export const isoDay = (day: number): string => new Date(day * msADay).toISOString().slice(0, 10)

export const dayNumber = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / msADay)

/** "2018-03" as a number that counts on over years. */
export function monthOf(day: number): number {
  const date = new Date(day * msADay)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

export function firstDayOf(month: number): number {
  return Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / msADay)
}

export const dateOfMonth = (day: number): number => new Date(day * msADay).getUTCDate()

export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

const monthNames = 'January February March April May June July August September October November December'.split(' ')

/** "March 2018" */
export const monthName = (month: number): string => `${monthNames[month % 12]} ${Math.floor(month / 12)}`

/** "31 March 2018" */
export const dayName = (day: number): string => `${dateOfMonth(day)} ${monthName(monthOf(day))}`

/** The day with its day and month exchanged, or null where there is no such day. */
export function swappedDay(day: number): number | null {
  const date = new Date(day * msADay)
  const [month, dayOfMonth] = [date.getUTCMonth() + 1, date.getUTCDate()]
  if (dayOfMonth > 12) return null
  return Math.round(Date.UTC(date.getUTCFullYear(), dayOfMonth - 1, month) / msADay)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0]
  return (low + high) / 2
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Parts days wherever more than `gap` days without rows lie between two. */
export function blocksOf(days: readonly DayRows[], gap: number): DayBlock[] {
  const parts: DayRows[][] = []
  for (const entry of days) {
    const last = parts.at(-1)
    const before = last?.at(-1)
    if (last === undefined || before === undefined || entry.day - before.day > gap) parts.push([entry])
    else last.push(entry)
  }
  return parts.map((part) => ({
    from: part[0]?.day ?? 0,
    to: part.at(-1)?.day ?? 0,
    rows: sumOf(part.map(({ rows }) => rows)),
    days: part,
  }))
}

/** Dates further apart than this belong to different blocks. */
export const longGap = 366

/** Where rows stand on most days, dates further away than this from all others are not part of the period. */
const strayGap = 30

/**
 * The block with most rows, which the others are measured by; of two alike the later one. Where it has rows on six of
 * ten days for four weeks or more, at most 5 % of the rows that lie a month away from all others do not belong to it.
 */
export function mainBlock(days: readonly DayRows[]): DayBlock | undefined {
  const block = largest(blocksOf(days, longGap))
  if (block === undefined) return undefined
  const core = largest(blocksOf(block.days, strayGap))
  const isCore =
    core !== undefined &&
    core.to - core.from >= 27 &&
    core.days.length >= (core.to - core.from + 1) * 0.6 &&
    core.rows >= block.rows * 0.95
  return isCore ? core : block
}

const largest = (blocks: readonly DayBlock[]): DayBlock | undefined =>
  blocks.reduce<DayBlock | undefined>(
    (most, block) => (most === undefined || block.rows >= most.rows ? block : most),
    undefined,
  )

/** Every day from one to another. */
export const daysBetween = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** The same number of rows on nine days of ten, as a table of costs has. */
export function isRegular(days: readonly DayRows[]): boolean {
  const usual = median(days.map(({ rows }) => rows))
  return days.filter(({ rows }) => rows === usual).length >= days.length * 0.9
}
