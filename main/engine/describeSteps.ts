import { basename } from 'node:path'
import { z } from 'zod'
import { countedUnit } from '../../shared/countedUnit'
import type { StepState } from '../../shared/engineApi'
import { compileFormula } from '../../shared/formula/compileFormula'
import type { LayOutStep, Project, ReadAsStep, RepairStep, Step } from '../../shared/project'
import { tableKinds } from '../../shared/roles'
import { ident, sql, toReadable } from '../../shared/sql'
import { type Clocks, clockOf, readClocks } from './clocks'
import type { Database } from './database'
import { delimiterNames, encodingNames } from './describeReading'
import { isView, type MappedSource } from './mapping'
import type { Repair } from './repairs'
import { rawTable } from './viewParts'

/** Everything that was done to the data, in order, with the SQL that does it where there is some. */
export async function describeSteps(
  database: Database,
  project: Project,
  mapped: readonly MappedSource[],
  repairs: readonly Repair[],
): Promise<StepState[]> {
  const views = await database.query(
    z.object({ name: z.string(), sql: z.string() }),
    sql`SELECT view_name AS name, sql FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'`,
  )
  const clocks = await readClocks(database, mapped, project.settings)
  const viewSql = new Map(views.map((view) => [view.name, view.sql]))
  const read = project.sources.map(
    (source): StepState => ({
      id: source.name,
      does: 'read',
      title: `Read ${source.name} from ${basename(source.path)}: ${countedUnit(source.seen.rows, 'rows', plain)}, SHA-256 ${source.seen.sha256}`,
      sql: null,
    }),
  )
  return [...read, ...project.steps.map((step) => describeStep(step, mapped, repairs, viewSql, clocks))]
}

function describeStep(
  step: Step,
  mapped: readonly MappedSource[],
  repairs: readonly Repair[],
  viewSql: ReadonlyMap<string, string>,
  clocks: Clocks,
): StepState {
  switch (step.do) {
    case 'mapRoles':
      return {
        id: step.id,
        does: step.do,
        title: `Take ${step.source} as ${tableKinds[step.kind].toLowerCase()}`,
        sql: isView(step.kind) ? (viewSql.get(step.kind) ?? null) : null,
      }
    case 'derive':
      return {
        id: step.id,
        does: step.do,
        title: `Add ${step.name} = ${step.formula} to ${step.source}`,
        sql: columnSql(step, mapped, clocks),
      }
    case 'layOut':
      return { id: step.id, does: step.do, title: layoutTitle(step), sql: null }
    case 'readAs':
      return { id: step.id, does: step.do, title: readingTitle(step), sql: null }
    case 'repair':
      return { id: step.id, does: step.do, title: titleOf(step), sql: repairSql(step, repairs) }
    case 'choose':
      return { id: step.id, does: step.do, title: `Choose ${step.option} for ${step.choice}`, sql: null }
    case 'analyse':
      return { id: step.id, does: step.do, title: `Keep the answer ${step.analysis}`, sql: null }
    case 'saveView':
      return { id: step.id, does: step.do, title: `Keep the view ${step.name}`, sql: step.sql }
    case 'case':
      return { id: step.id, does: step.do, title: 'Keep the business case', sql: null }
    default:
      return step satisfies never
  }
}

function layoutTitle({ source, layout }: LayOutStep): string {
  const { encoding, delimiter, quote, headerRow } = layout
  const wished = [
    ...(encoding === undefined ? [] : [encodingNames[encoding] ?? encoding]),
    ...(delimiter === undefined ? [] : [`cells set apart by ${delimiterNames[delimiter] ?? delimiter}`]),
    ...(quote === undefined ? [] : [`quoted by ${quote}`]),
    ...(headerRow === undefined ? [] : [headerRow === 0 ? 'no header' : `columns named in row ${headerRow}`]),
  ]
  return `Cut the file of ${source}: ${wished.join(', ')}`
}

function readingTitle({ source, columns }: ReadAsStep): string {
  const wished = Object.entries(columns).map(([name, wish]) =>
    wish.as === 'date'
      ? `${name} as dates like ${wish.format}`
      : wish.as === 'number'
        ? `${name} as numbers with decimal ${wish.decimal}`
        : `${name} as ${wish.as}`,
  )
  return `Read in ${source}: ${wished.join(', ')}`
}

const plain = { count: (value: number): string => value.toLocaleString('en-US') }

const decisions: Readonly<Record<RepairStep['action'], string>> = {
  keep: 'Keep as they are',
  leaveOut: 'Leave out the rows of',
  clear: 'Empty the cells of',
  fix: 'Put right',
}

function titleOf({ action, table, column, told }: RepairStep): string {
  const place = column === null ? table : `${table}, ${column}`
  return `${decisions[action]}: ${told.title} (${place}; ${countedUnit(told.count, told.unit, plain)} when decided)`
}

function repairSql(step: RepairStep, repairs: readonly Repair[]): string | null {
  const repair = repairs.find((one) => one.step.id === step.id)
  if (repair === undefined) return null
  const { change, condition, source } = repair
  return toReadable(
    change === undefined
      ? sql`DELETE FROM ${rawTable(source)} WHERE ${condition}`
      : sql`UPDATE ${rawTable(source)} SET ${ident(change.column)} = ${change.value} WHERE ${condition}`,
  )
}

function columnSql(
  step: Step & { readonly do: 'derive' },
  mapped: readonly MappedSource[],
  clocks: Clocks,
): string | null {
  const source = mapped.find(({ source: candidate }) => candidate.name === step.source)?.source
  if (source === undefined) return null
  const { sql: value } = compileFormula(
    step.formula,
    source.read.columns.filter(({ name }) => name !== step.name),
    (column) => clockOf({ source }, column, clocks),
  )
  return toReadable(sql`SELECT *, ${value} AS ${ident(step.name)} FROM ${rawTable(source.name)}`)
}
