import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, sql } from '../../../shared/sql'
import type { CheckWork } from './checkedTable'

const mostColumns = 30
const formula = '^="(.*)"$'

/** Cells of ids and texts written as a formula of a spreadsheet, ="123", which keeps it from reading a number. */
export async function checkFormulaIds(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(({ type }) => type === 'id' || type === 'text').slice(0, mostColumns)
  if (columns.length === 0) return []
  const isFormula = (name: string) =>
    sql`coalesce(starts_with(${ident(name)}, '="') AND ends_with(${ident(name)}, '"'), false)`
  const [counts = []] = await work.ask(
    z.array(z.number()),
    sql`SELECT ${join(
      columns.map(({ name }) => sql`count(*) FILTER (WHERE ${isFormula(name)})::DOUBLE`),
      ', ',
    )} FROM ${work.relation}`,
  )
  return columns.flatMap(({ name }, index) => {
    const count = counts[index] ?? 0
    if (count === 0) return []
    return [
      work.say({
        id: 'formulaIds',
        severity: 'warning',
        column: name,
        title: `${name} is written as a formula of a spreadsheet: ="…"`,
        count,
        unit: 'rows',
        rows: isFormula(name),
        fix: { label: 'Take the formula off', value: sql`regexp_extract(${ident(name)}, ${formula}, 1)` },
        treatment: 'Kept as they are: other tables that write the same without it do not match',
      }),
    ]
  })
}
