import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type CellObject, utils, write } from '@e965/xlsx'
import { mainNamespace, rawWorkbook, sheetData } from './rawWorkbook'

export const fixtureFolder = resolve('tests/engine/import/workbooks/fixtures')

/** Numbers worth looking at under every format of a date: the edges of the calendar, of a day and of a second. */
const serials = [0, 0.25, 0.99998, 1, 1.5, 59, 60, 61, 43466, 43466.75, 43830.999988, 43830.9999999, 2958465, 2958465.5]
const numbers =
  '0 -0 1 -1 007 1.50 1e3 1E-7 1.5e-3 -2.5E+4 0.1 0.30000000000000004 0.000001 0.00000012 123456789012345 1234567890123456 12345678901234567890 1e21 1e300 99.99999999999999 0.1234567890123455 999999999999999.9 4.35 1.005 100 +5 .5 5. -.5 1.7976931348623157e308'.split(
    ' ',
  )

/** The same cells in another coat: everything a program may write differently. */
const plainCells = [
  ['<c r="@" t="s"><v>0</v></c>', '<c r="@" t="s"><v>1</v></c>', '<c r="@" t="s"><v>2</v></c>'],
  ['<c r="@"><v>1</v></c>', '<c r="@" s="1"><v>43466</v></c>', '<c r="@" t="b"><v>1</v></c>'],
  [
    '<c r="@"><f>A2+1</f><v>2</v></c>',
    '<c r="@" t="e"><v>#N/A</v></c>',
    '<c r="@" t="str"><f>"x"</f><v>x &amp; y</v></c>',
  ],
]
const plainStrings = '<si><t>one</t></si><si><t>two &lt;2&gt;</t></si><si><t>three</t></si>'
const plain = { sheet: sheetData(plainCells), strings: plainStrings, formats: [14] }
const prefixed = (xml: string, prefix: string): string => xml.replace(/<(\/?)(?=[a-zA-Z])/g, `<$1${prefix}:`)

const inMemory: Readonly<Record<string, Buffer>> = {
  plain: rawWorkbook(plain),
  stored: rawWorkbook({ ...plain, zip: { stored: true } }),
  descriptors: rawWorkbook({ ...plain, zip: { descriptors: true } }),
  zip64: rawWorkbook({ ...plain, zip: { zip64: true } }),
  'prefixed namespaces': rawWorkbook({
    ...plain,
    sheet: `<?xml version="1.0"?><x:worksheet xmlns:x="${mainNamespace}">${prefixed(plain.sheet, 'x')}</x:worksheet>`,
    parts: { 'xl/sharedStrings.xml': `<x:sst xmlns:x="${mainNamespace}">${prefixed(plainStrings, 'x')}</x:sst>` },
  }),
  'single quotes': rawWorkbook({ ...plain, sheet: plain.sheet.replaceAll('"', "'").replace("<f>'x'</f>", '') }),
  'spaces in tags': rawWorkbook({
    ...plain,
    sheet: plain.sheet
      .replaceAll('<c ', '<c\n   ')
      .replaceAll('</c>', '</c >')
      .replaceAll('<row ', '\n<row\t')
      .replaceAll('"><v>', '" ><v>'),
  }),
  'no references': rawWorkbook({ ...plain, sheet: plain.sheet.replace(/ r="[A-Z]*\d+"/g, '') }),
  'rows without numbers': rawWorkbook({ ...plain, sheet: plain.sheet.replace(/<row r="\d+"/g, '<row') }),
  'marked UTF-8': rawWorkbook({
    ...plain,
    sheet: `\ufeff<?xml version="1.0" encoding="utf-8"?><worksheet xmlns="${mainNamespace}">${plain.sheet}</worksheet>`,
  }),
  'comments and gaps': rawWorkbook({
    ...plain,
    sheet: sheetData(plainCells).replaceAll('<v>', '<!-- a > b --><v>').replaceAll('</row>', '</row>\n  <?skip me?>'),
  }),
  'gaps between cells': rawWorkbook({
    sheet:
      '<sheetData><row r="2"><c r="C2"><v>1</v></c><c r="AA2"><v>2</v></c><c r="XFD2"><v>3</v></c></row><row r="5"/><row r="9"><c r="A9"><v>4</v></c></row></sheetData>',
  }),
  'cells out of order': rawWorkbook({
    sheet: '<sheetData><row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>',
  }),
  texts: rawWorkbook({
    strings: [
      '<si><t>plain</t></si>',
      '<si><t xml:space="preserve">  kept  </t></si>',
      '<si><r><t>rich</t></r><r><rPr><b/></rPr><t xml:space="preserve"> text</t></r></si>',
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>',
      '<si><t>line_x000D_&#10;break</t></si>',
      '<si><t>_x005F_x000D_ escaped</t></si>',
      '<si><t>&lt;a href=&quot;x&quot;&gt; &amp;amp; &#169;</t></si>',
      '<si><t><![CDATA[<b> & &lt;]]></t></si>',
      '<si><t></t></si>',
      '<si><t>two\nlines</t></si>',
      '<si><t>naïve café 漢字 🎩</t></si>',
      '<si><t>a,b;"c"\td</t></si>',
    ].join(''),
    sheet: sheetData(
      Array.from({ length: 12 }, (_, index) => [`<c r="@" t="s"><v>${index}</v></c>`, '<c r="@"><v>1</v></c>']),
    ),
  }),
  'empty shared texts': rawWorkbook({
    strings: '<si/><si><t/></si><si><t>third</t></si><si><t>&#x1F3A9;</t></si>',
    sheet: sheetData([[0, 1, 2, 3].map((index) => `<c r="@" t="s"><v>${index}</v></c>`)]),
  }),
  'inline texts': rawWorkbook({
    sheet: sheetData([
      [
        '<c r="@" t="inlineStr"><is><t>in place</t></is></c>',
        '<c r="@" t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r></is></c>',
      ],
      [
        '<c r="@" t="inlineStr"><is><t xml:space="preserve"> a &amp; b </t></is></c>',
        '<c r="@" t="inlineStr"><is><t/></is></c>',
      ],
      ['<c r="@" t="str"><f>A1</f><v>of a formula</v></c>', '<c r="@" t="str"><v></v></c>'],
    ]),
  }),
  'empty values': rawWorkbook({
    strings: '<si><t>a</t></si>',
    sheet: sheetData([
      ['<c r="@"><v/></c>', '<c r="@"><v></v></c>', '<c r="@"/>', '<c r="@" s="0"></c>', '<c r="@"><v>1</v></c>'],
      [
        '<c r="@"><f>A1</f></c>',
        '<c r="@"><f>A1</f><v/></c>',
        '<c r="@" t="b"><v/></c>',
        '<c r="@" t="e"/>',
        '<c r="@"><v>2</v></c>',
      ],
    ]),
  }),
  'truth and errors': rawWorkbook({
    sheet: sheetData([
      ['<c r="@" t="b"><v>1</v></c>', '<c r="@" t="b"><v>0</v></c>', '<c r="@" t="b"><f>1=1</f><v>1</v></c>'],
      ...['#DIV/0!', '#N/A', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!'].map((error) => [
        `<c r="@" t="e"><v>${error}</v></c>`,
        `<c r="@" t="e"><f>1/0</f><v>${error}</v></c>`,
      ]),
    ]),
  }),
  numbers: rawWorkbook({
    sheet: sheetData(numbers.map((number) => [`<c r="@"><v>${number}</v></c>`, `<c r="@" t="n"><v>${number}</v></c>`])),
  }),
  'written dates': rawWorkbook({
    formats: [14, 22],
    sheet: sheetData(
      [
        '2019-01-01',
        '2019-01-01T18:30:00',
        '2019-01-01T18:30:00.000',
        '2019-12-31T00:00:00',
        '1900-03-01',
        '2019-01-01T18:30:00Z',
      ].map((date) => [`<c r="@" s="2" t="d"><v>${date}</v></c>`, '<c r="@"><v>1</v></c>']),
    ),
  }),
  ...Object.fromEntries(
    [false, true].map((date1904) => [
      date1904 ? 'days since 1904' : 'days since 1900',
      rawWorkbook({
        date1904,
        formats: [14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 47],
        sheet: sheetData(
          serials
            .filter((serial) => !date1904 || serial < 2_900_000)
            .map((serial) => Array.from({ length: 12 }, (_, style) => `<c r="@" s="${style}"><v>${serial}</v></c>`)),
        ),
      }),
    ]),
  ),
  durations: rawWorkbook({
    formats: [46, '[h]:mm', '[hh]:mm:ss', '[mm]:ss', '[ss]', '[h]"h" mm'],
    sheet: sheetData(
      [0, 0.5, 1, 1.0625, 2.3333333333333335, 100.25].map((serial) =>
        [1, 2, 3, 4, 5, 6].map((style) => `<c r="@" s="${style}"><v>${serial}</v></c>`),
      ),
    ),
  }),
  formats: rawWorkbook({
    formats: dateFormats().concat(numberFormats()),
    sheet: sheetData([
      [...dateFormats(), ...numberFormats()].map((_, index) => `<c r="@" s="${index + 1}"><v>43466.75</v></c>`),
      [...dateFormats(), ...numberFormats()].map((_, index) => `<c r="@" s="${index + 1}"><v>43467</v></c>`),
    ]),
  }),
  'built-in formats': rawWorkbook({
    formats: Array.from({ length: 50 }, (_, index) => index),
    sheet: sheetData([Array.from({ length: 51 }, (_, style) => `<c r="@" s="${style}"><v>43466.75</v></c>`)]),
  }),
}

export function dateFormats(): string[] {
  return [
    'yyyy-mm-dd',
    'dd/mm/yyyy',
    '[$-409]d-mmm-yy;@',
    '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
    'm/d/yy h:mm',
    'yyyy"年"m"月"d"日"',
    '[$-C0A]d" de "mmmm" de "yyyy;@',
    'dd.mm.yyyy hh:mm:ss',
    'mmm-yy',
    'h:mm AM/PM',
    'hh:mm:ss.000',
    '[Red]yyyy-mm-dd',
    'd\\.m\\.yyyy',
    'yyyy\\-mm\\-dd\\Thh:mm:ss',
    'mmmm',
  ]
}

export function numberFormats(): string[] {
  return [
    '0.00',
    '#,##0.00 "days"',
    '0.0%',
    '"m"0',
    '[Blue]#,##0;[Red]-#,##0',
    '0.00E+00',
    '_-* #,##0.00 "€"_-',
    '[>=1000]#,##0," k";0',
    '@',
    '\\d0',
    '# ?/?',
    '[$$-409]#,##0.00',
    '0" h"',
    'General" units"',
  ]
}

/** Written by SheetJS, with its own idea of shared texts, dates and compression. */
function writtenBySheetJs(): Record<string, Buffer> {
  const rows = Array.from({ length: 300 }, (_, index) => [
    `customer ${index % 17}`,
    new Date(Date.UTC(2019, 0, 1 + index, index % 24, (index * 7) % 60)),
    index * 1.25 - 40,
    index % 7 === 0 ? null : index,
    index % 2 === 0,
    index % 11 === 0 ? ({ t: 'e', v: 7 } satisfies CellObject) : `naïve "${index}" 漢字`,
  ])
  const book = utils.book_new()
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([['name', 'at', 'amount', 'n', 'flag', 'note'], ...rows], { UTC: true }),
    'Data',
  )
  const bytes = (bookSST: boolean, compression: boolean): Buffer =>
    write(book, { type: 'buffer', bookType: 'xlsx', bookSST, compression }) as Buffer
  return { 'SheetJS, shared texts': bytes(true, true), 'SheetJS, texts in cells': bytes(false, false) }
}

/** Name → bytes of every workbook that is compared. */
export const corpus: Readonly<Record<string, Buffer>> = {
  ...inMemory,
  ...writtenBySheetJs(),
  ...Object.fromEntries(
    readdirSync(fixtureFolder)
      .filter((name) => name.endsWith('.xlsx'))
      .map((name) => [name, readFileSync(join(fixtureFolder, name))]),
  ),
}
