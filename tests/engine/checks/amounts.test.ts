import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, ids, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

interface Line {
  readonly day: string
  readonly product: string
  readonly quantity: string
  readonly price: string
}

const year = daysFrom('2023-01-01', 360)

/** Six lines a day: products A to F at 10.25, 20.25 … with 1 to 3 units. */
const lines: readonly Line[] = year.flatMap((day, at) =>
  ['A', 'B', 'C', 'D', 'E', 'F'].map((product, index) => ({
    day,
    product,
    quantity: String(1 + Math.floor(scattered(at * 6 + index) * 3)),
    price: (10 * (index + 1) + 0.25 + (at % 3) * 0.25).toFixed(2),
  })),
)

const roles = {
  customer: 'Customer',
  order: 'Order',
  orderedAt: 'Date',
  product: 'SKU',
  quantity: 'Qty',
  unitPrice: 'Price',
}

function check(change: (line: Line, index: number) => Line, extra: readonly string[] = []) {
  const rows = lines.map(change).map(({ day, product, quantity, price }, index) => {
    const customer = 2000 + Math.floor(scattered(index) * 700)
    return [
      customer,
      50_000 + index,
      day,
      product,
      quantity,
      price,
      ...(extra.length === 0 ? [] : [extra[index % extra.length]]),
    ]
  })
  const header = ['Customer', 'Order', 'Date', 'SKU', 'Qty', 'Price', ...(extra.length === 0 ? [] : ['Currency'])]
  return checkText(files, [header, ...rows].map((row) => row.join(',')).join('\n'), { kind: 'orders', roles })
}

test('order lines in order have no finding', async () => {
  expect((await check((line) => line)).findings).toEqual([])
})

test.each<[string, string, string, (line: Line, index: number) => Line, number]>([
  [
    'an empty price',
    'missingAmounts',
    'Price',
    (line, index) => (index % 100 === 0 ? { ...line, price: '' } : line),
    22,
  ],
  [
    '999 for "unknown"',
    'placeholderNumbers',
    'Qty',
    (line, index) => (index % 50 === 0 ? { ...line, quantity: '999' } : line),
    44,
  ],
  [
    '-1 for "unknown"',
    'placeholderNumbers',
    'Price',
    (line, index) => (index % 50 === 0 ? { ...line, price: '-1' } : line),
    44,
  ],
  [
    'a hundred times the price of the product',
    'hundredfold',
    'Price',
    (line, index) => (index % 40 === 7 ? { ...line, price: String(Math.round(Number(line.price) * 100)) } : line),
    54,
  ],
  ['a single giant', 'giantAmounts', 'Qty', (line, index) => (index === 77 ? { ...line, quantity: '80995' } : line), 1],
])('%s', async (_name, id, column, change, count) => {
  const { find, rowsOf } = await check(change)
  expect(find(id, column)?.count).toBe(count)
  expect(await rowsOf(find(id, column))).toBe(count)
})

describe('without a product to compare with', () => {
  const bare = 'OrderDate,Customer,Revenue'
  const rows = (revenue: (index: number) => string): string =>
    [
      bare,
      ...Array.from({ length: 1200 }, (_, i) => `2023-0${1 + (i % 9)}-${10 + (i % 19)},c${i % 300},${revenue(i)}`),
    ].join('\n')
  const usual = (i: number): string => (1 + ((i * 37) % 500) / 100 + 0.01).toFixed(2)

  test('amounts that lost their sign are all whole, and nothing else is so high', async () => {
    const { find, rowsOf } = await checkText(
      files,
      rows((i) => (i % 50 === 3 ? usual(i).replace('.', '') : usual(i))),
    )
    const told = find('hundredfold', 'Revenue')
    expect(told).toMatchObject({ severity: 'serious' })
    expect(await rowsOf(told)).toBe(told?.count)
  })

  test('large amounts of which some are whole are honest', async () => {
    const { find } = await checkText(
      files,
      rows((i) => (i % 50 === 3 ? (i % 100 === 3 ? `${200 + i}` : `${200 + i}.35`) : usual(i))),
    )
    expect(find('hundredfold', 'Revenue')).toBeUndefined()
  })
})

describe('by month', () => {
  const inMonths = (from: string, to: string, price: (price: string) => string) => (line: Line) =>
    line.day >= from && line.day < to ? { ...line, price: price(line.price) } : line

  test('cents instead of whole money in one month', async () => {
    const { findings } = await check(inMonths('2023-05', '2023-06', (price) => price.replace('.', '')))
    expect(findings).toMatchObject([
      { id: 'changedScale', column: 'Price', period: { from: '2023-05-01', to: '2023-05-31' }, count: 186 },
    ])
  })

  test('cents instead of whole money from a month on', async () => {
    const { findings } = await check(inMonths('2023-08', '2024', (price) => price.replace('.', '')))
    expect(findings).toMatchObject([{ id: 'changedScale', period: { from: '2023-08-01', to: '2023-12-31' } }])
  })

  test('cents from the middle of a month on are found to the day, and the fix touches no other', async () => {
    const { find, rowsOf } = await check(inMonths('2023-08-17', '2024', (price) => price.replace('.', '')))
    const told = find('changedScale', 'Price')
    expect(told).toMatchObject({
      title: 'Price is about 100 times higher from 17 August 2023 on',
      period: { from: '2023-08-17' },
    })
    expect(await rowsOf(told)).toBe(told?.count)
  })

  test('some weeks in cents are found to the day, though other months follow', async () => {
    const { find } = await check(inMonths('2023-04-28', '2023-06-03', (price) => price.replace('.', '')))
    expect(find('changedScale', 'Price')).toMatchObject({ period: { from: '2023-04-28', to: '2023-06-02' } })
  })

  test('a month of whole numbers', async () => {
    const { findings } = await check(inMonths('2023-05', '2023-06', (price) => Number(price).toFixed(0)))
    expect(findings).toMatchObject([{ id: 'roundedMonth', severity: 'warning', period: { from: '2023-05-01' } }])
  })
})

test('two currencies', async () => {
  const { find, rowsOf } = await check((line) => line, ['USD', 'USD', 'EUR'])
  expect(find('currencies')).toMatchObject({ severity: 'serious', count: 720, unit: 'rows not in USD' })
  expect(await rowsOf(find('currencies'))).toBe(720)
})

describe('columns exchanged', () => {
  const exchange = (line: Line): Line => ({ ...line, quantity: line.price, price: line.quantity })

  test('units and prices', async () => {
    expect((await check(exchange)).find('swappedColumns')).toMatchObject({ column: 'Qty', count: 2160 })
  })

  test('units and prices in the second half', async () => {
    const { find } = await check((line, index) => (index < 1080 ? line : exchange(line)))
    expect(find('swappedColumns')).toMatchObject({ title: 'From some row on Qty and Price are exchanged', count: 1080 })
  })

  test('start and end', async () => {
    const rows = year.slice(0, 60).map((day, index) => `${index},${day} 10:00:00,${day} 10:3${index % 10}:00`)
    const given = { kind: 'visits' as const, roles: { customer: 'Uid', startedAt: 'Started', endedAt: 'Ended' } }
    const right = await checkText(files, ['Uid,Started,Ended', ...rows].join('\n'), given)
    expect(right.find('endBeforeStart')).toBeUndefined()
    const wrong = await checkText(files, ['Uid,Ended,Started', ...rows].join('\n'), given)
    // Ten of them last a full number of tens of minutes: none lasts 0.
    expect(wrong.find('endBeforeStart')).toMatchObject({ title: 'Started and Ended are exchanged', count: 60 })
  })

  test('gender and place', async () => {
    const rows = Array.from(
      { length: 80 },
      (_, index) => `${7000 + index * 3},${index % 2 ? 'F' : 'M'},${index % 3 ? 'Lima' : 'Quito'}`,
    )
    const given = { kind: 'customers' as const, roles: { customer: 'Id', gender: 'Gender', location: 'Location' } }
    expect((await checkText(files, ['Id,Gender,Location', ...rows].join('\n'), given)).findings).toEqual([])
    const wrong = await checkText(files, ['Id,Location,Gender', ...rows].join('\n'), given)
    expect(ids(wrong.findings)).toEqual(['swappedColumns'])
  })
})

test.each([
  { kind: 'spend' as const, roles: { date: 'Day', cost: ['Amount'] }, id: 'negativeAmounts', severity: 'serious' },
  {
    kind: 'orders' as const,
    roles: { orderedAt: 'Day', revenue: 'Amount' },
    id: 'negativeAmounts',
    severity: 'warning',
  },
])('negative amounts of $kind', async ({ kind, roles: given, id, severity }) => {
  const rows = year
    .slice(0, 100)
    .map((day, index) => `${day},${index % 10 === 0 ? '-' : ''}${(5 + scattered(index)).toFixed(2)}`)
  const { find, rowsOf } = await checkText(files, ['Day,Amount', ...rows].join('\n'), { kind, roles: given })
  expect(find(id)).toMatchObject({ severity, count: 10 })
  expect(await rowsOf(find(id))).toBe(10)
})

describe('rates', () => {
  const taxes = (rates: readonly number[]): string =>
    ['Category,GST', ...rates.map((rate, index) => `Goods ${index},${rate}`)].join('\n')
  const coupons = (rates: readonly number[]): string =>
    [
      'Month,Category,Discount',
      ...rates.map((rate, index) => `${['Jan', 'Feb', 'Mar'][index % 3]},Goods ${Math.floor(index / 3)},${rate}`),
    ].join('\n')

  test('taxes of 1.18 beside 0.18 are factors', async () => {
    const { find, rowsOf } = await checkText(files, taxes([0.18, 0.05, 1.18, 0.1, 0.18, 1.05, 0.18, 0.05]))
    expect(find('factorRates', 'GST')).toMatchObject({ severity: 'serious', count: 2, treatment: 'Read as 18 %' })
    expect(await rowsOf(find('factorRates', 'GST'))).toBe(2)
  })

  test.each([
    { name: 'fractions', rates: [0.18, 0.05, 0.1, 0.18] },
    { name: 'percent', rates: [18, 5, 10, 18] },
    { name: 'small ones in percent among others', rates: [18, 0.5, 10, 18, 4, 7.5, 21] },
  ])('honest taxes as $name have no finding', async ({ rates }) => {
    expect((await checkText(files, taxes(rates))).findings).toEqual([])
  })

  test('discounts of more than everything', async () => {
    const usual = Array.from({ length: 60 }, (_, index) => [10, 20, 30][index % 3] ?? 10)
    const { find, rowsOf } = await checkText(
      files,
      coupons(usual.map((rate, index) => (index % 20 === 4 ? rate * 100 : rate))),
    )
    expect(find('ratesAboveAll', 'Discount')).toMatchObject({
      severity: 'serious',
      count: 3,
      fix: { label: 'Divide by 100' },
    })
    expect(await rowsOf(find('ratesAboveAll', 'Discount'))).toBe(3)
    expect((await checkText(files, coupons(usual))).findings).toEqual([])
  })
})

describe('numbers that are read as text', () => {
  const spend = (cost: (index: number) => string, name = 'Online_Spend'): string =>
    [`Date;${name};Note`, ...daysFrom('2023-01-01', 90).map((day, index) => `${day};${cost(index)};n${index}`)].join(
      '\n',
    )
  const usual = (index: number): string => (1200 + index * 7.25).toFixed(2)

  test.each([
    {
      how: 'with a k for thousands',
      cost: (i: number) => (i % 3 === 0 ? `${(Number(usual(i)) / 1000).toFixed(1)}k` : usual(i)),
      count: 30,
    },
    { how: 'behind an apostrophe', cost: (i: number) => (i % 5 === 0 ? `'${usual(i)}` : usual(i)), count: 18 },
    { how: 'with rupees in words', cost: (i: number) => (i % 2 === 0 ? `Rs. ${usual(i)}` : usual(i)), count: 45 },
  ])('$how in part of the cells are told', async ({ cost, count }) => {
    const { find, rowsOf } = await checkText(files, spend(cost))
    expect(find('textNumbers', 'Online_Spend')).toMatchObject({ severity: 'serious', count })
    expect(await rowsOf(find('textNumbers', 'Online_Spend'))).toBe(count)
  })

  test.each([
    { what: 'articles', cost: (i: number) => (i % 2 === 0 ? `${100 + i}` : `A-${i}`), name: 'Variant' },
    { what: 'sizes', cost: (i: number) => ['S', 'M', '38', '40'][i % 4] ?? '', name: 'Size' },
    { what: 'telephone numbers', cost: (i: number) => `60010010${i}`, name: 'Phone' },
  ])('$what are texts by right', async ({ cost, name }) => {
    const { find } = await checkText(files, spend(cost, name))
    expect(find('textNumbers', name)).toBeUndefined()
  })
})
