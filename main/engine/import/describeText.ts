import type { Finding, TableDescription } from '../../../shared/description'
import { AppError } from '../../../shared/errors'
import type { ReadOptions } from '../../../shared/project'
import { stemOf } from '../tables'
import { describeTable, fileFinding } from './describeTable'
import { type FileIdentity, refuse } from './identifyFile'
import { pieceDecoder } from './mixedText'
import { type OpenText, openText, type TextReading } from './openText'
import { type OddLines, widestLine } from './plainCopy'
import { sniffColumns } from './sniffColumns'
import { proveEncoding, type TextEncoding } from './textEncoding'
import { sniffLayout, type TextLayout } from './textLayout'
import type { ImportWork } from './work'

/** The one table of a text file. */
export async function describeText(identity: FileIdentity, work: ImportWork): Promise<TableDescription> {
  const { path, gzip, head } = identity
  const encoding = await proveEncoding(path, gzip, head, work.signal)
  const layout = layoutOf(identity, encoding)
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
    ...(sniffed.leftOut.length > 0 ? { leftOut: [...sniffed.leftOut] } : {}),
  }
  return describeTable(name, null, read, sniffed, [
    ...fileFindings(name, identity, encoding, layout),
    ...lineFindings(name, text, used.ragged && !reading.ragged),
  ])
}

function layoutOf(identity: FileIdentity, { encoding }: TextEncoding): TextLayout {
  const { path, gzip, head, bytes } = identity
  // Only a streaming decoder of Node 20 gives the signs of Windows-1252 between 0x80 and 0x9f; it also waits for the
  // rest of a character that the end of the head cuts in two.
  const text = pieceDecoder(encoding).decode(head)
  const layout = sniffLayout(text, head.length >= bytes && !gzip)
  if (layout !== undefined) return layout
  throw new AppError('bad-file', `${identity.fileName} is text, but no table: it has one column and no delimiter.`, {
    hint: 'Choose a CSV, TSV or Excel file whose first row names the columns.',
    where: { file: path, row: 1, value: (text.split('\n')[0] ?? '').slice(0, 80) },
  })
}

/** Strictly first, which is fast; a file that breaks the rules somewhere is rewritten and read again. */
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
  try {
    return await attempt(reading)
  } catch (error) {
    if (error instanceof AppError) throw error
    if (reading.ragged) throw unreadable(identity.path, error)
  }
  return attempt({ ...reading, ragged: true }).catch((error: unknown) => {
    throw error instanceof AppError ? error : unreadable(identity.path, error)
  })
}

/** A text that could not be read even when rewritten: what DuckDB says goes into the details. */
export function unreadable(path: string, cause: unknown): AppError {
  const line = /Line: (\d+)/i.exec(String(cause))?.[1]
  if (/out of memory|no space left/i.test(String(cause)))
    return new AppError('out-of-memory', `There is not enough memory or disk space to read this file.`, {
      hint: 'Close other programs or free space on the disk, and try again.',
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

const encodingNames = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
  mixed: 'UTF-8 in some lines and Windows-1252 in others',
} as const

function fileFindings(table: string, identity: FileIdentity, encoding: TextEncoding, layout: TextLayout): Finding[] {
  const findings: Finding[] = []
  if (encoding.encoding === 'utf-8' && encoding.invalidBytes > 0)
    findings.push({
      ...fileFinding(
        table,
        'brokenCharacters',
        'Characters that are not UTF-8',
        encoding.invalidBytes,
        'bytes',
        'Shown as �',
      ),
      severity: 'warning',
    })
  else if (encoding.encoding !== 'utf-8')
    findings.push(
      fileFinding(
        table,
        'encoding',
        encoding.encoding === 'mixed'
          ? `Text is ${encodingNames.mixed}`
          : `Text is ${encodingNames[encoding.encoding]}, not UTF-8`,
        Math.max(1, encoding.invalidBytes),
        encoding.invalidBytes > 0 ? 'characters' : 'file',
        'Read as such',
      ),
    )
  if (encoding.nulBytes > 0)
    findings.push({
      ...fileFinding(
        table,
        'nulBytes',
        'Zero bytes inside the text: the file is damaged',
        encoding.nulBytes,
        'bytes',
        'Left out; values around them may be lost. Ask for the file again',
      ),
      severity: 'serious',
    })
  if (encoding.marksInside > 0)
    findings.push({
      ...fileFinding(
        table,
        'joinedFiles',
        'Another file begins inside this one',
        encoding.marksInside,
        encoding.marksInside === 1 ? 'place' : 'places',
        'Read as one table; look for headers and rows that stand there twice',
      ),
      severity: 'warning',
    })
  if (identity.extensionMisleads)
    findings.push(fileFinding(table, 'extension', 'The file is text in spite of its name', 1, 'file', 'Read as text'))
  const above = layout.headerRow === 0 ? layout.skip : layout.headerRow - 1
  if (above > 0) findings.push(fileFinding(table, 'titleRows', 'Rows above the header', above, 'rows', 'Left out'))
  if (layout.headerRow === 0)
    findings.push({
      ...fileFinding(table, 'noHeader', 'No header', 1, 'table', 'Columns are numbered'),
      severity: 'warning',
    })
  return findings
}

function lineFindings(table: string, lines: OddLines | undefined, brokeRules: boolean): Finding[] {
  if (lines === undefined) return []
  const findings: Finding[] = []
  if (lines.unclosed > 0)
    findings.push({
      ...fileFinding(
        table,
        'unclosedQuotes',
        'Quotes that never close',
        lines.unclosed,
        'quotes',
        'Taken for characters: the rows end where their lines end',
      ),
      severity: 'warning',
    })
  if (lines.short > 0)
    findings.push({
      ...fileFinding(table, 'shortLines', 'Lines with too few cells', lines.short, 'lines', 'Filled with empty cells'),
      severity: 'warning',
      ...(lines.long === 0 ? { examples: lines.examples } : {}),
    })
  if (lines.long > 0)
    findings.push({
      ...fileFinding(
        table,
        'longLines',
        'Lines with too many cells',
        lines.long,
        'lines',
        'Cells beyond the last column are left out',
      ),
      severity: 'serious',
      examples: lines.examples,
    })
  if (findings.length === 0 && brokeRules)
    findings.push(
      fileFinding(table, 'lineEnds', 'Mixed line ends or quotes inside cells', 1, 'file', 'Read all the same'),
    )
  return findings
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
  const widest = await widestLine(path, { gzip, encoding: encoding.encoding, cutting, skip: 0 }, work.signal)
  const width = Math.min(widest, widestBasket)
  const reading: TextReading = { path, gzip, encoding: encoding.encoding, ...cutting, skip: 0, width, ragged: true }
  const { sniffed } = await readSomehow(
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
  }
  const items = {
    ...sniffed,
    columns: sniffed.columns.map((column) => ({ ...column, type: 'text' as const, format: null })),
    findings: [],
    choices: [],
  }
  const described = describeTable(
    name,
    null,
    read,
    items,
    fileFindings(name, identity, encoding, layout).filter((finding) => finding.id !== 'noHeader'),
  )
  return {
    ...described,
    columns: described.columns.map((column) => ({ ...column, role: null })),
    recognised: { kind: 'baskets', confidence: 0.9, reason: 'lines of different length, one basket a line', roles: {} },
    alternatives: [],
  }
}
