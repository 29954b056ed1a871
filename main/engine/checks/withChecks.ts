import type { TableDescription } from '../../../shared/description'
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
  const found = await checkTable(
    checkedTable({ ...table, description: { ...description, findings: read } }, rows),
    context,
  )
  return { ...description, findings: [...found, ...read], checkedAs: checkedAs(table) }
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
