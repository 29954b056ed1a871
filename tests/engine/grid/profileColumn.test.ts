import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quiet } from '../smallShop'
import { type GridShop, gridShop } from './gridShop'

let shop: GridShop
beforeAll(async () => {
  shop = await gridShop()
})
afterAll(() => shop.close())

describe('the profile of a column', () => {
  test('a number: range, quartiles, missing', async () => {
    const price = await shop.engine.handlers.profileColumn({ table: 'parts', column: 'price' }, quiet)
    // Sorted: 1.10 1.10 2.20 3.25 4.40 5 9.99 12.50 49 79.90 89.90; the median is the sixth.
    expect(price).toMatchObject({ rows: 12, missing: 1, distinct: 10, min: 1.1, max: 89.9 })
    expect(price.quartiles?.median).toBe(5)
    expect(price.quartiles?.lower).toBeCloseTo((2.2 + 3.25) / 2)
    expect(price.mean).toBeCloseTo(258.34 / 11)
    expect(price.top[0]).toEqual({ value: '1.1', count: 2 })
  })

  test('a text: commonest values, lengths', async () => {
    const category = await shop.engine.handlers.profileColumn({ table: 'parts', column: 'category' }, quiet)
    expect(category).toMatchObject({ missing: 1, distinct: 3, shortest: 5, longest: 7, shape: 'shares' })
    expect(category.top[0]).toEqual({ value: 'Kitchen', count: 6 })
  })

  test('a day: first, last, middle', async () => {
    const day = await shop.engine.handlers.profileColumn({ table: 'parts', column: 'added_on' }, quiet)
    expect(day).toMatchObject({ min: '2024-01-01', max: '2024-03-11', medianDay: '2024-03-01', missing: 1 })
  })

  test.each([
    ['constant', "SELECT 'x' AS c FROM range(100)"],
    ['empty', 'SELECT NULL::VARCHAR AS c FROM range(100)'],
    ['missing', 'SELECT CASE WHEN range % 2 = 0 THEN range % 7 END AS c FROM range(100)'],
    ['unique', "SELECT 'name ' || range AS c FROM range(100)"],
    ['outliers', 'SELECT CASE WHEN range = 5 THEN 1000000 ELSE range % 10 END AS c FROM range(100)'],
    ['skew', 'SELECT power(2, range % 30)::DOUBLE AS c FROM range(300)'],
    ['dominant', "SELECT CASE WHEN range < 97 THEN 'a' ELSE 'b' END AS c FROM range(100)"],
    ['blank', "SELECT CASE WHEN range < 3 THEN ' ' ELSE 'b' END AS c FROM range(100)"],
  ])('says %s', async (kind, sql) => {
    const { alerts } = await shop.engine.handlers.profileColumn({ sql, column: 'c' }, quiet)
    expect(alerts.map((alert) => alert.kind)).toContain(kind)
  })

  test('an ordinary column raises nothing', async () => {
    const { alerts } = await shop.engine.handlers.profileColumn(
      { sql: 'SELECT range % 10 AS c FROM range(100)', column: 'c' },
      quiet,
    )
    expect(alerts).toEqual([])
  })
})

describe('two tables', () => {
  test('columns of one only, types, and the largest change first', async () => {
    await shop.engine.handlers.saveView(
      {
        name: 'later',
        sql: "SELECT part_id, CASE WHEN category = 'Kitchen' THEN 'Garden' ELSE category END AS category, price, stock::VARCHAR AS stock, 1 AS extra FROM raw.parts",
      },
      quiet,
    )
    const compared = await shop.engine.handlers.compareTables({ left: 'parts', right: 'later' }, quiet)
    expect(compared.onlyLeft).toEqual(['name', 'added_on', 'note'])
    expect(compared.onlyRight).toEqual(['extra'])
    expect(compared.columns.map(({ name }) => name)).toEqual(['stock', 'category', 'part_id', 'price'])
    const [stock, category] = compared.columns
    expect(stock).toMatchObject({ sameType: false, change: 1 })
    // Kitchen falls from 6 of 11 to none; Garden rises by as much.
    expect(category?.shift?.total).toBeCloseTo(6 / 11)
    expect(Math.abs((category?.shift?.right ?? 0) - (category?.shift?.left ?? 0))).toBeCloseTo(6 / 11)
  })
})

test('four hundred columns are profiled in seconds', async () => {
  const columns = Array.from({ length: 400 }, (_, index) => `(range * ${index + 3}) % 97 AS c${index}`)
  await shop.engine.handlers.saveView({ name: 'wide', sql: `SELECT ${columns.join(', ')} FROM range(5000)` }, quiet)
  const started = performance.now()
  const compared = await shop.engine.handlers.compareTables({ left: 'wide', right: 'wide' }, quiet)
  expect(compared.columns).toHaveLength(400)
  expect(compared.columns.every(({ change }) => change === 0)).toBe(true)
  expect(performance.now() - started).toBeLessThan(30_000)
})
