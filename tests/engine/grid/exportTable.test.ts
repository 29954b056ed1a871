import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEngine } from '../../../main/engine/engine'
import { quiet } from '../smallShop'
import { type GridShop, gridShop } from './gridShop'

let shop: GridShop
beforeAll(async () => {
  shop = await gridShop()
})
afterAll(() => shop.close())

const at = (name: string): string => join(shop.folder, name)
const read = (name: string): string => readFileSync(at(name), 'utf8')

/** The file as Casebook reads it: what an export must survive. */
async function importedAgain(
  name: string,
): Promise<{ types: Record<string, string>; rows: readonly (readonly unknown[])[] }> {
  const engine = createEngine({ tempFolder: at(`temp-${name}`) })
  const state = await engine.handlers.createProject(
    { folder: at(`again-${name}`), name: 'again', sources: [{ path: at(name), kind: 'other', name: 'again' }] },
    quiet,
  )
  const page = await engine.handlers.readPage({ table: 'again', offset: 0, limit: 1000 }, quiet)
  engine.close()
  return {
    types: Object.fromEntries(state.sources[0]?.columns.map((column) => [column.name, column.type]) ?? []),
    rows: page.rows.map((row) => row.slice(1)),
  }
}

describe('a table as it is looked at', () => {
  test('CSV: the filter, the order and the visible columns; long ids whole; formulas marked as text', async () => {
    const written = await shop.engine.handlers.exportTable(
      {
        table: 'parts',
        to: at('some.csv'),
        filters: [{ is: 'range', column: 'price', from: 5, to: 20 }],
        sorts: [{ column: 'price', descending: false }],
        columns: ['part_id', 'name', 'price'],
      },
      quiet,
    )
    expect(written).toMatchObject({ rows: 3, columns: 3, notes: [] })
    expect(read('some.csv')).toBe(
      '\ufeffpart_id,name,price\n00012345678901234570,\'@cmd,5\n00012345678901234568,"Lamp, small",9.99\n00012345678901234567,\'=1+1,12.5\n',
    )
  })

  test('CSV with a decimal comma has semicolons between its cells', async () => {
    await shop.engine.handlers.exportTable(
      { table: 'parts', to: at('comma.csv'), columns: ['name', 'price', 'stock'], search: 'lamp', decimalComma: true },
      quiet,
    )
    expect(read('comma.csv')).toBe('\ufeffname;price;stock\nLamp, small;9,99;0\nLamp LARGE;49;12\n')
  })

  test('CSV read again gives the same values', async () => {
    await shop.engine.handlers.exportTable({ table: 'parts', to: at('all.csv') }, quiet)
    const again = await importedAgain('all.csv')
    expect(again.rows).toHaveLength(12)
    expect(again.rows[0]).toEqual(['00012345678901234567', "'=1+1", 'Kitchen', 12.5, 3, '2024-01-01', null])
    expect(again.rows[11]).toEqual(['00012345678901234578', 'Multi\nline', 'Kitchen', 4.4, 15, null, null])
  })

  test('XLSX: ids and formulas are text cells, numbers and days are typed', async () => {
    await shop.engine.handlers.exportTable({ table: 'parts', to: at('all.xlsx') }, quiet)
    const again = await importedAgain('all.xlsx')
    expect(again.types).toMatchObject({ part_id: 'id', price: 'decimal', stock: 'integer', added_on: 'date' })
    expect(again.rows[0]).toEqual(['00012345678901234567', '=1+1', 'Kitchen', 12.5, 3, '2024-01-01', null])
    expect(again.rows[11]).toEqual(['00012345678901234578', 'Multi\nline', 'Kitchen', 4.4, 15, null, null])
  })

  test('Parquet starts and ends with its mark', async () => {
    const written = await shop.engine.handlers.exportTable(
      { sql: 'SELECT * FROM orders', to: at('orders.parquet') },
      quiet,
    )
    expect(written.rows).toBe(3)
    const bytes = readFileSync(at('orders.parquet'))
    expect([bytes.subarray(0, 4), bytes.subarray(-4)].map(String)).toEqual(['PAR1', 'PAR1'])
  })

  test('nothing is written over unasked, and an unknown ending is refused', async () => {
    writeFileSync(at('mine.csv'), 'mine')
    const ask = (to: string, replace = false) =>
      shop.engine.handlers.exportTable({ table: 'parts', to, replace }, quiet)
    await expect(ask(at('mine.csv'))).rejects.toMatchObject({ code: 'bad-parameter' })
    expect(read('mine.csv')).toBe('mine')
    await ask(at('mine.csv'), true)
    expect(read('mine.csv')).not.toBe('mine')
    await expect(ask(at('parts.doc'))).rejects.toMatchObject({ hint: expect.stringContaining('.parquet') })
  })

  test.each(['csv', 'xlsx', 'parquet'])('a cancelled %s leaves nothing', async (format) => {
    const controller = new AbortController()
    const before = readdirSync(shop.folder)
    const asked = shop.engine.handlers.exportTable(
      {
        // A sheet holds no more rows; the other formats are written faster.
        sql: `SELECT range AS n, 'row ' || range AS name, hash(range) AS h FROM range(${format === 'xlsx' ? 1_000_000 : 8_000_000})`,
        to: at(`big.${format}`),
      },
      { signal: controller.signal, onProgress: () => undefined },
    )
    // As soon as something is being written.
    const written = (): boolean =>
      readdirSync(shop.folder).length > before.length ||
      (existsSync(at('temp/export')) && readdirSync(at('temp/export')).length > 0)
    const watch = setInterval(() => {
      if (written()) controller.abort()
    }, 5)
    await expect(asked.finally(() => clearInterval(watch))).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(shop.folder)).toEqual(before)
    expect(readdirSync(at('temp/export'))).toEqual([])
  })

  test('more rows than a sheet holds are refused before anything is written', async () => {
    await expect(
      shop.engine.handlers.exportTable({ sql: 'SELECT range AS n FROM range(1048576)', to: at('long.xlsx') }, quiet),
    ).rejects.toMatchObject({
      message: expect.stringContaining('1,048,576 rows'),
      hint: expect.stringContaining('Parquet'),
    })
    expect(existsSync(at('long.xlsx'))).toBe(false)
  })
})

describe('the data mart', () => {
  test('typed tables and a dictionary that says where columns come from', async () => {
    const written = await shop.engine.handlers.exportMart({ to: at('mart') }, quiet)
    expect(written.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['order_lines', 3],
      ['orders', 3],
      ['customers', 2],
      ['products', 2],
      ['parts', 12],
    ])
    expect(readdirSync(at('mart')).sort()).toEqual([
      'customers.csv',
      'dictionary.csv',
      'order_lines.csv',
      'orders.csv',
      'parts.csv',
      'products.csv',
    ])
    // C1 buys 2 × 10 and 4 × 5, C2 1 × 20.
    expect(read('mart/customers.csv')).toContain('C1,,,,2,40,2024-01-30,2024-02-29')
    const dictionary = await importedAgain(copyOf('mart/dictionary.csv'))
    const row = dictionary.rows.find(([table, column]) => table === 'order_lines' && column === 'unit_price')
    expect(row?.slice(2, 8)).toEqual(['number', 'Price of a unit', 'sales.csv', 'unit_price', 3, 0])
    expect(row?.[9]).toMatch(/^sales\.csv: [0-9a-f]{64}$/)
    await expect(shop.engine.handlers.exportMart({ to: at('mart') }, quiet)).rejects.toMatchObject({
      code: 'bad-parameter',
    })
  })

  test('as one workbook with a sheet for each table', async () => {
    const written = await shop.engine.handlers.exportMart({ to: at('mart-xlsx'), format: 'xlsx' }, quiet)
    expect(written.files.map(({ path }) => path)).toEqual([join(at('mart-xlsx'), 'data_mart.xlsx')])
    const [described] = await shop.engine.handlers.describeFiles(
      { paths: [join(at('mart-xlsx'), 'data_mart.xlsx')] },
      quiet,
    )
    expect(described?.tables.map(({ sheet }) => sheet)).toEqual([
      'order_lines',
      'orders',
      'customers',
      'products',
      'parts',
      'Dictionary',
    ])
  })
})

function copyOf(name: string): string {
  writeFileSync(at('copy.csv'), readFileSync(at(name)))
  return 'copy.csv'
}
