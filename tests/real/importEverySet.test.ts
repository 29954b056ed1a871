import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../engine/import/importFolder'
import { dataPath, expected, hasRealData } from './realData'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

// Rows as data/README.md states them; several kinds where a person could argue.
const known: readonly {
  readonly file: string
  readonly rows: number
  readonly kinds: readonly string[]
  readonly roles?: object
  /** Roles no column plays. */
  readonly open?: readonly string[]
}[] = [
  {
    file: 'marketing-insights/Online_Sales.csv',
    rows: 52_924,
    kinds: ['orders'],
    roles: { customer: 'CustomerID', order: 'Transaction_ID', quantity: 'Quantity', unitPrice: 'Avg_Price' },
  },
  {
    file: 'marketing-insights/CustomersData.xlsx',
    rows: 1468,
    kinds: ['customers'],
    roles: { customer: 'CustomerID', gender: 'Gender', location: 'Location', tenureMonths: 'Tenure_Months' },
  },
  { file: 'marketing-insights/Discount_Coupon.csv', rows: 204, kinds: ['coupons'] },
  { file: 'marketing-insights/Marketing_Spend.csv', rows: 365, kinds: ['spend'] },
  { file: 'marketing-insights/Tax_amount.xlsx', rows: 20, kinds: ['tax'] },
  {
    file: 'propensity/visitors_labelled.csv',
    rows: 91_081,
    kinds: ['people'],
    roles: { customer: 'UserID', target: 'ordered' },
  },
  { file: 'propensity/visitors_new.csv', rows: 20_000, kinds: ['people'], roles: { customer: 'UserID' } },
  {
    file: 'ticketing/orders_log_us.csv',
    rows: 50_415,
    kinds: ['orders'],
    roles: { customer: 'Uid', orderedAt: 'Buy Ts', revenue: 'Revenue' },
  },
  {
    file: 'ticketing/costs_us.csv',
    rows: 2542,
    kinds: ['spend'],
    roles: { date: 'dt', source: 'source_id', cost: ['costs'] },
  },
  {
    file: 'ticketing/visits_log_us.csv',
    rows: 359_400,
    kinds: ['visits'],
    roles: { customer: 'Uid', startedAt: 'Start Ts', endedAt: 'End Ts', source: 'Source Id', device: 'Device' },
  },
  { file: 'ticketing/excel-mangled/orders_log_us.csv', rows: 50_415, kinds: ['orders'] },
  { file: 'ticketing/excel-mangled/costs_us.csv', rows: 2542, kinds: ['spend'] },
  { file: 'cosmetics-events/events_sample.csv', rows: 1000, kinds: ['events'] },
  {
    file: 'cosmetics-events/events.csv.gz',
    rows: 392_818,
    kinds: ['events'],
    roles: {
      customer: 'user_id',
      happenedAt: 'event_time',
      eventType: 'event_type',
      session: 'user_session',
      product: 'product_id',
      price: 'price',
    },
  },
  { file: 'leads/leads_semicolon.csv', rows: 9093, kinds: ['leads'], roles: { customer: 'id', target: 'compra' } },
  // Dated persons with device and sex: customers, or the first step of the funnel.
  { file: 'funnel-pages/user_table.csv', rows: 90_400, kinds: ['steps', 'customers'] },
  { file: 'funnel-pages/home_page_table.csv', rows: 90_400, kinds: ['steps'] },
  { file: 'funnel-pages/search_page_table.csv', rows: 45_200, kinds: ['steps'] },
  { file: 'funnel-pages/payment_page_table.csv', rows: 6030, kinds: ['steps'] },
  { file: 'funnel-pages/payment_confirmation_table.csv', rows: 452, kinds: ['steps'] },
  { file: 'user-actions/customer_data.xlsx', rows: 2090, kinds: ['events'] },
  {
    file: 'cdnow/CDNOW_master.txt',
    rows: 69_659,
    kinds: ['orders'],
    roles: { customer: 'customer_id', orderedAt: 'date' },
  },
  // No header; its second column numbers the customers of the sample once more.
  {
    file: 'cdnow/CDNOW_sample.txt',
    rows: 6919,
    kinds: ['orders'],
    roles: { customer: 'column 1', orderedAt: 'column 3', quantity: 'column 4', revenue: 'column 5' },
    open: ['order'],
  },
  {
    file: 'online-retail/online_retail.csv.gz',
    rows: 541_909,
    kinds: ['orders'],
    roles: {
      customer: 'CustomerID',
      order: 'InvoiceNo',
      orderedAt: 'InvoiceDate',
      product: 'StockCode',
      quantity: 'Quantity',
      unitPrice: 'UnitPrice',
    },
  },
  { file: 'groceries/groceries.csv', rows: 9835, kinds: ['baskets'] },
]

describe.skipIf(!hasRealData)('every file is taken for what it is and comes in whole', () => {
  test.each(known)('$file', async ({ file, rows, kinds, roles = {}, open = [] }) => {
    const path = dataPath(...file.split('/'))
    const described = await files.describe(path)
    expect(described.tables).toHaveLength(1)
    const [table] = described.tables
    if (table === undefined) throw new Error('one table')
    expect(kinds).toContain(table.recognised.kind)
    expect(table.recognised.roles).toMatchObject(roles)
    for (const role of open) expect(table.recognised.roles).not.toHaveProperty(role)
    expect(table.rows).toBe(rows)
    const imported = await files.import(path)
    expect(imported.rows).toHaveLength(rows)
    expect(imported.unreadable).toEqual([])
    for (const column of table.columns.filter(({ type }) => type === 'id')) {
      const distinct = new Set(imported.values(column.name).filter((value) => value !== null)).size
      expect(distinct, column.name).toBe(column.distinct)
    }
  })
})

describe.skipIf(!hasRealData)('customers of a real list', () => {
  test.each([1, 30, 100])('%i of whom stand there twice are still customers', async (twice) => {
    const imported = await files.import(dataPath('marketing-insights', 'CustomersData.xlsx'))
    const lines = imported.rows.map((row) => row.join(','))
    const header = imported.read.columns.map(({ name }) => name).join(',')
    const path = files.file('list.csv', `${[header, ...lines, ...lines.slice(0, twice)].join('\n')}\n`)
    const [table] = (await files.describe(path)).tables
    expect(table?.recognised).toMatchObject({ kind: 'customers', roles: { customer: 'CustomerID' } })
    expect(table?.recognised.reason).toMatch(/twice/)
  })
})

/** The distinct values of a column in a plain file, cut by hand. */
async function distinctTexts(path: string, index: number): Promise<Set<string>> {
  const found = new Set<string>()
  let isHeader = true
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const cell = line.split(',')[index]
    if (!isHeader && cell !== undefined) found.add(cell)
    isHeader = false
  }
  return found
}

describe.skipIf(!hasRealData)('ids', () => {
  test('of twenty digits: distinct buyers equal the distinct raw texts', async () => {
    const path = dataPath('ticketing', 'orders_log_us.csv')
    const imported = await files.import(path)
    const buyers = new Set(imported.values('Uid'))
    expect(buyers.size).toBe(expected<number>('ticketing', 'buyers'))
    expect(buyers).toEqual(await distinctTexts(path, 2))
    const revenue = imported.values('Revenue').reduce<number>((sum, value) => sum + Number(value), 0)
    expect(revenue).toBeCloseTo(expected<number>('ticketing', 'revenue'), 2)
  })

  test('that a spreadsheet turned into powers of ten are a serious finding', async () => {
    const [table] = (await files.describe(dataPath('ticketing', 'excel-mangled', 'orders_log_us.csv'))).tables
    const serious = table?.findings.filter(({ severity, column }) => severity === 'serious' && column === 'Uid')
    expect(serious).toHaveLength(1)
    expect(serious?.[0]?.count).toBeGreaterThan(50_000)
  })

  test('with leading zeros', async () => {
    const imported = await files.import(dataPath('cdnow', 'CDNOW_master.txt'))
    expect(imported.values('customer_id')[0]).toBe('00001')
    expect(new Set(imported.values('customer_id')).size).toBe(23_570)
  })

  test('of 19 digits', async () => {
    const events = await files.import(dataPath('cosmetics-events', 'events_sample.csv'))
    expect(events.values('category_id')[0]).toBe('2103807459595387724')
  })
})

describe.skipIf(!hasRealData)('dates', () => {
  test('day first after a trip through a spreadsheet, equal to the original', async () => {
    const original = await files.import(dataPath('ticketing', 'costs_us.csv'))
    const mangled = await files.import(dataPath('ticketing', 'excel-mangled', 'costs_us.csv'))
    expect(mangled.values('dt')).toEqual(original.values('dt'))
    expect(mangled.description.choices).toEqual([])
  })

  test('with a zone and a clock', async () => {
    const imported = await files.import(dataPath('cosmetics-events', 'events_sample.csv'))
    expect(imported.values('event_time')[0]).toBe('2019-10-01 00:00:00')
    expect(imported.findings['timeZone']).toBe(1000)
  })
})

describe.skipIf(!hasRealData)('order lines with returns', () => {
  test('have the rows, the missing buyers, the returns and the free lines that are expected', async () => {
    const imported = await files.import(dataPath('online-retail', 'online_retail.csv.gz'))
    expect(imported.column('CustomerID').missing).toBe(135_080)
    expect(imported.values('Quantity').filter((value) => Number(value) < 0)).toHaveLength(10_624)
    expect(imported.values('UnitPrice').filter((value) => Number(value) <= 0)).toHaveLength(2517)
    expect(imported.values('InvoiceNo').filter((value) => String(value).startsWith('C'))).toHaveLength(9288)
    expect(imported.findings['repeatedRows']).toBe(5268)
    // Written 17850.0 in the file; 4,372 buyers are published for this set.
    const buyers = new Set(imported.values('CustomerID').filter((value) => value !== null))
    expect(buyers.size).toBe(4372)
    expect([...buyers].every((buyer) => /^\d{5}$/.test(String(buyer)))).toBe(true)
  })
})
