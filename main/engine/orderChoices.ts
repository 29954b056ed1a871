import { z } from 'zod'
import type { RevenueView } from '../../shared/analysis'
import type { Choice } from '../../shared/description'
import { raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import { hasRole, type MappedSource } from './mapping'
import { isCancelled, orderRules, usedState, writtenOrder } from './orderLines'
import { optionsOf, returnsWhy } from './orderOptions'
import { preparedSchema } from './viewParts'

/** Whether goods that came back stand among the orders. */
export type Returns = 'keep' | 'leaveOut'

/** The answers in force to the questions that change order figures. */
export interface OrderChoices {
  readonly discount: 'used' | 'all' | 'none'
  readonly delivery: 'everyLine' | 'oncePerOrder' | 'oncePerOrderAndCustomer'
  readonly orderIdentity: 'orderId' | 'orderIdAndCustomer'
  /** What one order is where no file says it. */
  readonly orderRule: 'line' | 'everyLine' | 'customerDay' | 'visit'
  readonly returns: Returns
  readonly revenueView: RevenueView
}

/** Sums of the order lines under every reading. */
export const figuresSchema = z.object({
  lines: z.number(),
  gross: z.number(),
  couponLines: z.number(),
  usedLines: z.number(),
  stateLines: z.number(),
  netUsed: z.number(),
  netAll: z.number(),
  goodsUsed: z.number(),
  goodsAll: z.number(),
  goodsNone: z.number(),
  taxLines: z.number(),
  deliveryEveryLine: z.number(),
  deliveryOncePerOrder: z.number(),
  deliveryOncePerOrderAndCustomer: z.number(),
  orders: z.number(),
  customerOrders: z.number(),
  sharedOrders: z.number(),
  /** Lines that came back or stand on a cancelled invoice. */
  returnedLines: z.number(),
  cancelledLines: z.number(),
  /** Orders under each rule where no file names them, else 0; and the lines with a time of day. */
  lineOrders: z.number(),
  dayOrders: z.number(),
  visitOrders: z.number(),
  timedLines: z.number(),
})
export type OrderFigures = z.infer<typeof figuresSchema>

/** Every reading of the order lines in one pass over them; of other lines where those are given. */
export async function readOrderFigures(
  database: Database,
  sources: readonly MappedSource[],
  returns: Returns,
  signal?: AbortSignal,
  lines: Sql = raw(`${preparedSchema}.order_lines`),
): Promise<OrderFigures> {
  const statement = figuresStatement(hasRole(sources, 'orders', 'order'), returns, lines)
  const rows = await database.query(figuresSchema, statement, { signal })
  const first = rows[0]
  if (first === undefined) throw new Error('an aggregate always has a row')
  return first
}

const money = (amount: Sql): Sql => sql`coalesce(sum(CAST(${amount} AS DECIMAL(18,6))), 0)::DOUBLE`

function figuresStatement(isNamed: boolean, returns: Returns, relation: Sql): Sql {
  const lines = sql`${relation} AS order_lines ${raw(returns === 'leaveOut' ? 'WHERE NOT returned' : '')}`
  const ordersBy = (rule: Sql): Sql => (isNamed ? raw('0::DOUBLE') : sql`count(DISTINCT ${rule})::DOUBLE`)
  const used = sql`CASE WHEN ${usedState} THEN coalesce(coupon_rate, 0) ELSE 0 END::DOUBLE`
  const all = raw('coalesce(coupon_rate, 0)::DOUBLE')
  const taxed = raw('(1 + coalesce(tax_rate, 0)::DOUBLE)')
  return sql`
    WITH shared_orders AS (
      SELECT count(*)::DOUBLE AS orders, coalesce(sum(customers), 0)::DOUBLE AS customer_orders,
        count(CASE WHEN customers > 1 THEN 1 END)::DOUBLE AS shared
      FROM (SELECT ${writtenOrder} AS written_order, count(DISTINCT coalesce(customer, '')) AS customers
            FROM ${lines} GROUP BY written_order)
    ), sums AS (
      SELECT
        count(*)::DOUBLE AS lines,
        ${money(raw('gross'))} AS gross,
        count(coupon_rate)::DOUBLE AS couponLines,
        count(CASE WHEN ${usedState} THEN 1 END)::DOUBLE AS usedLines,
        count(coupon_state)::DOUBLE AS stateLines,
        ${money(sql`gross::DOUBLE * (1 - ${used})`)} AS netUsed,
        ${money(sql`gross::DOUBLE * (1 - ${all})`)} AS netAll,
        ${money(sql`gross::DOUBLE * (1 - ${used}) * ${taxed}`)} AS goodsUsed,
        ${money(sql`gross::DOUBLE * (1 - ${all}) * ${taxed}`)} AS goodsAll,
        ${money(sql`gross::DOUBLE * ${taxed}`)} AS goodsNone,
        count(tax_rate)::DOUBLE AS taxLines,
        ${money(raw('delivery'))} AS deliveryEveryLine,
        ${money(raw('CASE WHEN first_of_order THEN delivery END'))} AS deliveryOncePerOrder,
        ${money(raw('CASE WHEN first_of_customer_order THEN delivery END'))} AS deliveryOncePerOrderAndCustomer,
        count(CASE WHEN returned THEN 1 END)::DOUBLE AS returnedLines,
        count(CASE WHEN ${isCancelled} AND returned THEN 1 END)::DOUBLE AS cancelledLines,
        ${ordersBy(orderRules.line)} AS lineOrders,
        ${ordersBy(orderRules.customerDay)} AS dayOrders,
        ${ordersBy(orderRules.visit)} AS visitOrders,
        count(CASE WHEN ordered_at <> ordered_on THEN 1 END)::DOUBLE AS timedLines
      FROM ${lines}
    )
    SELECT sums.*, shared_orders.orders AS orders, shared_orders.customer_orders AS customerOrders, shared_orders.shared AS sharedOrders
    FROM sums CROSS JOIN shared_orders`
}

/** The choices in force: what the analyst chose where it is still possible, else the documented default. */
export function resolveOrderChoices(
  sources: readonly MappedSource[],
  readings: Readonly<Record<Returns, OrderFigures>>,
  made: ReadonlyMap<string, string>,
): { readonly choices: OrderChoices; readonly list: readonly Choice[] } {
  const list: Choice[] = []
  const pick = <Key extends string>(
    question: Omit<Choice, 'chosen' | 'decidedBy' | 'options'>,
    options: readonly Key[],
    fallback: Key,
  ): Key => {
    const wished = options.find((option) => option === made.get(question.key))
    if (options.length > 1) {
      list.push({
        ...question,
        options: [],
        chosen: wished ?? fallback,
        decidedBy: wished === undefined ? 'default' : 'analyst',
      })
    }
    return wished ?? fallback
  }

  const { keep } = readings
  const returns = pick(
    {
      key: 'returns',
      question: 'Do returned and cancelled lines count?',
      why: returnsWhy(keep),
    },
    keep.returnedLines > 0 ? (['keep', 'leaveOut'] as const) : (['keep'] as const),
    'keep',
  )
  const figures = readings[returns]
  const hasCoupons = figures.couponLines > 0
  const hasStates = figures.usedLines > 0
  const discountOptions = !hasCoupons
    ? (['none'] as const)
    : hasStates
      ? (['used', 'all', 'none'] as const)
      : (['none', 'all'] as const)
  const discount = pick(
    {
      key: 'discount',
      question: 'Which lines get the coupon discount?',
      why: hasStates
        ? 'The coupon state says on which lines a coupon was used; the coupon table lists a discount for nearly every line.'
        : 'The files list discounts by month and category but do not say on which lines a coupon was used.',
    },
    discountOptions,
    discountOptions[0],
  )
  const repeated = figures.deliveryEveryLine !== figures.deliveryOncePerOrderAndCustomer
  const deliveryOptions = !repeated
    ? (['everyLine'] as const)
    : figures.sharedOrders > 0
      ? (['everyLine', 'oncePerOrderAndCustomer', 'oncePerOrder'] as const)
      : (['everyLine', 'oncePerOrder'] as const)
  const delivery = pick(
    {
      key: 'delivery',
      question: 'Is the delivery charge paid on every line or once per order?',
      why: 'The charge is repeated on every line of an order.',
    },
    deliveryOptions,
    'everyLine',
  )
  const identityOptions =
    figures.sharedOrders > 0 ? (['orderId', 'orderIdAndCustomer'] as const) : (['orderId'] as const)
  const orderIdentity = pick(
    {
      key: 'orderIdentity',
      question: 'What is one order?',
      why: `${figures.sharedOrders.toLocaleString('en-US')} order ids belong to more than one customer.`,
    },
    identityOptions,
    'orderId',
  )
  const isNamed = hasRole(sources, 'orders', 'order')
  const rules: readonly OrderChoices['orderRule'][] =
    isNamed || !hasRole(sources, 'orders', 'customer')
      ? ['line']
      : figures.timedLines > 0
        ? ['line', 'visit', 'customerDay']
        : ['customerDay', 'everyLine']
  const orderRule = pick(
    {
      key: 'orderRule',
      question: 'Which lines make one order?',
      why: 'The files have no order id.',
    },
    rules,
    rules[0] ?? 'line',
  )
  const layered = hasCoupons || figures.taxLines > 0 || hasRole(sources, 'orders', 'delivery')
  const viewOptions = layered ? (['invoice', 'net', 'gross'] as const) : (['gross'] as const)
  const revenueView = pick(
    {
      key: 'revenueView',
      question: 'Which amount is called revenue?',
      why: 'Discount, tax and delivery stand between the price of the goods and the invoice.',
    },
    viewOptions,
    viewOptions[0],
  )

  const choices: OrderChoices = { discount, delivery, orderIdentity, orderRule, returns, revenueView }
  return {
    choices,
    list: list.map((choice) => ({
      ...choice,
      options: optionsOf(choice.key, choices, readings, {
        discountOptions,
        deliveryOptions,
        identityOptions,
        rules,
        viewOptions,
      }),
    })),
  }
}
