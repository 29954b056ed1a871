import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, type Sql, sql } from '../../../shared/sql'
import { type CheckWork, isTold } from './checkedTable'

const mostColumns = 30
const leastRows = 3

/**
 * Rows whose cells stand a column too far to the right, where reading cannot tell because the column they end in is a
 * text: numbers in a text column that otherwise holds words (at most 10 % of its cells), while in 80 % of these rows
 * another column is empty that otherwise is empty in fewer than 5 % of the rows.
 */
export async function checkShiftedCells(work: CheckWork): Promise<Finding[]> {
  if (work.table.findings.some(({ id }) => id === 'shiftedRows')) return []
  const columns = work.table.columns.slice(0, mostColumns)
  const texts = columns.filter(
    ({ name, type, distinct }) =>
      type === 'text' && distinct <= work.table.rows * 0.2 && !isTold(work.table, name, 'blankWords'),
  )
  if (texts.length === 0) return []
  const isNumber = (name: string): Sql => sql`coalesce(regexp_full_match(${ident(name)}, '-?\\d+([.,]\\d+)?'), false)`
  const [counts = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(
      texts.flatMap(({ name }) => [
        sql`count(*) FILTER (WHERE ${isNumber(name)})::DOUBLE`,
        sql`count(${ident(name)})::DOUBLE`,
      ]),
      ', ',
    )} FROM ${work.glance}`,
  )
  for (const [index, { name }] of texts.entries()) {
    const [numbers = 0, filled = 0] = counts.slice(index * 2, index * 2 + 2)
    if (numbers < leastRows || numbers > filled * 0.1) continue
    const others = columns.filter((other) => other.name !== name)
    const [empty = []] = await work.ask(
      z.array(z.number()),
      sql`SELECT ${join(
        others.flatMap((other) => [
          sql`count(*) FILTER (WHERE ${isNumber(name)} AND ${ident(other.name)} IS NULL)::DOUBLE`,
          sql`count(*) FILTER (WHERE NOT ${isNumber(name)} AND ${ident(other.name)} IS NULL)::DOUBLE`,
        ]),
        ', ',
      )} FROM ${work.glance}`,
    )
    const gap = others.find((_, place) => {
      const [inThese = 0, elsewhere = 0] = empty.slice(place * 2, place * 2 + 2)
      return inThese >= numbers * 0.8 && elsewhere < filled * 0.05
    })
    if (gap === undefined) continue
    return [
      work.say({
        id: 'shiftedCells',
        severity: 'serious',
        column: gap.name,
        title: `Cells moved one column to the right: ${gap.name} is empty and ${name} holds a number`,
        count: numbers * work.glanceStep,
        unit: 'rows',
        rows: sql`${isNumber(name)} AND ${ident(gap.name)} IS NULL`,
        treatment: 'Kept as they are: amounts of these rows are wrong. Move their cells back in the file',
      }),
    ]
  }
  return []
}
