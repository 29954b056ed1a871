import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'
import { workbookFile } from './workbookFile'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

/** Texts that stay texts whatever else is in their column, with everything in them that text files stumble over. */
const awkward = fc
  .array(
    fc.constantFrom(
      ',',
      ';',
      '\t',
      '|',
      '"',
      '""',
      "'",
      '\n',
      ' ',
      '  ',
      '\\',
      '#',
      '=',
      'é',
      'ñ',
      'ü',
      '€',
      '漢',
      '🎩',
      'a',
      'Total',
      '0',
      '1.5',
      '-',
      '%',
      '/',
    ),
    { maxLength: 8 },
  )
  .map((parts) => `v${parts.join('')}.`)
const rowOf = fc.record({
  text: fc.option(awkward, { freq: 5, nil: null }),
  units: fc.option(fc.integer({ min: -999, max: 9999 }), { freq: 8, nil: null }),
})
const tableOf = fc.array(rowOf, { minLength: 3, maxLength: 40 })

/** Any text beside a key and a number, written as strictly as a program writes it. */
const written = fc.record({
  rows: tableOf,
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  quoteAll: fc.boolean(),
  encoding: fc.constantFrom<'utf8' | 'utf8 marked' | 'utf16le'>('utf8', 'utf8 marked', 'utf16le'),
  endsOpen: fc.boolean(),
})

test('any table in any usual form comes in cell for cell', async () => {
  await fc.assert(
    fc.asyncProperty(written, async ({ rows, delimiter, lineEnd, quoteAll, encoding, endsOpen }) => {
      const cell = (value: string | number | null): string => {
        const text = value === null ? '' : String(value)
        return quoteAll || /[,;\t|"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
      }
      const lines = [
        ['key', 'note', 'units'],
        ...rows.map(({ text, units }, index) => [`row ${index}`, text, units] as const),
      ].map((cells) => cells.map(cell).join(delimiter))
      const content = lines.join(lineEnd) + (endsOpen ? '' : lineEnd)
      const bytes =
        encoding === 'utf16le'
          ? Buffer.from(`\uFEFF${content}`, 'utf16le')
          : Buffer.from(encoding === 'utf8' ? content : `\uFEFF${content}`)
      const imported = await files.importText(bytes)
      expect(imported.read.columns.map(({ name }) => name)).toEqual(['key', 'note', 'units'])
      expect(imported.values('key')).toEqual(rows.map((_, index) => `row ${index}`))
      expect(imported.values('note')).toEqual(rows.map(({ text }) => text))
      expect(imported.values('units').map((value) => (value === null ? null : Number(value)))).toEqual(
        rows.map(({ units }) => units),
      )
      expect(imported.unreadable).toEqual([])
    }),
    { numRuns: 150, seed: 11 },
  )
})

test('any sheet comes in cell for cell', async () => {
  await fc.assert(
    fc.asyncProperty(tableOf, async (rows) => {
      const cells = rows.map(({ text, units }, index) => [`row ${index}`, text, units])
      const path = files.file('any.xlsx', workbookFile([{ name: 'Data', rows: [['key', 'note', 'units'], ...cells] }]))
      const imported = await files.import(path)
      const width = imported.read.columns.length
      expect(
        imported.rows.map((row) => row.map((value, at) => (at === 2 && value !== null ? Number(value) : value))),
      ).toEqual(cells.map((row) => row.slice(0, width)))
    }),
    { numRuns: 60, seed: 12 },
  )
})
