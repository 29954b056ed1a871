import { z } from 'zod'
import { type Sql, sql } from '../../shared/sql'
import type { Database } from './database'

/** A note kept beside the data of a project, or undefined. */
export async function readMeta(database: Database, key: string): Promise<string | undefined> {
  const [row] = await database.query(
    z.object({ value: z.string() }),
    sql`SELECT value FROM casebook.meta WHERE key = ${key}`,
  )
  return row?.value
}

/** The statement that keeps it. */
export function writeMeta(key: string, value: string): Sql {
  return sql`INSERT OR REPLACE INTO casebook.meta VALUES (${key}, ${value})`
}
