import { z } from 'zod'
import { AppError } from '../../shared/errors'
import type { Project, SaveViewStep } from '../../shared/project'
import { viewColumns } from '../../shared/roles'
import { ident, raw, sql, toReadable } from '../../shared/sql'
import { columnTypeOf, type TableColumn } from '../../shared/tableView'
import type { Database, QueryOptions } from './database'
import { nextStepId } from './mapping'
import { questionError, readableQuestion } from './sqlPanel'

/** A question that was given a name; `problem` says why it cannot be answered from the tables as they are. */
export interface BuiltView {
  readonly name: string
  readonly sql: string
  readonly columns: readonly TableColumn[]
  readonly problem: string | null
}

export const viewSteps = (project: Project): readonly SaveViewStep[] =>
  project.steps.filter((step): step is SaveViewStep => step.do === 'saveView')

/** Brings the saved views of the database in line with the steps, in their order; one that fails stops no other. */
export async function buildSavedViews(
  database: Database,
  project: Project,
  options: QueryOptions = {},
): Promise<readonly BuiltView[]> {
  const steps = viewSteps(project)
  await dropOthers(
    database,
    steps.map(({ name }) => name),
  )
  const built: BuiltView[] = []
  for (const step of steps) built.push(await build(database, step, options))
  return built
}

async function build(database: Database, { name, sql: text }: SaveViewStep, options: QueryOptions): Promise<BuiltView> {
  try {
    const question = await readableQuestion(database, text)
    await database.run(raw(`CREATE OR REPLACE VIEW ${toReadable(ident(name))} AS (${question}\n)`), options)
    const columns = await database.query(
      z.object({ column_name: z.string(), column_type: z.string() }),
      sql`DESCRIBE SELECT * FROM ${ident(name)}`,
      options,
    )
    return {
      name,
      sql: text,
      columns: columns.map(({ column_name, column_type }) => ({ name: column_name, type: columnTypeOf(column_type) })),
      problem: null,
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'cancelled') throw error
    await database.run(sql`DROP VIEW IF EXISTS ${ident(name)}`).catch(() => undefined)
    const shown = error instanceof AppError ? error : questionError(error, text)
    return { name, sql: text, columns: [], problem: shown.message }
  }
}

/** Views that are always there. */
const ownViews = [...Object.keys(viewColumns), 'calendar']

async function dropOthers(database: Database, wanted: readonly string[]): Promise<void> {
  const kept = new Set([...wanted, ...ownViews].map((name) => name.toLowerCase()))
  const present = await database.query(
    z.object({ name: z.string() }),
    sql`
      SELECT view_name AS name FROM duckdb_views()
      WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()`,
  )
  for (const { name } of present) {
    if (!kept.has(name.toLowerCase())) await database.run(sql`DROP VIEW IF EXISTS ${ident(name)}`)
  }
}

/**
 * The project with the view as a step; saving under a name again replaces the question.
 * @throws AppError `bad-parameter` when the name belongs to a table or a role view.
 */
export function withView(project: Project, name: string, text: string): Project {
  const same = (other: string): boolean => other.toLowerCase() === name.toLowerCase()
  const taken = [...project.sources.map((source) => source.name), ...ownViews].find(same)
  if (taken !== undefined) {
    throw new AppError('bad-parameter', `"${taken}" is a table of this project already.`, {
      hint: 'Choose another name for the view.',
    })
  }
  const before = project.steps.find((step) => step.do === 'saveView' && same(step.name))
  const step: SaveViewStep = { id: before?.id ?? nextStepId(project.steps), do: 'saveView', name, sql: text }
  const steps =
    before === undefined
      ? [...project.steps, step]
      : project.steps.map((candidate) => (candidate === before ? step : candidate))
  return { ...project, steps }
}

/** @throws AppError `bad-parameter` when there is no such view. */
export function withoutView(project: Project, name: string): Project {
  const isIt = (step: Project['steps'][number]): boolean =>
    step.do === 'saveView' && step.name.toLowerCase() === name.toLowerCase()
  if (!project.steps.some(isIt)) {
    throw new AppError('bad-parameter', `There is no saved view "${name}".`, {
      hint: `Saved views: ${
        viewSteps(project)
          .map((view) => view.name)
          .join(', ') || 'none'
      }.`,
    })
  }
  return { ...project, steps: project.steps.filter((step) => !isIt(step)) }
}
