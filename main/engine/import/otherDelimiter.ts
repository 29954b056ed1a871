import { type Cutting, cutRows } from './cutRows'

/** Lines that are cut by another delimiter than the rest of the file. */
export interface OtherLines {
  readonly delimiter: string
  readonly lines: number
  /** 1-based rows of the file. */
  readonly first: number
  readonly last: number
}

const delimiters = [',', ';', '\t', '|']
/** Two cells can be a text with a comma in it. */
const leastCells = 3

/**
 * The cells of a line that does not have the columns of the table when cut as the others are, but has exactly them at
 * another delimiter.
 */
export function cutOtherwise(cells: readonly string[], cutting: Cutting, width: number): Recut | undefined {
  if (cells.length === width || width < leastCells) return undefined
  return recuts(cells, cutting).find((recut) => recut.cells.length === width)
}

/** The items of a line of a list that holds the other delimiters' signs and none of its own. */
export function cutListOtherwise(cells: readonly string[], cutting: Cutting): Recut | undefined {
  if (cells.length !== 1) return undefined
  return recuts(cells, cutting).find((recut) => recut.cells.every((cell) => /\p{L}|\d/u.test(cell)))
}

interface Recut {
  readonly delimiter: string
  readonly cells: string[]
}

function recuts(cells: readonly string[], { delimiter, quote }: Cutting): Recut[] {
  // The semicolon of `&quot;` cuts nothing.
  const line = cells.join(delimiter).replace(/(&#?\w{2,8});/g, `$1${heldBack}`)
  return delimiters
    .filter((other) => other !== delimiter && line.includes(other))
    .map((other) => ({ delimiter: other, cells: cutRows(line, { delimiter: other, quote })[0] ?? [] }))
    .map((recut) => ({ ...recut, cells: recut.cells.map((cell) => cell.replaceAll(heldBack, ';')) }))
    .filter((recut) => recut.cells.length > 1)
}

const heldBack = '\u0001'
