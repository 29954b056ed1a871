import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, type Sql, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork } from './checkedTable'

const leastRows = 50

/**
 * Ids of customers and sessions that are written in another way from a row on: two forms (which of digits, letters and
 * other signs occur) make up 99.5 % of the cells, and one of them begins or ends at a row, with at most 1 % of the other
 * form on its side. Not where the column is sorted: fewer than one in twenty steps lead down.
 */
export async function idBreak(work: CheckWork, column: CheckedColumn): Promise<Finding[]> {
  const forms = await work.ask(
    z.tuple([z.string(), z.number()]),
    sql`SELECT ${formOf(sql`value`)}, sum(n)::DOUBLE FROM ${work.counted(column)} GROUP BY 1 ORDER BY 2 DESC, 1`,
  )
  const all = forms.reduce((sum, [, rows]) => sum + rows, 0)
  const [one, other] = forms
  if (one === undefined || other === undefined || other[1] < leastRows || one[1] + other[1] < all * 0.995) return []
  const id = ident(column.name)
  const isOne = sql`form = ${one[0]}`
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.string(), z.string()]),
    sql`
      WITH formed AS (
        SELECT source_row, ${id} AS id, ${formOf(id)} AS form, lag(${id}) OVER (ORDER BY source_row) AS before
        FROM ${work.glance} WHERE ${id} IS NOT NULL
      ), ends AS (
        SELECT
          quantile_disc(source_row, 0.995) FILTER (WHERE ${isOne}) AS one_last,
          quantile_disc(source_row, 0.005) FILTER (WHERE ${isOne}) AS one_first,
          quantile_disc(source_row, 0.995) FILTER (WHERE NOT ${isOne}) AS other_last,
          quantile_disc(source_row, 0.005) FILTER (WHERE NOT ${isOne}) AS other_first
        FROM formed
      )
      SELECT
        any_value(one_first)::DOUBLE, any_value(one_last)::DOUBLE, any_value(other_first)::DOUBLE, any_value(other_last)::DOUBLE,
        count(*) FILTER (WHERE id < before)::DOUBLE, count(*) FILTER (WHERE id <> before)::DOUBLE,
        min(id) FILTER (WHERE ${isOne}), min(id) FILTER (WHERE NOT ${isOne})
      FROM formed, ends`,
  )
  if (answer === undefined) return []
  const [oneFirst, oneLast, otherFirst, otherLast, falling, changes, oneExample, otherExample] = answer
  const tolerance = work.table.rows * 0.01
  const isBreak = oneLast <= otherFirst + tolerance || otherLast <= oneFirst + tolerance
  if (!isBreak || falling < changes * 0.05) return []
  const isLater = oneLast <= otherFirst + tolerance
  return [
    work.say({
      id: 'idShapes',
      severity: 'serious',
      column: column.name,
      title: `${column.name} is written in another way from row ${isLater ? otherFirst : oneFirst} on`,
      count: (isLater ? other[1] : one[1]) * work.glanceStep,
      unit: 'rows',
      examples: [`${oneExample} and ${otherExample}`],
      rows: sql`${formOf(id)} = ${isLater ? other[0] : one[0]}`,
      treatment: 'Counted as different ids: everybody seems to begin anew there. Ask for one way of writing them',
    }),
  ]
}

const formOf = (id: Sql): Sql =>
  sql`concat(CASE WHEN regexp_matches(${id}, '[0-9]') THEN 'digits ' ELSE '' END, CASE WHEN regexp_matches(${id}, '[A-Za-z]') THEN 'letters ' ELSE '' END, CASE WHEN regexp_matches(${id}, '[^0-9A-Za-z]') THEN 'signs' ELSE '' END)`
