import type { Finding, FindingState, TableDescription } from '../../shared/description'
import { AppError } from '../../shared/errors'
import type { FindingAction } from '../../shared/findingActions'
import type { Project, RepairStep, Source, Step } from '../../shared/project'
import { ident, join, raw, type Sql, sql } from '../../shared/sql'
import { importedRows } from './import/importTable'
import { lineConditions, repeatedRows } from './lineConditions'
import { nextStepId } from './mapping'
import { inlined, rawTable } from './viewParts'

/** Where tables with repairs stand: every row as it is used, with a mark for each repair that concerns it. */
const repairedSchema = 'repaired'

/** Where the tables with repairs stand as they were imported, with the same marks. */
const unrepairedSchema = 'unrepaired'

export const unrepairedTable = (source: string): Sql => sql`${ident(unrepairedSchema)}.${ident(source)}`

export const repairSchemas: readonly Sql[] = [repairedSchema, unrepairedSchema].map(
  (schema) => sql`CREATE SCHEMA IF NOT EXISTS ${ident(schema)}`,
)

/** What tells a finding from the others. */
export interface NamedFinding {
  readonly table: string
  readonly id: string
  readonly column: string | null
}

/** The rows of an imported table that a finding concerns. */
export interface FindingRows {
  readonly source: string
  /** The column it is about, where it is about one column of the file. */
  readonly column: string | null
  readonly condition: Sql
  readonly fix: Finding['fix']
}

/** A decision that changes a table as it is now. */
export interface Repair {
  readonly step: RepairStep
  readonly source: string
  readonly condition: Sql
  /** New content for the cells of a column; undefined where the rows are left out. */
  readonly change: { readonly column: string; readonly value: Sql } | undefined
}

const isSame = (one: NamedFinding, other: NamedFinding): boolean =>
  one.table === other.table && one.id === other.id && one.column === other.column

const namedBy = ({ table, finding, column }: RepairStep): NamedFinding => ({ table, id: finding, column })

function repairSteps(steps: readonly Step[]): RepairStep[] {
  return steps.flatMap((step) => (step.do === 'repair' ? [step] : []))
}

/** Which rows a finding concerns; undefined where it is not about rows of one file. */
export function rowsOfFinding(
  project: Project,
  findings: readonly Finding[],
  named: NamedFinding,
): FindingRows | undefined {
  const line = lineConditions(project).find((condition) => isSame(condition, named))
  if (line !== undefined)
    return { source: line.source, column: line.sourceColumn, condition: raw(line.rows), fix: undefined }
  const finding = findings.find((one) => isSame(one, named))
  const source = project.sources.find(({ name }) => name === named.table)
  if (finding === undefined || source === undefined) return undefined
  const rows = finding.id === 'repeatedRows' ? repeatedRows(source) : finding.rows
  if (!rows) return undefined
  const isColumn = source.read.columns.some(({ name }) => name === named.column)
  return {
    source: source.name,
    column: isColumn ? named.column : null,
    condition: raw(rows),
    fix: finding.fix,
  }
}

/** The decisions that change a table, in their order. A finding that the tables no longer show needs no repair. */
export function repairsInForce(
  project: Project,
  descriptions: ReadonlyMap<string, Pick<TableDescription, 'findings'>>,
): Repair[] {
  return repairSteps(project.steps).flatMap((step): Repair[] => {
    const rows = rowsOfFinding(project, descriptions.get(step.table)?.findings ?? [], namedBy(step))
    if (rows === undefined || step.action === 'keep') return []
    const { source, column, condition, fix } = rows
    if (step.action === 'leaveOut') return [{ step, source, condition, change: undefined }]
    const value = step.action === 'clear' ? 'NULL' : fix?.value
    return column === null || value === undefined
      ? []
      : [{ step, source, condition, change: { column, value: raw(value) } }]
  })
}

/** What can be done about a finding, the proposed action first. */
function actionsOf(rows: FindingRows | undefined): FindingAction[] {
  if (rows === undefined) return ['keep']
  const { column, fix } = rows
  return [
    ...(fix && column !== null ? (['fix'] as const) : []),
    'keep',
    'leaveOut',
    ...(column === null ? [] : (['clear'] as const)),
  ]
}

/** The findings with what was decided about them; a repair may be the reason why a finding no longer shows. */
export function withDecisions(findings: readonly Finding[], project: Project): FindingState[] {
  const steps = repairSteps(project.steps)
  const shown = findings.map(
    (finding): FindingState => ({
      ...finding,
      actions: actionsOf(rowsOfFinding(project, findings, finding)),
      accepted: steps.find((step) => isSame(namedBy(step), finding))?.action ?? null,
    }),
  )
  const gone = steps
    .filter((step) => !findings.some((finding) => isSame(namedBy(step), finding)))
    .map((step): FindingState => {
      const named = namedBy(step)
      return {
        ...named,
        ...step.told,
        examples: [],
        treatment: '',
        actions: actionsOf(rowsOfFinding(project, findings, named)),
        accepted: step.action,
      }
    })
  const all = [...shown, ...gone]
  const lines = all.find(({ id }) => id === 'repeatedLines')
  const linesOf = lines === undefined ? undefined : rowsOfFinding(project, all, lines)?.source
  // Where every line that comes again is the whole row again, it is said once.
  return all.filter(
    ({ id, table, count, accepted }) =>
      id !== 'repeatedRows' || accepted !== null || table !== linesOf || count !== lines?.count,
  )
}

/**
 * The project with a decision about a finding; it replaces an earlier one.
 * @throws AppError `bad-parameter` when there is no such finding or the action does not fit it.
 */
export function withDecision(
  project: Project,
  findings: readonly FindingState[],
  named: NamedFinding,
  action: FindingAction,
): Project {
  const finding = findings.find((one) => isSame(one, named))
  if (finding === undefined) {
    throw new AppError('bad-parameter', `There is no finding "${named.id}" of ${named.table}.`, {
      hint: 'The quality report lists the findings with their tables and columns.',
    })
  }
  if (!finding.actions.includes(action)) {
    throw new AppError('bad-parameter', `"${action}" cannot be done about "${finding.title}".`, {
      hint: `Possible: ${finding.actions.join(', ')}.`,
    })
  }
  const { severity, title, count, unit, table, column } = finding
  const id = nextStepId(project.steps)
  const told = { severity, title, count, unit }
  const step: RepairStep = { id, do: 'repair', table, finding: finding.id, column, action, told }
  return { ...project, steps: [...withoutDecision(project, named).steps, step] }
}

/** The project without the decision about a finding, if there was one. */
export function withoutDecision(project: Project, named: NamedFinding): Project {
  return { ...project, steps: project.steps.filter((step) => !(step.do === 'repair' && isSame(namedBy(step), named))) }
}

/** The column that marks the rows of a repair. */
export const markOf = ({ step }: Repair): Sql => ident(`repair · ${step.id}`)

export const repairedTable = (source: string): Sql => sql`${ident(repairedSchema)}.${ident(source)}`

/**
 * The statements that work out the repairs of a table. Which rows they concern is decided on the table as imported,
 * all at once; then cells are changed in the order of the decisions.
 */
export function repairStatements(source: Source, repairs: readonly Repair[]): Sql[] {
  const table = repairedTable(source.name)
  if (repairs.length === 0) return [sql`DROP TABLE IF EXISTS ${table}`]
  const rows = importedRows(source.name, source.read.columns)
  const marks = repairs.map((repair) => sql`coalesce((${repair.condition}), false) AS ${markOf(repair)}`)
  return [
    inlined(sql`CREATE OR REPLACE VIEW ${rawTable(source.name)} AS ${rows}`),
    sql`CREATE OR REPLACE TABLE ${table} AS SELECT imported.*, ${join(marks, ', ')} FROM (${rows}) AS imported`,
    ...repairs.flatMap((repair) =>
      repair.change === undefined
        ? []
        : [sql`UPDATE ${table} SET ${ident(repair.change.column)} = ${repair.change.value} WHERE ${markOf(repair)}`],
    ),
  ]
}

/** The rows of a table as imported with the marks of its repairs, without formula columns. */
export function markedRows(source: Source, repairs: readonly Repair[]): Sql {
  const marks = repairs.map((repair) => sql`marks.${markOf(repair)}`)
  const rows = importedRows(source.name, source.read.columns)
  return sql`
    SELECT imported.*, ${join(marks, ', ')}
    FROM (${rows}) AS imported JOIN ${repairedTable(source.name)} AS marks USING (source_row)`
}

/** The rows of a table as they are used, without formula columns. */
export function usedRows(source: Source, repairs: readonly Repair[]): Sql {
  if (repairs.length === 0) return importedRows(source.name, source.read.columns)
  const leftOut = repairs.filter(({ change }) => change === undefined).map((repair) => sql`NOT ${markOf(repair)}`)
  const where = leftOut.length === 0 ? raw('') : sql`WHERE ${join(leftOut, ' AND ')}`
  return sql`SELECT * EXCLUDE (${join(repairs.map(markOf), ', ')}) FROM ${repairedTable(source.name)} ${where}`
}
