import type { GrowingBytes } from './growingBytes'

const ampersand = 0x26
const underscore = 0x5f
const carriageReturn = 0x0d
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Adds the text between two tags as UTF-8: entities replaced, line ends as XML wants them, and `_x000D_` read as the
 * sign it stands for, which is how a workbook writes what XML cannot hold. The result is never longer than the source.
 */
export function addXmlText(into: GrowingBytes, source: Uint8Array, start: number, end: number): void {
  into.reserve(end - start)
  const { bytes } = into
  let to = into.length
  let at = start
  while (at < end) {
    const byte = source[at] as number
    if (byte === ampersand || byte === underscore || byte === carriageReturn) break
    bytes[to] = byte
    to += 1
    at += 1
  }
  into.length = to
  if (at === end) return
  // Rare: what is left goes through a string.
  into.addText(decodeXmlText(Buffer.from(source.subarray(at, end)).toString('utf8')))
}

/** Adds the content of a CDATA section: no entities in there, but the signs of a workbook are. */
export function addCdata(into: GrowingBytes, source: Uint8Array, start: number, end: number): void {
  into.addText(decodeSigns(unifyLineEnds(Buffer.from(source.subarray(start, end)).toString('utf8'))))
}

const decodeXmlText = (written: string): string => decodeSigns(decodeEntities(unifyLineEnds(written)))

const unifyLineEnds = (written: string): string => (written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written)

/** What an entity is not known for stays as it is written. */
export function decodeEntities(written: string): string {
  if (!written.includes('&')) return written
  return written.replace(/&(?:#x([0-9a-f]{1,8})|#(\d{1,10})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole
    return fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
  })
}

function fromCodePoint(code: number): string {
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)
}

/** Two halves of a surrogate pair may stand one after the other; a lone one becomes U+FFFD when it is written as UTF-8. */
function decodeSigns(written: string): string {
  if (!written.includes('_x')) return written
  return written.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
