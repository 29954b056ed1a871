import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importTable } from '../../../main/engine/import/importTable'
import { AppError } from '../../../shared/errors'
import { type ImportFolder, importFolder } from './importFolder'
import { workbookFile } from './workbookFile'
import { zipFile } from './zipFile'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const table = 'id,day,amount\na,2024-01-05,1\nb,2024-01-06,2\n'
const workbook = workbookFile([
  {
    name: 'Data',
    rows: [
      ['id', 'amount'],
      ['a', 1],
      ['b', 2],
    ],
  },
])
const prose =
  'Dear colleagues, thank you for the meeting we had on Monday about the new season.\n' +
  'We agreed that the budget, which was too small last year, should grow a little.\n' +
  'Please send me your comments before the end of this week. Kind regards to all.\n'

const oldWorkbook = readFileSync('tests/engine/import/workbooks/fixtures/libreOffice.xls')

/** The container of old Office files, with the given stream names in its directory. */
function compoundFile(...streams: readonly string[]): Buffer {
  const bytes = Buffer.alloc(2048)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  // Sectors of 2^9 bytes; the directory is sector 0, right behind the header.
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(0, 48)
  streams.forEach((name, index) => {
    bytes.write(name, 512 + 128 * (index + 1), 'utf16le')
  })
  return bytes
}

describe('a file that is no table is refused with its reason and a remedy', () => {
  test.each([
    { name: 'nothing.csv', content: '', says: /empty: it has 0 bytes/, hint: /again/ },
    {
      name: 'noise.csv',
      content: Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 37) % 256)),
      says: /neither text nor a workbook/,
      hint: /CSV or Excel/,
    },
    { name: 'prose.txt', content: prose, says: /text, but no table/, hint: /first row names the columns/ },
    { name: 'report.csv', content: '%PDF-1.7\n1 0 obj\n', says: /PDF/, hint: /CSV or Excel/ },
    {
      name: 'page.xls',
      content: '<html><body><table><tr><td>1</td></tr></table></body></html>',
      says: /web page/,
      hint: /save it as \.xlsx/,
    },
    { name: 'nothing.json', content: '[]', says: /JSON without any record/, hint: /again/ },
    {
      name: 'photos.xlsx',
      content: zipFile({ 'a.txt': 'hello' }),
      says: /zip archive without a workbook/,
      hint: /Unpack/,
    },
    { name: 'letter.xlsx', content: zipFile({ 'word/document.xml': '<x/>' }), says: /document/, hint: /CSV or Excel/ },
    {
      name: 'binary.xlsb',
      content: zipFile({ 'xl/workbook.bin': 'x' }),
      says: /damaged/,
      hint: /save it again as \.xlsx/,
    },
    { name: 'old.xls', content: oldWorkbook.subarray(0, 3000), says: /damaged/, hint: /again/ },
    { name: 'letter.doc', content: compoundFile('WordDocument'), says: /old Office file/, hint: /Office/ },
    {
      name: 'letter.odt',
      content: zipFile(
        { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' },
        { stored: true },
      ),
      says: /document/,
      hint: /CSV or Excel/,
    },
    {
      name: 'secret.xlsx',
      content: compoundFile('EncryptionInfo', 'EncryptedPackage'),
      says: /password/,
      hint: /remove the password/,
    },
    { name: 'cut.xlsx', content: workbook.subarray(0, workbook.length - 40), says: /damaged/, hint: /again/ },
    {
      name: 'packed.csv.gz',
      content: gzipSync(table.repeat(5000)).subarray(0, 200),
      says: /damaged gzip|cannot be read to its end/,
      hint: /again/,
    },
    {
      name: 'garbled.csv.gz',
      content: Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('garbage')]),
      says: /damaged gzip/,
      hint: /again/,
    },
    { name: 'void.csv.gz', content: gzipSync(''), says: /empty/, hint: /again/ },
    {
      name: 'packed.xlsx.gz',
      content: gzipSync(workbook),
      says: /workbook or archive packed with gzip/,
      hint: /Unpack/,
    },
    { name: 'header.csv', content: 'id,day,amount\n', says: /header but no rows/, hint: /again/ },
    { name: 'blank.csv', content: '\n\n  \n', says: /no table|empty/, hint: /./ },
  ])('$name: $says', async ({ name, content, says, hint }) => {
    const path = files.file(name, content)
    const error = await files.refusal(path)
    expect(error.code).toBe('bad-file')
    expect(error.message).toContain(name)
    expect(error.message).toMatch(says)
    expect(error.hint).toMatch(hint)
    expect(error.where?.file).toBe(path)
  })

  test('a folder', async () => {
    mkdirSync(join(files.folder, 'inner.csv'))
    const error = await files.refusal(join(files.folder, 'inner.csv'))
    expect(error).toMatchObject({ code: 'bad-file', message: expect.stringContaining('is a folder') })
    expect(error.hint).toContain('files inside')
  })

  test('a file that is not there', async () => {
    const path = join(files.folder, 'gone.csv')
    expect(await files.refusal(path)).toMatchObject({
      code: 'bad-file',
      message: 'gone.csv is not there.',
      hint: 'Check the path, or choose the file again.',
      where: { file: path },
    })
  })

  test('a gzip file that breaks off far behind its beginning', async () => {
    // Random digits do not pack well, so that the cut comes after the part that is looked at first.
    let seed = 7
    const digits = Array.from({ length: 400_000 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % 10
    }).join('')
    const rows = (digits.match(/.{10}/g) ?? []).map((row, index) => `${index},${row}`)
    const packed = gzipSync(`id,code\n${rows.join('\n')}\n`)
    const error = await files.refusal(files.file('late.csv.gz', packed.subarray(0, packed.length - 1000)))
    expect(error).toMatchObject({ code: 'bad-file', message: expect.stringContaining('late.csv.gz') })
    expect(error.hint).toBeTruthy()
  })

  test('a workbook whose sheet is damaged', async () => {
    const broken = zipFile({
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>',
    })
    // A byte inside the packed sheet is turned over: inflating it fails.
    const part = broken.indexOf(deflateRawSync('<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>').subarray(0, 8))
    broken.fill(0xff, part, part + 8)
    const error = await files.refusal(files.file('broken.xlsx', broken))
    expect(error).toMatchObject({ code: 'bad-file', message: expect.stringMatching(/broken\.xlsx.*damaged/) })
    expect(error.hint).toContain('Excel')
  })

  test('a workbook with nothing in it', async () => {
    const path = files.file('bare.xlsx', workbookFile([{ name: 'Sheet1', rows: [] }]))
    const described = await files.describe(path)
    expect(described.tables).toEqual([])
    expect(described.skipped).toEqual([{ sheet: 'Sheet1', reason: 'empty' }])
  })
})

describe('importing what is no longer as described', () => {
  async function importError(
    path: string,
    read: Parameters<typeof importTable>[0]['read'],
    name: string,
  ): Promise<AppError> {
    const answer = await files
      .work((work) => importTable({ path, read }, { schema: 'main', table: name }, work))
      .catch((error: unknown) => error)
    expect(answer).toBeInstanceOf(AppError)
    expect(await files.ask(`SELECT count(*)::INTEGER FROM duckdb_tables() WHERE table_name = '${name}'`)).toEqual([[0]])
    return answer as AppError
  }

  test('a sheet that is gone names the sheets there are', async () => {
    const path = files.file('book.xlsx', workbook)
    const [described] = (await files.describe(path)).tables
    if (described === undefined) throw new Error('one table')
    expect(await importError(path, { ...described.read, sheet: 'January' }, 'no_sheet')).toMatchObject({
      code: 'bad-file',
      message: 'book.xlsx has no sheet "January".',
      hint: expect.stringContaining('Data'),
      where: { file: path, sheet: 'January' },
    })
  })

  test('a text where a workbook was', async () => {
    const [described] = (await files.describe(files.file('first.xlsx', workbook))).tables
    if (described === undefined) throw new Error('one table')
    const path = files.file('second.xlsx', table)
    const error = await importError(path, described.read, 'other_format')
    expect(error).toMatchObject({ code: 'bad-file', where: { file: path } })
    expect(error.message).toMatch(/text.*workbook/)
  })
})
