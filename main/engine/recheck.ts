import type { TableDescription } from '../../shared/description'
import type { Project } from '../../shared/project'
import { raw, sql } from '../../shared/sql'
import { checkedAs, withChecks } from './checks/withChecks'
import { type Database, inTransaction, runAll } from './database'
import { importedRows } from './import/importTable'
import { writeMeta } from './meta'
import { kindAndRoles } from './projectSteps'
import { inlined, rawTable } from './viewParts'

/**
 * What a table contains is judged by the roles of its columns: tables that have others now are looked at again, as
 * they were imported. Answers all descriptions as they are then.
 * @throws AppError `cancelled`; the descriptions are then as before.
 */
export async function recheckTables(
  database: Database,
  project: Project,
  descriptions: ReadonlyMap<string, TableDescription>,
  signal: AbortSignal = new AbortController().signal,
): Promise<ReadonlyMap<string, TableDescription>> {
  const checked = new Map(descriptions)
  for (const source of project.sources) {
    const description = descriptions.get(source.name)
    const mapping = kindAndRoles(project, source)
    if (description === undefined || description.checkedAs === checkedAs(mapping)) continue
    const again = await database.withConnection((connection) =>
      inTransaction(connection, async () => {
        const rows = importedRows(source.name, source.read.columns)
        await runAll(connection, [
          raw("DELETE FROM casebook.meta WHERE key = 'basis'"),
          inlined(sql`CREATE OR REPLACE VIEW ${rawTable(source.name)} AS ${rows}`),
        ])
        const found = await withChecks({ description, source, ...mapping }, source.seen.rows, { connection, signal })
        await runAll(connection, [writeMeta(`description ${source.name}`, JSON.stringify(found))])
        return found
      }),
    )
    checked.set(source.name, again)
  }
  return checked
}
