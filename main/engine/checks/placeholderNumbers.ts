import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import type { AmountFacts } from './amountFacts'
import type { CheckWork } from './checkedTable'

/** -1, 999, 9999.99, 1111111, 123456: numbers that are written for "unknown". */
const isPlaceholder = (value: number): boolean => {
  const text = String(Math.abs(value)).replace('.', '')
  return value === -1 || /^(9+|(\d)\2{4,}|12345\d*)$/.test(text)
}

/**
 * A number that stands for "unknown": it is the largest or smallest of its column, all nines (or -1, 11111, 123456),
 * stands in at least 1 % of the cells or 20 of them, and lies three times beyond the value that 99 % of the others
 * stay below; at the lower end it is the only negative value.
 */
export async function checkPlaceholderNumbers(work: CheckWork): Promise<Finding[]> {
  const suspects = (await work.amounts()).flatMap((facts) => [
    ...(facts.most >= 9 && isPlaceholder(facts.most) ? [{ facts, value: facts.most }] : []),
    ...(facts.least < 0 && isPlaceholder(facts.least) ? [{ facts, value: facts.least }] : []),
  ])
  if (suspects.length === 0) return []
  const parts = suspects.flatMap(({ facts, value }) => partsOf(facts, value))
  const [answers] = await work.ask(
    z.array(z.number().nullable()),
    sql`SELECT ${join(parts, ', ')} FROM ${work.relation}`,
  )
  return suspects.flatMap(({ facts, value }, index) => {
    const [count, next, others] = [0, 1, 2].map((place) => answers?.[index * 3 + place] ?? null)
    if (!count || next === null || next === undefined || !others) return []
    const isOften = count >= Math.max(2, facts.filled * 0.01) || count >= 20
    const isFar = value < 0 ? next >= 0 : value >= 3 * Math.max(next, 1)
    return isOften && isFar ? [say(work, facts, value, count)] : []
  })
}

function partsOf({ column }: AmountFacts, value: number): Sql[] {
  const cell = sql`CAST(${ident(column.name)} AS DOUBLE)`
  const given = raw(String(value))
  const rest = value < 0 ? sql`min(${cell})` : sql`approx_quantile(${cell}, 0.99)`
  return [
    sql`count(*) FILTER (WHERE ${cell} = ${given})::DOUBLE`,
    sql`(${rest} FILTER (WHERE ${cell} <> ${given}))::DOUBLE`,
    sql`count(*) FILTER (WHERE ${cell} <> ${given})::DOUBLE`,
  ]
}

function say(work: CheckWork, { column }: AmountFacts, value: number, count: number): Finding {
  return work.say({
    id: 'placeholderNumbers',
    severity: column.role === null ? 'warning' : 'serious',
    column: column.name,
    title: `${value} stands for "unknown"`,
    count,
    unit: 'rows',
    examples: [String(value)],
    rows: sql`${ident(column.name)} = ${raw(String(value))}`,
    treatment: 'Counted as a number: leave these rows out or empty the cells',
  })
}
