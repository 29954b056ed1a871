import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, type Sql, sql } from '../../../shared/sql'
import { type CheckWork, columnWith } from './checkedTable'

const lookedRows = 200_000

/**
 * Events of one kind that are recorded twice: the same person, thing and kind again one or two seconds later. That is
 * so of three in ten events of the kind, at least 50, and of fewer than one in twenty of all other kinds.
 */
export async function checkRepeatedEvents(work: CheckWork): Promise<Finding[]> {
  const [event, time] = [columnWith(work.table, 'eventType'), columnWith(work.table, 'happenedAt')]
  const [customer, product] = [columnWith(work.table, 'customer'), columnWith(work.table, 'product')]
  if (work.table.kind !== 'events' || time?.type !== 'timestamp') return []
  if (event === undefined || customer === undefined || product === undefined || event.distinct > 50) return []
  const part = Math.max(1, Math.ceil(work.table.rows / lookedRows))
  const [kind, at, person, thing] = [event, time, customer, product].map(({ name }) => ident(name))
  if (kind === undefined || at === undefined || person === undefined || thing === undefined) return []
  const again = (where: Sql): Sql => sql`
    SELECT source_row, ${kind} AS kind, ${at} - lag(${at}) OVER (PARTITION BY ${person}, ${thing}, ${kind} ORDER BY ${at}, source_row) AS gap
    FROM ${work.relation} WHERE isfinite(${at}) AND ${where}`
  const isSoon = sql`gap BETWEEN INTERVAL 1 SECOND AND INTERVAL 2 SECOND`
  const kinds = await work.ask(
    z.tuple([z.string(), z.number(), z.number()]),
    sql`
      SELECT CAST(kind AS VARCHAR), count(*)::DOUBLE, count(*) FILTER (WHERE ${isSoon})::DOUBLE
      FROM (${again(sql`hash(${person}) % ${part} = 0`)}) WHERE kind IS NOT NULL GROUP BY 1`,
  )
  const twice = kinds.filter(([, rows, soon]) => soon * part >= 50 && soon >= rows * 0.3)
  const others = kinds.filter((entry) => !twice.includes(entry))
  const [worst] = twice
  if (worst === undefined || twice.length > 1 || others.length === 0) return []
  if (others.some(([, rows, soon]) => soon > rows * 0.05 + 2)) return []
  const [name, , soon] = worst
  return [
    work.say({
      id: 'repeatedEvents',
      severity: 'serious',
      column: event.name,
      title: `Every "${name}" seems to be recorded twice, a second or two apart`,
      count: soon * part,
      unit: 'rows',
      examples: others.slice(0, 3).map(([other, rows, few]) => `"${other}": ${few} of ${rows}`),
      rows: sql`source_row IN (SELECT source_row FROM (${again(sql`${kind} = ${name}`)}) WHERE ${isSoon})`,
      treatment: 'Counted twice: leave these rows out of the file',
    }),
  ]
}
