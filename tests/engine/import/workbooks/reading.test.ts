import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../importFolder'
import { zipFile } from '../zipFile'
import { fixtureFolder } from './corpus'
import { mainNamespace, rawWorkbook, sheetData } from './rawWorkbook'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

let written = 0
function book(workbook: Parameters<typeof rawWorkbook>[0]): string {
  written += 1
  return files.file(`raw${written}.xlsx`, rawWorkbook(workbook))
}
const text = (value: string): string => `<c r="@" t="inlineStr"><is><t>${value}</t></is></c>`
const number = (value: number, style = 0): string => `<c r="@" s="${style}"><v>${value}</v></c>`

describe('a header with merged cells', () => {
  test('is filled from the left, a title above it is not', async () => {
    const imported = await files.import(join(fixtureFolder, 'merged header.xlsx'))
    expect(imported.read.headerRow).toBe(3)
    expect(imported.description.columns.map(({ original }) => original)).toEqual([
      'region',
      'region',
      'amount',
      'amount',
      'paid',
    ])
    expect(imported.rows).toHaveLength(40)
    expect(imported.rows[0]?.slice(0, 3)).toEqual(['region 0', '2019-01-01', 0])
  })

  test('is filled from above', async () => {
    const imported = await files.import(
      book({
        sheet: `${sheetData([
          [text('region'), text('sales')],
          ['<c r="@"/>', text('units'), text('price')],
          ...[1, 2, 3].map((row) => [text(`r${row}`), number(row), number(row * 1.5)]),
        ])}<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>`,
      }),
    )
    // The upper one of two rows that both could be it; the lower one is told as texts among numbers.
    expect(imported.description.columns.map(({ original }) => original)).toEqual(['region', 'sales', 'sales'])
  })

  test('is found where it would be too narrow without them', async () => {
    const imported = await files.import(
      book({
        sheet: `${sheetData([
          [text('name'), text('visits'), '', '', ''],
          ...['a', 'b', 'c'].map((name, row) => [text(name), ...[1, 2, 3, 4].map((n) => number(n + row))]),
        ])}<mergeCells count="1"><mergeCell ref="B1:E1"/></mergeCells>`,
      }),
    )
    expect(imported.read.headerRow).toBe(1)
    expect(imported.rows).toEqual([
      ['a', 1, 2, 3, 4],
      ['b', 2, 3, 4, 5],
      ['c', 3, 4, 5, 6],
    ])
  })
})

describe('cells', () => {
  test('durations are hours, percentages are fractions', async () => {
    const imported = await files.import(
      book({
        formats: ['[h]:mm', '0%'],
        sheet: sheetData([
          [text('task'), text('spent'), text('share')],
          [text('a'), number(1.0625, 1), number(0.25, 2)],
          [text('b'), number(0.5, 1), number(1, 2)],
        ]),
      }),
    )
    expect(imported.values('spent')).toEqual([25.5, 12])
    expect(imported.values('share')).toEqual([0.25, 1])
  })

  test('separators, quotes and line ends inside texts come through unchanged', async () => {
    const odd = [
      'a,b',
      'say "hi"',
      'one&#10;two',
      'one_x000D_&#10;two',
      "it's",
      'tab&#9;tab',
      '\\N',
      '#no error',
      'end,',
    ]
    const imported = await files.import(
      book({ sheet: sheetData([[text('note'), text('n')], ...odd.map((value, row) => [text(value), number(row)])]) }),
    )
    expect(imported.values('note')).toEqual(
      odd.map((value) => value.replace('&#10;', '\n').replace('_x000D_', '\r').replace('&#9;', '\t')),
    )
  })

  test('signs that cannot stand in XML are dropped, halves of pairs are replaced', async () => {
    const imported = await files.import(
      book({
        sheet: sheetData([[text('note')], [text('a_x0000_b_x001F_c_x001E_d')], [text('_xD83C__xDFA9_ _xD83C_')]]),
      }),
    )
    expect(imported.values('note')).toEqual(['abcd', '🎩 \ufffd'])
  })

  test('XML in UTF-16', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="${mainNamespace}">${sheetData([
      [text('naïve'), text('n')],
      [text('漢字 🎩'), number(1)],
    ])}</worksheet>`
    for (const mark of ['\ufeff', '']) {
      const imported = await files.import(book({ sheet: Buffer.from(mark + xml, 'utf16le') }))
      expect(imported.rows).toEqual([['漢字 🎩', 1]])
      expect(imported.read.columns[0]?.name).toBe('naïve')
    }
  })

  test('signs of several bytes across the borders of pieces', async () => {
    const long = Array.from({ length: 6000 }, (_, row) => [text(`${'漢'.repeat(1 + (row % 23))}🎩${row}`), number(row)])
    const imported = await files.import(
      book({ sheet: sheetData([[text('name'), text('n')], ...long]), zip: { stored: true } }),
    )
    expect(imported.rows).toEqual(long.map((_, row) => [`${'漢'.repeat(1 + (row % 23))}🎩${row}`, row]))
  })

  test('hidden rows are read and told', async () => {
    const imported = await files.import(join(fixtureFolder, 'every type.xlsx'))
    expect(imported.rows).toHaveLength(60)
    expect(imported.findings['hiddenRows']).toBe(1)
    const described = await files.describe(join(fixtureFolder, 'every type.xlsx'))
    expect(described.skipped).toEqual([
      { sheet: 'Hidden', reason: 'hidden' },
      { sheet: 'Empty', reason: 'empty' },
    ])
  })
})

test('hidden columns, formulas without a result and cells merged over rows are told', async () => {
  const formula = (inner: string, type = ''): string => `<c${type}><f>A1*2</f>${inner}</c>`
  const rows = Array.from(
    { length: 8 },
    (_, row) =>
      `<row><c><v>${row}</v></c>${formula(row < 3 ? '<v/>' : '<v>2</v>')}${formula('<v></v>', ' t="str"')}</row>`,
  )
  const head = `<row>${['a', 'b', 'c'].map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('')}</row>`
  const sheet = `<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" hidden="1"/></cols><sheetData>${head}${rows.join('')}</sheetData><mergeCells><mergeCell ref="A3:A5"/><mergeCell ref="A6:B6"/></mergeCells>`
  const imported = await files.import(book({ sheet }))
  expect(imported.findings).toMatchObject({ hiddenColumns: 1, formulasWithoutResult: 3, mergedCells: 2 })
})

test('a number typed over a formula, shared or not, is told', async () => {
  const head = `<row>${['a', 'b', 'c'].map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('')}</row>`
  const formula = (row: number): string => {
    if (row === 6) return '<c><v>7</v></c><c><v>8</v></c>'
    const first = row === 2 ? ' ref="C2:C12"' : ''
    const shared = `<c><f t="shared"${first} si="0">${row === 2 ? 'A2*3' : ''}</f><v>3</v></c>`
    return `<c><f>A${row}*2</f><v>2</v></c>${shared}`
  }
  const rows = Array.from({ length: 11 }, (_, at) => `<row><c><v>${at}</v></c>${formula(at + 2)}</row>`)
  const imported = await files.import(book({ sheet: `<sheetData>${head}${rows.join('')}</sheetData>` }))
  expect(imported.findings).toMatchObject({ formulas: 20, formulasOverwritten: 2 })
})

describe('what no workbook is allowed to do is refused with file, sheet and row', () => {
  const row = (index: number, cells = '<c><v>1</v></c>'): string => `<row r="${index}">${cells}</row>`
  test.each([
    {
      name: 'a column beyond the last',
      sheet: `<sheetData>${row(1)}${row(2, '<c r="XFE2"><v>1</v></c>')}</sheetData>`,
      at: 2,
    },
    { name: 'a row beyond the last', sheet: `<sheetData>${row(1)}${row(1_048_577)}</sheetData>`, at: 1 },
    { name: 'rows that go back', sheet: `<sheetData>${row(7)}${row(7)}</sheetData>`, at: 7 },
    { name: 'a cell of another row', sheet: `<sheetData>${row(3, '<c r="A4"><v>1</v></c>')}</sheetData>`, at: 3 },
    { name: 'a text that is not there', sheet: `<sheetData>${row(5, '<c t="s"><v>9</v></c>')}</sheetData>`, at: 5 },
    { name: 'tags that do not match', sheet: `<sheetData>${row(4)}<row r="5"><c></row></sheetData>`, at: 5 },
    {
      name: 'a row that breaks off',
      sheet: `<?xml version="1.0"?><worksheet><sheetData>${row(2)}<row r="3"><c>`,
      at: 3,
    },
    {
      name: 'entities of its own',
      sheet: '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "&a;&a;">]><worksheet/>',
      at: undefined,
    },
    { name: 'an attribute without end', sheet: `<sheetData>${row(1)}<row r="2"><c r="${'A'.repeat(5_000_000)}`, at: 2 },
    {
      name: 'bytes that are no UTF-8',
      sheet: Buffer.from(
        `<worksheet><sheetData>${row(1, '<c t="str"><v>caf\xe9</v></c>')}${row(2)}</sheetData></worksheet>`,
        'latin1',
      ),
      at: undefined,
    },
  ])('$name', async ({ sheet, at }) => {
    const path = book({ sheet })
    const error = await files.refusal(path)
    expect(error).toMatchObject({
      code: 'bad-file',
      where: { file: path, sheet: 'Data', ...(at === undefined ? {} : { row: at }) },
    })
    expect(error.message).toContain('Data')
    expect(error.hint).toContain('Excel')
  })

  test('a sheet that inflates without end', async () => {
    const path = book({ sheet: `<sheetData>${row(1)}</sheetData>${'<x/>'.repeat(70_000_000)}` })
    const error = await files.refusal(path)
    expect(error).toMatchObject({ code: 'bad-file' })
    expect(error.technical).toContain('400 times')
  })

  test('a checksum that does not fit', async () => {
    const bytes = rawWorkbook({ sheet: sheetData([[text('name')], [text('one')]]), zip: { stored: true } })
    bytes[bytes.indexOf('one', 0, 'latin1')] = 0x78
    expect(await files.refusal(files.file('changed.xlsx', bytes))).toMatchObject({
      code: 'bad-file',
      technical: expect.stringContaining('checksum'),
    })
  })
})

describe('workbooks in other formats', () => {
  const rows = [
    ['name', 'day', 'at', 'amount', 'share', 'spent', 'flag'],
    ...Array.from({ length: 50 }, (_, index) => [
      `name ${index}`,
      43_466 + index,
      43_466.5 + index,
      index / 8,
      index / 100,
      1.5,
      index % 2 === 0,
    ]),
  ]
  const formats = ['General', 'yyyy-mm-dd', 'yyyy-mm-dd hh:mm', '#,##0.00', '0%', '[h]:mm', 'General']
  function sheetJsBook(): ReturnType<typeof utils.book_new> {
    const sheet = utils.aoa_to_sheet(rows)
    for (const [reference, cell] of Object.entries(sheet))
      if (!reference.startsWith('!') && cell.t === 'n') cell.z = formats[utils.decode_cell(reference).c]
    sheet['E3'] = { t: 'e', v: 7 }
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet, 'Data')
    utils.book_append_sheet(book, utils.aoa_to_sheet([]), 'Nothing')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['a'], [1]]), 'Secret')
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 0 }, { Hidden: 1 }] }
    return book
  }

  test.each(['biff8', 'biff5', 'xlsb', 'ods'] as const)('%s: the same table as from .xlsx', async (bookType) => {
    const ending = bookType.startsWith('biff') ? 'xls' : bookType
    const other = files.file(`${bookType}.${ending}`, write(sheetJsBook(), { type: 'buffer', bookType }))
    const xlsx = files.file(`${bookType}.xlsx`, write(sheetJsBook(), { type: 'buffer', bookType: 'xlsx' }))
    const described = await files.describe(other)
    expect(described).toMatchObject({ format: 'oldWorkbook', extensionMisleads: false })
    expect(described.skipped.map(({ sheet }) => sheet)).toContain('Nothing')
    const [one, two] = [await files.import(other, { sheet: 'Data' }), await files.import(xlsx, { sheet: 'Data' })]
    expect(one.rows).toEqual(two.rows)
    expect(one.rows[2]).toEqual(['name 2', '2019-01-03', '2019-01-03 12:00:00', 0.25, 0.02, 36, 'TRUE'])
    // SheetJS writes no errors into .ods.
    expect(one.findings['errorCells']).toBe(bookType === 'ods' ? undefined : 1)
    expect(readdirSync(files.tempFolder).filter((name) => name.endsWith('.csv'))).toEqual([])
  })

  test.each(['ods', 'xls'])('written by LibreOffice as .%s', async (ending) => {
    const imported = await files.import(join(fixtureFolder, `libreOffice.${ending}`))
    expect(imported.rows).toEqual([
      ['café 0', '2019-01-01', '2019-01-01 18:30:00', 0, 0, 25.5],
      ['café 1', '2019-01-02', '2019-01-02 18:30:00', null, 0.01, 25.5],
      ['café 2', '2019-01-03', '2019-01-03 18:30:00', 2.5, 0.02, 25.5],
      ['café 3', '2019-01-04', '2019-01-04 18:30:00', 3.75, 0.03, 25.5],
    ])
    expect(imported.description.findings.find(({ id }) => id === 'errorCells')?.examples).toEqual(['D3: #DIV/0!'])
  })

  test('a workbook whose parts are those of a binary one but damaged', async () => {
    const path = files.file(
      'bad.xlsb',
      zipFile({ 'xl/workbook.bin': 'x'.repeat(500), '[Content_Types].xml': '<Types/>' }),
    )
    expect(await files.refusal(path)).toMatchObject({ code: 'bad-file', where: { file: path } })
  })
})
