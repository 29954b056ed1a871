import { isDate, isoText, numberText, serialText } from './cellText'
import { Damage } from './damage'
import { GrowingBytes } from './growingBytes'
import { errorCell, mostRowBytes, numberCell, plainCell, RowCells } from './rowCells'
import type { SharedStrings } from './sharedStrings'
import { addShortNumber } from './shortNumber'
import type { CellFormats } from './styles'
import { cdata, closed, finished, nameBytes, needMore, opened, text, type XmlScanner } from './xmlScanner'
import { addCdata, addXmlText, decodeEntities } from './xmlText'

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly strings: SharedStrings
  readonly formats: CellFormats
  readonly date1904: boolean
}

const names = {
  sheetData: nameBytes('sheetData'),
  row: nameBytes('row'),
  c: nameBytes('c'),
  v: nameBytes('v'),
  is: nameBytes('is'),
  t: nameBytes('t'),
  rPh: nameBytes('rPh'),
  mergeCell: nameBytes('mergeCell'),
}

// Where in the sheet the scanner is.
const outside = 0
const inData = 1
const inRow = 2
const inCell = 3
const inValue = 4
const inInline = 5
const inInlineText = 6
const inPhonetic = 7

// The types of cells, by the letters of their `t` attribute.
const numeric = 0
const shared = 1
const inlineText = 2
const formulaText = 3
const truth = 4
const failure = 5
const isoDate = 6

/** Turns the XML of a sheet into rows, a piece at a time. */
export class SheetScanner {
  readonly row = new RowCells()
  /** Ranges such as A1:C1. */
  readonly merges: string[] = []
  hiddenRows = 0
  readonly #scanner: XmlScanner
  readonly #context: SheetContext
  readonly #onRow: (row: RowCells) => void
  readonly #value = new GrowingBytes(64 * 1024, mostRowBytes)
  #place = outside
  #column = -1
  #type = numeric
  #style = 0
  #rowIsNumbered = false

  constructor(scanner: XmlScanner, context: SheetContext, onRow: (row: RowCells) => void) {
    this.#scanner = scanner
    this.#context = context
    this.#onRow = onRow
  }

  /** Reads on as far as the bytes go; answers whether the sheet has been read to its end. */
  read(): boolean {
    const scanner = this.#scanner
    for (;;) {
      switch (scanner.next()) {
        case needMore:
          return false
        case finished:
          return true
        case opened:
          this.#open(scanner)
          break
        case closed:
          this.#close(scanner)
          break
        case text:
          if (this.#place === inValue || this.#place === inInlineText)
            addXmlText(this.#value, scanner.bytes, scanner.textStart, scanner.textEnd)
          break
        case cdata:
          if (this.#place === inValue || this.#place === inInlineText)
            addCdata(this.#value, scanner.bytes, scanner.textStart, scanner.textEnd)
          break
      }
    }
  }

  #open(scanner: XmlScanner): void {
    switch (this.#place) {
      case inRow:
        if (scanner.isNamed(names.c)) this.#beginCell(scanner)
        break
      case inCell:
        if (scanner.isNamed(names.v)) {
          this.#value.length = 0
          this.#place = inValue
        } else if (scanner.isNamed(names.is)) {
          this.#value.length = 0
          this.#place = inInline
          this.#type = inlineText
        }
        break
      case inData:
        if (scanner.isNamed(names.row)) this.#beginRow(scanner)
        break
      case inInline:
        if (scanner.isNamed(names.t)) this.#place = inInlineText
        else if (scanner.isNamed(names.rPh)) this.#place = inPhonetic
        break
      case outside:
        if (scanner.depth === 2 && scanner.isNamed(names.sheetData)) this.#place = inData
        else if (scanner.isNamed(names.mergeCell)) this.#addMerge(scanner)
        break
    }
  }

  #close(scanner: XmlScanner): void {
    switch (this.#place) {
      case inValue:
        if (scanner.isNamed(names.v)) this.#place = inCell
        break
      case inCell:
        if (scanner.isNamed(names.c)) {
          this.#endCell()
          this.#place = inRow
        }
        break
      case inRow:
        if (scanner.isNamed(names.row)) {
          if (this.row.width > 0) this.#onRow(this.row)
          this.#place = inData
        }
        break
      case inData:
        if (scanner.isNamed(names.sheetData)) this.#place = outside
        break
      case inInlineText:
        if (scanner.isNamed(names.t)) this.#place = inInline
        break
      case inPhonetic:
        if (scanner.isNamed(names.rPh)) this.#place = inInline
        break
      case inInline:
        if (scanner.isNamed(names.is)) this.#place = inCell
        break
    }
  }

  #addMerge(scanner: XmlScanner): void {
    while (scanner.nextAttribute())
      if (attributeLetter(scanner) === 'ref' && this.merges.length < 10_000) this.merges.push(valueText(scanner))
  }

  #beginRow(scanner: XmlScanner): void {
    let index = this.row.index + 1
    this.#rowIsNumbered = false
    while (scanner.nextAttribute()) {
      const name = attributeLetter(scanner)
      if (name === 'r') {
        index = this.#rowIndex(valueNumber(scanner))
        this.#rowIsNumbered = true
      } else if (name === 'hidden' && /^(1|true|on)$/i.test(valueText(scanner))) this.hiddenRows += 1
    }
    this.row.begin(index)
    this.#column = -1
    this.#place = inRow
  }

  #rowIndex(number: number): number {
    if (number <= this.row.index + 1)
      throw new Damage(`row ${number} stands behind row ${this.row.index + 1}`, this.row.index + 1)
    return number - 1
  }

  #beginCell(scanner: XmlScanner): void {
    this.#column += 1
    this.#type = numeric
    this.#style = 0
    this.#value.length = 0
    this.#place = inCell
    while (scanner.nextAttribute()) {
      if (scanner.attributeEnd - scanner.attributeStart !== 1) continue
      switch (scanner.bytes[scanner.attributeStart]) {
        case 0x72: // r
          this.#placeCell(scanner)
          break
        case 0x73: // s
          this.#style = valueNumber(scanner)
          break
        case 0x74: // t
          this.#type = typeOf(scanner)
          break
      }
    }
  }

  /** `BC12` says the column, and must not say another row. */
  #placeCell({ bytes, valueStart, valueEnd }: XmlScanner): void {
    let at = valueStart
    let column = 0
    for (; at < valueEnd; at += 1) {
      const letter = ((bytes[at] as number) & 0xdf) - 64
      if (letter < 1 || letter > 26 || (bytes[at] as number) < 65) break
      column = column * 26 + letter
      if (column > 20_000) break
    }
    let number = 0
    for (; at < valueEnd; at += 1) {
      const digit = (bytes[at] as number) - 48
      if (digit < 0 || digit > 9 || number > 1e9) throw this.#badReference()
      number = number * 10 + digit
    }
    if (column > 0) this.#column = column - 1
    if (number === 0 || number === this.row.index + 1) return
    if (this.#rowIsNumbered || this.row.width > 0 || number <= this.row.index) throw this.#badReference()
    // A row that does not say its number is where its first cell says.
    const before = this.#column
    this.row.begin(number - 1)
    this.#column = before
    this.#rowIsNumbered = true
  }

  #badReference(): Damage {
    return new Damage('a cell with a reference that cannot be', this.row.index + 1)
  }

  #endCell(): void {
    const { row } = this
    const value = this.#value
    if (value.length === 0) return
    const start = row.content.length
    const kind = this.#addValue(value, row.content)
    row.end(this.#column, start, kind)
  }

  /** Writes the text of the cell and answers what it is. */
  #addValue(value: GrowingBytes, into: GrowingBytes): number {
    switch (this.#type) {
      case shared:
        this.#addShared(value, into)
        return plainCell
      case numeric:
        return this.#addNumber(value, into)
      case truth:
        into.addAscii(truthText(asText(value)))
        return plainCell
      case isoDate:
        into.addText(isoText(asText(value)))
        return plainCell
      case failure:
        into.addBytes(value.bytes, 0, value.length)
        return errorCell
      default:
        into.addBytes(value.bytes, 0, value.length)
        return plainCell
    }
  }

  #addShared(value: GrowingBytes, into: GrowingBytes): void {
    const index = indexOf(value)
    if (index < 0 || index >= this.#context.strings.count)
      throw new Damage(`a cell with text number ${asText(value).slice(0, 20)}, which is not there`, this.row.index + 1)
    this.#context.strings.copy(index, into)
  }

  #addNumber(value: GrowingBytes, into: GrowingBytes): number {
    const { formats, date1904 } = this.#context
    const kind = formats.kindOf(this.#style)
    if (kind === 'number' || kind === 'percent') {
      if (addShortNumber(into, value)) return numberCell
    }
    const written = asText(value).trim()
    const number = written === '' ? Number.NaN : Number(written)
    if (!Number.isFinite(number)) {
      into.addText(written)
      return plainCell
    }
    if (kind === 'number' || kind === 'percent') {
      into.addAscii(numberText(number))
      return numberCell
    }
    into.addAscii(serialText(number, kind, date1904))
    return kind === 'duration' || !isDate(number, date1904) ? numberCell : plainCell
  }
}

const asText = (value: GrowingBytes): string => value.bytes.toString('utf8', 0, value.length)

function truthText(written: string): string {
  if (written === '1' || written === 'true') return 'TRUE'
  return written === '0' || written === 'false' ? 'FALSE' : written
}

/** -1 when the bytes are no whole number. */
function indexOf(value: GrowingBytes): number {
  const { bytes, length } = value
  let index = 0
  for (let at = 0; at < length; at += 1) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9 || index > 1e9) return wholeNumber(asText(value))
    index = index * 10 + digit
  }
  return index
}

const wholeNumber = (written: string): number => (/^\s*\d{1,9}\s*$/.test(written) ? Number(written) : -1)

function typeOf({ bytes, valueStart, valueEnd }: XmlScanner): number {
  const first = bytes[valueStart]
  if (valueEnd - valueStart === 1) {
    if (first === 0x73) return shared
    if (first === 0x62) return truth
    if (first === 0x65) return failure
    return first === 0x64 ? isoDate : numeric
  }
  if (first === 0x73) return formulaText
  return first === 0x69 ? inlineText : numeric
}

const attributeLetter = ({ bytes, attributeStart, attributeEnd }: XmlScanner): string =>
  attributeEnd - attributeStart > 8 ? '' : Buffer.from(bytes.subarray(attributeStart, attributeEnd)).toString('latin1')

export const valueText = ({ bytes, valueStart, valueEnd }: XmlScanner): string =>
  decodeEntities(Buffer.from(bytes.subarray(valueStart, valueEnd)).toString('utf8'))

/** A whole number; -1 when the value is none. */
function valueNumber({ bytes, valueStart, valueEnd }: XmlScanner): number {
  let number = 0
  for (let at = valueStart; at < valueEnd; at += 1) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9 || number > 1e9) return -1
    number = number * 10 + digit
  }
  return valueStart === valueEnd ? -1 : number
}
