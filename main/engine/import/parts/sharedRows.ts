import { z } from 'zod'
import { raw, type Sql, sql, toReadable } from '../../../../shared/sql'
import { type ImportWork, runCancellable } from '../work'

/** Rows that stand in two files, by the numbers of the files. */
export interface SharedRows {
  readonly one: number
  readonly other: number
  readonly rows: number
}

/** Above this size rows are not compared: their hashes would not fit in memory. */
const comparedBytes = 400 * 1024 ** 2

const pair = z.tuple([z.number(), z.number(), z.number()])

/** Which files of a relation of texts with a column `part` hold the same rows. */
export async function sharedRows(relation: Sql, width: number, bytes: number, work: ImportWork): Promise<SharedRows[]> {
  if (bytes > comparedBytes) return []
  const cells = raw(Array.from({ length: width }, (_, index) => `c${index}`).join(', '))
  const statement = sql`
    WITH different_rows AS (
      SELECT DISTINCT part, hash(${cells}) AS row FROM ${relation} WHERE coalesce(${cells}, NULL) IS NOT NULL
    ), shared AS (
      SELECT min(part) AS one, max(part) AS other FROM different_rows GROUP BY row HAVING count(*) > 1
    )
    SELECT one::INTEGER, other::INTEGER, count(*)::DOUBLE FROM shared GROUP BY one, other ORDER BY one, other`
  const reader = await runCancellable(work, 'comparing the files', () =>
    work.connection.runAndReadAll(toReadable(statement)),
  )
  return reader.getRowsJS().map((row) => {
    const [one, other, rows] = pair.parse(row)
    return { one, other, rows }
  })
}
