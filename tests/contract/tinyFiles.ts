import type { FileLine, ProjectExtras } from '../analyses/linesProject'
import { tinyShop } from './tinyShop'

/** The lines of the tiny shop as its files hold them: no rates, no amounts, delivery on every line. */
export const tinyLines: readonly FileLine[] = tinyShop.orders.map((line) => ({
  customer: line.customer ?? null,
  order: line.order ?? null,
  orderedAt: line.on,
  product: line.product ?? '',
  category: line.category ?? '',
  quantity: line.quantity ?? 1,
  unitPrice: line.price ?? 0,
  delivery: line.delivery ?? null,
  couponState: line.couponState ?? null,
}))

/** A coupon of 10 % for every month and category, 20 % tax, customers, spend and a visit before each third order. */
export const tinyTables = {
  coupons: ['Jan', 'Feb', 'Mar', 'Nov', 'Dec'].flatMap((month) =>
    ['Bags', 'Shoes'].map((category) => ({ month, category, discountRate: 10, couponCode: `${month}10` })),
  ),
  tax: ['Bags', 'Shoes'].map((category) => ({ category, taxRate: 0.2 })),
  customers: tinyShop.customers,
  spend: tinyShop.spend.map(({ on, source, cost }) => ({ date: on, source, cost })),
  visits: tinyLines.flatMap(({ customer, orderedAt }, index) =>
    customer === null || customer === undefined || index % 3 > 0 ? [] : [{ customer, startedAt: orderedAt }],
  ),
} satisfies ProjectExtras

/** What a till knows: when, and how much. */
export const revenueLines: readonly FileLine[] = tinyLines.map(({ orderedAt, quantity = 1, unitPrice }) => ({
  orderedAt,
  revenue: quantity * (unitPrice ?? 0),
}))
