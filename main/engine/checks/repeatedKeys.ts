import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, join, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

/**
 * Keys that stand more than once where each should stand once, in 95 % of the rows of which they do: the customer of
 * a table of customers, people, leads or a funnel step; the day of a table of costs, with its source.
 */
export async function checkRepeatedKeys(work: CheckWork): Promise<Finding[]> {
  const keys = keysOf(work)
  if (keys.length === 0) return []
  const names = join(
    keys.map(({ name }) => ident(name)),
    ', ',
  )
  const filled: Sql = join(
    keys.map(({ name }) => sql`${ident(name)} IS NOT NULL`),
    ' AND ',
  )
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.array(z.string())]),
    sql`
      SELECT
        coalesce(sum(rows - 1), 0)::DOUBLE,
        count(*) FILTER (WHERE rows > 1)::DOUBLE,
        count(*)::DOUBLE,
        coalesce(min(example, 4) FILTER (WHERE rows > 1), [])
      FROM (
        SELECT concat_ws(' ', ${names}) AS example, count(*) AS rows FROM ${work.relation} WHERE ${filled} GROUP BY ${names}
      )`,
  )
  const [rows, repeated, different, examples] = answer ?? [0, 0, 0, []]
  if (repeated === 0 || repeated > different * 0.15 || different < 10) return []
  const [first] = keys
  if (work.table.kind === 'customers' && first !== undefined) {
    return [
      work.say({
        id: 'customersTwice',
        severity: 'warning',
        column: first.name,
        title: 'Customers that stand there more than once',
        count: repeated,
        unit: 'customers',
        examples: examples.slice(0, 3),
        treatment: 'Joined once: the first row that says something counts',
      }),
    ]
  }
  return [
    work.say({
      id: 'repeatedKeys',
      severity: 'warning',
      column: first?.name ?? null,
      title: `${keys.map(({ name }) => name).join(' and ')} stands more than once, where it should stand once`,
      count: rows,
      unit: 'rows',
      examples,
      treatment:
        work.table.kind === 'spend' ? 'All rows are added up' : 'One row a person is used where tables are joined',
    }),
  ]
}

function keysOf({ table }: CheckWork): CheckedColumn[] {
  if (table.kind === 'spend') {
    const [date, source] = [columnWith(table, 'date'), columnWith(table, 'source')]
    // Costs without a source may stand in several rows a day.
    const texts = table.columns.filter(({ type, role }) => role === null && (type === 'text' || type === 'id'))
    return date === undefined || texts.length > 0 ? [] : source === undefined ? [date] : [date, source]
  }
  const customer = columnWith(table, 'customer')
  const isOneEach = ['customers', 'people', 'leads', 'steps'].includes(table.kind)
  return customer !== undefined && isOneEach ? [customer] : []
}
