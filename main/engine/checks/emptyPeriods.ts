import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, type Sql, sql } from '../../../shared/sql'
import { type CheckWork, mainDate, onlyDate } from './checkedTable'
import { dayName, isoDay, mainBlock, median } from './days'

const mostColumns = 60
const leastRows = 20

/**
 * A column that is empty in all rows of a day, or of several that follow one another, where every other day has at
 * least one row in five that is filled, and the usual day one in two. Days of fewer than 20 rows are not looked at;
 * there are seven others or more. What is empty from the first day on is a new column.
 */
export async function checkEmptyPeriods(work: CheckWork): Promise<Finding[]> {
  const date = mainDate(work.table) ?? onlyDate(work.table)
  const columns = work.table.columns.filter(
    ({ name, type, missing }) => missing >= leastRows && name !== date?.name && type !== 'empty',
  )
  if (date === undefined || columns.length === 0) return []
  const block = mainBlock(await work.days(date.name))
  if (block === undefined || block.days.filter(({ rows }) => rows >= leastRows).length < 8) return []
  const looked = columns.slice(0, mostColumns)
  const days = await filledByDay(
    work,
    date.name,
    looked.map(({ name }) => name),
  )
  const large = days.filter(({ day, rows }) => rows >= leastRows && day >= block.from && day <= block.to)
  return looked.flatMap(({ name }, index) => {
    const empty = large.filter(({ filled }) => filled[index] === 0)
    const others = large.filter(({ filled }) => filled[index] !== 0)
    const shares = others.map(({ rows, filled }) => (filled[index] ?? 0) / rows)
    const [first, last] = [empty[0], empty.at(-1)]
    if (first === undefined || last === undefined || others.length < 7 || first === large[0]) return []
    if (Math.min(...shares) < 0.2 || median(shares) < 0.5) return []
    if (others.some(({ day }) => day > first.day && day < last.day)) return []
    const isOneDay = first.day === last.day
    return [
      work.say({
        id: 'emptyPeriod',
        severity: 'warning',
        column: name,
        title: `${name} is empty in all rows ${isOneDay ? `of ${dayName(first.day)}` : `from ${dayName(first.day)} to ${dayName(last.day)}`}`,
        count: empty.reduce((sum, { rows }) => sum + rows, 0) * work.step,
        unit: 'rows',
        period: { from: isoDay(first.day), to: isoDay(last.day) },
        rows: sql`${ident(name)} IS NULL AND CAST(${ident(date.name)} AS DATE) IN (${join(
          empty.slice(0, 400).map(({ day }) => sql`CAST(${isoDay(day)} AS DATE)`),
          ', ',
        )})`,
        treatment: 'Kept empty, while every other day has values: that part of the export was lost; ask for it again',
      }),
    ]
  })
}

interface FilledDay {
  readonly day: number
  readonly rows: number
  readonly filled: readonly number[]
}

function filledByDay(work: CheckWork, date: string, names: readonly string[]): Promise<FilledDay[]> {
  const counts: Sql = join(
    names.map((name) => sql`count(${ident(name)})::DOUBLE`),
    ', ',
  )
  return work.ask(
    z.tuple([z.number(), z.number(), z.array(z.number())]).transform(([day, rows, filled]) => ({ day, rows, filled })),
    sql`
      SELECT (CAST(${ident(date)} AS DATE) - DATE '1970-01-01')::DOUBLE AS day, count(*)::DOUBLE, [${counts}]
      FROM ${work.sample}
      WHERE isfinite(${ident(date)})
      GROUP BY 1
      ORDER BY 1`,
  )
}
