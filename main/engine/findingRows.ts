import { z } from 'zod'
import type { FindingState } from '../../shared/description'
import { AppError } from '../../shared/errors'
import type { Project } from '../../shared/project'
import { sql } from '../../shared/sql'
import type { Page } from '../../shared/tableAnswers'
import type { Database, QueryOptions } from './database'
import { importedRows } from './import/importTable'
import { markOf, type NamedFinding, type Repair, repairedTable, rowsOfFinding } from './repairs'
import { readRows } from './tablePages'

interface FindingRequest extends NamedFinding {
  readonly offset: number
  readonly limit: number
}

interface OpenProject {
  readonly project: Project
  readonly derived: { readonly repairs: readonly Repair[] }
  state(): { readonly findings: readonly FindingState[] }
}

/**
 * The rows a finding concerns as they stand in the file, in file order, whatever was decided about them. Its condition
 * was written by the check that made the finding.
 * @throws AppError `bad-parameter` when there is no such finding, or it concerns no single rows.
 */
export async function readFindingRows(
  database: Database,
  open: OpenProject,
  request: FindingRequest,
  options: QueryOptions,
): Promise<Page> {
  const { project, derived } = open
  const { table, id, column, offset, limit } = request
  const found = rowsOfFinding(project, open.state().findings, request)
  const source = project.sources.find(({ name }) => name === found?.source)
  if (found === undefined || source === undefined) {
    throw new AppError('bad-parameter', `There are no rows to show for "${id}" of ${table}.`, {
      hint: 'Only findings about single rows can be opened row by row.',
    })
  }
  const decided = derived.repairs.find(
    ({ step }) => step.table === table && step.finding === id && step.column === column,
  )
  const condition =
    decided === undefined
      ? found.condition
      : sql`source_row IN (SELECT source_row FROM ${repairedTable(source.name)} WHERE ${markOf(decided)})`
  const rows = sql`SELECT * FROM (${importedRows(source.name, source.read.columns)}) WHERE ${condition}`
  const [all] = await database.query(
    z.object({ rows: z.number() }),
    sql`SELECT count(*)::DOUBLE AS rows FROM (${rows})`,
    options,
  )
  const page = await readRows(database, sql`${rows} ORDER BY source_row LIMIT ${limit} OFFSET ${offset}`)
  return { ...page, total: all?.rows ?? 0 }
}
