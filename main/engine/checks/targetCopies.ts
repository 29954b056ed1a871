import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import { type CheckWork, columnWith } from './checkedTable'

const mostDistinct = 10
const leastRows = 50

/**
 * Columns that give the outcome away: each of their values (ten at most) goes with one value of the target in 99.5 %
 * of the rows, and the target has more than one. A model that sees such a column has learned nothing.
 */
export async function checkTargetCopies(work: CheckWork): Promise<Finding[]> {
  const target = columnWith(work.table, 'target')
  if (target === undefined || work.table.rows < leastRows || target.distinct < 2) return []
  const columns = work.table.columns
    .filter((column) => column !== target && column.distinct >= 2 && column.distinct <= mostDistinct)
    .slice(0, 60)
  if (columns.length === 0) return []
  const outcome = sql`CAST(${ident(target.name)} AS VARCHAR)`
  const rows = await work.ask(
    z.tuple([z.string(), z.number(), z.number(), z.number()]),
    join(
      columns.map(
        ({ name }) => sql`
        SELECT ${name} AS name, sum(most)::DOUBLE AS agreed, sum(rows)::DOUBLE AS rows, count(DISTINCT outcome)::DOUBLE AS outcomes
        FROM (
          SELECT value, max(rows) AS most, sum(rows) AS rows, max_by(outcome, rows) AS outcome
          FROM (
            SELECT CAST(${ident(name)} AS VARCHAR) AS value, ${outcome} AS outcome, count(*) AS rows
            FROM ${work.relation} WHERE ${ident(name)} IS NOT NULL AND ${ident(target.name)} IS NOT NULL GROUP BY 1, 2
          ) GROUP BY value
        )`,
      ),
      ' UNION ALL ',
    ),
  )
  return rows.flatMap(([name, agreed, counted, outcomes]) =>
    counted >= work.table.rows * 0.5 && agreed >= counted * 0.995 && outcomes >= 2
      ? [
          work.say({
            id: 'targetCopied',
            severity: 'serious',
            column: name,
            title: `${name} gives ${target.name} away: it says the same`,
            count: agreed,
            unit: 'rows',
            treatment: 'Kept: leave it out of models, it is known only afterwards',
          }),
        ]
      : [],
  )
}
