import { z } from 'zod'
import type { Finding } from '../../shared/description'
import { AppError } from '../../shared/errors'
import { raw, sql } from '../../shared/sql'
import type { Page } from '../../shared/tableAnswers'
import type { Database, QueryOptions } from './database'
import { readRows } from './tablePages'
import { rawTable } from './viewParts'

interface FindingRequest {
  readonly table: string
  readonly id: string
  readonly column: string | null
  readonly offset: number
  readonly limit: number
}

/**
 * The rows a finding concerns, in file order. Its condition was written by the check that made the finding.
 * @throws AppError `bad-parameter` when there is no such finding, or it concerns no single rows.
 */
export async function readFindingRows(
  database: Database,
  findings: readonly Finding[],
  { table, id, column, offset, limit }: FindingRequest,
  options: QueryOptions,
): Promise<Page> {
  const finding = findings.find((one) => one.table === table && one.id === id && one.column === column)
  if (!finding?.rows) {
    throw new AppError('bad-parameter', `There are no rows to show for "${id}" of ${table}.`, {
      hint: 'Only findings about single rows can be opened row by row.',
    })
  }
  const condition = raw(finding.rows)
  const [all] = await database.query(
    z.object({ rows: z.number() }),
    sql`SELECT count(*)::DOUBLE AS rows FROM ${rawTable(table)} WHERE ${condition}`,
    options,
  )
  const page = await readRows(
    database,
    sql`SELECT * FROM ${rawTable(table)} WHERE ${condition} ORDER BY source_row LIMIT ${limit} OFFSET ${offset}`,
  )
  return { ...page, total: all?.rows ?? 0 }
}
