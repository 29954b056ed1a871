import type { Finding, TableDescription } from '../../../shared/description'
import type { ReadOptions } from '../../../shared/project'
import { stemOf } from '../tables'
import { describeTable } from './describeTable'
import { fileFinding } from './fileFinding'
import { type FileIdentity, refuse } from './identifyFile'
import { isNested, isNumeric, openParquet, type ParquetColumn, parquetColumns, unreadableParquet } from './openParquet'
import { sniffColumns } from './sniffColumns'
import type { ImportWork } from './work'

/**
 * The one table of a Parquet file. Numbers, days and times are what the file says; texts are looked at like those of
 * a CSV file, because many programs write everything as text; identifiers stay text.
 */
export async function describeParquet(identity: FileIdentity, work: ImportWork): Promise<TableDescription> {
  const { path } = identity
  const name = stemOf(path)
  const columns = await parquetColumns(path, work)
  const sniffed = await sniffColumns(work, {
    name,
    relation: openParquet(path, columns),
    header: columns.map((column) => column.name),
    hasHeader: true,
    bytes: identity.bytes * 5,
    numberCells: new Set(columns.flatMap((column, index) => (isNumeric(column) ? [index] : []))),
  }).catch((error: unknown) => {
    throw work.signal.aborted ? error : unreadableParquet(path, error)
  })
  if (sniffed.rows === 0)
    throw refuse(path, 'has columns but no rows', 'Ask for the file again; the export may have been empty.')
  const read: ReadOptions = {
    format: 'parquet',
    headerRow: 0,
    keys: columns.map((column) => column.name),
    columns: [...sniffed.read],
  }
  return describeTable(name, null, read, sniffed, parquetFindings(name, identity, columns, sniffed.rows))
}

function parquetFindings(
  table: string,
  identity: FileIdentity,
  columns: readonly ParquetColumn[],
  rows: number,
): Finding[] {
  return [
    ...(identity.extensionMisleads
      ? [fileFinding(table, 'extension', 'The file is Parquet in spite of its name', 1, 'file', 'Read as Parquet')]
      : []),
    ...columns.filter(isNested).map(({ name }) => nestedFinding(table, name, rows)),
  ]
}

/** A column that holds lists or records. */
export function nestedFinding(table: string, column: string, cells: number): Finding {
  return {
    ...fileFinding(table, 'nested', 'Lists or records inside cells', cells, 'cells', 'Kept as JSON text'),
    severity: 'warning',
    column,
  }
}
