import type { TableDescription } from '../../shared/description'
import type { Project, Source } from '../../shared/project'
import type { TableKind } from '../../shared/roles'
import { raw, type Sql, sql } from '../../shared/sql'
import { Lanes, lanesFor } from './checks/lanes'
import { checkedAs, withChecks } from './checks/withChecks'
import type { Database } from './database'
import { importedRows } from './import/importTable'
import { writeMeta } from './meta'
import { kindAndRoles } from './projectSteps'
import { together } from './together'
import { inlined, rawTable } from './viewParts'

/** A table whose contents nobody has looked at, or only by other roles. */
export interface UncheckedTable {
  readonly source: Source
  readonly kind: TableKind
  readonly roles: Record<string, string | string[]>
  readonly description: TableDescription
}

/** What a table contains is judged by the roles of its columns. */
export function uncheckedTables(
  project: Project,
  descriptions: ReadonlyMap<string, TableDescription>,
): readonly UncheckedTable[] {
  return project.sources.flatMap((source) => {
    const description = descriptions.get(source.name)
    const mapping = kindAndRoles(project, source)
    return description === undefined || description.checkedAs === checkedAs(mapping)
      ? []
      : [{ source, description, ...mapping }]
  })
}

/** Statements that show the tables as they were imported; what follows from a project is then built anew. */
export function asImported(unchecked: readonly UncheckedTable[]): Sql[] {
  return [
    raw("DELETE FROM casebook.meta WHERE key = 'basis'"),
    ...unchecked.map(({ source: { name, read } }) =>
      inlined(sql`CREATE OR REPLACE VIEW ${rawTable(name)} AS ${importedRows(name, read.columns)}`),
    ),
  ]
}

/** Statements that keep descriptions. */
export function keptDescriptions(descriptions: ReadonlyMap<string, TableDescription>): Sql[] {
  return [...descriptions].map(([name, description]) => writeMeta(`description ${name}`, JSON.stringify(description)))
}

/**
 * Looks at what tables contain, as they were imported: their descriptions with what was found.
 * @throws AppError `cancelled`.
 */
export async function checkTables(
  database: Database,
  unchecked: readonly UncheckedTable[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TableDescription>> {
  const most = Math.max(0, ...unchecked.map(({ source }) => source.seen.rows))
  return database.withConnections(lanesFor(most), async (connections) => {
    const lanes = new Lanes(...connections)
    const checked = await together<TableDescription[]>(signal, (signal) =>
      unchecked.map((table) => withChecks(table, table.source.seen.rows, { lanes, signal })),
    )
    return new Map(unchecked.flatMap(({ source }, index) => (checked[index] ? [[source.name, checked[index]]] : [])))
  })
}
