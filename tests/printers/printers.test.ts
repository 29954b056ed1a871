import { Workbook } from '@cj-tech-master/excelts'
import { describe, expect, test } from 'vitest'
import { chartSvg } from '../../main/printers/chartSvg'
import { chartTable } from '../../main/printers/chartTable'
import { niceTicks } from '../../main/printers/niceTicks'
import { tableToCsv, toCsv } from '../../main/printers/toCsv'
import { toExcel } from '../../main/printers/toExcel'
import { toHtml } from '../../main/printers/toHtml'
import { toText } from '../../main/printers/toText'
import { createFormatter } from '../../shared/format'
import { dangerous, everyAnswer, everyChart, everyTable } from './everyReport'
import { hasLibreOffice, recalculate } from './libreOffice'

const format = createFormatter({ locale: 'en-US', currency: null })
const charts = Object.values(everyChart)

describe('CSV', () => {
  const csv = tableToCsv(everyTable)

  test('header, CRLF, full precision, no rounding, ids as text', () => {
    const [head, first] = csv.split('\r\n')
    expect(head).toBe('Text,Id,Count,Money,Share,Day,Month')
    expect(first).toBe("'=1+1,0012345678901234567,0,-1234.5678,0.146,2024-02-29,2024-02")
  })

  test('text that looks like a formula is text, numbers stay negative, quotes and line ends are quoted', () => {
    for (const [text, written] of [
      ['+44 20', "'+44 20"],
      ['-5 %', "'-5 %"],
      ['@import', "'@import"],
      ['a,"b"\nc', '"a,""b""\nc"'],
    ] as const) {
      expect(dangerous).toContain(text)
      expect(csv).toContain(`${written},`)
    }
  })

  test('the main table of a report is the longest', () => {
    expect(toCsv(everyAnswer).split('\r\n')).toHaveLength(everyTable.rows.length + 2)
  })
})

describe('HTML', () => {
  const html = toHtml([everyAnswer], format)

  test('needs nothing and runs nothing', () => {
    expect(html.includes(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`)).toBe(true)
    // Tests of strings, not of the page: a failure should not print all of it.
    expect(html.match(/<script|<link|<img|\s(src|href|on\w+)=|@import url|javascript:/i)?.[0]).toBeUndefined()
    expect(html.includes('\u001b')).toBe(false)
    expect(html.includes('&lt;script&gt;')).toBe(true)
  })

  test.each(charts)('draws a $kind without a number that is not one', (chart) => {
    const drawn = chartSvg(chart, 'Title', format)
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/)
    expect(drawn.length).toBeGreaterThan(100)
  })

  test.each(charts.filter((chart) => !['heatmap', 'tree', 'grid'].includes(chart.kind)))(
    'a $kind without any data does not fail',
    (chart) => {
      const empty = { ...chart, ...{ series: [], bars: [], labels: [], steps: [], drivers: [] } }
      expect(chartSvg(empty, 'Title', format)).not.toMatch(/NaN|Infinity/)
    },
  )
})

test('text holds finding, figures, tables, and no control characters', () => {
  const text = toText(everyAnswer, format)
  expect(text).toContain('One of everything: 42% of 100.')
  expect(text).toContain('47.63%')
  expect(text).toContain('(unfinished)')
  expect(text).toContain('Champions: 12 customers')
  expect(text).not.toContain('\u001b')
})

test.each(charts)('a $kind is a table with as many cells in each row as columns', (chart) => {
  const table = chartTable(chart)
  expect(table.rows.length).toBeGreaterThan(0)
  for (const row of table.rows) expect(row.length).toBeLessThanOrEqual(table.columns.length)
})

describe('Excel', async () => {
  const bytes = await toExcel([everyAnswer, everyAnswer])
  const book = new Workbook()
  await book.xlsx.load(bytes)

  test('a sheet for the report and for each table, with legal names, twice', () => {
    const names = book.worksheets.map((sheet) => sheet.name)
    expect(names).toHaveLength(22)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(22)
    for (const name of names) expect(name).toMatch(/^[^\\/?*[\]:']{1,31}$/)
  })

  test('numbers are numbers, days are dates, text is text', () => {
    const sheet = book.getWorksheet('A table with a name too long fo')
    if (sheet === undefined) throw new Error(book.worksheets.map((one) => one.name).join(', '))
    const row = sheet.getRow(4)
    expect(row.getCell(1).value).toBe('=1+1')
    expect(row.getCell(1).formula).toBeUndefined()
    expect(row.getCell(2).value).toBe('0012345678901234567')
    expect(row.getCell(4).value).toBe(-1234.5678)
    expect(row.getCell(4).numFmt).toBe('#,##0.00')
    expect(row.getCell(5).value).toBe(0.146)
    expect(row.getCell(6).value).toEqual(new Date('2024-02-29T00:00:00Z'))
  })

  test('charts are native', () => {
    expect(book.worksheets.filter((sheet) => sheet.getCharts().length > 0)).toHaveLength(10)
  })

  test.skipIf(!hasLibreOffice())('another program opens it', async () => {
    const [again] = await recalculate([bytes])
    if (again === undefined) throw new Error('Not converted.')
    const other = new Workbook()
    await other.xlsx.load(again)
    expect(other.worksheets).toHaveLength(22)
  })
})

test.each([
  { least: 0, most: 168_300, ticks: [0, 50_000, 100_000, 150_000, 200_000] },
  { least: -17_925, most: 54_300, ticks: [-20_000, 0, 20_000, 40_000, 60_000] },
  { least: 0, most: 0.3, ticks: [0, 0.1, 0.2, 0.3] },
  { least: 0, most: 0, ticks: [0, 1] },
])('ticks from $least to $most', ({ least, most, ticks }) => {
  expect(niceTicks(least, most)).toEqual(ticks)
})
