import { Damage } from './damage'

/** Bytes that more are added to, up to a limit. */
export class GrowingBytes {
  bytes: Buffer
  length = 0
  readonly #most: number

  constructor(firstBytes: number, mostBytes: number) {
    this.bytes = Buffer.allocUnsafe(firstBytes)
    this.#most = mostBytes
  }

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.bytes.length) return
    if (needed > this.#most) throw new Damage(`more than ${this.#most} bytes in one place`)
    const grown = Buffer.allocUnsafe(Math.min(this.#most, Math.max(needed, this.bytes.length * 2)))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }

  addBytes(source: Uint8Array, start: number, end: number): void {
    const count = end - start
    this.reserve(count)
    const { bytes } = this
    let to = this.length
    this.length = to + count
    // For a few bytes a loop is faster than the call that copies.
    if (count > 48) bytes.set(source.subarray(start, end), to)
    else
      for (let at = start; at < end; at += 1) {
        bytes[to] = source[at] as number
        to += 1
      }
  }

  addText(added: string): void {
    this.reserve(added.length * 3)
    this.length += this.bytes.write(added, this.length, 'utf8')
  }

  /** Digits and other signs of ASCII only. */
  addAscii(added: string): void {
    this.reserve(added.length)
    for (let index = 0; index < added.length; index += 1) {
      this.bytes[this.length] = added.charCodeAt(index)
      this.length += 1
    }
  }
}
