import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipOptions {
  /** Parts as they are, not packed. */
  readonly stored?: boolean
  /** Lengths and checksum behind each part instead of before it, as a program writes that does not know them yet. */
  readonly descriptors?: boolean
  /** Lengths and places in the eight bytes that archives beyond 4 GB need. */
  readonly zip64?: boolean
}

/** Parts by name; as a list when a name may come twice. */
export type ZipParts = Readonly<Record<string, string | Buffer>> | readonly (readonly [string, string | Buffer])[]

/** The bytes of a zip archive. */
export function zipFile(parts: ZipParts, options: ZipOptions = {}): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Array.isArray(parts) ? parts : Object.entries(parts)) {
    const plain = Buffer.from(content)
    const packed = options.stored === true ? plain : deflateRawSync(plain)
    const sizes = { checksum: crc32(plain), packed: packed.length, plain: plain.length }
    const told = options.descriptors === true ? { checksum: 0, packed: 0, plain: 0 } : sizes
    const local = Buffer.concat([header('PK\x03\x04', name, told, options, undefined), packed])
    const behind = options.descriptors === true ? [Buffer.from('PK\x07\x08'), sizesBytes(sizes)] : []
    directory.push(header('PK\x01\x02', name, sizes, options, offset))
    bodies.push(local, ...behind)
    offset += Buffer.concat([local, ...behind]).length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(options.zip64 === true ? 0xffff_ffff : entries.length, 12)
  end.writeUInt32LE(options.zip64 === true ? 0xffff_ffff : offset, 16)
  const wide = options.zip64 === true ? [wideEnd(directory.length, entries.length, offset)] : []
  return Buffer.concat([...bodies, entries, ...wide, end])
}

interface Sizes {
  readonly checksum: number
  readonly packed: number
  readonly plain: number
}

function header(
  signature: string,
  name: string,
  sizes: Sizes,
  options: ZipOptions,
  offset: number | undefined,
): Buffer {
  const isCentral = offset !== undefined
  const wide = options.zip64 === true && isCentral
  const extra = wide ? Buffer.alloc(28) : Buffer.alloc(0)
  if (wide) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    for (const [index, value] of [sizes.plain, sizes.packed, offset].entries())
      extra.writeBigUInt64LE(BigInt(value), 4 + index * 8)
  }
  // Version 20, flags, method, no time.
  const common = Buffer.from([
    20,
    0,
    options.descriptors === true ? 8 : 0,
    0,
    options.stored === true ? 0 : 8,
    0,
    0,
    0,
    0,
    0,
  ])
  const lengths = Buffer.from([Buffer.byteLength(name), 0, extra.length, 0])
  const place = Buffer.alloc(isCentral ? 14 : 0)
  if (isCentral) place.writeUInt32LE(wide ? 0xffff_ffff : offset, 10)
  const told = wide ? { ...sizes, packed: 0xffff_ffff, plain: 0xffff_ffff } : sizes
  return Buffer.concat([
    Buffer.from(signature),
    Buffer.from(isCentral ? [20, 0] : []),
    common,
    sizesBytes(told),
    lengths,
    place,
    Buffer.from(name),
    extra,
  ])
}

function sizesBytes({ checksum, packed, plain }: Sizes): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32LE(checksum, 0)
  bytes.writeUInt32LE(packed, 4)
  bytes.writeUInt32LE(plain, 8)
  return bytes
}

function wideEnd(count: number, length: number, offset: number): Buffer {
  const record = Buffer.alloc(76)
  record.write('PK\x06\x06', 'latin1')
  record.writeBigUInt64LE(44n, 4)
  for (const [index, value] of [count, count, length, offset].entries())
    record.writeBigUInt64LE(BigInt(value), 24 + index * 8)
  record.write('PK\x06\x07', 56, 'latin1')
  record.writeBigUInt64LE(BigInt(offset + length), 64)
  record.writeUInt32LE(1, 72)
  return record
}
