import { describe, expect, test } from 'vitest'
import { viewColumns } from '../../shared/roles'
import { type FileLine, linesProject } from '../analyses/linesProject'

// Definition 11: 2 × 100, 10 % off, 18 % tax, delivery 6.50.
const line: FileLine = {
  customer: 'a',
  order: '1',
  orderedAt: '2024-01-05',
  category: 'Toys',
  quantity: 2,
  unitPrice: 100,
  couponState: 'Used',
  delivery: 6.5,
}
const tenPercent = [{ month: 'Jan', category: 'Toys', discountRate: 10 }]
const eighteenPercent = [{ category: 'Toys', taxRate: '18%' }]
const amounts =
  'SELECT gross::DOUBLE, discount::DOUBLE, net::DOUBLE, tax::DOUBLE, delivery::DOUBLE, invoice::DOUBLE FROM orders ORDER BY line'

describe('the invoice of a line', () => {
  test('200 × 0.9 × 1.18 + 6.50 = 218.90', async () => {
    const project = await linesProject([line], { coupons: tenPercent, tax: eighteenPercent })
    expect(await project.rows(amounts)).toEqual([[200, 20, 180, 32.4, 6.5, 218.9]])
  })

  test.each([
    { name: 'discount as 0.10, tax as 0.18', discountRate: 0.1, taxRate: 0.18 },
    { name: 'discount as 10, tax as 0.18', discountRate: 10, taxRate: 0.18 },
    { name: 'discount as 0.10, tax as 18', discountRate: 0.1, taxRate: 18 },
    { name: 'discount as 10%, tax as 18%', discountRate: '10%', taxRate: '18%' },
  ])('is the same with $name', async ({ discountRate, taxRate }) => {
    const project = await linesProject([line], {
      coupons: [{ month: 'Jan', category: 'Toys', discountRate }],
      tax: [{ category: 'Toys', taxRate }],
    })
    expect(await project.rows('SELECT discount_rate::DOUBLE, tax_rate::DOUBLE, invoice::DOUBLE FROM orders')).toEqual([
      [0.1, 0.18, 218.9],
    ])
  })

  test('takes the discount only where the coupon was used, in English or Spanish', async () => {
    const states = ['Used', ' USED ', 'Usado', 'canjeado', 'Clicked', 'Not Used', 'No usado', null]
    const lines = states.map((couponState, index) => ({ ...line, order: String(index), couponState }))
    const project = await linesProject(lines, { coupons: tenPercent, tax: eighteenPercent })
    // Without the discount 200 × 1.18 + 6.50.
    expect(await project.rows('SELECT invoice::DOUBLE FROM orders ORDER BY line')).toEqual(
      [218.9, 218.9, 218.9, 218.9, 242.5, 242.5, 242.5, 242.5].map((invoice) => [invoice]),
    )
  })

  test('without coupons, tax and delivery is its gross', async () => {
    const project = await linesProject([{ orderedAt: '2024-01-05', quantity: 2, unitPrice: 100 }])
    expect(await project.rows(amounts)).toEqual([[200, 0, 200, 0, 0, 200]])
  })
})

describe('joins never multiply', () => {
  // Toys in January stand twice, with 10 and with 20; Books stand twice with the same 30.
  const coupons = [
    { month: 'Jan', category: 'Toys', discountRate: 10 },
    { month: 'Jan', category: 'Toys', discountRate: 20 },
    { month: 'Feb', category: 'Toys', discountRate: 10 },
    { month: 'Jan', category: 'Books', discountRate: 30 },
    { month: 'Jan', category: 'Books', discountRate: 30 },
  ]
  const tax = [
    { category: 'Toys', taxRate: 10 },
    { category: 'Books', taxRate: 10 },
    { category: 'Books', taxRate: 20 },
  ]
  const customers = [
    { customer: 'a', tenureMonths: 12 },
    { customer: 'a', tenureMonths: 3 },
  ]
  const base = { customer: 'a', quantity: 1, couponState: 'Used' }
  const lines: FileLine[] = [
    { ...base, order: '1', orderedAt: '2024-01-05', category: 'Toys', unitPrice: 100 },
    { ...base, order: '1', orderedAt: '2024-01-05', category: 'Books', unitPrice: 200 },
    { ...base, order: '2', orderedAt: '2024-02-05', category: 'Toys', unitPrice: 400 },
    { ...base, order: '3', orderedAt: '2024-02-06', category: 'Food', unitPrice: 800 },
  ]

  test('a key with several rates is left out, a repeated one with one rate is joined once', async () => {
    const project = await linesProject(lines, { coupons, tax, customers })
    expect(
      await project.rows('SELECT line, gross::DOUBLE, discount::DOUBLE, tax::DOUBLE FROM orders ORDER BY line'),
    ).toEqual([
      [1, 100, 0, 10],
      [2, 200, 60, 0],
      // 400 × 0.9 × 10 %
      [3, 400, 40, 36],
      [4, 800, 0, 0],
    ])
    expect(await project.rows('SELECT customer, tenure_months FROM customers')).toEqual([['a', 12]])
  })

  test('rows and gross are those of the file', async () => {
    const project = await linesProject(lines, { coupons, tax, customers })
    const file = await project.rows('SELECT count(*)::INTEGER, sum("quantity" * "unitPrice")::DOUBLE FROM raw.orders')
    expect(file).toEqual([[4, 1500]])
    expect(await project.rows('SELECT count(*)::INTEGER, sum(gross)::DOUBLE FROM orders')).toEqual(file)
    expect(project.state.ledger).toMatchObject({
      rowsIn: 4,
      rowsUsed: 4,
      grossIn: 1500,
      grossOut: 1500,
      balances: true,
    })
  })

  test('what was not joined is reported with its keys', async () => {
    const { state } = await linesProject(lines, { coupons, tax, customers })
    const found = Object.fromEntries(state.findings.map(({ id, count, examples }) => [id, { count, examples }]))
    expect(found['couponKeys']).toEqual({ count: 1, examples: ['1 Toys'] })
    expect(found['taxKeys']).toEqual({ count: 1, examples: ['Books'] })
    expect(found['noCoupon']).toEqual({ count: 2, examples: ['Food', 'Toys'] })
    expect(found['noTax']).toEqual({ count: 2, examples: ['Books', 'Food'] })
    const noted = Object.fromEntries(state.ledger.entries.map(({ id, rows }) => [id, rows]))
    expect(noted).toMatchObject({ noDate: 0, lostInJoins: 0, noCoupon: 2, noTax: 2, noCustomer: 0 })
  })
})

const months: readonly (readonly [written: string | number, month: number | null])[] = [
  ['Jan', 1],
  ['january', 1],
  ['Enero', 1],
  ['FEBRERO', 2],
  ['Marzo', 3],
  ['Abril', 4],
  ['Apr', 4],
  ['mayo', 5],
  ['Junio', 6],
  ['July', 7],
  ['Agosto', 8],
  ['aug', 8],
  ['Septiembre', 9],
  ['Setiembre', 9],
  ['Sept', 9],
  ['Octubre', 10],
  ['nov.', 11],
  ['Diciembre', 12],
  ['Dec', 12],
  ['07', 7],
  [12, 12],
  [13, null],
  ['0', null],
  ['Quarter 1', null],
]

test('months of coupons are names in English or Spanish or numbers, and join the lines of that month alone', async () => {
  // A category for each spelling; its line lies in the month meant, a second one in the month after.
  const category = (index: number): string => `c${index}`
  const coupons = months.map(([month], index) => ({ month, category: category(index), discountRate: 10 }))
  const lines = months.flatMap(([, month], index) =>
    [month ?? 1, ((month ?? 1) % 12) + 1].map((each) => ({
      ...line,
      category: category(index),
      orderedAt: `2024-${String(each).padStart(2, '0')}-28`,
    })),
  )
  const { rows } = await linesProject(lines, { coupons })
  expect(await rows('SELECT category, month FROM coupons ORDER BY length(category), category')).toEqual(
    months.map(([, month], index) => [category(index), month]),
  )
  expect(await rows('SELECT discount::DOUBLE FROM orders ORDER BY line')).toEqual(
    months.flatMap(([, month]) => (month === null ? [[0], [0]] : [[20], [0]])),
  )
})

test.each([
  { name: 'dates', written: ['2023-12-01', '2024-01-01', '2024-12-01'] },
  { name: 'year and month', written: ['2023-12', '2024-01', '2024-12'] },
  { name: 'names with a year', written: ['Dec 2023', 'Jan 2024', 'Dec 2024'] },
])('coupons of a month of one year do not meet the same month of another: $name', async ({ written }) => {
  const coupons = written.flatMap((month, index) => [
    { month, category: 'c', discountRate: 10 * (index + 1) },
    { month, category: 'd', discountRate: 10 * (index + 1) },
  ])
  const lines = ['2023-12-31', '2024-01-31', '2024-12-31', '2023-01-31'].map((orderedAt) => ({
    ...line,
    category: 'c',
    orderedAt,
  }))
  const { rows, state } = await linesProject(lines, { coupons })
  expect(await rows('SELECT DISTINCT year, month FROM coupons ORDER BY ALL')).toEqual([
    [2023, 12],
    [2024, 1],
    [2024, 12],
  ])
  expect(await rows('SELECT discount_rate::DOUBLE FROM orders ORDER BY line')).toEqual([[0.1], [0.2], [0.3], [0]])
  expect(state.findings).toContainEqual(expect.objectContaining({ id: 'noCoupon', severity: 'warning', count: 1 }))
})

test('categories join whatever their capitals and blanks, and that is told', async () => {
  const lines = ['Toys & Games', 'Books'].map((category) => ({ ...line, category, orderedAt: '2024-01-31' }))
  const { rows, state } = await linesProject(lines, {
    coupons: [
      { month: 'Jan', category: ' TOYS  & games ', discountRate: 10 },
      { month: 'Jan', category: 'Books', discountRate: 20 },
    ],
    tax: [
      { category: 'toys & games', taxRate: 5 },
      { category: 'Books', taxRate: 10 },
    ],
  })
  expect(await rows('SELECT category, discount_rate::DOUBLE, tax_rate::DOUBLE FROM orders ORDER BY line')).toEqual([
    ['Toys & Games', 0.1, 0.05],
    ['Books', 0.2, 0.1],
  ])
  expect(state.findings).toContainEqual(
    expect.objectContaining({ id: 'categorySpelling', count: 1, examples: ['Toys & Games'] }),
  )
  expect(state.headline).toMatch(/^Three files fit together as one shop: /)
})

test('two spellings of one category with two rates are not joined', async () => {
  const { rows, state } = await linesProject([{ ...line, category: 'Books', orderedAt: '2024-01-31' }], {
    tax: [
      { category: 'BOOKS', taxRate: 5 },
      { category: 'Books', taxRate: 10 },
      { category: 'Toys', taxRate: 10 },
    ],
  })
  expect(await rows('SELECT count(*)::INTEGER, max(tax_rate)::DOUBLE FROM orders')).toEqual([[1, 0]])
  expect(state.findings).toContainEqual(expect.objectContaining({ id: 'taxKeys', severity: 'serious', count: 1 }))
})

test('tables of which nothing fits are said not to fit, in the headline too', async () => {
  const { state } = await linesProject(
    [
      { ...line, customer: 'C1', category: 'Books', orderedAt: '2024-01-31' },
      { ...line, customer: 'C2', category: 'Toys', orderedAt: '2024-02-29' },
    ],
    {
      coupons: [
        { month: 'Jan', category: '1', discountRate: 10 },
        { month: 'Feb', category: '2', discountRate: 10 },
      ],
      customers: [
        { customer: 'X1', tenureMonths: 3 },
        { customer: 'X2', tenureMonths: 4 },
      ],
    },
  )
  const serious = state.findings.filter(({ severity }) => severity === 'serious').map(({ id }) => id)
  expect(serious).toEqual(expect.arrayContaining(['noCoupon', 'unknownCustomers']))
  expect(state.headline).toMatch(/^One of three files makes one shop: /)
})

describe('amounts', () => {
  test.each([
    { name: 'revenue alone', columns: { revenue: 30 }, gross: 30, units: 1 },
    { name: 'price alone is of one unit', columns: { unitPrice: 12.5 }, gross: 12.5, units: 1 },
    {
      name: 'quantity × price before revenue',
      columns: { quantity: 3, unitPrice: 5, revenue: 99 },
      gross: 15,
      units: 3,
    },
    { name: 'revenue before a price without quantity', columns: { unitPrice: 5, revenue: 30 }, gross: 30, units: 1 },
    { name: 'a return is negative', columns: { quantity: -2, unitPrice: 5 }, gross: -10, units: -2 },
    { name: 'no amount at all', columns: {}, gross: 0, units: 1 },
  ])('$name: gross $gross', async ({ columns, gross, units }) => {
    const project = await linesProject([{ orderedAt: '2024-01-05', product: 'x', ...columns }])
    expect(await project.rows('SELECT gross::DOUBLE, quantity::DOUBLE, revenue::DOUBLE FROM orders')).toEqual([
      [gross, units, gross],
    ])
  })

  test('a line without a readable amount counts as 0 and is noted', async () => {
    const lines = [
      { orderedAt: '2024-01-05', quantity: 1, unitPrice: null },
      { orderedAt: '2024-01-05', quantity: 1, unitPrice: 7 },
    ]
    const { state, rows } = await linesProject(lines)
    expect(await rows('SELECT gross::DOUBLE, invoice::DOUBLE FROM orders ORDER BY line')).toEqual([
      [0, 0],
      [7, 7],
    ])
    expect(state.ledger.entries).toContainEqual(expect.objectContaining({ id: 'noAmount', rows: 1, effect: 'noted' }))
  })
})

describe('what is one order', () => {
  const keys = 'SELECT count(DISTINCT order_key)::INTEGER FROM orders'

  test.each([
    {
      name: 'lines with a time of day are an order each',
      lines: [
        { customer: 'a', orderedAt: '2024-01-05 10:00:00' },
        { customer: 'a', orderedAt: '2024-01-05 10:00:00' },
      ],
      orders: 2,
    },
    {
      name: 'lines of a day are one order a customer',
      lines: [
        { customer: 'a', orderedAt: '2024-01-05' },
        { customer: 'a', orderedAt: '2024-01-05' },
        { customer: 'b', orderedAt: '2024-01-05' },
        { customer: 'a', orderedAt: '2024-01-06' },
      ],
      orders: 3,
    },
    {
      name: 'lines of a day without a customer are an order each',
      lines: [
        { customer: null, orderedAt: '2024-01-05' },
        { customer: null, orderedAt: '2024-01-05' },
        { customer: 'a', orderedAt: '2024-01-05' },
      ],
      orders: 3,
    },
  ])('without an order id $name', async ({ lines, orders }) => {
    const project = await linesProject(lines.map((each) => ({ ...each, unitPrice: 1 })))
    expect(await project.rows(keys)).toEqual([[orders]])
  })

  test('where some lines have no order id, those follow the same rule', async () => {
    const lines: FileLine[] = [
      { customer: 'a', order: '1', orderedAt: '2024-01-05', unitPrice: 1 },
      { customer: 'a', order: '1', orderedAt: '2024-01-05', unitPrice: 1 },
      { customer: 'a', order: null, orderedAt: '2024-01-05', unitPrice: 1 },
      { customer: 'a', order: null, orderedAt: '2024-01-05', unitPrice: 1 },
    ]
    const project = await linesProject(lines)
    expect(await project.rows(keys)).toEqual([[2]])
  })
})

describe('several files of order lines', () => {
  const first: FileLine[] = [
    { customer: 'a', order: '1', orderedAt: '2024-01-05', quantity: 1, unitPrice: 10 },
    { customer: 'b', order: '2', orderedAt: 'unknown', quantity: 1, unitPrice: 1000 },
    { customer: 'b', order: '2', orderedAt: '2024-01-31', quantity: 1, unitPrice: 20 },
  ]
  const second: FileLine[] = [{ customer: 'a', order: '3', orderedAt: '2024-02-05', revenue: 40 }]

  test('are appended, each with its own columns, and lines are numbered through', async () => {
    const project = await linesProject(first, { moreLines: [second] })
    expect(await project.rows('SELECT line, customer, order_id, gross::DOUBLE FROM orders ORDER BY line')).toEqual([
      [1, 'a', '1', 10],
      [3, 'b', '2', 20],
      [4, 'a', '3', 40],
    ])
    expect(project.state.period).toEqual({ first: '2024-01-05', last: '2024-02-05' })
  })

  test('the line without a readable date is removed and accounted for', async () => {
    const { state } = await linesProject(first, { moreLines: [second] })
    expect(state.ledger).toMatchObject({ rowsIn: 4, rowsUsed: 3, grossOut: 70, balances: true })
    expect(state.ledger.entries).toContainEqual(
      expect.objectContaining({ id: 'noDate', rows: 1, effect: 'removed', openable: true }),
    )
  })
})

test('lines without a customer count in revenue, not among customers', async () => {
  const project = await linesProject([
    { customer: 'a', order: '1', orderedAt: '2024-01-05', unitPrice: 10 },
    { customer: null, order: '2', orderedAt: '2024-01-06', unitPrice: 20 },
    { customer: '  ', order: '3', orderedAt: '2024-01-07', unitPrice: 30 },
  ])
  const counts = 'SELECT count(*)::INTEGER, count(customer)::INTEGER, sum(revenue)::DOUBLE FROM orders'
  expect(await project.rows(counts)).toEqual([[3, 1, 60]])
  expect(project.state.ledger.entries).toContainEqual(expect.objectContaining({ id: 'noCustomer', rows: 2 }))
})

test('ids stay text: leading zeros and more digits than a number holds', async () => {
  const ids = ['007', '7', '16174680259334210214', '16174680259334210215']
  const project = await linesProject(ids.map((customer) => ({ customer, orderedAt: '2024-01-05', unitPrice: 1 })))
  expect(await project.rows('SELECT customer FROM orders ORDER BY line')).toEqual(ids.map((id) => [id]))
})

test('every view has its documented columns and types, also where nothing plays them', async () => {
  const { rows } = await linesProject([{ orderedAt: '2024-01-05' }])
  for (const [view, columns] of Object.entries(viewColumns)) {
    const found = await rows(
      `SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = '${view}' ORDER BY column_index`,
    )
    expect(found, view).toEqual(columns.map(([name, type]) => [name, type]))
  }
})

test('a tax of 1.18 among fractions is 18 %', async () => {
  const project = await linesProject([line, { ...line, category: 'Books' }], {
    tax: [
      { category: 'Toys', taxRate: 1.18 },
      { category: 'Books', taxRate: 0.05 },
    ],
  })
  expect(await project.rows('SELECT tax_rate::DOUBLE FROM tax ORDER BY 1')).toEqual([[0.05], [0.18]])
})

describe('words for nobody in place of a customer', () => {
  const rows = ['c1', 'NULL', 'c2', 'n/a', '(not set)', 'NULL', '-', 'Nana', ''].map((customer, index) => ({
    ...line,
    order: String(index),
    customer,
  }))

  test('are no customer: their lines count in revenue only, and are told with the empty ones', async () => {
    const project = await linesProject(rows)
    expect(
      await project.rows('SELECT count(*)::INTEGER, count(DISTINCT customer)::INTEGER, sum(gross)::DOUBLE FROM orders'),
    ).toEqual([[9, 3, 1800]])
    const { state } = project
    expect(state.findings.find(({ id }) => id === 'noCustomer')).toMatchObject({ count: 6, unit: 'lines' })
    expect(state.ledger.entries).toContainEqual(expect.objectContaining({ id: 'noCustomer', rows: 6 }))
  })
})
