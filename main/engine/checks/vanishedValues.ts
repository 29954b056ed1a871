import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, isDate, mainDate, onlyDate } from './checkedTable'
import { type DayRows, dayName, isoDay, mainBlock, median } from './days'

const mostColumns = 8
const mostValues = 40
const leastDays = 14

/**
 * A value that stands in a column on every day and then on none, while the table goes on: a source, a device or a kind
 * of event that was no longer recorded. Looked for in columns of at most 40 values, by the days that have rows at all.
 *
 * - Outside one run of days the value stands on 95 % of the days (at least 14), and no other run without it is a third
 *   as long. The run has seven days; or two, where the value has 20 rows on a usual day and five on the weakest.
 * - All values but one vanish on the same day to the end, and had a fifth of the rows before: the column was filled
 *   with one value from there on.
 */
export async function checkVanishedValues(work: CheckWork): Promise<Finding[]> {
  const date = mainDate(work.table) ?? onlyDate(work.table)
  const columns = work.table.columns.filter((column) => isLabel(column)).slice(0, mostColumns)
  if (date === undefined || columns.length === 0) return []
  const block = mainBlock(await work.days(date.name))
  if (block === undefined || block.days.length < leastDays + 2) return []
  const found: Finding[] = []
  for (const column of columns) {
    const counts = await countByDay(work, date.name, column.name)
    const said = filledUp(work, date, column, block.days, counts) ?? vanished(work, date, column, block.days, counts)
    if (said !== undefined) found.push(said)
  }
  return found
}

const roles = ['source', 'device', 'eventType', 'category', 'location', 'couponState', 'gender', 'brand', 'segment']

/** Columns that say of what sort a row is. */
function isLabel(column: CheckedColumn): boolean {
  if (isDate(column) || column.distinct < 2 || column.distinct > mostValues) return false
  if (column.role !== null) return roles.includes(column.role)
  return column.type === 'text' || column.type === 'id'
}

interface Count {
  readonly day: number
  readonly value: string
  readonly rows: number
}

async function countByDay(work: CheckWork, date: string, column: string): Promise<Count[]> {
  const values = await work.ask(
    z.tuple([z.string(), z.array(z.number()), z.array(z.number())]),
    sql`
      SELECT CAST(value AS VARCHAR), list((day - DATE '1970-01-01')::DOUBLE), list(rows::DOUBLE)
      FROM (
        SELECT CAST(${ident(date)} AS DATE) AS day, ${ident(column)} AS value, count(*) AS rows
        FROM ${work.sample}
        WHERE ${ident(column)} IS NOT NULL AND isfinite(${ident(date)})
        GROUP BY 1, 2
      )
      GROUP BY value`,
  )
  return values.flatMap(([value, days, rows]) => days.map((day, index) => ({ day, value, rows: rows[index] ?? 0 })))
}

interface Run {
  readonly value: string
  readonly from: number
  readonly to: number
  readonly days: number
  readonly rows: number
  readonly isAtEnd: boolean
}

function vanished(
  work: CheckWork,
  date: CheckedColumn,
  column: CheckedColumn,
  days: readonly DayRows[],
  counts: readonly Count[],
): Finding | undefined {
  const values = [...new Set(counts.map(({ value }) => value))]
  const runs = values.flatMap((value) => runWithout(value, days, counts) ?? [])
  const [worst] = runs.sort((one, other) => other.days - one.days)
  if (worst === undefined) return undefined
  const isSerious = column.role === 'eventType'
  return work.say({
    id: 'vanishedValues',
    severity: isSerious ? 'serious' : column.role === 'category' || column.role === 'brand' ? 'info' : 'warning',
    column: column.name,
    title: worst.isAtEnd
      ? `No "${worst.value}" in ${column.name} from ${dayName(worst.from)} on, though it was there every day before`
      : `No "${worst.value}" in ${column.name} from ${dayName(worst.from)} to ${dayName(worst.to)}, though it is there on all other days`,
    count: worst.days,
    unit: 'days',
    examples: runs.slice(0, 4).map(({ value, from, to }) => `"${value}": none from ${isoDay(from)} to ${isoDay(to)}`),
    period: { from: isoDay(worst.from), to: isoDay(worst.to) },
    rows: sql`CAST(${ident(date.name)} AS DATE) BETWEEN CAST(${isoDay(worst.from)} AS DATE) AND CAST(${isoDay(worst.to)} AS DATE)`,
    treatment: 'Counted as they are: it may not have been recorded; check the export, and compare periods without it',
  })
}

/** The one long run of days without a value that is there on nearly all others. */
function runWithout(value: string, days: readonly DayRows[], counts: readonly Count[]): Run | undefined {
  const rows = new Map(counts.filter((entry) => entry.value === value).map((entry) => [entry.day, entry.rows]))
  const [longest, next] = emptyRuns(days, rows)
  if (longest === undefined) return undefined
  const outside = days.filter(({ day }) => day < longest.from || day > longest.to)
  const own = outside.flatMap(({ day }) => rows.get(day) ?? [])
  const isMany = median(own) >= 20 && Math.min(...own.slice(1, -1)) >= 5
  const isLong = longest.days >= (isMany ? 2 : 7) && (next?.days ?? 0) <= longest.days / 3
  const before = outside.filter(({ day }) => day < longest.from).length
  const isSteady = outside.length >= leastDays && own.length >= outside.length * 0.95
  // What begins late is new.
  if (!isLong || !isSteady || before < 5) return undefined
  return { ...longest, value, isAtEnd: longest.to === days.at(-1)?.day }
}

/** Runs of days with rows but none of a value, the longest first. */
function emptyRuns(days: readonly DayRows[], rows: ReadonlyMap<number, number>): Omit<Run, 'value' | 'isAtEnd'>[] {
  const runs: { from: number; to: number; days: number; rows: number }[] = []
  let isOpen = false
  for (const entry of days) {
    const run = runs.at(-1)
    const isEmpty = !rows.has(entry.day)
    if (isEmpty && isOpen && run !== undefined)
      Object.assign(run, { to: entry.day, days: run.days + 1, rows: run.rows + entry.rows })
    else if (isEmpty) runs.push({ from: entry.day, to: entry.day, days: 1, rows: entry.rows })
    isOpen = isEmpty
  }
  return runs.sort((one, other) => other.days - one.days)
}

/** The last days have one value only, and the days before had others on each of them. */
function filledUp(
  work: CheckWork,
  date: CheckedColumn,
  column: CheckedColumn,
  days: readonly DayRows[],
  counts: readonly Count[],
): Finding | undefined {
  const last = counts.filter(({ day }) => day === days.at(-1)?.day)
  const [only] = last
  if (only === undefined || last.length !== 1) return undefined
  const others = counts.filter(({ value }) => value !== only.value)
  const end = Math.max(...others.map(({ day }) => day))
  const [before, after] = [days.filter(({ day }) => day <= end), days.filter(({ day }) => day > end)]
  const otherRows = others.reduce((sum, { rows }) => sum + rows, 0)
  const allBefore = counts.filter(({ day }) => day <= end).reduce((sum, { rows }) => sum + rows, 0)
  const rowsAfter = counts.filter(({ day }) => day > end).reduce((sum, { rows }) => sum + rows, 0)
  const withOthers = new Set(others.map(({ day }) => day)).size
  if (before.length < leastDays || after.length < 7 || rowsAfter < 50) return undefined
  if (otherRows < allBefore * 0.2 || withOthers < before.length * 0.8) return undefined
  const [from, to] = [end + 1, days.at(-1)?.day ?? end]
  return work.say({
    id: 'filledUp',
    severity: 'serious',
    column: column.name,
    title: `From ${dayName(from)} on ${column.name} is "${only.value}" in every row`,
    count: rowsAfter * work.step,
    unit: 'rows',
    examples: [`before: "${only.value}" in ${Math.round((1 - otherRows / allBefore) * 100)} % of the rows`],
    period: { from: isoDay(from), to: isoDay(to) },
    rows: sql`CAST(${ident(date.name)} AS DATE) >= CAST(${isoDay(from)} AS DATE) AND ${ident(column.name)} IS NOT NULL`,
    treatment:
      'Counted as they are: the cells were filled down, or rows with other values are missing; ask for the column as it was',
  })
}
