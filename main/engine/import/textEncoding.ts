import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../../shared/errors'
import { cancelled } from './work'

/** `mixed`: some lines are UTF-8, the others Windows-1252. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'mixed'

export interface TextEncoding {
  readonly encoding: Encoding
  /** The file says or looks UTF-8 but has bytes that are not: 0 when all is well. */
  readonly invalidBytes: number
  /** Bytes of value 0 in a text that has none by rights. */
  readonly nulBytes: number
  /** Byte order marks inside the text, where another file was put behind the first. */
  readonly marksInside: number
}

/** The encoding its first bytes promise. UTF-8 unless a mark or the pattern of NULs say otherwise. */
export function promisedEncoding(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return guessUtf16(head.subarray(0, 8192)) ?? 'utf-8'
}

/** UTF-16 without a mark has a NUL in nearly every second byte. */
export function guessUtf16(sample: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  let even = 0
  let odd = 0
  sample.forEach((byte, index) => {
    if (byte !== 0) return
    if (index % 2 === 0) even += 1
    else odd += 1
  })
  const half = sample.length / 2
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le'
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be'
  return undefined
}

/**
 * The encoding all bytes agree with, or the one that is wished. It is proved before DuckDB sees the file: an invalid byte met while only some
 * columns are read is a fatal error there, which takes the whole database with it.
 * @throws AppError `bad-file` when the bytes are in no encoding Casebook reads.
 */
export async function proveEncoding(
  path: string,
  gzip: boolean,
  head: Buffer,
  signal: AbortSignal,
  wished?: Encoding,
): Promise<TextEncoding> {
  const promised = wished ?? promisedEncoding(head)
  if (promised.startsWith('utf-16')) return { encoding: promised, invalidBytes: 0, nulBytes: 0, marksInside: 0 }
  const counts = await countInvalid(path, gzip, signal)
  const seen = { invalidBytes: counts.invalid, nulBytes: counts.nul, marksInside: counts.marks }
  if (wished !== undefined) return { encoding: wished, ...seen, invalidBytes: wished === 'utf-8' ? counts.invalid : 0 }
  if (counts.invalid === 0) return { encoding: 'utf-8', ...seen }
  const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
  // A few broken bytes in a text full of good UTF-8 characters would make garbage of all of them as Windows-1252.
  const isStrange = counts.strange > counts.invalid * 0.1
  if (counts.wide > 0 && counts.invalid >= fewestMixed && !isStrange) return { encoding: 'mixed', ...seen }
  if (marked || counts.wide > counts.invalid * 4) return { encoding: 'utf-8', ...seen }
  if (isStrange) throw unknownEncoding(path, counts.firstBadByte)
  return { encoding: 'windows-1252', ...seen }
}

function unknownEncoding(path: string, byte: number): AppError {
  return new AppError(
    'bad-file',
    `${basename(path)} is in an unknown encoding: neither UTF-8, UTF-16 nor Windows-1252.`,
    {
      hint: 'Open it in the program it comes from and save it as CSV UTF-8.',
      where: { file: path },
      technical: `first byte that is not UTF-8: 0x${byte.toString(16)}`,
    },
  )
}

/** Fewer bytes that are not UTF-8 are damage, not lines in another encoding. */
const fewestMixed = 3

/** Letters of other encodings stand here, of Japanese, Chinese and old Macintosh text among others. */
const strangeBytes = new Set([0x81, 0x82, 0x83, 0x84, 0x86, 0x87, 0x88, 0x89, 0x8b, 0x8d, 0x8f, 0x90, 0x98, 0x9b, 0x9d])

/** Dashes, quotes and other signs of Windows-1252. Between small letters they are letters of Macintosh or DOS text. */
const signs = new Set([0x80, 0x85, 0x91, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99])
const isSmall = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x61 && byte <= 0x7a

interface ByteCounts {
  invalid: number
  /** Characters of several bytes that are right. */
  wide: number
  /** Bytes that Windows-1252 does not know or that are signs hardly ever met, as † and ‰. */
  strange: number
  firstBadByte: number
  nul: number
  marks: number
}

async function countInvalid(path: string, gzip: boolean, signal: AbortSignal): Promise<ByteCounts> {
  const counts: ByteCounts = { invalid: 0, wide: 0, strange: 0, firstBadByte: 0, nul: 0, marks: 0 }
  let rest: Buffer = Buffer.alloc(0)
  let isStart = true
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  const source = gzip ? file.pipe(createGunzip()) : file
  // A pipe does not hand on errors of its source.
  if (gzip) file.once('error', (error) => source.destroy(error))
  try {
    for await (const chunk of source) {
      if (signal.aborted) throw cancelled()
      const bytes: Buffer = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
      const end = lastCharacterStart(bytes)
      const whole = bytes.subarray(0, end)
      if (!isUtf8(whole)) countBytes(whole, counts)
      counts.nul += occurrences(whole, nulByte)
      counts.marks += occurrences(isStart ? whole.subarray(mark.length) : whole, mark)
      isStart = false
      rest = bytes.subarray(end)
    }
    if (rest.length > 0 && !isUtf8(rest)) countBytes(rest, counts)
    return counts
  } catch (cause) {
    if (signal.aborted || cause instanceof AppError) throw cancelled(cause)
    throw new AppError('bad-file', `${basename(path)} cannot be read to its end.`, {
      hint: gzip
        ? 'The packed file is damaged or cut off: ask for it again.'
        : 'Check the disk, or copy the file anew.',
      where: { file: path },
      technical: String(cause),
      cause,
    })
  } finally {
    file.destroy()
    source.destroy()
  }
}

const nulByte = Buffer.from([0])
const mark = Buffer.from([0xef, 0xbb, 0xbf])

function occurrences(bytes: Buffer, wanted: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + wanted.length)) count += 1
  return count
}

function countBytes(bytes: Buffer, counts: ByteCounts): void {
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) {
      at += 1
      continue
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if (byte >= 0xc2 && isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length) {
      counts.wide += 1
      at += length
    } else {
      if (counts.invalid === 0) counts.firstBadByte = byte
      counts.invalid += 1
      if (strangeBytes.has(byte) || (signs.has(byte) && isSmall(bytes[at - 1]) && isSmall(bytes[at + 1])))
        counts.strange += 1
      at += 1
    }
  }
}

/** Where the last character begins when it may go on in the next chunk, else the length. */
function lastCharacterStart(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
