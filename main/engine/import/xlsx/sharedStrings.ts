import { AppError } from '../../../../shared/errors'
import { GrowingBytes } from './growingBytes'
import { cdata, closed, finished, nameBytes, needMore, opened, text, type XmlScanner } from './xmlScanner'
import { addCdata, addXmlText } from './xmlText'

/** Beyond this the texts of a workbook would not fit beside everything else. */
const mostBytes = 512 * 1024 ** 2

const item = nameBytes('si')
const run = nameBytes('t')
const phonetic = nameBytes('rPh')

/** The texts that cells refer to by number, as UTF-8 one behind the other. */
export class SharedStrings {
  readonly #texts = new GrowingBytes(64 * 1024, mostBytes)
  #ends = new Uint32Array(4096)
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Adds the text of that number to other bytes. */
  copy(index: number, into: GrowingBytes): void {
    into.addBytes(this.#texts.bytes, index === 0 ? 0 : (this.#ends[index - 1] as number), this.#ends[index] as number)
  }

  /**
   * Reads on as far as the bytes go; answers whether all has been read. The runs of a formatted text are joined,
   * readings printed above the signs are left out.
   */
  read(scanner: XmlScanner): boolean {
    for (;;) {
      switch (scanner.next()) {
        case needMore:
          return false
        case finished:
          return true
        case opened:
          if (scanner.isNamed(phonetic)) this.#phonetics += 1
          else if (scanner.isNamed(run)) this.#isInText = this.#phonetics === 0
          break
        case closed:
          if (scanner.isNamed(run)) this.#isInText = false
          else if (scanner.isNamed(phonetic)) this.#phonetics -= 1
          else if (scanner.isNamed(item)) this.#end()
          break
        case text:
          if (this.#isInText) addXmlText(this.#texts, scanner.bytes, scanner.textStart, scanner.textEnd)
          break
        case cdata:
          if (this.#isInText) addCdata(this.#texts, scanner.bytes, scanner.textStart, scanner.textEnd)
          break
      }
    }
  }

  #isInText = false
  #phonetics = 0

  #end(): void {
    if (this.#count === this.#ends.length) {
      if (this.#count * 4 + this.#texts.length > mostBytes) throw tooManyTexts()
      const grown = new Uint32Array(this.#count * 2)
      grown.set(this.#ends)
      this.#ends = grown
    }
    this.#ends[this.#count] = this.#texts.length
    this.#count += 1
  }
}

function tooManyTexts(): AppError {
  return new AppError('out-of-memory', 'The texts of this workbook need more memory than Casebook may use.', {
    hint: 'Save its sheet as CSV and open that.',
  })
}
