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

/** Words that programs write where a customer is not known. */
const nobody = [
  'null',
  '(null)',
  'n/a',
  '#n/a',
  'na',
  'nan',
  'none',
  'nil',
  'undefined',
  '(not set)',
  '-',
  '--',
  '—',
  '?',
  '.',
]
const longestWord = Math.max(...nobody.map((word) => word.length))

/** The text of a cell without blanks around it; NULL when nothing is left. */
export const filledText = (column: Sql): Sql => sql`nullif(trim(CAST(${column} AS VARCHAR)), '')`

/** The id of a customer; NULL where there is none or a word that says so: "NULL" is not one customer with many orders. */
export function customerId(column: Sql): Sql {
  const id = filledText(column)
  const words = raw(nobody.map((word) => `'${word}'`).join(', '))
  return sql`CASE WHEN length(${id}) <= ${raw(String(longestWord))} AND lower(${id}) IN (${words}) THEN NULL ELSE ${id} END`
}

/** What two spellings of a category have in common: capitals and blanks say nothing. */
export function categoryKey(column: Sql): Sql {
  return sql`lower(regexp_replace(trim(nfc_normalize(${column})), '\\s+', ' ', 'g'))`
}
