import type { Project, Source } from '../../shared/project'
import { ident, join, raw, type Sql, sql, toReadable } from '../../shared/sql'
import { columnOf, mappedSources } from './mapping'
import { customerId, ofKind, rawTable } from './viewParts'

/** Which rows of the file with the order lines a finding about the lines concerns. */
export interface LineCondition {
  readonly id: string
  readonly table: 'orders'
  /** The role the finding is about. */
  readonly column: string | null
  readonly source: string
  /** The column of the file that plays it. */
  readonly sourceColumn: string | null
  readonly rows: string
}

/**
 * The conditions behind findings about order lines, over the table they were imported into. Lines that come from
 * several files, or from formula columns, have none: then a file by itself cannot say which rows are meant.
 */
export function lineConditions(project: Project): LineCondition[] {
  const [mapped, ...others] = ofKind(mappedSources(project), 'orders')
  if (mapped === undefined || others.length > 0) return []
  const source = project.sources.find(({ name }) => name === mapped.source.name)
  const played = (role: string): string | null => {
    const column = columnOf(mapped, role)
    return source?.read.columns.some(({ name }) => name === column) === true ? (column ?? null) : null
  }
  const condition = (id: string, role: string, test: (column: Sql) => Sql): LineCondition[] => {
    const column = played(role)
    if (column === null) return []
    const rows = toReadable(test(ident(column)))
    return [{ id, table: 'orders', column: role, source: mapped.source.name, sourceColumn: column, rows }]
  }
  const roles = ['order', 'customer', 'product', 'orderedAt', 'quantity', 'unitPrice']
  const same = roles.flatMap((role) => (columnOf(mapped, role) === undefined ? [] : [played(role)]))
  const known = same.filter((column) => column !== null)
  const repeated =
    known.length < same.length || played('product') === null || played('orderedAt') === null
      ? []
      : [
          {
            id: 'repeatedLines',
            table: 'orders' as const,
            column: null,
            source: mapped.source.name,
            sourceColumn: null,
            rows: repeatsOf(mapped.source.name, known, sql`WHERE ${ident(played('orderedAt') ?? '')} IS NOT NULL`),
          },
        ]
  return [
    ...condition('noCustomer', 'customer', (column) => sql`${customerId(column)} IS NULL`),
    ...condition('negativeQuantity', 'quantity', (column) => sql`TRY_CAST(${column} AS DOUBLE) <= 0`),
    ...condition('priceNotPositive', 'unitPrice', (column) => sql`TRY_CAST(${column} AS DOUBLE) <= 0`),
    ...repeated,
  ]
}

/** Selects the rows that are the same as an earlier one in every column. */
export const repeatedRows = (source: Source): string =>
  repeatsOf(
    source.name,
    source.read.columns.map(({ name }) => name),
    raw(''),
  )

function repeatsOf(source: string, columns: readonly string[], where: Sql): string {
  return toReadable(sql`source_row IN (
    SELECT source_row FROM (
      SELECT source_row, row_number() OVER (PARTITION BY ${join(columns.map(ident), ', ')} ORDER BY source_row) AS nth
      FROM ${rawTable(source)} ${where}
    ) WHERE nth > 1)`)
}
