import type { RevenueView } from '../../shared/analysis'
import type { ChoiceOption } from '../../shared/description'
import type { OrderChoices, OrderFigures, Returns } from './orderChoices'

/** What can be chosen where. */
export interface Offered {
  readonly discountOptions: readonly OrderChoices['discount'][]
  readonly deliveryOptions: readonly OrderChoices['delivery'][]
  readonly identityOptions: readonly OrderChoices['orderIdentity'][]
  readonly rules: readonly OrderChoices['orderRule'][]
  readonly viewOptions: readonly RevenueView[]
}

/** The options of a choice with their effect. */
export function optionsOf(
  key: string,
  choices: OrderChoices,
  readings: Readonly<Record<Returns, OrderFigures>>,
  offered: Offered,
): ChoiceOption[] {
  const figures = readings[choices.returns]
  switch (key) {
    case 'returns':
      return (['keep', 'leaveOut'] as const).map((returns) => ({
        key: returns,
        ...returnWords[returns],
        total: revenueTotal({ ...choices, returns }, readings[returns]),
      }))
    case 'orderRule':
      return offered.rules.map((rule) => ({
        key: rule,
        label: ruleWords[rule],
        rule: `${{ line: figures.lineOrders, everyLine: figures.lines, customerDay: figures.dayOrders, visit: figures.visitOrders }[rule].toLocaleString('en-US')} orders`,
        total: null,
      }))
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

/** Why returns are asked about. */
export function returnsWhy({ returnedLines, cancelledLines }: OrderFigures): string {
  const cancelled =
    cancelledLines === 0 ? '' : `; ${cancelledLines.toLocaleString('en-US')} of them on invoices with a C`
  return `${returnedLines.toLocaleString('en-US')} ${returnedLines === 1 ? 'line says' : 'lines say'} that goods came back${cancelled}.`
}

const returnWords = {
  keep: { label: 'Yes, with their minus', rule: 'Returned goods reduce revenue and units' },
  leaveOut: { label: 'No, only what was sold', rule: 'Lines of returned goods and cancelled invoices are left out' },
} as const

const ruleWords = {
  everyLine: 'Every line',
  line: 'Every line with a time of day; else customer and day',
  customerDay: "A customer's lines of one day",
  visit: "A customer's lines within one visit",
} as const

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
