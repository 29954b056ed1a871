import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../../shared/errors'
import type { ReadOptions } from '../../../shared/project'
import { guessUtf16 } from './textEncoding'
import { cancelled } from './work'
import { protectedWorkbook } from './xlsx/damagedWorkbook'
import { listZipParts } from './xlsx/zipDirectory'

export type FileFormat = ReadOptions['format']

export interface FileIdentity {
  readonly path: string
  readonly fileName: string
  readonly bytes: number
  /** Workbooks in other formats than .xlsx (.xls, .xlsb, .ods) are old ones. */
  readonly format: FileFormat
  readonly gzip: boolean
  /** The beginning of the content, inflated. */
  readonly head: Buffer
  readonly extensionMisleads: boolean
}

const headBytes = 256 * 1024

/** What the bytes are, whatever the name says. Refuses what cannot be a table, with the reason. */
export async function identifyFile(path: string): Promise<FileIdentity> {
  const fileName = basename(path)
  const info = await stat(path).catch((cause: unknown) => {
    throw refuse(path, 'is not there', 'Check the path, or choose the file again.', cause)
  })
  if (info.isDirectory()) throw refuse(path, 'is a folder, not a file', 'Choose the files inside it.')
  if (!info.isFile()) throw refuse(path, 'is not a file', 'Choose a CSV, Excel, Parquet or JSON file.')
  if (info.size === 0)
    throw refuse(path, 'is empty: it has 0 bytes', 'Ask for the file again; the export or the download was cut off.')
  const start = await readStart(path, headBytes)
  const gzip = start[0] === 0x1f && start[1] === 0x8b
  const head = gzip ? await inflateStart(path) : start
  if (gzip && isZip(head))
    throw refuse(path, 'is a workbook or archive packed with gzip', 'Unpack it first: a workbook is packed already.')
  const format = await formatOf(head, path)
  if (gzip && format === 'parquet')
    throw refuse(path, 'is a Parquet file packed with gzip', 'Unpack it first: a Parquet file is packed already.')
  const ending = extname(gzip ? fileName.replace(/\.gz$/i, '') : fileName).toLowerCase()
  return {
    path,
    fileName,
    bytes: info.size,
    format,
    gzip,
    head,
    extensionMisleads: !endings[format].includes(ending),
  }
}

/** What files of each format are usually called. */
const endings: Readonly<Record<FileFormat, readonly string[]>> = {
  csv: ['.csv', '.tsv', '.txt', '.tab', '.dat', '.asc', ''],
  xlsx: ['.xlsx', '.xlsm', '.xltx', '.xltm'],
  oldWorkbook: ['.xls', '.xlt', '.xlsb', '.ods', '.ots'],
  parquet: ['.parquet', '.pq', '.parq'],
  json: ['.json', '.jsonl', '.ndjson', '.ldjson', '.txt'],
}

/** SHA-256 of the bytes as they are, in hex. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk)
  } catch (cause) {
    if (signal.aborted) throw cancelled(cause)
    throw refuse(path, 'cannot be read to its end', 'Check the disk, or copy the file anew.', cause)
  }
  return hash.digest('hex')
}

/** The error for a file that is no table, with what to do about it. */
export function refuse(path: string, what: string, hint: string, cause?: unknown): AppError {
  return new AppError('bad-file', `${basename(path)} ${what}.`, {
    hint,
    where: { file: path },
    ...(cause === undefined ? {} : { technical: String(cause), cause }),
  })
}

async function readStart(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw refuse(path, 'cannot be opened', 'Check that you may read it and that no other program holds it.', cause)
  })
  try {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await file.read(buffer, 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function inflateStart(path: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  const source = createReadStream(path)
  try {
    for await (const chunk of source.pipe(createGunzip())) {
      chunks.push(chunk as Buffer)
      length += (chunk as Buffer).length
      if (length >= headBytes) break
    }
  } catch (cause) {
    throw refuse(
      path,
      'is a damaged gzip file',
      'Ask for the file again, or unpack it with another program first.',
      cause,
    )
  } finally {
    source.destroy()
  }
  if (length === 0) throw refuse(path, 'is empty inside', 'Ask for the file again.')
  return Buffer.concat(chunks)
}

const askForTable = 'Ask for the data as CSV or Excel.'

/** What begins with these bytes is no table, whatever the file is called. */
const foreign: readonly (readonly [magic: string, what: string, hint: string])[] = [
  ['25504446', 'is a PDF', askForTable],
  ['50415245', 'is a Parquet file with a password', 'Save it without encryption, or as CSV.'],
  ['53514c697465', 'is an SQLite database', 'Export the tables you need as CSV.'],
  ['89504e47', 'is a picture', askForTable],
  ['ffd8ff', 'is a picture', askForTable],
  ['7b5c727466', 'is a text document (RTF)', askForTable],
  ['377abcaf', 'is a 7-Zip archive', 'Unpack it and open the files inside.'],
  ['526172211a', 'is a RAR archive', 'Unpack it and open the files inside.'],
  ['fffe0000', 'is text in UTF-32', 'Save it as CSV UTF-8.'],
  ['0000feff', 'is text in UTF-32', 'Save it as CSV UTF-8.'],
  ['28b52ffd', 'is packed with Zstandard', 'Unpack it first, or pack it with gzip.'],
]

function isZip(head: Buffer): boolean {
  return ['504b0304', '504b0506'].includes(head.subarray(0, 4).toString('hex'))
}

async function formatOf(head: Buffer, path: string): Promise<FileFormat> {
  const magic = head.subarray(0, 8).toString('hex')
  if (isZip(head)) return formatOfZip(path)
  if (magic.startsWith('d0cf11e0a1b11ae1')) return formatOfCompound(path)
  if (magic.startsWith('50415231')) return 'parquet'
  const known = foreign.find(([start]) => magic.startsWith(start))
  if (known !== undefined) throw refuse(path, known[1], known[2])
  const utf16 = magic.startsWith('fffe') || magic.startsWith('feff')
  if (!utf16 && isBinary(head)) throw refuse(path, 'is neither text nor a workbook', askForTable)
  const text = head
    .subarray(0, 2048)
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^\W{2,3}(?=<)|^(ï»¿|ÿþ|þÿ)/, '')
    .trimStart()
  if (/^<(!doctype html|html|table|head|meta|body|style)\b/i.test(text))
    throw refuse(path, 'is a web page, not a table', 'Open it in Excel and save it as .xlsx or CSV.')
  if (/^<\?xml/i.test(text)) throw refuse(path, 'is XML, not a table', 'Open it in Excel and save it as .xlsx or CSV.')
  if (/^(\{\s*["}]|\[\s*[{[\]])/.test(text)) return 'json'
  return 'csv'
}

async function formatOfZip(path: string): Promise<'xlsx' | 'oldWorkbook'> {
  const parts = await listZipParts(path)
  if (parts === undefined)
    throw refuse(
      path,
      'is a damaged workbook or archive: its end is missing',
      'Ask for the file again; the download or the copy was cut off.',
    )
  if (parts.some((part) => /(^|\/)workbook\d*\.xml$/i.test(part))) return 'xlsx'
  if (parts.some((part) => /workbook\d*\.bin$/i.test(part))) return 'oldWorkbook'
  if (parts.some((part) => part.startsWith('word/') || part.startsWith('ppt/'))) throw refuseDocument(path)
  if (parts.includes('content.xml')) return formatOfOpenDocument(path)
  throw refuse(path, 'is a zip archive without a workbook in it', 'Unpack it and open the files inside.')
}

const refuseDocument = (path: string): AppError =>
  refuse(path, 'is a document or a presentation, not a workbook', askForTable)

/** The first part of an OpenDocument file says what it is, unpacked. */
async function formatOfOpenDocument(path: string): Promise<'oldWorkbook'> {
  const start = (await readStart(path, 4096)).toString('latin1')
  if (/mimetypeapplication\/vnd\.oasis\.opendocument\.(?!spreadsheet)/.test(start)) throw refuseDocument(path)
  return 'oldWorkbook'
}

/** Workbooks with a password and workbooks of before 2007 share a container; names in its directory tell them apart. */
async function formatOfCompound(path: string): Promise<'oldWorkbook'> {
  const names = await compoundNames(path)
  if (names.includes('EncryptedPackage') || names.includes('EncryptionInfo')) throw protectedWorkbook(path)
  if (names.includes('Workbook') || names.includes('Book')) return 'oldWorkbook'
  throw refuse(
    path,
    'is an old Office file, not a workbook Casebook reads',
    'Open it in Office and save the table as .xlsx or CSV.',
  )
}

/** The beginning of the directory of a compound file, as text. */
async function compoundNames(path: string): Promise<string> {
  const header = await readStart(path, 512)
  const sectorBytes = header.length >= 50 && header.readUInt16LE(30) === 12 ? 4096 : 512
  const directory = header.length >= 52 ? (header.readUInt32LE(48) + 1) * sectorBytes : 0
  const file = await open(path, 'r')
  try {
    const sectors = Buffer.alloc(Math.min(sectorBytes * 4, 16_384))
    const { bytesRead } = await file.read(sectors, 0, sectors.length, directory)
    if (bytesRead === 0)
      throw refuse(path, 'is a damaged Office file: a part of it is missing', 'Ask for the file again; it was cut off.')
    return sectors.toString('utf16le')
  } finally {
    await file.close()
  }
}

/** Control bytes that databases write between cells. */
const separators = new Set([0x01, 0x1e, 0x1f])

/** UTF-16 without a mark has a NUL in every second byte; many other NULs or control bytes are no text. */
function isBinary(head: Buffer): boolean {
  const sample = head.subarray(0, 65_536)
  if (sample.includes(0) && guessUtf16(sample.subarray(0, 8192)) !== undefined) return false
  let control = 0
  let nuls = 0
  for (const byte of sample) {
    if (byte === 0) nuls += 1
    else if (byte < 9 || (byte > 13 && byte < 32)) control += separators.has(byte) ? 0 : 1
  }
  // Blocks of zeros in a text are what a bad copy leaves; what stands between them is text all the same.
  return control > sample.length / 100 || nuls > sample.length * 0.3
}
