import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSamples } from '../../main/engine/samples'
import { gzip } from '../../scripts/samples/gzip.mjs'
import { makeOnlineRetail } from '../../scripts/samples/makeOnlineRetail.mjs'
import { makeSyntheticShop } from '../../scripts/samples/makeSyntheticShop.mjs'

const folder = join(__dirname, '../../assets/samples')
const megabyte = 1_000_000
const expected = [
  {
    id: 'online-retail',
    bytesAtMost: 3 * megabyte,
    notice: ['CC BY 4.0', 'Daqing Chen', 'UCI', '10.24432/C5BW33', 'What we changed'],
  },
  { id: 'synthetic-shop', bytesAtMost: 6 * megabyte, notice: ['CC0', 'synthetic', 'Nothing here is real'] },
]

let made: string
let connection: DuckDBConnection

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'casebook-samples-'))
  connection = await (await DuckDBInstance.create()).connect()
})
afterAll(() => {
  connection.closeSync()
  rmSync(made, { recursive: true, force: true })
})

test('every folder is a sample', async () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).sort()).toEqual(expected.map(({ id }) => id))
  expect((await readSamples(folder)).map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id))
})

describe.each(expected)('$id', ({ id, bytesAtMost, notice }) => {
  test('describes itself in short lines', async () => {
    const sample = (await readSamples(folder)).find((candidate) => candidate.id === id)
    for (const line of [sample?.title, sample?.subtitle, sample?.teaches, sample?.licence]) {
      expect(line?.length).toBeGreaterThan(0)
      expect(line?.length).toBeLessThanOrEqual(60)
    }
  })

  test('lists exactly the data files it has', async () => {
    const sample = (await readSamples(folder)).find((candidate) => candidate.id === id)
    const dataFiles = readdirSync(join(folder, id)).filter((name) => /\.csv(\.gz)?$/.test(name))
    expect(sample?.sources.map(({ file }) => file).sort()).toEqual(dataFiles.sort())
    expect(new Set(sample?.sources.map(({ name }) => name)).size).toBe(dataFiles.length)
  })

  test('stays small', () => {
    const bytes = readdirSync(join(folder, id)).reduce(
      (total, name) => total + statSync(join(folder, id, name)).size,
      0,
    )
    expect(bytes).toBeLessThan(bytesAtMost)
  })

  test('names its licence and origin', () => {
    const text = readFileSync(join(folder, id, 'NOTICE.md'), 'utf8')
    for (const words of notice) expect(text).toContain(words)
  })
})

describe('online retail', () => {
  const file = join(folder, 'online-retail/online_retail.csv.gz')
  const lines = `read_csv('${file}', all_varchar = true)`

  test('making it from itself leaves out nothing', () => {
    expect(makeOnlineRetail(file, made)).toEqual({ lines: 115_638 })
    expect(hashOf(join(made, 'online_retail.csv.gz'))).toBe(hashOf(file))
  })

  test('a file of other columns is refused', () => {
    expect(() => makeOnlineRetail(join(folder, 'synthetic-shop/visits.csv.gz'), made)).toThrow('does not begin with')
  })

  test('keeps period, customers and dirt', async () => {
    const found = await row(`
      SELECT count(*)::INTEGER AS lines, count(DISTINCT CustomerID)::INTEGER AS customers,
        min(InvoiceDate)[:10] AS first_day, max(InvoiceDate)[:10] AS last_day,
        count(*) FILTER (WHERE CustomerID IS NULL)::INTEGER AS without_customer,
        count(*) FILTER (WHERE InvoiceNo LIKE 'C%')::INTEGER AS cancelled,
        count(*) FILTER (WHERE CustomerID NOT LIKE '%.0')::INTEGER AS plain_ids,
        count(*) FILTER (WHERE Description LIKE '%"%')::INTEGER AS quoted
      FROM ${lines}`)
    expect(found).toEqual({
      lines: 115_638,
      customers: 903,
      first_day: '2010-12-01',
      last_day: '2011-12-09',
      without_customer: 29_965,
      cancelled: 2_032,
      plain_ids: 0,
      quoted: 266,
    })
  })

  test('the notice counts the same dirt', async () => {
    const text = readFileSync(join(folder, 'online-retail/NOTICE.md'), 'utf8')
    const found = await row(`
      SELECT count(*)::INTEGER AS lines, count(DISTINCT CustomerID)::INTEGER AS customers,
        count(*) FILTER (WHERE CustomerID IS NULL)::INTEGER AS without_customer,
        count(*) FILTER (WHERE InvoiceNo LIKE 'C%')::INTEGER AS cancelled,
        count(*) FILTER (WHERE Quantity::INTEGER < 0)::INTEGER AS negative,
        count(*) FILTER (WHERE UnitPrice::DOUBLE = 0)::INTEGER AS free,
        (count(*) - count(DISTINCT lines))::INTEGER AS duplicates
      FROM ${lines} AS lines`)
    for (const count of Object.values(found)) expect(text).toContain(Number(count).toLocaleString('en-US'))
  })
})

describe('synthetic shop', () => {
  const tables = ['order_lines', 'customers', 'coupons', 'tax', 'spend', 'visits', 'events']

  beforeAll(async () => {
    for (const table of tables) {
      const name = table === 'visits' || table === 'events' ? `${table}.csv.gz` : `${table}.csv`
      await connection.run(
        `CREATE TABLE ${table} AS FROM read_csv('${join(folder, 'synthetic-shop', name)}', all_varchar = true)`,
      )
    }
  })

  test('the generator writes the shipped files again', () => {
    const counts = makeSyntheticShop(join(made, 'shop'))
    for (const name of Object.keys(counts)) {
      expect(hashOf(join(made, 'shop', name)), name).toBe(hashOf(join(folder, 'synthetic-shop', name)))
    }
    expect(Object.keys(counts)).toHaveLength(tables.length)
  })

  test('compressing the same text twice gives the same bytes, without a time', () => {
    const packed = gzip('once upon a time\n')
    expect(packed.equals(gzip('once upon a time\n'))).toBe(true)
    expect(packed.readUInt32LE(4)).toBe(0)
    expect(gunzipSync(packed).toString()).toBe('once upon a time\n')
  })

  test.each([
    ['order_lines', 30_000, 45_000],
    ['customers', 2_500, 3_500],
    ['coupons', 132, 132],
    ['tax', 12, 12],
    ['spend', 365, 365],
    ['visits', 50_000, 90_000],
    ['events', 80_000, 150_000],
  ])('%s has between %i and %i rows', async (table, low, high) => {
    const { rows } = await row(`SELECT count(*)::INTEGER AS rows FROM ${table}`)
    expect(rows).toBeGreaterThanOrEqual(low)
    expect(rows).toBeLessThanOrEqual(high)
  })

  // Each statement finds the rows that break the rule.
  test.each([
    ['every order belongs to a customer', 'SELECT 1 FROM order_lines ANTI JOIN customers USING (customer_id)'],
    ['a customer stands in the file once', 'SELECT 1 FROM customers GROUP BY customer_id HAVING count(*) > 1'],
    [
      'an order has one customer, day and delivery charge',
      `
      SELECT 1 FROM order_lines GROUP BY order_id
      HAVING count(DISTINCT (customer_id, order_date, delivery_charge)) > 1`,
    ],
    ['a product stands in an order once', 'SELECT 1 FROM order_lines GROUP BY order_id, sku HAVING count(*) > 1'],
    [
      'a product has one name and one category',
      `
      SELECT 1 FROM order_lines GROUP BY sku HAVING count(DISTINCT (product_name, category)) > 1`,
    ],
    ['a name means one product', 'SELECT 1 FROM order_lines GROUP BY product_name HAVING count(DISTINCT sku) > 1'],
    ['every category is taxed', 'SELECT 1 FROM order_lines ANTI JOIN tax USING (category)'],
    ['a month and category has one coupon', 'SELECT 1 FROM coupons GROUP BY month, category HAVING count(*) > 1'],
    ['coupons are for categories on sale', 'SELECT 1 FROM coupons ANTI JOIN order_lines USING (category)'],
    [
      'only Coffee & Tea has no coupon',
      `
      SELECT 1 FROM order_lines WHERE category <> 'Coffee & Tea' AND NOT EXISTS (
        SELECT 1 FROM coupons
        WHERE coupons.category = order_lines.category AND month = strftime(order_date::DATE, '%b'))`,
    ],
    [
      'quantities and prices are above zero',
      `
      SELECT 1 FROM order_lines WHERE quantity::INTEGER <= 0 OR unit_price::DOUBLE <= 0`,
    ],
    ['orders lie in 2025', "SELECT 1 FROM order_lines WHERE order_date NOT LIKE '2025-__-__'"],
    [
      'every order lies in a visit of its customer that day',
      `
      SELECT 1 FROM order_lines WHERE NOT EXISTS (
        SELECT 1 FROM visits WHERE visitor_id = customer_id AND start[:10] = order_date)`,
    ],
    [
      'no tenure is shorter than the time since the first order',
      `
      SELECT 1 FROM customers JOIN order_lines USING (customer_id)
      GROUP BY customer_id, tenure_months HAVING tenure_months::INTEGER < 12 - min(month(order_date::DATE))`,
    ],
    ['no visit ends before it starts', 'SELECT 1 FROM visits WHERE "end" < start'],
    ['a session is one visit', 'SELECT 1 FROM visits GROUP BY session_id HAVING count(*) > 1'],
    [
      'every event lies in its visit',
      `
      SELECT 1 FROM events LEFT JOIN visits ON session_id = user_session
      WHERE visitor_id IS DISTINCT FROM user_id OR visits.device <> events.device
        OR event_time[:19] NOT BETWEEN start AND "end"`,
    ],
    [
      'nothing is bought that was not in the cart',
      `
      SELECT 1 FROM events AS bought WHERE event_type = 'purchase' AND NOT EXISTS (
        SELECT 1 FROM events AS taken
        WHERE taken.event_type = 'cart' AND taken.user_session = bought.user_session
          AND taken.product_id = bought.product_id AND taken.event_time <= bought.event_time)`,
    ],
    [
      'every source that costs money brings visits',
      `
      SELECT 1 FROM (VALUES ('search'), ('social'), ('email')) AS paid(source) ANTI JOIN visits USING (source)`,
    ],
  ])('%s', async (_rule, breaking) => {
    expect(await row(`SELECT count(*)::INTEGER AS broken FROM (${breaking})`)).toEqual({ broken: 0 })
  })

  test('since tracking began, purchases in the events are the orders', async () => {
    const bought = await row(`
      SELECT count(DISTINCT user_session)::INTEGER AS orders, count(*)::INTEGER AS lines, round(sum(price::DECIMAL(12,2)), 2)::DOUBLE AS prices
      FROM events WHERE event_type = 'purchase'`)
    const ordered = await row(`
      SELECT count(DISTINCT order_id)::INTEGER AS orders, count(*)::INTEGER AS lines, round(sum(unit_price::DECIMAL(12,2)), 2)::DOUBLE AS prices
      FROM order_lines WHERE order_date >= '2025-07-01'`)
    expect(bought).toEqual(ordered)
    expect(bought['orders']).toBeGreaterThan(3_000)
  })

  test('between a tenth and a quarter of new customers come back the next month', async () => {
    const { share } = await row(`
      WITH active_months AS (
        SELECT DISTINCT customer_id, month(order_date::DATE) AS month FROM order_lines
      ), cohorts AS (
        SELECT customer_id, min(month) AS first_month FROM active_months GROUP BY customer_id HAVING min(month) < 12
      )
      SELECT avg(CASE WHEN active_months.month IS NULL THEN 0 ELSE 1 END) AS share
      FROM cohorts LEFT JOIN active_months
        ON active_months.customer_id = cohorts.customer_id AND active_months.month = first_month + 1`)
    expect(share).toBeGreaterThan(0.1)
    expect(share).toBeLessThan(0.25)
  })

  test('a tenth of the customers bring between a third and two thirds of the value', async () => {
    const { share } = await row(`
      WITH ranked AS (
        SELECT sum(quantity::INTEGER * unit_price::DOUBLE) AS spent,
          percent_rank() OVER (ORDER BY sum(quantity::INTEGER * unit_price::DOUBLE) DESC) AS rank
        FROM order_lines GROUP BY customer_id
      )
      SELECT sum(spent) FILTER (WHERE rank <= 0.1) / sum(spent) AS share FROM ranked`)
    expect(share).toBeGreaterThan(1 / 3)
    expect(share).toBeLessThan(2 / 3)
  })

  test('Black Friday is the busiest day', async () => {
    expect(
      await row(
        'SELECT order_date FROM order_lines GROUP BY order_date ORDER BY count(DISTINCT order_id) DESC LIMIT 1',
      ),
    ).toEqual({
      order_date: '2025-11-28',
    })
  })

  test('phones fail at the checkout in September, and always for visitors from social', async () => {
    const { september, otherwise, social } = await row(`
      WITH filled AS (
        SELECT user_session, device, bool_or(event_type = 'purchase')::INTEGER AS paid, min(event_time)[:7] AS month
        FROM events GROUP BY user_session, device HAVING bool_or(event_type = 'cart')
      ), shares AS (
        SELECT filled.*, source FROM filled JOIN visits ON session_id = user_session
      )
      SELECT avg(paid) FILTER (WHERE device = 'mobile' AND month = '2025-09') / avg(paid) FILTER (WHERE device = 'desktop' AND month = '2025-09') AS september,
        avg(paid) FILTER (WHERE device = 'mobile' AND month <> '2025-09' AND source <> 'social')
          / avg(paid) FILTER (WHERE device = 'desktop' AND month <> '2025-09' AND source <> 'social') AS otherwise,
        avg(paid) FILTER (WHERE device = 'mobile' AND month <> '2025-09' AND source = 'social')
          / avg(paid) FILTER (WHERE device = 'desktop' AND month <> '2025-09' AND source = 'social') AS social
      FROM shares`)
    expect(september).toBeLessThan(0.4)
    expect(otherwise).toBeCloseTo(1, 1)
    expect(social).toBeLessThan(0.6)
  })

  test('the six planted pairs are bought together far more often than by chance', async () => {
    const { rows } = await row(`
      WITH planted(one, other) AS (VALUES
        ('Coffee grinder', 'Espresso beans 1 kg'), ('Down duvet', 'Duvet cover'), ('Table lamp', 'LED bulb E27'),
        ('Terracotta pot', 'Potting soil 10 l'), ('Dotted notebook', 'Gel pen set'), ('Brass candle holder', 'Taper candles')
      ), totals AS (SELECT count(DISTINCT order_id) AS orders FROM order_lines
      ), sold AS (SELECT product_name, count(*) AS orders FROM order_lines GROUP BY product_name
      ), together AS (
        SELECT one, other, count(*) AS orders FROM planted
        JOIN order_lines AS first ON first.product_name = one
        JOIN order_lines AS second ON second.product_name = other AND second.order_id = first.order_id
        GROUP BY one, other
      )
      SELECT count(*)::INTEGER AS rows FROM together CROSS JOIN totals
      JOIN sold AS one_sold ON one_sold.product_name = one JOIN sold AS other_sold ON other_sold.product_name = other
      WHERE together.orders * totals.orders / (one_sold.orders * other_sold.orders) > 3`)
    expect(rows).toBe(6)
  })
})

async function row(statement: string): Promise<Record<string, unknown>> {
  const reader = await connection.runAndReadAll(statement)
  const first = reader.getRowObjectsJS()[0]
  if (first === undefined) throw new Error(`No row: ${statement}`)
  return first
}

/** Of what is inside: another build of zlib may compress the same text to other bytes. */
function hashOf(file: string): string {
  const bytes = readFileSync(file)
  return createHash('sha256')
    .update(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .digest('hex')
}
