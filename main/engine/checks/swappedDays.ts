import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, isDate } from './checkedTable'
import {
  type DayBlock,
  type DayRows,
  dateOfMonth,
  dayName,
  firstDayOf,
  isoDay,
  mainBlock,
  median,
  monthName,
  monthOf,
  sumOf,
  swappedDay,
} from './days'

const mostColumns = 4

/**
 * Day and month exchanged in some or all rows of a column of dates. Rows after the 12th of a month cannot be
 * exchanged and show how it should be. Any of three signs is enough:
 *
 * - Order: the rows after the 12th stand in order (falling back on at most 1 % of them), and five or more other rows
 *   lie outside the dates of their neighbours (at the ends of the file: a month) but within them when exchanged; at
 *   most half as many fit neither way.
 * - Range: five or more rows lie beyond the months of those after the 12th, in two months or more, and nine of ten fall
 *   within when exchanged.
 * - One month: of its first twelve days at least nine (its own date left out) have no rows in a table that has rows on
 *   90 % of its days, and their counterparts have 1.3 times the rows of the days beside them, or lie outside the period.
 */
export async function checkSwappedDays(work: CheckWork): Promise<Finding[]> {
  const columns = work.table.columns.filter(isDate).slice(0, mostColumns)
  const found = await Promise.all(columns.map((column) => swappedIn(work, column)))
  return found.flatMap((finding) => (finding === undefined ? [] : [finding]))
}

async function swappedIn(work: CheckWork, column: CheckedColumn): Promise<Finding | undefined> {
  const days = (await work.days(column.name)).filter(({ day }) => day > -40_000 && day < 80_000)
  const swap = (await outOfOrder(work, column)) ?? outOfRange(days) ?? oneMonth(days)
  if (swap === undefined) return undefined
  return work.say({
    id: 'exchangedDays',
    severity: 'serious',
    column: column.name,
    title: 'Day and month exchanged',
    count: swap.rows,
    unit: 'rows',
    examples: swap.examples,
    period: { from: isoDay(swap.from), to: isoDay(swap.to) },
    rows: swap.condition(ident(column.name)),
    ...(swap.isCertain ? { fix: { label: 'Exchange day and month', value: exchanged(ident(column.name)) } } : {}),
    treatment: swap.treatment ?? 'Kept as read; exchange them in the file, or read the column in the other order',
  })
}

/** The day whose day and month are the other way round; NULL where there is none. */
const exchangedDay = (column: Sql): Sql => sql`TRY_CAST(strftime(${column}, '%Y-%d-%m') AS DATE)`

/** The same time on the day whose day and month are the other way round; as it is where there is no such day. */
const exchanged = (column: Sql): Sql => sql`
  coalesce(${exchangedDay(column)} + (${column} - date_trunc('day', ${column})), ${column})`

interface Swap {
  readonly rows: number
  /** Where the rows belong. */
  readonly from: number
  readonly to: number
  readonly examples: readonly string[]
  readonly condition: (column: Sql) => Sql
  /** The condition selects exchanged days only: they can be exchanged back. */
  readonly isCertain: boolean
  readonly treatment?: string
}

const leastRows = 5
const orderedRows = 200_000

const orderRow = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number().nullable(), z.number().nullable()])

/** Every n-th row with what stands around it in the file: `fitted` says whether its day fits there, or the exchanged one. */
const judgedRows = (work: CheckWork, column: CheckedColumn, step: number): Sql => sql`
    WITH dated AS (
      SELECT source_row, CAST(${ident(column.name)} AS DATE) AS day
      FROM ${work.relation}
      WHERE ${ident(column.name)} IS NOT NULL AND isfinite(${ident(column.name)}) AND source_row % ${step} = 0
    ), sure AS (
      SELECT source_row, day, CASE WHEN day(day) > 12 THEN day END AS sure_day FROM dated
    ), between_sure AS (
      SELECT
        source_row,
        day,
        sure_day,
        last_value(sure_day IGNORE NULLS) OVER (ORDER BY source_row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before,
        first_value(sure_day IGNORE NULLS) OVER (ORDER BY source_row ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS after
      FROM sure
    ), judged AS (
      SELECT
        source_row,
        day,
        sure_day,
        -- Rows before the first sure one and behind the last belong within a month of it.
        coalesce(before, after - 31) AS before,
        coalesce(after, before + 31) AS after,
        CASE WHEN day(day) <= 12 THEN make_date(year(day), day(day), month(day)) END AS swapped
      FROM between_sure
      WHERE before IS NOT NULL OR after IS NOT NULL
    ), fitted AS (
      SELECT
        source_row,
        sure_day IS NOT NULL AS is_sure,
        sure_day < before AS falls_back,
        swapped,
        day BETWEEN before AND after AS fits,
        swapped BETWEEN before AND after AS fits_swapped,
        before <= after AS is_ordered
      FROM judged
    )`

/** Rows in file order, every n-th of a large table. */
async function outOfOrder(work: CheckWork, column: CheckedColumn): Promise<Swap | undefined> {
  const step = Math.max(1, Math.ceil(work.table.rows / orderedRows))
  const [answer] = await work.ask(
    orderRow,
    sql`
      ${judgedRows(work, column, step)}
      SELECT
        count(*) FILTER (WHERE is_sure)::DOUBLE,
        count(*) FILTER (WHERE is_sure AND falls_back)::DOUBLE,
        count(*) FILTER (WHERE is_ordered AND NOT fits AND fits_swapped)::DOUBLE,
        count(*) FILTER (WHERE NOT is_sure AND is_ordered AND NOT fits AND NOT fits_swapped)::DOUBLE,
        (min(swapped) FILTER (WHERE is_ordered AND NOT fits AND fits_swapped) - DATE '1970-01-01')::DOUBLE,
        (max(swapped) FILTER (WHERE is_ordered AND NOT fits AND fits_swapped) - DATE '1970-01-01')::DOUBLE
      FROM fitted`,
  )
  if (answer === undefined) return undefined
  const [sure, fallen, repaired, misfits, from, to] = answer
  if (sure < 10 || fallen > sure * 0.01 + 1 || repaired < leastRows || misfits > repaired / 2) return undefined
  if (from === null || to === null) return undefined
  return {
    rows: repaired * step,
    from,
    to,
    examples: examplesFrom([from, to]),
    condition: () => sql`source_row IN (
      ${judgedRows(work, column, 1)} SELECT source_row FROM fitted WHERE is_ordered AND NOT fits AND fits_swapped)`,
    isCertain: true,
  }
}

/**
 * Rows up to the 12th that leave the months of the others, for two months or more, and return when exchanged. Where
 * every row up to the 12th would lie within when exchanged, all of them are; else those outside, for no other is sure.
 */
function outOfRange(days: readonly DayRows[]): Swap | undefined {
  const sure = mainBlock(days.filter(({ day }) => dateOfMonth(day) > 12))
  if (sure === undefined || sure.days.length < 10 || !isDense(sure)) return undefined
  const [from, to] = [Math.min(sure.from - 13, firstDayOf(monthOf(sure.from))), sure.to + 13]
  const isIn = (day: number): boolean => day >= from && day <= to
  const doubtful = days.filter(({ day }) => dateOfMonth(day) <= 12)
  const out = doubtful.filter(({ day }) => !isIn(day) && day > from - 366 && day < to + 366)
  const repaired = out.filter(({ day }) => isIn(swappedDay(day) ?? day))
  const rowsOf = (entries: readonly DayRows[]): number => sumOf(entries.map(({ rows }) => rows))
  if (new Set(out.map(({ day }) => monthOf(day))).size < 2 || out.length < 3) return undefined
  if (rowsOf(out) < leastRows || rowsOf(repaired) < rowsOf(out) * 0.9) return undefined
  const movable = doubtful.filter(({ day }) => swappedDay(day) !== day)
  const isAll = rowsOf(movable.filter(({ day }) => isIn(swappedDay(day) ?? day))) >= rowsOf(movable) * 0.99
  const meant = repaired.map(({ day }) => swappedDay(day) ?? day)
  return {
    rows: rowsOf(isAll ? movable : repaired),
    from: Math.min(...meant),
    to: Math.max(...meant),
    examples: examplesFrom(meant),
    condition: (name) =>
      isAll ? sql`day(${name}) <= 12 AND day(${name}) <> month(${name})` : returning(name, from, to),
    isCertain: true,
    ...(isAll
      ? {}
      : { treatment: 'Kept as read. More may be exchanged within the period, where nothing shows it: mend the file' }),
  }
}

/** Days that show the months of a table: at least a third of those after the 12th have rows. */
const isDense = ({ from, to, days }: DayBlock): boolean => days.length >= ((to - from + 1) * 19) / 31 / 3

/** Days outside a period, at most a year from it, that lie within when day and month are exchanged. */
function returning(column: Sql, from: number, to: number): Sql {
  const day = sql`CAST(${column} AS DATE)`
  const between = (value: Sql, first: number, last: number): Sql =>
    sql`${value} BETWEEN CAST(${isoDay(first)} AS DATE) AND CAST(${isoDay(last)} AS DATE)`
  return sql`day(${column}) <= 12 AND ${between(day, from - 365, to + 365)} AND NOT ${between(day, from, to)} AND ${between(exchangedDay(column), from, to)}`
}

function oneMonth(days: readonly DayRows[]): Swap | undefined {
  const rows = new Map(days.map((entry) => [entry.day, entry.rows]))
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  if (first === undefined || last === undefined || days.length < 60) return undefined
  const months = [...new Set(days.map(({ day }) => monthOf(day)))]
  const found = months.flatMap((month) => {
    const own = Array.from({ length: 12 }, (_, index) => firstDayOf(month) + index).filter(
      (day) => swappedDay(day) !== day && day >= first && day <= last,
    )
    const absent = own.filter((day) => !rows.has(day))
    const written = absent.map((day) => swappedDay(day) ?? day)
    const more = written.filter((day) => {
      const beside = median([day - 2, day - 1, day + 1, day + 2].map((near) => rows.get(near) ?? 0))
      return (rows.get(day) ?? 0) > beside * 1.3
    })
    const isSwapped = absent.length >= 9 && more.length >= absent.length * 0.75
    return isSwapped ? [{ month, written }] : []
  })
  const [only] = found
  const hasRowsDaily = days.length >= (last - first + 1) * 0.85
  if (only === undefined || found.length > 2 || !hasRowsDaily) return undefined
  const extra = only.written.map((day) => {
    const beside = median([day - 2, day - 1, day + 1, day + 2].map((near) => rows.get(near) ?? 0))
    return Math.max(0, (rows.get(day) ?? 0) - beside)
  })
  const list = only.written.map((day) => isoDay(day))
  return {
    rows: Math.round(sumOf(extra)),
    from: firstDayOf(only.month),
    to: firstDayOf(only.month) + 11,
    examples: [monthName(only.month), ...list.slice(0, 3)],
    condition: (name) =>
      sql`list_contains(string_split(${list.join(',')}, ','), CAST(CAST(${name} AS DATE) AS VARCHAR))`,
    isCertain: false,
  }
}

/** Days as they should be, beside what is written. */
function examplesFrom(days: readonly number[]): string[] {
  return [...new Set(days)].slice(0, 3).map((day) => `${isoDay(swappedDay(day) ?? day)} is ${dayName(day)}`)
}
