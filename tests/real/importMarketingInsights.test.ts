import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Database } from '../../main/engine/database'
import { describeFile } from '../../main/engine/import/describeFile'
import { dropTable, importTable } from '../../main/engine/import/importTable'
import type { ImportWork } from '../../main/engine/import/work'
import type { FileDescription, TableDescription } from '../../shared/description'
import { dataPath, expected, hasRealData } from './realData'

const set = 'marketing-insights-dirty'
const clean = (name: string): string => dataPath('marketing-insights', name)
const dirty = (name: string): string => dataPath(set, name)

let folder: string
let database: Database
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-import-'))
  database = await Database.open({ path: ':memory:', tempFolder: join(folder, 'temp'), locked: false })
})
afterAll(async () => {
  database.close()
  await database.closed
  rmSync(folder, { recursive: true, force: true })
})

function withWork<Answer>(run: (work: ImportWork) => Promise<Answer>): Promise<Answer> {
  return database.withConnection((connection) =>
    run({
      connection,
      signal: new AbortController().signal,
      tempFolder: join(folder, 'temp'),
      onProgress: () => undefined,
    }),
  )
}

const read = (path: string): Promise<FileDescription> => withWork((work) => describeFile(path, work))

function tableOf(file: FileDescription, sheet?: string): TableDescription {
  const table = sheet === undefined ? file.tables[0] : file.tables.find((candidate) => candidate.sheet === sheet)
  if (table === undefined) throw new Error(`${file.fileName} has no table ${sheet ?? ''}`)
  return table
}

/** Imports a table and answers one row of a question to it, in which it is called t. */
function ask(file: FileDescription, table: TableDescription, question: string): Promise<unknown[]> {
  return withWork(async (work) => {
    const imported = await importTable({ path: file.path, read: table.read }, { schema: 'main', table: 't' }, work)
    expect(imported.rows).toBe(table.rows)
    expect(imported.unreadable).toEqual([])
    expect(imported.sha256).toBe(file.sha256)
    const answer = await work.connection.runAndReadAll(question)
    await dropTable(work.connection, { schema: 'main', table: 't' })
    return answer.getRowsJS()[0] ?? []
  })
}

interface Sales {
  readonly rows: number
  readonly quantity: number
  readonly gross: number
  readonly delivery: number
  readonly first: string
  readonly last: string
  readonly lines_in_january: number
  readonly lines_in_february: number
}

const salesQuestion = `
  SELECT count(*)::INTEGER, sum(Quantity)::DOUBLE, round(sum(Quantity * Avg_Price)::DOUBLE, 2),
    round(sum(Delivery_Charges)::DOUBLE, 2), min(Transaction_Date)::VARCHAR, max(Transaction_Date)::VARCHAR,
    count(*) FILTER (month(Transaction_Date) = 1)::INTEGER, count(*) FILTER (month(Transaction_Date) = 2)::INTEGER,
    count(DISTINCT CustomerID)::INTEGER, count(DISTINCT Transaction_ID)::INTEGER, count(DISTINCT Product_SKU)::INTEGER
  FROM t`

const salesRoles = {
  customer: 'CustomerID',
  order: 'Transaction_ID',
  orderedAt: 'Transaction_Date',
  product: 'Product_SKU',
  description: 'Product_Description',
  category: 'Product_Category',
  quantity: 'Quantity',
  unitPrice: 'Avg_Price',
  delivery: 'Delivery_Charges',
  couponState: 'Coupon_Status',
}

const spendRoles = { date: 'Date', cost: ['Offline_Spend', 'Online_Spend'] }
const customerRoles = {
  customer: 'CustomerID',
  gender: 'Gender',
  location: 'Location',
  tenureMonths: 'Tenure_Months',
}

describe.skipIf(!hasRealData)('order lines come out the same however they were sent', () => {
  test.each([
    { path: clean('Online_Sales.csv'), sheet: undefined, key: 'clean_sales' },
    { path: dirty('Online_Sales_mdy_CRLF.csv'), sheet: undefined, key: 'Online_Sales_mdy_CRLF.csv' },
    {
      path: dirty('All_five_sheets_workbook.xlsx'),
      sheet: 'Online Sales',
      key: 'All_five_sheets_workbook.xlsx Online Sales',
    },
  ])('$key', async ({ path, sheet, key }) => {
    const file = await read(path)
    const table = tableOf(file, sheet)
    const wanted = expected<Sales>(set, key)
    expect(table.recognised).toMatchObject({ kind: 'orders', roles: salesRoles })
    expect(table.recognised.confidence).toBeGreaterThanOrEqual(0.9)
    expect(table.choices).toEqual([])
    expect(await ask(file, table, salesQuestion)).toEqual([
      wanted.rows,
      wanted.quantity,
      wanted.gross,
      wanted.delivery,
      wanted.first,
      wanted.last,
      wanted.lines_in_january,
      wanted.lines_in_february,
      1468,
      25_061,
      1145,
    ])
  })

  test('the sheets of the workbook are five tables of five kinds', async () => {
    const file = await read(dirty('All_five_sheets_workbook.xlsx'))
    expect(file.tables.map((table) => table.sheet)).toEqual(expected(set, 'All_five_sheets_workbook.xlsx sheets'))
    expect(file.tables.map((table) => table.recognised.kind)).toEqual([
      'customers',
      'orders',
      'coupons',
      'spend',
      'tax',
    ])
    const rows = expected<Record<string, number>>(set, 'All_five_sheets_workbook.xlsx rows')
    for (const [sheet, count] of Object.entries(rows)) expect(tableOf(file, sheet).rows).toBe(count)
  })
})

describe.skipIf(!hasRealData)('spend', () => {
  const question = `
    SELECT count(*)::INTEGER, round(sum(Offline_Spend)::DOUBLE, 2), round(sum(Online_Spend)::DOUBLE, 2),
      string_agg(Date::VARCHAR || ' ' || Offline_Spend || ' ' || Online_Spend, ';' ORDER BY source_row)
    FROM t`

  test.each([
    { path: dirty('Marketing_Spend_swapped_days.xlsx'), sheet: undefined },
    { path: dirty('All_five_sheets_workbook.xlsx'), sheet: 'Marketing Spend' },
  ])('$path $sheet: every day and amount equals the clean file', async ({ path, sheet }) => {
    const cleanFile = await read(clean('Marketing_Spend.csv'))
    const file = await read(path)
    const table = tableOf(file, sheet)
    expect(table.recognised).toMatchObject({ kind: 'spend', roles: spendRoles })
    const wanted = await ask(cleanFile, tableOf(cleanFile), question)
    expect(wanted.slice(0, 3)).toEqual([365, 1_037_900, 695_646.47])
    expect(await ask(file, table, question)).toEqual(wanted)
  })

  test('swapped days are told and asked about', async () => {
    const table = tableOf(await read(dirty('Marketing_Spend_swapped_days.xlsx')))
    expect(table.findings.find((finding) => finding.id === 'swappedDays')).toMatchObject({
      severity: 'serious',
      column: 'Date',
      count: 144,
    })
    expect(table.choices).toMatchObject([{ key: `${table.name}.Date.swappedDays`, chosen: 'repair' }])
  })

  test('believing the cells gives the wrong months that the expected values warn of', async () => {
    const file = await read(dirty('Marketing_Spend_swapped_days.xlsx'))
    const table = tableOf(file)
    const columns = table.read.columns.map((column) =>
      column.name === 'Date' ? { ...column, format: 'mixed:M/d/yyyy' } : column,
    )
    const [months] = await ask(
      file,
      { ...table, read: { ...table.read, columns } },
      `SELECT list(total ORDER BY month) FROM (
         SELECT month(Date) AS month, round(sum(Offline_Spend + Online_Spend)::DOUBLE, 2) AS total FROM t GROUP BY ALL)`,
    )
    const wrong = expected<Record<string, number>>(set, 'Marketing_Spend_swapped_days.xlsx wrong months')
    expect(months).toEqual(Object.values(wrong))
  })
})

describe.skipIf(!hasRealData)('customers', () => {
  test.each([
    'Customers_is_really_xlsx.csv',
    'CustomersData_semicolon_CRLF.csv',
    'CustomersData_with_pivot_sheet.xlsx',
  ])('%s', async (name) => {
    const file = await read(dirty(name))
    expect(file.tables).toHaveLength(1)
    const table = tableOf(file)
    expect(table.recognised).toMatchObject({ kind: 'customers', roles: customerRoles })
    const question = `
      SELECT count(*)::INTEGER, count(DISTINCT CustomerID)::INTEGER, sum(Tenure_Months)::INTEGER,
        count(*) FILTER (Gender = 'F')::INTEGER, count(*) FILTER (Gender = 'M')::INTEGER FROM t`
    expect(await ask(file, table, question)).toEqual([1468, 1468, 38_039, 934, 534])
  })

  test('a workbook called .csv and a pivot in front are named', async () => {
    const misnamed = await read(dirty('Customers_is_really_xlsx.csv'))
    expect([misnamed.format, misnamed.extensionMisleads]).toEqual(['xlsx', true])
    const pivot = await read(dirty('CustomersData_with_pivot_sheet.xlsx'))
    expect(pivot.skipped).toEqual([{ sheet: 'Sheet1', reason: 'a pivot table, not the data behind it' }])
  })
})

describe.skipIf(!hasRealData)('the small tables', () => {
  test('coupons: the blank behind a header goes, percent is said', async () => {
    const table = tableOf(await read(clean('Discount_Coupon.csv')))
    expect(table.recognised).toMatchObject({
      kind: 'coupons',
      roles: { month: 'Month', category: 'Product_Category', couponCode: 'Coupon_Code', discountRate: 'Discount_pct' },
    })
    const told = table.findings.map((finding) => finding.id)
    expect(told).toContain('headerBlanks')
    expect(told).toContain('ratePercent')
  })

  test('tax: a fraction for each category', async () => {
    const table = tableOf(await read(clean('Tax_amount.xlsx')))
    expect(table.recognised).toMatchObject({ kind: 'tax', roles: { category: 'Product_Category', taxRate: 'GST' } })
    expect(table.findings.map((finding) => finding.id)).toContain('rateFraction')
  })

  test('entities in descriptions are counted and decoded', async () => {
    const file = await read(clean('Online_Sales.csv'))
    const table = tableOf(file)
    const raw = readFileSync(file.path, 'utf8')
      .split('\n')
      .filter((line) => line.includes('&quot;')).length
    expect(table.findings.find((finding) => finding.id === 'entities')?.count).toBe(raw)
    const question = `SELECT count(*) FILTER (contains(Product_Description, '&quot;'))::INTEGER, count(*) FILTER (contains(Product_Description, '"'))::INTEGER FROM t`
    expect(await ask(file, table, question)).toEqual([0, raw])
  })
})

describe.skipIf(!hasRealData)('columns under other sensible names', () => {
  test.each([
    {
      header: 'client_no,receipt_no,purchase_date,item_code,item_name,department,qty,unit_price,shipping,promo',
    },
    {
      header: 'Cliente,Nº pedido,Fecha,SKU,Descripción,Categoría,Cantidad,Precio unitario,Gastos de envío,Cupón',
    },
    { header: 'Buyer ID,Order Number,Order Date,Article Number,Article,Family,Units,Price,Freight,Voucher' },
  ])('$header', async ({ header }) => {
    const path = join(folder, 'export.csv')
    const [, ...lines] = readFileSync(clean('Online_Sales.csv'), 'utf8').split('\n')
    writeFileSync(path, [header, ...lines.slice(0, 6000)].join('\n'))
    const names = header.split(',')
    const table = tableOf(await read(path))
    expect(table.recognised.kind).toBe('orders')
    expect(table.recognised.roles).toEqual(
      Object.fromEntries(Object.keys(salesRoles).map((role, index) => [role, names[index]])),
    )
  })
})
