import { z } from 'zod'
import type { ColumnProfile, Page, TableProfile } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import type { ColumnType, ReadColumn } from '../../shared/project'
import { ident, join, raw, type Sql, sql, toPrepared } from '../../shared/sql'
import type { Database, QueryOptions } from './database'
import { columnOf, type MappedSource } from './mapping'
import { toScalar } from './readColumns'
import { rawTable } from './viewParts'

export interface PageRequest {
  readonly offset: number
  readonly limit: number
  readonly sort: { readonly column: string; readonly descending: boolean } | null
  readonly filter: { readonly column: string; readonly contains: string } | null
}

/** Days and decimals leave as text and numbers that JSON can carry. */
function outgoing(column: ReadColumn): Sql {
  const name = ident(column.name)
  if (column.type === 'date' || column.type === 'timestamp') return sql`CAST(${name} AS VARCHAR) AS ${name}`
  if (column.type === 'decimal') return sql`CAST(${name} AS DOUBLE) AS ${name}`
  return name
}

/** A page of an imported table, in file order unless sorted. */
export async function readSourcePage(
  database: Database,
  mapped: MappedSource,
  request: PageRequest,
  options: QueryOptions,
): Promise<Page> {
  const columns = mapped.source.read.columns
  requireColumns(mapped, request)
  const table = rawTable(mapped.source.name)
  const where =
    request.filter === null
      ? raw('')
      : sql`WHERE contains(lower(CAST(${ident(request.filter.column)} AS VARCHAR)), ${request.filter.contains.toLowerCase()})`
  const order =
    request.sort === null
      ? raw('ORDER BY source_row')
      : sql`ORDER BY ${ident(request.sort.column)} ${raw(request.sort.descending ? 'DESC' : 'ASC')} NULLS LAST, source_row`
  // Unsorted and unfiltered pages jump by row number: DuckDB then skips whole row groups.
  const direct = request.sort === null && request.filter === null
  const statement = direct
    ? sql`SELECT source_row, ${join(columns.map(outgoing), ', ')} FROM ${table}
          WHERE source_row > ${request.offset} AND source_row <= ${request.offset + request.limit} ORDER BY source_row`
    : sql`SELECT source_row, ${join(columns.map(outgoing), ', ')} FROM ${table} ${where} ${order} LIMIT ${request.limit} OFFSET ${request.offset}`
  const total =
    request.filter === null
      ? mapped.source.seen.rows
      : ((
          await database.query(
            z.object({ rows: z.number() }),
            sql`SELECT count(*)::DOUBLE AS rows FROM ${table} ${where}`,
            options,
          )
        )[0]?.rows ?? 0)
  return { ...(await readRows(database, statement)), total }
}

/** Any statement as a page: texts, numbers, booleans. */
export async function readRows(database: Database, statement: Sql): Promise<Omit<Page, 'total'>> {
  return database.withConnection(async (connection) => {
    const reader = await connection.runAndReadAll(toPrepared(statement), [...statement.values] as (string | number)[])
    const types = reader.columnTypes().map(String)
    return {
      columns: reader.deduplicatedColumnNames().map((name, index) => ({ name, type: types[index] ?? '' })),
      rows: reader.getRows().map((row) => row.map(toScalar)),
    }
  })
}

function requireColumns(mapped: MappedSource, request: PageRequest): void {
  const names = new Set(['source_row', ...mapped.source.read.columns.map((column) => column.name)])
  for (const wanted of [request.sort?.column, request.filter?.column]) {
    if (wanted !== undefined && !names.has(wanted)) {
      throw new AppError('missing-column', `"${wanted}" is not a column of ${mapped.source.name}.`, {
        where: { file: mapped.source.name, column: wanted },
      })
    }
  }
}

const barCount = 12

/** Distribution of every column, for the heads of the grid. */
export async function profileSource(
  database: Database,
  mapped: MappedSource,
  options: QueryOptions,
): Promise<TableProfile> {
  const { columns } = mapped.source.read
  const table = rawTable(mapped.source.name)
  const [counts] = await database.query(
    z.record(z.string(), z.number().nullable()),
    sql`SELECT ${join(
      columns.flatMap((column, index) => countsOf(column, index)),
      ', ',
    )} FROM ${table}`,
    options,
  )
  const profiles: ColumnProfile[] = []
  for (const [index, column] of columns.entries()) {
    const distinct = counts?.[`d${index}`] ?? 0
    const shape = shapeOf(column.type, distinct)
    const bars =
      shape === 'distinct'
        ? []
        : shape === 'shares'
          ? await shares(database, table, column, options)
          : await histogram(database, table, column, options)
    profiles.push({
      name: column.name,
      type: column.type,
      role: roleOf(mapped, column.name),
      missing: counts?.[`m${index}`] ?? 0,
      distinct,
      bars,
      shape: bars.length === 0 ? 'distinct' : shape,
      sum: counts?.[`s${index}`] ?? null,
    })
    options.onProgress?.({ fraction: (index + 1) / columns.length, note: `column ${index + 1} of ${columns.length}` })
  }
  return { table: mapped.source.name, rows: mapped.source.seen.rows, columns: profiles }
}

function countsOf(column: ReadColumn, index: number): Sql[] {
  const name = ident(column.name)
  const numeric = column.type === 'integer' || column.type === 'decimal'
  return [
    sql`(count(*) - count(${name}))::DOUBLE AS ${ident(`m${index}`)}`,
    sql`count(DISTINCT ${name})::DOUBLE AS ${ident(`d${index}`)}`,
    sql`${numeric ? sql`sum(${name})::DOUBLE` : raw('NULL::DOUBLE')} AS ${ident(`s${index}`)}`,
  ]
}

function shapeOf(type: ColumnType, distinct: number): ColumnProfile['shape'] {
  if (type === 'integer' || type === 'decimal' || type === 'date' || type === 'timestamp')
    return distinct > 1 ? 'histogram' : 'distinct'
  return distinct > 0 && distinct <= 25 && type !== 'id' ? 'shares' : 'distinct'
}

async function shares(
  database: Database,
  table: Sql,
  column: ReadColumn,
  options: QueryOptions,
): Promise<ColumnProfile['bars']> {
  return database.query(
    barSchema,
    sql`
      SELECT CAST(${ident(column.name)} AS VARCHAR) AS label, count(*)::DOUBLE AS count FROM ${table}
      WHERE ${ident(column.name)} IS NOT NULL GROUP BY 1 ORDER BY count DESC, label LIMIT ${barCount}`,
    options,
  )
}

const barSchema = z.object({ label: z.string(), count: z.number() })

/** Twelve equal ranges between the 1st and 99th percentile for numbers (tails fall into the end bars). */
async function histogram(
  database: Database,
  table: Sql,
  column: ReadColumn,
  options: QueryOptions,
): Promise<ColumnProfile['bars']> {
  const name = ident(column.name)
  const dated = column.type === 'date' || column.type === 'timestamp'
  const value = dated ? sql`epoch(CAST(${name} AS TIMESTAMP))` : sql`${name}::DOUBLE`
  const low = dated ? sql`min(value)` : sql`quantile_cont(value, 0.01)`
  const high = dated ? sql`max(value)` : sql`quantile_cont(value, 0.99)`
  const label = dated
    ? raw("strftime(to_timestamp(low + bar * step), '%Y-%m-%d')")
    : raw('CAST(round(low + bar * step, 4) AS VARCHAR)')
  return database.query(
    barSchema,
    sql`
      WITH numbers AS (SELECT ${value} AS value FROM ${table} WHERE ${name} IS NOT NULL),
      edges AS (SELECT ${low} AS low, (${high} - ${low}) / ${barCount} AS step FROM numbers),
      bars AS (
        SELECT CASE WHEN step > 0 THEN least(${barCount - 1}, greatest(0, floor((value - low) / step)))::INTEGER ELSE 0 END AS bar, count(*)::DOUBLE AS count
        FROM numbers CROSS JOIN edges GROUP BY 1
      )
      SELECT ${label} AS label, coalesce(bars.count, 0) AS count
      FROM (SELECT unnest(range(${barCount}))::INTEGER AS bar) AS every_bar
      CROSS JOIN edges LEFT JOIN bars USING (bar) ORDER BY bar`,
    options,
  )
}

export function roleOf(mapped: MappedSource, column: string): string | null {
  for (const [name, played] of Object.entries(mapped.roles)) {
    if (typeof played === 'string' ? played === column : played.includes(column))
      return columnOf(mapped, name) === undefined ? null : name
  }
  return null
}
