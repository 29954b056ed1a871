import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const leastIds = 50

/**
 * Customers' ids with a second value behind them (17850-16679, 103293|2017-06-01), so that hardly anyone comes twice:
 * nine in ten are digits, a sign, and digits or a date; the first parts are numbers of four digits or more that repeat
 * (at most 80 % as many as the ids, fifty of them), and there are more second parts than a prefix would have (fifty).
 */
export async function checkMergedIds(work: CheckWork): Promise<Finding[]> {
  const customer = columnWith(work.table, 'customer')
  const suspects = customer === undefined ? work.table.columns.filter(({ type }) => type === 'id') : [customer]
  const found = await Promise.all(suspects.slice(0, 3).map((column) => mergedIn(work, column)))
  return found.flat()
}

async function mergedIn(work: CheckWork, column: CheckedColumn): Promise<Finding[]> {
  const { name, type } = column
  if ((type !== 'id' && type !== 'text') || work.table.rows < leastIds * 2) return []
  const shape = '^(\\d{4,})[-|_/:; ](\\d[\\d-]+)$'
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.string().nullable()]),
    sql`
      WITH parts AS (
        SELECT value AS id, n, regexp_extract(value, ${shape}, 1) AS one, regexp_extract(value, ${shape}, 2) AS other
        FROM ${work.counted(column)}
      )
      SELECT
        coalesce(sum(n), 0)::DOUBLE, coalesce(sum(n) FILTER (WHERE one <> ''), 0)::DOUBLE, count(DISTINCT id)::DOUBLE,
        count(DISTINCT nullif(one, ''))::DOUBLE, count(DISTINCT nullif(other, ''))::DOUBLE, min(id) FILTER (WHERE one <> '')
      FROM parts`,
  )
  const [rows, merged, ids, ones, others, example] = answer ?? [0, 0, 0, 0, 0, null]
  if (merged < rows * 0.9 || ones < leastIds || others < leastIds || ones > ids * 0.8) return []
  return [
    work.say({
      id: 'mergedIds',
      severity: 'serious',
      column: name,
      title: `${name} holds two values in one: an id and something behind it`,
      count: merged * work.glanceStep,
      unit: 'rows',
      examples: [example ?? '', `${ones} different ids in front, ${ids} with what stands behind`],
      treatment: 'Counted as one id: nearly every row is a customer of its own. Split the column in the file',
    }),
  ]
}
