import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, writeSync } from 'node:fs'
import { raw, type Sql } from '../../../../shared/sql'
import { Damage } from './damage'
import { GrowingBytes } from './growingBytes'
import { mostRowBytes, type RowCells } from './rowCells'

// Signs that stand in no cell: XML does not allow them, and where they come in by way of an escape they are dropped.
// So nothing is ever quoted, and DuckDB may begin to read at any line.
const separator = 0x1f
const lineBreak = 0x1e
const carriageReturn = 0x1d
const rowEnd = 0x0a

const blockBytes = 1024 * 1024

/** Writes rows of cells to a file that `cellRelation` reads. */
export class CellFile {
  readonly #file: number
  readonly #block = new GrowingBytes(2 * blockBytes, 4 * mostRowBytes)
  readonly #broken = new Set<number>()
  longestRowBytes = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
  }

  /** Columns with line breaks inside cells. */
  get brokenColumns(): number[] {
    return [...this.#broken].sort((one, other) => one - other)
  }

  /** Adds a row of so many columns; `isKept` says which cells are not left empty. Answers false, adding nothing, when none is. */
  addRow(row: RowCells, width: number, isKept: (row: RowCells, column: number) => boolean): boolean {
    const block = this.#block
    block.reserve(row.content.length + width + 1)
    const start = block.length
    let cells = 0
    const filled = Math.min(width, row.width)
    for (let column = 0; column < filled; column += 1) {
      if (column > 0) this.#addByte(separator)
      if (row.starts[column] === row.ends[column] || !isKept(row, column)) continue
      this.#addCell(row, column)
      cells += 1
    }
    if (cells === 0) {
      block.length = start
      return false
    }
    for (let column = filled; column < width; column += 1) if (column > 0) this.#addByte(separator)
    this.#addByte(rowEnd)
    if (block.length - start > this.longestRowBytes) this.longestRowBytes = block.length - start
    if (block.length > blockBytes) this.#flush(row.index)
    return true
  }

  close(): void {
    try {
      this.#flush()
    } finally {
      closeSync(this.#file)
    }
  }

  /** Lets go of the file in the midst of things. */
  abandon(): void {
    this.#block.length = 0
    this.close()
  }

  #addByte(byte: number): void {
    this.#block.bytes[this.#block.length] = byte
    this.#block.length += 1
  }

  #addCell(row: RowCells, column: number): void {
    const { bytes } = this.#block
    const source = row.content.bytes
    const end = row.ends[column] as number
    let to = this.#block.length
    for (let at = row.starts[column] as number; at < end; at += 1) {
      const byte = source[at] as number
      if (byte >= 0x20 || byte === 0x09) {
        bytes[to] = byte
        to += 1
        continue
      }
      const written = byte === 0x0a ? lineBreak : byte === 0x0d ? carriageReturn : 0
      if (written === 0) continue
      this.#broken.add(column)
      bytes[to] = written
      to += 1
    }
    this.#block.length = to
  }

  #flush(row?: number): void {
    const block = this.#block.bytes.subarray(0, this.#block.length)
    if (!isUtf8(block)) throw new Damage('text that is no UTF-8', row === undefined ? undefined : row + 1)
    for (let at = 0; at < block.length; ) at += writeSync(this.#file, block, at)
    this.#block.length = 0
  }
}

/** The rows of such a file as texts in columns c0, c1 …, empty cells as NULL. */
export function cellRelation(
  path: string,
  cells: {
    readonly header: readonly string[]
    readonly brokenColumns: readonly number[]
    readonly longestRowBytes: number
  },
): Sql {
  const width = cells.header.length
  const names = Array.from({ length: width }, (_, index) => `c${index}`)
  // A line must fit into a buffer; small buffers keep memory flat while threads read side by side.
  const longest = Math.max(256 * 1024, cells.longestRowBytes + 1024)
  const options = [
    'auto_detect = false',
    'header = false',
    'delim = chr(31)',
    "quote = ''",
    "escape = ''",
    "new_line = '\\n'",
    "compression = 'none'",
    `max_line_size = ${longest}`,
    `buffer_size = ${Math.max(4 * 1024 ** 2, longest * 2)}`,
    `columns = {${names.map((name) => `'${name}': 'VARCHAR'`).join(', ')}}`,
  ]
  const exact = path.replaceAll("'", "''").replace(/[*?[\]]/g, (sign) => `[${sign}]`)
  const file = `read_csv('${exact}', ${options.join(', ')})`
  if (cells.brokenColumns.length === 0) return raw(file)
  const broken = new Set(cells.brokenColumns)
  const shown = names.map((name, index) =>
    broken.has(index) ? `replace(replace(${name}, chr(30), chr(10)), chr(29), chr(13)) AS ${name}` : name,
  )
  return raw(`(SELECT ${shown.join(', ')} FROM ${file})`)
}
