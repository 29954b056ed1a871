import { z } from 'zod'
import type { RevenueView } from '../../shared/analysis'
import type { Choice, ChoiceOption } from '../../shared/description'
import { raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import { hasRole, type MappedSource } from './mapping'
import { usedState, writtenOrder } from './orderLines'
import { preparedSchema } from './viewParts'

/** The answers in force to the questions that change order figures. */
export interface OrderChoices {
  readonly discount: 'used' | 'all' | 'none'
  readonly delivery: 'everyLine' | 'oncePerOrder' | 'oncePerOrderAndCustomer'
  readonly orderIdentity: 'orderId' | 'orderIdAndCustomer'
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
})
export type OrderFigures = z.infer<typeof figuresSchema>

/** Every reading of the order lines in one pass over them. */
export async function readOrderFigures(database: Database, signal?: AbortSignal): Promise<OrderFigures> {
  const rows = await database.query(figuresSchema, figuresStatement(), { signal })
  const first = rows[0]
  if (first === undefined) throw new Error('an aggregate always has a row')
  return first
}

const money = (amount: Sql): Sql => sql`coalesce(sum(CAST(${amount} AS DECIMAL(18,6))), 0)::DOUBLE`

function figuresStatement(): Sql {
  const used = sql`CASE WHEN ${usedState} THEN coalesce(coupon_rate, 0) ELSE 0 END::DOUBLE`
  const all = raw('coalesce(coupon_rate, 0)::DOUBLE')
  const taxed = raw('(1 + coalesce(tax_rate, 0)::DOUBLE)')
  return sql`
    WITH shared_orders AS (
      SELECT count(*)::DOUBLE AS orders, coalesce(sum(customers), 0)::DOUBLE AS customer_orders,
        count(CASE WHEN customers > 1 THEN 1 END)::DOUBLE AS shared
      FROM (SELECT ${writtenOrder} AS written_order, count(DISTINCT coalesce(customer, '')) AS customers
            FROM ${raw(preparedSchema)}.order_lines GROUP BY written_order)
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
        ${money(raw('CASE WHEN first_of_customer_order THEN delivery END'))} AS deliveryOncePerOrderAndCustomer
      FROM ${raw(preparedSchema)}.order_lines
    )
    SELECT sums.*, shared_orders.orders AS orders, shared_orders.customer_orders AS customerOrders, shared_orders.shared AS sharedOrders
    FROM sums CROSS JOIN shared_orders`
}

/** The choices in force: what the analyst chose where it is still possible, else the documented default. */
export function resolveOrderChoices(
  sources: readonly MappedSource[],
  figures: OrderFigures,
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

  const choices: OrderChoices = { discount, delivery, orderIdentity, revenueView }
  return {
    choices,
    list: list.map((choice) => ({
      ...choice,
      options: optionsOf(choice.key, choices, figures, {
        discountOptions,
        deliveryOptions,
        identityOptions,
        viewOptions,
      }),
    })),
  }
}

interface Offered {
  readonly discountOptions: readonly OrderChoices['discount'][]
  readonly deliveryOptions: readonly OrderChoices['delivery'][]
  readonly identityOptions: readonly OrderChoices['orderIdentity'][]
  readonly viewOptions: readonly RevenueView[]
}

function optionsOf(key: string, choices: OrderChoices, figures: OrderFigures, offered: Offered): ChoiceOption[] {
  switch (key) {
    case 'discount':
      return offered.discountOptions.map((discount) => ({
        key: discount,
        ...discountWords[discount],
        total: revenueTotal({ ...choices, discount }, figures),
      }))
    case 'delivery':
      return offered.deliveryOptions.map((delivery) => ({
        key: delivery,
        ...deliveryWords[delivery],
        total: revenueTotal({ ...choices, delivery }, figures),
      }))
    case 'revenueView':
      return offered.viewOptions.map((revenueView) => ({
        key: revenueView,
        ...viewWords[revenueView],
        total: revenueTotal({ ...choices, revenueView }, figures),
      }))
    default:
      return offered.identityOptions.map((identity) => ({
        key: identity,
        label: identity === 'orderId' ? 'The order id alone' : 'Order id and customer',
        rule: `${(identity === 'orderId' ? figures.orders : figures.customerOrders).toLocaleString('en-US')} orders`,
        total: null,
      }))
  }
}

/** The project's revenue under a set of choices, from sums that were taken once. */
export function revenueTotal(choices: OrderChoices, figures: OrderFigures): number {
  if (choices.revenueView === 'gross') return figures.gross
  if (choices.revenueView === 'net')
    return { used: figures.netUsed, all: figures.netAll, none: figures.gross }[choices.discount]
  const goods = { used: figures.goodsUsed, all: figures.goodsAll, none: figures.goodsNone }[choices.discount]
  const delivery = {
    everyLine: figures.deliveryEveryLine,
    oncePerOrder: figures.deliveryOncePerOrder,
    oncePerOrderAndCustomer: figures.deliveryOncePerOrderAndCustomer,
  }[choices.delivery]
  return goods + delivery
}

const discountWords = {
  used: { label: 'On lines whose coupon was used', rule: 'Discount only where the coupon state is Used' },
  all: { label: 'On all lines', rule: 'Discount of the month and category on every line, whatever its coupon state' },
  none: { label: 'On no line', rule: 'Coupons are left out' },
} as const

const deliveryWords = {
  everyLine: { label: 'Delivery on every line', rule: 'The charge counts on each line it stands on' },
  oncePerOrderAndCustomer: {
    label: 'Once per order and customer',
    rule: 'One charge for each order id of each customer',
  },
  oncePerOrder: { label: 'Once per order id', rule: 'One charge for each order id, whoever shares it' },
} as const

const viewWords = {
  invoice: { label: 'Invoice', rule: 'Goods − discount + tax + delivery' },
  net: { label: 'Net', rule: 'Goods − discount' },
  gross: { label: 'Gross', rule: 'Quantity × price' },
} as const
