import type { Sql } from '../../shared/sql'
import type { Page } from '../../shared/tableAnswers'
import type { Database, QueryOptions } from './database'
import { columnOf, type MappedSource } from './mapping'
import { toScalar } from './readColumns'

/** Any statement as a page: texts, numbers, booleans. */
export async function readRows(
  database: Database,
  statement: Sql,
  options: QueryOptions = {},
): Promise<Omit<Page, 'total'>> {
  const reader = await database.read(statement, options)
  const types = reader.columnTypes().map(String)
  return {
    columns: reader.deduplicatedColumnNames().map((name, index) => ({ name, type: types[index] ?? '' })),
    rows: reader.getRows().map((row) => row.map(toScalar)),
  }
}

export function roleOf(mapped: MappedSource, column: string): string | null {
  for (const [name, played] of Object.entries(mapped.roles)) {
    if (typeof played === 'string' ? played === column : played.includes(column))
      return columnOf(mapped, name) === undefined ? null : name
  }
  return null
}
