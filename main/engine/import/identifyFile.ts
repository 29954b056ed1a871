import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../../shared/errors'
import { cancelled } from './work'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface FileIdentity {
  readonly path: string
  readonly fileName: string
  readonly bytes: number
  readonly format: 'csv' | 'xlsx'
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
    throw new AppError('bad-file', `${fileName} is not there.`, {
      hint: 'Check the path, or choose the file again.',
      where: { file: path },
      cause,
    })
  })
  if (info.isDirectory()) {
    throw new AppError('bad-file', `${fileName} is a folder, not a file.`, {
      hint: 'Choose the files inside it.',
      where: { file: path },
    })
  }
  if (info.size === 0) {
    throw new AppError('bad-file', `${fileName} is empty: it has 0 bytes.`, {
      hint: 'Ask for the file again; the export or the download was cut off.',
      where: { file: path },
    })
  }
  const start = await readStart(path, headBytes)
  const gzip = start[0] === 0x1f && start[1] === 0x8b
  const head = gzip ? await inflateStart(path, fileName) : start
  const format = formatOf(head, path, fileName)
  const ending = extname(gzip ? fileName.replace(/\.gz$/i, '') : fileName).toLowerCase()
  const textEnding = ['.csv', '.tsv', '.txt', '.tab', ''].includes(ending)
  return {
    path,
    fileName,
    bytes: info.size,
    format,
    gzip,
    head,
    extensionMisleads: format === 'xlsx' ? !['.xlsx', '.xlsm'].includes(ending) : !textEnding,
  }
}

/** SHA-256 of the bytes as they are, in hex. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk)
  } catch (cause) {
    if (signal.aborted) throw cancelled(cause)
    throw cause
  }
  return hash.digest('hex')
}

async function readStart(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new AppError('bad-file', `${basename(path)} cannot be opened.`, {
      hint: 'Check that you may read it and that no other program holds it.',
      where: { file: path },
      technical: String(cause),
      cause,
    })
  })
  try {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await file.read(buffer, 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function inflateStart(path: string, fileName: string): Promise<Buffer> {
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
    throw new AppError('bad-file', `${fileName} is a damaged gzip file.`, {
      hint: 'Ask for the file again, or unpack it with another program first.',
      where: { file: path },
      technical: String(cause),
      cause,
    })
  } finally {
    source.destroy()
  }
  if (length === 0) {
    throw new AppError('bad-file', `${fileName} is empty inside.`, {
      hint: 'Ask for the file again.',
      where: { file: path },
    })
  }
  return Buffer.concat(chunks)
}

function formatOf(head: Buffer, path: string, fileName: string): 'csv' | 'xlsx' {
  const magic = head.subarray(0, 8).toString('hex')
  if (magic.startsWith('504b0304') || magic.startsWith('504b0506')) {
    if (looksLikeWorkbook(head)) return 'xlsx'
    throw new AppError('bad-file', `${fileName} is a zip archive without a workbook in it.`, {
      hint: 'Unpack it and open the files inside.',
      where: { file: path },
    })
  }
  if (magic.startsWith('d0cf11e0a1b11ae1')) {
    throw new AppError('bad-file', `${fileName} is a password-protected workbook or an old .xls file.`, {
      hint: 'Open it in Excel, remove the password if it has one, and save it as .xlsx.',
      where: { file: path },
    })
  }
  if (magic.startsWith('25504446')) {
    throw new AppError('bad-file', `${fileName} is a PDF.`, {
      hint: 'Ask for the data as CSV or Excel.',
      where: { file: path },
    })
  }
  const utf16 = magic.startsWith('fffe') || magic.startsWith('feff')
  if (!utf16 && isBinary(head)) {
    throw new AppError('bad-file', `${fileName} is neither text nor a workbook.`, {
      hint: 'Ask for the data as CSV or Excel.',
      where: { file: path },
    })
  }
  return 'csv'
}

/** Names of the parts stand in the clear in a zip's local headers. */
function looksLikeWorkbook(head: Buffer): boolean {
  const text = head.toString('latin1')
  return text.includes('[Content_Types].xml') || text.includes('xl/') || text.includes('_rels/')
}

/** UTF-16 without a mark has a NUL in every second byte; other NULs or many control bytes are no text. */
function isBinary(head: Buffer): boolean {
  const sample = head.subarray(0, 8192)
  if (sample.includes(0)) return guessUtf16(sample) === undefined
  let control = 0
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32)) control += 1
  return control > sample.length / 100
}

function guessUtf16(sample: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  let even = 0
  let odd = 0
  sample.forEach((byte, index) => {
    if (byte === 0) {
      if (index % 2 === 0) even += 1
      else odd += 1
    }
  })
  const half = sample.length / 2
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le'
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be'
  return undefined
}

/** The encoding of a text head. UTF-8 unless a mark, NUL pattern or invalid bytes say otherwise. */
export function detectEncoding(head: Buffer): { readonly encoding: Encoding; readonly mark: boolean } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: true }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: true }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: true }
  const utf16 = guessUtf16(head.subarray(0, 8192))
  if (utf16 !== undefined) return { encoding: utf16, mark: false }
  return { encoding: isUtf8(head) ? 'utf-8' : 'windows-1252', mark: false }
}

/** The head may end inside a character, so its last three bytes do not count. */
function isUtf8(head: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, Math.max(0, lastCharacterStart(head))))
    return true
  } catch {
    return false
  }
}

function lastCharacterStart(bytes: Buffer): number {
  let at = bytes.length
  while (at > 0 && bytes.length - at < 4 && ((bytes[at - 1] ?? 0) & 0xc0) === 0x80) at -= 1
  return at > 0 && (bytes[at - 1] ?? 0) >= 0xc0 ? at - 1 : at
}
