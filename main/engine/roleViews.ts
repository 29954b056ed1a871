import { type Role, rolesOf, type ViewName, viewColumn, viewColumns } from '../../shared/roles'
import { ident, join, raw, type Sql, sql } from '../../shared/sql'
import { type Clocks, clockOf, clocksAsWritten } from './clocks'
import { type KeyRules, usualKeyRules } from './keyChoices'
import { columnOf, columnsOf, type MappedSource } from './mapping'
import { orderLineStatements } from './orderLines'
import type { RateScale } from './rateScale'
import { eventStatements, needsSessions, usualGapMinutes } from './sessions'
import {
  createView,
  customerId,
  emptyView,
  filledText,
  inlined,
  ofKind,
  preparedSchema,
  rawTable,
  union,
} from './viewParts'

/**
 * The statements that build every role view of a project. Views of kinds without a source exist and are empty,
 * so that an analysis may always name them.
 */
export function roleViewStatements(
  sources: readonly MappedSource[],
  rates: RateScales,
  rules: ViewRules = usualRules,
): Sql[] {
  const names = (Object.keys(viewColumns) as ViewName[]).filter((name) => name !== 'orders' && name !== 'events')
  return [
    raw(`CREATE SCHEMA IF NOT EXISTS ${preparedSchema}`),
    customerRowsStatement(ofKind(sources, 'customers')),
    ...names.map((name) => createView(name, viewBody(name, ofKind(sources, name), rates, rules))),
    ...eventViews(ofKind(sources, 'events'), rules),
    ...orderLineStatements(sources, rules),
  ]
}

/** What else decides how the views are built. */
export interface ViewRules {
  readonly clocks: Clocks
  readonly keys: KeyRules
  /** A longer time without a sign of a customer ends a visit session. */
  readonly gapMinutes: number
}

export const usualRules: ViewRules = { clocks: clocksAsWritten, keys: usualKeyRules, gapMinutes: usualGapMinutes }

function eventViews(sources: readonly MappedSource[], { clocks, gapMinutes }: ViewRules): Sql[] {
  if (sources.length === 0) return [createView('events', emptyView('events'))]
  const rowsOf = (some: readonly MappedSource[]): Sql | null =>
    some.length === 0 ? null : union(some.map((mapped) => plainOf('events', mapped, clocks)))
  const named = sources.filter((mapped) => !needsSessions(mapped))
  return eventStatements(rowsOf(named), rowsOf(sources.filter(needsSessions)), gapMinutes)
}

/** Whether a rate column is written as 10 (percent) or 0.10 (fraction). */
export interface RateScales {
  readonly discount: RateScale
  readonly tax: RateScale
}

function viewBody(
  name: Exclude<ViewName, 'orders' | 'events'>,
  sources: readonly MappedSource[],
  rates: RateScales,
  { clocks, keys }: ViewRules,
): Sql {
  if (sources.length === 0) return emptyView(name)
  switch (name) {
    case 'customers':
      return customersBody(keys)
    case 'coupons':
      return union(sources.map((mapped) => couponsOf(mapped, rates.discount)))
    case 'tax':
      return union(sources.map((mapped) => taxOf(mapped, rates.tax)))
    case 'spend':
      return union(sources.flatMap((mapped) => spendOf(mapped, clocks)))
    case 'contacts':
    case 'visits':
      return union(sources.map((mapped) => plainOf(name, mapped, clocks)))
    default:
      return name satisfies never
  }
}

/** Columns of a source renamed to the view's, typed, NULL where no column plays the role. */
function plainOf(name: ViewName, mapped: MappedSource, clocks: Clocks): Sql {
  return sql`SELECT ${join(plainColumns(name, mapped, clocks), ', ')} FROM ${rawTable(mapped.source.name)}`
}

function plainColumns(name: ViewName, mapped: MappedSource, clocks: Clocks): Sql[] {
  const roleByColumn = new Map(rolesOf[name].map((role) => [viewColumn(role.name), role]))
  return viewColumns[name].map(([column, type]) => {
    const role = roleByColumn.get(column)
    const from = role === undefined ? undefined : columnOf(mapped, role.name)
    return from === undefined || role === undefined
      ? sql`CAST(NULL AS ${raw(type)}) AS ${ident(column)}`
      : sql`${role.type === 'timestamp' ? clockOf(mapped, from, clocks) : cast(ident(from), role, type)} AS ${ident(column)}`
  })
}

function cast(column: Sql, role: Role, type: string): Sql {
  if (role.name === 'customer') return customerId(column)
  if (role.type === 'id' || role.type === 'text') return filledText(column)
  return sql`TRY_CAST(${column} AS ${raw(type)})`
}

/** One row a customer even where the file repeats one: joining must never multiply order lines. */
function customersBody({ customerKeys }: KeyRules): Sql {
  const attributes = viewColumns.customers.filter(([column]) => column !== 'customer')
  const first = attributes.map(([column]) => sql`min_by(${ident(column)}, row_number) AS ${ident(column)}`)
  const kept = customerKeys === 'first' ? raw('') : raw('HAVING count(*) = 1')
  return sql`SELECT customer, ${join(first, ', ')} FROM ${customerRows} GROUP BY customer ${kept}`
}

const customerRows = raw(`${preparedSchema}.customer_rows`)

/** Every row of the customer tables that names one. */
function customerRowsStatement(sources: readonly MappedSource[]): Sql {
  const selects = sources.map(
    (mapped) =>
      sql`SELECT ${join(plainColumns('customers', mapped, clocksAsWritten), ', ')}, source_row AS row_number FROM ${rawTable(mapped.source.name)}`,
  )
  const rows = selects.length === 0 ? sql`${emptyView('customers')}` : union(selects)
  return inlined(sql`CREATE OR REPLACE VIEW ${customerRows} AS SELECT * FROM (${rows}) WHERE customer IS NOT NULL`)
}

function couponsOf(mapped: MappedSource, scale: RateScale): Sql {
  const month = columnOf(mapped, 'month')
  const code = columnOf(mapped, 'couponCode')
  return sql`
    SELECT
      ${month === undefined ? raw('NULL::INTEGER') : isDated(mapped, month) ? sql`year(${ident(month)})::INTEGER` : yearIn(ident(month))} AS year,
      ${month === undefined ? raw('NULL::INTEGER') : isDated(mapped, month) ? sql`month(${ident(month)})::INTEGER` : monthNumber(ident(month))} AS month,
      trim(CAST(${ident(columnOf(mapped, 'category') ?? '')} AS VARCHAR)) AS category,
      ${code === undefined ? raw('NULL::VARCHAR') : sql`CAST(${ident(code)} AS VARCHAR)`} AS coupon_code,
      ${rate(ident(columnOf(mapped, 'discountRate') ?? ''), scale)} AS discount_rate
    FROM ${rawTable(mapped.source.name)}`
}

function taxOf(mapped: MappedSource, scale: RateScale): Sql {
  return sql`
    SELECT
      trim(CAST(${ident(columnOf(mapped, 'category') ?? '')} AS VARCHAR)) AS category,
      ${rate(withoutOne(ident(columnOf(mapped, 'taxRate') ?? ''), scale), scale)} AS tax_rate
    FROM ${rawTable(mapped.source.name)}`
}

/** Among fractions 1.18 is 18 % with the price itself in it. */
function withoutOne(column: Sql, scale: RateScale): Sql {
  const written = sql`TRY_CAST(${column} AS DOUBLE)`
  return scale === 'fraction'
    ? sql`CASE WHEN ${written} > 1 AND ${written} < 2 THEN ${written} - 1 ELSE ${written} END`
    : column
}

function rate(column: Sql, scale: RateScale): Sql {
  const written = sql`TRY_CAST(${column} AS DOUBLE)`
  const divisor = {
    percent: raw('100'),
    fraction: raw('1'),
    each: sql`CASE WHEN ${written} < 1 THEN 1 ELSE 100 END`,
  }[scale]
  return sql`TRY_CAST(${written} / ${divisor} AS DECIMAL(9,6))`
}

/** A wide spend table has a column a source; a long one a column of sources. */
function spendOf(mapped: MappedSource, clocks: Clocks): Sql[] {
  const costs = columnsOf(mapped, 'cost')
  const source = columnOf(mapped, 'source')
  return costs.map((cost) => {
    const name =
      source === undefined
        ? sql`${cost}`
        : costs.length === 1
          ? sql`CAST(${ident(source)} AS VARCHAR)`
          : sql`concat_ws(' · ', CAST(${ident(source)} AS VARCHAR), ${cost})`
    return sql`
      SELECT
        CAST(${clockOf(mapped, columnOf(mapped, 'date') ?? '', clocks)} AS DATE) AS date,
        ${name} AS source,
        TRY_CAST(${ident(cost)} AS DECIMAL(18,6)) AS cost
      FROM ${rawTable(mapped.source.name)}`
  })
}

const monthNames = [
  ['jan', 'ene'],
  ['feb'],
  ['mar'],
  ['apr', 'abr'],
  ['may'],
  ['jun'],
  ['jul'],
  ['aug', 'ago'],
  ['sep', 'set'],
  ['oct'],
  ['nov'],
  ['dec', 'dic'],
] as const

const isDated = (mapped: MappedSource, column: string): boolean =>
  mapped.source.read.columns.some(({ name, type }) => name === column && (type === 'date' || type === 'timestamp'))

/** The year beside a month's name, as in "Jan 2024". */
function yearIn(column: Sql): Sql {
  return sql`TRY_CAST(nullif(regexp_extract(CAST(${column} AS VARCHAR), '\\b(19|20)\\d{2}\\b'), '') AS INTEGER)`
}

/** 1–12 from a number or a month's name in English or Spanish, short or long. */
function monthNumber(column: Sql): Sql {
  const cases = monthNames.flatMap((names, index) => names.map((name) => `WHEN '${name}' THEN ${index + 1}`))
  return sql`coalesce(
        CASE left(lower(trim(CAST(${column} AS VARCHAR))), 3) ${raw(cases.join(' '))} END,
        CASE WHEN TRY_CAST(${column} AS INTEGER) BETWEEN 1 AND 12 THEN TRY_CAST(${column} AS INTEGER) END)`
}
