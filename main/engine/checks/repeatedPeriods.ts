import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import { type CheckWork, mainDate } from './checkedTable'
import { dayName, isoDay, median, monthName, monthOf, sumOf } from './days'

const hashedRows = 1_000_000
const mostColumns = 60

/**
 * Rows that stand twice because a part of the export does.
 *
 * - The whole table: exactly half of the rows (2 % more or less) repeat another one; or two thirds, up to four fifths.
 * - A month, or a day: 45 % of its rows repeat another one, below 5 % in the usual month or day. Days need ten rows,
 *   or as many as the usual day of a table with one row for each thing and day.
 *
 * Only where reading the file found repeated rows. Of large tables a part of the different rows is looked at.
 */
export async function checkRepeatedPeriods(work: CheckWork): Promise<Finding[]> {
  const told = work.table.findings.find(({ id }) => id === 'repeatedRows')?.count
  const { rows } = work.table
  if (told === 0 || (told === undefined && rows <= hashedRows) || work.table.columns.length > mostColumns) return []
  const times = [2, 3, 4, 5].find(
    (copies) => Math.abs((told ?? 0) - (rows * (copies - 1)) / copies) <= rows * 0.02 && rows >= copies * 5,
  )
  if (told !== undefined && times !== undefined) return [wholeTable(work, told, times)]
  const date = mainDate(work.table)
  if (date === undefined) return []
  const usualDay = median((await work.days(date.name)).map((entry) => entry.rows))
  if (told !== undefined && told < usualDay * 0.4) return []
  const days = await repeatedByDay(work, date.name)
  const period = repeatedMonth(days) ?? repeatedDay(days)
  if (period === undefined) return []
  return [
    work.say({
      id: 'repeatedPeriod',
      severity: 'serious',
      column: date.name,
      title: `Rows of ${period.name} stand twice`,
      count: period.repeated,
      unit: 'rows',
      period: { from: isoDay(period.from), to: isoDay(period.to) },
      rows: sql`CAST(${ident(date.name)} AS DATE) BETWEEN CAST(${isoDay(period.from)} AS DATE) AND CAST(${isoDay(period.to)} AS DATE)`,
      treatment: 'Counted twice: take one of the two out of the file',
    }),
  ]
}

function wholeTable(work: CheckWork, told: number, times: number): Finding {
  return work.say({
    id: 'repeatedTable',
    severity: 'serious',
    title: times === 2 ? 'Nearly every row stands twice' : `Nearly every row stands ${times} times`,
    count: told,
    unit: 'rows',
    treatment:
      times === 2 ? 'Counted twice: take one of the two out of the file' : `Counted ${times} times: keep one of them`,
  })
}

interface RepeatedDay {
  readonly day: number
  readonly rows: number
  readonly repeated: number
}

function repeatedByDay(work: CheckWork, date: string): Promise<RepeatedDay[]> {
  const part = Math.max(1, Math.ceil(work.table.rows / hashedRows))
  const cells = join(
    work.table.columns.map(({ name }) => ident(name)),
    ', ',
  )
  const kept: Sql = part === 1 ? raw('true') : sql`key % ${part} = 0`
  return work.ask(
    z
      .tuple([z.number(), z.number(), z.number()])
      .transform(([day, rows, repeated]) => ({ day, rows: rows * part, repeated: repeated * part })),
    sql`
      WITH keyed AS (
        SELECT hash(${cells}) AS key, CAST(${ident(date)} AS DATE) AS day
        FROM ${work.relation}
        WHERE ${ident(date)} IS NOT NULL AND isfinite(${ident(date)})
      ), different AS (
        SELECT key, day, count(*) AS rows FROM keyed WHERE ${kept} GROUP BY key, day
      )
      SELECT (day - DATE '1970-01-01')::DOUBLE, sum(rows)::DOUBLE, sum(rows - 1)::DOUBLE
      FROM different
      GROUP BY day
      ORDER BY day`,
  )
}

interface Period {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly repeated: number
}

const isTwice = ({ rows, repeated }: { rows: number; repeated: number }): boolean => repeated >= rows * 0.45

function repeatedMonth(days: readonly RepeatedDay[]): Period | undefined {
  const months = [...new Set(days.map(({ day }) => monthOf(day)))].map((month) => {
    const own = days.filter(({ day }) => monthOf(day) === month)
    return {
      month,
      own,
      rows: sumOf(own.map(({ rows }) => rows)),
      repeated: sumOf(own.map(({ repeated }) => repeated)),
    }
  })
  const usual = median(months.map(({ rows, repeated }) => repeated / rows))
  const twice = months.filter((month) => isTwice(month) && month.own.filter(isTwice).length >= 10 && month.rows >= 20)
  const [first] = twice
  if (first === undefined || usual >= 0.05 || twice.length > months.length / 3) return undefined
  const all = twice.flatMap(({ own }) => own)
  return {
    name: twice.length === 1 ? monthName(first.month) : `${monthName(first.month)} and others`,
    from: all[0]?.day ?? 0,
    to: all.at(-1)?.day ?? 0,
    repeated: sumOf(twice.map(({ repeated }) => repeated)),
  }
}

function repeatedDay(days: readonly RepeatedDay[]): Period | undefined {
  const usualRows = median(days.map(({ rows }) => rows))
  const isRegular = days.filter(({ rows }) => rows === usualRows).length >= days.length * 0.9
  const least = isRegular ? usualRows : 10
  const twice = days.filter((day) => isTwice(day) && day.rows >= least)
  const usual = median(days.map(({ rows, repeated }) => repeated / rows))
  const [first] = twice
  if (first === undefined || usual >= 0.05 || days.length < 10 || twice.length > Math.max(1, days.length / 20)) {
    return undefined
  }
  return {
    name: twice.length === 1 ? dayName(first.day) : `${twice.length} days`,
    from: first.day,
    to: twice.at(-1)?.day ?? first.day,
    repeated: sumOf(twice.map(({ repeated }) => repeated)),
  }
}
