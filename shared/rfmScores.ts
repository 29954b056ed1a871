/**
 * Tie-safe score of each value: 1 + floor(bands × w / N), w = values strictly worse, at most `bands`.
 * Equal values score equal; a score of 5 of 5 means better than at least 80 %.
 * @param values one per customer, any unit
 * @param better whether larger or smaller values are better
 * @param bands number of scores, 5 unless told
 * @returns scores 1…bands in the order of the values
 */
export function tieSafeScores(values: readonly number[], better: 'larger' | 'smaller', bands = 5): number[] {
  const worse = strictlyWorse(values, better)
  // Integer arithmetic: bands × w / N as a float could fall just below a whole number.
  return worse.map((count) => Math.min(bands, 1 + Math.floor((bands * count) / values.length)))
}

/** For each value how many others are strictly worse. */
export function strictlyWorse(values: readonly number[], better: 'larger' | 'smaller'): number[] {
  const sorted = [...values].sort((one, other) => (better === 'larger' ? one - other : other - one))
  const firstAt = new Map<number, number>()
  sorted.forEach((value, index) => {
    if (!firstAt.has(value)) firstAt.set(value, index)
  })
  return values.map((value) => firstAt.get(value) ?? 0)
}

/** Frequency and money in one score: their mean, rounded half up. */
export function frequencyMoney(frequency: number, money: number): number {
  return Math.floor((frequency + money) / 2 + 0.5)
}

/** Named groups on recency (rows, 5 best) × frequency-and-money (columns, 5 best). */
const groupGrid: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  5: { 5: 'Champions', 4: 'Champions', 3: 'Active', 2: 'Promising', 1: 'New' },
  4: { 5: 'Loyal', 4: 'Loyal', 3: 'Active', 2: 'Promising', 1: 'New' },
  3: { 5: 'Loyal', 4: 'Needs attention', 3: 'Needs attention', 2: 'Almost lost', 1: 'Almost lost' },
  2: { 5: 'At risk', 4: 'At risk', 3: 'At risk', 2: 'Almost lost', 1: 'Dormant' },
  1: { 5: 'Previously loyal', 4: 'Previously loyal', 3: 'At risk', 2: 'Dormant', 1: 'Dormant' },
}

export const groupNames = [
  'Champions',
  'Loyal',
  'Active',
  'Promising',
  'New',
  'Needs attention',
  'Almost lost',
  'At risk',
  'Previously loyal',
  'Dormant',
] as const

/** The group of two scores; with other than five bands the scores are first stretched to 1–5. */
export function groupOf(recency: number, frequencyAndMoney: number, bands = 5): string {
  const stretch = (score: number): number =>
    bands === 5 ? score : Math.min(5, Math.max(1, Math.ceil((score * 5) / bands)))
  return groupGrid[stretch(recency)]?.[stretch(frequencyAndMoney)] ?? 'Dormant'
}

export interface CustomerValue {
  readonly customer: string
  readonly recencyDays: number
  readonly orders: number
  readonly monetary: number
}

export interface ScoredCustomer extends CustomerValue {
  readonly r: number
  readonly f: number
  readonly m: number
  readonly fm: number
  readonly group: string
}

export function scoreCustomers(customers: readonly CustomerValue[], bands: number): ScoredCustomer[] {
  const r = tieSafeScores(
    customers.map((customer) => customer.recencyDays),
    'smaller',
    bands,
  )
  const f = tieSafeScores(
    customers.map((customer) => customer.orders),
    'larger',
    bands,
  )
  const m = tieSafeScores(
    customers.map((customer) => customer.monetary),
    'larger',
    bands,
  )
  return customers.map((customer, index) => {
    const scores = { r: r[index] ?? 1, f: f[index] ?? 1, m: m[index] ?? 1 }
    const fm = frequencyMoney(scores.f, scores.m)
    return { ...customer, ...scores, fm, group: groupOf(scores.r, fm, bands) }
  })
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
