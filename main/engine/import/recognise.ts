import type { Recognition } from '../../../shared/description'
import { rolesOf, type TableKind } from '../../../shared/roles'
import { wordsOf } from './columnNames'
import type { ColumnTest, Seen } from './columnTests'
import { type Cast, kindReadings } from './kindReadings'
import { orderValueTests, roleTests } from './roleTests'
import type { SniffedColumn } from './sniffColumns'

/** Below this a table is not taken for anything without the analyst saying so. */
const leastConfidence = 0.45
/** Nothing is certain before the analyst has looked. */
const mostConfidence = 0.99

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
  const all = [...found, ...byValues].sort((one, other) => other.confidence - one.confidence)
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
      const fitting = columns.filter((column) => !taken.has(column.name) && test(column))
      const chosen = role.many ? fitting : fitting.slice(0, 1)
      if (chosen.length === 0) continue
      cast[role.name] = chosen.map((column) => column.name)
      for (const column of chosen) taken.add(column.name)
    }
  }
  return cast
}

/** What a column of prices is called, in English, Spanish, French or German; a cost beside a quantity is one at most. */
const priceWords = /price|precio|prix|preis|\b(unit|unitaire|unitario|rate|tarif|tarifa|costs?|coste)\b/

/** A header that says nothing (A, B, "column 3"): order lines can still be told by their values, with less confidence. */
function ordersByValues(columns: readonly Seen[]): Recognition[] {
  const taken = new Set<string>()
  const cast: Record<string, string[]> = {}
  for (const [role, test] of Object.entries(orderValueTests)) {
    const [column] = candidates(
      role,
      test,
      columns.filter(({ name }) => !taken.has(name)),
    )
    if (column === undefined) continue
    cast[role] = [column.name]
    taken.add(column.name)
  }
  const playing = (role: string): Seen | undefined => columns.find(({ name }) => name === cast[role]?.[0])
  const price = playing('unitPrice')
  if (price !== undefined && cast['product'] === undefined && !priceWords.test(price.words)) {
    cast['revenue'] = [price.name]
    delete cast['unitPrice']
  }
  // Everybody orders at least once: a number with no more values than customers is a second number of theirs.
  if ((playing('order')?.distinct ?? 0) <= (playing('customer')?.distinct ?? 0)) delete cast['order']
  // The only repeated key is the customer's; an order number beside it would have more values.
  const isComplete = ['orderedAt', 'customer'].every((role) => cast[role] !== undefined)
  const amount = cast['unitPrice'] ?? cast['revenue']
  if (!isComplete || amount === undefined) return []
  return [
    {
      kind: 'orders',
      confidence: 0.55,
      reason: 'the headers say nothing; the values look like keys, dates and amounts',
      roles: rolesFrom('orders', cast),
    },
  ]
}

function candidates(role: string, test: ColumnTest, columns: readonly Seen[]): Seen[] {
  const fitting = columns.filter(test)
  // Customers are fewer than orders; a description says more than a category.
  if (role === 'customer') return fitting.sort((one, other) => one.distinct - other.distinct)
  return fitting
}

function rolesFrom(kind: TableKind, cast: Cast): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(cast).map(([name, columns]) => [
      name,
      rolesOf[kind].find((role) => role.name === name)?.many ? columns : (columns[0] ?? ''),
    ]),
  )
}
