import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../../shared/errors'
import { type Cutting, cutRows, rowCutter } from './cutRows'
import { pieceDecoder } from './mixedText'
import { cutListOtherwise, cutOtherwise, type OtherLines } from './otherDelimiter'
import type { Encoding } from './textEncoding'
import { cancelled } from './work'

export interface OddLines {
  /** Lines with fewer cells than the table has columns, and with more that are not empty. */
  readonly short: number
  readonly long: number
  readonly widest: number
  /** Quotes that were taken for characters because they never close. */
  readonly unclosed: number
  /** A few of the long ones, or of the short ones when there are none: "row 12: 4 cells". */
  readonly examples: readonly string[]
  /** Lines that were cut at another delimiter, which gives them the columns of the table. */
  readonly other: OtherLines | undefined
  /** What stood beyond the last column, with its 1-based row in the file. */
  readonly cutOff: readonly { readonly row: number; readonly value: string }[]
}

export interface PlainCopy {
  readonly path: string
  readonly lines: OddLines
  /** Bytes of the longest line of the copy. */
  readonly longestLine: number
  /** Whether a cell of the copy has line breaks in it. */
  readonly lineBreaks: boolean
}

export interface CopyOptions {
  readonly gzip: boolean
  readonly encoding: Encoding
  readonly cutting: Cutting
  /** Rows above the data, which are left out. */
  readonly skip: number
  /** Every line stands in quotes as a whole. */
  readonly wrapped?: boolean
  /** Every line is a list of its own. */
  readonly lists?: boolean
  /** Columns of the table; lines are cut and filled to it. Absent: as wide as they are. */
  readonly width?: number
}

/**
 * A text as UTF-8 with commas and quotes in one strict form, for everything DuckDB cannot read or would read with
 * silent losses. Streams: memory does not grow with the file. The caller removes the copy.
 */
export async function plainCopy(
  path: string,
  options: CopyOptions,
  tempFolder: string,
  signal: AbortSignal,
): Promise<PlainCopy> {
  await mkdir(tempFolder, { recursive: true })
  const copy = join(tempFolder, `${randomUUID()}.csv`)
  const { transform, lines, shape } = rewriting(options)
  try {
    await stream(path, options.gzip, transform, createWriteStream(copy), signal)
  } catch (error) {
    await rm(copy, { force: true })
    throw error
  }
  return { path: copy, lines: lines(), ...shape() }
}

/** Cells of the longest line. */
export async function widestLine(path: string, options: CopyOptions, signal: AbortSignal): Promise<number> {
  const { transform, lines } = rewriting(options)
  await stream(path, options.gzip, transform, new Writable({ write: (_chunk, _encoding, done) => done() }), signal)
  return lines().widest
}

async function stream(
  path: string,
  gzip: boolean,
  transform: Transform,
  to: Writable,
  signal: AbortSignal,
): Promise<void> {
  const source = createReadStream(path, { highWaterMark: 1 << 20 })
  try {
    await pipeline(gzip ? [source, createGunzip(), transform, to] : [source, transform, to], { signal })
  } catch (cause) {
    if (signal.aborted) throw cancelled(cause)
    throw new AppError('bad-file', `${basename(path)} cannot be read to its end.`, {
      hint: 'The file may be damaged or cut off, or the disk full: copy it anew and try again.',
      where: { file: path },
      technical: String(cause),
      cause,
    })
  }
}

const exampleCount = 5

function rewriting({ encoding, cutting, skip, width, wrapped, lists }: CopyOptions): {
  transform: Transform
  lines: () => OddLines
  shape: () => Pick<PlainCopy, 'longestLine' | 'lineBreaks'>
} {
  const decoder = pieceDecoder(encoding)
  let row = 0
  let short = 0
  let long = 0
  let widest = 0
  let other: OtherLines | undefined
  const longOnes: string[] = []
  const shortOnes: string[] = []
  const cutOff: { row: number; value: string }[] = []
  let written: string[] = []
  let longestLine = 0
  let lineBreaks = false
  const onRow = (found: string[]): void => {
    row += 1
    if (row <= skip || (found.length === 1 && found[0] === '')) return
    const recut = lists === true ? cutListOtherwise(found, cutting) : width && cutOtherwise(found, cutting, width)
    const cells = recut ? recut.cells : found
    if (recut) other = { delimiter: recut.delimiter, first: row, ...other, lines: (other?.lines ?? 0) + 1, last: row }
    widest = Math.max(widest, cells.length)
    const count = cells.length
    if (width !== undefined && count < width) {
      short += 1
      if (shortOnes.length < exampleCount) shortOnes.push(`row ${row}: ${count} ${count === 1 ? 'cell' : 'cells'}`)
      while (cells.length < width) cells.push('')
    } else if (width !== undefined && count > width) {
      const extra = cells.splice(width).filter((cell) => cell.trim() !== '')
      if (extra.length > 0) {
        long += 1
        if (longOnes.length < exampleCount) longOnes.push(`row ${row}: ${count} ${count === 1 ? 'cell' : 'cells'}`)
        if (cutOff.length < exampleCount) cutOff.push({ row, value: extra.join(cutting.delimiter) })
      }
    }
    const line = cells.map(quoted).join(',')
    // At most three bytes to a unit of UTF-16: most lines need not be measured.
    if (3 * line.length > longestLine) longestLine = Math.max(longestLine, Buffer.byteLength(line))
    lineBreaks ||= /[\r\n]/.test(line)
    written.push(line)
  }
  const cutter =
    wrapped === true
      ? rowCutter({ delimiter: noDelimiter, quote: cutting.quote }, ([line = '']) =>
          onRow(cutRows(line, cutting)[0] ?? ['']),
        )
      : rowCutter(cutting, onRow)
  const flush = (): string => {
    const text = written.length === 0 ? '' : `${written.join('\n')}\n`
    written = []
    return text
  }
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      cutter.push(decoder.decode(chunk))
      done(null, flush())
    },
    flush(done) {
      cutter.push(decoder.end())
      cutter.end()
      done(null, flush())
    },
  })
  const lines = (): OddLines => ({
    short,
    long,
    widest,
    unclosed: cutter.unclosed(),
    cutOff,
    other,
    examples: longOnes.length > 0 ? longOnes : shortOnes,
  })
  return { transform, lines, shape: () => ({ longestLine, lineBreaks }) }
}

/** A sign that stands in no text. */
const noDelimiter = '\u0001'

const needsQuotes = /[",\r\n]/

/** A lone empty cell is quoted, or its line would count as blank. */
const quoted = (cell: string, _index: number, cells: readonly string[]): string =>
  needsQuotes.test(cell) || (cells.length === 1 && cell.trim() === '')
    ? `"${cell.replaceAll('"', '""')}"`
    : cell.replaceAll('\0', '')
