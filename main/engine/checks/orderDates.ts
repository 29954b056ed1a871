import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import { ident, type Sql, sql } from '../../../shared/sql'
import { type CheckedColumn, type CheckWork, columnWith } from './checkedTable'

const leastOrders = 100

/**
 * The lines of an order have one date, and later orders later dates.
 *
 * - Orders with lines on several days, of at least 100 orders with several lines and 20 lines an order on average at
 *   most: a warning up to half of them, and more than that where the days of an order lie as far apart as a quarter of
 *   the period (a date column that was shuffled or sorted alone). Between a tenth and a half it is a habit of the shop.
 * - Order numbers that fall while dates rise (a correlation below -0.9).
 */
export async function checkOrderDates(work: CheckWork): Promise<Finding[]> {
  const [order, date] = [columnWith(work.table, 'order'), columnWith(work.table, 'orderedAt')]
  if (work.table.kind !== 'orders' || order === undefined || date === undefined) return []
  if (order.distinct < leastOrders || order.distinct * 20 < work.table.rows) return []
  const [answer] = await work.ask(
    z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number().nullable(), z.array(z.string())]),
    sql`
      WITH orders AS (
        SELECT ${ident(order.name)} AS number, count(*) AS lines, min(${dayOf(date)}) AS first, max(${dayOf(date)}) AS last
        FROM ${work.relation}
        WHERE ${ident(order.name)} IS NOT NULL AND isfinite(${ident(date.name)})
        GROUP BY 1
      )
      SELECT
        count(*) FILTER (WHERE lines > 1)::DOUBLE,
        count(*) FILTER (WHERE first < last)::DOUBLE,
        coalesce(sum(lines) FILTER (WHERE first < last), 0)::DOUBLE,
        coalesce(median(last - first) FILTER (WHERE first < last), 0)::DOUBLE,
        coalesce(max(last) - min(first), 0)::DOUBLE,
        corr(TRY_CAST(number AS DOUBLE), first - DATE '1970-01-01')::DOUBLE,
        coalesce(min(CAST(number AS VARCHAR), 3) FILTER (WHERE first < last), [])
      FROM orders`,
  )
  if (answer === undefined) return []
  const [several, torn, lines, apart, period, correlation, examples] = answer
  const share = torn / Math.max(1, several)
  const isShuffled = share > 0.5 && apart >= period / 4
  return [
    ...(correlation !== null && correlation < -0.9 ? [against(work, order, date)] : []),
    ...(several < leastOrders || torn === 0 || (share > 0.1 && !isShuffled)
      ? []
      : [
          work.say({
            id: 'tornOrders',
            severity: isShuffled ? 'serious' : 'warning',
            column: date.name,
            title: isShuffled
              ? 'Most orders have lines on several days: the dates no longer belong to their rows'
              : `${torn === 1 ? 'An order has' : 'Orders have'} lines on several days, where all others have one date`,
            count: lines,
            unit: 'rows',
            examples: examples.map((number) => `order ${number}`),
            rows: linesOfTorn(work, order, date),
            treatment: isShuffled
              ? 'Kept: everything by time is wrong. The column was sorted or moved by itself; ask for the file as it was'
              : 'Kept: some dates may have moved to other rows; look at the rows around them in the file',
          }),
        ]),
  ]
}

const dayOf = ({ name }: CheckedColumn): Sql => sql`CAST(${ident(name)} AS DATE)`

function linesOfTorn(work: CheckWork, order: CheckedColumn, date: CheckedColumn): Sql {
  const number = ident(order.name)
  return sql`isfinite(${ident(date.name)}) AND ${number} IN (
    SELECT ${number} FROM ${work.relation} WHERE ${number} IS NOT NULL AND isfinite(${ident(date.name)})
    GROUP BY 1 HAVING min(${dayOf(date)}) < max(${dayOf(date)}))`
}

const against = (work: CheckWork, order: CheckedColumn, date: CheckedColumn): Finding =>
  work.say({
    id: 'ordersAgainstDates',
    severity: 'serious',
    column: date.name,
    title: `${order.name} falls while ${date.name} rises: one of the two was sorted by itself`,
    count: work.table.rows,
    unit: 'rows',
    treatment: 'Kept: dates may not belong to their rows; ask for the file as it was',
  })
