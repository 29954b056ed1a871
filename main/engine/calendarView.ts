import type { Period } from '../../shared/analysis'
import { type Calendar, calendarColumns, type OccasionKind, occasionsOf } from '../../shared/calendar/calendar'
import { ident, join, raw, type Sql, sql } from '../../shared/sql'
import { inlined } from './viewParts'

/** The view `calendar` over the whole years of a period; empty without one. */
export function calendarView(calendar: Calendar, period: Period | null): Sql {
  if (period === null) {
    const columns = calendarColumns.map(([name, type]) => sql`CAST(NULL AS ${raw(type)}) AS ${ident(name)}`)
    return sql`CREATE OR REPLACE VIEW calendar AS SELECT ${join(columns, ', ')} WHERE false`
  }
  const firstYear = Number(period.first.slice(0, 4))
  const lastYear = Number(period.last.slice(0, 4))
  return inlined(sql`
    CREATE OR REPLACE VIEW calendar AS
    WITH days AS (
      SELECT CAST(unnest(generate_series(CAST(${`${firstYear}-01-01`} AS DATE), CAST(${`${lastYear}-12-31`} AS DATE), INTERVAL 1 DAY)) AS DATE) AS day
    ), occasions AS (
      ${occasionRows(calendar, firstYear, lastYear)}
    ), named_days AS (
      SELECT days.day,
        ${named('event')} AS event,
        ${named('holiday')} AS holiday,
        ${named('campaign')} AS campaign
      FROM days LEFT JOIN occasions ON days.day BETWEEN occasions.first_day AND occasions.last_day
      GROUP BY days.day
    )
    SELECT
      day,
      CAST(isodow(day) AS INTEGER) AS weekday,
      dayname(day) AS weekday_name,
      CAST(isoyear(day) AS INTEGER) AS iso_year,
      CAST(week(day) AS INTEGER) AS iso_week,
      CAST(day - CAST((isodow(day) + ${raw(daysBeforeMonday[calendar.weekStart])}) % 7 AS INTEGER) AS DATE) AS week_start,
      CAST(date_trunc('month', day) AS DATE) AS month,
      CAST(quarter(day) AS INTEGER) AS quarter,
      CAST(year(day) AS INTEGER) AS year,
      CAST(year(day) + CASE WHEN ${calendar.fiscalMonth} > 1 AND month(day) >= ${calendar.fiscalMonth} THEN 1 ELSE 0 END AS INTEGER) AS fiscal_year,
      CAST((month(day) - ${calendar.fiscalMonth} + 12) % 12 + 1 AS INTEGER) AS fiscal_month,
      event, holiday, campaign
    FROM named_days
    ORDER BY day`)
}

/** What is added to the day of the week (Monday 1) so that the first day of a week gives 0. */
const daysBeforeMonday = { monday: '6', sunday: '0', saturday: '1' } as const

const named = (kind: OccasionKind): Sql =>
  sql`string_agg(DISTINCT CASE WHEN kind = ${kind} THEN name END, ', ' ORDER BY CASE WHEN kind = ${kind} THEN name END)`

function occasionRows(calendar: Calendar, firstYear: number, lastYear: number): Sql {
  const occasions = occasionsOf(calendar, firstYear, lastYear)
  if (occasions.length === 0)
    return raw(
      'SELECT NULL::VARCHAR AS name, NULL::VARCHAR AS kind, NULL::DATE AS first_day, NULL::DATE AS last_day WHERE false',
    )
  const rows = occasions.map(
    ({ name, kind, first, last }) => sql`(${name}, ${kind}, CAST(${first} AS DATE), CAST(${last} AS DATE))`,
  )
  return sql`SELECT name, kind, first_day, last_day FROM (VALUES ${join(rows, ', ')}) AS given(name, kind, first_day, last_day)`
}
