import { Lanes } from '../../../main/engine/checks/lanes'
import { withChecks } from '../../../main/engine/checks/withChecks'
import { importTable } from '../../../main/engine/import/importTable'
import { rawSchema } from '../../../main/engine/viewParts'
import type { Finding } from '../../../shared/description'
import type { TableKind } from '../../../shared/roles'
import type { ImportFolder } from '../import/importFolder'

export interface Checks {
  /** Only what the contents show, not what reading has found. */
  readonly findings: readonly Finding[]
  find(id: string, column?: string): Finding | undefined
  /** How many rows the condition of a finding selects. */
  rowsOf(finding: Finding | undefined): Promise<number>
}

/** Imports a small text table and looks at its contents; kind and roles as recognised unless given. */
export async function checkText(
  files: ImportFolder,
  content: string,
  given?: { readonly kind: TableKind; readonly roles: Record<string, string | string[]> },
): Promise<Checks> {
  tables += 1
  const path = files.file(`table${tables}.csv`, content)
  const [table] = (await files.describe(path)).tables
  if (table === undefined) throw new Error('no table')
  const { kind, roles } = given ?? table.recognised
  const place = { schema: rawSchema, table: `table${tables}` }
  const source = { name: place.table, read: table.read }
  return files.work(async (work) => {
    await work.connection.run(`CREATE SCHEMA IF NOT EXISTS ${rawSchema}`)
    const { rows } = await importTable({ path, read: table.read }, place, work)
    const mapped = Object.fromEntries(Object.entries(roles).map(([role, column]) => [role, [column].flat()]))
    const checked = await withChecks(
      { description: { ...table, findings: table.findings }, kind, roles: mapped, source },
      rows,
      { ...work, lanes: new Lanes(work.connection) },
    )
    const read = new Set(table.findings)
    const findings = checked.findings.filter((finding) => !read.has(finding))
    return {
      findings,
      find: (id, column) =>
        findings.find((finding) => finding.id === id && (column === undefined || finding.column === column)),
      rowsOf: async (finding) => {
        if (!finding?.rows) return 0
        const [[count] = []] = await files.ask(
          `SELECT count(*)::DOUBLE FROM ${rawSchema}.${place.table} WHERE ${finding.rows}`,
        )
        return Number(count)
      },
    }
  })
}

let tables = 0

/** `days` days from a first one, as `yyyy-MM-dd`. */
export function daysFrom(first: string, days: number): string[] {
  const start = Date.parse(`${first}T00:00:00Z`)
  return Array.from({ length: days }, (_, index) => new Date(start + index * 86_400_000).toISOString().slice(0, 10))
}

/** A repeatable number between 0 and 1 for every index. */
export function scattered(index: number): number {
  const value = Math.sin(index * 12.9898 + 4.1414) * 43758.5453
  return value - Math.floor(value)
}

export const ids = (findings: readonly Finding[]): string[] => findings.map(({ id }) => id)
