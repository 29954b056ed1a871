import type { Finding, TableDescription } from '../../../shared/description'
import type { NewTable } from '../tables'
import { rawSchema } from '../viewParts'
import type { CheckContext, CheckedTable } from './checkedTable'
import { checkTable, contentFindings } from './checkTable'

type Checked = Pick<NewTable, 'description' | 'kind' | 'roles'> & {
  readonly source: Pick<NewTable['source'], 'name' | 'read'>
}

/** What the checks go by, besides the contents. */
export const checkedAs = ({ kind, roles }: Pick<Checked, 'kind' | 'roles'>): string =>
  JSON.stringify([kind, Object.entries(roles).toSorted(([one], [other]) => (one < other ? -1 : 1))])

/** The description of an imported table with what its contents show, beside what reading the file has found. */
export async function withChecks(table: Checked, rows: number, context: CheckContext): Promise<TableDescription> {
  const { description } = table
  const read = description.findings.filter(({ id }) => !contentFindings.has(id))
  const whole = checkedTable({ ...table, description: { ...description, findings: read } }, rows)
  const looked = lookedAt(whole)
  const found = looked.columns.length === 0 ? [] : await checkTable(looked, context)
  const sideEffects = sideEffectsOf(found, read, rows)
  const unchecked = looked.columns.length < whole.columns.length ? [notLookedAt(whole, looked)] : []
  return {
    ...description,
    findings: [...found, ...unchecked, ...read].filter((finding) => !sideEffects(finding)),
    checkedAs: checkedAs(table),
  }
}

/**
 * What only says again, and wrongly, that cells stand in the wrong place: rows of another table below have no columns to
 * be read as, and where a tenth of the lines is too long, amounts are those of the neighbouring column.
 */
function sideEffectsOf(
  found: readonly Finding[],
  read: readonly Finding[],
  rows: number,
): (finding: Finding) => boolean {
  const below = found.find(({ id }) => id === 'otherTable')
  const long = read.find(({ id }) => id === 'longLines')
  return ({ id, count }) =>
    (below !== undefined && ['shiftedRows', 'numbersAsDates'].includes(id) && count <= below.count) ||
    (long !== undefined && long.count >= rows * 0.1 && id === 'changedScale')
}

/** Every column costs questions, and every question names all columns once: a table of features is looked at in part. */
const mostColumns = 300
const mostNames = 120_000
/** Every question to a table of more columns takes about a second, however few rows it has. */
export const widestTable = 2000

/** Columns that play a role first. */
function lookedAt(table: CheckedTable): CheckedTable {
  const { columns } = table
  if (columns.length <= mostColumns) return table
  if (columns.length > widestTable) return { ...table, columns: [] }
  const most = Math.min(mostColumns, Math.floor(mostNames / columns.length))
  const chosen = new Set([...columns.filter(({ role }) => role !== null), ...columns].slice(0, most))
  return { ...table, columns: columns.filter((column) => chosen.has(column)) }
}

function notLookedAt({ name, columns }: CheckedTable, looked: CheckedTable): Finding {
  return {
    id: 'tooManyColumns',
    severity: 'info',
    table: name,
    column: null,
    title: 'Columns whose contents were not searched for damage',
    count: columns.length - looked.columns.length,
    unit: 'columns',
    examples: [],
    treatment: 'Read like all others; give columns that matter a role, and they are searched first',
  }
}

function checkedTable({ description, kind, roles, source }: Checked, rows: number): CheckedTable {
  const roleOf = new Map(
    Object.entries(roles).flatMap(([role, played]) => [played].flat().map((column) => [column, role])),
  )
  const distinct = new Map(description.columns.map((column) => [column.name, column.distinct]))
  const missing = new Map(description.columns.map((column) => [column.name, column.missing]))
  return {
    schema: rawSchema,
    name: source.name,
    kind,
    rows,
    findings: description.findings,
    columns: source.read.columns.map(({ name, type }) => ({
      name,
      type,
      role: roleOf.get(name) ?? null,
      distinct: distinct.get(name) ?? 0,
      missing: missing.get(name) ?? 0,
    })),
  }
}
