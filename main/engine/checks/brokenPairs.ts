import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const leastRows = 500
const leastGroups = 30
const mostCombinations = 5000
/** How much better than by chance two rows of a product agree in its category, before the two have to do with each other. */
const unrelated = 0.1

/** A column, and another whose value it determines. */
interface Pair {
  readonly of: CheckedColumn
  readonly told: CheckedColumn
}

/**
 * Products and customers that are described in one way nearly everywhere: category by product or description, country,
 * segment or gender by customer. Of the things with three rows or more (30 of them, 500 rows):
 *
 * - Two rows of one thing agree hardly more often than two rows of different ones (a tenth of the way to always): the
 *   column was sorted or shuffled alone.
 * - 80 % of the rows agree with the usual value of their thing, 20 rows do not, and four in five of these hold a value
 *   that their thing has only once in ten of its rows, at most: single rows are wrong. Products that moved to another
 *   category as a whole have it in more of their rows.
 */
export async function checkBrokenPairs(work: CheckWork): Promise<Finding[]> {
  if (work.table.rows < leastRows) return []
  const found = await Promise.all(pairsOf(work).map((pair) => brokenIn(work, pair)))
  return found.flat()
}

function pairsOf({ table }: CheckWork): Pair[] {
  if (table.kind === 'people' || table.kind === 'customers') return []
  const [product, category] = [columnWith(table, 'product'), columnWith(table, 'category')]
  const [customer, description] = [columnWith(table, 'customer'), columnWith(table, 'description')]
  const places = [columnWith(table, 'location'), columnWith(table, 'gender')]
  const pairs = [{ of: product ?? description, told: category }, ...places.map((told) => ({ of: customer, told }))]
  return pairs.flatMap(({ of, told }) =>
    of !== undefined && told !== undefined && of !== told && told.distinct >= 2 && of.distinct >= leastGroups
      ? [{ of, told }]
      : [],
  )
}

async function brokenIn(work: CheckWork, { of, told }: Pair): Promise<Finding[]> {
  const [key, value] = [ident(of.name), ident(told.name)]
  const [answer] = await work.ask(
    z.tuple([
      z.number(),
      z.number(),
      z.number(),
      z.number(),
      z.number(),
      z.number(),
      z.array(z.string()),
      z.string().nullable(),
    ]),
    sql`
      WITH pairs AS (
        SELECT ${key} AS key, ${value} AS value, count(*) AS n
        FROM ${work.glance} WHERE ${key} IS NOT NULL AND ${value} IS NOT NULL GROUP BY 1, 2
      ), things AS (
        SELECT key, value, n, sum(n) OVER (PARTITION BY key) AS rows, max(n) OVER (PARTITION BY key) AS most
        FROM pairs
      ), counted AS (
        SELECT key, value, n, rows, most FROM things WHERE rows >= 3
      ), totals AS (
        SELECT sum(n) AS n FROM counted GROUP BY value
      )
      SELECT
        count(DISTINCT key)::DOUBLE,
        coalesce(sum(n), 0)::DOUBLE,
        coalesce(sum(n * (n - 1.0)) / nullif(sum(n * (rows - 1.0)), 0), 1)::DOUBLE,
        coalesce((SELECT sum(n * n::DOUBLE) / nullif(sum(n) * sum(n::DOUBLE), 0) FROM totals), 1)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE n < most), 0)::DOUBLE,
        coalesce(sum(n) FILTER (WHERE n < most AND n <= greatest(1, rows * 0.1)), 0)::DOUBLE,
        coalesce(min(concat_ws(': ', key, value), 3) FILTER (WHERE n < most), []),
        CASE WHEN count(*) FILTER (WHERE n < most) <= ${mostCombinations} THEN string_agg(concat(key, chr(9), value), chr(10)) FILTER (WHERE n < most) END
      FROM counted`,
  )
  const [things, rows, agreed, chance, others, stray, examples, combinations] = answer ?? [0, 0, 1, 1, 0, 0, [], null]
  if (things < leastGroups || rows < leastRows || chance > 0.95) return []
  if ((agreed - chance) / (1 - chance) < unrelated) return [shuffled(work, of.name, told.name, rows)]
  if (others < 20 || others > rows * 0.2 || stray < others * 0.8) return []
  return [
    work.say({
      id: 'brokenPairs',
      severity: 'warning',
      column: told.name,
      title: `${told.name} is another than usual for its ${of.name} in single rows`,
      count: others * work.glanceStep,
      unit: 'rows',
      examples,
      ...(combinations === null || work.glanceStep > 1
        ? {}
        : { rows: sql`list_contains(string_split(${combinations}, chr(10)), concat(${key}, chr(9), ${value}))` }),
      treatment: 'Kept: cells may have been exchanged, shifted or typed in the wrong row',
    }),
  ]
}

function shuffled(work: CheckWork, of: string, told: string, count: number): Finding {
  return work.say({
    id: 'shuffledColumn',
    severity: 'serious',
    column: told,
    title: `${told} has nothing to do with ${of}: sorted, shuffled or pasted on its own?`,
    count: count * work.glanceStep,
    unit: 'rows',
    treatment: `Kept as it is: everything by ${told} is wrong. Ask for the file before it was sorted`,
  })
}
