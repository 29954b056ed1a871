import type { Recognition } from '../../../shared/description'
import { rolesOf, type TableKind } from '../../../shared/roles'
import { wordsOf } from './columnNames'
import { isFilled, repeats, type Seen } from './columnTests'
import { type Cast, kindReadings } from './kindReadings'
import { isCost, isPrice, orderValueTests, roleTests } from './roleTests'
import type { SniffedColumn } from './sniffColumns'

/** Below this a table is not taken for anything without the analyst saying so. */
const leastConfidence = 0.45
/** Nothing is certain before the analyst has looked. */
const mostConfidence = 0.99
/** Below this a kind is worth offering only where no other fits. */
const unlikely = 0.2

/** Every kind a table could be from its columns' names and values, likeliest first; `other` when nothing is likely. */
export function recognise(columns: readonly SniffedColumn[], rows: number): Recognition[] {
  const seen = columns
    .filter((column) => column.type !== 'empty')
    .map((column): Seen => ({ ...column, rows, words: wordsOf(column.name) }))
  const found = (Object.keys(kindReadings) as TableKind[])
    .map((kind) => read(kind, castByTests(kind, seen), seen))
    .filter(({ confidence }) => confidence > 0)
  const best = Math.max(0, ...found.map(({ confidence }) => confidence))
  const byValues = best < leastConfidence ? ordersByValues(seen) : []
  const offered = best < leastConfidence ? found : found.filter(({ confidence }) => confidence >= unlikely)
  const all = [...offered, ...byValues].sort((one, other) => other.confidence - one.confidence)
  const other: Recognition = {
    kind: 'other',
    confidence: Math.min(mostConfidence, 1 - (all[0]?.confidence ?? 0)),
    reason: 'no known kind fits',
    roles: {},
  }
  return (all[0]?.confidence ?? 0) >= leastConfidence ? all : [other, ...all]
}

function read(kind: TableKind, cast: Cast, seen: readonly Seen[]): Recognition {
  const { score, reason } = kindReadings[kind]?.(cast, seen) ?? { score: 0, reason: '' }
  return {
    kind,
    confidence: Math.min(mostConfidence, Math.round(Math.max(0, score) * 100) / 100),
    reason,
    roles: rolesFrom(kind, cast),
  }
}

/** Columns go to roles test by test: the most telling test of any role first, no column twice. */
function castByTests(kind: TableKind, columns: readonly Seen[]): Cast {
  const tests = roleTests[kind] ?? {}
  const taken = new Set<string>()
  const cast: Record<string, string[]> = {}
  const rounds = Math.max(0, ...Object.values(tests).map((list) => list.length))
  for (let round = 0; round < rounds; round += 1) {
    for (const role of rolesOf[kind]) {
      const test = tests[role.name]?.[round]
      if (test === undefined || cast[role.name] !== undefined) continue
      const fits = (column: Seen): boolean => !taken.has(column.name) && test(column)
      const first = role.many ? undefined : columns.find(fits)
      const chosen = role.many ? columns.filter(fits) : first === undefined ? [] : [first]
      if (chosen.length === 0) continue
      cast[role.name] = chosen.map((column) => column.name)
      for (const column of chosen) taken.add(column.name)
    }
  }
  return cast
}

/** Headers that say little (A, B, "column 3"): order lines can still be told by their values, with less confidence. */
function ordersByValues(columns: readonly Seen[]): Recognition[] {
  const named = castByTests('orders', columns)
  const cast = castByValues(named, columns)
  const playing = (role: string): Seen | undefined => columns.find(({ name }) => name === cast[role]?.[0])
  const customer = playing('customer')
  const amount = playing('unitPrice') ?? playing('revenue')
  if (playing('orderedAt') === undefined || customer === undefined || amount === undefined) return []
  const isTold = customer.type !== 'text' || cast['quantity'] !== undefined
  if (!(isTold && repeats(customer) && isFilled(customer) && isFilled(amount))) return []
  const isDoubtful = cast['unitPrice']?.[0] === amount.name && isCost(amount)
  return [
    {
      kind: 'orders',
      confidence: isDoubtful ? 0.5 : 0.55,
      reason: isDoubtful
        ? 'keys, dates and quantities; the only amount is a cost, taken for the price'
        : 'the headers say little; the values look like keys, dates and amounts',
      roles: rolesFrom('orders', cast),
    },
  ]
}

/** The roles that names give, and what the values suggest for the rest. */
function castByValues(named: Cast, columns: readonly Seen[]): Cast {
  const cast: Record<string, readonly string[]> = { ...named }
  const taken = new Set(Object.values(named).flat())
  const hasAmount = named['unitPrice'] !== undefined || named['revenue'] !== undefined
  for (const [role, test] of Object.entries(orderValueTests)) {
    if (named[role] !== undefined || (role === 'unitPrice' && hasAmount)) continue
    const fitting = columns.filter((column) => !taken.has(column.name) && test(column))
    const customer = columns.find(({ name }) => name === cast['customer']?.[0])
    const [column] = candidates(role, fitting, customer)
    if (column === undefined) continue
    // An amount beside a quantity is the price of one, unless only its values tell the quantity.
    const isUnit = isPrice(column) || cast['product'] !== undefined || named['quantity'] !== undefined
    cast[role === 'unitPrice' && !isUnit ? 'revenue' : role] = [column.name]
    taken.add(column.name)
  }
  return cast
}

function candidates(role: string, fitting: readonly Seen[], customer: Seen | undefined): readonly Seen[] {
  // Customers are fewer than orders.
  if (role === 'customer') return fitting.toSorted((one, other) => one.distinct - other.distinct)
  if (role === 'order') return fitting.filter((column) => customer === undefined || isMore(column, customer))
  if (role === 'unitPrice') return fitting.toSorted((one, other) => Number(isPrice(other)) - Number(isPrice(one)))
  return fitting
}

/** Everybody orders at least once: a number with no more values than customers is a second number of theirs. */
function isMore(order: Seen, customer: Seen): boolean {
  // Distinct values of large tables are estimated.
  return order.distinct > customer.distinct * (order.rows > 1_000_000 ? 1.05 : 1)
}

function rolesFrom(kind: TableKind, cast: Cast): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(cast).map(([name, columns]) => [
      name,
      rolesOf[kind].find((role) => role.name === name)?.many ? columns : (columns[0] ?? ''),
    ]),
  )
}
