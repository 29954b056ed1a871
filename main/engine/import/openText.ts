import { rm } from 'node:fs/promises'
import type { ReadOptions } from '../../../shared/project'
import { raw, type Sql } from '../../../shared/sql'
import { type OddLines, plainCopy } from './plainCopy'
import type { Encoding } from './textEncoding'
import type { ImportWork } from './work'

/** What must be known to read the data rows of a text file. */
export interface TextReading {
  readonly path: string
  readonly gzip: boolean
  readonly encoding: Encoding
  readonly delimiter: string
  readonly quote: string
  readonly skip: number
  readonly width: number
  /** Lines differ in length or break the strict rules: they are rewritten first. */
  readonly ragged: boolean
  /** Every line stands in quotes as a whole. */
  readonly wrapped?: boolean
  /** Every line is a list of its own. */
  readonly lists?: boolean
  /** From the start to the end: for line breaks inside quotes, and for very long lines. */
  readonly sequential?: boolean
}

/** The data rows as a relation of texts, columns named `c0`, `c1` …; blank rows are in it as rows of NULL. */
export interface OpenText {
  readonly relation: Sql
  /** Known when the file had to be rewritten. */
  readonly lines: OddLines | undefined
  /** Removes temporary files. */
  close(): Promise<void>
}

export async function openText(reading: TextReading, work: ImportWork): Promise<OpenText> {
  const { path, gzip, encoding, delimiter, quote, skip, width, ragged, wrapped = false, lists = false } = reading
  if (encoding === 'utf-8' && delimiter !== ' ' && !ragged) {
    return { relation: readPlain(reading), lines: undefined, close: async () => undefined }
  }
  work.onProgress({ fraction: null, note: 'rewriting the text' })
  const copy = await plainCopy(
    path,
    { gzip, encoding, cutting: { delimiter, quote }, skip, width, wrapped, lists },
    work.tempFolder,
    work.signal,
  )
  return {
    relation: readCsv(
      copy.path,
      { delimiter: ',', quote: '"', skip: 0, width, sequential: copy.lineBreaks },
      { gzip: false, longestLine: copy.longestLine },
    ),
    lines: copy.lines,
    close: () => rm(copy.path, { force: true }),
  }
}

/** The data rows of a UTF-8 file whose lines keep the rules, read where it is. */
export const readPlain = (reading: TextReading): Sql => readCsv(reading.path, reading, { gzip: reading.gzip })

/** Bytes of a line in a file that several threads share; one with longer lines is read from the start to the end … */
export const longestSharedLine = 1024 * 1024

/** … and with longer ones than that it is rewritten, which measures them. */
const longestLineAtAll = 16 * 1024 * 1024

function readCsv(
  path: string,
  {
    delimiter,
    quote,
    skip,
    width,
    sequential = false,
  }: Pick<TextReading, 'delimiter' | 'quote' | 'skip' | 'width' | 'sequential'>,
  { gzip, longestLine = 0 }: { readonly gzip: boolean; readonly longestLine?: number },
): Sql {
  const lineSize = Math.max(sequential ? longestLineAtAll : longestSharedLine, longestLine + 2)
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`).join(', ')
  const options = [
    'auto_detect = false',
    'header = false',
    `delim = ${literal(delimiter)}`,
    `quote = ${literal(quote)}`,
    `escape = ${literal(quote)}`,
    `skip = ${skip}`,
    `columns = {${columns}}`,
    `compression = '${gzip ? 'gzip' : 'none'}'`,
    // A buffer is what one thread reads at a time: small ones share a file out, and a cancel waits for one at most.
    `max_line_size = ${lineSize}`,
    // One of a packed file is inflated in one go; it holds two lines, for it is not read across its edge.
    `buffer_size = ${gzip ? 2 * lineSize : lineSize}`,
    ...(sequential ? ['parallel = false'] : []),
  ]
  return raw(`read_csv(${literal(exactPath(path))}, ${options.join(', ')})`)
}

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Stars and brackets in a file's name are not patterns. */
export const exactPath = (path: string): string => path.replace(/[*?[\]]/g, (sign) => `[${sign}]`)

/** How a file is read again from what a project keeps. */
export function readingOf(path: string, gzip: boolean, read: ReadOptions): TextReading {
  return {
    path,
    gzip,
    encoding: read.encoding ?? 'utf-8',
    delimiter: read.delimiter ?? ',',
    quote: read.quote ?? '"',
    skip: read.headerRow > 0 ? read.headerRow : (read.skip ?? 0),
    width: read.columns.length,
    ragged: read.ragged ?? false,
    wrapped: read.wrapped ?? false,
    lists: read.lists ?? false,
    sequential: read.sequential ?? false,
  }
}
