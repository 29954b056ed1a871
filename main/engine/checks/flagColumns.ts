import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const mostFlags = 60
const leastRows = 500

/**
 * Flags of 0 and 1 that have to do with each other, in tables of 500 rows.
 *
 * - Flags of which only one can be 1: two to eight with the same first word (device_mobile, device_tablet), one of which
 *   is 1 in 90 % of the rows and several in at most 5 %: the rows with several.
 * - A flag without which the target is never 1: it is 0 in 10 % of the rows or more, by chance there would be twenty rows
 *   of the target among them, and there are none.
 * - Few patterns: a target, and besides it and the ids nothing but flags (five or more), whose rows are all alike in ten
 *   or more on average.
 */
export async function checkFlagColumns(work: CheckWork): Promise<Finding[]> {
  const flags = work.table.columns.filter(({ type, role }) => type === 'flag' && role !== 'target').slice(0, mostFlags)
  if (flags.length < 2 || work.table.rows < leastRows) return []
  const found = await Promise.all([severalAtOnce(work, flags), neverWithout(work, flags), patterns(work, flags)])
  return found.flat()
}

const isOne = ({ name }: CheckedColumn) => sql`coalesce(CAST(${ident(name)} AS VARCHAR) IN ('1', 'true'), false)`

async function severalAtOnce(work: CheckWork, flags: readonly CheckedColumn[]): Promise<Finding[]> {
  const groups = new Map<string, CheckedColumn[]>()
  for (const flag of flags) {
    const first = /^([A-Za-z]+)[_ .]/.exec(flag.name)?.[1]
    if (first !== undefined) groups.set(first, [...(groups.get(first) ?? []), flag])
  }
  const alike = [...groups].filter(([, own]) => own.length >= 2 && own.length <= 8)
  if (alike.length === 0) return []
  const ones = (own: readonly CheckedColumn[]) =>
    join(
      own.map((flag) => sql`${isOne(flag)}::INTEGER`),
      ' + ',
    )
  const [counts = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(
      alike.flatMap(([, own]) => [
        sql`count(*) FILTER (WHERE ${ones(own)} = 1)::DOUBLE`,
        sql`count(*) FILTER (WHERE ${ones(own)} > 1)::DOUBLE`,
      ]),
      ', ',
    )} FROM ${work.relation}`,
  )
  return alike.flatMap(([first, own], index) => {
    const [one = 0, several = 0] = counts.slice(index * 2, index * 2 + 2)
    const column = own[0]?.name ?? null
    if (one < work.table.rows * 0.9 || several === 0 || several > work.table.rows * 0.05) return []
    return [
      work.say({
        id: 'severalFlags',
        severity: 'info',
        column,
        title: `More than one of the ${own.length} flags ${first}_… is 1`,
        count: several,
        unit: 'rows',
        examples: own.map(({ name }) => name),
        rows: sql`${ones(own)} > 1`,
        treatment: 'Kept: such a row counts in each of the groups',
      }),
    ]
  })
}

async function neverWithout(work: CheckWork, flags: readonly CheckedColumn[]): Promise<Finding[]> {
  const target = columnWith(work.table, 'target')
  if (target === undefined || target.type !== 'flag') return []
  const [counts = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT count(*) FILTER (WHERE ${isOne(target)})::DOUBLE, ${join(
      flags.flatMap((flag) => [
        sql`count(*) FILTER (WHERE NOT ${isOne(flag)})::DOUBLE`,
        sql`count(*) FILTER (WHERE NOT ${isOne(flag)} AND ${isOne(target)})::DOUBLE`,
      ]),
      ', ',
    )} FROM ${work.relation}`,
  )
  const [all = 0, ...others] = counts
  return flags.flatMap(({ name }, index) => {
    const [without = 0, reached = 0] = others.slice(index * 2, index * 2 + 2)
    if (without < work.table.rows * 0.1 || reached > 0 || (all * without) / work.table.rows < 20) return []
    return [
      work.say({
        id: 'neverWithout',
        severity: 'info',
        column: name,
        title: `${target.name} never happens without ${name}: known only while it happens?`,
        count: without,
        unit: 'rows',
        rows: sql`CAST(${ident(name)} AS VARCHAR) NOT IN ('1', 'true')`,
        treatment: 'Kept: leave it out of models that are to say who will',
      }),
    ]
  })
}

async function patterns(work: CheckWork, flags: readonly CheckedColumn[]): Promise<Finding[]> {
  const target = columnWith(work.table, 'target')
  const others = work.table.columns.filter((column) => column !== target && !flags.includes(column))
  if (target === undefined || flags.length < 5 || others.some(({ type }) => type !== 'id')) return []
  const [answer] = await work.ask(
    z.tuple([z.number()]),
    sql`SELECT count(*)::DOUBLE FROM (SELECT DISTINCT ${join(
      flags.map(({ name }) => ident(name)),
      ', ',
    )} FROM ${work.relation})`,
  )
  const different = answer?.[0] ?? work.table.rows
  if (different * 10 > work.table.rows) return []
  return [
    work.say({
      id: 'fewPatterns',
      severity: 'info',
      title: 'Many rows are alike in all their flags: a model gives them the same score',
      count: different,
      unit: 'patterns',
      examples: [`${work.table.rows} rows`],
      treatment: 'Kept: the order among equal scores means nothing',
    }),
  ]
}
