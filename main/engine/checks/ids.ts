import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, isTold } from './checkedTable'
import { idBreak } from './idBreak'

export interface IdFacts {
  readonly column: CheckedColumn
  readonly missing: number
  /** Cells of digits only. */
  readonly digits: number
  /** Cells with a lower-case and cells with an upper-case letter; of those with two letters the ones with only such. */
  readonly lower: number
  readonly upper: number
  readonly onlyLower: number
  readonly onlyUpper: number
  /** Numbers of 16 digits or more, and those of them with nothing but zeros after the 15th. */
  readonly long: number
  readonly rounded: number
}

const idRoles = ['customer', 'order', 'session', 'product']
const letterRows = 2_000_000

/**
 * Ids as they are written.
 *
 * - Missing, in the roles customer, order, session and product (customers of orders are told with the orders).
 * - Capitals: ids that differ by nothing else; or 0.5 % (20 rows) to a third in capitals only, the others in small
 *   letters only, of the ids with two letters.
 * - Two shapes: some ids are digits only, others (2 to 45 %) have letters or signs beside them, and 30 % of the
 *   latter exist without; of customers any such two, and of customers and sessions 0.1 % are enough if they do.
 * - Rounded: of the numbers of 16 digits or more 5 % have nothing but zeros after the 15th digit, as a spreadsheet
 *   leaves them, or (19 digits or more) after the 17th, or are what a floating number can hold (20 rows, 20 values).
 *   By chance that is 1 %.
 */
export async function checkIds(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(
    ({ type, role }) => type === 'id' || (role !== null && idRoles.includes(role)),
  )
  const texts = columns.filter(({ type }) => type === 'id' || type === 'text').slice(0, 10)
  if (texts.length === 0) return []
  const facts = await readIds(work, texts)
  const found = await Promise.all(
    facts.map(async (own) => [
      ...missing(work, own),
      ...rounded(work, own),
      ...(await capitals(work, own)),
      ...(await twoWays(work, own)),
    ]),
  )
  return found.flat()
}

const partsEach = 8

const hasLetters = (id: Sql): Sql => sql`regexp_matches(${id}, '[A-Za-z][^A-Za-z]*[A-Za-z]')`

/**
 * Zeros where a spreadsheet (15 digits) or a floating number (17) has nothing left, or the very digits a floating number
 * has: of ids of 19 digits and more hardly one in a hundred is by chance.
 */
const isRounded = (id: Sql): Sql =>
  sql`(CASE WHEN length(${id}) >= 19 THEN rtrim(substr(${id}, 18), '0') = '' OR CAST(TRY_CAST(TRY_CAST(${id} AS DOUBLE) AS HUGEINT) AS VARCHAR) = ${id} ELSE length(${id}) >= 17 AND rtrim(substr(${id}, 16), '0') = '' END)`

async function readIds(work: CheckWork, columns: readonly CheckedColumn[]): Promise<IdFacts[]> {
  const exact = columns.map(({ name }) => sql`(count(*) - count(${ident(name)}))::DOUBLE`)
  const [missingCells = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(exact, ', ')} FROM ${work.relation}`,
  )
  const id = sql`value`
  const isLong = sql`length(${id}) >= 16 AND ${id} < ':' AND regexp_full_match(${id}, '\\d+')`
  const tests = [
    sql`true`,
    sql`regexp_full_match(${id}, '\\d+')`,
    sql`${id} <> upper(${id})`,
    sql`${id} <> lower(${id})`,
    sql`${id} <> upper(${id}) AND ${id} = lower(${id}) AND ${hasLetters(id)}`,
    sql`${id} <> lower(${id}) AND ${id} = upper(${id}) AND ${hasLetters(id)}`,
    sql`${isLong}`,
    sql`${isLong} AND ${isRounded(id)}`,
  ]
  const sums = join(
    tests.map((test) => sql`coalesce(sum(n) FILTER (WHERE ${test}), 0)::DOUBLE`),
    ', ',
  )
  const looks = columns.map((column) => sql`(SELECT ${sums} FROM ${work.counted(column)})`)
  const [counts = []] = await work.ask(z.array(z.number()), sql`SELECT * FROM ${join(looks, ', ')}`)
  return columns.map((column, index) => {
    const [filled = 0, digits = 0, lower = 0, upper = 0, onlyLower = 0, onlyUpper = 0, long = 0, round = 0] =
      counts.slice(index * partsEach)
    return {
      column,
      missing: missingCells[index] ?? 0,
      // Shares come from the sample.
      digits: filled === 0 ? 0 : digits / filled,
      lower,
      upper,
      onlyLower,
      onlyUpper,
      long: long * work.glanceStep,
      rounded: round * work.glanceStep,
    }
  })
}

function missing(work: CheckWork, { column, missing: count }: IdFacts): Finding[] {
  const { role } = column
  const isToldLater = work.table.kind === 'orders' && role === 'customer'
  if (role === null || !idRoles.includes(role) || isToldLater || count === 0 || count > work.table.rows * 0.9) return []
  const told = work.table.findings
    .filter(({ id, column: where }) => where === column.name && id === 'blankWords')
    .reduce((sum, finding) => sum + finding.count, 0)
  if (count <= told) return []
  return [
    work.say({
      id: 'missingIds',
      severity: role === 'customer' ? 'serious' : 'warning',
      column: column.name,
      title: `${column.name} is empty`,
      count,
      unit: 'rows',
      rows: sql`${ident(column.name)} IS NULL`,
      treatment: role === 'customer' ? 'Left out where customers are counted' : 'Kept, in no group',
    }),
  ]
}

function rounded(work: CheckWork, { column, long, rounded: count }: IdFacts): Finding[] {
  if (count < 20 || count < long * 0.05 || column.distinct < 20) return []
  if (isTold(work.table, column.name, 'scientificIds', 'roundedIds')) return []
  return [
    work.say({
      id: 'roundedIds',
      severity: 'serious',
      column: column.name,
      title: 'Long ids rounded to 15 digits, as a spreadsheet does with numbers',
      count,
      unit: 'rows',
      rows: sql`length(${ident(column.name)}) >= 16 AND ${isRounded(ident(column.name))}`,
      treatment: 'Kept, but different ids may have become one: ask for the original file',
    }),
  ]
}

async function capitals(work: CheckWork, facts: IdFacts): Promise<Finding[]> {
  const { column, lower, upper } = facts
  if (lower === 0 || upper === 0) return []
  const id = ident(column.name)
  // Of very large tables a part of the ids, each with all its rows.
  const part = Math.max(1, Math.ceil(work.table.rows / letterRows))
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.array(z.string())]),
    sql`
      SELECT count(*)::DOUBLE, coalesce(sum(rows), 0)::DOUBLE, coalesce(min(example, 4), [])
      FROM (
        SELECT concat_ws(' / ', min(${id}), max(${id})) AS example, count(*) - max(own) AS rows
        FROM (SELECT ${id}, count(*) OVER (PARTITION BY ${id}) AS own FROM ${work.relation} WHERE hash(lower(${id})) % ${part} = 0 AND ${id} IS NOT NULL)
        GROUP BY lower(${id})
        HAVING min(${id}) <> max(${id})
      )`,
  )
  const [count, rows, examples] = answer ?? [0, 0, []]
  if (count === 0) return capitalsInPart(work, facts)
  return [
    work.say({
      id: 'idCapitals',
      severity: rows * part > work.table.rows * 0.01 ? 'warning' : 'info',
      column: column.name,
      title: `${column.name} differs only by capitals`,
      count: count * part,
      unit: 'ids',
      examples,
      treatment: 'Counted as different ids',
    }),
  ]
}

/** No two ids are the same but for capitals, yet most are written in small letters only and some in capitals only. */
function capitalsInPart(work: CheckWork, { column, onlyLower, onlyUpper }: IdFacts): Finding[] {
  const [fewer, more] = [Math.min(onlyLower, onlyUpper), Math.max(onlyLower, onlyUpper)]
  if (fewer < 20 || fewer < more * 0.005 || fewer > more * 0.5) return []
  const id = ident(column.name)
  const isUpper = onlyUpper === fewer
  return [
    work.say({
      id: 'idCapitals',
      severity: 'warning',
      column: column.name,
      title: `${column.name} is written in ${isUpper ? 'capitals' : 'small letters'} in part of the rows`,
      count: fewer * work.glanceStep,
      unit: 'rows',
      rows: isUpper
        ? sql`${id} <> lower(${id}) AND ${id} = upper(${id}) AND ${hasLetters(id)}`
        : sql`${id} <> upper(${id}) AND ${id} = lower(${id}) AND ${hasLetters(id)}`,
      treatment: 'Kept: other tables that write them otherwise will not match',
    }),
  ]
}

/** Where one way of writing ends and the other begins says more than how many stand in both. */
async function twoWays(work: CheckWork, facts: IdFacts): Promise<Finding[]> {
  const broken = isPerson(facts.column) && facts.digits < 1 ? await idBreak(work, facts.column) : []
  return broken.length > 0 ? broken : shapes(work, facts)
}

const isPerson = ({ role }: CheckedColumn): boolean => role === 'customer' || role === 'session'

async function shapes(work: CheckWork, { column, digits }: IdFacts): Promise<Finding[]> {
  const [least, most] = isPerson(column) ? [0.001, 0.98] : [0.02, 0.45]
  const isMixed = (digits >= least && digits <= most) || (1 - digits >= least && 1 - digits <= most)
  if (!isMixed) return []
  const id = ident(column.name)
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.array(z.string()), z.string().nullable()]),
    sql`
      WITH ids AS (
        SELECT ${id} AS id, count(*) AS rows FROM ${work.relation} WHERE ${id} IS NOT NULL GROUP BY 1
      ), bare AS (
        SELECT id FROM ids WHERE regexp_full_match(id, '\\d+')
      ), dressed AS (
        SELECT id, rows, regexp_replace(id, '^[A-Za-z]+[-_ ]?|[-_ ]?[A-Za-z]+$', '', 'g') AS digits
        FROM ids
        WHERE NOT regexp_full_match(id, '\\d+')
        LIMIT 500000
      )
      SELECT
        count(*)::DOUBLE,
        count(bare.id)::DOUBLE,
        coalesce(sum(dressed.rows), 0)::DOUBLE,
        coalesce(min(concat_ws(' / ', dressed.id, bare.id), 3) FILTER (WHERE bare.id IS NOT NULL), []),
        min(dressed.id)
      FROM dressed
      LEFT JOIN bare ON bare.id = dressed.digits`,
  )
  const [dressed, known, rows, examples, example] = answer ?? [0, 0, 0, [], null]
  const isBoth = known >= dressed * 0.3
  const isFew = Math.min(digits, 1 - digits) < 0.02
  if (dressed < 10 || !(isBoth || (column.role === 'customer' && !isFew))) return []
  return [
    work.say({
      id: 'idShapes',
      severity: isBoth ? 'serious' : 'warning',
      column: column.name,
      title: `${column.name} is written in two ways`,
      count: rows,
      unit: 'rows',
      examples: isBoth ? [...examples, `${known} ids stand in both ways`] : [`${example} among bare numbers`],
      rows: sql`NOT regexp_full_match(${id}, ${raw("'\\d+'")})`,
      treatment: 'Counted as different ids',
    }),
  ]
}
