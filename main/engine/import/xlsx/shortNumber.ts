import type { GrowingBytes } from './growingBytes'

const minus = 0x2d
const point = 0x2e
const zero = 0x30
const nine = 0x39

/**
 * Copies a number that is already written as Casebook writes it: up to 15 digits, no exponent, no needless zero.
 * Most numbers are, and then nothing has to be parsed. Answers false, and adds nothing, when this one is not.
 */
export function addShortNumber(into: GrowingBytes, { bytes, length }: GrowingBytes): boolean {
  const start = bytes[0] === minus ? 1 : 0
  if (length === start || length - start > 16) return false
  let pointAt = -1
  for (let at = start; at < length; at += 1) {
    const byte = bytes[at] as number
    if (byte === point && pointAt < 0) pointAt = at
    else if (byte < zero || byte > nine) return false
  }
  if (length - start - (pointAt < 0 ? 0 : 1) > 15) return false
  if (!isShort(bytes, start, pointAt < 0 ? length : pointAt, length)) return false
  into.addBytes(bytes, 0, length)
  return true
}

/** Whether there is no zero to leave out, and none that JavaScript would write as a power of ten. */
function isShort(bytes: Uint8Array, start: number, wholeEnd: number, end: number): boolean {
  const isZero = bytes[start] === zero
  if (wholeEnd === start || (isZero && wholeEnd > start + 1)) return false
  // Minus zero is zero.
  if (wholeEnd === end) return !(isZero && start === 1)
  if (wholeEnd + 1 === end || bytes[end - 1] === zero) return false
  if (!isZero) return true
  let at = wholeEnd + 1
  while (bytes[at] === zero) at += 1
  return at - wholeEnd <= 6
}
