import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import { isNumber } from './amountFacts'
import { type CheckedColumn, type CheckWork, isDate, mainDate } from './checkedTable'

const leastRows = 20

/**
 * Rows that do not belong to the table.
 *
 * - Sums without a word: rows that hold numbers only, with no date, text or id, while such rows are at most 20 % and
 *   an amount of theirs is the sum of the rows since the last such row, or of all before (to 0.5 %).
 * - Another table below: from some row on to the end, three rows at least, the date is empty throughout, where it is
 *   filled in 95 % of the rows before; or two other columns are, in a third of the table at most.
 */
export async function checkRowsBelow(work: CheckWork): Promise<Finding[]> {
  if (work.table.rows < leastRows || work.table.columns.length > 60) return []
  const sums = await unlabelledSums(work)
  return [...sums, ...(sums.length > 0 ? [] : await otherTable(work))]
}

async function unlabelledSums(work: CheckWork): Promise<Finding[]> {
  const { columns } = work.table
  const amounts = columns.filter(isNumber).slice(0, 6)
  const others = columns.filter((column) => !isNumber(column) && column.type !== 'empty')
  if (amounts.length === 0 || others.length === 0) return []
  const isBare = join(
    others.map(({ name }) => sql`${ident(name)} IS NULL`),
    ' AND ',
  )
  const [bare] = await work.ask(
    z.tuple([z.number()]),
    sql`SELECT count(*)::DOUBLE FROM ${work.relation} WHERE ${isBare}`,
  )
  if (bare === undefined || bare[0] === 0 || bare[0] > work.table.rows * 0.2) return []
  const found = await Promise.all(amounts.map((column) => sumsOf(work, column, isBare)))
  const best = found.reduce((most, rows) => (rows.length > most.length ? rows : most), [] as readonly number[])
  if (best.length < bare[0] * 0.5) return []
  return [
    work.say({
      id: 'unlabelledTotals',
      severity: 'serious',
      title:
        best.length === 1 ? 'A row that is the total of the others' : 'Rows that are totals or subtotals of others',
      count: best.length,
      unit: best.length === 1 ? 'row' : 'rows',
      examples: best.slice(0, 4).map((row) => `row ${row}`),
      rows: isBare,
      treatment: 'Kept without a date: sums of the whole column count the same twice. Delete them from the file',
    }),
  ]
}

/** The bare rows whose amount is the sum of the rows since the last bare row, or of all rows before that are none. */
async function sumsOf(work: CheckWork, { name }: CheckedColumn, isBare: Sql): Promise<readonly number[]> {
  const rows = await work.ask(
    z.tuple([z.number()]),
    sql`
      WITH valued AS (
        SELECT ${place(work)} AS source_row, CAST(${ident(name)} AS DOUBLE) AS value, ${isBare} AS is_bare FROM ${work.relation}
      ), added AS (
        SELECT source_row, value, is_bare, sum(CASE WHEN is_bare THEN 0 ELSE value END) OVER (ORDER BY source_row) AS so_far
        FROM valued
      ), bare AS (
        SELECT source_row, value, so_far, so_far - coalesce(lag(so_far) OVER (ORDER BY source_row), 0) AS since
        FROM added WHERE is_bare AND value IS NOT NULL AND value <> 0
      )
      SELECT source_row::DOUBLE FROM bare
      WHERE abs(value - since) <= abs(value) * 0.005 OR abs(value - so_far) <= abs(value) * 0.005
      ORDER BY 1`,
  )
  return rows.map(([row]) => row)
}

/** The number of a row: while it is being imported rows are counted from a very large number on. */
const place = (work: CheckWork): Sql => sql`(source_row - (SELECT min(source_row) FROM ${work.relation}) + 1)`

async function otherTable(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(({ type }) => type !== 'empty')
  const date = mainDate(work.table) ?? columns.find(isDate)
  const [answer] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(
      columns.flatMap(({ name }) => [
        sql`coalesce(max(source_row) FILTER (WHERE ${ident(name)} IS NOT NULL) - min(source_row) + 1, 0)::DOUBLE`,
        sql`count(${ident(name)})::DOUBLE`,
      ]),
      ', ',
    )} FROM ${work.relation}`,
  )
  const { rows } = work.table
  const ends = columns.flatMap((column, index) => {
    const [last = 0, filled = 0] = answer?.slice(index * 2, index * 2 + 2) ?? []
    const least = column === date ? rows / 10 : (rows * 2) / 3
    const isEnding = last < rows - 2 && last >= Math.max(leastRows, least) && filled >= last * 0.95
    return isEnding ? [{ column, last }] : []
  })
  const first = Math.max(0, ...ends.map(({ last }) => last))
  const together = ends.filter(({ last }) => last >= first - 3)
  const isDated = together.some(({ column }) => column === date)
  if (together.length < 2 && !isDated) return []
  return [
    work.say({
      id: 'otherTable',
      severity: 'serious',
      title: `Another table, or notes, from row ${first + 1} on`,
      count: rows - first,
      unit: 'rows',
      examples: together.slice(0, 3).map(({ column }) => `no ${column.name} from there on`),
      rows: sql`source_row > ${raw(String(first))}`,
      treatment: 'Kept with empty cells: put the second table into a file or on a sheet of its own',
    }),
  ]
}
