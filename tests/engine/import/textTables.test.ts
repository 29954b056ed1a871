import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

describe('the cells of a text', () => {
  test.each([
    { name: 'comma', delimiter: ',' },
    { name: 'semicolon', delimiter: ';' },
    { name: 'tab', delimiter: '\t' },
    { name: 'bar', delimiter: '|' },
    { name: 'tilde', delimiter: '~' },
    { name: 'separator of units', delimiter: '\u001f' },
  ])('between every $name', async ({ delimiter }) => {
    const lines = [
      ['name', 'note', 'n'],
      ['a', 'x y', '1'],
      ['b', 'z', '2'],
    ]
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const imported = await files.importText(lines.map((cells) => cells.join(delimiter) + lineEnd).join(''))
      expect(imported.read.delimiter).toBe(delimiter)
      expect(imported.rows).toEqual([
        ['a', 'x y', 1],
        ['b', 'z', 2],
      ])
    }
  })

  test('a declared delimiter is believed', async () => {
    const imported = await files.importText('sep=;\r\nname;price\r\na;1,5\r\nb;2,5\r\n')
    expect(imported.rows).toEqual([
      ['a', 1.5],
      ['b', 2.5],
    ])
  })

  test('blanks in any number, with ids that begin with zeros', async () => {
    const imported = await files.importText(
      ' customer_id  date number_of_cds  value\n 00001 19970101  1   11.77\n 00002 19970112 12    2.00\n 00002 19970113  5    7.25\n',
    )
    expect(imported.rows).toEqual([
      ['00001', '1997-01-01', 1, 11.77],
      ['00002', '1997-01-12', 12, 2],
      ['00002', '1997-01-13', 5, 7.25],
    ])
  })

  test('quoted cells hold delimiters, line ends and doubled quotes', async () => {
    const imported = await files.importText(
      'name,note,n\r\n"a, b","two\r\nlines",1\r\nc,"says ""yes""",2\r\nd,"",3\r\n',
    )
    expect(
      imported.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell.replaceAll('\r\n', '\n') : cell))),
    ).toEqual([
      ['a, b', 'two\nlines', 1],
      ['c', 'says "yes"', 2],
      ['d', null, 3],
    ])
  })

  test('a quote that never closes costs no row', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `n${index},${index === 120 ? '"19 inch' : 'plain'},${index}`)
    const imported = await files.importText(`name,note,n\n${rows.join('\n')}\n`)
    expect(imported.rows).toHaveLength(300)
    expect(imported.values('n')).toEqual(Array.from({ length: 300 }, (_, index) => index))
    expect(imported.values('note')[120]).toMatch(/19 inch/)
  })

  test('a quote in the middle of a cell belongs to it', async () => {
    const imported = await files.importText('name,note,n\na,19" screen,1\nb,plain,2\nc,7" tablet,3\n')
    expect(imported.values('note')).toEqual(['19" screen', 'plain', '7" tablet'])
  })

  test('lines that differ in length are filled, and what is left out is told', async () => {
    const imported = await files.importText('a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n13,14,15\n')
    expect(imported.rows.slice(0, 3)).toEqual([
      [1, 2, 3],
      [4, 5, null],
      [6, 7, 8],
    ])
    expect(imported.rows).toHaveLength(5)
    expect(imported.findings).toMatchObject({ shortLines: 1, longLines: 1 })
    expect(imported.description.findings.find(({ id }) => id === 'longLines')).toMatchObject({ severity: 'serious' })
  })

  test('a line that differs only far behind the beginning is found too', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) =>
      index === 35_000 ? `${index},short` : `${index},name ${index},7`,
    )
    const imported = await files.importText(`n,name,seven\n${rows.join('\n')}\n`)
    expect(imported.rows).toHaveLength(40_000)
    expect(imported.rows[35_000]).toEqual([35_000, 'short', null])
    expect(imported.findings).toMatchObject({ shortLines: 1 })
  })

  test('blank lines between rows are no rows', async () => {
    const imported = await files.importText('a,b\n\n1,2\n\n\n3,4\n\n')
    expect(imported.rows).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('the last line counts without a line end', async () => {
    expect((await files.importText('a,b\n1,2\n3,4')).rows).toHaveLength(2)
  })

  test('one column is a table', async () => {
    const imported = await files.importText('customer_id\n007\n008\n009\n')
    expect(imported.rows).toEqual([['007'], ['008'], ['009']])
  })

  test('a name with signs that mean something elsewhere', async () => {
    const path = files.file("it's [a] *file*?.csv", 'a,b\n1,2\n')
    expect((await files.import(path)).rows).toEqual([[1, 2]])
  })
})

describe('the header', () => {
  test('stands below title rows', async () => {
    const imported = await files.importText(
      'Sales report 2024\nShop: Madrid\n\nday,product,units\n2024-01-05,hat,1\n2024-01-06,scarf,2\n2024-01-07,hat,5\n',
    )
    expect(imported.read.headerRow).toBe(4)
    expect(imported.rows).toEqual([
      ['2024-01-05', 'hat', 1],
      ['2024-01-06', 'scarf', 2],
      ['2024-01-07', 'hat', 5],
    ])
    expect(imported.findings['titleRows']).toBe(3)
  })

  test('is missing: the first row is data and the columns are numbered', async () => {
    const imported = await files.importText('2024-01-05,hat,1\n2024-01-06,scarf,2\n')
    expect(imported.read).toMatchObject({ headerRow: 0 })
    expect(imported.read.columns.map((column) => column.name)).toEqual(['column 1', 'column 2', 'column 3'])
    expect(imported.rows).toHaveLength(2)
    expect(imported.findings['noHeader']).toBe(1)
  })

  test('with blanks, empty and repeated names becomes unique names', async () => {
    const imported = await files.importText('Product_Category ,,Price,price,source_row\nToys,x,1,2,3\nBooks,y,4,5,6\n')
    const names = imported.read.columns.map((column) => column.name)
    expect(names[0]).toBe('Product_Category')
    expect(imported.description.columns[0]?.original).toBe('Product_Category ')
    expect(names[1]).toBe('column 2')
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5)
    expect(names).not.toContain('source_row')
    expect(imported.rows[1]).toEqual(['Books', 'y', 4, 5, 6])
    expect(imported.findings).toMatchObject({ headerBlanks: 1, headerMissing: 1 })
  })

  test('of a table of texts only is still the header', async () => {
    const imported = await files.importText('user_id,search_page\nu1,search_page\nu2,search_page\n')
    expect(imported.read.headerRow).toBe(1)
    expect(imported.rows).toEqual([
      ['u1', 'search_page'],
      ['u2', 'search_page'],
    ])
  })

  test('may be years', async () => {
    const imported = await files.importText('region,2022,2023,2024\nNorth,10,20,30\nSouth,40,50,60\n')
    expect(imported.read.columns.map((column) => column.name)).toEqual(['region', '2022', '2023', '2024'])
    expect(imported.rows).toEqual([
      ['North', 10, 20, 30],
      ['South', 40, 50, 60],
    ])
  })
})

test('lists of different length without a header are baskets', async () => {
  const lines = ['milk,bread,butter', 'beer', 'milk,beer', 'bread,butter,milk,eggs', 'eggs,milk', 'beer,bread', 'milk']
  const path = files.file('lists.csv', `${lines.join('\n')}\n`)
  const [described] = (await files.describe(path)).tables
  expect(described?.recognised.kind).toBe('baskets')
  const imported = await files.import(path)
  expect(imported.rows.map((row) => row.filter((cell) => cell !== null).join(','))).toEqual(lines)
})

describe('the delimiter, where decimals have commas', () => {
  test('is found although some lines differ in length', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => {
      const line = `${1 + (index % 28)}.01.2024;${index},50;note ${index}`
      return index % 20 === 7 ? `${line};;;` : index % 20 === 13 ? line.replace(/;note.*/, '') : line
    })
    const imported = await files.importText(`Sales, Madrid\n\nDay;Amount;Note\n${rows.join('\n')}\n`)
    expect(imported.read.delimiter).toBe(';')
    expect(imported.values('Amount')).toEqual(rows.map((_, index) => index + 0.5))
    expect(imported.values('Note')[13]).toBeNull()
    expect(imported.findings).toMatchObject({ shortLines: 20, titleRows: 2 })
    expect(imported.findings['longLines']).toBeUndefined()
  })

  test('is found in three lines', async () => {
    const imported = await files.importText(
      'Date;Amount;Note\n05.01.2024;1.234,50;a\n26.01.2024;15,25;b;\n07.01.2024;15,25;c;;;\n',
    )
    expect(imported.rows).toEqual([
      ['2024-01-05', 1234.5, 'a'],
      ['2024-01-26', 15.25, 'b'],
      ['2024-01-07', 15.25, 'c'],
    ])
  })

  test('is the comma where lists are written with semicolons', async () => {
    const imported = await files.importText('id,tags\n1,a;b;c\n2,d;e;f\n3,g;h;i\n')
    expect(imported.rows.map((row) => row[1])).toEqual(['a;b;c', 'd;e;f', 'g;h;i'])
  })
})

test('rows with quoted line ends in a long file are cut where they end', async () => {
  const rows = Array.from({ length: 120_000 }, (_, n) =>
    n % 997 === 0 ? `${n},"two\nlines, ""q"" ${n}",${n}.5` : `${n},plain ${n},${n}.5`,
  )
  const imported = await files.importText(`n,note,v\r\n${rows.join('\r\n')}\r\n`)
  expect(imported.values('n')).toEqual(rows.map((_, n) => n))
  expect(imported.values('note')[997]).toBe('two\nlines, "q" 997')
})
