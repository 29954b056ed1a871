import { open } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'

interface Entry {
  readonly name: string
  readonly offset: number
  readonly compressed: number
  readonly inflated: number
  readonly method: number
}

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
/** The record at the end, with the longest comment it may have. */
const longestEnd = 22 + 65_535
/** A part beyond this is not looked into; sheets are streamed by another reader. */
const largestPart = 64 * 1024 ** 2

/** The names of the parts of a zip file, read from its end; undefined when the end is missing. */
export async function listZipParts(path: string): Promise<string[] | undefined> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, longestEnd))
    await file.read(tail, 0, tail.length, size - tail.length)
    const end = findEnd(tail)
    if (end === undefined) return undefined
    const start = tail.readUInt32LE(end + 16)
    const directory = Buffer.alloc(Math.min(tail.readUInt32LE(end + 12), Math.max(0, size - start)))
    await file.read(directory, 0, directory.length, start)
    return readDirectory(directory, 0).map(({ name }) => name)
  } finally {
    await file.close()
  }
}

/** The inflated text of one part of a zip file in memory, or undefined when it is not in there. */
export function readZipText(zip: Buffer, name: string): string | undefined {
  const end = findEnd(zip)
  if (end === undefined) return undefined
  const entry = readDirectory(zip, zip.readUInt32LE(end + 16)).find((candidate) => candidate.name === name)
  if (entry === undefined || entry.inflated > largestPart) return undefined
  // The local header repeats name and extra field, with lengths of its own.
  const nameLength = zip.readUInt16LE(entry.offset + 26)
  const extraLength = zip.readUInt16LE(entry.offset + 28)
  const start = entry.offset + 30 + nameLength + extraLength
  const data = zip.subarray(start, start + entry.compressed)
  return (entry.method === 0 ? data : inflateRawSync(data, { maxOutputLength: largestPart })).toString('utf8')
}

function findEnd(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 22; at >= 0 && bytes.length - at <= longestEnd; at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature) return at
  }
  return undefined
}

function readDirectory(bytes: Buffer, start: number): Entry[] {
  const entries: Entry[] = []
  let at = start
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === centralSignature) {
    const nameLength = bytes.readUInt16LE(at + 28)
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      offset: bytes.readUInt32LE(at + 42),
      compressed: bytes.readUInt32LE(at + 20),
      inflated: bytes.readUInt32LE(at + 24),
      method: bytes.readUInt16LE(at + 10),
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}
