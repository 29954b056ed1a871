import { ident, raw, type Sql, sql } from '../../shared/sql'
import { type Clocks, clockOf, clocksAsWritten } from './clocks'
import { couponRate, rateJoins, rateTables, taxRate } from './lineRates'
import { columnOf, type MappedSource } from './mapping'
import type { OrderChoices } from './orderChoices'
import type { ViewRules } from './roleViews'
import { visitName, withVisits } from './sessions'
import {
  createView,
  customerId,
  emptyView,
  filledText,
  inlined,
  ofKind,
  preparedSchema,
  rawTable,
  union,
} from './viewParts'

/**
 * `prepared.order_lines`: every order line with the rates found for it and, where delivery is charged, whether
 * it is the first line of its order that states a charge. The choices are applied above it, in the view `orders`.
 */
export function orderLineStatements(sources: readonly MappedSource[], { clocks, keys, gapMinutes }: ViewRules): Sql[] {
  const orders = ofKind(sources, 'orders')
  if (orders.length === 0) {
    return [raw(`DROP TABLE IF EXISTS ${preparedSchema}.order_lines`), createView('orders', emptyView('orders'))]
  }
  let offset = 0
  const categories = orders.map(
    (mapped) => sql`SELECT ${textOf(mapped, 'category')} AS category FROM ${rawTable(mapped.source.name)}`,
  )
  const selects = orders.map((mapped) => {
    const select = linesOf(mapped, offset, clocks)
    offset += mapped.source.seen.rows
    return select
  })
  const hasDelivery = orders.some((mapped) => columnOf(mapped, 'delivery') !== undefined)
  const firsts = hasDelivery
    ? sql`row_number() OVER (PARTITION BY ${writtenOrder} ORDER BY coalesce(delivery, 0) = 0, returned, line) = 1 AS first_of_order,
        row_number() OVER (PARTITION BY ${writtenOrder}, customer ORDER BY coalesce(delivery, 0) = 0, returned, line) = 1 AS first_of_customer_order`
    : raw('true AS first_of_order, true AS first_of_customer_order')
  return [
    inlined(sql`
      CREATE OR REPLACE TABLE ${ident(preparedSchema)}.order_lines AS
      WITH written_lines AS (
        ${union(selects)}
      ), lines AS (
        SELECT visited.*, ${returnedTest(orders)} AS returned FROM ${withVisitOrder(orders, gapMinutes)} AS visited
      ), ${rateTables(union(categories), { keys, discountFactor: 1, taxFactor: 1 })}
      SELECT lines.*,
        ${couponRate} AS coupon_rate,
        ${taxRate} AS tax_rate,
        ${firsts}
      FROM lines
      ${rateJoins}
      WHERE lines.ordered_at IS NOT NULL
      ORDER BY lines.line`),
  ]
}

/**
 * Goods that came back: a quantity below zero (an amount below zero where no quantity is given), or an invoice
 * number with a C before it in a file that otherwise numbers its invoices: a cancelled one.
 */
function returnedTest(orders: readonly MappedSource[]): Sql {
  const withQuantity = orders.some((mapped) => columnOf(mapped, 'quantity') !== undefined)
  const negative = raw(withQuantity ? 'coalesce(quantity < 0, false)' : 'coalesce(gross < 0, false)')
  if (!orders.some((mapped) => columnOf(mapped, 'order') !== undefined)) return negative
  return sql`(${negative} OR (coalesce(${isCancelled}, false) AND (
    SELECT count(CASE WHEN regexp_full_match(order_id, '\\d+') THEN 1 END) * 2 > count(order_id) FROM written_lines)))`
}

/** An invoice as shops write the cancellation of another one. */
export const isCancelled = raw("regexp_full_match(order_id, '[Cc]\\d+')")

/** The lines with `visit_order`: a customer's lines without a longer gap; only where no file names its orders. */
function withVisitOrder(orders: readonly MappedSource[], gapMinutes: number): Sql {
  const isNamed = orders.some((mapped) => columnOf(mapped, 'order') !== undefined)
  const hasCustomer = orders.some((mapped) => columnOf(mapped, 'customer') !== undefined)
  if (isNamed || !hasCustomer) return raw('(SELECT written_lines.*, NULL::VARCHAR AS visit_order FROM written_lines)')
  const visits = withVisits(raw('written_lines'), raw('ordered_at'), gapMinutes)
  return sql`(SELECT visits.* EXCLUDE (gap_seconds, visit_start), ${visitName} AS visit_order FROM ${visits} AS visits)`
}

function linesOf(mapped: MappedSource, offset: number, clocks: Clocks): Sql {
  const column = (roleName: string): Sql | undefined => {
    const name = columnOf(mapped, roleName)
    return name === undefined ? undefined : ident(name)
  }
  const text = (roleName: string): Sql => textOf(mapped, roleName)
  const number = (roleName: string, type: string): Sql => {
    const from = column(roleName)
    return from === undefined ? raw(`NULL::${type}`) : sql`TRY_CAST(${from} AS ${raw(type)})`
  }
  const orderedAt = orderedAtOf(mapped, clocks)
  const customer = column('customer')
  const quantity = column('quantity') === undefined ? raw('1::DECIMAL(18,4)') : number('quantity', 'DECIMAL(18,4)')
  return sql`
    SELECT
      source_row + ${raw(String(offset))} AS line,
      ${mapped.source.name} AS source_name,
      source_row,
      ${customer === undefined ? raw('NULL::VARCHAR') : customerId(customer)} AS customer,
      ${text('order')} AS order_id,
      ${orderedAt} AS ordered_at,
      CAST(${orderedAt} AS DATE) AS ordered_on,
      ${text('product')} AS product,
      ${text('description')} AS description,
      ${text('category')} AS category,
      ${text('place')} AS place,
      ${quantity} AS quantity,
      ${number('unitPrice', 'DECIMAL(18,6)')} AS unit_price,
      ${grossOf(mapped)} AS gross,
      ${column('delivery') === undefined ? raw('NULL::DECIMAL(18,6)') : amountOf(number('delivery', 'DOUBLE'))} AS delivery,
      ${text('couponState')} AS coupon_state
    FROM ${rawTable(mapped.source.name)}`
}

function textOf(mapped: MappedSource, roleName: string): Sql {
  const column = columnOf(mapped, roleName)
  return column === undefined ? raw('NULL::VARCHAR') : filledText(ident(column))
}

/** The time of an order. 1900-01-01, 9999-12-31 and their like stand for "unknown" and would stretch every period. */
const orderedAtOf = (mapped: MappedSource, clocks: Clocks = clocksAsWritten): Sql => {
  const column = columnOf(mapped, 'orderedAt')
  if (column === undefined) return raw('NULL::TIMESTAMP')
  const at = sql`TRY_CAST(${ident(column)} AS TIMESTAMP)`
  return sql`CASE WHEN ${at} >= TIMESTAMP '1980-01-01' AND ${at} < TIMESTAMP '2100-01-01' THEN ${clockOf(mapped, column, clocks)} END`
}

/** Rows, undated rows and gross of the order files, before any join: what the ledger starts from. */
export function importedOrderTotals(
  sources: readonly MappedSource[],
  tableOf: (sourceName: string) => Sql = rawTable,
): Sql {
  const totals = ofKind(sources, 'orders').map(
    (mapped) => sql`
      SELECT ${orderedAtOf(mapped)} IS NULL AS undated, ${grossOf(mapped)} AS gross
      FROM ${tableOf(mapped.source.name)}`,
  )
  return sql`
    SELECT
      count(*)::DOUBLE AS rows,
      count(CASE WHEN undated THEN 1 END)::DOUBLE AS undated,
      coalesce(sum(gross), 0)::DOUBLE AS gross,
      coalesce(sum(CASE WHEN undated THEN gross END), 0)::DOUBLE AS "undatedGross"
    FROM (${union(totals)}) AS imported_lines`
}

/** The rows of the order files that have no readable date, with the text that stands there. */
export function undatedRows(sources: readonly MappedSource[]): Sql {
  return union(
    ofKind(sources, 'orders').map((mapped) => {
      const column = columnOf(mapped, 'orderedAt')
      const text = column === undefined ? raw('NULL::VARCHAR') : sql`CAST(${ident(column)} AS VARCHAR)`
      return sql`
        SELECT ${mapped.source.name} AS source_name, source_row, ${text} AS date_as_read, ${grossOf(mapped)}::DOUBLE AS gross
        FROM ${rawTable(mapped.source.name)}
        WHERE ${orderedAtOf(mapped)} IS NULL`
    }),
  )
}

/** Money on one line. A hundred billion is no amount but a number in the wrong column, a barcode for instance. */
function amountOf(value: Sql): Sql {
  return sql`CASE WHEN abs(${value}) < 1e11 THEN CAST(${value} AS DECIMAL(18,6)) END`
}

/** Quantity × price where both are there, else the revenue column. */
export function grossOf(mapped: MappedSource): Sql {
  const price = columnOf(mapped, 'unitPrice')
  const quantity = columnOf(mapped, 'quantity')
  const revenue = columnOf(mapped, 'revenue')
  if (price !== undefined && (quantity !== undefined || revenue === undefined)) {
    const units = quantity === undefined ? raw('1') : sql`TRY_CAST(${ident(quantity)} AS DOUBLE)`
    return amountOf(sql`${units} * TRY_CAST(${ident(price)} AS DOUBLE)`)
  }
  return revenue === undefined ? raw('NULL::DECIMAL(18,6)') : amountOf(sql`TRY_CAST(${ident(revenue)} AS DOUBLE)`)
}

/** A coupon state that means the coupon was used, in English or Spanish. */
export const usedState = raw(
  `lower(trim(coupon_state)) IN ('used', 'redeemed', 'applied', 'yes', 'true', '1', 'y', 'usado', 'canjeado', 'aplicado', 'si', 'sí')`,
)

/** The view `orders`: prepared lines with the analyst's choices applied. */
export function ordersView(sources: readonly MappedSource[], choices: OrderChoices): Sql {
  if (ofKind(sources, 'orders').length === 0) return createView('orders', emptyView('orders'))
  const discountRate = {
    used: sql`CASE WHEN ${usedState} THEN coalesce(coupon_rate, 0) ELSE 0 END`,
    all: raw('coalesce(coupon_rate, 0)'),
    none: raw('0'),
  }[choices.discount]
  const delivery = {
    everyLine: raw('coalesce(delivery, 0)'),
    oncePerOrder: raw('CASE WHEN first_of_order THEN coalesce(delivery, 0) ELSE 0 END'),
    oncePerOrderAndCustomer: raw('CASE WHEN first_of_customer_order THEN coalesce(delivery, 0) ELSE 0 END'),
  }[choices.delivery]
  return createView(
    'orders',
    sql`
    WITH rated AS (
      SELECT *, CAST(${discountRate} AS DECIMAL(9,6)) AS discount_rate, CAST(${delivery} AS DECIMAL(18,6)) AS delivery_counted
      FROM ${ident(preparedSchema)}.order_lines ${raw(choices.returns === 'leaveOut' ? 'WHERE NOT returned' : '')}
    ), discounted AS (
      SELECT *, CAST(coalesce(gross, 0)::DOUBLE * discount_rate::DOUBLE AS DECIMAL(18,6)) AS discount
      FROM rated
    ), taxed AS (
      SELECT *, CAST(coalesce(gross, 0) - discount AS DECIMAL(18,6)) AS net,
        CAST((coalesce(gross, 0) - discount)::DOUBLE * coalesce(tax_rate, 0)::DOUBLE AS DECIMAL(18,6)) AS tax
      FROM discounted
    )
    SELECT
      line, customer, order_id,
      ${orderKey(sources, choices)} AS order_key,
      ordered_at, ordered_on, product, description, category, place, quantity, unit_price, coupon_state,
      discount_rate,
      CAST(coalesce(tax_rate, 0) AS DECIMAL(9,6)) AS tax_rate,
      CAST(coalesce(gross, 0) AS DECIMAL(18,6)) AS gross,
      discount, net, tax,
      delivery_counted AS delivery,
      CAST(net + tax + delivery_counted AS DECIMAL(18,6)) AS invoice,
      ${{ invoice: raw('CAST(net + tax + delivery_counted AS DECIMAL(18,6))'), net: raw('net'), gross: raw('CAST(coalesce(gross, 0) AS DECIMAL(18,6))') }[choices.revenueView]} AS revenue
    FROM taxed`,
  )
}

/**
 * What counts as one order. Without an order id: every line when lines carry a time of day,
 * else customer and day.
 */
function orderKey(sources: readonly MappedSource[], choices: OrderChoices): Sql {
  const withOrder = ofKind(sources, 'orders').some((mapped) => columnOf(mapped, 'order') !== undefined)
  if (!withOrder) return orderRules[choices.orderRule]
  return choices.orderIdentity === 'orderIdAndCustomer'
    ? sql`coalesce(order_id || ' · ' || coalesce(customer, ''), ${orderWithoutId})`
    : writtenOrder
}

const orderWithoutId = raw(
  `CASE WHEN ordered_at = ordered_on THEN coalesce(customer, line::VARCHAR) || ' ' || ordered_on::VARCHAR ELSE 'line ' || line::VARCHAR END`,
)

/** What one order is where no file says it. */
export const orderRules = {
  line: orderWithoutId,
  everyLine: raw("'line ' || line::VARCHAR"),
  customerDay: raw("coalesce(customer, 'line ' || line::VARCHAR) || ' ' || ordered_on::VARCHAR"),
  visit: raw("coalesce(visit_order, 'line ' || line::VARCHAR)"),
} as const

/** An order of `prepared.order_lines` by its id; lines without one are no common order. */
export const writtenOrder = sql`coalesce(order_id, ${orderWithoutId})`
