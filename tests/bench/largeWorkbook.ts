import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

const distinctCustomers = 50_000
const errors = ['#DIV/0!', '#N/A', '#REF!']

export const largeColumns = [
  { name: 'order', type: 'id' },
  { name: 'day', type: 'date' },
  { name: 'paid at', type: 'timestamp' },
  { name: 'customer', type: 'text' },
  { name: 'note', type: 'text' },
  { name: 'units', type: 'integer' },
  { name: 'price', type: 'decimal' },
  { name: 'discount', type: 'decimal' },
  { name: 'total', type: 'decimal' },
  { name: 'margin', type: 'decimal' },
] as const

/**
 * Writes a workbook of so many rows and ten columns, the header included: ids, dates, clocks, 50,000 different texts,
 * a column that is mostly blank, money, percentages, formulas with their values and formula errors.
 */
export async function writeLargeWorkbook(path: string, rows: number): Promise<void> {
  const zip = zipWriter()
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  await pipeline(
    Readable.from(
      (async function* () {
        yield* zip.part('[Content_Types].xml', [
          `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${content}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${content}.sharedStrings+xml"/></Types>`,
        ])
        yield* zip.part('_rels/.rels', [
          relationships(`<Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/>`),
        ])
        yield* zip.part('xl/workbook.xml', [
          `<workbook ${main} xmlns:r="${relation}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
        ])
        yield* zip.part('xl/_rels/workbook.xml.rels', [
          relationships(
            ['worksheet|worksheets/sheet1.xml', 'styles|styles.xml', 'sharedStrings|sharedStrings.xml']
              .map((line) => line.split('|'))
              .map(
                ([type, target], index) =>
                  `<Relationship Id="rId${index + 1}" Type="${relation}/${type}" Target="${target}"/>`,
              )
              .join(''),
          ),
        ])
        yield* zip.part('xl/styles.xml', [
          `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="4"/><xf numFmtId="10"/></cellXfs></styleSheet>`,
        ])
        yield* zip.part('xl/sharedStrings.xml', sharedStrings(main))
        yield* zip.part('xl/worksheets/sheet1.xml', sheet(main, rows))
        yield zip.end()
      })(),
    ),
    createWriteStream(path),
  )
}

const relationships = (content: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`

function* sharedStrings(main: string): Generator<string> {
  yield `<sst ${main}>`
  for (const { name } of largeColumns) yield `<si><t>${name}</t></si>`
  for (let index = 0; index < distinctCustomers; index += 1)
    yield `<si><t>Customer &amp; Söhne ${index * 7919}</t></si>`
  yield '</sst>'
}

function* sheet(main: string, rows: number): Generator<string> {
  yield `<worksheet ${main}><dimension ref="A1:J${rows}"/><sheetData><row r="1" spans="1:10">${largeColumns
    .map((_, index) => `<c r="${letter(index)}1" t="s"><v>${index}</v></c>`)
    .join('')}</row>`
  let block = ''
  for (let row = 2; row <= rows; row += 1) {
    block += rowXml(row)
    if (block.length < 200_000) continue
    yield block
    block = ''
  }
  yield `${block}</sheetData></worksheet>`
}

const letter = (index: number): string => String.fromCharCode(65 + index)

function rowXml(row: number): string {
  const day = 43_466 + (row % 1461)
  const units = 1 + (row % 9)
  const price = ((row * 37) % 99_991) / 100
  const customer = largeColumns.length + ((row * 7) % distinctCustomers)
  const note = row % 11 === 0 ? `<c r="E${row}" t="s"><v>${largeColumns.length + (row % 100)}</v></c>` : ''
  const margin =
    row % 500 === 0
      ? `<c r="J${row}" t="e"><f>I${row}/0</f><v>${errors[(row / 500) % 3]}</v></c>`
      : `<c r="J${row}" s="3"><f>I${row}*0.2</f><v>${units * price * 0.2}</v></c>`
  return `<row r="${row}" spans="1:10"><c r="A${row}"><v>${1_000_000 + row}</v></c><c r="B${row}" s="1"><v>${day}</v></c><c r="C${row}" s="2"><v>${day + (row % 86_400) / 86_400}</v></c><c r="D${row}" t="s"><v>${customer}</v></c>${note}<c r="F${row}"><v>${units}</v></c><c r="G${row}" s="3"><v>${price}</v></c><c r="H${row}" s="4"><v>${(row % 20) / 100}</v></c><c r="I${row}" s="3"><f>F${row}*G${row}</f><v>${units * price}</v></c>${margin}</row>`
}

/** Parts one after the other, with their lengths behind them. */
function zipWriter(): {
  part(name: string, content: Iterable<string>): AsyncGenerator<Buffer>
  end(): Buffer
} {
  const directory: Buffer[] = []
  let offset = 0
  return {
    async *part(name, content) {
      const common = Buffer.from([20, 0, 8, 0, 8, 0, 0, 0, 0, 0])
      const lengths = Buffer.from([Buffer.byteLength(name), 0, 0, 0])
      const start = offset
      const head = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.alloc(12), lengths, Buffer.from(name)])
      yield head
      let checksum = 0
      let plain = 0
      let packed = 0
      const source = Readable.from(
        (function* () {
          for (const text of content) {
            const bytes = Buffer.from(text)
            checksum = crc32(bytes, checksum)
            plain += bytes.length
            yield bytes
          }
        })(),
      )
      for await (const chunk of source.pipe(createDeflateRaw({ level: 6 }))) {
        packed += (chunk as Buffer).length
        yield chunk as Buffer
      }
      const sizes = Buffer.alloc(12)
      sizes.writeUInt32LE(checksum, 0)
      sizes.writeUInt32LE(packed, 4)
      sizes.writeUInt32LE(plain, 8)
      yield Buffer.concat([Buffer.from('PK\x07\x08'), sizes])
      const place = Buffer.alloc(14)
      place.writeUInt32LE(start, 10)
      directory.push(
        Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, sizes, lengths, place, Buffer.from(name)]),
      )
      offset += head.length + packed + 16
    },
    end() {
      const entries = Buffer.concat(directory)
      const end = Buffer.alloc(22)
      end.write('PK\x05\x06', 'latin1')
      end.writeUInt16LE(directory.length, 8)
      end.writeUInt16LE(directory.length, 10)
      end.writeUInt32LE(entries.length, 12)
      end.writeUInt32LE(offset, 16)
      return Buffer.concat([entries, end])
    },
  }
}
