import type { LayoutWish } from '../../../shared/layoutWish'
import { cutRows } from './cutRows'

/** How the lines of a text file are cut. */
export interface TextLayout {
  readonly delimiter: string
  readonly quote: string
  /** 1-based; 0 when there is none. */
  readonly headerRow: number
  /** Rows above the data: the header, titles above it, a `sep=` line. */
  readonly skip: number
  readonly header: readonly string[]
  readonly width: number
  /** Lines differ in length. */
  readonly ragged: boolean
  /** No header and no common length: every line is a list of its own. */
  readonly lists: boolean
  /** Every line stands in quotes as a whole; its cells are cut once the quotes are off. */
  readonly wrapped?: boolean
}

const delimiters = [',', ';', '\t', '|'] as const
/** Signs that stand in texts as well: believed only where they cut nearly every line alike. */
const rareDelimiters = ['~', '^', '#', '§', '¦', '\u0001', '\u001e', '\u001f'] as const
const rowsLookedAt = 400

interface Cut {
  readonly delimiter: string
  readonly quote: string
  readonly rows: readonly (readonly string[])[]
  /** Cells of most rows. */
  readonly width: number
  /** Share of rows with that many cells. */
  readonly agreement: number
}

/**
 * Decides delimiter, quote, header row and width from the first lines, where they are not wished. Undefined when the
 * text is no table.
 */
export function sniffLayout(text: string, complete: boolean, wish: LayoutWish = {}): TextLayout | undefined {
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1]
  const quote = wish.quote ?? (usesSingleQuotes(text) ? "'" : '"')
  if (wish.delimiter !== undefined) return wishedHeader(cutWith(text, wish.delimiter, quote, complete), wish)
  const sniffed = sniffCut(text, complete, declared === undefined ? delimiters : [declared], quote)
  if (wish.headerRow === undefined) return sniffed
  const { delimiter, wrapped = false } = sniffed ?? { delimiter: ',' }
  return wrapped ? sniffed : wishedHeader(cutWith(text, delimiter, quote, complete), wish)
}

function sniffCut(text: string, complete: boolean, wanted: readonly string[], quote: string): TextLayout | undefined {
  const cuts = wanted.map((delimiter) => cutWith(text, delimiter, quote, complete))
  const best = cuts
    .filter((cut) => cut.width > 1 && !isDecimalSign(cut, cuts))
    .sort((one, other) => other.agreement - one.agreement || other.width - one.width)[0]
  const lines = cutRows(text, { delimiter: '\n', quote: '' })
    .map((cells) => cells.join(''))
    .filter((line) => line.trim() !== '')
    .slice(0, rowsLookedAt)
  if (lines.length === 0) return undefined
  const wrapped = unwrap(lines, quote)
  if (wrapped !== undefined) {
    const layout = sniffCut(wrapped, true, wanted, quote)
    if (layout !== undefined && layout.width > 1 && !layout.lists) return { ...layout, ragged: true, wrapped: true }
  }
  if (best !== undefined && best.agreement >= 0.8 && !isProseWithCommas(best, lines)) return withHeader(best)
  const rare = rareDelimiters
    .filter((delimiter) => lines.length >= 3 && lines.slice(0, 3).every((line) => line.includes(delimiter)))
    .map((delimiter) => cutWith(text, delimiter, quote, complete))
    .find((cut) => cut.width > 1 && cut.agreement >= 0.95)
  if (rare !== undefined) return withHeader(rare)
  const blanks = cutWith(text, ' ', quote, complete)
  if (
    lines.length >= 3 &&
    (isCutByBlanks(blanks) ||
      (blanks.agreement >= 0.95 && blanks.width >= 3 && lines.slice(1).some((line) => /\d/.test(line))))
  )
    return withHeader(blanks)
  if (looksLikeProse(lines)) return undefined
  const lists = cuts.find((cut) => cut.width > 1 && cut.delimiter === best?.delimiter)
  if (lists !== undefined && shareOver(lists.rows, (row) => row.length > 1) >= 0.4) {
    const header = withHeader(lists)
    if (lists.agreement >= 0.5 && header.headerRow > 0) return header
    return { ...header, headerRow: 0, skip: 0, header: [], ragged: true, lists: true, width: widest(lists.rows) }
  }
  return withHeader({ ...cutWith(text, ',', quote, complete), width: 1, agreement: 1 })
}

/** The lines without their quotes, where nine in ten stand in quotes as a whole with a delimiter inside. */
function unwrap(lines: readonly string[], quote: string): string | undefined {
  const bare = lines.map((line) => {
    const inner = line.trim().replace('\ufeff', '')
    const isWhole = inner.length > 2 && inner.startsWith(quote) && inner.endsWith(quote)
    const body = inner.slice(1, -1)
    // Quotes inside are doubled: a single one ends a cell, and the line is a usual one.
    return isWhole && !body.replaceAll(quote + quote, '').includes(quote) && /[,;\t|]/.test(body)
      ? body.replaceAll(quote + quote, quote)
      : undefined
  })
  const whole = bare.filter((line) => line !== undefined)
  return whole.length >= 2 && whole.length >= lines.length * 0.9 ? whole.join('\n') : undefined
}

function cutWith(text: string, delimiter: string, quote: string, complete: boolean): Cut {
  const all = cutRows(text, { delimiter, quote })
  if (!complete && all.length > 1) all.pop()
  const rows = all.slice(0, rowsLookedAt)
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''))
  const width = mode(filled.map((row) => row.length).filter((length) => length > 1))
  // Spreadsheets write empty cells behind the last column of some rows.
  const fits = (row: readonly string[]): boolean =>
    row.length >= width && row.slice(width).every((cell) => cell.trim() === '')
  return { delimiter, quote, rows, width, agreement: shareOver(filled, fits) }
}

/** Commas that stand between digits only are decimal signs when another delimiter cuts the lines as well. */
function isDecimalSign({ delimiter, rows }: Cut, cuts: readonly Cut[]): boolean {
  const others = cuts.filter((cut) => cut.delimiter !== delimiter && cut.width > 1 && cut.agreement >= 0.8)
  const cut = rows.filter((row) => row.length > 1)
  const isBetweenDigits = (row: readonly string[]): boolean =>
    row.every((cell, at) => (at === 0 || /^\d/.test(cell)) && (at === row.length - 1 || /\d$/.test(cell)))
  // Names of columns hold no decimals: a comma that cuts the header like the rows is none.
  const filled = rows.filter((row) => filledOf(row) > 0)
  const names = filled[0] ?? []
  const cutsHeader = !names.some((name) => /\d/.test(name)) && filled.every((row) => row.length === names.length)
  return delimiter === ',' && others.length > 0 && !cutsHeader && shareOver(cut, isBetweenDigits) > 0.9
}

/** The table of a cut whose header is where it is wished; one column where nothing is cut. */
function wishedHeader(cut: Cut, { headerRow }: LayoutWish): TextLayout {
  const whole = cut.width > 1 ? cut : { ...cut, width: 1, agreement: 1 }
  if (headerRow === undefined) return withHeader(whole)
  const names = whole.rows[headerRow - 1] ?? []
  const below = whole.rows.slice(headerRow).filter((row) => filledOf(row) > 0)
  const width = Math.max(1, mode(below.map((row) => row.length)) || names.length)
  const found = withHeader({ ...whole, width })
  // Without a header, titles above the table are left out all the same.
  const skip = headerRow === 0 && found.headerRow > 0 ? found.headerRow - 1 : headerRow === 0 ? found.skip : headerRow
  return {
    ...found,
    headerRow,
    skip,
    header: headerRow === 0 ? [] : Array.from({ length: width }, (_, index) => names[index] ?? ''),
    ragged: width > 1 && whole.rows.slice(skip).some((row) => filledOf(row) > 0 && row.length !== width),
  }
}

/** Where the table begins: title rows above it are shorter; the first row of its width is the header or data. */
function withHeader(cut: Cut): TextLayout {
  const { rows, width, delimiter, quote } = cut
  const isFull = (row: readonly string[]): boolean =>
    row.length >= Math.min(width, Math.max(1, width - 1)) && filledOf(row) >= Math.max(1, Math.ceil(width * 0.6))
  const first = Math.max(0, rows.findIndex(isFull))
  const candidate = rows[first] ?? []
  const isHeaderAgain = (row: readonly string[]): boolean =>
    width > 1 && row.every((cell, at) => cell.replace('\ufeff', '') === (candidate[at] ?? ''))
  const body = rows.slice(first + 1).filter((row) => row.length === width && !isHeaderAgain(row))
  const isHeader = looksLikeHeader(candidate, body)
  const table = rows.slice(first).filter((row) => filledOf(row) > 0)
  return {
    delimiter,
    quote,
    headerRow: isHeader ? first + 1 : 0,
    skip: isHeader ? first + 1 : first,
    header: isHeader ? Array.from({ length: width }, (_, index) => candidate[index] ?? '') : [],
    width,
    ragged: width > 1 && table.some((row) => row.length !== width),
    lists: false,
  }
}

const isNumberText = (cell: string): boolean => /^[-+(]?[$€£¥]?\s?[\d.,]+\s?%?\)?$/.test(cell.trim())
const isDateText = (cell: string): boolean => /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$/.test(cell.trim())

/** A header is words over values: no numbers or dates in it, and what stands below differs in nature. */
function looksLikeHeader(header: readonly string[], body: readonly (readonly string[])[]): boolean {
  const names = header.filter((cell) => cell.trim() !== '')
  if (names.length < header.length * 0.5) return false
  if (names.some(isDateText) && !datesHeadNumbers(header, body)) return false
  // Years may head the columns of a wide table; other numbers may not.
  if (names.some((cell) => isNumberText(cell) && !isDateText(cell) && !/^(19|20)\d{2}$/.test(cell.trim()))) return false
  if (names.every(isNumberText)) return false
  if (body.length === 0) return true
  const typedBelow = header.some(
    (cell, index) => !/^\d/.test(cell) && shareOver(body, (row) => /\d/.test(row[index] ?? '')) > 0.5,
  )
  if (typedBelow && header.some((cell) => !/\d/.test(cell) && cell.trim() !== '')) return !repeatsBelow(header, body)
  return !repeatsBelow(header, body) && header.every((cell) => cell.length <= 60)
}

/** Three dates or more behind a name, over numbers: a table with a column for each day or month. */
function datesHeadNumbers(header: readonly string[], body: readonly (readonly string[])[]): boolean {
  const dated = header.flatMap((cell, index) => (isDateText(cell) ? [index] : []))
  const isNumber = (index: number): boolean => {
    const cells = body.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '')
    return cells.length > 0 && shareOver(cells, (cell) => isNumberText(cell) && !isDateText(cell)) >= 0.9
  }
  return dated.length >= 3 && !isDateText(header[0] ?? '') && dated.every(isNumber)
}

/** A value that comes again in its column is data; one column is let off, as funnel steps repeat their own name. */
function repeatsBelow(header: readonly string[], body: readonly (readonly string[])[]): boolean {
  const repeated = header.filter((cell, index) => cell.trim() !== '' && body.some((row) => row[index] === cell)).length
  return repeated > Math.max(1, header.length * 0.3) || (header.length === 1 && repeated === 1)
}

/** Sentences: long lines of many words. */
function looksLikeProse(lines: readonly string[]): boolean {
  const wordy = shareOver(lines, (line) => line.trim().split(/\s+/).length > 6)
  const sentences = shareOver(lines, (line) => /\p{Ll}[.!?](\s|$)/u.test(line))
  return (wordy > 0.5 || sentences > 0.4) && averageLength(lines) > 30
}

/** A column of numbers or dates at least, and half of the cells: words that are set apart by blanks are a text. */
function isCutByBlanks({ rows, width, agreement }: Cut): boolean {
  const full = rows.slice(1).filter((row) => row.length === width)
  const isValued = (row: readonly string[]): boolean =>
    row.filter((cell) => isNumberText(cell) || isDateText(cell)).length * 2 >= width
  return width >= 3 && agreement >= 0.8 && rows[0]?.length === width && shareOver(full, isValued) >= 0.95
}

/** Two cells in most lines can be the commas of a text. */
function isProseWithCommas(cut: Cut, lines: readonly string[]): boolean {
  return (
    cut.width <= 3 &&
    looksLikeProse(lines) &&
    shareOver(cut.rows.slice(1), (row) => row.some((cell) => /^\s*"?[-\d][\d.,/: -]*"?\s*$/.test(cell))) < 0.3 &&
    shareOver(lines, (line) => /[.!?]$/.test(line.trim())) > 0.4
  )
}

function usesSingleQuotes(text: string): boolean {
  return !text.includes('"') && (text.match(/(^|[,;\t|\n])'[^'\n]*'(?=[,;\t|\r\n])/g)?.length ?? 0) >= 4
}

const averageLength = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + line.length, 0) / Math.max(1, lines.length)
const filledOf = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== '').length
const widest = (rows: readonly (readonly string[])[]): number =>
  rows.reduce((most, row) => Math.max(most, row.length), 1)

function shareOver<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length
}

function mode(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((one, other) => other[1] - one[1] || other[0] - one[0])[0]?.[0] ?? 0
}
