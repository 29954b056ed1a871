import { mutated, partsOf } from '../engine/import/workbooks/mutations'
import { escaped, letters, mainNamespace } from '../engine/import/workbooks/rawWorkbook'
import { zipFile } from '../engine/import/zipFile'
import type { Chance } from './chance'
import { strangeCells, strangeName } from './strangeCells'

type Parts = [name: string, content: Buffer][]
type Mutation = (parts: Parts, chance: Chance, other: Parts) => void

/** A workbook damaged in its bytes, in the archive, in the XML, or in what the XML says. */
export function mutateBook(workbook: Buffer, chance: Chance, other: Buffer): Buffer {
  if (chance.onceIn(3)) return mutated(workbook, chance.below(2 ** 31))
  const parts: Parts = Object.entries(partsOf(workbook))
  const others: Parts = Object.entries(partsOf(other))
  for (let times = 1 + chance.below(3); times > 0; times -= 1) chance.oneOf(mutations)(parts, chance, others)
  if (chance.onceIn(60)) chance.oneOf(rareMutations)(parts, chance, others)
  const packed = zipFile(parts, chance.oneOf([{}, {}, { stored: true }, { descriptors: true }, { zip64: true }]))
  if (chance.onceIn(12)) return mutated(packed, chance.below(2 ** 31))
  return chance.onceIn(20) ? withWrongChecksum(packed, chance) : packed
}

function withWrongChecksum(archive: Buffer, chance: Chance): Buffer {
  const bytes = Buffer.from(archive)
  const places: number[] = []
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1, 'latin1'))
    places.push(at)
  if (places.length > 0) bytes.writeUInt32LE(chance.below(2 ** 32), chance.oneOf(places) + 16)
  return bytes
}

const partIn = (parts: Parts, pattern: RegExp): Parts[number] | undefined => parts.find(([name]) => pattern.test(name))

/** Changes the text of the first part whose name fits. */
const inPart =
  (pattern: RegExp, change: (xml: string, chance: Chance) => string): Mutation =>
  (parts, chance) => {
    const part = partIn(parts, pattern)
    if (part !== undefined && part[1].length < 3_000_000)
      part[1] = Buffer.from(change(part[1].toString('utf8'), chance))
  }
const inSheet = (change: (xml: string, chance: Chance) => string): Mutation => inPart(/sheet\d*\.xml$/i, change)

const xmlText = (text: string): string => escaped(text.replace(/[\ud800-\udfff]/g, ''))

/** A place between two rows. */
function betweenRows(xml: string, chance: Chance, piece: string): string {
  const found = xml.indexOf('<row', chance.below(xml.length + 1))
  const at = found >= 0 ? found : xml.indexOf('</sheetData>')
  return at < 0 ? xml + piece : xml.slice(0, at) + piece + xml.slice(at)
}

const targets = [
  '../../../etc/passwd',
  '/xl/workbook.xml',
  '_rels/.rels',
  '',
  'worksheets',
  'http://example.org/a.xml',
  'worksheets/sheet1.xml',
  '%2e%2e/x',
  'x'.repeat(70_000),
]
const bigNumbers = ['-1', '0', '1', '65536', '1048576', '1048577', '4294967296', '99999999999999999999', '1e9', 'x', '']

const mutations: readonly Mutation[] = [
  (parts, chance) => void parts.splice(chance.below(parts.length), 1),
  (parts, chance) => {
    const part = chance.oneOf(parts)
    part[1] = Buffer.alloc(chance.oneOf([0, 1, 1000]))
  },
  (parts, chance) => {
    const [one, two] = [chance.oneOf(parts), chance.oneOf(parts)]
    ;[one[1], two[1]] = [two[1], one[1]]
  },
  // The same name twice, with other contents.
  (parts, chance, other) => void parts.push([chance.oneOf(parts)[0], chance.oneOf(other)[1]]),
  (parts, chance, other) => {
    const part = chance.oneOf(parts)
    const same = other.find(([name]) => name === part[0])
    if (same !== undefined) part[1] = same[1]
    else parts.push(chance.oneOf(other))
  },
  (parts, chance) => {
    const part = chance.oneOf(parts)
    part[0] = chance.oneOf([
      part[0].toUpperCase(),
      `/${part[0]}`,
      `../${part[0]}`,
      part[0].replaceAll('/', '\\'),
      'x'.repeat(200),
      '',
    ])
  },
  inPart(/workbook\.xml\.rels$/, (xml, chance) =>
    xml.replace(/Target="[^"]*"/g, (was) => (chance.onceIn(2) ? `Target="${chance.oneOf(targets)}"` : was)),
  ),
  inPart(/workbook\.xml\.rels$/, (xml, chance) => xml.replace(/Id="[^"]*"/g, () => `Id="rId${chance.below(4)}"`)),
  inPart(/^_rels\/\.rels$/, (xml, chance) => xml.replace(/Target="[^"]*"/, `Target="${chance.oneOf(targets)}"`)),
  inPart(/workbook\.xml$/, (xml, chance) =>
    xml.replace(
      '</sheets>',
      `${Array.from({ length: chance.oneOf([1, 3, 20]) }, (_, i) => `<sheet name="${xmlText(strangeName(chance).slice(0, 200))}" sheetId="${i}" r:id="rId${1 + chance.below(3)}"/>`).join('')}</sheets>`,
    ),
  ),
  inPart(/workbook\.xml$/, (xml, chance) =>
    xml.replace(/<sheet /g, `<sheet state="${chance.oneOf(['hidden', 'veryHidden', 'x'])}" `),
  ),
  inPart(/workbook\.xml$/, (xml, chance) =>
    xml.replace('<sheets>', `<workbookPr date1904="${chance.oneOf(['1', 'true', 'x'])}"/><sheets>`),
  ),
  inPart(/sharedStrings\.xml$/, (xml, chance) => xml.replace(/count="\d*"/gi, `count="${chance.oneOf(bigNumbers)}"`)),
  inPart(/sharedStrings\.xml$/, (xml, chance) =>
    xml.replace(/<si>/, `${`<si><t>${xmlText(chance.oneOf(strangeCells))}</t></si>`.repeat(1 + chance.below(30))}<si>`),
  ),
  inPart(/styles\.xml$/, (xml, chance) =>
    xml.replace(/numFmtId="\d+"/g, () => `numFmtId="${chance.oneOf([...bigNumbers, '14', '22', '46', '164'])}"`),
  ),
  inPart(/styles\.xml$/, (xml, chance) =>
    xml.replace(
      /<fonts/,
      `<numFmts><numFmt numFmtId="14" formatCode="${xmlText(chance.oneOf(['yyyy', '[h]:mm', 'General;[Red]@', ';;;', '[$-x', '"', '0'.repeat(5000), '[', '\\']))}"/></numFmts><fonts`,
    ),
  ),
  inSheet((xml, chance) =>
    xml.replace(/<v>[^<]*<\/v>/g, (was) => (chance.onceIn(6) ? `<v>${xmlText(chance.oneOf(strangeCells))}</v>` : was)),
  ),
  inSheet((xml, chance) =>
    xml.replace(/ r="([A-Z]+)(\d+)"/g, (was, column: string, row: string) =>
      chance.onceIn(8)
        ? ` r="${chance.oneOf([column, 'XFD', 'XFE', 'AAAA', ''])}${chance.oneOf([row, ...bigNumbers])}"`
        : was,
    ),
  ),
  inSheet((xml, chance) =>
    xml.replace(/<row r="[^"]*"/g, (was) => (chance.onceIn(6) ? `<row r="${chance.oneOf(bigNumbers)}"` : was)),
  ),
  inSheet((xml, chance) =>
    xml.replace(/ t="[^"]*"/g, (was) =>
      chance.onceIn(4) ? ` t="${chance.oneOf(['s', 'str', 'inlineStr', 'n', 'b', 'e', 'd', 'x', ''])}"` : was,
    ),
  ),
  inSheet((xml, chance) =>
    xml.replace(/ s="[^"]*"/g, (was) => (chance.onceIn(4) ? ` s="${chance.oneOf(bigNumbers)}"` : was)),
  ),
  inSheet((xml, chance) =>
    betweenRows(
      xml,
      chance,
      `<row>${strangeCells
        .slice(chance.below(60), 100)
        .map((cell) => `<c t="str"><v>${xmlText(cell)}</v></c>`)
        .join('')}</row>`,
    ),
  ),
  inSheet((xml, chance) =>
    betweenRows(
      xml,
      chance,
      `<row>${Array.from({ length: 1 + chance.below(40) }, () => `<c t="str"><v>${xmlText(strangeName(chance).slice(0, 40_000))}</v></c>`).join('')}</row>`,
    ),
  ),
  inSheet((xml, chance) =>
    betweenRows(xml, chance, `<row><c><v>${chance.oneOf(['1', 'x'])}</v></c></row>`.repeat(1 + chance.below(2000))),
  ),
  inSheet((xml, chance) =>
    betweenRows(
      xml,
      chance,
      `<row r="${1 + chance.below(1_048_576)}"><c r="${letters(chance.below(16_384))}1"><v>7</v></c></row>`,
    ),
  ),
  inSheet(
    (xml, chance) =>
      `${xml.replace('</worksheet>', '')}<mergeCells>${Array.from({ length: 1 + chance.below(300) }, () => `<mergeCell ref="${letters(chance.below(200))}${chance.below(60)}:${letters(chance.below(16_384))}${chance.oneOf([2, 60, 1_048_576])}"/>`).join('')}</mergeCells></worksheet>`,
  ),
  inSheet((xml, chance) =>
    xml.replace(
      '<sheetData>',
      `<dimension ref="${chance.oneOf(['A1:XFD1048576', 'A1', '', 'XFD1048577:A0'])}"/><cols><col min="1" max="${chance.oneOf(bigNumbers)}" hidden="1"/></cols><sheetData>`,
    ),
  ),
  inSheet(
    (xml, chance) =>
      `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(10)}">${'bcdefghi'
        .split('')
        .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefgh'[i]};`.repeat(10)}">`)
        .join('')}]>${xml.replace('<v>', `<v>&${chance.oneOf(['a', 'i'])};`)}`,
  ),
  inSheet((xml, chance) => xml.replaceAll('<row', `<!--${'-'.repeat(chance.below(5))}--><row`)),
  inSheet((xml, chance) => xml.slice(0, chance.below(xml.length))),
]

/** What makes a workbook large: once in a while. */
const rareMutations: readonly Mutation[] = [
  // Much out of little.
  (parts, chance) => {
    const part =
      partIn(parts, chance.oneOf([/sheet\d*\.xml$/, /sharedStrings/, /workbook\.xml$/, /styles/])) ??
      chance.oneOf(parts)
    const filling = chance.oneOf([' ', '<c/>', '<row/>', '\0', '<si/>', 'x', '<row><c><v>1</v></c></row>'])
    const bomb = Buffer.alloc(chance.oneOf([20, 60, 100]) * 1024 ** 2, filling)
    part[1] = Buffer.concat([part[1].subarray(0, chance.below(part[1].length + 1)), bomb, part[1]])
  },
  inSheet((_xml, chance) => {
    const width = chance.oneOf([1000, 4000, 16_384])
    const cell = chance.oneOf(['<c><v>1</v></c>', '<c t="str"><v>a</v></c>', '<c s="1"><v>43466</v></c>'])
    const row = (one: (index: number) => string): string =>
      `<row>${Array.from({ length: width }, (_, index) => one(index)).join('')}</row>`
    return `<worksheet xmlns="${mainNamespace}"><sheetData>${row((index) => `<c t="str"><v>n${index}</v></c>`)}${row(() => cell).repeat(1 + chance.below(3))}</sheetData></worksheet>`
  }),
  inSheet((xml, chance) =>
    betweenRows(xml, chance, `<row><c t="str"><v>${'z'.repeat(chance.below(20_000_000))}</v></c></row>`),
  ),
  inSheet((xml, chance) =>
    betweenRows(xml, chance, '<row><c><v>1</v></c><c><v>2</v></c></row>'.repeat(chance.below(100_000))),
  ),
]
