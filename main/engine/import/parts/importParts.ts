import { stat } from 'node:fs/promises'
import { AppError } from '../../../../shared/errors'
import type { Part, ReadColumn, Source } from '../../../../shared/project'
import { ident, join, raw, type Sql, sql, toReadable } from '../../../../shared/sql'
import {
  cellsSchema,
  dropTable,
  type ImportedTable,
  importTable,
  type Target,
  type UnreadableCells,
} from '../importTable'
import { isInLists } from '../wide/fillWide'
import type { ImportWork } from '../work'
import { hashTogether } from './hashTogether'

export interface ImportedParts extends Pick<ImportedTable, 'rows' | 'sha256' | 'bytes' | 'unreadable'> {
  readonly parts: readonly Part[]
}

/**
 * Files put together to `schema.table`, one after the other; `source_row` counts on from file to file, and
 * `casebook.parts` says which rows came from which file.
 * @throws AppError `bad-file` when a file is not as it was described, `cancelled`.
 */
export async function importParts(
  source: Source & { readonly parts: readonly Part[] },
  pathOf: (stored: string) => string,
  into: Target,
  work: ImportWork,
): Promise<ImportedParts> {
  const { columns } = source.read
  if (isInLists(columns)) {
    throw new AppError('bad-file', `${source.name} has too many columns to be put together from several files.`, {
      hint: 'Open the files one by one, or leave out columns: up to 2,000 can be put together.',
      where: { file: source.path },
    })
  }
  const run = async (statement: Sql): Promise<void> => {
    await work.connection.run(toReadable(statement))
  }
  const cells = sql`${ident(cellsSchema)}.${ident(into.table)}`
  const kinds = columns.map((column, index) => raw(`c${index} ${cellType(column)}`))
  await run(sql`CREATE SCHEMA IF NOT EXISTS ${ident(cellsSchema)}`)
  await run(sql`CREATE TABLE ${cells} (${join(kinds, ', ')})`)
  await run(sql`DELETE FROM casebook.parts WHERE source = ${source.name}`)
  const parts: Part[] = []
  const unreadable: UnreadableCells[] = []
  let rows = 0
  for (const [index, part] of source.parts.entries()) {
    const piece = { schema: into.schema, table: `${into.table} part ${index + 1}` }
    const imported = await importTable({ path: pathOf(part.path), read: part.read }, piece, {
      ...work,
      onProgress: ({ fraction }) =>
        work.onProgress({
          fraction: fraction === null ? null : (index + fraction) / source.parts.length,
          note: `${source.name}, file ${index + 1} of ${source.parts.length}`,
        }),
    })
    await run(sql`INSERT INTO ${cells} ${rowsOf(piece, columns, part.read.columns)}`)
    await dropTable(work.connection, piece)
    await run(
      sql`INSERT INTO casebook.parts VALUES (${source.name}, ${index + 1}, ${part.path}, ${imported.sha256}, ${rows + 1}, ${rows + imported.rows})`,
    )
    for (const { column, count, examples } of imported.unreadable)
      unreadable.push({ column, count, examples: examples.map(({ row, value }) => ({ row: row + rows, value })) })
    rows += imported.rows
    const { sha256, bytes } = imported
    const modified = await modifiedAt(pathOf(part.path))
    parts.push({ ...part, seen: { sha256, bytes, rows: imported.rows, modified } })
  }
  const named = columns.map((column, index) => sql`${raw(`c${index}`)} AS ${ident(column.name)}`)
  await run(
    sql`CREATE VIEW ${ident(into.schema)}.${ident(into.table)} AS SELECT rowid + 1 AS source_row, ${join(named, ', ')} FROM ${cells}`,
  )
  return {
    rows,
    parts,
    unreadable,
    sha256: hashTogether(parts.map((part) => part.seen.sha256)),
    bytes: parts.reduce((sum, part) => sum + part.seen.bytes, 0),
  }
}

/** When a file was last changed, as an ISO instant. */
export async function modifiedAt(path: string): Promise<string> {
  return (await stat(path)).mtime.toISOString()
}

function rowsOf(piece: Target, columns: readonly ReadColumn[], present: readonly ReadColumn[]): Sql {
  const cells = columns.map(({ name }) => (present.some((column) => column.name === name) ? ident(name) : raw('NULL')))
  return sql`SELECT ${join(cells, ', ')} FROM ${ident(piece.schema)}.${ident(piece.table)} ORDER BY source_row`
}

/** The type of the cells of a column: that of the widest reading of any file. */
function cellType({ type, format }: ReadColumn): string {
  switch (type) {
    case 'text':
    case 'id':
    case 'empty':
      return 'VARCHAR'
    case 'integer':
      return 'BIGINT'
    case 'flag':
      return 'INTEGER'
    case 'decimal':
      return format?.includes('double') ? 'DOUBLE' : 'DECIMAL(18,6)'
    case 'date':
      return 'DATE'
    case 'timestamp':
      return 'TIMESTAMP'
    default:
      return type satisfies never
  }
}
