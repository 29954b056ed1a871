import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, raw, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork } from './checkedTable'
import type { Length } from './cutIds'

const leastRows = 20

/**
 * Numbers of 4 to 11 digits of which a part lost the last one: nearly all ids (99.9 %) have one length or one digit
 * fewer, the short ones are 0.1 to 30 % of the rows (20), and 99 % of them are the beginning of a longer id, although
 * at most three in ten numbers of that length are one. Numbers that were given one after the other are not: few short
 * ones begin a longer one.
 */
export async function shortIds(work: CheckWork, column: CheckedColumn, lengths: readonly Length[]): Promise<Finding[]> {
  const all = lengths.reduce((sum, { rows }) => sum + rows, 0)
  const usual = lengths.toSorted((one, other) => other.rows - one.rows)[0]
  if (usual === undefined || usual.length < 4 || usual.length > 11) return []
  const short = lengths.find(({ length }) => length === usual.length - 1)
  if (short === undefined || short.rows < Math.max(leastRows, all * 0.001) || short.rows > all * 0.3) return []
  if (usual.digits + short.digits < all * 0.999 || short.zeros > 0) return []
  const size = raw(String(short.length))
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.string().nullable()]),
    sql`
      WITH ids AS (
        SELECT value, sum(n) AS n FROM ${work.counted(column)} GROUP BY 1
      ), heads AS (
        SELECT DISTINCT left(value, ${size}) AS head FROM ids WHERE length(value) = ${size} + 1
      )
      SELECT
        count(*)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE head IS NOT NULL), 0)::DOUBLE,
        (SELECT count(*) FROM heads)::DOUBLE,
        min(value)
      FROM ids LEFT JOIN heads ON head = value
      WHERE length(value) = ${size}`,
  )
  const [different, known, heads, example] = answer ?? [0, 0, 0, null]
  if (different < 5 || known < short.rows * 0.99 || heads > 9 * 10 ** (short.length - 1) * 0.3) return []
  return [
    work.say({
      id: 'cutIds',
      severity: 'serious',
      column: column.name,
      title: `${column.name} lost its last digit in part of the rows`,
      count: short.rows * work.glanceStep,
      unit: 'rows',
      examples: [`${example ?? ''}: ${short.length} digits, usually ${usual.length}`],
      rows: sql`length(${ident(column.name)}) = ${size}`,
      treatment: 'Counted as different ids: ask for the file with the whole ids',
    }),
  ]
}
