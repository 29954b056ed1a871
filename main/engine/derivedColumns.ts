import { z } from 'zod'
import type { FormulaPreview } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import { type CompiledFormula, compileFormula, type FormulaColumn } from '../../shared/formula/compileFormula'
import type { Clock } from '../../shared/formula/formulaTypes'
import type { JoinRepair } from '../../shared/joins'
import type { DeriveStep, Project, Settings, Source, Step } from '../../shared/project'
import { ident, join, raw, type Sql, sql, toReadable } from '../../shared/sql'
import { type Clocks, clockOf, readClocks } from './clocks'
import type { Database, QueryOptions } from './database'
import { offsetColumn } from './import/importTable'
import { derivedColumn, derivedOf, type MappedSource, nextStepId } from './mapping'
import { markedRows, type Repair, repairStatements, unrepairedTable, usedRows } from './repairs'
import { readRows } from './tablePages'
import { inlined, rawTable } from './viewParts'

/**
 * The table of a source as it is used: under its names, with its repairs, and with its formula columns behind; where
 * there are repairs also as it was imported.
 */
export function sourceViews(
  source: Source,
  steps: readonly Step[],
  clocks: Clocks,
  repairs: readonly Repair[],
): readonly Sql[] {
  const view = (name: Sql, rows: Sql): Sql =>
    inlined(sql`CREATE OR REPLACE VIEW ${name} AS ${withFormulas(source, steps, clocks, rows)}`)
  const before = unrepairedTable(source.name)
  return [
    ...repairStatements(source, repairs),
    view(rawTable(source.name), usedRows(source, repairs)),
    repairs.length === 0 ? sql`DROP VIEW IF EXISTS ${before}` : view(before, markedRows(source, repairs)),
  ]
}

/** Rows of a source with its formula columns behind; formulas see times on the report clock. */
function withFormulas(source: Source, steps: readonly Step[], clocks: Clocks, imported: Sql): Sql {
  let known: readonly FormulaColumn[] = source.read.columns
  let rows = imported
  for (const step of derivedOf(steps, source.name)) {
    const compiled = compiledStep(step, known, (column) => clockOf({ source }, column, clocks))
    rows = sql`SELECT layer.*, ${compiled.sql} AS ${ident(step.name)} FROM (${rows}) AS layer`
    known = [...known, { name: step.name, type: compiled.type }]
  }
  return rows
}

/**
 * The project with the types of its formula columns as they follow from the tables as they are read now.
 * @throws AppError `bad-parameter` when a formula no longer fits its table.
 */
export function withCheckedFormulas(project: Project): Project {
  const types = new Map<string, DeriveStep['type']>()
  for (const source of project.sources) {
    let known: readonly FormulaColumn[] = source.read.columns
    for (const step of derivedOf(project.steps, source.name)) {
      const { type } = compiledStep(step, known)
      types.set(step.id, type)
      known = [...known, { name: step.name, type }]
    }
  }
  const steps = project.steps.map((step) => {
    const type = types.get(step.id)
    return step.do === 'derive' && type !== undefined ? { ...step, type } : step
  })
  return { ...project, steps }
}

function compiledStep(step: DeriveStep, columns: readonly FormulaColumn[], clock: Clock = ident): CompiledFormula {
  try {
    return compileFormula(step.formula, columns, clock)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    throw new AppError('bad-parameter', `The column "${step.name}" cannot be computed any more. ${cause.message}`, {
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
      where: { file: step.source, column: step.name },
      data: cause.data,
      cause,
    })
  }
}

export interface WantedColumn {
  readonly source: string
  readonly name: string
  readonly formula: string
}

/**
 * The project with a formula column more, or with another formula for one that it has.
 * @throws AppError `bad-parameter` when the formula or the name is not possible; nothing is changed then.
 */
export function withColumn(project: Project, { source: sourceName, name: wished, formula }: WantedColumn): Project {
  const source = project.sources.find((candidate) => candidate.name === sourceName)
  if (source === undefined) throw new Error('the caller names a source of the project')
  const name = freeName(source, wished)
  const before = derivedOf(project.steps, sourceName)
  const same = before.findIndex((step) => isSame(step.name, name))
  const columns = [...source.read.columns, ...before.slice(0, same < 0 ? undefined : same).map(derivedColumn)]
  const { type } = compileFormula(formula, columns)
  const old = before[same]
  const step: DeriveStep = { id: nextStepId(project.steps), do: 'derive', source: sourceName, name, formula, type }
  const steps =
    old === undefined
      ? [...project.steps, step]
      : project.steps.map((candidate) => (candidate === old ? { ...step, id: old.id, name: old.name } : candidate))
  return withCheckedFormulas({ ...project, steps })
}

/**
 * The project without a formula column.
 * @throws AppError `bad-parameter` when it is no formula column, or something still needs it.
 */
export function withoutColumn(project: Project, sourceName: string, name: string): Project {
  const found = derivedOf(project.steps, sourceName).find((step) => isSame(step.name, name))
  if (found === undefined) {
    throw new AppError('bad-parameter', `"${name}" is not a formula column of ${sourceName}.`, {
      hint: 'Only columns made by a formula can be removed; the files stay as they are.',
    })
  }
  const mapping = project.steps.findLast((step) => step.do === 'mapRoles' && step.source === sourceName)
  const role =
    mapping?.do === 'mapRoles'
      ? Object.entries(mapping.roles).find(([, column]) => [column].flat().includes(found.name))?.[0]
      : undefined
  if (role !== undefined) {
    throw new AppError('bad-parameter', `"${found.name}" plays the role ${role} in ${sourceName}.`, {
      hint: 'Give the role to another column first.',
    })
  }
  return withCheckedFormulas({ ...project, steps: project.steps.filter((step) => step !== found) })
}

/** The project with keys written alike by formula columns, which take over the roles of the columns they read. */
export function withRepair(project: Project, columns: JoinRepair['columns']): Project {
  return columns.reduce((changed, { table, role, name, formula }) => {
    const derived = withColumn(changed, { source: table, name, formula })
    const steps = derived.steps.map((step) =>
      step.do === 'mapRoles' && step.source === table ? { ...step, roles: { ...step.roles, [role]: name } } : step,
    )
    return { ...derived, steps }
  }, project)
}

const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()

function freeName(source: Source, wished: string): string {
  const name = wished.trim()
  if (name === '') throw new AppError('bad-parameter', 'The new column needs a name.')
  if (name.length > 100 || name.includes('\0'))
    throw new AppError('bad-parameter', 'The name of a column has 100 signs at the most.')
  const taken = [
    'source_row',
    ...source.read.columns.map((column) => column.name),
    ...source.read.columns.filter(({ zone }) => zone === 'offsets').map((column) => offsetColumn(column.name)),
  ]
  if (taken.some((column) => isSame(column, name))) {
    throw new AppError('bad-parameter', `${source.name} already has a column "${name}".`, {
      hint: 'Choose another name: the columns of the file stay as they are.',
      where: { file: source.name, column: name },
    })
  }
  return name
}

const previewRows = 20

/** What a formula gives: its first rows, and how many rows stay empty. */
export async function previewFormula(
  database: Database,
  mapped: MappedSource,
  { formula, name }: { readonly formula: string; readonly name: string },
  settings: Settings,
  options: QueryOptions,
): Promise<FormulaPreview> {
  const others = mapped.source.read.columns.filter((column) => !isSame(column.name, name))
  const clocks = await readClocks(database, [mapped], settings, options.signal)
  const clock: Clock = (column) => clockOf(mapped, column, clocks)
  const compiled = compileFormula(formula, others, clock)
  const table = rawTable(mapped.source.name)
  const inputs = compiled.columns.map((column) => ident(column))
  const isTime = (name: string): boolean => others.some((other) => other.name === name && other.type === 'timestamp')
  const shownInputs = compiled.columns.map((column) =>
    isTime(column) ? sql`${clock(column)} AS ${ident(column)}` : ident(column),
  )
  const known =
    inputs.length === 0
      ? raw('true')
      : join(
          inputs.map((input) => sql`${input} IS NOT NULL`),
          ' AND ',
        )
  const [counts] = await database.query(
    z.object({ rows: z.number(), empty: z.number(), lost: z.number() }),
    inlined(sql`
      SELECT count(*)::DOUBLE AS rows, (count(*) - count(result))::DOUBLE AS empty,
        count(CASE WHEN result IS NULL AND known THEN 1 END)::DOUBLE AS lost
      FROM (SELECT ${compiled.sql} AS result, ${known} AS known FROM ${table})`),
    options,
  )
  const shown = [...shownInputs, sql`${compiled.sql} AS ${ident(name.trim() || 'result')}`]
  const page = await readRows(
    database,
    inlined(sql`SELECT ${join(shown, ', ')} FROM ${table} ORDER BY source_row LIMIT ${raw(String(previewRows))}`),
  )
  return {
    type: compiled.type,
    sql: toReadable(compiled.sql),
    columns: page.columns.map((column) => column.name),
    rows: page.rows,
    total: counts?.rows ?? 0,
    empty: counts?.empty ?? 0,
    lost: counts?.lost ?? 0,
  }
}
