import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

interface Line {
  readonly customer: string
  readonly order: string
  readonly product: string
  readonly description: string
  readonly category: string
  readonly date: string
}

const days = daysFrom('2023-01-01', 100)
const categories = ['Office', 'Bags', 'Apparel', 'Drinkware']
const roles = {
  customer: 'Customer',
  order: 'Order',
  product: 'Product',
  description: 'Description',
  category: 'Category',
  orderedAt: 'Date',
  revenue: 'Revenue',
}

/** Two lines of each of 750 orders, in the order of the days: 150 customers, 120 products in four categories. */
const lines: readonly Line[] = Array.from({ length: 1500 }, (_, index) => {
  const [order, product] = [Math.floor(index / 2), Math.floor(scattered(index) * 120)]
  return {
    customer: String(30_000 + Math.floor(scattered(order + 0.7) * 150)),
    order: `N${9000 + order}`,
    product: `P${100 + product}`,
    description: `Thing no ${product} of ours`,
    category: categories[product % 4] ?? '',
    date: days[Math.floor(index / 16)] ?? '',
  }
})

const check = (change: (line: Line, index: number) => Partial<Line> = () => ({})) =>
  checkText(
    files,
    [
      'Customer,Order,Product,Description,Category,Date,Revenue',
      ...lines.map((line, i) => {
        const cells = { ...line, ...change(line, i) }
        const { customer, order, product, description, category, date } = cells
        return [customer, order, product, description, category, date, (3 + scattered(i + 0.5) * 9).toFixed(2)].join(
          ',',
        )
      }),
    ].join('\n'),
    { kind: 'orders', roles },
  )

test('lines in which everything belongs together have no finding', async () => {
  expect((await check()).findings).toEqual([])
})

describe('categories of products', () => {
  test('exchanged with the description in single rows', async () => {
    const { find, rowsOf } = await check((line, i) =>
      i % 50 === 0 ? { description: line.category, category: line.description } : {},
    )
    expect(find('brokenPairs')).toMatchObject({ severity: 'warning', column: 'Category', count: 30 })
    expect(await rowsOf(find('brokenPairs'))).toBe(30)
  })

  test('shuffled', async () => {
    const { find } = await check((_line, i) => ({ category: lines[(i * 7 + 3) % 1500]?.category ?? '' }))
    expect(find('shuffledColumn')).toMatchObject({ severity: 'serious', column: 'Category' })
  })

  test('of products that moved to another one', async () => {
    // Every tenth product is in another category in the second half.
    const { find } = await check((line, i) => (i > 750 && line.product.endsWith('0') ? { category: 'Sale' } : {}))
    expect(find('brokenPairs')).toBeUndefined()
    expect(find('shuffledColumn')).toBeUndefined()
  })
})

describe('cells filled down', () => {
  test('one description of many products', async () => {
    const { find, rowsOf } = await check((_line, i) => (i >= 400 && i < 600 ? { description: 'Cup' } : {}))
    expect(find('filledDown')).toMatchObject({ severity: 'serious', column: 'Description', count: 200 })
    expect(await rowsOf(find('filledDown'))).toBe(200)
  })

  test('one customer with an order of 200 lines', async () => {
    const { find } = await check((_line, i) => (i >= 400 && i < 600 ? { customer: '30001', order: 'N1' } : {}))
    expect(find('filledDown')).toBeUndefined()
  })
})

describe('customers sorted', () => {
  const sorted = lines.toSorted((one, other) => Number(one.customer) - Number(other.customer))

  test('alone', async () => {
    const { find } = await check((_line, i) => ({ customer: sorted[i]?.customer ?? '' }))
    expect(find('sortedAlone')).toMatchObject({ severity: 'serious', column: 'Customer', count: 1500 })
  })

  test('with their rows', async () => {
    expect((await check((_line, i) => sorted[i] ?? {})).find('sortedAlone')).toBeUndefined()
  })
})

describe('customers and orders', () => {
  /** Orders have numbers, some of which are also customers. */
  const numbered = (line: Line) => ({ order: String(30_100 + Number(line.order.slice(1)) - 9000) })

  test('whose numbers overlap', async () => {
    expect((await check(numbered)).find('swappedIds')).toBeUndefined()
  })

  test('exchanged in single rows', async () => {
    const { find, rowsOf } = await check((line, i) => {
      const { order } = numbered(line)
      return i >= 200 && i % 40 === 0 ? { customer: order, order: line.customer } : { order }
    })
    expect(find('swappedIds')).toMatchObject({ severity: 'serious', column: 'Customer', count: 33 })
    expect(await rowsOf(find('swappedIds'))).toBe(33)
  })
})
