import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, raw, sql } from '../../../shared/sql'
import { type CheckWork, columnWith } from './checkedTable'

const leastRows = 20
const mostPairs = 5000

/**
 * Customers and orders exchanged in single rows: the order is an id that stands as often among the customers or more, and the
 * customer one that hardly stands among them (a fifth of the rows of the usual line's customer, of ten at least). By
 * chance, where the numbers overlap, that is one row in thousands: 0.2 % (20 rows) are told.
 */
export async function checkSwappedIds(work: CheckWork): Promise<Finding[]> {
  const [customer, order] = [columnWith(work.table, 'customer'), columnWith(work.table, 'order')]
  if (work.table.kind !== 'orders' || customer === undefined || order === undefined || work.glanceStep > 1) return []
  const [who, what] = [ident(customer.name), ident(order.name)]
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.string().nullable(), z.array(z.string())]),
    sql`
      WITH pairs AS (
        SELECT CAST(${who} AS VARCHAR) AS customer, CAST(${what} AS VARCHAR) AS purchase, count(*) AS n
        FROM ${work.relation} WHERE ${who} IS NOT NULL AND ${what} IS NOT NULL GROUP BY 1, 2
      ), customers AS (
        SELECT customer AS id, sum(n) AS rows FROM pairs GROUP BY 1
      ), orders AS (
        SELECT purchase AS id, sum(n) AS rows FROM pairs GROUP BY 1
      ), usual AS (
        SELECT quantile_disc(own.rows, 0.5) AS rows FROM pairs JOIN customers own ON own.id = pairs.customer
      ), swapped AS (
        SELECT pairs.customer, pairs.purchase, pairs.n
        FROM pairs
        JOIN customers own ON own.id = pairs.customer
        JOIN customers other ON other.id = pairs.purchase
        JOIN orders ON orders.id = pairs.purchase
        WHERE other.rows >= orders.rows AND own.rows <= (SELECT rows FROM usual) * 0.2
      )
      SELECT
        coalesce(sum(n), 0)::DOUBLE, count(*)::DOUBLE, (SELECT rows FROM usual)::DOUBLE,
        string_agg(concat(customer, chr(9), purchase), chr(10)), coalesce(min(concat_ws(' / ', customer, purchase), 3), [])
      FROM swapped`,
  )
  const [count, pairs, usual, swapped, examples] = answer ?? [0, 0, 0, null, []]
  if (swapped === null || usual < 10 || pairs > mostPairs) return []
  if (count < Math.max(leastRows, work.table.rows * 0.002) || count > work.table.rows * 0.3) return []
  return [
    work.say({
      id: 'swappedIds',
      severity: 'serious',
      column: customer.name,
      title: `${customer.name} and ${order.name} are exchanged in part of the rows`,
      count,
      unit: 'rows',
      examples,
      rows: sql`list_contains(string_split(${swapped}, chr(10)), concat(${who}, ${raw('chr(9)')}, ${what}))`,
      treatment: 'Counted as customers and orders of their own: exchange the cells of these rows in the file',
    }),
  ]
}
