import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckWork, columnWith } from './checkedTable'

/**
 * Rows of a table of costs that are as large as all other rows of their month together (to half a percent), in two
 * months or more of at least ten rows: totals among the days, without a word that says so.
 */
export async function checkMonthTotals(work: CheckWork): Promise<Finding[]> {
  const [date, cost] = [columnWith(work.table, 'date'), columnWith(work.table, 'cost')]
  if (work.table.kind !== 'spend' || date === undefined || cost === undefined) return []
  const [day, amount] = [ident(date.name), ident(cost.name)]
  const totals = sql`
    SELECT source_row FROM (
      SELECT source_row, ${amount} AS amount,
        sum(${amount}) OVER (PARTITION BY date_trunc('month', ${day})) AS total,
        count(${amount}) OVER (PARTITION BY date_trunc('month', ${day})) AS rows
      FROM ${work.relation}
      WHERE isfinite(${day})
    )
    WHERE rows >= 10 AND amount > 0 AND abs(2 * amount - total) <= amount * 0.005`
  const [answer] = await work.ask(
    z.tuple([z.number(), z.array(z.string())]),
    sql`
      SELECT count(*)::DOUBLE, coalesce(min(CAST(CAST(${day} AS DATE) AS VARCHAR), 4), [])
      FROM ${work.relation} WHERE source_row IN (${totals})`,
  )
  const [count, examples] = answer ?? [0, []]
  if (count < 2) return []
  return [
    work.say({
      id: 'monthTotals',
      severity: 'serious',
      column: date.name,
      title: 'Totals of months among the days: all is counted twice',
      count,
      unit: 'rows',
      examples,
      rows: sql`source_row IN (${totals})`,
      treatment: 'Added up like all others: leave these rows out of the file',
    }),
  ]
}
