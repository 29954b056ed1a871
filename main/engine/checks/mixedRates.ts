import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { mixesScales } from '../rateScale'
import type { CheckedColumn, CheckWork } from './checkedTable'

/**
 * Tax rates and discounts of which some are percent (18) and others fractions (0.18). Rates of both sorts may stand
 * side by side by right (0.5 % and 18 %); it is a mix where a hundred times the small ones are as large as the others.
 */
export async function checkMixedRates(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(
    ({ role, type }) => (role === 'taxRate' || role === 'discountRate') && type === 'decimal',
  )
  const found = await Promise.all(columns.map((column) => mixIn(work, column)))
  return found.flatMap((finding) => (finding === undefined ? [] : [finding]))
}

async function mixIn(work: CheckWork, { name }: CheckedColumn): Promise<Finding | undefined> {
  const rate = sql`CAST(${ident(name)} AS DOUBLE)`
  const sorts = await work.ask(
    z
      .tuple([z.boolean(), z.number(), z.number(), z.number()])
      .transform(([isFraction, rows, least, most]) => ({ isFraction, rows, least, most })),
    sql`
      SELECT ${rate} < 1 AS is_fraction, count(*)::DOUBLE, min(${rate}), max(${rate})
      FROM ${work.relation}
      WHERE ${rate} > 0
      GROUP BY 1`,
  )
  const fractions = sorts.find(({ isFraction }) => isFraction)
  const percents = sorts.find(({ isFraction }) => !isFraction)
  if (fractions === undefined || percents === undefined || !mixesScales(fractions, percents)) return undefined
  const [fewer, word] = fractions.rows <= percents.rows ? [fractions, 'fractions'] : [percents, 'percent']
  return work.say({
    id: 'mixedRates',
    severity: 'serious',
    column: name,
    title: `${name} is written in percent in some rows and as a fraction in others`,
    count: fewer.rows,
    unit: `rows as ${word}`,
    examples: [`${fractions.least} to ${fractions.most}`, `${percents.least} to ${percents.most}`],
    rows: fewer === fractions ? sql`${rate} > 0 AND ${rate} < 1` : sql`${rate} >= 1`,
    treatment: 'Each is read as it looks: 0.18 and 18 are both 18 %; see the choice. Write them alike in the file',
  })
}
