import type { TestLine, TestTables } from '../analyses/testEngine'

const days = ['2023-11-01', '2023-12-12', '2024-01-20', '2024-02-15', '2024-03-20']
const products = [
  { product: 'p1', category: 'Bags', price: 20 },
  { product: 'p2', category: 'Shoes', price: 35.5 },
  { product: 'p3', category: 'Bags', price: 8 },
]

/**
 * A shop of twelve customers from 1 Nov 2023 to 20 Mar 2024: four finished months and one unfinished, coupons,
 * tax, delivery, spend, tenure, an order of two lines, a line without a customer.
 */
export const tinyShop = {
  orders: [
    ...Array.from({ length: 12 }, (_, customer) => ordersOf(customer)).flat(),
    { order: 'walk-in', on: '2024-01-09 17:30:00', product: 'p1', category: 'Bags', quantity: 1, price: 5 },
  ] as readonly TestLine[],
  customers: Array.from({ length: 12 }, (_, customer) => ({ customer: `c${customer}`, tenureMonths: 2 + customer })),
  spend: [11, 12, 1, 2, 3].flatMap((month) => [
    { on: `${month > 3 ? 2023 : 2024}-${String(month).padStart(2, '0')}-05`, source: 'Online', cost: 12.5 + month },
    { on: `${month > 3 ? 2023 : 2024}-${String(month).padStart(2, '0')}-15`, source: 'Offline', cost: 20 },
  ]),
} satisfies TestTables

/** Customer 0 orders in every month, 1 in the second and fourth, 2 in the third … each in a pattern of its own. */
function ordersOf(customer: number): TestLine[] {
  return days
    .filter((_, month) => customer === 0 || (month + customer) % ((customer % 3) + 2) === 0)
    .flatMap((day, visit): TestLine[] => {
      const base = {
        customer: `c${customer}`,
        order: `o${customer}-${visit}`,
        on: `${day} 1${visit}:00:00`,
        delivery: 4.5,
        taxRate: 0.2,
      }
      const item = (at: number) => products[at % products.length] ?? { product: 'p0', category: 'Bags', price: 1 }
      return [
        {
          ...base,
          ...item(customer),
          quantity: 1 + (customer % 4),
          couponState: visit % 2 === 0 ? 'Used' : 'Clicked',
          discountRate: visit % 2 === 0 ? 0.1 : 0,
        },
        ...(customer % 2 === 0 ? [{ ...base, ...item(customer + 1), quantity: 2, couponState: 'Not Used' }] : []),
      ]
    })
}
