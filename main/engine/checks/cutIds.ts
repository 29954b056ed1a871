import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, raw, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, isTold } from './checkedTable'
import { shortIds } from './shortIds'

const leastRows = 20
const idRoles = ['customer', 'order', 'session', 'product']
const distinctLookedAt = 2_000_000

/**
 * Ids of which a part lost characters.
 *
 * - Leading zeros: ids of digits only; those that begin with a zero (2 % of the rows) all have the width of the longest,
 *   and others are shorter and begin with none. Or two ids are the same number with and without zeros (twenty such).
 * - Cut: nine of ten ids hold a digit, half of them have twelve characters or more, and at least 0.5 % (20 rows, at most half) have 70 % of that
 *   or fewer, with hardly any (a tenth of them) between the two lengths; up to 80 % where the short ones hold letters as
 *   often as the beginnings of the long ones. Or digits only, one fewer: see `shortIds`.
 * - Cut at the end: the id that ends the last row is shorter than (nearly) all others by two characters or more, of twelve.
 */
export async function checkCutIds(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns
    .filter(({ type, role }) => type === 'id' || (type === 'text' && role !== null && idRoles.includes(role)))
    .slice(0, 6)
  const found = await Promise.all(
    columns.map(async (column) => {
      const lengths = await readLengths(work, column)
      return [
        ...(await lostZeros(work, column, lengths)),
        ...(await cut(work, column, lengths)),
        ...(await shortIds(work, column, lengths)),
        ...(await cutAtEnd(work, column, lengths)),
      ]
    }),
  )
  return found.flat()
}

export interface Length {
  readonly length: number
  readonly rows: number
  /** Of them with a digit somewhere. */
  readonly coded: number
  /** Of them digits only, and of those beginning with a zero. */
  readonly digits: number
  readonly zeros: number
}

function readLengths(work: CheckWork, column: CheckedColumn): Promise<Length[]> {
  return work.ask(
    z
      .tuple([z.number(), z.number(), z.number(), z.number(), z.number()])
      .transform(([length, rows, coded, digits, zeros]) => ({ length, rows, coded, digits, zeros })),
    sql`
      SELECT
        length(value)::DOUBLE AS length,
        sum(n)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE regexp_matches(value, '\\d')), 0)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE regexp_full_match(value, '\\d+')), 0)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE starts_with(value, '0') AND regexp_full_match(value, '\\d+')), 0)::DOUBLE
      FROM ${work.counted(column)}
      GROUP BY 1
      ORDER BY 1`,
  )
}

const rowsOf = (lengths: readonly Length[], part: 'rows' | 'coded' | 'digits' | 'zeros' = 'rows'): number =>
  lengths.reduce((sum, entry) => sum + entry[part], 0)

async function lostZeros(work: CheckWork, column: CheckedColumn, lengths: readonly Length[]): Promise<Finding[]> {
  const all = rowsOf(lengths)
  const zeros = rowsOf(lengths, 'zeros')
  if (zeros === 0 || rowsOf(lengths, 'digits') < all * 0.9 || column.distinct > distinctLookedAt) return []
  const width = Math.max(...lengths.filter((entry) => entry.digits > 0).map(({ length }) => length))
  const ofWidth = lengths.find(({ length }) => length === width)
  const isFixed = width >= 3 && zeros >= all * 0.02 && (ofWidth?.zeros ?? 0) >= zeros * 0.99
  const id = ident(column.name)
  const isShort = sql`length(${id}) < ${raw(String(width))} AND NOT starts_with(${id}, '0') AND regexp_full_match(${id}, '\\d+')`
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.array(z.string())]),
    sql`
      WITH ids AS (
        SELECT ${id} AS id, ltrim(${id}, '0') AS number, count(*) AS rows FROM ${work.relation}
        WHERE regexp_full_match(${id}, '\\d+') GROUP BY 1, 2
      ), written AS (
        SELECT number, count(*) AS ways, sum(rows) - max(rows) AS rows, concat_ws(' / ', max(id), min(id)) AS example
        FROM ids GROUP BY number
      )
      SELECT
        (SELECT count(*) FROM ${work.relation} WHERE ${isShort})::DOUBLE,
        count(*) FILTER (WHERE ways > 1)::DOUBLE,
        coalesce(sum(rows) FILTER (WHERE ways > 1), 0)::DOUBLE,
        coalesce(min(example, 4) FILTER (WHERE ways > 1), [])
      FROM written`,
  )
  const [short, twoWays, twoWayRows, examples] = answer ?? [0, 0, 0, []]
  const isPart = isFixed && short > 0
  if (!isPart && twoWays < leastRows) return []
  const isLost = isPart && short <= work.table.rows / 2
  const filledUp = zeros * work.glanceStep
  const count = isLost ? short : isPart ? filledUp : twoWayRows
  return [
    work.say({
      id: 'lostZeros',
      severity: 'serious',
      column: column.name,
      title: isLost
        ? `${column.name} lost its leading zeros in part of the rows`
        : `${column.name} is written with leading zeros in part of the rows and without them in others`,
      count,
      unit: 'rows',
      examples: examples.length > 0 ? examples : [`usually ${width} digits`],
      ...(isLost ? { rows: isShort } : isPart ? { rows: sql`starts_with(${id}, '0')` } : {}),
      treatment: `Counted as different ids${twoWays > 0 ? `: ${twoWays} stand there in both ways` : ''}; add a formula column that fills them up with zeros`,
    }),
  ]
}

async function cut(work: CheckWork, column: CheckedColumn, lengths: readonly Length[]): Promise<Finding[]> {
  const usual = wholeLength(lengths)
  if (
    usual < 12 ||
    rowsOf(lengths, 'coded') < rowsOf(lengths) * 0.9 ||
    isTold(work.table, column.name, 'scientificIds')
  )
    return []
  const bound = Math.floor(usual * 0.7)
  const short = lengths.filter(({ length }) => length <= bound)
  const between = lengths.filter(({ length }) => length > bound && length < usual * 0.8)
  const count = rowsOf(short) * work.glanceStep
  const all = rowsOf(lengths) * work.glanceStep
  // Ids of one length each were cut; words and codes of many lengths are something else.
  const longest = short.reduce((most, entry) => Math.max(most, entry.rows), 0) * work.glanceStep
  if (count < Math.max(leastRows, all * 0.005) || count > all * 0.8 || longest < count * 0.8) return []
  if (rowsOf(between) * work.glanceStep > count * 0.1) return []
  if (count > all * 0.45 && !(await isAlike(work, column, bound))) return []
  return [
    work.say({
      id: 'cutIds',
      severity: 'serious',
      column: column.name,
      title: `${column.name} is cut short in part of the rows`,
      count,
      unit: 'rows',
      examples: [`${short.at(-1)?.length ?? bound} characters, usually ${usual}`],
      rows: sql`length(${ident(column.name)}) <= ${raw(String(bound))}`,
      treatment: 'Counted as different ids: ask for the file with the whole ids',
    }),
  ]
}

/** The greatest length of a fifth of the ids: half of them or more may have been cut. */
const wholeLength = (lengths: readonly Length[]): number =>
  Math.max(
    usualLength(lengths),
    ...lengths.filter(({ rows }) => rows >= rowsOf(lengths) * 0.2).map(({ length }) => length),
  )

/** Whether the short ids hold letters as often as the beginnings of the long ones (to a tenth of the cells). */
async function isAlike(work: CheckWork, column: CheckedColumn, bound: number): Promise<boolean> {
  const size = raw(String(bound))
  const [answer] = await work.ask(
    z.tuple([z.number().nullable(), z.number().nullable()]),
    sql`
      WITH sized AS (
        SELECT value, length(value) AS size, n, (SELECT mode(length(value)) FROM ${work.counted(column)} WHERE length(value) <= ${size}) AS cut
        FROM ${work.counted(column)}
      )
      SELECT
        avg(regexp_matches(value, '[A-Za-z]')::INTEGER) FILTER (WHERE size <= ${size})::DOUBLE,
        avg(regexp_matches(left(value, cut), '[A-Za-z]')::INTEGER) FILTER (WHERE size > ${size})::DOUBLE
      FROM sized`,
  )
  const [short, long] = answer ?? [null, null]
  return short !== null && long !== null && Math.abs(short - long) <= 0.1
}

function usualLength(lengths: readonly Length[]): number {
  let rows = 0
  const half = rowsOf(lengths) / 2
  for (const entry of lengths) {
    rows += entry.rows
    if (rows >= half) return entry.length
  }
  return 0
}

async function cutAtEnd(work: CheckWork, column: CheckedColumn, lengths: readonly Length[]): Promise<Finding[]> {
  const isLast = work.table.columns.at(-1)?.name === column.name
  const usual = usualLength(lengths)
  if (!isLast || usual < 12 || work.table.rows < leastRows) return []
  const [answer] = await work.ask(
    z.tuple([z.string().nullable()]),
    sql`SELECT max_by(${ident(column.name)}, source_row) FROM ${work.relation}`,
  )
  const last = answer?.[0] ?? null
  if (last === null || last.length > usual - 2) return []
  const asShort = rowsOf(lengths.filter(({ length }) => length <= last.length + 1))
  if (asShort > 1 + rowsOf(lengths) * 0.0001) return []
  return [
    work.say({
      id: 'cutEnd',
      severity: 'warning',
      column: column.name,
      title: `The last row ends in a shorter ${column.name} than all others: the file may be cut off`,
      count: 1,
      unit: 'row',
      examples: [last, `usually ${usual} characters`],
      rows: sql`${ident(column.name)} = ${last}`,
      treatment: 'Kept as it is: ask for the whole file',
    }),
  ]
}
