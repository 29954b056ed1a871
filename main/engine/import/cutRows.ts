/** How the cells of a text are set apart. A blank as delimiter stands for runs of blanks and tabs. */
export interface Cutting {
  readonly delimiter: string
  /** Empty when nothing is quoted. */
  readonly quote: string
}

export interface RowCutter {
  push(text: string): void
  /** Hands out what is left. */
  end(): void
  /** Quotes at the beginning of a cell that no quote closes; they were taken for characters. */
  unclosed(): number
}

/** A quoted cell this long was never meant to be one: its quote is taken for a character. */
const longestQuotedCell = 65_536

/**
 * Cuts text that comes in pieces into rows of cells, and forgives what strict readers refuse: lines of different
 * length, mixed line ends, quotes inside cells, quotes that never close. Blank lines come as rows of one empty cell.
 */
export function rowCutter(cutting: Cutting, onRow: (cells: string[]) => void): RowCutter {
  let pending = ''
  let unclosed = 0
  const onUnclosed = (): void => {
    unclosed += 1
  }
  const cut = (final: boolean): void => {
    let start = 0
    while (start < pending.length) {
      const row = readRow(pending, start, cutting, final, onUnclosed)
      if (row === undefined) break
      onRow(row.cells)
      start = row.end
    }
    pending = pending.slice(start)
  }
  return {
    push: (text) => {
      pending += text
      cut(false)
    },
    end: () => cut(true),
    unclosed: () => unclosed,
  }
}

/** All rows of a text that is complete. */
export function cutRows(text: string, cutting: Cutting): string[][] {
  const rows: string[][] = []
  const cutter = rowCutter(cutting, (cells) => rows.push(cells))
  cutter.push(text)
  cutter.end()
  return rows
}

interface Row {
  readonly cells: string[]
  /** Where the next row begins. */
  readonly end: number
}

/** Undefined when the row may go on in the next piece. */
function readRow(
  text: string,
  start: number,
  cutting: Cutting,
  final: boolean,
  onUnclosed: () => void,
): Row | undefined {
  const { delimiter, quote } = cutting
  const lineEnd = endOfLine(text, start)
  if (lineEnd === -1 && !final && (quote === '' || text.length - start < longestQuotedCell * 4)) return undefined
  const line = text.slice(start, lineEnd === -1 ? text.length : lineEnd)
  if (quote === '' || !line.includes(quote)) {
    if (lineEnd === -1) return final ? { cells: split(line, delimiter), end: text.length } : undefined
    const next = afterLineEnd(text, lineEnd, final)
    return next === undefined ? undefined : { cells: split(line, delimiter), end: next }
  }
  return readQuotedRow(text, start, cutting, final, onUnclosed)
}

function readQuotedRow(
  text: string,
  start: number,
  cutting: Cutting,
  final: boolean,
  onUnclosed: () => void,
): Row | undefined {
  const { delimiter, quote } = cutting
  const cells: string[] = []
  let at = start
  // A row that goes on in the next piece is read again from its start.
  let unclosed = 0
  const done = (row: Row): Row => {
    for (; unclosed > 0; unclosed -= 1) onUnclosed()
    return row
  }
  for (;;) {
    if (delimiter === ' ') while (text[at] === ' ' || text[at] === '\t') at += 1
    const quoted = text[at] === quote ? readQuotedCell(text, at, cutting, final) : 'plain'
    if (quoted === 'more') return undefined
    if (quoted === 'plain') {
      if (text[at] === quote) unclosed += 1
      const end = endOfPlainCell(text, at, delimiter)
      if (end === text.length && !final) return undefined
      cells.push(text.slice(at, end))
      at = end
    } else {
      cells.push(quoted.value)
      at = quoted.end
    }
    if (at >= text.length) return final ? done({ cells, end: text.length }) : undefined
    if (isLineEnd(text[at])) {
      const next = afterLineEnd(text, at, final)
      return next === undefined ? undefined : done({ cells, end: next })
    }
    at += 1
  }
}

interface QuotedCell {
  readonly value: string
  /** At the delimiter or line end behind it, or the end of the text. */
  readonly end: number
}

function readQuotedCell(text: string, start: number, cutting: Cutting, final: boolean): QuotedCell | 'plain' | 'more' {
  const { quote } = cutting
  let value = ''
  let from = start + 1
  for (;;) {
    const at = text.indexOf(quote, from)
    if (at === -1) return final || text.length - start > longestQuotedCell ? 'plain' : 'more'
    if (at - start > longestQuotedCell) return 'plain'
    if (at + 1 >= text.length && !final) return 'more'
    if (text[at + 1] === quote) {
      value += text.slice(from, at + 1)
      from = at + 2
    } else if (closes(text, at + 1, cutting)) {
      return { value: value + text.slice(from, at), end: skipBlanks(text, at + 1, cutting) }
    } else if (text[at - 1] === '\\') {
      value += text.slice(from, at - 1) + quote
      from = at + 1
    } else if (endOfLine(text.slice(start, at), 0) === -1 && closesLater(text, at + 1, cutting)) {
      value += text.slice(from, at + 1)
      from = at + 1
    } else return 'plain'
  }
}

function closes(text: string, after: number, cutting: Cutting): boolean {
  const next = text[skipBlanks(text, after, cutting)]
  return next === undefined || next === cutting.delimiter || isLineEnd(next)
}

function skipBlanks(text: string, from: number, { delimiter }: Cutting): number {
  let at = from
  while (text[at] === ' ' && delimiter !== ' ') at += 1
  return at
}

/**
 * A quote in the middle of a quoted cell belongs to it when another one on the same line ends the cell. On a later
 * line it opens a cell of its own: then the first quote never closed, and believing it would swallow whole rows.
 */
function closesLater(text: string, from: number, cutting: Cutting): boolean {
  const lineEnd = endOfLine(text, from)
  const stop = lineEnd === -1 ? text.length : lineEnd
  let at = text.indexOf(cutting.quote, from)
  while (at !== -1 && at < stop) {
    if (closes(text, at + 1, cutting)) return true
    at = text.indexOf(cutting.quote, at + 1)
  }
  return false
}

function endOfPlainCell(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && !isDelimiter(text[at], delimiter) && !isLineEnd(text[at])) at += 1
  return at
}

const isDelimiter = (letter: string | undefined, delimiter: string): boolean =>
  letter === delimiter || (delimiter === ' ' && letter === '\t')
const isLineEnd = (letter: string | undefined): boolean => letter === '\n' || letter === '\r'

const lineEnds = /[\r\n]/g

function endOfLine(text: string, from: number): number {
  lineEnds.lastIndex = from
  return lineEnds.exec(text)?.index ?? -1
}

/** A carriage return at the very end of a piece may be half of a line end. */
function afterLineEnd(text: string, at: number, final: boolean): number | undefined {
  if (text[at] === '\n') return at + 1
  if (at + 1 >= text.length) return final ? at + 1 : undefined
  return text[at + 1] === '\n' ? at + 2 : at + 1
}

function split(line: string, delimiter: string): string[] {
  return delimiter === ' ' ? line.trim().split(/[ \t]+/) : line.split(delimiter)
}
