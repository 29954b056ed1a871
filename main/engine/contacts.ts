import type { Finding } from '../../shared/description'
import { AppError } from '../../shared/errors'
import type { TableSource } from '../../shared/tableView'
import type { Database } from './database'
import type { MappedSource } from './mapping'

/**
 * Contact data leave the machine only in lists of an audience: a table of contacts, and whatever reads one, is not
 * written to a file.
 * @throws AppError `bad-parameter`.
 */
export async function refuseContacts(
  database: Database,
  mapped: readonly MappedSource[],
  savedViews: readonly { readonly name: string; readonly sql: string }[],
  { table, sql: question }: TableSource,
): Promise<void> {
  const contacts = new Set(
    mapped.filter(({ kind }) => kind === 'contacts').map(({ source }) => source.name.toLowerCase()),
  )
  if (contacts.size === 0) return
  contacts.add('contacts')
  const wanted = table === undefined ? await tablesOf(database, question ?? '') : [table]
  const seen = new Set<string>()
  while (wanted.length > 0) {
    const name = (wanted.pop() ?? '').toLowerCase()
    if (seen.has(name)) continue
    seen.add(name)
    if (contacts.has(name)) throw keptHere()
    const view = savedViews.find((candidate) => candidate.name.toLowerCase() === name)
    if (view !== undefined) wanted.push(...(await tablesOf(database, view.sql)))
  }
}

/** The tables and views a question reads, by their names alone. */
function tablesOf(database: Database, question: string): Promise<string[]> {
  return database.withConnection(async (connection) => [...connection.getTableNames(question, false)])
}

function keptHere(): AppError {
  return new AppError('bad-parameter', 'Contacts are not written to files.', {
    hint: 'E-mail addresses, telephone numbers and postal addresses leave this computer only in the list of an audience. Leave the contacts out of the question.',
  })
}

const shown = new Set(['customer', 'consent'])

/** Findings about contacts without the cells they were found in: what is written there is nobody else's business. */
export function withoutContactCells(findings: readonly Finding[], mapped: readonly MappedSource[]): Finding[] {
  const kept = new Map(
    mapped
      .filter(({ kind }) => kind === 'contacts')
      .map(({ source, roles }) => [
        source.name,
        new Set(Object.entries(roles).flatMap(([role, column]) => (shown.has(role) ? [column].flat() : []))),
      ]),
  )
  return findings.map((finding) => {
    const columns = kept.get(finding.table)
    return columns === undefined || (finding.column !== null && columns.has(finding.column))
      ? finding
      : { ...finding, examples: [] }
  })
}
