import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'
import { type SheetCell, workbookFile } from './workbookFile'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

let written = 0
function sheet(rows: readonly (readonly SheetCell[])[], options: { readonly date1904?: boolean } = {}): string {
  written += 1
  return files.file(`book${written}.xlsx`, workbookFile([{ name: 'Data', rows }], options))
}

describe('the cells of a sheet', () => {
  test('texts, numbers, dates, times and truth values', async () => {
    const imported = await files.import(
      sheet([
        ['name', 'units', 'price', 'day', 'at', 'paid'],
        ['a', 1, 1.5, { days: 43466 }, { days: 43466.75 }, true],
        ['b', -2, 0.1 + 0.2, { days: 43496 }, { days: 43496.5 }, false],
      ]),
    )
    expect(imported.rows).toEqual([
      ['a', 1, 1.5, '2019-01-01', '2019-01-01 18:00:00', expect.anything()],
      ['b', -2, 0.3, '2019-01-31', '2019-01-31 12:00:00', expect.anything()],
    ])
    expect(imported.values('paid').map((value) => String(value).toLowerCase())).toEqual(['true', 'false'])
    expect(imported.description.choices).toEqual([])
  })

  test('a number with three decimals is beyond doubt', async () => {
    const imported = await files.import(
      sheet([
        ['name', 'weight'],
        ['a', 1.234],
        ['b', 2.345],
      ]),
    )
    expect(imported.values('weight')).toEqual([1.234, 2.345])
    expect(imported.description.choices).toEqual([])
  })

  test('formulas come with the value that was calculated last', async () => {
    const imported = await files.import(
      sheet([
        ['units', 'price', 'total', 'label'],
        [2, 1.5, { formula: 'A2*B2', cached: 3 }, { formula: '"x"&A2', cached: 'x2' }],
        [4, 2, { formula: 'A3*B3', cached: 8 }, { formula: '"x"&A3', cached: 'x4' }],
      ]),
    )
    expect(imported.values('total')).toEqual([3, 8])
    expect(imported.values('label')).toEqual(['x2', 'x4'])
  })

  test('errors are empty, counted and shown with their place', async () => {
    const imported = await files.import(
      sheet([
        ['name', 'share'],
        ['a', 0.5],
        ['b', { error: '#DIV/0!' }],
        ['c', { error: '#N/A' }],
        ['d', 0.25],
      ]),
    )
    expect(imported.values('share')).toEqual([0.5, null, null, 0.25])
    expect(imported.description.findings.find(({ id }) => id === 'errorCells')).toMatchObject({
      severity: 'warning',
      count: 2,
      examples: ['B3: #DIV/0!', 'C4: #N/A'].map((example) => example.replace('C4', 'B4')),
    })
  })

  test('days counted from 1904', async () => {
    const imported = await files.import(
      sheet(
        [
          ['name', 'day'],
          ['a', { days: 42004 }],
          ['b', { days: 42034 }],
        ],
        { date1904: true },
      ),
    )
    expect(imported.values('day')).toEqual(['2019-01-01', '2019-01-31'])
  })

  test('rows that are shorter, longer and empty', async () => {
    const imported = await files.import(sheet([['a', 'b', 'c'], [1, 2, 3], [], [4], [null, null, 5], []]))
    expect(imported.rows).toEqual([
      [1, 2, 3],
      [4, null, null],
      [null, null, 5],
    ])
  })

  test('a column that is empty in its first 2,000 rows', async () => {
    const rows = Array.from({ length: 2500 }, (_, index): SheetCell[] => [index, index < 2400 ? null : index * 1.5])
    const imported = await files.import(sheet([['n', 'late'], ...rows]))
    expect(imported.values('late').at(-1)).toBe(2499 * 1.5)
    expect(imported.column('late').missing).toBe(2400)
  })

  test('cells beyond the last column are left out, told and counted again by the import', async () => {
    const rows = Array.from({ length: 100 }, (_, index): SheetCell[] => (index === 80 ? [index, 1, 99] : [index, 1]))
    const imported = await files.import(sheet([['n', 'one'], ...rows]))
    expect(imported.rows[80]).toEqual([80, 1])
    expect(imported.description.findings.find(({ id }) => id === 'longLines')).toMatchObject({
      severity: 'serious',
      count: 1,
      examples: ['row 81: 99'],
    })
    expect(imported.unreadable).toEqual([{ column: '', count: 1, examples: [{ row: 81, value: '99' }] }])
  })

  test('line ends and signs of markup inside cells', async () => {
    const imported = await files.import(
      sheet([
        ['name', 'note'],
        ['a', 'one\ntwo'],
        ['<b> & "c"', ' padded '],
      ]),
    )
    expect(imported.rows).toEqual([
      ['a', 'one\ntwo'],
      ['<b> & "c"', 'padded'],
    ])
  })
})

describe('where the table stands', () => {
  test('below title rows', async () => {
    const imported = await files.import(
      sheet([
        ['Spend 2019'],
        [],
        ['day', 'offline', 'online'],
        [{ days: 43466 }, 4500, 2424.5],
        [{ days: 43467 }, 4500, 3480.36],
      ]),
    )
    expect(imported.read.headerRow).toBe(3)
    expect(imported.rows).toEqual([
      ['2019-01-01', 4500, 2424.5],
      ['2019-01-02', 4500, 3480.36],
    ])
    expect(imported.findings['titleRows']).toBe(2)
  })

  test('without a header', async () => {
    const imported = await files.import(
      sheet([
        [{ days: 43466 }, 4500],
        [{ days: 43467 }, 4600],
      ]),
    )
    expect(imported.read).toMatchObject({ headerRow: 0 })
    expect(imported.rows).toHaveLength(2)
    expect(imported.read.columns.map((column) => column.name)).toEqual(['column 1', 'column 2'])
    expect(imported.findings['noHeader']).toBe(1)
  })

  test('several sheets are several tables, hidden and empty ones are named', async () => {
    const path = files.file(
      'shop.xlsx',
      workbookFile([
        { name: 'Notes', rows: [] },
        {
          name: 'Sales',
          rows: [
            ['customer_id', 'order_date', 'amount'],
            ['a', { days: 43466 }, 5],
            ['a', { days: 43467 }, 6],
          ],
        },
        {
          name: 'Secret',
          rows: [
            ['x', 'y'],
            [1, 2],
          ],
          hidden: true,
        },
        {
          name: 'Customers',
          rows: [
            ['customer_id', 'gender'],
            ['a', 'F'],
            ['b', 'M'],
          ],
        },
        {
          name: 'Pivot',
          rows: [
            ['Row Labels', 'Sum of amount'],
            ['a', 11],
            ['Grand Total', 11],
          ],
        },
        { name: 'Bare', rows: [['x', 'y']] },
      ]),
    )
    const described = await files.describe(path)
    expect(described.tables.map(({ name, sheet: tab, rows }) => ({ name, tab, rows }))).toEqual([
      { name: 'Sales', tab: 'Sales', rows: 2 },
      { name: 'Customers', tab: 'Customers', rows: 2 },
    ])
    expect(described.skipped).toEqual([
      { sheet: 'Notes', reason: 'empty' },
      { sheet: 'Secret', reason: 'hidden' },
      { sheet: 'Pivot', reason: expect.stringContaining('pivot') },
      { sheet: 'Bare', reason: 'a header without rows' },
    ])
    expect((await files.import(path, { sheet: 'Customers' })).rows).toEqual([
      ['a', 'F'],
      ['b', 'M'],
    ])
  })

  test('a table called like a pivot word keeps its data', async () => {
    const imported = await files.import(
      sheet([
        ['product', 'Sum'],
        ['Grand Total hat', 1],
        ['scarf', 2],
      ]),
    )
    expect(imported.rows).toHaveLength(2)
  })
})

describe('the name does not matter', () => {
  test('a workbook called .csv', async () => {
    const path = files.file(
      'customers.csv',
      workbookFile([
        {
          name: 'Data',
          rows: [
            ['id', 'n'],
            ['a', 1],
          ],
        },
      ]),
    )
    expect(await files.describe(path)).toMatchObject({ format: 'xlsx', extensionMisleads: true })
    expect((await files.import(path)).findings['extension']).toBe(1)
  })

  test('a text called .xlsx', async () => {
    const path = files.file('customers.xlsx', 'id,n\na,1\n')
    expect(await files.describe(path)).toMatchObject({ format: 'csv', extensionMisleads: true })
    expect((await files.import(path)).rows).toEqual([['a', 1]])
  })
})

test('no temporary table and no temporary file stays behind', async () => {
  await files.import(
    sheet([
      ['a', 'b'],
      [1, 2],
    ]),
  )
  await files.importText(Buffer.from('a,b\n1,é\n', 'utf16le'))
  expect(await files.ask(`SELECT count(*)::INTEGER FROM duckdb_tables() WHERE table_name LIKE 'sheet_%'`)).toEqual([
    [0],
  ])
})
