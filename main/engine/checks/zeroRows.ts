import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import type { CheckWork } from './checkedTable'

const mostFlags = 200

/**
 * The last rows of a file are 0 in every column of yes and no: a part of the export that was never filled. There are
 * five such columns, 50 rows at the end, and by the share of such rows before them so many in a row are chance less
 * than once in a million files.
 */
export async function checkZeroRows(work: CheckWork): Promise<Finding[]> {
  const flags = work.table.columns.filter(({ type }) => type === 'flag').slice(0, mostFlags)
  if (flags.length < 5) return []
  const sum = join(
    flags.map(({ name }) => sql`coalesce(${ident(name)}::INTEGER, 0)`),
    ' + ',
  )
  const [answer] = await work.ask(
    z.tuple([z.number().nullable(), z.number(), z.number(), z.number(), z.number()]),
    sql`
      WITH summed AS (SELECT source_row, ${sum} AS flags FROM ${work.relation}),
      end_of AS (SELECT max(source_row) FILTER (WHERE flags > 0) AS last FROM summed)
      SELECT
        max(last)::DOUBLE,
        count(*) FILTER (WHERE source_row > last)::DOUBLE,
        count(*) FILTER (WHERE source_row < last AND flags = 0)::DOUBLE,
        coalesce(avg(flags) FILTER (WHERE source_row <= last), 0)::DOUBLE,
        coalesce(avg(flags) FILTER (WHERE source_row BETWEEN last * 0.9 AND last), 0)::DOUBLE
      FROM summed, end_of`,
  )
  const [last, empty, before, usual, near] = answer ?? [null, 0, 0, 0, 0]
  const others = work.table.rows - empty
  if (last === null || empty < 50 || others < 100 || near < usual / 2) return []
  const share = (before + 1) / (others + 2)
  if (empty * Math.log(share) > Math.log(1e-6)) return []
  return [
    work.say({
      id: 'zeroRows',
      severity: 'warning',
      title: `The last rows are 0 in all ${flags.length} columns of yes and no`,
      count: empty,
      unit: 'rows',
      examples: [`before them ${Math.round(share * 1000) / 10} % of the rows`],
      rows: sql`source_row > ${last}`,
      treatment: 'Read as 0, which may mean "not filled": leave them out or ask for this part again',
    }),
  ]
}
