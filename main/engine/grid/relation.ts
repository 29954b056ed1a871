import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import { viewColumns } from '../../../shared/roles'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import { columnTypeOf, type TableColumn, type TableSource } from '../../../shared/tableView'
import type { Database, QueryOptions } from '../database'
import type { MappedSource } from '../mapping'
import { readableQuestion } from '../sqlPanel'
import { rawTable } from '../viewParts'
import { scratchOf } from './scratchTables'

/** What can be looked at in a project: its imported tables, its role views and the views somebody saved. */
export interface TableList {
  readonly mapped: readonly MappedSource[]
  /** Imported tables that are not used as they stand in their files. */
  readonly repaired: ReadonlySet<string>
  readonly savedViews: readonly { readonly name: string; readonly problem: string | null }[]
  /** Changes whenever a view could answer differently. */
  readonly fingerprint: string
}

/** Rows with numbers 1, 2, 3 … in the column `row_number`, whatever they come from. */
export interface Relation {
  readonly name: string
  /** Tells relations and their content apart. */
  readonly key: string
  readonly columns: readonly TableColumn[]
  readonly from: Sql
  readonly rowNumber: Sql
  readonly rows: number
}

/**
 * Finds the table or runs the question, and works with its rows. Imported tables are read where they stand; the rows
 * of a view or question are put into a scratch table first, so that any page of them is near at hand.
 */
export async function withRelation<Answer>(
  database: Database,
  tables: TableList,
  source: TableSource,
  options: QueryOptions,
  work: (relation: Relation) => Promise<Answer>,
): Promise<Answer> {
  const found = await findTable(database, tables, source, options)
  if (found.kind === 'imported') return work(found.relation)
  const { name, key, columns, body } = found
  return scratchOf(database).use(key, body, options, async (table) => {
    const [counted] = await database.query(countSchema, sql`SELECT count(*)::DOUBLE AS rows FROM ${table}`, options)
    return work({ name, key, columns, from: table, rowNumber: raw('(rowid + 1)'), rows: counted?.rows ?? 0 })
  })
}

const countSchema = z.object({ rows: z.number() })

type Found =
  | { readonly kind: 'imported'; readonly relation: Relation }
  | {
      readonly kind: 'computed'
      readonly name: string
      readonly key: string
      readonly columns: readonly TableColumn[]
      readonly body: Sql
    }

/** A table's columns and the FROM clause that reads it, without running anything. */
export async function findTable(
  database: Database,
  tables: TableList,
  { table, sql: question }: TableSource,
  options: QueryOptions = {},
): Promise<Found> {
  if (question !== undefined) {
    const text = await readableQuestion(database, question)
    return computed(database, 'answer', hash(['question', text, tables.fingerprint]), raw(`(${text}\n)`), options)
  }
  if (table === undefined) throw new AppError('bad-parameter', 'Which table? Name one, or ask a question.')
  const same = (name: string): boolean => name.toLowerCase() === table.toLowerCase()
  const mapped = tables.mapped.find(({ source }) => same(source.name))
  if (mapped !== undefined) {
    const isRepaired = tables.repaired.has(mapped.source.name)
    return isRepaired ? repairedRelation(mapped, tables) : { kind: 'imported', relation: importedRelation(mapped) }
  }
  const saved = tables.savedViews.find(({ name }) => same(name))
  if (saved?.problem != null) throw brokenView(saved.name, saved.problem)
  const name = saved?.name ?? Object.keys(viewColumns).find(same)
  if (name === undefined) {
    throw new AppError('bad-parameter', `There is no table "${table}" in this project.`, {
      hint: `Tables: ${[...tables.mapped.map(({ source }) => source.name), ...tables.savedViews.map((view) => view.name), ...Object.keys(viewColumns)].join(', ')}.`,
    })
  }
  return computed(database, name, hash(['view', name, tables.fingerprint]), ident(name), options)
}

function importedRelation(mapped: MappedSource): Relation {
  const { source } = mapped
  return {
    name: source.name,
    key: hash(['imported', source.name, source.seen.sha256, source.read]),
    columns: source.read.columns.map(({ name, type }) => ({ name, type })),
    from: rawTable(source.name),
    rowNumber: raw('source_row'),
    rows: source.seen.rows,
  }
}

/** Rows that are left out leave gaps in the numbers of the file: what remains is numbered anew. */
function repairedRelation({ source }: MappedSource, { fingerprint }: TableList): Found {
  const columns = source.read.columns.map(({ name, type }) => ({ name, type }))
  return {
    kind: 'computed',
    name: source.name,
    key: hash(['repaired', source.name, fingerprint]),
    columns,
    body: sql`SELECT ${join(
      columns.map(({ name }) => ident(name)),
      ', ',
    )} FROM ${rawTable(source.name)} ORDER BY source_row`,
  }
}

async function computed(
  database: Database,
  name: string,
  key: string,
  from: Sql,
  options: QueryOptions,
): Promise<Extract<Found, { kind: 'computed' }>> {
  const described = await database.query(
    z.object({ column_name: z.string(), column_type: z.string() }),
    sql`DESCRIBE SELECT * FROM ${from}`,
    options,
  )
  const columns = described.map(({ column_name, column_type }) => ({
    name: column_name,
    type: columnTypeOf(column_type),
  }))
  return { kind: 'computed', name, key, columns, body: sql`SELECT * FROM ${from}` }
}

function brokenView(name: string, problem: string): AppError {
  return new AppError('query-failed', `The saved view ${name} cannot be computed from the tables as they are.`, {
    hint: `${problem} Correct its SQL and save it again, or remove it.`,
  })
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
