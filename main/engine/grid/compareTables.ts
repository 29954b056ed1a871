import { z } from 'zod'
import { ident, sql } from '../../../shared/sql'
import type { ColumnComparison, ColumnDetail, TableComparison } from '../../../shared/tableAnswers'
import { filterFamily, type TableColumn } from '../../../shared/tableView'
import type { Database, QueryOptions } from '../database'
import { profileColumns } from './profileColumn'
import type { Relation } from './relation'

/** Texts with more values than this are compared by their figures only. */
const mostShares = 5000

/** What differs between two tables, column by column, the largest changes first. */
export async function compareTables(
  database: Database,
  left: Relation,
  right: Relation,
  options: QueryOptions,
): Promise<TableComparison> {
  const find = (columns: readonly TableColumn[], name: string): TableColumn | undefined =>
    columns.find((column) => key(column.name) === key(name))
  const pairs = left.columns.flatMap((column) => {
    const other = find(right.columns, column.name)
    return other === undefined ? [] : [{ column, other }]
  })
  const { signal, onProgress } = options
  const [before, after] = [
    await profileColumns(
      database,
      left,
      pairs.map(({ column }) => column),
      'figures',
      { signal },
    ),
    await profileColumns(
      database,
      right,
      pairs.map(({ other }) => other),
      'figures',
      { signal },
    ),
  ]
  const columns: ColumnComparison[] = []
  for (const [index, { column, other }] of pairs.entries()) {
    const one = before[index]
    const two = after[index]
    if (one === undefined || two === undefined) continue
    const shift = canShare(one, two) ? await largestShift(database, left, column, right, other, { signal }) : null
    columns.push(compared(one, two, shift))
    onProgress?.({ fraction: (index + 1) / pairs.length, note: `column ${index + 1} of ${pairs.length}` })
  }
  return {
    left: { name: left.name, rows: left.rows },
    right: { name: right.name, rows: right.rows },
    onlyLeft: left.columns.filter(({ name }) => find(right.columns, name) === undefined).map(({ name }) => name),
    onlyRight: right.columns.filter(({ name }) => find(left.columns, name) === undefined).map(({ name }) => name),
    columns: columns.sort((one, other) => other.change - one.change || one.name.localeCompare(other.name)),
  }
}

const key = (name: string): string => name.trim().toLowerCase()

function canShare(one: ColumnDetail, two: ColumnDetail): boolean {
  const isGrouped = ({ type, distinct }: ColumnDetail): boolean =>
    ['text', 'flag'].includes(filterFamily(type)) && distinct > 0 && distinct <= mostShares
  return isGrouped(one) && isGrouped(two)
}

interface Shift {
  readonly value: string
  readonly left: number
  readonly right: number
  /** Half the sum of all differences: the part of the rows that would have to change their value. */
  readonly total: number
}

const shiftSchema = z.object({ value: z.string(), left: z.number(), right: z.number(), total: z.number() })

async function largestShift(
  database: Database,
  left: Relation,
  column: TableColumn,
  right: Relation,
  other: TableColumn,
  options: QueryOptions,
): Promise<Shift | null> {
  const [shift] = await database.query(
    shiftSchema,
    sql`
      WITH left_counts AS (
        SELECT CAST(${ident(column.name)} AS VARCHAR) AS value, count(*)::DOUBLE AS n FROM ${left.from}
        WHERE ${ident(column.name)} IS NOT NULL GROUP BY 1
      ), right_counts AS (
        SELECT CAST(${ident(other.name)} AS VARCHAR) AS value, count(*)::DOUBLE AS n FROM ${right.from}
        WHERE ${ident(other.name)} IS NOT NULL GROUP BY 1
      ), shares AS (
        SELECT value,
          coalesce(left_counts.n, 0) / nullif((SELECT sum(n) FROM left_counts), 0) AS before,
          coalesce(right_counts.n, 0) / nullif((SELECT sum(n) FROM right_counts), 0) AS after
        FROM left_counts FULL JOIN right_counts USING (value)
      )
      SELECT value, before AS left, after AS right, (SELECT sum(abs(after - before)) / 2 FROM shares) AS total
      FROM shares WHERE before IS NOT NULL AND after IS NOT NULL ORDER BY abs(after - before) DESC, value LIMIT 1`,
    options,
  )
  return shift ?? null
}

function compared(one: ColumnDetail, two: ColumnDetail, shift: Shift | null): ColumnComparison {
  const missing = (detail: ColumnDetail): number => (detail.rows === 0 ? 0 : detail.missing / detail.rows)
  const spread = Math.max(one.deviation ?? 0, two.deviation ?? 0)
  const meanChange =
    one.mean === null || two.mean === null || spread === 0 ? 0 : Math.min(1, Math.abs(two.mean - one.mean) / spread)
  const sameType = kindOfType(one.type) === kindOfType(two.type)
  return {
    name: one.name,
    sameType,
    left: one,
    right: two,
    shift,
    // Parts of rows or of a standard deviation: comparable enough to put the largest first.
    change: Math.max(sameType ? 0 : 1, Math.abs(missing(two) - missing(one)), meanChange, shift?.total ?? 0),
  }
}

/** Identifiers are texts; a column without values has no type of its own. */
const kindOfType = (type: string): string => (type === 'id' || type === 'empty' ? 'text' : type)
