import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, isTold } from './checkedTable'

const leastRows = 20
const leastShare = 0.2
const mostColumns = 8
const leastPlaces = 3
const leastWritten = 3

/**
 * Values that are written once and left blank in the rows below, as a pivot table or a printed report does: the first
 * columns of the table, two at least or one whose texts are all different and three in five blank.
 *
 * They are filled in the first row and empty together in 20 % of the rows (each is empty only where the one before it
 * is), in three places or more, while the rest is filled in 95 % of these rows; and what follows a filled row says
 * something else in 98 % of the cases, as nothing is written twice.
 */
export async function checkBlanksBelow(work: CheckWork): Promise<Finding[]> {
  const { rows } = work.table
  const columns = work.table.columns.slice(0, mostColumns)
  if (rows < leastRows || work.table.columns.length < 3 || work.table.columns.length > 60) return []
  const empty = await emptyCells(work, columns)
  const end = empty.findIndex((count) => count < rows * leastShare || count > rows - leastWritten)
  const block = columns.slice(0, end === -1 ? columns.length : end)
  const [first] = block
  if (first === undefined || (block.length === 1 && !isGroup(first, empty[0] ?? 0, rows))) return []
  if (block.length === work.table.columns.length) return []
  // A cell that could not be read is no blank.
  if (block.some(({ name }) => isTold(work.table, name, 'unreadable', 'blankWords'))) return []
  if (!(await isWrittenOnce(work, block))) return []
  return block.map(({ name }, index) => {
    const value = ident(name)
    return work.say({
      id: 'blanksBelow',
      severity: 'serious',
      column: name,
      title: `${name} is written once and left blank in the rows below, as in a pivot table`,
      count: empty[index] ?? 0,
      unit: 'rows',
      examples: block.map((column) => column.name),
      rows: sql`${value} IS NULL`,
      fix: {
        label: 'Fill down from the row above',
        value: sql`(
          SELECT above.value FROM (
            SELECT source_row AS place, last_value(${value} IGNORE NULLS) OVER (ORDER BY source_row) AS value FROM ${work.relation}
          ) AS above WHERE above.place = source_row)`,
      },
      treatment: 'Kept empty: these rows have no date, no order or no customer of their own until they are filled down',
    })
  })
}

/** A single column: its texts are all different, and three in five of its cells are blank. */
const isGroup = ({ type, distinct }: CheckedColumn, blank: number, rows: number): boolean =>
  type === 'text' && distinct === rows - blank && blank >= rows * 0.6

async function emptyCells(work: CheckWork, columns: readonly CheckedColumn[]): Promise<readonly number[]> {
  const counts = columns.map(({ name }) => sql`count(*) FILTER (WHERE ${ident(name)} IS NULL)::DOUBLE`)
  const [answer = []] = await work.ask(z.array(z.number()), sql`SELECT ${join(counts, ', ')} FROM ${work.relation}`)
  return answer
}

async function isWrittenOnce(work: CheckWork, block: readonly CheckedColumn[]): Promise<boolean> {
  const names = block.map(({ name }) => ident(name))
  const [first, last] = [names[0] ?? sql`NULL`, names.at(-1) ?? sql`NULL`]
  const isNested = join(
    // A lone column is nested in nothing.
    [sql`true`, ...names.slice(1).map((name, index) => sql`(${name} IS NOT NULL OR ${names[index] ?? first} IS NULL)`)],
    ' AND ',
  )
  const rest: Sql = join(
    work.table.columns
      .filter((column) => column.type !== 'empty' && !block.includes(column))
      .map(({ name }) => sql`(${ident(name)} IS NULL)::INTEGER`),
    ' + ',
  )
  const others = work.table.columns.filter((column) => column.type !== 'empty').length - block.length
  if (others < 1) return false
  const [answer] = await work.ask(
    z.tuple([z.boolean(), z.boolean(), z.number(), z.number(), z.number(), z.number()]),
    sql`
      WITH placed AS (
        SELECT source_row, concat_ws(chr(31), ${join(names, ', ')}) AS written, ${first} IS NULL AS is_blank,
          ${isNested} AS is_nested, ${last} IS NULL AS is_bare, ${rest} AS gaps,
          ${last} IS NULL AND lag(${last}) OVER (ORDER BY source_row) IS NOT NULL AS begins
        FROM ${work.relation}
      ), written_rows AS (
        SELECT written, lag(written) OVER (ORDER BY source_row) AS before FROM placed WHERE NOT is_bare
      )
      SELECT
        (SELECT NOT is_blank FROM placed ORDER BY source_row LIMIT 1),
        (SELECT bool_and(is_nested) FROM placed),
        (SELECT count(*) FROM written_rows WHERE before IS NOT NULL)::DOUBLE,
        (SELECT count(*) FROM written_rows WHERE before = written)::DOUBLE,
        (SELECT avg(gaps) FROM placed WHERE is_bare)::DOUBLE,
        (SELECT count(*) FROM placed WHERE begins)::DOUBLE`,
  )
  if (answer === undefined) return false
  const [startsFilled, isAlwaysNested, followers, repeats, gaps, places] = answer
  if (places < leastPlaces) return false
  return (
    startsFilled &&
    isAlwaysNested &&
    followers >= leastWritten - 1 &&
    repeats <= followers * 0.02 &&
    gaps <= others * 0.05
  )
}
