import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import { ident, join, raw, type Sql, sql, toReadable } from '../../../shared/sql'
import { refuse } from './identifyFile'
import { exactPath, literal } from './openText'
import { type ImportWork, runCancellable } from './work'

export interface ParquetColumn {
  readonly name: string
  /** DuckDB's name of its type. */
  readonly type: string
}

const columnRow = z.tuple([z.string(), z.string()]).rest(z.unknown())

/** The columns of a Parquet file, from its own description. */
export async function parquetColumns(path: string, work: ImportWork): Promise<ParquetColumn[]> {
  try {
    const reader = await runCancellable(work, 'reading the columns', () =>
      work.connection.runAndReadAll(toReadable(sql`DESCRIBE SELECT * FROM ${fileOf(path)}`)),
    )
    return reader.getRowsJS().map((row) => {
      const [name, type] = columnRow.parse(row)
      return { name, type }
    })
  } catch (error) {
    throw unreadableParquet(path, error)
  }
}

/** The rows as a relation of texts `c0`, `c1` …, each written as a careful program would write it to CSV. */
export function openParquet(path: string, columns: readonly ParquetColumn[]): Sql {
  const texts = columns.map((column, index) => sql`${asText(column)} AS ${raw(`c${index}`)}`)
  return sql`(SELECT ${join(texts, ', ')} FROM ${fileOf(path)})`
}

export const isNested = ({ type }: ParquetColumn): boolean => /^(STRUCT|MAP|UNION|VARIANT)|\]$/.test(type)

/** Numbers stand in the file as numbers: their decimal sign is beyond doubt. */
export const isNumeric = ({ type }: ParquetColumn): boolean =>
  /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|^(FLOAT|DOUBLE|DECIMAL)/.test(type) && !isNested({ name: '', type })

/** A damaged Parquet file, with what to do about it. */
export function unreadableParquet(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  return refuse(
    path,
    'is a damaged Parquet file: it cannot be read to its end',
    'Ask for the file again; the export or the copy was cut off. Or ask for the data as CSV.',
    cause,
  )
}

function fileOf(path: string): Sql {
  // Old writers mark texts as bytes. Folders called "year=2024" above the file are no columns.
  return raw(`read_parquet(${literal(exactPath(path))}, binary_as_string = true, hive_partitioning = false)`)
}

function asText(column: ParquetColumn): Sql {
  const name = ident(column.name)
  const { type } = column
  if (isNested(column)) return sql`CASE WHEN ${name} IS NOT NULL THEN CAST(to_json(${name}) AS VARCHAR) END`
  if (type === 'BOOLEAN') return sql`CAST(CAST(${name} AS INTEGER) AS VARCHAR)`
  // Data frames keep whole numbers with gaps as floating ones: 17850.0 is 17850.
  if (type === 'DOUBLE' || type === 'FLOAT')
    return sql`CASE WHEN abs(${name}) < 1e15 AND ${name} = trunc(${name}) THEN CAST(CAST(${name} AS BIGINT) AS VARCHAR) ELSE CAST(${name} AS VARCHAR) END`
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return sql`CAST(CAST(${name} AT TIME ZONE 'UTC' AS TIMESTAMP) AS VARCHAR) || ' UTC'`
  if (type.startsWith('TIMESTAMP')) return sql`CAST(CAST(${name} AS TIMESTAMP) AS VARCHAR)`
  return sql`CAST(${name} AS VARCHAR)`
}
