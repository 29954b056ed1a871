import { inflateRawSync } from 'node:zlib'

/** The inflated text of one part of a zip file in memory, or undefined when it is not in there. */
export function readZipText(zip: Buffer, name: string): string | undefined {
  const entry = findEntry(zip, name)
  if (entry === undefined) return undefined
  // The local header repeats name and extra field, with lengths of its own.
  const nameLength = zip.readUInt16LE(entry.offset + 26)
  const extraLength = zip.readUInt16LE(entry.offset + 28)
  const start = entry.offset + 30 + nameLength + extraLength
  const data = zip.subarray(start, start + entry.compressed)
  return (entry.method === 0 ? data : inflateRawSync(data, { maxOutputLength: 64 * 1024 ** 2 })).toString('utf8')
}

interface Entry {
  readonly offset: number
  readonly compressed: number
  readonly method: number
}

const endSignature = 0x06054b50
const centralSignature = 0x02014b50

function findEntry(zip: Buffer, wanted: string): Entry | undefined {
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== endSignature) end -= 1
  if (end < 0) return undefined
  let at = zip.readUInt32LE(end + 16)
  while (at + 46 <= zip.length && zip.readUInt32LE(at) === centralSignature) {
    const nameLength = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    if (name === wanted) {
      return {
        offset: zip.readUInt32LE(at + 42),
        compressed: zip.readUInt32LE(at + 20),
        method: zip.readUInt16LE(at + 10),
      }
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return undefined
}
