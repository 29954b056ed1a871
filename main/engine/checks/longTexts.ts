import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, raw, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork } from './checkedTable'

const mostColumns = 20
const leastDistinct = 50
const leastLength = 10

/**
 * Texts as they end.
 *
 * - Cut at a length, in columns of 50 different values or more: of the texts of one length (ten signs or more) twenty, and
 *   four in ten, are the beginning of a longer one that stands in the column too, and four times as many as of any other
 *   length but one sign less.
 * - Line breaks inside cells.
 */
export async function checkLongTexts(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(({ type }) => type === 'text').slice(0, mostColumns)
  if (columns.length === 0) return []
  const long = columns.filter(({ distinct }) => distinct >= leastDistinct && distinct <= work.table.rows * 0.8)
  const found = await Promise.all([lineBreaks(work, columns), ...long.map((column) => cutTexts(work, column))])
  return found.flat()
}

async function lineBreaks(work: CheckWork, columns: readonly CheckedColumn[]): Promise<Finding[]> {
  const hasBreak = (name: string) => sql`(contains(${ident(name)}, chr(10)) OR contains(${ident(name)}, chr(13)))`
  const [counts = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(
      columns.map(({ name }) => sql`count(*) FILTER (WHERE ${hasBreak(name)})::DOUBLE`),
      ', ',
    )} FROM ${work.glance}`,
  )
  return columns.flatMap(({ name }, index) => {
    const count = (counts[index] ?? 0) * work.glanceStep
    if (count === 0) return []
    return [
      work.say({
        id: 'lineBreaks',
        severity: 'info',
        column: name,
        title: `Line breaks inside cells of ${name}`,
        count,
        unit: 'rows',
        rows: hasBreak(name),
        treatment: 'Kept: a value with a line break is another one than the same without',
      }),
    ]
  })
}

async function cutTexts(work: CheckWork, column: CheckedColumn): Promise<Finding[]> {
  const lengths = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.number(), z.string()]),
    sql`
      WITH texts AS (
        SELECT value, length(value) AS size, sum(n) AS n FROM ${work.counted(column)} GROUP BY 1, 2
      ), following AS (
        SELECT value, size, n, lead(value) OVER (ORDER BY value) AS next FROM texts
      )
      SELECT
        size::DOUBLE,
        sum(n)::DOUBLE,
        count(*)::DOUBLE,
        count(*) FILTER (WHERE starts_with(next, value))::DOUBLE,
        min(value)
      FROM following
      WHERE size >= ${leastLength}
      GROUP BY size
      ORDER BY 4 DESC, 1`,
  )
  const [first] = lengths
  if (first === undefined) return []
  // Cut behind a blank a text is one sign shorter.
  const second = lengths.find(([size]) => size !== first[0] && size !== first[0] - 1)
  const [size, rows, texts, begun, example] = first
  if (begun < 20 || begun < texts * 0.4 || begun < (second?.[3] ?? 0) * 4) return []
  return [
    work.say({
      id: 'cutTexts',
      severity: 'warning',
      column: column.name,
      title: `${column.name} is cut at ${size} characters in part of the rows`,
      count: rows * work.glanceStep,
      unit: 'rows',
      examples: [example, `${begun} of them also stand there in full`],
      rows: sql`length(${ident(column.name)}) = ${raw(String(size))}`,
      treatment: 'Counted as other values than the whole ones: ask for the file with the whole texts',
    }),
  ]
}
