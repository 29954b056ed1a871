import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/description'
import { type Imported, type ImportFolder, importFolder } from './importFolder'
import { workbookFile } from './workbookFile'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const found = (imported: Imported, id: string): Finding | undefined =>
  imported.description.findings.find((finding) => finding.id === id)

const two = (part: number): string => String(part).padStart(2, '0')
const day = (at: number): string => `2019-${two(1 + (at % 12))}-${two(1 + (at % 28))}`

describe('rows that sum up others are left out', () => {
  const rows = Array.from({ length: 200 }, (_, at) => `${day(at)},c${at},${at}.50,x`)
  const header = 'date,customer,amount,note'

  test.each([
    'Total',
    'Grand Total',
    'Subtotal 2019-01',
    'Total general',
    'Suma',
    'Gesamt',
    'Total Europe',
    'Promedio',
  ])('%s', async (label) => {
    const imported = await files.importText([header, ...rows, `${label},,19900.00,`, ''].join('\n'))
    expect(imported.rows).toHaveLength(200)
    expect(found(imported, 'totalRows')).toMatchObject({ count: 1, treatment: expect.stringMatching(/^Left out/) })
  })

  test('with the word in a later column, where nothing stands before it', async () => {
    const sales = Array.from({ length: 60 }, (_, at) => `${1000 + at},S${at},Cup ${at},${at},${day(at)}`)
    const table = (last: string) =>
      files.importText(['order,sku,description,quantity,day', ...sales, last, ''].join('\n'))
    const imported = await table(',,TOTAL,1770,')
    expect(imported.rows).toHaveLength(60)
    expect(found(imported, 'totalRows')).toMatchObject({ count: 1, treatment: expect.stringMatching(/^Left out/) })
    expect((await table('9,S9,Total,3,')).rows).toHaveLength(61)
  })

  test('but not where every cell is filled: a brand may be called Total', async () => {
    const imported = await files.importText([header, ...rows, '2019-05-01,Total,7.50,x', ''].join('\n'))
    expect(imported.rows).toHaveLength(201)
    expect(found(imported, 'totalRows')).toMatchObject({ count: 1, treatment: expect.stringMatching(/^Kept/) })
  })

  test('in a table of two columns by the word alone', async () => {
    const imported = await files.importText('category,rate\nHats,0.1\nTotal hats,0.2\nBags,0.18\nTotal,0.48\n')
    expect(imported.values('category')).toEqual(['Hats', 'Total hats', 'Bags'])
  })
})

describe('a row of units below the header', () => {
  const rows = Array.from({ length: 30 }, (_, at) => `${day(at)},${at + 1},${at}.50`)

  test.each(['yyyy-mm-dd,pcs,EUR', 'date,integer,decimal', 'DD/MM/YYYY,-,[USD]'])('%s', async (units) => {
    const imported = await files.importText(['day,quantity,price', units, ...rows, ''].join('\n'))
    expect(imported.rows).toHaveLength(30)
    expect(imported.column('price').type).toBe('decimal')
    expect(found(imported, 'unitsRow')).toMatchObject({ severity: 'warning', count: 1 })
  })

  test('many such rows are data', async () => {
    const imported = await files.importText('unit,size\nkg,g\npcs,kg\nkg,pcs\n')
    expect(imported.rows).toHaveLength(3)
  })
})

describe('lines in quotes as a whole', () => {
  test('are cut once the quotes are off', async () => {
    const lines = ['date,name,amount', ...Array.from({ length: 20 }, (_, at) => `${day(at)},"Hat, ${at}",${at}.5`)].map(
      (line) => `"${line.replaceAll('"', '""')}"`,
    )
    const imported = await files.importText(`${lines.join('\n')}\n`)
    expect(imported.rows[3]).toEqual([day(3), 'Hat, 3', 3.5])
    expect(found(imported, 'wrappedLines')).toMatchObject({ severity: 'warning' })
  })

  test('cells in quotes are something else', async () => {
    const imported = await files.importText('"a","b"\n"1","x"\n"2","y"\n')
    expect(found(imported, 'wrappedLines')).toBeUndefined()
    expect(imported.rows).toEqual([
      [1, 'x'],
      [2, 'y'],
    ])
  })
})

test('a sheet whose rows stand in one column is named', async () => {
  const lines = [['source_id,dt,costs'], ...Array.from({ length: 20 }, (_, at) => [`${at % 4},${day(at)},${at}.5`])]
  const imported = await files.import(files.file('uncut.xlsx', workbookFile([{ name: 'Data', rows: lines }])))
  expect(found(imported, 'uncutColumn')).toMatchObject({ severity: 'serious', count: 20 })
})

test('two tables side by side are named', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => [day(at), at + 1, null, ...(at < 6 ? [`Kind ${at}`, 0.1] : [])])
  const imported = await files.import(
    files.file(
      'beside.xlsx',
      workbookFile([{ name: 'Data', rows: [['Day', 'Cost', null, 'Category', 'Rate'], ...rows] }]),
    ),
  )
  expect(found(imported, 'sideBySide')).toMatchObject({ severity: 'serious', count: 6, examples: ['Day', 'Category'] })
})

test('sheets with the same columns are parts of one table', async () => {
  const sheetOf = (name: string, month: number) => ({
    name,
    rows: [
      ['Date', 'Costs'],
      ...Array.from({ length: 20 }, (_, at) => [`2019-${two(month)}-${two(at + 1)}`, at * 3 + 1.5]),
    ],
  })
  const described = await files.describe(
    files.file('months.xlsx', workbookFile([sheetOf('Jan', 1), sheetOf('Feb', 2), sheetOf('Mar', 3)])),
  )
  const alike = described.tables.flatMap(({ findings }) => findings.filter(({ id }) => id === 'sheetsAlike'))
  expect(alike).toMatchObject([{ count: 3, unit: 'sheets', examples: ['Jan', 'Feb', 'Mar'] }])
})

describe('cells that moved', () => {
  test('one column empty and another unreadable in the same rows', async () => {
    const rows = Array.from({ length: 200 }, (_, at) =>
      at % 20 === 3 ? `${at % 5},,${day(at)}` : `${at % 5},${day(at)},${at}.25`,
    )
    const imported = await files.importText(['source,day,costs', ...rows, ''].join('\n'))
    expect(found(imported, 'shiftedRows')).toMatchObject({ severity: 'serious', count: 10 })
  })
})

describe('dates', () => {
  test.each([
    ['Tuesday, January 01, 2019', '2019-01-01'],
    ['Wed, 02 Jan 2019', '2019-01-02'],
    ['lunes 14/01/2019', '2019-01-14'],
  ])('with the name of the day: %s', async (written, read) => {
    const imported = await files.importText(
      `shop\tdate\n${Array.from({ length: 5 }, () => `a\t${written}`).join('\n')}\n`,
    )
    expect(imported.values('date')[0]).toBe(read)
  })

  test('written as one number with the clock', async () => {
    const imported = await files.importText('shop,buy ts\na,20190114093005\nb,20190115180000\n')
    expect(imported.column('buy ts').type).toBe('timestamp')
    expect(imported.values('buy ts').map(String)).toEqual(['2019-01-14 09:30:05', '2019-01-15 18:00:00'])
  })

  test('a few zeros among dates written as numbers are left empty', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => `c${at},${at % 50 === 9 ? '0' : day(at).replaceAll('-', '')}`)
    const imported = await files.importText(['customer,date', ...rows, ''].join('\n'))
    expect(imported.column('date').type).toBe('date')
    expect(found(imported, 'unreadable')).toMatchObject({ count: 2, examples: ['0'] })
  })
})

test('units in every cell are read as numbers', async () => {
  const imported = await files.importText('product,quantity\nhat,3 pcs\nbag,12 pcs\nshoe,1 pcs\n')
  expect(imported.values('quantity')).toEqual([3, 12, 1])
  expect(found(imported, 'unitsInCells')).toMatchObject({ count: 3 })
})

test('the cells of the rarer currency are counted', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => `s${at}\t${at % 8 === 0 ? '€' : '$'}${at}.50`)
  const imported = await files.importText(`shop\tprice\n${rows.join('\n')}\n`)
  expect(found(imported, 'mixedCurrencies')).toMatchObject({ severity: 'serious', count: 5 })
})

test('a header that stands again in another spelling', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => `${1000 + at},${day(at)},${at}.50`)
  const text = [
    'order_id,order_date,unit_price',
    ...rows.slice(0, 30),
    'Order ID,Order Date,Unit Price',
    ...rows.slice(30),
    '',
  ]
  const imported = await files.importText(text.join('\n'))
  expect(imported.rows).toHaveLength(60)
  expect(found(imported, 'headerAgain')).toMatchObject({ count: 1 })
})

test('dates head columns of numbers', async () => {
  const rows = Array.from({ length: 20 }, (_, at) => `Shop ${at},${at},${at + 1},${at + 2}`)
  const imported = await files.importText(['shop,2023-01-01,2023-02-01,2023-03-01', ...rows, ''].join('\n'))
  expect(imported.rows).toHaveLength(20)
  expect(imported.column('2023-02-01').type).toBe('integer')
})

describe('values that stand in the header', () => {
  const shop = (header: string) => {
    const rows = Array.from({ length: 20 }, (_, at) => `${day(at)},${at},${at + 1}.5,${at * 3}`)
    return files.importText([header, ...rows, ''].join('\n'))
  }
  test.each(['day,source_1,source_2,source_10', 'x,2023-01,2023-02,2023-03', 'x,Jan 2023,Feb 2023,Mar 2023'])(
    '%s',
    async (header) => {
      expect(found(await shop(header), 'valuesInHeader')).toMatchObject({ severity: 'info', count: 3 })
    },
  )

  test.each(['day,quantity,price,delivery', 'day,source_1,source_2,total', 'day,price 1,cost 2,tax 3'])(
    'but not %s',
    async (header) => {
      expect(found(await shop(header), 'valuesInHeader')).toBeUndefined()
    },
  )
})

test('a second row of names below the header', async () => {
  const rows = Array.from({ length: 20 }, (_, at) => `c${at},${day(at)},${at},${at}.5`)
  const imported = await files.importText(
    ['Client,When,Item,Item', 'customer,order_date,quantity,price', ...rows, ''].join('\n'),
  )
  expect(found(imported, 'secondHeader')).toMatchObject({ severity: 'warning', count: 1 })
  const one = await files.importText(['client,day,count,price', 'c0,2019-01-01,few,1.5', ...rows, ''].join('\n'))
  expect(found(one, 'secondHeader')).toBeUndefined()
})
