import { addCellValue, cellTypeOf, cellTypes, type SheetContext } from './cellValues'
import { Damage } from './damage'
import { GrowingBytes } from './growingBytes'
import { PlanCells } from './planCells'
import { type PlanFault, planFaults } from './planFaults'
import { mostColumns, mostRowBytes, numberCell, RowCells } from './rowCells'
import { sheetNames as names } from './sheetNames'
import { attributeIs, isYes, valueNumber, valueText } from './xmlAttributes'
import { cdata, closed, finished, needMore, opened, text, type XmlScanner } from './xmlScanner'
import { addCdata, addXmlText } from './xmlText'

// Where in the sheet the scanner is.
const outside = 0
const inData = 1
const inRow = 2
const inCell = 3
const inValue = 4
const inInline = 5
const inInlineText = 6
const inPhonetic = 7
const inFormula = 8

/** Turns the XML of a sheet into rows, a piece at a time. */
export class SheetScanner {
  readonly row = new RowCells()
  /** Ranges such as A1:C1. */
  readonly merges: string[] = []
  readonly oddities = { hiddenRows: 0, hiddenColumns: 0, formulas: 0, formulasWithoutResult: 0 }
  readonly #scanner: XmlScanner
  readonly #context: SheetContext
  readonly #onRow: (row: RowCells) => void
  readonly #value = new GrowingBytes(64 * 1024, mostRowBytes)
  #place = outside
  #column = -1
  #type: number = cellTypes.number
  #style = 0
  #rowIsNumbered = false
  #hasFormula = false
  #hasValue = false
  /** The formula of the cell, and the number of the one it shares with others. */
  readonly #formula = new GrowingBytes(1024, mostRowBytes)
  #group: string | undefined
  readonly #plan = new PlanCells()

  constructor(scanner: XmlScanner, context: SheetContext, onRow: (row: RowCells) => void) {
    this.#scanner = scanner
    this.#context = context
    this.#onRow = onRow
  }

  /** Cells that break with their neighbours, once the sheet has been read. */
  get faults(): readonly PlanFault[] {
    return planFaults(this.#plan.rows)
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
          else if (this.#place === inFormula && this.#plan.isOpen)
            addXmlText(this.#formula, scanner.bytes, scanner.textStart, scanner.textEnd)
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
        if (scanner.isNamed(names.c)) {
          this.#beginCell(scanner)
          // Most cells hold nothing but a value, and are read in one go.
          if (this.#type !== cellTypes.text && scanner.takeValue()) {
            if (scanner.formulaEnd > 0) this.#takeFormula(scanner)
            this.#endCell(scanner.bytes, scanner.textStart, scanner.textEnd)
            this.#place = inRow
          }
        }
        break
      case inCell:
        if (scanner.isNamed(names.v)) {
          this.#value.length = 0
          this.#hasValue = true
          this.#place = inValue
        } else if (scanner.isNamed(names.f)) this.#beginFormula(scanner)
        else if (scanner.isNamed(names.is)) {
          this.#value.length = 0
          this.#place = inInline
          this.#type = cellTypes.text
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
        else if (scanner.isNamed(names.col)) this.#addColumns(scanner)
        break
    }
  }

  #close(scanner: XmlScanner): void {
    switch (this.#place) {
      case inValue:
        if (scanner.isNamed(names.v)) this.#place = inCell
        break
      case inFormula:
        if (scanner.isNamed(names.f)) this.#place = inCell
        break
      case inCell:
        if (scanner.isNamed(names.c)) {
          if (this.#hasFormula) this.oddities.formulas += 1
          // A formula whose result is no text at all says so by its type.
          if (this.#hasFormula && this.#value.length === 0 && (!this.#hasValue || this.#type === cellTypes.number))
            this.oddities.formulasWithoutResult += 1
          this.#endCell(this.#value.bytes, 0, this.#value.length)
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

  #takeFormula({ bytes, formulaStart, formulaEnd }: XmlScanner): void {
    this.#hasFormula = true
    this.oddities.formulas += 1
    if (this.#plan.isOpen) addXmlText(this.#formula, bytes, formulaStart, formulaEnd)
  }

  #beginFormula(scanner: XmlScanner): void {
    this.#hasFormula = true
    this.#place = inFormula
    while (scanner.nextAttribute()) if (attributeIs(scanner, names.si)) this.#group = valueText(scanner)
  }

  #addMerge(scanner: XmlScanner): void {
    while (scanner.nextAttribute())
      if (attributeIs(scanner, names.ref) && this.merges.length < 10_000) this.merges.push(valueText(scanner))
  }

  #addColumns(scanner: XmlScanner): void {
    let first = 0
    let last = 0
    let isHidden = false
    while (scanner.nextAttribute()) {
      if (attributeIs(scanner, names.min)) first = valueNumber(scanner)
      else if (attributeIs(scanner, names.max)) last = valueNumber(scanner)
      else if (attributeIs(scanner, names.hidden)) isHidden = isYes(valueText(scanner))
    }
    // Everything to the right of a table is often hidden as one.
    if (isHidden && last < mostColumns) this.oddities.hiddenColumns += Math.max(1, last - first + 1)
  }

  #beginRow(scanner: XmlScanner): void {
    let index = this.row.index + 1
    this.#rowIsNumbered = false
    while (scanner.nextAttribute()) {
      if (attributeIs(scanner, names.r)) {
        index = this.#rowIndex(valueNumber(scanner))
        this.#rowIsNumbered = true
      } else if (attributeIs(scanner, names.hidden) && isYes(valueText(scanner))) this.oddities.hiddenRows += 1
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
    this.#type = cellTypes.number
    this.#style = 0
    this.#hasFormula = false
    this.#hasValue = false
    this.#value.length = 0
    this.#formula.length = 0
    this.#group = undefined
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
          this.#type = cellTypeOf(scanner.bytes, scanner.valueStart, scanner.valueEnd)
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

  #endCell(bytes: Uint8Array, start: number, end: number): void {
    if (this.#hasFormula && this.#plan.isOpen)
      this.#plan.addFormula(this.row.index, this.#column, textOf(this.#formula), this.#group)
    if (start === end) return
    const { row } = this
    const from = row.content.length
    const kind = addCellValue(row.content, { type: this.#type, style: this.#style }, bytes, start, end, this.#context)
    row.end(this.#column, from, kind)
    if (this.#hasFormula || !this.#plan.isOpen) return
    const written = row.content.bytes.toString('utf8', from, row.content.length)
    this.#plan.addValue(row.index, this.#column, written, kind === numberCell)
  }
}

const textOf = ({ bytes, length }: GrowingBytes): string => bytes.toString('utf8', 0, length)
