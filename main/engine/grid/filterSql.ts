import { AppError } from '../../../shared/errors'
import { ident, join, raw, type Sql, sql } from '../../../shared/sql'
import { type ColumnFilter, filterFamily, type RowChoice, type TableColumn } from '../../../shared/tableView'

/** The condition of a choice of rows, or undefined where every row is meant. */
export function conditionOf(columns: readonly TableColumn[], { filters, search }: RowChoice): Sql | undefined {
  const parts = [
    ...filters.map((filter) => filterCondition(columns, filter)),
    ...(search === '' ? [] : [searchCondition(columns, search)]),
  ]
  return parts.length === 0 ? undefined : join(parts, ' AND ')
}

/**
 * One filter as SQL that is never NULL.
 * @throws AppError `missing-column`, `bad-parameter` for an end of a range that is no number or day.
 */
export function filterCondition(columns: readonly TableColumn[], filter: ColumnFilter): Sql {
  const column = requireColumn(columns, filter.column)
  const name = ident(column.name)
  switch (filter.is) {
    case 'missing':
      return sql`${name} IS NULL`
    case 'present':
      return sql`${name} IS NOT NULL`
    case 'contains':
      return sql`coalesce(contains(lower(CAST(${name} AS VARCHAR)), ${filter.text.toLowerCase()}), false)`
    case 'oneOf': {
      const values = filter.values.map((value) => sql`${value}`)
      return sql`coalesce(${valueText(column)} IN (${join(values, ', ')}), false)`
    }
    case 'range':
      return rangeCondition(column, filter)
    default:
      return filter satisfies never
  }
}

/** A value as it is read and chosen: decimals without the zeros that only their type adds. */
export function valueText({ name, type }: TableColumn): Sql {
  const text = sql`CAST(${ident(name)} AS VARCHAR)`
  if (type !== 'decimal') return text
  return sql`CASE WHEN contains(${text}, '.') AND NOT contains(${text}, 'e') THEN rtrim(rtrim(${text}, '0'), '.') ELSE ${text} END`
}

function searchCondition(columns: readonly TableColumn[], search: string): Sql {
  const needle = search.toLowerCase()
  const cells = columns.map(
    ({ name }) => sql`coalesce(contains(lower(CAST(${ident(name)} AS VARCHAR)), ${needle}), false)`,
  )
  return sql`(${join(cells, ' OR ')})`
}

function rangeCondition(column: TableColumn, { from, to, below }: Extract<ColumnFilter, { is: 'range' }>): Sql {
  const name = ident(column.name)
  const family = filterFamily(column.type)
  const parts: Sql[] = []
  if (family === 'date') {
    if (from !== null) parts.push(sql`${name} >= ${instant(column, from)}`)
    if (to !== null) {
      const end = instant(column, to)
      if (below === true) parts.push(sql`${name} < ${end}`)
      else parts.push(isDay(to) ? sql`${name} < ${end} + INTERVAL 1 DAY` : sql`${name} <= ${end}`)
    }
  } else if (family === 'number') {
    if (from !== null) parts.push(sql`${name} >= ${number(column, from)}`)
    if (to !== null) parts.push(sql`${name} ${raw(below === true ? '<' : '<=')} ${number(column, to)}`)
  } else {
    throw new AppError('bad-parameter', `"${column.name}" is text: it has no range.`, {
      hint: 'Filter a text by what it contains or by its values.',
    })
  }
  return parts.length === 0 ? sql`${name} IS NOT NULL` : sql`coalesce(${join(parts, ' AND ')}, false)`
}

const isDay = (value: number | string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(String(value))

function instant(column: TableColumn, value: number | string): Sql {
  const text = String(value)
  if (!/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?Z?$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new AppError('bad-parameter', `"${text}" is no day that "${column.name}" could be compared with.`, {
      hint: 'Write days as 2024-01-31.',
    })
  }
  return sql`CAST(${text} AS TIMESTAMP)`
}

function number(column: TableColumn, value: number | string): Sql {
  const wanted = Number(value)
  if (String(value).trim() === '' || !Number.isFinite(wanted)) {
    throw new AppError('bad-parameter', `"${value}" is no number that "${column.name}" could be compared with.`, {
      hint: 'Write numbers with a decimal point, without thousands.',
    })
  }
  return sql`CAST(${wanted} AS DOUBLE)`
}

export function requireColumn(columns: readonly TableColumn[], wanted: string): TableColumn {
  const found = columns.find(({ name }) => name === wanted)
  if (found !== undefined) return found
  throw new AppError('missing-column', `"${wanted}" is not a column of this table.`, {
    hint: `Its columns: ${columns.map(({ name }) => name).join(', ')}.`,
    where: { column: wanted },
  })
}
