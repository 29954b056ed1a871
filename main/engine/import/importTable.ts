import type { DuckDBConnection } from '@duckdb/node-api'
import { z } from 'zod'
import type { ReadColumn } from '../../../shared/project'
import { ident, join, raw, type Sql, sql, toReadable } from '../../../shared/sql'
import { canBeUnreadable, contentOf, isUnreadable, typedOf, withTypedCells } from './cellValues'
import { zoneOffset } from './dateFormats'
import { hashFile, identifyFile } from './identifyFile'
import { type Origin, openTable } from './openTable'
import { fillWide, isInLists, listPlaces } from './wide/fillWide'
import { isWide } from './wide/tallCells'
import { bothOf, type ImportWork, runCancellable } from './work'

export interface UnreadableCells {
  readonly column: string
  readonly count: number
  /** A few of them with their 1-based data row. */
  readonly examples: readonly { readonly row: number; readonly value: string }[]
}

export interface ImportedTable {
  readonly rows: number
  /** Cells that hold something that is not of their column's type; they are NULL in the table. */
  readonly unreadable: readonly UnreadableCells[]
  readonly sha256: string
  readonly bytes: number
}

export interface Target {
  readonly schema: string
  readonly table: string
}

/** Where the cells of imported tables stand, in columns `c0`, `c1` …; the tables of their names are views of them. */
export const cellsSchema = 'cells'

/**
 * Creates `schema.table` from a file exactly as `read` says, with `source_row` (1-based data row) before its columns.
 * Rows without any value are left out. When it fails nothing stays behind.
 *
 * It is a view: the row number is the place of the row in a table of cells, which DuckDB keeps anyway. Numbering the
 * rows while they are written would have one thread do all the work.
 * @throws AppError `bad-file` when the file is not as it was described, `cancelled`.
 */
export async function importTable(source: Origin, into: Target, work: ImportWork): Promise<ImportedTable> {
  const { bytes } = await identifyFile(source.path)
  try {
    await work.connection.run(toReadable(sql`CREATE SCHEMA IF NOT EXISTS ${ident(cellsSchema)}`))
    const [sha256, content] = await bothOf(
      work,
      ({ signal }) => hashFile(source.path, signal),
      (shared) => importRows(source, into, bytes, shared),
    )
    return { ...content, sha256, bytes }
  } catch (error) {
    // A transaction of the caller may have been given up; then the table went with it.
    await dropTable(work.connection, into).catch(() => undefined)
    throw error
  }
}

/** Removes an imported table, if it is there. */
export async function dropTable(connection: DuckDBConnection, { schema, table }: Target): Promise<void> {
  const found = await connection.runAndReadAll(
    toReadable(sql`
      SELECT table_type FROM information_schema.tables WHERE table_schema = ${schema} AND table_name = ${table}`),
  )
  const kind = found.getRowsJS()[0]?.[0] === 'VIEW' ? raw('VIEW') : raw('TABLE')
  await connection.run(toReadable(sql`DROP ${kind} IF EXISTS ${ident(schema)}.${ident(table)}`))
  await connection.run(toReadable(sql`DROP TABLE IF EXISTS ${ident(cellsSchema)}.${ident(table)}`))
}

type Content = Pick<ImportedTable, 'rows' | 'unreadable'>

async function importRows(source: Origin, into: Target, bytes: number, work: ImportWork): Promise<Content> {
  const opened = await openTable(source, work)
  try {
    const { columns } = source.read
    const fillCells = isWide(columns.length, bytes) ? fillWide : fillNarrow
    const content = await fill(into, columns, work, (cells) => fillCells(cells, opened.relation, columns, work))
    if (opened.beyond === undefined) return content
    return { ...content, unreadable: [...content.unreadable, { column: '', ...opened.beyond }] }
  } catch (error) {
    throw work.signal.aborted ? error : opened.explain(error)
  } finally {
    await opened.close()
  }
}

async function fill(
  into: Target,
  columns: readonly ReadColumn[],
  work: ImportWork,
  fillCells: (cells: Sql) => Promise<UnreadableCells[]>,
): Promise<Content> {
  const cells = sql`${ident(cellsSchema)}.${ident(into.table)}`
  const unreadable = await fillCells(cells)
  await work.connection.run(
    toReadable(sql`CREATE VIEW ${ident(into.schema)}.${ident(into.table)} AS ${importedRows(into.table, columns)}`),
  )
  const [counted] = await rowsOf(work, sql`SELECT count(*)::DOUBLE FROM ${cells}`, z.tuple([z.number()]))
  return { rows: counted?.[0] ?? 0, unreadable }
}

/**
 * One pass from texts to the typed table. What cannot be read is collected beside it in a column that is dropped
 * afterwards: NULL in nearly every row, it costs next to nothing, while a second pass would cost as much as the first.
 */
async function fillNarrow(
  cells: Sql,
  relation: Sql,
  columns: readonly ReadColumn[],
  work: ImportWork,
): Promise<UnreadableCells[]> {
  const { kept, typed } = typedCells(relation, columns)
  await runCancellable(work, '', () =>
    work.connection.run(
      toReadable(sql`CREATE TABLE ${cells} AS SELECT ${kept}, ${misfitsOf(columns)} AS aside FROM ${typed}`),
    ),
  )
  const unreadable = await readAside(cells, columns, work)
  await work.connection.run(toReadable(sql`ALTER TABLE ${cells} DROP COLUMN aside`))
  return unreadable
}

/** The typed cells of rows of texts, `kept` from `typed`; rows without any value are left out. */
export function typedCells(relation: Sql, columns: readonly ReadColumn[]): { readonly kept: Sql; readonly typed: Sql } {
  const written = raw(columns.map((_, index) => `c${index}`).join(', '))
  const filled = sql`(SELECT ${written} FROM ${relation} WHERE coalesce(${written}, NULL) IS NOT NULL)`
  const kept = [
    ...columns.map((_, index) => sql`${typedOf(index)} AS ${raw(`c${index}`)}`),
    ...columns.flatMap(({ zone }, index) =>
      zone === 'offsets' ? [sql`CAST(${zoneOffset(contentOf(index))} AS INTEGER) AS ${raw(`z${index}`)}`] : [],
    ),
  ]
  return { kept: join(kept, ', '), typed: withTypedCells(filled, columns.length, new Map(columns.entries())) }
}

/**
 * The rows of an imported table under their own names. Where times carry zones of their own, the seconds they are
 * ahead of UTC stand beside them (see `offsetColumn`).
 */
export function importedRows(table: string, columns: readonly ReadColumn[]): Sql {
  const places = isInLists(columns)
    ? listPlaces(columns)
    : columns.map((_, index) => ({ cell: raw(`c${index}`), offset: raw(`z${index}`) }))
  const named = columns.flatMap((column, index) => [
    sql`${places[index]?.cell ?? raw('NULL')} AS ${ident(column.name)}`,
    ...(column.zone === 'offsets' && places[index] !== undefined
      ? [sql`${places[index].offset} AS ${ident(offsetColumn(column.name))}`]
      : []),
  ])
  return sql`SELECT rowid + 1 AS source_row, ${join(named, ', ')} FROM ${ident(cellsSchema)}.${ident(table)}`
}

/** The column with the seconds that the times of another one are ahead of UTC. */
export const offsetColumn = (column: string): string => `${column} · offset`

/** The unreadable cells of a row as "index:value", NULL when all is well. */
function misfitsOf(columns: readonly ReadColumn[]): Sql {
  const doubtful = columns.flatMap((column, index) => (canBeUnreadable(column) ? [index] : []))
  if (doubtful.length === 0) return raw('NULL::VARCHAR[]')
  const cells = doubtful.map(
    (index) => sql`CASE WHEN ${isUnreadable(index)} THEN ${raw(`'${index}:'`)} || ${contentOf(index)} END`,
  )
  return sql`CASE WHEN ${join(doubtful.map(isUnreadable), ' OR ')} THEN list_filter([${join(cells, ', ')}], lambda cell: cell IS NOT NULL) END`
}

const examplesKept = 5

async function readAside(cells: Sql, columns: readonly ReadColumn[], work: ImportWork): Promise<UnreadableCells[]> {
  const found = await rowsOf(
    work,
    sql`
      WITH first AS (
        -- Until a transaction ends its rows are counted from a very large number on.
        SELECT coalesce(min(rowid), 0) AS row FROM ${cells}
      ), misfits AS (
        SELECT rowid - first.row + 1 AS source_row, unnest(aside) AS cell FROM ${cells} CROSS JOIN first WHERE aside IS NOT NULL
      ), numbered AS (
        SELECT
          split_part(cell, ':', 1)::INTEGER AS place,
          source_row::DOUBLE AS source_row,
          substr(cell, strpos(cell, ':') + 1) AS value,
          row_number() OVER (PARTITION BY split_part(cell, ':', 1) ORDER BY source_row) AS nth,
          count(*) OVER (PARTITION BY split_part(cell, ':', 1))::DOUBLE AS total
        FROM misfits
      )
      SELECT place, source_row, value, total FROM numbered WHERE nth <= ${examplesKept} ORDER BY place, source_row`,
    z.tuple([z.number(), z.number(), z.string(), z.number()]),
  )
  return columns.flatMap((column, index) => {
    const own = found.filter(([place]) => place === index)
    const [first] = own
    if (first === undefined) return []
    return [{ column: column.name, count: first[3], examples: own.map(([, row, value]) => ({ row, value })) }]
  })
}

async function rowsOf<Row>(work: ImportWork, statement: Sql, row: z.ZodType<Row>): Promise<Row[]> {
  const reader = await runCancellable(work, '', () => work.connection.runAndReadAll(toReadable(statement)))
  return reader.getRowsJS().map((values) => row.parse(values))
}
