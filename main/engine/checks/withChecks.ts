import type { Finding, TableDescription } from '../../../shared/description'
import type { NewTable } from '../tables'
import { rawSchema } from '../viewParts'
import type { CheckContext, CheckedTable } from './checkedTable'
import { checkTable, contentFindings } from './checkTable'

type Checked = Pick<NewTable, 'description' | 'kind' | 'roles'> & {
  readonly source: Pick<NewTable['source'], 'name' | 'read'>
}

/** The description of an imported table with what its contents show, beside what reading the file has found. */
export async function withChecks(table: Checked, rows: number, context: CheckContext): Promise<TableDescription> {
  const { description } = table
  const read = description.findings.filter(({ id }) => !contentFindings.has(id))
  const checked = checkedTable({ ...table, description: { ...description, findings: read } }, rows)
  if (checked.columns.length > mostColumns) return { ...description, findings: [unchecked(checked), ...read] }
  const found = await checkTable(checked, context)
  return { ...description, findings: [...found, ...read] }
}

/** Every question to a table of more columns takes about a second, however few rows it has. */
const mostColumns = 2000

function unchecked({ name, columns }: CheckedTable): Finding {
  return {
    id: 'tooManyColumns',
    severity: 'info',
    table: name,
    column: null,
    title: 'Too many columns to look at their contents',
    count: columns.length,
    unit: 'columns',
    examples: [],
    treatment: `Read like all others; tables of up to ${mostColumns} columns are also searched for damaged contents`,
  }
}

function checkedTable({ description, kind, roles, source }: Checked, rows: number): CheckedTable {
  const roleOf = new Map(
    Object.entries(roles).flatMap(([role, played]) => [played].flat().map((column) => [column, role])),
  )
  const distinct = new Map(description.columns.map((column) => [column.name, column.distinct]))
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
    })),
  }
}
