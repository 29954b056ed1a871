import type { Chance } from './chance'
import { strangeCells, strangeName } from './strangeCells'

type Mutation = (bytes: Buffer, chance: Chance, other: Buffer) => Buffer

/** The same text damaged in one to four ways. `other` is a text that pieces may come from. */
export function mutateText(text: Buffer, chance: Chance, other: Buffer): Buffer {
  let bytes = text
  for (let times = 1 + chance.below(4); times > 0; times -= 1) bytes = chance.oneOf(mutations)(bytes, chance, other)
  if (chance.onceIn(60)) bytes = chance.oneOf(rareMutations)(bytes, chance, other)
  return bytes
}

const cut = (bytes: Buffer, at: number, until: number, between: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), between, bytes.subarray(until)])
const insert = (bytes: Buffer, at: number, piece: Uint8Array | string): Buffer =>
  cut(bytes, at, at, typeof piece === 'string' ? Buffer.from(piece) : piece)

const place = (bytes: Buffer, chance: Chance): number => chance.below(bytes.length + 1)
const span = (bytes: Buffer, chance: Chance): readonly [number, number] => {
  const at = place(bytes, chance)
  return [at, Math.min(bytes.length, at + chance.below(chance.oneOf([4, 60, 2000, 100_000])))]
}

/** Where a cell ends somewhere: behind a delimiter or a line end. */
function cellEnd(bytes: Buffer, chance: Chance): number {
  const from = place(bytes, chance)
  const found = [',', ';', '\t', '\n', '|'].map((sign) => bytes.indexOf(sign, from)).filter((at) => at >= 0)
  return found.length === 0 ? from : Math.min(...found)
}

const asText =
  (change: (text: string, chance: Chance, other: string) => string): Mutation =>
  (bytes, chance, other) =>
    Buffer.from(change(bytes.toString('latin1'), chance, other.toString('latin1')), 'latin1')

const lineEnds = ['\n', '\r\n', '\r', '\n\r', '\r\r\n', '\u0085', '\v']
const signs = [
  ',',
  ';',
  '\t',
  '|',
  ' ',
  '"',
  "'",
  '\\',
  '\n',
  '\r',
  '\r\n',
  '""',
  '\u0000',
  '",',
  ',"',
  '"\n',
  '\n"',
  ':',
  '^',
  '~',
]
const marks = [
  'efbbbf',
  'fffe',
  'feff',
  'fffe0000',
  '0000feff',
  '2b2f76',
  '1f8b',
  '504b0304',
  'd0cf11e0a1b11ae1',
  '50415231',
  '25504446',
]

const mutations: readonly Mutation[] = [
  (bytes, chance) => {
    const changed = Buffer.from(bytes)
    for (let times = 1 + chance.below(30); times > 0 && changed.length > 0; times -= 1)
      changed[chance.below(changed.length)] = chance.below(256)
    return changed
  },
  (bytes, chance) => {
    const changed = Buffer.from(bytes)
    const at = chance.below(Math.max(1, changed.length))
    if (changed.length > 0) changed[at] = (changed[at] ?? 0) ^ (1 << chance.below(8))
    return changed
  },
  (bytes, chance) => cut(bytes, ...span(bytes, chance), Buffer.alloc(0)),
  (bytes, chance) => {
    const [at, until] = span(bytes, chance)
    const times = chance.oneOf([1, 2, 3, 50])
    return bytes.length > 400_000
      ? bytes
      : insert(bytes, until, Buffer.concat(Array(times).fill(bytes.subarray(at, Math.min(until, at + 4000)))))
  },
  (bytes, chance) => insert(bytes, place(bytes, chance), Buffer.alloc(chance.below(3000), chance.below(256))),
  (bytes, chance) =>
    insert(
      bytes,
      place(bytes, chance),
      Buffer.from(Array.from({ length: chance.below(500) }, () => chance.below(256))),
    ),
  (bytes, chance) => bytes.subarray(0, place(bytes, chance)),
  (bytes, chance) => bytes.subarray(place(bytes, chance)),
  (bytes, chance, other) =>
    Buffer.concat([bytes.subarray(0, place(bytes, chance)), other.subarray(place(other, chance))]),
  (bytes, _chance, other) => Buffer.concat([bytes, other]),
  (bytes, chance, other) => insert(bytes, place(bytes, chance), other.subarray(...span(other, chance))),
  (bytes, chance) =>
    insert(bytes, place(bytes, chance), chance.oneOf(signs).repeat(1 + chance.below(chance.oneOf([3, 100, 5000])))),
  (bytes, chance) => insert(bytes, cellEnd(bytes, chance), chance.oneOf(strangeCells)),
  (bytes, chance) => {
    let changed = bytes
    for (let times = 1 + chance.below(40); times > 0 && changed.length < 2_000_000; times -= 1)
      changed = insert(changed, cellEnd(changed, chance) + chance.below(2), chance.oneOf(strangeCells))
    return changed
  },
  (bytes, chance) =>
    insert(bytes, chance.onceIn(2) ? 0 : place(bytes, chance), Buffer.from(chance.oneOf(marks), 'hex')),
  asText((text, chance) => text.replaceAll('\n', chance.oneOf(lineEnds))),
  asText((text, chance) => text.replaceAll(/\r?\n/g, () => chance.oneOf(lineEnds))),
  asText((text, chance) => text.replaceAll(chance.oneOf([',', ';', '\t', '|', ' ']), chance.oneOf(signs))),
  // Another encoding from the middle on, or throughout.
  (bytes, chance) => {
    const at = chance.onceIn(2) ? 0 : place(bytes, chance)
    const text = bytes.subarray(at).toString('utf8')
    const encoded = Buffer.from(text, chance.oneOf(['utf16le', 'latin1'] as const))
    return cut(bytes, at, bytes.length, chance.onceIn(3) && encoded.length % 2 === 0 ? encoded.swap16() : encoded)
  },
  (bytes, chance) =>
    Buffer.concat([Buffer.from('\ufeff', 'utf16le'), Buffer.from(bytes.toString('utf8'), 'utf16le')]).subarray(
      0,
      chance.onceIn(2) ? bytes.length : undefined,
    ),
  // A header of other names, or none, or twice.
  asText((text, chance) => {
    const [header = '', ...lines] = text.split('\n')
    const names = header
      .split(/[,;\t|]/)
      .map((name) => (chance.onceIn(2) ? Buffer.from(strangeName(chance)).toString('latin1') : name))
    return [names.join(header.includes(';') ? ';' : ','), ...lines].join('\n')
  }),
  asText((text, chance) => {
    const lines = text.split('\n')
    const [header = '', ...others] = lines
    return chance
      .oneOf([
        () => others,
        () => [header, ...lines],
        () => [...lines, header, ...others],
        () => [header],
        () => lines.reverse(),
      ])()
      .join('\n')
  }),
  asText((text) => {
    const [header = '', ...lines] = text.split('\n')
    const [first = ''] = header.split(',')
    return [
      header
        .split(',')
        .map(() => first)
        .join(','),
      ...lines,
    ].join('\n')
  }),
  asText((text, chance) =>
    text
      .split('\n')
      .map((line) =>
        chance.onceIn(9) ? line.split(',').slice(chance.below(3)).join(',') + ','.repeat(chance.below(6)) : line,
      )
      .join('\n'),
  ),
  asText((text, chance) =>
    text
      .split('\n')
      .map((line) =>
        line
          .split(',')
          .map((cell) => (chance.onceIn(3) ? `"${cell}"` : cell))
          .join(','),
      )
      .join('\n'),
  ),
  // One column, or all of it, in something that is hard to read.
  asText((text, chance) => {
    const column = chance.below(6)
    const values = [0, 1, 2].map(() => Buffer.from(chance.oneOf(strangeCells)).toString('latin1').slice(0, 300))
    return text
      .split('\n')
      .map((line, row) =>
        row === 0
          ? line
          : line
              .split(',')
              .map((cell, index) => (index === column ? values[row % 3] : cell))
              .join(','),
      )
      .join('\n')
  }),
  (_bytes, chance) =>
    Buffer.from(
      Array.from({ length: chance.below(400) }, () =>
        chance.oneOf([...signs, ...strangeCells.slice(0, 60), 'a', '1', '\n']),
      ).join(''),
    ),
]

/** What makes a file large: once in a while. */
const rareMutations: readonly Mutation[] = [
  (bytes, chance) => insert(bytes, cellEnd(bytes, chance), 'x'.repeat(1 + chance.below(3_000_000))),
  (bytes, chance) => insert(bytes, cellEnd(bytes, chance), `"${'""'.repeat(1 + chance.below(300_000))}`),
  (bytes, chance) => insert(bytes, cellEnd(bytes, chance), 'y'.repeat(16_700_000 + chance.below(400_000))),
  (bytes, chance) => insert(bytes, place(bytes, chance), '\n'.repeat(1 + chance.below(1_000_000))),
  (bytes, chance) => insert(bytes, place(bytes, chance), ','.repeat(1 + chance.below(100_000))),
  (bytes, chance) => insert(bytes, place(bytes, chance), '"'.repeat(1 + chance.below(1_000_000))),
  (bytes, chance) => Buffer.concat(Array(1 + chance.below(100)).fill(bytes.subarray(0, 60_000))),
  wideTable,
]

/** As many columns as a sheet can have, or a few more. */
function wideTable(_bytes: Buffer, chance: Chance): Buffer {
  const width = chance.oneOf([1000, 4000, 16_384, 16_385])
  const line = (cell: (index: number) => string): string =>
    Array.from({ length: width }, (_, index) => cell(index)).join(',')
  const values = ['1', 'a', '', '2019-01-01', '1.5', chance.oneOf(strangeCells).slice(0, 20)]
  const data = Array.from({ length: 1 + chance.below(3) }, () => line(() => chance.oneOf(values)))
  return Buffer.from(
    [line((index) => (chance.onceIn(500) ? strangeName(chance).slice(0, 40) : `n${index}`)), ...data].join('\n'),
  )
}
