import { extname } from 'node:path'
import { AppError } from '../../../shared/errors'
import { ident, join, raw, sql } from '../../../shared/sql'
import type { WrittenTable } from '../../../shared/tableAnswers'
import type { TableView } from '../../../shared/tableView'
import type { QueryOptions } from '../database'
import { conditionOf, requireColumn } from './filterSql'
import { orderBy } from './gridPages'
import type { Relation } from './relation'
import { requireFree, sizeOf, type TableFormat, type TableRows, type WritingPlace, writeTableFile } from './tableFiles'

export interface ExportWish extends TableView {
  /** Names in the order they are wanted; every column where absent. */
  readonly columns?: readonly string[] | undefined
  readonly decimalComma: boolean
  readonly to: string
  readonly replace: boolean
}

/** Writes a table exactly as it is looked at: the rows it shows, in their order, with the columns that are visible. */
export async function exportTable(
  place: WritingPlace,
  relation: Relation,
  wish: ExportWish,
  options: QueryOptions,
): Promise<WrittenTable> {
  const format = formatOf(wish.to)
  requireFree(wish.to, wish.replace)
  const table = await rowsShown(place, relation, wish, options)
  const notes = await writeTableFile(place, table, wish.to, format, options, wish.decimalComma)
  return { path: wish.to, bytes: await sizeOf(wish.to), rows: table.rows, columns: table.columns.length, notes }
}

async function rowsShown(
  { database }: WritingPlace,
  relation: Relation,
  wish: ExportWish,
  options: QueryOptions,
): Promise<TableRows> {
  const columns =
    wish.columns === undefined ? relation.columns : wish.columns.map((name) => requireColumn(relation.columns, name))
  if (columns.length === 0) {
    throw new AppError('bad-parameter', 'Every column is hidden: there is nothing to write.', {
      hint: 'Show at least one column.',
    })
  }
  const condition = conditionOf(relation.columns, wish)
  const where = condition === undefined ? raw('') : sql`WHERE ${condition}`
  const names = columns.map(({ name }) => ident(name))
  // Rows come as they stand unless they are to be sorted; sorting millions for nothing takes its time.
  const order = wish.sorts.length === 0 ? raw('') : sql`ORDER BY ${orderBy(relation, wish.sorts)}`
  const select = sql`SELECT ${join(names, ', ')} FROM ${relation.from} ${where} ${order}`
  if (condition === undefined) return { name: relation.name, columns, select, rows: relation.rows }
  const counted = await database.read(sql`SELECT count(*)::DOUBLE FROM ${relation.from} ${where}`, options)
  return { name: relation.name, columns, select, rows: Number(counted.getRows()[0]?.[0] ?? 0) }
}

/** @throws AppError `bad-parameter` for an ending Casebook does not write tables as. */
export function formatOf(path: string): TableFormat {
  const ending = extname(path).toLowerCase()
  if (ending === '.csv' || ending === '.xlsx' || ending === '.parquet') return ending.slice(1) as TableFormat
  throw new AppError(
    'bad-parameter',
    `Casebook cannot write a table as ${ending === '' ? 'a file without an ending' : ending}.`,
    { hint: 'Choose a name that ends in .csv, .xlsx or .parquet.', where: { file: path } },
  )
}
