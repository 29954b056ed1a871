import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Imported, type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

/** A column of these texts between two others, separated by tabs so that any sign may stand in them. */
function columnOf(texts: readonly string[], choices: Readonly<Record<string, string>> = {}): Promise<Imported> {
  return files.importText(
    `name\tvalue\tnote\n${texts.map((text, index) => `n${index}\t${text}\tx`).join('\n')}\n`,
    choices,
  )
}

describe('numbers as people write them', () => {
  test.each([
    { name: 'whole', texts: ['1', '-20', '+3'], numbers: [1, -20, 3] },
    { name: 'decimal point', texts: ['1.5', '-0.25', '.5', '7'], numbers: [1.5, -0.25, 0.5, 7] },
    { name: 'decimal comma', texts: ['1,5', '-0,25', '7', '1234,50'], numbers: [1.5, -0.25, 7, 1234.5] },
    { name: 'points between thousands', texts: ['1.234,50', '12,00', '1.234.567,00'], numbers: [1234.5, 12, 1234567] },
    { name: 'commas between thousands', texts: ['1,234.50', '12.00', '1,234,567.00'], numbers: [1234.5, 12, 1234567] },
    {
      name: 'commas between thousands only',
      texts: ['1,234,567', '12,345,678', '999'],
      numbers: [1234567, 12345678, 999],
    },
    {
      name: 'blanks between thousands',
      texts: ['1 234,50', '12,00', '1\u00A0234\u202F567,00'],
      numbers: [1234.5, 12, 1234567],
    },
    { name: 'apostrophes between thousands', texts: ["1'234.50", '12.00'], numbers: [1234.5, 12] },
    { name: 'currency in front', texts: ['$1,234.50', '$5.00', '-$2.00', '$-3.00'], numbers: [1234.5, 5, -2, -3] },
    { name: 'currency behind', texts: ['1.234,50 €', '5,00 €', '-2,00€'], numbers: [1234.5, 5, -2] },
    { name: 'currency codes', texts: ['EUR 12.50', 'EUR 3.25'], numbers: [12.5, 3.25] },
    { name: 'percent', texts: ['10%', '7.5 %', '100%'], numbers: [0.1, 0.075, 1] },
    { name: 'brackets', texts: ['(1,234.50)', '12.25', '($3.00)'], numbers: [-1234.5, 12.25, -3] },
    { name: 'minus behind, and the typographic one', texts: ['12.50-', '−3.25', '1.00'], numbers: [-12.5, -3.25, 1] },
    { name: 'powers of ten of a spreadsheet', texts: ['1.5E-05', '2.5', '3.25E+03'], numbers: [0.000015, 2.5, 3250] },
    { name: 'many decimals', texts: ['0.1234567891', '2.5'], numbers: [0.1234567891, 2.5] },
    { name: 'large sums', texts: ['123456789012.55', '0.01'], numbers: [123456789012.55, 0.01] },
  ])('$name: $texts', async ({ texts, numbers }) => {
    const imported = await columnOf(texts)
    expect(imported.values('value')).toEqual(numbers)
    expect(imported.unreadable).toEqual([])
    expect(imported.description.choices).toEqual([])
  })

  test.each(['STA-004', 'B12', '12 34', '1-2', '5 apples', '1.2.3', '1,2,3', '2024-13-45', '12:30', '$', '%', '()'])(
    '%s is no number, also among amounts of money',
    async (text) => {
      const amounts = Array.from({ length: 60 }, (_, index) => `$${index + 1}.50`)
      const imported = await columnOf([...amounts, text])
      expect(imported.values('value').slice(0, 60)).toEqual(amounts.map((amount) => Number(amount.slice(1))))
      expect(imported.values('value')[60]).toBeNull()
      expect(imported.unreadable).toEqual([{ column: 'value', count: 1, examples: [{ row: 61, value: text }] }])
    },
  )

  test.each([
    { usual: '7,25', odd: '1.5', says: 'a point before one decimal in a column with commas' },
    { usual: '7.25', odd: '1,5', says: 'a comma before one decimal in a column with points' },
  ])('$says is read as what it is, and told', async ({ usual, odd }) => {
    const imported = await columnOf([...Array.from({ length: 60 }, () => usual), odd])
    expect(imported.values('value')[0]).toBe(7.25)
    expect(imported.values('value')[60]).toBe(1.5)
    expect(imported.description.findings.find(({ id }) => id === 'mixedSigns')).toMatchObject({
      severity: 'warning',
      count: 1,
      examples: [odd],
    })
  })

  test.each([
    { usual: '$7.25', odd: '$1,5', says: 'a comma before one decimal behind a currency' },
    { usual: '7,25 €', odd: '1.55 €', says: 'a point before one decimal in front of a currency' },
  ])('$says is not taken for thousands', async ({ usual, odd }) => {
    const imported = await columnOf([...Array.from({ length: 60 }, () => usual), odd])
    expect(imported.values('value')[0]).toBe(7.25)
    expect(imported.values('value')[60]).toBeNull()
    expect(imported.unreadable).toEqual([{ column: 'value', count: 1, examples: [{ row: 61, value: odd }] }])
  })

  test('several currencies in one column are a serious finding', async () => {
    const imported = await columnOf(['$5.00', '€7.00', '$8.00', '£2.00'])
    const finding = imported.description.findings.find(({ id }) => id === 'mixedCurrencies')
    expect(finding).toMatchObject({ severity: 'serious', column: 'value' })
  })
})

test('percent signs in some cells only are a serious finding', async () => {
  const imported = await columnOf(['10%', '10', '5%'])
  expect(imported.values('value')).toEqual([0.1, 10, 0.05])
  expect(imported.description.findings.find(({ id }) => id === 'mixedPercent')).toMatchObject({
    severity: 'serious',
    count: 2,
  })
})

describe('the separator that says nothing', () => {
  test('is asked for, and the answer changes the numbers', async () => {
    const asked = await columnOf(['1.234', '5.678', '10.250'])
    expect(asked.values('value')).toEqual([1.234, 5.678, 10.25])
    expect(asked.description.choices).toEqual([
      expect.objectContaining({
        key: expect.stringMatching(/\.value\.decimalSign$/),
        chosen: 'point',
        decidedBy: 'default',
      }),
    ])
    const answered = await columnOf(['1.234', '5.678', '10.250'], { 'value.decimalSign': 'comma' })
    expect(answered.values('value')).toEqual([1234, 5678, 10250])
    const commas = await columnOf(['1,234', '5,678'])
    expect(commas.values('value')).toEqual([1234, 5678])
    expect(commas.description.choices).toHaveLength(1)
    expect((await columnOf(['1,234', '5,678'], { 'value.decimalSign': 'comma' })).values('value')).toEqual([
      1.234, 5.678,
    ])
  })

  test('is decided by a value behind the first 2,000 rows', async () => {
    const texts = [...Array.from({ length: 4000 }, () => '1.234'), '1.234,50']
    const imported = await columnOf(texts)
    expect(imported.values('value').slice(-2)).toEqual([1234, 1234.5])
    expect(imported.unreadable).toEqual([])
  })
})

describe('what comes late in a column', () => {
  const whole = Array.from({ length: 3000 }, (_, index) => String(index))

  test('decimals make it decimal', async () => {
    const imported = await columnOf([...whole, '0.5', '1.25'])
    expect(imported.column('value').type).toBe('decimal')
    expect(imported.values('value').slice(-3)).toEqual([2999, 0.5, 1.25])
    expect(imported.unreadable).toEqual([])
  })

  test('decimals with a comma make it decimal', async () => {
    const imported = await columnOf([...whole, '0,5', '1,25'])
    expect(imported.values('value').slice(-3)).toEqual([2999, 0.5, 1.25])
  })

  test('brackets and currencies are read', async () => {
    const imported = await columnOf([...whole, '(12)', '$1,250.50'])
    expect(imported.values('value').slice(-3)).toEqual([2999, -12, 1250.5])
  })

  test('many texts make it text, and nothing is lost', async () => {
    const texts = [...whole, ...Array.from({ length: 1000 }, (_, index) => `item ${index}`)]
    const imported = await columnOf(texts)
    expect(imported.column('value').type).toBe('text')
    expect(imported.values('value')).toEqual(texts)
  })

  test('a few texts are counted, shown, and kept on demand', async () => {
    const texts = [...whole, 'unknown', 'see note']
    const imported = await columnOf(texts)
    expect(imported.column('value')).toMatchObject({ type: 'integer' })
    expect(imported.values('value').slice(-2)).toEqual([null, null])
    expect(imported.unreadable).toEqual([
      {
        column: 'value',
        count: 2,
        examples: [
          { row: 3001, value: 'unknown' },
          { row: 3002, value: 'see note' },
        ],
      },
    ])
    expect(imported.description.choices).toEqual([
      expect.objectContaining({ key: expect.stringMatching(/\.value\.unreadable$/), chosen: 'empty' }),
    ])
    const kept = await columnOf(texts, { 'value.unreadable': 'keepText' })
    expect(kept.values('value')).toEqual(texts)
    expect(kept.unreadable).toEqual([])
  })
})

test('words for nothing are missing among numbers and are counted', async () => {
  const imported = await columnOf(['1.5', 'NA', '', '-', 'n/a', 'NULL', '2.5'])
  expect(imported.values('value')).toEqual([1.5, null, null, null, null, null, 2.5])
  expect(imported.column('value').missing).toBe(5)
  expect(imported.findings['blankWords']).toBe(4)
})

test('a column without a value is empty', async () => {
  const imported = await files.importText('a,b,c\n1,,x\n2,,y\n')
  expect(imported.column('b')).toMatchObject({ type: 'empty', missing: 2, distinct: 0 })
  expect(imported.values('b')).toEqual([null, null])
})

test('a column of 0 and 1 is a flag', async () => {
  const imported = await columnOf(['0', '1', '1', '0'])
  expect(imported.column('value').type).toBe('flag')
  expect(imported.values('value')).toEqual([0, 1, 1, 0])
})

test('entities of web pages are signs', async () => {
  const imported = await columnOf(['Hat &quot;Nest&quot;', 'Toys &amp; Games', 'R&D', '&amp;lt;'])
  expect(imported.values('value')).toEqual(['Hat "Nest"', 'Toys & Games', 'R&D', '&lt;'])
  expect(imported.findings['entities']).toBe(3)
})

test('any amounts in any style come in as the same numbers', async () => {
  const styles: readonly ((cents: number) => string)[] = [
    (cents) => (cents / 100).toFixed(2),
    (cents) => (cents / 100).toFixed(2).replace('.', ','),
    (cents) => (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }),
    (cents) => (cents / 100).toLocaleString('de-DE', { minimumFractionDigits: 2 }),
    (cents) => (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' }),
    (cents) => (cents / 100).toLocaleString('de-DE', { style: 'currency', currency: 'EUR' }),
    (cents) => (cents / 100).toLocaleString('fr-FR', { style: 'currency', currency: 'EUR' }),
    (cents) =>
      (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD', currencySign: 'accounting' }),
  ]
  const amounts = fc.array(fc.integer({ min: -99_999_999, max: 99_999_999 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(amounts, fc.nat(styles.length - 1), async (cents, style) => {
      const texts = cents.map((amount) => styles[style]?.(amount) ?? '')
      const imported = await columnOf(texts)
      expect(imported.values('value'), texts.join(' | ')).toEqual(cents.map((amount) => amount / 100))
    }),
    { numRuns: 80, seed: 7 },
  )
})
