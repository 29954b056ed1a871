export interface CustomerValue {
  readonly customer: string
  readonly recencyDays: number
  readonly orders: number
  readonly monetary: number
}

export interface ScoredCustomer extends CustomerValue {
  /** 1 … bands, the highest is best. */
  readonly r: number
  readonly f: number
  readonly m: number
  /** Mean of f and m, rounded half up. */
  readonly fm: number
}

/** Fixed limits between scores, ascending; null for tie-safe shares of the customers. */
export interface ScoreCuts {
  readonly r: readonly number[] | null
  readonly f: readonly number[] | null
  readonly m: readonly number[] | null
}

export const noCuts: ScoreCuts = { r: null, f: null, m: null }

/** Recency, frequency and money scores of every customer, in the order given. */
export function scoreCustomers(
  customers: readonly CustomerValue[],
  bands: number,
  cuts: ScoreCuts = noCuts,
): ScoredCustomer[] {
  const days = customers.map((customer) => customer.recencyDays)
  const orders = customers.map((customer) => customer.orders)
  const money = customers.map((customer) => customer.monetary)
  const r = cuts.r === null ? tieSafeScores(days, 'smaller', bands) : cutScores(days, 'smaller', cuts.r)
  const f = cuts.f === null ? tieSafeScores(orders, 'larger', bands) : cutScores(orders, 'larger', cuts.f)
  const m = cuts.m === null ? tieSafeScores(money, 'larger', bands) : cutScores(money, 'larger', cuts.m)
  return customers.map((customer, index) => {
    const scores = { r: r[index] ?? 1, f: f[index] ?? 1, m: m[index] ?? 1 }
    return { ...customer, ...scores, fm: frequencyMoney(scores.f, scores.m) }
  })
}

/**
 * Tie-safe score of each value: 1 + floor(bands × w / N), w = values strictly worse, at most `bands`.
 * Equal values score equal; a score of 5 of 5 means better than at least 80 %.
 * @param values one per customer, any unit
 * @param better whether larger or smaller values are better
 * @param bands number of scores, 5 unless told
 * @returns scores 1…bands in the order of the values
 */
export function tieSafeScores(values: readonly number[], better: 'larger' | 'smaller', bands = 5): number[] {
  return strictlyWorse(values, better).map((worse) => {
    const product = bands * worse
    // Integers only: the quotient as a float could fall just below a whole number.
    return Math.min(bands, 1 + (product - (product % values.length)) / values.length)
  })
}

/** For each value how many others are strictly worse. */
export function strictlyWorse(values: readonly number[], better: 'larger' | 'smaller'): number[] {
  const sign = better === 'larger' ? 1 : -1
  const sorted = Float64Array.from(values, (value) => sign * value).sort()
  return values.map((value) => firstAtLeast(sorted, sign * value))
}

/** Position of the first sorted value that is not below the wanted one. */
function firstAtLeast(sorted: Float64Array, wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? Number.NaN) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Score by fixed limits, ascending: where larger is better a value scores 1 plus the limits it reaches;
 * where smaller is better it scores 1 plus the limits it does not exceed.
 */
export function cutScores(
  values: readonly number[],
  better: 'larger' | 'smaller',
  limits: readonly number[],
): number[] {
  return values.map(
    (value) => 1 + limits.filter((limit) => (better === 'larger' ? value >= limit : value <= limit)).length,
  )
}

/** Frequency and money in one score: their mean, rounded half up. */
export function frequencyMoney(frequency: number, money: number): number {
  const sum = frequency + money
  return (sum + (sum % 2)) / 2
}

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
