import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ReadOptions } from '../../../shared/project'
import { raw, type Sql } from '../../../shared/sql'
import type { Encoding } from './identifyFile'
import { cancelled } from './work'

/** How the lines of a text file are cut. */
export interface TextLayout {
  readonly delimiter: string
  readonly quote: string
  /** 1-based; 0 when there is none. */
  readonly headerRow: number
  readonly header: readonly string[]
  readonly width: number
  /** Lines of different length: shorter ones are padded. */
  readonly ragged: boolean
}

/** A copy in UTF-8 when DuckDB cannot read the file as it is, else the file itself. */
export async function utf8Path(
  path: string,
  gzip: boolean,
  encoding: Encoding,
  delimiter: string,
  tempFolder: string,
  signal: AbortSignal,
): Promise<string> {
  if (encoding === 'utf-8' && delimiter !== ' ') return path
  await mkdir(tempFolder, { recursive: true })
  const copy = join(tempFolder, `${randomUUID()}.csv`)
  const decoder = new TextDecoder(encoding)
  let rest = ''
  const decode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = rest + decoder.decode(chunk, { stream: true })
      const end = text.lastIndexOf('\n') + 1
      rest = text.slice(end)
      done(null, squeeze(text.slice(0, end), delimiter))
    },
    flush(done) {
      done(null, squeeze(rest + decoder.decode(), delimiter))
    },
  })
  const steps = gzip
    ? [createReadStream(path), createGunzip(), decode, createWriteStream(copy)]
    : [createReadStream(path), decode, createWriteStream(copy)]
  try {
    await pipeline(steps, { signal })
  } catch (cause) {
    if (signal.aborted) throw cancelled(cause)
    throw cause
  }
  return copy
}

/** Whole lines whose columns are set with runs of blanks: every run becomes one tab. */
function squeeze(text: string, delimiter: string): string {
  return delimiter === ' '
    ? text
        .replace(/^[ \t]+/gm, '')
        .replace(/[ \t]+$/gm, '')
        .replace(/[ \t]+/g, '\t')
    : text
}

/** The lines as a relation of texts, columns named `c0`, `c1` … */
export function textRelation(path: string, gzip: boolean, layout: TextLayout): Sql {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
  const columns = Array.from({ length: layout.width }, (_, index) => `'c${index}': 'VARCHAR'`).join(', ')
  const options = [
    'auto_detect = false',
    'header = false',
    `delim = ${quoted(layout.delimiter === ' ' ? '\t' : layout.delimiter)}`,
    `quote = ${quoted(layout.quote)}`,
    `escape = ${quoted(layout.quote)}`,
    `skip = ${layout.headerRow}`,
    `columns = {${columns}}`,
    'max_line_size = 16777216',
    ...(layout.ragged ? ['null_padding = true', 'strict_mode = false'] : []),
    ...(gzip && layout.delimiter !== ' ' ? ["compression = 'gzip'"] : []),
  ]
  return raw(`read_csv(${quoted(path)}, ${options.join(', ')})`)
}

export function layoutOf(read: ReadOptions): TextLayout {
  return {
    delimiter: read.delimiter ?? ',',
    quote: read.quote ?? '"',
    headerRow: read.headerRow,
    header: read.columns.map((column) => column.name),
    width: read.columns.length,
    ragged: read.ragged ?? false,
  }
}

const delimiters = [',', ';', '\t', '|'] as const

/** Decides delimiter, quote, header row and width from the first lines. Undefined when the text is no table. */
export function sniffLayout(text: string, complete: boolean): TextLayout | undefined {
  const lines = splitLines(text)
  if (!complete && lines.length > 1) lines.pop()
  const filled = lines.filter((line) => line.trim() !== '').slice(0, 400)
  if (filled.length === 0) return undefined
  const candidates = delimiters
    .map((delimiter) => ({ delimiter, widths: filled.map((line) => splitLine(line, delimiter).length) }))
    .map(({ delimiter, widths }) => ({ delimiter, widths, width: mode(widths.filter((width) => width > 1)) }))
    .filter(({ width }) => width > 1)
    .map((candidate) => ({
      ...candidate,
      agreement: candidate.widths.filter((width) => width === candidate.width).length / filled.length,
    }))
    .sort((one, other) => other.agreement - one.agreement || other.width - one.width)
  const best = candidates[0]
  if (best !== undefined && best.agreement >= 0.8)
    return withHeader(
      filled,
      best.delimiter,
      best.width,
      best.agreement < 1 && best.widths.some((width) => width > 1 && width !== best.width),
    )
  const blanks = filled.map((line) => line.trim().split(/[ \t]+/).length)
  const blankWidth = mode(blanks)
  const tabular = blanks.filter((width) => width === blankWidth).length / filled.length >= 0.95 && blankWidth >= 3
  if (tabular && filled.length >= 3 && filled.slice(1).some((line) => /\d/.test(line)))
    return withHeader(
      filled.map((line) => line.trim()),
      ' ',
      blankWidth,
      false,
    )
  const comma = candidates.find((candidate) => candidate.delimiter === ',')
  if (comma !== undefined && comma.agreement >= 0.1 && averageLength(filled) < 400 && !looksLikeProse(filled)) {
    return { delimiter: ',', quote: '"', headerRow: 0, header: [], width: Math.max(...comma.widths), ragged: true }
  }
  if (looksLikeProse(filled)) return undefined
  return withHeader(filled, ',', 1, false)
}

function withHeader(lines: readonly string[], delimiter: string, width: number, ragged: boolean): TextLayout {
  const cells = lines.map((line) => (delimiter === ' ' ? line.split(/[ \t]+/) : splitLine(line, delimiter)))
  // Title rows above a table are shorter than the table.
  const first = Math.max(
    0,
    cells.findIndex(
      (row) => row.length === width && row.filter((cell) => cell.trim() !== '').length >= Math.ceil(width * 0.6),
    ),
  )
  const header = cells[first] ?? []
  const body = cells.slice(first + 1, first + 200).filter((row) => row.length === width)
  const isHeader = looksLikeHeader(header, body)
  return {
    delimiter,
    quote: '"',
    headerRow: isHeader ? first + 1 : 0,
    header: isHeader ? header : [],
    width,
    ragged,
  }
}

/** A header is words over values: no numbers in it, and something below that differs in nature or never repeats it. */
function looksLikeHeader(header: readonly string[], body: readonly (readonly string[])[]): boolean {
  if (header.some((cell) => /^[-+]?[\d.,]+$/.test(cell.trim()) && cell.trim() !== '')) return false
  if (header.filter((cell) => cell.trim() !== '').length < header.length * 0.5) return false
  if (body.length === 0) return true
  const typedBelow = header.some(
    (_, index) =>
      body.filter((row) => /\d/.test(row[index] ?? '')).length > body.length * 0.5 && !/^\d/.test(header[index] ?? ''),
  )
  if (typedBelow) return true
  return (
    header.every((cell, index) => cell.trim() === '' || !body.some((row) => row[index] === cell)) &&
    header.every((cell) => cell.length <= 60)
  )
}

/** Sentences: long lines, many words, no digits to speak of. */
function looksLikeProse(lines: readonly string[]): boolean {
  const words = lines.map((line) => line.trim().split(/\s+/).length)
  const wordy = words.filter((count) => count > 6).length / lines.length
  const sentences = lines.filter((line) => /[a-z][.!?](\s|$)/.test(line)).length / lines.length
  return (wordy > 0.5 || sentences > 0.4) && averageLength(lines) > 30
}

const averageLength = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + line.length, 0) / lines.length

/** Lines outside quotes; a quoted cell may hold a line break. */
export function splitLines(text: string): string[] {
  const lines: string[] = []
  let start = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '"') quoted = !quoted
    else if (letter === '\n' && !quoted) {
      lines.push(text.slice(start, text[at - 1] === '\r' ? at - 1 : at))
      start = at + 1
    }
  }
  if (start < text.length) lines.push(text.slice(start).replace(/\r$/, ''))
  return lines
}

export function splitLine(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter)
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at]
    if (letter === '"') {
      if (quoted && line[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = !quoted
    } else if (letter === delimiter && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += letter
  }
  cells.push(cell)
  return cells
}

function mode(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((one, other) => other[1] - one[1] || other[0] - one[0])[0]?.[0] ?? 0
}
