import { errorTexts } from './cellText'
import { Damage } from './damage'
import { GrowingBytes } from './growingBytes'

export const mostColumns = 16_384
export const mostRows = 1_048_576
/** Cells of 32,767 characters side by side would make more, but no table is like that. */
export const mostRowBytes = 16 * 1024 ** 2

/** What a cell holds, beside its text. */
export const plainCell = 0
export const numberCell = 1
export const errorCell = 2

/** The cells of one row as UTF-8, reused for row after row so that nothing is allocated for a cell. */
export class RowCells {
  /** 0-based place of the row in its sheet. */
  index = -1
  /** Columns up to the last one with something in it. */
  width = 0
  readonly content = new GrowingBytes(64 * 1024, mostRowBytes)
  readonly starts = new Int32Array(mostColumns)
  readonly ends = new Int32Array(mostColumns)
  readonly kinds = new Uint8Array(mostColumns)

  /** Empties the row and moves on to another one. */
  begin(index: number): void {
    if (index >= mostRows) throw new Damage(`a row beyond the last one there can be (${mostRows})`)
    this.starts.fill(0, 0, this.width)
    this.ends.fill(0, 0, this.width)
    this.kinds.fill(plainCell, 0, this.width)
    this.index = index
    this.width = 0
    this.content.length = 0
  }

  /** What was added to the content since `start` is the cell of this column. */
  end(column: number, start: number, kind: number): void {
    if (column >= mostColumns)
      throw new Damage(`a cell beyond the last column there can be (${mostColumns})`, this.index + 1)
    this.starts[column] = start
    this.ends[column] = this.content.length
    this.kinds[column] = kind
    if (this.content.length > start && column >= this.width) this.width = column + 1
  }

  setText(column: number, written: string, kind: number): void {
    const start = this.content.length
    this.content.addText(written)
    this.end(column, start, kind)
  }

  text(column: number): string {
    return this.content.bytes.toString('utf8', this.starts[column] ?? 0, this.ends[column] ?? 0)
  }

  texts(): string[] {
    return Array.from({ length: this.width }, (_, column) => this.text(column))
  }

  /** Formula errors, and texts that read like them. */
  isError(column: number): boolean {
    const start = this.starts[column] as number
    if (this.kinds[column] === errorCell) return true
    return this.content.bytes[start] === 0x23 && this.ends[column] !== start && errorTexts.has(this.text(column))
  }
}
