import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, type Sql, sql } from '../../../shared/sql'
import type { CheckedColumn, CheckWork } from './checkedTable'

const idRoles = ['customer', 'order', 'session', 'product']
/** One product may simply be called so. */
const leastCodes = 3

/**
 * Codes of letters and digits (seven signs or more) in which a zero and the letter O were taken for each other. Where
 * letters other than O stand in the same places (50 rows), nine of ten rows agree in which of the others are letters and
 * which digits: the rest is damaged, three codes or more and at most a tenth of the rows of the column.
 */
export async function checkLookalikeIds(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(
    ({ type, role }) => (type === 'id' || type === 'text') && role !== null && idRoles.includes(role),
  )
  const found = await Promise.all(columns.map((column) => lookalikes(work, column)))
  return found.flat()
}

/** Which places hold a letter that is no O, and which a digit or an O. */
const patternOf = (id: Sql): Sql =>
  sql`regexp_replace(regexp_replace(${id}, '[0-9O]', '9', 'g'), '[A-NP-Za-z]', 'a', 'g')`
/** Which places hold a letter and which a digit. */
const signsOf = (id: Sql): Sql => sql`regexp_replace(regexp_replace(${id}, '[0-9]', '9', 'g'), '[A-Za-z]', 'a', 'g')`

async function lookalikes(work: CheckWork, column: CheckedColumn): Promise<Finding[]> {
  const forms = await work.ask(
    z.tuple([z.string(), z.number(), z.number(), z.string()]),
    sql`
      WITH codes AS (
        SELECT value, n, ${patternOf(sql`value`)} AS pattern, ${signsOf(sql`value`)} AS signs
        FROM ${work.counted(column)}
        WHERE length(value) >= 7 AND regexp_matches(value, '[0O]') AND regexp_matches(value, '[A-Za-z]')
      ), forms AS (
        SELECT pattern, signs, sum(n) AS n, count(DISTINCT value) AS codes, min(value) AS example FROM codes GROUP BY 1, 2
      ), shares AS (
        SELECT pattern, signs, n, codes, example, sum(n) OVER (PARTITION BY pattern) AS pattern_rows, max(n) OVER (PARTITION BY pattern) AS most
        FROM forms
      )
      SELECT concat(pattern, ' ', signs), n::DOUBLE, codes::DOUBLE, example FROM shares
      WHERE pattern_rows >= 50 AND most >= pattern_rows * 0.9 AND n < most
      ORDER BY n DESC, pattern, signs
      LIMIT 1000`,
  )
  const count = forms.reduce((sum, [, rows]) => sum + rows, 0) * work.glanceStep
  const codes = forms.reduce((sum, [, , different]) => sum + different, 0)
  if (codes < leastCodes || count > work.table.rows * 0.1) return []
  const id = ident(column.name)
  return [
    work.say({
      id: 'lookalikeIds',
      severity: 'serious',
      column: column.name,
      title: `${column.name} takes zeros and the letter O for each other`,
      count,
      unit: 'rows',
      examples: forms.slice(0, 4).map(([, , , example]) => example),
      rows: sql`list_contains(string_split(${forms.map(([form]) => form).join('\n')}, chr(10)), concat(${patternOf(id)}, ' ', ${signsOf(id)}))`,
      treatment: 'Counted as different ids: correct them in the file',
    }),
  ]
}
