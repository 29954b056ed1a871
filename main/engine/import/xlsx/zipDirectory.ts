import { type FileHandle, open } from 'node:fs/promises'
import { Damage } from './damage'

export interface ZipEntry {
  readonly name: string
  /** Where its own header begins. */
  readonly offset: number
  readonly packedBytes: number
  readonly plainBytes: number
  readonly checksum: number
  /** 0 is stored, 8 is deflated. */
  readonly method: number
  readonly isEncrypted: boolean
}

const endSignature = 0x06054b50
const end64Signature = 0x06064b50
const locator64Signature = 0x07064b50
const centralSignature = 0x02014b50
const endBytes = 22
/** The record at the end, with the longest comment it may have, and the zip64 locator before it. */
const longestTail = endBytes + 65_535 + 20
const largestDirectory = 64 * 1024 ** 2

/** The names of the parts of a zip file, read from its end; undefined when that cannot be read. */
export async function listZipParts(path: string): Promise<string[] | undefined> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    return (await readEntries(file, size)).map(({ name }) => name)
  } catch (error) {
    if (error instanceof Damage) return undefined
    throw error
  } finally {
    await file.close()
  }
}

/** @throws Damage when the end of the file is missing or points nowhere. */
export async function readEntries(file: FileHandle, size: number): Promise<ZipEntry[]> {
  const tail = await readAt(file, Math.max(0, size - longestTail), Math.min(size, longestTail))
  const end = findEnd(tail)
  if (end === undefined) throw new Damage('the end of the archive is missing')
  const endAt = size - tail.length + end
  const told = (await readEnd64(file, tail, end, size)) ?? {
    bytes: tail.readUInt32LE(end + 12),
    start: tail.readUInt32LE(end + 16),
    endAt,
  }
  if (told.bytes > largestDirectory) throw new Damage('the list of parts is too long')
  if (told.bytes > told.endAt) throw new Damage('the list of parts is longer than the file')
  // Something may stand before the archive; then every place is counted from where it begins.
  const shift = await shiftOf(file, told)
  return entriesOf(await readAt(file, told.start + shift, told.bytes), shift)
}

interface DirectoryPlace {
  readonly bytes: number
  readonly start: number
  /** Where the record stands that says so. */
  readonly endAt: number
}

function findEnd(tail: Buffer): number | undefined {
  for (let at = tail.length - endBytes; at >= 0; at -= 1)
    if (tail.readUInt32LE(at) === endSignature && at + endBytes + tail.readUInt16LE(at + 20) <= tail.length) return at
  return undefined
}

async function readEnd64(
  file: FileHandle,
  tail: Buffer,
  end: number,
  size: number,
): Promise<DirectoryPlace | undefined> {
  const locator = end - 20
  if (locator < 0 || tail.readUInt32LE(locator) !== locator64Signature) return undefined
  const endAt = Number(tail.readBigUInt64LE(locator + 8))
  if (endAt + 56 > size) throw new Damage('the zip64 record lies beyond the end of the file')
  const record = await readAt(file, endAt, 56)
  if (record.readUInt32LE(0) !== end64Signature) throw new Damage('the zip64 record is missing')
  return { bytes: Number(record.readBigUInt64LE(40)), start: Number(record.readBigUInt64LE(48)), endAt }
}

async function shiftOf(file: FileHandle, { bytes, start, endAt }: DirectoryPlace): Promise<number> {
  if (bytes === 0) return 0
  const begins = async (at: number): Promise<boolean> =>
    at >= 0 && at + 4 <= endAt && (await readAt(file, at, 4)).readUInt32LE(0) === centralSignature
  if (await begins(start)) return 0
  if (await begins(endAt - bytes)) return endAt - bytes - start
  throw new Damage('the list of parts is not where it should be')
}

function entriesOf(directory: Buffer, shift: number): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === centralSignature) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
    if (extraEnd > directory.length) throw new Damage('the list of parts breaks off')
    const sizes = wideSizes(directory.subarray(nameEnd, extraEnd), [
      directory.readUInt32LE(at + 24),
      directory.readUInt32LE(at + 20),
      directory.readUInt32LE(at + 42),
    ])
    entries.push({
      // Some programs write the separators of Windows.
      name: directory
        .toString('utf8', at + 46, nameEnd)
        .replaceAll('\\', '/')
        .replace(/^\/+/, ''),
      plainBytes: sizes[0],
      packedBytes: sizes[1],
      offset: sizes[2] + shift,
      checksum: directory.readUInt32LE(at + 16),
      method: directory.readUInt16LE(at + 10),
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
    })
    at = extraEnd + directory.readUInt16LE(at + 32)
  }
  return entries
}

type Sizes = readonly [plainBytes: number, packedBytes: number, offset: number]

/** Sizes that do not fit into four bytes stand in the zip64 extra field, in this order. */
function wideSizes(extra: Buffer, sizes: Sizes): Sizes {
  let at = 0
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2)
  at += 4
  const [plainBytes, packedBytes, offset] = sizes.map((size) => {
    if (size !== 0xffff_ffff || at + 8 > extra.length) return size
    at += 8
    return Number(extra.readBigUInt64LE(at - 8))
  }) as [number, number, number]
  return [plainBytes, packedBytes, offset]
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, position)
  if (bytesRead < length) throw new Damage('the file ends too early')
  return bytes
}
