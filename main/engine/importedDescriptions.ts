import { z } from 'zod'
import type { TableDescription } from '../../shared/description'
import { sql } from '../../shared/sql'
import type { Database } from './database'

/** What is known about the imported tables of a project, by their names. */
export async function readDescriptions(database: Database): Promise<Map<string, TableDescription>> {
  const rows = await database.query(
    z.object({ key: z.string(), value: z.string() }),
    sql`SELECT key, value FROM casebook.meta WHERE key LIKE 'description %'`,
  )
  // Written by this engine from typed data; a damaged data file is rebuilt, not repaired.
  return new Map(rows.map((row) => [row.key.slice('description '.length), JSON.parse(row.value) as TableDescription]))
}
