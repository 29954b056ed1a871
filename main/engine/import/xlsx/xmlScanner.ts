import { Damage } from './damage'

/** What `next` came upon. `needMore` asks for more bytes. */
export const needMore = 0
export const opened = 1
export const closed = 2
export const text = 3
export const cdata = 4
export const finished = 5

const deepest = 256
/** A tag or a text longer than this is no workbook: a cell holds at most 32,767 characters. */
const longestToken = 4 * 1024 ** 2

const lt = 0x3c
const gt = 0x3e
const slash = 0x2f
const bang = 0x21
const question = 0x3f
const equals = 0x3d
const colon = 0x3a
const doubleQuote = 0x22
const singleQuote = 0x27

const closingFormula = Buffer.from('</f>', 'latin1')
const closingValue = Buffer.from('</v></c>', 'latin1')

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/**
 * Walks over the tags and texts of XML in bytes that come in pieces, without making a string of any. What it found
 * last stands in its fields, as places in `bytes`, until `next` or `feed` is called. Tags must match and DTDs are
 * refused. A tag that closes itself is told as opened and closed.
 */
export class XmlScanner {
  bytes: Uint8Array = new Uint8Array(0)
  /** The name of a tag, without its prefix. */
  nameStart = 0
  nameEnd = 0
  /** Where the formula before a value that was taken stands; its end is 0 where there is none. */
  formulaStart = 0
  formulaEnd = 0
  textStart = 0
  textEnd = 0
  /** After `nextAttribute`: its name with its prefix, and its value as written. */
  attributeStart = 0
  attributeEnd = 0
  valueStart = 0
  valueEnd = 0
  /** Tags that are open, the last one included. */
  depth = 0
  #at = 0
  #end = 0
  #isLast = false
  #closesItself = false
  #attributeAt = 0
  #attributesEnd = 0
  #hasRoot = false
  readonly #open = new Int32Array(deepest)

  /** Adds bytes behind those not yet understood. They are kept, not copied, where nothing is left. */
  feed(chunk: Uint8Array): void {
    const rest = this.#end - this.#at
    if (rest > longestToken) throw new Damage('a tag or a text is longer than any cell can be')
    if (rest === 0) this.bytes = chunk
    else {
      const joined = Buffer.allocUnsafe(rest + chunk.length)
      joined.set(this.bytes.subarray(this.#at, this.#end), 0)
      joined.set(chunk, rest)
      this.bytes = joined
    }
    this.#at = 0
    this.#end = this.bytes.length
  }

  /** There is nothing to come any more. */
  endOfInput(): void {
    this.#isLast = true
  }

  next(): number {
    if (this.#closesItself) {
      this.#closesItself = false
      this.depth -= 1
      return closed
    }
    for (;;) {
      const { bytes } = this
      const at = this.#at
      if (at >= this.#end) return this.#isLast ? this.#finish() : needMore
      if (bytes[at] !== lt) return this.#readText(at)
      const second = bytes[at + 1]
      if (second === slash) return this.#readClosing(at)
      if (second === bang) {
        const found = this.#readDeclaration(at)
        if (found !== opened) return found
      } else if (second === question) {
        if (!this.#skipPast(at + 2, '?>')) return this.#wait()
      } else return this.#readOpening(at)
    }
  }

  /** Whether the name of the tag is this one. */
  isNamed(name: Uint8Array): boolean {
    const length = this.nameEnd - this.nameStart
    if (length !== name.length) return false
    for (let index = 0; index < length; index += 1) if (this.bytes[this.nameStart + index] !== name[index]) return false
    return true
  }

  /** Moves to the next attribute of the tag that was opened. */
  nextAttribute(): boolean {
    const { bytes } = this
    const end = this.#attributesEnd
    let at = this.#attributeAt
    while (at < end && isSpace(bytes[at])) at += 1
    if (at >= end) return false
    this.attributeStart = at
    while (at < end && bytes[at] !== equals && !isSpace(bytes[at])) at += 1
    this.attributeEnd = at
    while (at < end && isSpace(bytes[at])) at += 1
    if (bytes[at] !== equals) throw new Damage('an attribute has no value')
    at += 1
    while (at < end && isSpace(bytes[at])) at += 1
    const quote = bytes[at]
    if (at >= end || (quote !== doubleQuote && quote !== singleQuote)) throw new Damage('an attribute is not quoted')
    at += 1
    this.valueStart = at
    while (at < end && bytes[at] !== quote) at += 1
    if (at >= end) throw new Damage('the value of an attribute does not end')
    this.valueEnd = at
    this.#attributeAt = at + 1
    return true
  }

  /**
   * Behind the opening tag of a cell: takes `<v>…</v></c>`, after a formula or not, in one step, with the value as the
   * text. Answers false, having moved nowhere, when the cell is of another form, which the long way reads.
   */
  takeValue(): boolean {
    if (this.#closesItself) return false
    const { bytes } = this
    let at = this.#at
    this.formulaEnd = 0
    if (bytes[at] === lt && bytes[at + 1] === 0x66 && bytes[at + 2] === gt) {
      at += 3
      this.formulaStart = at
      while (at < this.#end && bytes[at] !== lt) at += 1
      if (!this.#standsAt(at, closingFormula)) return false
      this.formulaEnd = at
      at += closingFormula.length
    }
    if (bytes[at] !== lt || bytes[at + 1] !== 0x76 || bytes[at + 2] !== gt) return false
    const start = at + 3
    at = start
    while (at < this.#end && bytes[at] !== lt) {
      if (bytes[at] === 0x26) return false
      at += 1
    }
    if (!this.#standsAt(at, closingValue)) return false
    this.textStart = start
    this.textEnd = at
    this.#at = at + closingValue.length
    this.depth -= 1
    return true
  }

  #standsAt(at: number, mark: Uint8Array): boolean {
    if (at + mark.length > this.#end) return false
    for (let index = 0; index < mark.length; index += 1) if (this.bytes[at + index] !== mark[index]) return false
    return true
  }

  #finish(): number {
    if (this.depth > 0) throw new Damage('the XML breaks off')
    if (!this.#hasRoot) throw new Damage('the XML is empty')
    return finished
  }

  /** More bytes are needed to understand what begins here; at the end of the input that is damage. */
  #wait(): number {
    if (this.#isLast) throw new Damage('the XML breaks off')
    return needMore
  }

  #readText(at: number): number {
    const { bytes } = this
    const end = this.#end
    let stop = at
    while (stop < end && bytes[stop] !== lt) stop += 1
    if (stop === end && !this.#isLast) return needMore
    this.textStart = at
    this.textEnd = stop
    this.#at = stop
    return text
  }

  #readOpening(at: number): number {
    const { bytes } = this
    const end = this.#end
    let stop = at + 1
    this.nameStart = stop
    while (stop < end) {
      const byte = bytes[stop]
      if (byte === gt || byte === slash || isSpace(byte)) break
      if (byte === colon) this.nameStart = stop + 1
      stop += 1
    }
    this.nameEnd = stop
    while (stop < end && bytes[stop] !== gt) {
      const byte = bytes[stop]
      stop += 1
      if (byte !== doubleQuote && byte !== singleQuote) continue
      while (stop < end && bytes[stop] !== byte) stop += 1
      stop += 1
    }
    if (stop >= end) return this.#wait()
    this.#at = stop + 1
    this.#closesItself = bytes[stop - 1] === slash
    this.#attributeAt = this.nameEnd
    this.#attributesEnd = this.#closesItself ? stop - 1 : stop
    if (this.depth === 0) {
      if (this.#hasRoot) throw new Damage('the XML goes on behind its end')
      this.#hasRoot = true
    }
    if (this.depth >= deepest) throw new Damage('tags are nested too deep')
    this.#open[this.depth] = this.#nameKey()
    this.depth += 1
    return opened
  }

  #readClosing(at: number): number {
    const { bytes } = this
    const end = this.#end
    let stop = at + 2
    this.nameStart = stop
    let nameEnd = 0
    while (stop < end && bytes[stop] !== gt) {
      if (bytes[stop] === colon) this.nameStart = stop + 1
      else if (nameEnd === 0 && isSpace(bytes[stop])) nameEnd = stop
      stop += 1
    }
    if (stop >= end) return this.#wait()
    this.nameEnd = nameEnd === 0 ? stop : nameEnd
    this.#at = stop + 1
    this.depth -= 1
    if (this.depth < 0 || this.#open[this.depth] !== this.#nameKey()) throw new Damage('tags do not match')
    return closed
  }

  /** Length, first and last letter: enough to notice that another tag is closed than was opened. */
  #nameKey(): number {
    const first = this.bytes[this.nameStart] ?? 0
    const last = this.bytes[this.nameEnd - 1] ?? 0
    return ((this.nameEnd - this.nameStart) << 16) | (first << 8) | last
  }

  /** Answers `opened` when a comment was skipped. */
  #readDeclaration(at: number): number {
    if (this.#end - at < 9 && !this.#isLast) return needMore
    const start = Buffer.from(this.bytes.subarray(at, at + 9)).toString('latin1')
    if (start.startsWith('<!--')) return this.#skipPast(at + 4, '-->') ? opened : this.#wait()
    if (start !== '<![CDATA[') throw new Damage('the XML has a document type, which no workbook has')
    if (!this.#skipPast(at + 9, ']]>')) return this.#wait()
    this.textStart = at + 9
    this.textEnd = this.#at - 3
    return cdata
  }

  #skipPast(from: number, mark: string): boolean {
    const { buffer, byteOffset } = this.bytes
    const found = Buffer.from(buffer, byteOffset, this.#end).indexOf(mark, from, 'latin1')
    if (found < 0) return false
    this.#at = found + mark.length
    return true
  }
}

/** Names to compare with, as bytes. */
export const nameBytes = (name: string): Uint8Array => Buffer.from(name, 'latin1')
