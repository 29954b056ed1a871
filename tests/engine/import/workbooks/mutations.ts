import { inflateRawSync } from 'node:zlib'
import { zipFile } from '../zipFile'

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Chance = () => number
const below = (chance: Chance, count: number): number => Math.floor(chance() * count)
const oneOf = <Value>(chance: Chance, values: readonly Value[]): Value => values[below(chance, values.length)] as Value

/** A workbook that somebody or something has damaged: its bytes, the XML in it, or the structure of its archive. */
export function mutated(workbook: Buffer, seed: number): Buffer {
  const chance = random(seed)
  const isWide = workbook.includes('PK\x06\x06', 0, 'latin1')
  const level = below(chance, isWide ? 2 : 4)
  if (level === 0) return mutateBytes(workbook, chance)
  if (level === 1) return mutateStructure(workbook, chance)
  return mutateXml(workbook, chance)
}

function mutateBytes(workbook: Buffer, chance: Chance): Buffer {
  const bytes = Buffer.from(workbook)
  switch (below(chance, 5)) {
    case 0:
      return bytes.subarray(0, below(chance, bytes.length))
    case 1:
      return Buffer.concat([
        bytes.subarray(0, below(chance, bytes.length)),
        bytes.subarray(below(chance, bytes.length)),
      ])
    case 2:
      return Buffer.concat([Buffer.alloc(below(chance, 2000), below(chance, 256)), bytes])
    default:
      for (let times = 1 + below(chance, 30); times > 0; times -= 1)
        bytes[below(chance, bytes.length)] = below(chance, 256)
      return bytes
  }
}

/** Lengths, places and counts of the records that lead through the archive. */
function mutateStructure(workbook: Buffer, chance: Chance): Buffer {
  const bytes = Buffer.from(workbook)
  const records = ['PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x07'].flatMap((signature) =>
    placesOf(bytes, signature),
  )
  for (let times = 1 + below(chance, 4); times > 0; times -= 1) {
    const at = oneOf(chance, records) + 4 + below(chance, 44)
    if (at + 4 > bytes.length) continue
    const value = oneOf(chance, [
      0,
      1,
      0xffff_ffff,
      0xffff_fffe,
      0x7fff_ffff,
      0x8000_0000,
      65_535,
      below(chance, bytes.length),
      below(chance, 2 ** 32),
    ])
    if (chance() < 0.5) bytes.writeUInt32LE(value >>> 0, at)
    else bytes.writeUInt16LE(value & 0xffff, at)
  }
  return bytes
}

function placesOf(bytes: Buffer, signature: string): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(signature, 0, 'latin1'); at >= 0; at = bytes.indexOf(signature, at + 1, 'latin1'))
    places.push(at)
  return places
}

const nasty = [
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
  '&c;&c;&c;',
  '<c r="XFE1048577"><v>1</v></c>',
  '<c r="AAAAAAAAAA1"><v>1</v></c>',
  '<c r="A99999999999999999999"><v>1</v></c>',
  '<c r="-1"><v>1</v></c>',
  '<row r="1048577"><c><v>1</v></c></row>',
  '<row r="0"><c><v>1</v></c></row>',
  '<row r="-5">',
  '<row r="1e9">',
  '<dimension ref="A1:XFD1048576"/>',
  '<c t="s"><v>4294967295</v></c>',
  '<c t="s"><v>-1</v></c>',
  '<c t="s"><v>1e3</v></c>',
  '<c t="s"><v>99999999999999999999</v></c>',
  '<c s="4294967295"><v>1</v></c>',
  '<c s="-1" t="nonsense"><v>nonsense</v></c>',
  `<c r="${'A'.repeat(70_000)}">`,
  '<c r="A1',
  '<c r=\'A1">',
  '<c r=A1>',
  '<c r>',
  '<![CDATA[',
  '<![CDATA[ ]]>',
  '<!--',
  '-->',
  ']]>',
  '<?',
  '<',
  '>',
  '</',
  '</row>',
  '</sheetData>',
  '</worksheet>',
  '<v>',
  '<is><t>',
  '&#x110000;',
  '&#xD800;',
  '&#0;',
  '&',
  '_xD800_',
  '_x0000_',
  '_x001F_',
  '\u0000',
  '\ufeff',
  '<a>'.repeat(400),
  '<mergeCell ref="A1:XFD1048576"/>',
  '<mergeCell ref="ZZZZ99999999:A1"/>',
  `<t>${'x'.repeat(300_000)}</t>`,
  `<c><v>${'9'.repeat(5000)}</v></c>`,
  '<c t="d"><v>9999-99-99T99:99:99</v></c>',
  '<c s="1"><v>1e308</v></c>',
  '<c s="1"><v>-1e308</v></c>',
  '<c s="1"><v>NaN</v></c>',
]

function mutateXml(workbook: Buffer, chance: Chance): Buffer {
  const parts = partsOf(workbook)
  const names = Object.keys(parts)
  for (let times = 1 + below(chance, 3); times > 0; times -= 1) {
    const name =
      chance() < 0.6
        ? (names.find((part) => part.includes('sheet1.xml')) ?? oneOf(chance, names))
        : oneOf(chance, names)
    parts[name] = mutateText(parts[name] ?? Buffer.alloc(0), chance)
    if (chance() < 0.05) delete parts[name]
  }
  return zipFile(parts, oneOf(chance, [{}, {}, { stored: true }, { descriptors: true }, { zip64: true }]))
}

function mutateText(content: Buffer, chance: Chance): Buffer {
  const at = below(chance, content.length + 1)
  const until = Math.min(content.length, at + below(chance, 60))
  switch (below(chance, 7)) {
    case 0:
      return content.subarray(0, at)
    case 1:
      return Buffer.concat([content.subarray(0, at), content.subarray(until)])
    case 2:
      return Buffer.concat([content.subarray(0, until), content.subarray(at, until), content.subarray(until)])
    case 3: {
      const bytes = Buffer.from(content)
      if (bytes.length > 0) bytes[below(chance, bytes.length)] = below(chance, 256)
      return bytes
    }
    case 4:
      return Buffer.from(content.toString('utf8'), chance() < 0.5 ? 'utf16le' : 'latin1')
    default: {
      const text = content.toString('latin1')
      const tag = text.indexOf(chance() < 0.5 ? '<' : '>', at)
      const place = tag < 0 ? at : tag + (text[tag] === '>' ? 1 : 0)
      return Buffer.concat([content.subarray(0, place), Buffer.from(oneOf(chance, nasty)), content.subarray(place)])
    }
  }
}

/** The parts of an archive that zipFile or SheetJS has written. */
export function partsOf(archive: Buffer): Record<string, Buffer> {
  const parts: Record<string, Buffer> = {}
  for (const at of placesOf(archive, 'PK\x01\x02')) {
    const nameLength = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const data = archive.subarray(start, start + archive.readUInt32LE(at + 20))
    parts[name] = archive.readUInt16LE(at + 10) === 0 ? Buffer.from(data) : inflateRawSync(data)
  }
  return parts
}
