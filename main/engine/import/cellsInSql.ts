import { resolve } from 'node:path'
import type { Source } from '../../../shared/project'
import { type Sql, sql } from '../../../shared/sql'
import { identifyFile } from './identifyFile'
import { typedCells } from './importTable'
import { readingOf, readPlain } from './openText'
import { withoutStrange } from './strangeRows'
import { isWide } from './wide/tallCells'

/**
 * The typed cells of a source as a question that DuckDB can ask by itself; undefined where Casebook's own readers are
 * needed: workbooks, JSON, other encodings than UTF-8, lines of different length, several files, very wide tables.
 */
export async function cellsInSql({ read, parts }: Source, path: string): Promise<Sql | undefined> {
  const { format, encoding = 'utf-8', delimiter = ',', ragged = false, wrapped = false, columns, leftOut = [] } = read
  const isPlain = format === 'csv' && encoding === 'utf-8' && delimiter !== ' ' && !ragged && !wrapped
  if (!isPlain || parts !== undefined) return undefined
  const identity = await identifyFile(path).catch(() => undefined)
  if (identity === undefined || identity.format !== 'csv' || isWide(columns.length, identity.bytes)) return undefined
  const names = columns.map(({ name }) => name)
  const rows = readPlain(readingOf(resolve(path), identity.gzip, read))
  const { kept, typed } = typedCells(withoutStrange(rows, names, read.headerRow > 0, leftOut), columns)
  return sql`SELECT ${kept} FROM ${typed}`
}
