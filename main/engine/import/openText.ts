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
    relation: readCsv(copy.path, { delimiter: ',', quote: '"', skip: 0, width }, { gzip: false }),
    lines: copy.lines,
    close: () => rm(copy.path, { force: true }),
  }
}

/** The data rows of a UTF-8 file whose lines keep the rules, read where it is. */
export const readPlain = (reading: TextReading): Sql => readCsv(reading.path, reading, { gzip: reading.gzip })

function readCsv(
  path: string,
  { delimiter, quote, skip, width }: Pick<TextReading, 'delimiter' | 'quote' | 'skip' | 'width'>,
  { gzip }: { readonly gzip: boolean },
): Sql {
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`).join(', ')
  const options = [
    'auto_detect = false',
    'header = false',
    `delim = ${literal(delimiter)}`,
    `quote = ${literal(quote)}`,
    `escape = ${literal(quote)}`,
    `skip = ${skip}`,
    `columns = {${columns}}`,
    // A packed buffer is inflated in one go that no cancel interrupts: a small one keeps that short.
    ...(gzip
      ? ["compression = 'gzip'", 'max_line_size = 1048576', 'buffer_size = 2097152']
      : ["compression = 'none'", 'max_line_size = 16777216']),
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
  }
}
