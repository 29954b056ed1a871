import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const table = 'Código,Descripción,Día,Precio €\nA1,Niño – “gorra”,2024-01-05,1.50\nA2,Müller & Søn,2024-01-06,2.25\n'
const wanted = [
  ['A1', 'Niño – “gorra”', '2024-01-05', 1.5],
  ['A2', 'Müller & Søn', '2024-01-06', 2.25],
]

function swapped(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

/** The characters above 0x7f that the table needs, in the code page of western Windows. */
function windows1252(text: string): Buffer {
  const high: Readonly<Record<string, number>> = { '€': 0x80, '–': 0x96, '“': 0x93, '”': 0x94, '’': 0x92 }
  return Buffer.from([...text].map((letter) => high[letter] ?? letter.charCodeAt(0)))
}

describe('a text comes in as it was written', () => {
  const variants = [
    { name: 'UTF-8', bytes: Buffer.from(table), encoding: 'utf-8' },
    { name: 'UTF-8 with a mark', bytes: Buffer.from(`\uFEFF${table}`), encoding: 'utf-8' },
    {
      name: 'UTF-16 little end first, with a mark',
      bytes: Buffer.from(`\uFEFF${table}`, 'utf16le'),
      encoding: 'utf-16le',
    },
    { name: 'UTF-16 big end first, with a mark', bytes: swapped(`\uFEFF${table}`), encoding: 'utf-16be' },
    { name: 'UTF-16 little end first, without a mark', bytes: Buffer.from(table, 'utf16le'), encoding: 'utf-16le' },
    { name: 'UTF-16 big end first, without a mark', bytes: swapped(table), encoding: 'utf-16be' },
    { name: 'Windows-1252', bytes: windows1252(table), encoding: 'windows-1252' },
  ]
  test.each(variants)('$name', async ({ bytes, encoding }) => {
    const imported = await files.importText(bytes)
    expect(imported.read.encoding).toBe(encoding)
    expect(imported.read.columns.map((column) => column.name)).toEqual(['Código', 'Descripción', 'Día', 'Precio €'])
    expect(imported.rows).toEqual(wanted)
    expect(imported.findings['encoding'] === undefined).toBe(encoding === 'utf-8')
  })

  test.each(variants)('$name, packed', async ({ bytes }) => {
    const imported = await files.import(files.file('packed.csv.gz', gzipSync(bytes)))
    expect(imported.rows).toEqual(wanted)
  })
})

describe('bytes far behind the beginning', () => {
  const plain = Array.from({ length: 30_000 }, (_, index) => `${index},Hotel number ${index}\n`).join('')

  test('Windows-1252 accents that come late are read as such, not as garbage', async () => {
    const imported = await files.importText(
      Buffer.concat([Buffer.from(`room,name\n${plain}`), windows1252('30000,Café Müller\n30001,Hôtel Niño\n')]),
    )
    expect(imported.read.encoding).toBe('windows-1252')
    expect(imported.values('name').slice(-2)).toEqual(['Café Müller', 'Hôtel Niño'])
    expect(imported.rows).toHaveLength(30_002)
  })

  test('one broken byte among many good characters spoils neither them nor the file', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `${index},Café número ${index}\n`).join('')
    const imported = await files.importText(
      Buffer.concat([Buffer.from(`room,name\n${many}`), Buffer.from([0x31, 0x2c, 0x61, 0xff, 0x62, 0x0a])]),
    )
    expect(imported.values('name')[7]).toBe('Café número 7')
    expect(imported.values('name').at(-1)).toBe('a\uFFFDb')
    expect(imported.findings['brokenCharacters']).toBe(1)
  })

  test('a character cut in two by the end of what is looked at first is whole', async () => {
    // "é" takes two bytes; the paddings move it over every position around 256 KB.
    for (const padding of [0, 1, 2]) {
      const start = `name,n\n${'x'.repeat(padding)},1\n`
      const filler = 'abcdefghi,1\n'.repeat(Math.floor((256 * 1024 - start.length) / 12) - 1)
      const imported = await files.importText(`${start}${filler}${'é'.repeat(40)},2\nlast,3\n`)
      expect(imported.values('name').slice(-2)).toEqual(['é'.repeat(40), 'last'])
      expect(imported.read.encoding).toBe('utf-8')
    }
  })

  test.each([
    { name: 'Shift JIS with bytes Windows-1252 does not have', letters: '836e815b836f' },
    { name: 'Shift JIS with bytes that would be quotes and rare signs', letters: '938c8b9e938382f082c5' },
    { name: 'old Macintosh text', letters: '4d876c616761' },
  ])('an encoding nobody can tell is refused, with what to do: $name', async ({ letters }) => {
    const bytes = Buffer.concat([
      Buffer.from('name,n\n'),
      ...Array.from({ length: 200 }, () => Buffer.from(`${letters}2c310a`, 'hex')),
    ])
    const error = await files.refusal(files.file('shift.csv', bytes))
    expect(error.code).toBe('bad-file')
    expect(error.message).toMatch(/encoding/)
    expect(error.hint).toMatch(/UTF-8/)
  })

  test.each([
    { name: 'little end first', mark: 'fffe0000', wide: (code: number) => [code, 0, 0, 0] },
    { name: 'big end first', mark: '0000feff', wide: (code: number) => [0, 0, 0, code] },
  ])('UTF-32 is refused by name, $name', async ({ mark, wide }) => {
    const bytes = Buffer.concat([
      Buffer.from(mark, 'hex'),
      Buffer.from([...Buffer.from('name,n\na,1\n')].flatMap((code) => wide(code))),
    ])
    const error = await files.refusal(files.file('wide.csv', bytes))
    expect(error).toMatchObject({ code: 'bad-file', hint: expect.stringContaining('UTF-8') })
    expect(error.message).toMatch(/UTF-32/)
  })
})
