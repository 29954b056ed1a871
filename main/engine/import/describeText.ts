import type { TableDescription } from '../../../shared/description'
import { AppError } from '../../../shared/errors'
import type { LayoutWish } from '../../../shared/layoutWish'
import type { ReadOptions } from '../../../shared/project'
import { stemOf } from '../tables'
import { describeTable } from './describeTable'
import { type FileIdentity, refuse } from './identifyFile'
import { pieceDecoder } from './mixedText'
import { longestSharedLine, type OpenText, openText, type TextReading } from './openText'
import { type OddLines, widestLine } from './plainCopy'
import { sniffColumns } from './sniffColumns'
import { proveEncoding, type TextEncoding } from './textEncoding'
import { fileFindings, lineFindings, otherDelimiter } from './textFindings'
import { sniffLayout, type TextLayout } from './textLayout'
import type { ImportWork } from './work'

/** The one table of a text file, cut as wished. */
export async function describeText(
  identity: FileIdentity,
  work: ImportWork,
  wish: LayoutWish = {},
): Promise<TableDescription> {
  const { path, gzip, head } = identity
  const encoding = await proveEncoding(path, gzip, head, work.signal, wish.encoding)
  const layout = layoutOf(identity, encoding, wish)
  const name = stemOf(path)
  if (layout.lists) return describeBaskets(identity, encoding, layout, work)
  const reading: TextReading = {
    path,
    gzip,
    encoding: encoding.encoding,
    delimiter: layout.delimiter,
    quote: layout.quote,
    skip: layout.skip,
    width: layout.width,
    ragged: layout.ragged || encoding.invalidBytes > 0,
    wrapped: layout.wrapped ?? false,
  }
  const { text, sniffed, used } = await readSomehow(
    reading,
    identity,
    (opened) =>
      sniffColumns(work, {
        name,
        relation: opened.relation,
        header: layout.headerRow > 0 ? layout.header : Array.from({ length: layout.width }, () => ''),
        hasHeader: layout.headerRow > 0,
        bytes: identity.bytes * (gzip ? 6 : 1),
        ...(layout.delimiter === ';' ? { likelySign: 'comma' as const } : {}),
      }),
    work,
  )
  if (sniffed.rows === 0)
    throw refuse(path, 'has a header but no rows below it', 'Ask for the file again; the export may have been empty.')
  const read: ReadOptions = {
    format: 'csv',
    encoding: encoding.encoding,
    delimiter: layout.delimiter,
    quote: layout.quote,
    headerRow: layout.headerRow,
    ...(layout.headerRow === 0 && layout.skip > 0 ? { skip: layout.skip } : {}),
    columns: [...sniffed.read],
    ...(used.ragged ? { ragged: true } : {}),
    ...(used.sequential === true ? { sequential: true } : {}),
    ...(layout.wrapped === true ? { wrapped: true } : {}),
    ...(sniffed.leftOut.length > 0 ? { leftOut: [...sniffed.leftOut] } : {}),
  }
  return describeTable(name, null, read, sniffed, [
    ...fileFindings(name, identity, encoding, layout),
    ...otherDelimiter(name, layout.delimiter, text),
    ...lineFindings(name, text, used.ragged && !reading.ragged),
  ])
}

function layoutOf(identity: FileIdentity, { encoding }: TextEncoding, wish: LayoutWish): TextLayout {
  const { path, gzip, head, bytes } = identity
  // Only a streaming decoder of Node 20 gives the signs of Windows-1252 between 0x80 and 0x9f; it also waits for the
  // rest of a character that the end of the head cuts in two.
  const text = pieceDecoder(encoding).decode(head)
  const layout = sniffLayout(text, head.length >= bytes && !gzip, wish)
  if (layout !== undefined) return layout
  throw new AppError('bad-file', `${identity.fileName} is text, but no table: it has one column and no delimiter.`, {
    hint: 'Choose a CSV, TSV or Excel file whose first row names the columns.',
    where: { file: path, row: 1, value: (text.split('\n')[0] ?? '').slice(0, 80) },
  })
}

/**
 * Strictly and on several threads first, which is fast, but one that starts inside a quoted cell cannot tell; then from
 * the start to the end; a file that breaks the rules somewhere is rewritten and read again.
 */
async function readSomehow<Answer>(
  reading: TextReading,
  identity: FileIdentity,
  use: (opened: OpenText) => Promise<Answer>,
  work: ImportWork,
): Promise<{ text: OddLines | undefined; sniffed: Answer; used: TextReading }> {
  const attempt = async (used: TextReading) => {
    const opened = await openText(used, work)
    try {
      return { text: opened.lines, sniffed: await use(opened), used }
    } finally {
      await opened.close()
    }
  }
  const isShared = !reading.ragged && identity.bytes > longestSharedLine
  const ways: TextReading[] = [
    reading,
    ...(isShared ? [{ ...reading, sequential: true }] : []),
    ...(reading.ragged ? [] : [{ ...reading, ragged: true }]),
  ]
  let failure: unknown
  for (const way of ways) {
    try {
      return await attempt(way)
    } catch (error) {
      if (error instanceof AppError) throw error
      failure = error
    }
  }
  throw unreadable(identity.path, failure)
}

/** A text that could not be read even when rewritten: what DuckDB says goes into the details. */
export function unreadable(path: string, cause: unknown): AppError {
  const line = /Line: (\d+)/i.exec(String(cause))?.[1]
  if (/out of memory|no space left/i.test(String(cause)))
    return new AppError('out-of-memory', `There is not enough memory or disk space to read this file.`, {
      hint: 'Raise the limit or choose another folder for temporary files under Help, Memory and temporary files (--memory and --temp on the command line), or close other programs.',
      where: { file: path },
      technical: String(cause),
      cause,
    })
  return new AppError(
    'bad-file',
    `${path.replace(/^.*[\\/]/, '')} cannot be read as a table${line === undefined ? '' : `: row ${line} breaks it`}.`,
    {
      hint: 'Open it in a text editor at that place: a quote may be missing, or the file may be cut off. Save it as CSV UTF-8.',
      where: { file: path, ...(line === undefined ? {} : { row: Number(line) }) },
      technical: String(cause),
      cause,
    },
  )
}

/** More items than this on one line are not a basket. */
const widestBasket = 2000

/** Lines of different length without a header: one basket a line. */
async function describeBaskets(
  identity: FileIdentity,
  encoding: TextEncoding,
  layout: TextLayout,
  work: ImportWork,
): Promise<TableDescription> {
  const { path, gzip } = identity
  const name = stemOf(path)
  const cutting = { delimiter: layout.delimiter, quote: layout.quote }
  const widest = await widestLine(
    path,
    { gzip, encoding: encoding.encoding, cutting, skip: 0, lists: true },
    work.signal,
  )
  const width = Math.min(widest, widestBasket)
  const reading: TextReading = {
    path,
    gzip,
    encoding: encoding.encoding,
    ...cutting,
    skip: 0,
    width,
    ragged: true,
    lists: true,
  }
  const { sniffed, text } = await readSomehow(
    reading,
    identity,
    (opened) =>
      sniffColumns(work, {
        name,
        relation: opened.relation,
        header: Array.from({ length: width }, (_, index) => `item ${index + 1}`),
        hasHeader: true,
        isLists: true,
        bytes: identity.bytes,
      }),
    work,
  )
  const read: ReadOptions = {
    format: 'csv',
    encoding: encoding.encoding,
    ...cutting,
    headerRow: 0,
    columns: sniffed.read.map(({ name: column }) => ({ name: column, type: 'text' })),
    ragged: true,
    lists: true,
  }
  const items = {
    ...sniffed,
    columns: sniffed.columns.map((column) => ({ ...column, type: 'text' as const, format: null })),
    findings: [],
    choices: [],
  }
  const described = describeTable(name, null, read, items, [
    ...fileFindings(name, identity, encoding, layout).filter((finding) => finding.id !== 'noHeader'),
    ...otherDelimiter(name, layout.delimiter, text),
  ])
  return {
    ...described,
    columns: described.columns.map((column) => ({ ...column, role: null })),
    recognised: { kind: 'baskets', confidence: 0.9, reason: 'lines of different length, one basket a line', roles: {} },
    alternatives: [],
  }
}
