import { gzipSync } from 'node:zlib'

const systemByte = 9
const unknownSystem = 255

/** Gzip without a time or an operating system in its header: the same text gives the same bytes. */
export function gzip(text) {
  const packed = gzipSync(text, { level: 9 })
  packed[systemByte] = unknownSystem
  return packed
}
