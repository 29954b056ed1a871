import { addSerial, isDate, isoText, numberText } from './cellText'
import { Damage } from './damage'
import { addDecimalText, plainNumber } from './decimalText'
import type { GrowingBytes } from './growingBytes'
import { errorCell, numberCell, plainCell } from './rowCells'
import type { SharedStrings } from './sharedStrings'
import type { CellFormats } from './styles'

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly strings: SharedStrings
  readonly formats: CellFormats
  readonly date1904: boolean
}

/** The types of cells, by their `t` attribute; a text stands in the cell itself or is the result of a formula. */
export const cellTypes = { number: 0, shared: 1, text: 2, truth: 3, error: 4, date: 5 } as const

/** The type a `t` attribute names; what nobody has heard of is a number. */
export function cellTypeOf(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]
  // str and inlineStr
  if (end - start > 1) return first === 0x73 || first === 0x69 ? cellTypes.text : cellTypes.number
  if (first === 0x73) return cellTypes.shared
  if (first === 0x62) return cellTypes.truth
  if (first === 0x65) return cellTypes.error
  return first === 0x64 ? cellTypes.date : cellTypes.number
}

/** Adds the value of a cell, whose entities are replaced already, as text; answers what kind of cell it is. */
export function addCellValue(
  into: GrowingBytes,
  cell: { readonly type: number; readonly style: number },
  bytes: Uint8Array,
  start: number,
  end: number,
  context: SheetContext,
): number {
  switch (cell.type) {
    case cellTypes.shared:
      addShared(into, bytes, start, end, context.strings)
      return plainCell
    case cellTypes.number:
      return addNumber(into, cell.style, bytes, start, end, context)
    case cellTypes.truth:
      into.addText(truthText(textOf(bytes, start, end)))
      return plainCell
    case cellTypes.date:
      into.addText(isoText(textOf(bytes, start, end)))
      return plainCell
    default:
      into.addBytes(bytes, start, end)
      return cell.type === cellTypes.error ? errorCell : plainCell
  }
}

function addShared(into: GrowingBytes, bytes: Uint8Array, start: number, end: number, strings: SharedStrings): void {
  const index = wholeNumber(bytes, start, end)
  if (index < 0 || index >= strings.count)
    throw new Damage(`a cell with text number ${textOf(bytes, start, end).slice(0, 20)}, which is not there`)
  strings.copy(index, into)
}

function addNumber(
  into: GrowingBytes,
  style: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  { formats, date1904 }: SheetContext,
): number {
  const kind = formats.kindOf(style)
  const isPlain = kind === 'number' || kind === 'percent'
  if (isPlain && addDecimalText(into, bytes, start, end)) return numberCell
  const number = isPlain ? exactNumber(bytes, start, end) : readNumber(bytes, start, end)
  if (!Number.isFinite(number)) {
    into.addText(textOf(bytes, start, end).trim())
    return plainCell
  }
  if (isPlain) {
    into.addAscii(numberText(number))
    return numberCell
  }
  addSerial(into, number, kind, date1904)
  return kind === 'duration' || !isDate(number, date1904) ? numberCell : plainCell
}

function readNumber(bytes: Uint8Array, start: number, end: number): number {
  const plain = plainNumber(bytes, start, end)
  return Number.isNaN(plain) ? exactNumber(bytes, start, end) : plain
}

function exactNumber(bytes: Uint8Array, start: number, end: number): number {
  const written = textOf(bytes, start, end).trim()
  return /^[-+.\d]/.test(written) ? Number(written) : Number.NaN
}

/** -1 when the bytes are no whole number; spaces around it do not matter. */
export function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let number = 0
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9 || number > 1e9) {
      const written = textOf(bytes, start, end)
      return /^\s*\d{1,9}\s*$/.test(written) ? Number(written) : -1
    }
    number = number * 10 + digit
  }
  return start === end ? -1 : number
}

function truthText(written: string): string {
  if (written === '1' || written === 'true') return 'TRUE'
  return written === '0' || written === 'false' ? 'FALSE' : written
}

const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
