import type { GrowingBytes } from './growingBytes'

const minus = 0x2d
const point = 0x2e
const zero = 0x30
const five = 0x35
const nine = 0x39
const mostDigits = 15

/**
 * Adds a number as Casebook writes it, straight from the bytes of its decimal text: up to 15 significant digits, no
 * exponent, no needless zero. Nearly every number of a workbook goes this way, and nothing is parsed. Answers false,
 * and adds nothing, when the text is of another form or its rounding hangs on bits the text does not show.
 */
export function addDecimalText(into: GrowingBytes, bytes: Uint8Array, from: number, to: number): boolean {
  const start = bytes[from] === minus ? from + 1 : from
  if (start >= to || to - start > 24) return false
  let pointAt = to
  for (let at = start; at < to; at += 1) {
    const byte = bytes[at] as number
    if (byte === point && pointAt === to) pointAt = at
    else if (byte < zero || byte > nine) return false
  }
  if (!isPlain(bytes, from, start, pointAt, to)) return false
  const first = firstDigit(bytes, start)
  const digits = to - first - (pointAt < to && pointAt > first ? 1 : 0)
  if (digits > mostDigits) return addRounded(into, bytes, from, first, pointAt, to)
  if (pointAt < to && bytes[to - 1] === zero) return false
  into.addBytes(bytes, from, to)
  return true
}

/** Whether nothing stands before the point that should not, and JavaScript would not write it as a power of ten. */
function isPlain(bytes: Uint8Array, from: number, start: number, wholeEnd: number, end: number): boolean {
  if (wholeEnd === start || wholeEnd + 1 === end) return false
  if (bytes[start] !== zero) return true
  if (wholeEnd > start + 1) return false
  // Minus zero is zero.
  if (wholeEnd === end) return from === start
  return firstDigit(bytes, wholeEnd + 1) - wholeEnd <= 6
}

/** The first digit that is no zero, or the end of the zeros. */
function firstDigit(bytes: Uint8Array, start: number): number {
  let at = start
  while (bytes[at] === zero || bytes[at] === point) at += 1
  return at
}

/**
 * Programs write 16 or 17 digits so that a number comes back bit by bit. Rounding those digits rounds the number,
 * except in the middle between two.
 */
function addRounded(
  into: GrowingBytes,
  bytes: Uint8Array,
  from: number,
  first: number,
  pointAt: number,
  to: number,
): boolean {
  const digits = to - first - (pointAt < to && pointAt > first ? 1 : 0)
  if (digits > 17 || pointAt === to || pointAt - first > mostDigits) return false
  // The first digit that is left out, and where the kept ones end.
  const cut = first + mostDigits + (pointAt > first && pointAt <= first + mostDigits ? 1 : 0)
  const next = bytes[cut] as number
  const isTie = next === five && (cut + 1 === to || bytes[cut + 1] === zero)
  if (isTie) return false
  const start = into.length
  into.addBytes(bytes, from, cut)
  if (next >= five && !increment(into.bytes, start, into.length)) {
    into.length = start
    return false
  }
  let end = into.length
  while (into.bytes[end - 1] === zero) end -= 1
  into.length = into.bytes[end - 1] === point ? end - 1 : end
  return true
}

/** Adds one in the last place; false when that makes another digit in front. */
function increment(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = end - 1; at >= start; at -= 1) {
    const byte = bytes[at] as number
    if (byte === point) continue
    if (byte === minus) return false
    if (byte !== nine) {
      bytes[at] = byte + 1
      return true
    }
    bytes[at] = zero
  }
  return false
}

/** The number a plain decimal text says, good to 15 digits; NaN when it is of another form. */
export function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0
  let scale = 0
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number
    if (byte === point && scale === 0 && at > start) {
      scale = 1
      continue
    }
    const digit = byte - zero
    if (digit < 0 || digit > 9) return Number.NaN
    // More digits than a double holds.
    if (whole > 9e14) continue
    whole = whole * 10 + digit
    if (scale > 0) scale *= 10
  }
  if (start === end || end - start > 24 || (whole > 9e14 && scale === 0)) return Number.NaN
  return scale > 1 ? whole / scale : whole
}
