import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEngine } from '../../../main/engine/engine'
import type { ColumnFilter, ColumnSort } from '../../../shared/tableView'
import { quiet } from '../smallShop'
import { type GridShop, gridShop } from './gridShop'

let shop: GridShop
beforeAll(async () => {
  shop = await gridShop()
})
afterAll(() => shop.close())

async function names(
  filters: readonly ColumnFilter[],
  sorts: readonly ColumnSort[] = [],
  search = '',
  table = 'parts',
): Promise<unknown[]> {
  const page = await shop.engine.handlers.readPage(
    { table, offset: 0, limit: 100, filters: [...filters], sorts: [...sorts], search },
    quiet,
  )
  expect(page.rows).toHaveLength(page.total)
  const at = page.columns.findIndex(({ name }) => name === 'name')
  return page.rows.map((row) => row[at])
}

describe('filters', () => {
  test.each<[string, readonly ColumnFilter[], readonly string[]]>([
    [
      'a text contains, whatever its capitals',
      [{ is: 'contains', column: 'name', text: 'lamp' }],
      ['Lamp, small', 'Lamp LARGE'],
    ],
    [
      'one of values',
      [{ is: 'oneOf', column: 'category', values: ['Light', 'Garden'] }],
      ['Lamp LARGE', '@cmd', 'Chair', 'Chair', 'Table'],
    ],
    ['a number from to', [{ is: 'range', column: 'price', from: 5, to: 12.5 }], ['=1+1', 'Lamp, small', '@cmd']],
    ['a number below', [{ is: 'range', column: 'price', from: null, to: 1.1, below: true }], []],
    [
      'a day as the end is the whole day',
      [{ is: 'range', column: 'added_on', from: '2024-03-10', to: '2024-03-10' }],
      ['Spoon', 'Fork'],
    ],
    ['missing', [{ is: 'missing', column: 'price' }], ['Table']],
    ['a missing text', [{ is: 'missing', column: 'category' }], ['Knife']],
    ['a missing day', [{ is: 'missing', column: 'added_on' }], ['Multi\nline']],
    [
      'several at a time',
      [
        { is: 'oneOf', column: 'category', values: ['Kitchen'] },
        { is: 'range', column: 'stock', from: 100, to: null },
      ],
      ['Spoon', 'Fork'],
    ],
  ])('%s', async (_name, filters, expected) => {
    expect(await names(filters)).toEqual(expected)
  })

  test('the search looks into every column', async () => {
    expect(await names([], [], 'HEAVY')).toEqual(['Chair', 'Chair', 'Table'])
    expect(await names([], [], '4575')).toEqual(['Spoon'])
  })

  test('a range of a text and an end that is no number are explained', async () => {
    await expect(names([{ is: 'range', column: 'name', from: 1, to: 2 }])).rejects.toMatchObject({
      code: 'bad-parameter',
    })
    await expect(names([{ is: 'range', column: 'price', from: 'dear', to: null }])).rejects.toMatchObject({
      message: expect.stringContaining('"dear"'),
    })
    await expect(names([{ is: 'missing', column: 'colour' }])).rejects.toMatchObject({ code: 'missing-column' })
  })

  test('what empties the answer is counted filter by filter', async () => {
    const reasons = await shop.engine.handlers.explainEmpty(
      {
        table: 'parts',
        filters: [
          { is: 'oneOf', column: 'category', values: ['Light'] },
          { is: 'range', column: 'price', from: 60, to: null },
        ],
        search: 'chair',
      },
      quiet,
    )
    // Light: 2 rows, from 60: 2 chairs. Without the first filter both chairs stay.
    expect(reasons).toEqual([
      { alone: 2, without: 2 },
      { alone: 2, without: 0 },
      { alone: 2, without: 0 },
    ])
  })
})

describe('order', () => {
  test('several columns; missing values last; equal rows as in the file', async () => {
    const sorts = [
      { column: 'category', descending: true },
      { column: 'price', descending: false },
    ]
    expect(await names([], sorts)).toEqual([
      '@cmd',
      'Lamp LARGE',
      'Spoon',
      'Fork',
      'Bowl',
      'Multi\nline',
      'Lamp, small',
      '=1+1',
      'Chair',
      'Chair',
      'Table',
      'Knife',
    ])
  })

  test('role views and questions are paged like tables', async () => {
    const page = await shop.engine.handlers.readPage(
      { table: 'orders', offset: 1, limit: 1, sorts: [{ column: 'gross', descending: true }] },
      quiet,
    )
    expect(page.total).toBe(3)
    const answer = await shop.engine.handlers.readPage(
      {
        sql: 'SELECT customer, sum(gross) AS gross, 1 AS gross FROM orders GROUP BY 1 ORDER BY 1;',
        offset: 0,
        limit: 10,
      },
      quiet,
    )
    expect(answer.columns.map(({ name, type }) => [name, type])).toEqual([
      ['source_row', 'integer'],
      ['customer', 'text'],
      ['gross', 'decimal'],
      ['gross_1', 'integer'],
    ])
    expect(answer.rows).toEqual([
      [1, 'C1', 40, 1],
      [2, 'C2', 20, 1],
    ])
  })
})

test('the commonest values come with their counts', async () => {
  const values = await shop.engine.handlers.readTopValues({ table: 'parts', column: 'category' }, quiet)
  expect(values).toEqual([
    { value: 'Kitchen', count: 6 },
    { value: 'Garden', count: 3 },
    { value: 'Light', count: 2 },
  ])
})

test('a click on a bar of a distribution filters to as many rows as the bar counts', async () => {
  const profile = await shop.engine.handlers.profileTable(
    { table: 'parts', columns: ['stock', 'price', 'added_on'] },
    quiet,
  )
  for (const { name, bars } of profile.columns) {
    expect(bars).toHaveLength(12)
    for (const { range, count } of bars) {
      if (range === undefined) throw new Error(`a bar of ${name} has no range`)
      expect(await names([{ is: 'range', column: name, ...range }]), `${name} ${JSON.stringify(range)}`).toHaveLength(
        count,
      )
    }
  }
})

describe('a table of a million rows', () => {
  const rows = 1_048_576
  let engine: ReturnType<typeof createEngine>
  beforeAll(async () => {
    const lines = Array.from(
      { length: rows },
      (_, row) =>
        `${(row * 7919) % rows}.5,group ${row % 13},2024-01-${String((row % 28) + 1).padStart(2, '0')},${row % 1000}.25`,
    )
    writeFileSync(join(shop.folder, 'million.csv'), `amount,name,day,share\n${lines.join('\n')}\n`)
    engine = createEngine({ tempFolder: join(shop.folder, 'temp2') })
    await engine.handlers.createProject(
      {
        folder: join(shop.folder, 'million'),
        name: 'million',
        sources: [{ path: join(shop.folder, 'million.csv'), kind: 'other' }],
      },
      quiet,
    )
  }, 60_000)
  afterAll(() => engine.close())

  const page = (sorts: readonly ColumnSort[], filters: readonly ColumnFilter[] = [], offset = 900_000) =>
    engine.handlers.readPage({ table: 'million', offset, limit: 100, sorts: [...sorts], filters: [...filters] }, quiet)

  async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
    const times: number[] = []
    for (let run = 0; run < 5; run += 1) {
      const started = performance.now()
      await work()
      times.push(performance.now() - started)
    }
    return Math.min(...times)
  }

  test('row 900,000 is there as fast as the first', async () => {
    const far = await page([])
    expect(far.rows[0]?.slice(0, 2)).toEqual([900_001, ((900_000 * 7919) % rows) + 0.5])
    expect(await millisecondsOf(() => page([]))).toBeLessThan(200)
  })

  test('sorted, the order is worked out once', async () => {
    const sorts = [{ column: 'amount', descending: true }]
    const sorted = await page(sorts)
    expect(sorted.rows.slice(0, 2).map((row) => row[1])).toEqual([rows - 900_000.5, rows - 900_001.5])
    expect(await millisecondsOf(() => page(sorts))).toBeLessThan(400)
  })

  test('filtered, the rest can be paged to its end', async () => {
    const filters: ColumnFilter[] = [{ is: 'oneOf', column: 'name', values: ['group 5'] }]
    // Rows 5, 18, 31 …: one in thirteen.
    const some = await page([], filters, 80_000)
    expect(some.total).toBe(Math.ceil((rows - 5) / 13))
    expect(some.rows[0]?.[0]).toBe(80_000 * 13 + 6)
  })

  test('cancelling stops the sorting, and the next question is answered', async () => {
    const controller = new AbortController()
    const asked = engine.handlers.readPage(
      {
        table: 'million',
        offset: 0,
        limit: 10,
        sorts: [
          { column: 'name', descending: false },
          { column: 'share', descending: true },
        ],
      },
      { signal: controller.signal, onProgress: () => undefined },
    )
    setTimeout(() => controller.abort(), 20)
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    expect((await page([])).rows).toHaveLength(100)
  })

  test('an answer of a million rows is paged, too', async () => {
    const answer = await engine.handlers.readPage(
      { sql: 'SELECT amount, amount * 2 AS twice FROM raw.million', offset: 1_000_000, limit: 5 },
      quiet,
    )
    expect(answer.total).toBe(rows)
    expect(answer.rows).toHaveLength(5)
  })
})
