import { z } from 'zod'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import type { EmptyReason, Page, ValueCount } from '../../../shared/tableAnswers'
import type { ColumnSort, RowChoice, TableColumn } from '../../../shared/tableView'
import type { Database, QueryOptions } from '../database'
import { readRows } from '../tablePages'
import { conditionOf, filterCondition, requireColumn, valueText } from './filterSql'
import type { Relation } from './relation'
import { scratchOf } from './scratchTables'

export interface PageRequest extends RowChoice {
  readonly offset: number
  readonly limit: number
  readonly sorts: readonly ColumnSort[]
}

/**
 * A page of rows. In their own order they are found by number: DuckDB then skips whole row groups. Filtered or sorted
 * their order is worked out once and kept, so that the millionth row comes as fast as the first.
 */
export async function readGridPage(
  database: Database,
  relation: Relation,
  request: PageRequest,
  options: QueryOptions,
): Promise<Page> {
  const { columns } = relation
  const order = orderStatement(relation, request)
  if (order === undefined) {
    const statement = sql`
      SELECT ${outgoingList(relation)} FROM ${relation.from}
      WHERE ${relation.rowNumber} > ${request.offset} AND ${relation.rowNumber} <= ${request.offset + request.limit}
      ORDER BY ${relation.rowNumber}`
    return { columns: numbered(columns), rows: await rowsOf(database, statement, options), total: relation.rows }
  }
  return withOrder(database, relation, request, order, options, async (table, total) => {
    const rows = await database.query(
      z.object({ row: z.number() }),
      sql`
        SELECT row::DOUBLE AS row FROM ${table}
        WHERE rowid >= ${request.offset} AND rowid < ${request.offset + request.limit} ORDER BY rowid`,
      options,
    )
    const wanted = rows.map(({ row }) => row)
    return { columns: numbered(columns), rows: await rowsAt(database, relation, wanted, options), total }
  })
}

/** Rows in this order, by their numbers, in a scratch table with the columns `row`. */
export function withOrder<Answer>(
  database: Database,
  relation: Relation,
  request: RowChoice & { readonly sorts: readonly ColumnSort[] },
  order: Sql,
  options: QueryOptions,
  work: (table: Sql, total: number) => Promise<Answer>,
): Promise<Answer> {
  const key = JSON.stringify([relation.key, request.filters, request.search, request.sorts])
  return scratchOf(database).use(key, order, options, async (table) => {
    const [counted] = await database.query(
      z.object({ rows: z.number() }),
      sql`SELECT count(*)::DOUBLE AS rows FROM ${table}`,
      options,
    )
    return work(table, counted?.rows ?? 0)
  })
}

/** The row numbers as they are asked for, or undefined where that is every row in its own order. */
export function orderStatement(
  relation: Relation,
  request: RowChoice & { readonly sorts: readonly ColumnSort[] },
): Sql | undefined {
  const condition = conditionOf(relation.columns, request)
  if (condition === undefined && request.sorts.length === 0) return undefined
  const where = condition === undefined ? raw('') : sql`WHERE ${condition}`
  return sql`SELECT ${relation.rowNumber} AS row FROM ${relation.from} ${where} ORDER BY ${orderBy(relation, request.sorts)}`
}

/** Missing values last, equal rows as they stand. */
export function orderBy(relation: Relation, sorts: readonly ColumnSort[]): Sql {
  const keys = sorts.map(
    ({ column, descending }) =>
      sql`${ident(requireColumn(relation.columns, column).name)} ${raw(descending ? 'DESC' : 'ASC')} NULLS LAST`,
  )
  return join([...keys, relation.rowNumber], ', ')
}

async function rowsAt(
  database: Database,
  relation: Relation,
  numbers: readonly number[],
  options: QueryOptions,
): Promise<Page['rows']> {
  if (numbers.length === 0) return []
  // Written out, not bound: only then does DuckDB look for them where they can be.
  const list = raw(numbers.join(', '))
  const rows = await rowsOf(
    database,
    sql`
      SELECT ${outgoingList(relation)} FROM ${relation.from}
      WHERE ${relation.rowNumber} BETWEEN ${raw(String(Math.min(...numbers)))} AND ${raw(String(Math.max(...numbers)))}
        AND ${relation.rowNumber} IN (${list})`,
    options,
  )
  const byNumber = new Map(rows.map((row) => [Number(row[0]), row]))
  return numbers.flatMap((number) => {
    const row = byNumber.get(number)
    return row === undefined ? [] : [row]
  })
}

async function rowsOf(database: Database, statement: Sql, options: QueryOptions): Promise<Page['rows']> {
  return (await readRows(database, statement, options)).rows
}

const numbered = (columns: readonly TableColumn[]): Page['columns'] => [
  { name: 'source_row', type: 'integer' },
  ...columns,
]

function outgoingList(relation: Relation): Sql {
  return join([sql`${relation.rowNumber} AS row`, ...relation.columns.map(outgoing)], ', ')
}

/** Days, lists and decimals leave as text and numbers that JSON can carry. */
function outgoing({ name, type }: TableColumn): Sql {
  const column = ident(name)
  if (type === 'decimal') return sql`CAST(${column} AS DOUBLE)`
  return type === 'integer' || type === 'flag' ? column : sql`CAST(${column} AS VARCHAR)`
}

/** The commonest values of a column, for choosing from. */
export async function readTopValues(
  database: Database,
  relation: Relation,
  request: { readonly column: string; readonly search: string; readonly limit: number },
  options: QueryOptions,
): Promise<readonly ValueCount[]> {
  const wanted = requireColumn(relation.columns, request.column)
  const column = ident(wanted.name)
  const needle =
    request.search === ''
      ? raw('')
      : sql`AND contains(lower(CAST(${column} AS VARCHAR)), ${request.search.toLowerCase()})`
  return database.query(
    z.object({ value: z.string(), count: z.number() }),
    sql`
      SELECT ${valueText(wanted)} AS value, count(*)::DOUBLE AS count FROM ${relation.from}
      WHERE ${column} IS NOT NULL ${needle} GROUP BY 1 ORDER BY count DESC, value LIMIT ${request.limit}`,
    options,
  )
}

/** For each filter (and the search, last): rows it lets through by itself, and rows there would be without it. */
export async function explainEmpty(
  database: Database,
  relation: Relation,
  { filters, search }: RowChoice,
  options: QueryOptions,
): Promise<readonly EmptyReason[]> {
  const parts = [
    ...filters.map((filter) => filterCondition(relation.columns, filter)),
    ...(search === '' ? [] : [conditionOf(relation.columns, { filters: [], search }) ?? raw('true')]),
  ]
  if (parts.length === 0) return []
  const counts = parts.flatMap((part, index) => {
    const others = parts.filter((_, at) => at !== index)
    const rest = others.length === 0 ? raw('true') : join(others, ' AND ')
    return [
      sql`count(CASE WHEN ${part} THEN 1 END)::DOUBLE AS ${ident(`alone${index}`)}`,
      sql`count(CASE WHEN ${rest} THEN 1 END)::DOUBLE AS ${ident(`without${index}`)}`,
    ]
  })
  const [row] = await database.query(
    z.record(z.string(), z.number()),
    sql`SELECT ${join(counts, ', ')} FROM ${relation.from}`,
    options,
  )
  return parts.map((_, index) => ({ alone: row?.[`alone${index}`] ?? 0, without: row?.[`without${index}`] ?? 0 }))
}
