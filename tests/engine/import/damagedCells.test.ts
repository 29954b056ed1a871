import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/description'
import { type Imported, type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

/** A column between two others, tabs apart so that any sign may stand in it. */
function columnOf(name: string, texts: readonly string[]): Promise<Imported> {
  return files.importText(`shop\t${name}\tnote\n${texts.map((text, at) => `s${at}\t${text}\tx`).join('\n')}\n`)
}

function found(imported: Imported, id: string): Finding | undefined {
  return imported.description.findings.find((finding) => finding.id === id)
}

const prices = (count: number): string[] => Array.from({ length: count }, (_, at) => `${at + 1}.${10 + (at % 80)}`)
const days = (count: number, write: (day: number, month: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => write((at % 28) + 1, (at % 12) + 1))
const two = (part: number): string => String(part).padStart(2, '0')

describe('numbers of which a share was damaged stay numbers, and the damage is named with its count', () => {
  test.each([
    { damage: 'decimals became days', id: 'numbersAsDates', cell: '01-May', value: null },
    { damage: 'decimals became dates', id: 'numbersAsDates', cell: '2019-05-01', value: null },
    { damage: 'the column was too narrow', id: 'hashes', cell: '#####', value: null },
    { damage: 'a formula failed', id: 'hashes', cell: '#DIV/0!', value: null },
    { damage: 'decimal commas among points', id: 'mixedSigns', cell: '16,5', value: 16.5 },
    { damage: 'units', id: 'unitsInCells', cell: '5 pcs', value: 5 },
    { damage: 'brackets', id: 'bracketNegatives', cell: '(12.50)', value: -12.5 },
    { damage: 'a minus behind', id: 'bracketNegatives', cell: '12.50-', value: -12.5 },
    { damage: 'scientific notation', id: 'roundedNumbers', cell: '1.2E+03', value: 1200 },
  ])('$damage: $cell', async ({ id, cell, value }) => {
    const imported = await columnOf('price', [...prices(60), ...Array.from({ length: 20 }, () => cell)])
    expect(imported.column('price').type).toBe('decimal')
    expect(imported.values('price').slice(0, 2)).toEqual([1.1, 2.11])
    expect(imported.values('price').slice(60)).toEqual(Array.from({ length: 20 }, () => value))
    expect(found(imported, id)).toMatchObject({ column: 'price', count: 20, unit: 'cells', examples: [cell] })
  })

  test('one word among amounts is left empty and asked about', async () => {
    const imported = await columnOf('price', [...prices(80), ...Array.from({ length: 8 }, () => 'free')])
    expect(imported.column('price').type).toBe('decimal')
    expect(found(imported, 'unreadable')).toMatchObject({ count: 8, examples: ['free'] })
    expect(imported.description.choices.map(({ key }) => key)).toEqual([expect.stringMatching(/price\.unreadable$/)])
  })

  test('with both decimal signs in a column, three digits behind one of them are asked about', async () => {
    const imported = await columnOf('price', [...prices(60), '16,5', '7,25', '1,234'])
    expect(imported.description.choices.map(({ key }) => key)).toEqual([expect.stringMatching(/price\.decimalSign$/)])
  })

  test('codes that look like sizes with units are texts', async () => {
    const imported = await columnOf('variant', [...prices(10), '85123A', 'XL', '12B'])
    expect(imported.column('variant').type).toBe('text')
  })
})

describe('dates of which a share was damaged stay dates', () => {
  test('days of a spreadsheet among dates are turned into dates', async () => {
    const texts = [...days(60, (day, month) => `${two(day)}.${two(month)}.2019`), '43466', '43497']
    const imported = await columnOf('order date', [...texts, ...Array.from({ length: 20 }, () => '43467')])
    expect(imported.values('order date').slice(60, 63)).toEqual(['2019-01-01', '2019-02-01', '2019-01-02'])
    expect(found(imported, 'serialDates')).toMatchObject({ count: 22, examples: ['43466'] })
  })

  test('half of a column in the other order of day and month is serious', async () => {
    const texts = [
      ...days(60, (day, month) => `${two(day)}/${two(month)}/2019`),
      ...days(56, (day, month) => `${two(month)}/${two(day)}/2019`),
    ]
    const imported = await columnOf('date', texts)
    const late = texts.slice(60).filter((text) => Number(text.slice(3, 5)) > 12).length
    expect(imported.column('date').type).toBe('date')
    expect(found(imported, 'mixedOrder')).toMatchObject({ severity: 'serious', count: late })
    expect(imported.values('date').filter((day) => day === null)).toEqual([])
  })

  test('words among dates are left empty and asked about', async () => {
    const texts = [...days(60, (day, month) => `2019-${two(month)}-${two(day)}`), ...Array(25).fill('yesterday')]
    const imported = await columnOf('Buy Ts', texts as string[])
    expect(imported.column('Buy Ts').type).toBe('date')
    expect(found(imported, 'unreadable')).toMatchObject({ count: 25, examples: ['yesterday'] })
  })

  test('a zone in some cells only is told', async () => {
    const clocks = days(40, (day, month) => `2019-${two(month)}-${two(day)} 10:00:00`)
    const imported = await columnOf('time', [...clocks.map((text) => `${text} UTC`), ...clocks])
    expect(found(imported, 'mixedZones')).toMatchObject({ severity: 'warning', count: 40 })
  })
})

describe('ids that a spreadsheet dressed', () => {
  test('apostrophes in front are taken off', async () => {
    const imported = await columnOf('customer id', ["'00123", "'00124", '00125'])
    expect(imported.values('customer id')).toEqual(['00123', '00124', '00125'])
    expect(found(imported, 'apostropheIds')).toMatchObject({ count: 2, examples: ["'00123"] })
  })

  test('thousands separators are taken off where every id has them', async () => {
    const imported = await columnOf('customer id', ['17,850', '12,346', '999'])
    expect(imported.values('customer id')).toEqual(['17850', '12346', '999'])
    expect(found(imported, 'groupedIds')).toMatchObject({ count: 2 })
  })

  test('and where the others are digits alone', async () => {
    const imported = await columnOf('customer id', ['17,850', '12346', '999'])
    expect(imported.values('customer id')).toEqual(['17850', '12346', '999'])
    expect(found(imported, 'groupedIds')).toMatchObject({ count: 1 })
  })

  test('but not where some are no numbers', async () => {
    const imported = await columnOf('customer id', ['17,850', 'C-12346', '999'])
    expect(imported.values('customer id')).toEqual(['17,850', 'C-12346', '999'])
  })
})

describe('rows that are no data', () => {
  const rows = Array.from({ length: 600 }, (_, at) => `2019-01-${two((at % 28) + 1)},c${at},${at}.50,x`)
  const header = 'date,customer,amount,note'

  test('the header standing again is left out and told', async () => {
    const imported = await files.importText([header, ...rows.slice(0, 300), header, ...rows.slice(300), ''].join('\n'))
    expect(imported.values('customer')).toHaveLength(600)
    expect(imported.column('amount').type).toBe('decimal')
    expect(found(imported, 'headerAgain')).toMatchObject({ count: 1, unit: 'rows' })
    expect(found(imported, 'unreadable')).toBeUndefined()
  })

  test('a note below the table is left out and told', async () => {
    const imported = await files.importText([header, ...rows, 'Source: CRM, export of Monday', ''].join('\n'))
    expect(imported.values('customer')).toHaveLength(600)
    expect(found(imported, 'noteRows')).toMatchObject({ count: 1 })
  })

  test('a column without any value is told', async () => {
    const imported = await files.importText(`${header}\n${rows.map((row) => row.replace(/x$/, '')).join('\n')}\n`)
    expect(found(imported, 'emptyColumn')).toMatchObject({ column: 'note', severity: 'warning' })
  })

  test('a cell more in every row than the header has names is serious', async () => {
    const imported = await files.importText(`date,customer,amount\n${rows.slice(0, 50).join('\n')}\n`)
    expect(found(imported, 'extraCells')).toMatchObject({ severity: 'serious', count: 50 })
  })

  test('another file inside, zero bytes and quotes that never close are named', async () => {
    const text = [
      header,
      ...rows.slice(0, 3),
      `\ufeff${header}`,
      '2019-01-01,"c1,1.50,x',
      '2019-01-02,c\u00002,1.50,x',
      '',
    ]
    const imported = await files.importText(text.join('\n'))
    expect(imported.description.findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['joinedFiles', 'nulBytes', 'unclosedQuotes', 'headerAgain']),
    )
  })
})

test('lines in two encodings are each read in their own', async () => {
  const line = (name: string, encoding: BufferEncoding): Buffer => Buffer.from(`${name},1\n`, encoding)
  const bytes = [
    line('name', 'utf8'),
    ...Array.from({ length: 5 }, (_, at) => line(`Muñoz ${at}`, 'utf8')),
    ...Array.from({ length: 5 }, (_, at) => line(`Núñez ${at}`, 'latin1')),
  ]
  bytes[0] = Buffer.from('name,orders\n')
  const imported = await files.importText(Buffer.concat(bytes))
  expect(imported.values('name')).toEqual(
    [0, 1, 2, 3, 4].map((at) => `Muñoz ${at}`).concat([0, 1, 2, 3, 4].map((at) => `Núñez ${at}`)),
  )
})
