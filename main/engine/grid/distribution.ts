import { z } from 'zod'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import type { ColumnProfile, TableProfile } from '../../../shared/tableAnswers'
import { filterFamily, type TableColumn } from '../../../shared/tableView'
import type { Database, QueryOptions } from '../database'
import type { Relation } from './relation'

type Shape = Pick<ColumnProfile, 'bars' | 'shape'>

/** Above this many rows quantiles and distinct values are estimated. */
export const exactUpTo = 2_000_000

const barCount = 12
const fewValues = 25

/** Distribution of columns for the heads of the grid, one pass over each of them. */
export async function profileHeads(
  database: Database,
  relation: Relation,
  columns: readonly TableColumn[],
  roleOf: (column: string) => string | null,
  options: QueryOptions,
): Promise<TableProfile> {
  const [counts] = await database.query(
    z.record(z.string(), z.number().nullable()),
    sql`SELECT ${join(
      columns.flatMap((column, index) => countsOf(column, index, relation.rows > exactUpTo)),
      ', ',
    )} FROM ${relation.from}`,
    { signal: options.signal },
  )
  const profiles: ColumnProfile[] = []
  for (const [index, column] of columns.entries()) {
    const distinct = counts?.[`d${index}`] ?? 0
    profiles.push({
      name: column.name,
      type: column.type,
      role: roleOf(column.name),
      missing: counts?.[`m${index}`] ?? 0,
      distinct,
      ...(await distributionOf(database, relation, column, distinct, { signal: options.signal })),
      sum: counts?.[`s${index}`] ?? null,
    })
    options.onProgress?.({ fraction: (index + 1) / columns.length, note: `column ${index + 1} of ${columns.length}` })
  }
  return { table: relation.name, rows: relation.rows, columns: profiles }
}

function countsOf(column: TableColumn, index: number, isLong: boolean): Sql[] {
  const name = ident(column.name)
  const isNumber = filterFamily(column.type) === 'number'
  return [
    sql`(count(*) - count(${name}))::DOUBLE AS ${ident(`m${index}`)}`,
    sql`${isLong ? sql`approx_count_distinct(${name})` : sql`count(DISTINCT ${name})`}::DOUBLE AS ${ident(`d${index}`)}`,
    sql`${isNumber ? sql`sum(${name})::DOUBLE` : raw('NULL::DOUBLE')} AS ${ident(`s${index}`)}`,
  ]
}

/** Bars of equal ranges, shares of few values, or nothing where every value stands for itself. */
export async function distributionOf(
  database: Database,
  relation: Pick<Relation, 'from' | 'rows'>,
  column: TableColumn,
  distinct: number,
  options: QueryOptions,
): Promise<Shape> {
  const family = filterFamily(column.type)
  const isRanged = family === 'number' || family === 'date'
  const isShared = !isRanged && distinct > 0 && distinct <= fewValues && column.type !== 'id'
  const bars =
    isRanged && distinct > 1
      ? await histogram(database, relation, column, options)
      : isShared
        ? await shares(database, relation, column, options)
        : []
  return { bars, shape: bars.length === 0 ? 'distinct' : isRanged ? 'histogram' : 'shares' }
}

function shares(
  database: Database,
  { from }: Pick<Relation, 'from'>,
  column: TableColumn,
  options: QueryOptions,
): Promise<ColumnProfile['bars']> {
  return database.query(
    z.object({ label: z.string(), count: z.number() }),
    sql`
      SELECT CAST(${ident(column.name)} AS VARCHAR) AS label, count(*)::DOUBLE AS count FROM ${from}
      WHERE ${ident(column.name)} IS NOT NULL GROUP BY 1 ORDER BY count DESC, label LIMIT ${barCount}`,
    options,
  )
}

const barSchema = z.object({ low: z.number(), step: z.number(), bar: z.number(), count: z.number() })

/**
 * Twelve equal ranges between the 1st and 99th percentile for numbers (tails fall into the end bars), between the first
 * and last day for dates.
 */
async function histogram(
  database: Database,
  { from, rows }: Pick<Relation, 'from' | 'rows'>,
  column: TableColumn,
  options: QueryOptions,
): Promise<ColumnProfile['bars']> {
  const name = ident(column.name)
  const dated = filterFamily(column.type) === 'date'
  const value = dated ? sql`epoch(CAST(${name} AS TIMESTAMP))` : sql`CAST(${name} AS DOUBLE)`
  const quantile = raw(rows > exactUpTo ? 'approx_quantile' : 'quantile_cont')
  const percentiles = dated
    ? raw('min(value) AS first, max(value) AS last')
    : sql`${quantile}(value, 0.01) AS first, ${quantile}(value, 0.99) AS last`
  const found = await database.query(
    barSchema,
    sql`
      WITH numbers AS (SELECT ${value} AS value FROM ${from} WHERE isfinite(${value})),
      limits AS (SELECT min(value) AS least, max(value) AS most, ${percentiles} FROM numbers),
      edges AS (
        SELECT
          CASE WHEN last > first THEN first ELSE least END AS low,
          (CASE WHEN last > first THEN last - first ELSE most - least END) / ${barCount} AS step
        FROM limits
      )
      SELECT
        any_value(low) AS low, any_value(step) AS step, count(*)::DOUBLE AS count,
        CASE WHEN step > 0 THEN least(${barCount - 1}, greatest(0, floor((value - low) / step))) ELSE 0 END::DOUBLE AS bar
      FROM numbers CROSS JOIN edges GROUP BY bar ORDER BY bar`,
    options,
  )
  const [first] = found
  if (first === undefined || first.step <= 0) return []
  const counts = new Map(found.map(({ bar, count }) => [bar, count]))
  return Array.from({ length: barCount }, (_, bar) => ({
    ...rangeOf(column, first.low + bar * first.step, first.low + (bar + 1) * first.step, bar),
    count: counts.get(bar) ?? 0,
  }))
}

/** The label of a bar, and the range that holds the same rows. */
function rangeOf(
  column: TableColumn,
  low: number,
  high: number,
  bar: number,
): Pick<ColumnProfile['bars'][number], 'label' | 'range'> {
  const isFirst = bar === 0
  const isLast = bar === barCount - 1
  if (column.type === 'timestamp') {
    const at = (seconds: number): string =>
      new Date(Math.ceil(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ')
    return {
      label: at(low).slice(0, 10),
      range: { from: at(low), to: isLast ? null : at(high), ...(isLast ? {} : { below: true }) },
    }
  }
  if (column.type === 'date') {
    const day = (seconds: number): string =>
      new Date(Math.ceil(seconds / 86_400) * 86_400_000).toISOString().slice(0, 10)
    const before = (seconds: number): string =>
      new Date((Math.ceil(seconds / 86_400) - 1) * 86_400_000).toISOString().slice(0, 10)
    return { label: day(low), range: { from: day(low), to: isLast ? day(high) : before(high) } }
  }
  const label = String(Number(low.toFixed(4)))
  if (column.type === 'integer') {
    return { label, range: { from: isFirst ? null : Math.ceil(low), to: isLast ? null : Math.ceil(high) - 1 } }
  }
  return { label, range: { from: isFirst ? null : low, to: isLast ? null : high, ...(isLast ? {} : { below: true }) } }
}
