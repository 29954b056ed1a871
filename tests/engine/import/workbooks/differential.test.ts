import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dateText, ourTextsOf, roundedText, type SheetTexts, sheetJsTexts } from './cellsOf'
import { corpus, fixtureFolder } from './corpus'

type OpenpyxlCell = readonly [
  kind: 'truth' | 'number' | 'date' | 'clock' | 'duration' | 'text',
  value: string | boolean,
]
type OpenpyxlSheets = Readonly<Record<string, Readonly<Record<string, OpenpyxlCell>>>>

/** What openpyxl 3.1.5 read; fixtures/make.py writes it. */
const openpyxl = JSON.parse(readFileSync(join(fixtureFolder, 'openpyxl.json'), 'utf8')) as Readonly<
  Record<string, OpenpyxlSheets>
>

/** Cells in which another reader differs, with what Casebook says; or workbooks it cannot read. */
interface Known {
  readonly because: string
  readonly ours: Readonly<Record<string, string>> | 'unreadable to it'
}

const day60 = [...'BCDEFGHIJKL'].map((column) => [`Data!${column}7`, '1900-02-28'] as const)

const knownOfSheetJs: Readonly<Record<string, Known>> = {
  zip64: { because: 'it takes the sizes of the directory for the real ones', ours: 'unreadable to it' },
  'spaces in tags': {
    because: 'it finds no cells where </c > has a space',
    ours: {
      'Data!A1': 'one',
      'Data!B1': 'two <2>',
      'Data!C1': 'three',
      'Data!A2': '1',
      'Data!B2': '2019-01-01',
      'Data!C2': 'TRUE',
      'Data!A3': '2',
      'Data!B3': '#N/A',
      'Data!C3': 'x & y',
    },
  },
  texts: { because: 'it makes one line feed of CR LF', ours: { 'Data!A5': 'line\r\nbreak' } },
  'empty shared texts': {
    because: 'it does not count <si/>, so that later numbers mean the wrong text; and it cuts signs beyond U+FFFF',
    ours: { 'Data!B1': '', 'Data!C1': 'third', 'Data!D1': '🎩' },
  },
  'empty values': { because: 'an empty truth value is FALSE to it', ours: { 'Data!C2': '' } },
  'days since 1900': {
    because: 'it leaves day 60, 29 February 1900, which never was, as a number; openpyxl and we say 28 February',
    ours: Object.fromEntries(day60),
  },
}

const knownOfOpenpyxl: Readonly<Record<string, Known>> = {
  texts: { because: 'it leaves _x000D_ as it is', ours: { 'Data!A5': 'line\r\nbreak' } },
  'days since 1904': {
    because: 'it takes any number below 1 for a clock, though day 0 is 1 January 1904 there',
    ours: Object.fromEntries(
      [...'BCDEJ'].flatMap((column) => [
        [`Data!${column}1`, '1904-01-01'],
        [`Data!${column}2`, '1904-01-01 06:00:00'],
        [`Data!${column}3`, '1904-01-01 23:59:58'],
      ]),
    ),
  },
  'built-in formats': {
    because: 'it does not know the formats of East Asian versions, 27 to 36',
    ours: Object.fromEntries(
      ['AC', 'AD', 'AE', 'AF', 'AG', 'AH', 'AI', 'AJ', 'AK', 'AL'].map((column) => [
        `Data!${column}1`,
        '2019-01-01 18:00:00',
      ]),
    ),
  },
}

const fileName = (name: string): string => (name.endsWith('.xlsx') ? name : `${name}.xlsx`)

// For fixtures/make.py.
const corpusFolder = process.env['CASEBOOK_CORPUS_FOLDER']
if (corpusFolder !== undefined) {
  mkdirSync(corpusFolder, { recursive: true })
  for (const [name, bytes] of Object.entries(corpus)) writeFileSync(join(corpusFolder, fileName(name)), bytes)
}

describe('every cell is read as another reader does', () => {
  test.each(Object.entries(corpus))('%s: SheetJS', async (name, bytes) => {
    const known = knownOfSheetJs[name]
    const ours = await ourTextsOf(bytes)
    if (known?.ours === 'unreadable to it') expect(() => sheetJsTexts(bytes)).toThrow()
    else expect(differences(ours, sheetJsTexts(bytes))).toEqual(known?.ours ?? {})
    expect(Object.values(ours).some((cells) => Object.keys(cells).length > 0)).toBe(true)
  })

  test.each(Object.entries(corpus))('%s: openpyxl', async (name, bytes) => {
    const theirs = openpyxl[fileName(name)]
    if (theirs === undefined) throw new Error('fixtures/make.py has not read this workbook')
    expect(differences(await ourTextsOf(bytes), openpyxlTexts(theirs))).toEqual(knownOfOpenpyxl[name]?.ours ?? {})
  })
})

function openpyxlTexts(sheets: OpenpyxlSheets): SheetTexts {
  return Object.fromEntries(
    Object.entries(sheets).map(([sheet, cells]) => [
      sheet,
      Object.fromEntries(Object.entries(cells).map(([reference, cell]) => [reference, openpyxlText(cell)])),
    ]),
  )
}

function openpyxlText([kind, value]: OpenpyxlCell): string {
  switch (kind) {
    case 'truth':
      return value === true ? 'TRUE' : 'FALSE'
    case 'number':
      return roundedText(Number(value))
    case 'date':
      return dateText(new Date(`${String(value).includes('T') ? String(value).slice(0, 23) : `${value}T00:00:00`}Z`))
    case 'clock':
      return String(value).slice(0, 8)
    case 'duration':
      return roundedText(Number(value) / 3600)
    case 'text':
      return String(value)
    default:
      return kind satisfies never
  }
}

/** Where two readings differ, what the first one says. */
function differences(ours: SheetTexts, theirs: SheetTexts): Record<string, string> {
  const found: Record<string, string> = {}
  for (const sheet of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const [one = {}, other = {}] = [ours[sheet], theirs[sheet]]
    for (const reference of new Set([...Object.keys(one), ...Object.keys(other)]))
      if (one[reference] !== other[reference]) found[`${sheet}!${reference}`] = one[reference] ?? ''
  }
  return found
}
