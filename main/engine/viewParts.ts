import { type ViewName, viewColumns } from '../../shared/roles'
import { ident, join, raw, type Sql, sql, toReadable } from '../../shared/sql'
import type { MappedSource } from './mapping'

/** Where imported tables stand, and where order lines are prepared. */
export const rawSchema = 'raw'
export const preparedSchema = 'prepared'

export function rawTable(sourceName: string): Sql {
  return sql`${ident(rawSchema)}.${ident(sourceName)}`
}

export const ofKind = (sources: readonly MappedSource[], kind: ViewName): MappedSource[] =>
  sources.filter((mapped) => mapped.kind === kind)

export function createView(name: ViewName, body: Sql): Sql {
  return inlined(sql`CREATE OR REPLACE VIEW ${ident(name)} AS ${body}`)
}

/** A view cannot hold parameters: its values are written in as literals. */
export function inlined(statement: Sql): Sql {
  return raw(toReadable(statement))
}

export function emptyView(name: ViewName): Sql {
  const columns = viewColumns[name].map(([column, type]) => sql`CAST(NULL AS ${raw(type)}) AS ${ident(column)}`)
  return sql`SELECT ${join(columns, ', ')} WHERE false`
}

export const union = (selects: readonly Sql[]): Sql => join(selects, '\nUNION ALL\n')

/** What two spellings of a category have in common: capitals and blanks say nothing. */
export function categoryKey(column: Sql): Sql {
  return sql`lower(regexp_replace(trim(nfc_normalize(${column})), '\\s+', ' ', 'g'))`
}
