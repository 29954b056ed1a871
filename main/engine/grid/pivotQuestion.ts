import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import { ident, join, raw, type Sql, sql, toReadable } from '../../../shared/sql'
import type { PivotQuestion } from '../../../shared/tableAnswers'
import { filterFamily, type PivotWish, type RowChoice, type TableColumn } from '../../../shared/tableView'
import type { Database, QueryOptions } from '../database'
import { conditionOf, requireColumn, valueText } from './filterSql'

/** More columns than these are added up in one more. */
const mostColumns = 30

/**
 * The question a pivot asks: one row a value of `rows`, one column a value of `columns` (the commonest thirty, then the
 * others together), and their total. It is plain SQL, so that it can be read, changed and kept.
 * @throws AppError `missing-column`; `bad-parameter` when texts are to be added up.
 */
export async function pivotQuestion(
  database: Database,
  { columns, from }: { readonly columns: readonly TableColumn[]; readonly from: Sql },
  wish: PivotWish & RowChoice,
  options: QueryOptions,
): Promise<PivotQuestion> {
  const row = requireColumn(columns, wish.rows)
  const condition = conditionOf(columns, wish)
  const where = condition === undefined ? raw('') : sql`WHERE ${condition}`
  const figure = figureOf(columns, wish)
  const across = wish.columns === null ? null : requireColumn(columns, wish.columns)
  const values =
    across === null
      ? []
      : await database.query(
          z.object({ value: z.string() }),
          sql`SELECT ${labelOf(across, wish)} AS value FROM ${from} ${where} GROUP BY 1 HAVING value IS NOT NULL ORDER BY count(*) DESC, 1 LIMIT ${mostColumns + 1}`,
          options,
        )
  const shown = values
    .slice(0, mostColumns)
    .map(({ value }) => value)
    .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
  const label = across === null ? raw("''") : labelOf(across, wish)
  const cells = shown.map((value) => sql`${figure(sql`${label} = ${value}`)} AS ${ident(value)}`)
  const list = join(
    shown.map((value) => sql`${value}`),
    ', ',
  )
  const others =
    across === null
      ? []
      : [
          sql`${figure(shown.length === 0 ? raw('true') : sql`${label} IS NULL OR ${label} NOT IN (${list})`)} AS ${ident(freeName('Others', shown))}`,
        ]
  const total = sql`${figure(raw('true'))} AS ${ident(freeName('Total', shown))}`
  const lines = [sql`${labelOf(row, wish)} AS ${ident(freeName(row.name, shown))}`, ...cells, ...others, total]
  return {
    sql: toReadable(sql`SELECT\n  ${join(lines, ',\n  ')}\nFROM ${from}\n${where}\nGROUP BY 1\nORDER BY 1`).replace(
      /\n\n/g,
      '\n',
    ),
  }
}

/** What stands in a cell, of the rows that fulfil a condition. */
function figureOf(columns: readonly TableColumn[], { figure, of }: PivotWish): (condition: Sql) => Sql {
  if (figure === 'count' || of === null) return (condition) => sql`count(*) FILTER (WHERE ${condition})`
  const column = requireColumn(columns, of)
  if (figure === 'distinct') return (condition) => sql`count(DISTINCT ${ident(of)}) FILTER (WHERE ${condition})`
  if (filterFamily(column.type) !== 'number') {
    throw new AppError('bad-parameter', `"${of}" holds no numbers: it cannot be added up.`, {
      hint: 'Count its different values instead, or choose a column of numbers.',
    })
  }
  const work = raw(figure === 'sum' ? 'sum' : 'avg')
  return (condition) => sql`${work}(${ident(of)}) FILTER (WHERE ${condition})`
}

/** Days by month, everything else as it is read. */
function labelOf(column: TableColumn, { grain }: PivotWish): Sql {
  if (filterFamily(column.type) !== 'date') return valueText(column)
  const format = { day: '%Y-%m-%d', month: '%Y-%m', year: '%Y' }[grain]
  return sql`strftime(${ident(column.name)}, ${format})`
}

const freeName = (name: string, taken: readonly string[]): string => (taken.includes(name) ? `${name} ` : name)
