import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

/**
 * Codes of orders and products that say the line is no usual sale.
 *
 * - Orders: 80 % of the order ids are digits only and others (at most 20 %) are a letter or two in front of such digits:
 *   C for a cancellation, A for a correction.
 * - Products: 95 % of the codes hold a digit and a few (fifty at most) none: POST, BANK CHARGES, DISCOUNT.
 */
export async function checkOddCodes(work: CheckWork): Promise<Finding[]> {
  if (work.table.kind !== 'orders') return []
  const [order, product] = [columnWith(work.table, 'order'), columnWith(work.table, 'product')]
  const found = await Promise.all([
    order === undefined ? [] : markedOrders(work, order),
    product === undefined ? [] : serviceCodes(work, product),
  ])
  return found.flat()
}

const isCode = ({ type }: CheckedColumn): boolean => type === 'id' || type === 'text'

async function markedOrders(work: CheckWork, column: CheckedColumn): Promise<Finding[]> {
  if (!isCode(column)) return []
  const id = ident(column.name)
  const marks = await work.ask(
    z.tuple([z.string(), z.number()]),
    sql`
      SELECT CASE WHEN regexp_full_match(${id}, '\\d+') THEN '' ELSE coalesce(nullif(regexp_extract(${id}, '^([A-Za-z]{1,2})\\d+$', 1), ''), '?') END AS mark, count(*)::DOUBLE
      FROM ${work.relation} WHERE ${id} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`,
  )
  const rows = marks.reduce((sum, [, count]) => sum + count, 0)
  const plain = marks.find(([mark]) => mark === '')?.[1] ?? 0
  const marked = marks.filter(([mark]) => mark !== '' && mark !== '?')
  const count = marked.reduce((sum, [, own]) => sum + own, 0)
  if (rows === 0 || plain < rows * 0.8 || count === 0 || count > rows * 0.2) return []
  return [
    work.say({
      id: 'markedOrders',
      severity: 'info',
      column: column.name,
      title: `${column.name} begins with a letter: cancelled or corrected orders?`,
      count,
      unit: 'rows',
      examples: marked.slice(0, 5).map(([mark, own]) => `${mark}…: ${own} rows`),
      rows: sql`regexp_full_match(${id}, '[A-Za-z]{1,2}\\d+')`,
      treatment: 'Counted as orders of their own; see the choice whether returns count',
    }),
  ]
}

async function serviceCodes(work: CheckWork, column: CheckedColumn): Promise<Finding[]> {
  if (!isCode(column)) return []
  const id = ident(column.name)
  const isService = sql`NOT regexp_matches(${id}, '\\d')`
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.array(z.string())]),
    sql`
      SELECT count(*)::DOUBLE, count(*) FILTER (WHERE ${isService})::DOUBLE, coalesce(sum(rows) FILTER (WHERE ${isService}), 0)::DOUBLE,
        coalesce(max_by(${id}, rows, 5) FILTER (WHERE ${isService}), [])
      FROM (SELECT ${id}, count(*) AS rows FROM ${work.relation} WHERE ${id} IS NOT NULL GROUP BY 1)`,
  )
  const [codes, services, rows, examples] = answer ?? [0, 0, 0, []]
  if (services === 0 || services > 50 || services > codes * 0.05) return []
  return [
    work.say({
      id: 'serviceCodes',
      severity: 'info',
      column: column.name,
      title: `${column.name} without a digit: postage, fees and corrections rather than products?`,
      count: rows,
      unit: 'rows',
      examples,
      rows: isService,
      treatment: 'Counted as products: leave them out where products are compared',
    }),
  ]
}
