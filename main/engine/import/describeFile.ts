import { readFile } from 'node:fs/promises'
import type { FileDescription, Finding, TableDescription } from '../../../shared/description'
import { AppError } from '../../../shared/errors'
import type { ReadOptions } from '../../../shared/project'
import { raw, type Sql, toReadable } from '../../../shared/sql'
import { stemOf } from '../tables'
import { sniffColumns } from './columnTypes'
import { detectEncoding, type FileIdentity, hashFile, identifyFile } from './identifyFile'
import { recognise } from './recognise'
import { sniffLayout, type TextLayout, textRelation, utf8Path } from './textFile'
import type { ImportWork } from './work'
import { loadSheet } from './xlsx/loadSheet'
import { listSheets } from './xlsx/sheets'

/**
 * What is in a file: tables with column types decided over all rows, kind and roles with confidence, findings and
 * open choices. Nothing but temporary tables is written.
 * @throws AppError `bad-file` when it cannot be a table, with the reason; `cancelled`.
 */
export async function describeFile(path: string, work: ImportWork): Promise<FileDescription> {
  const identity = await identifyFile(path)
  const [sha256, content] = await Promise.all([
    hashFile(path, work.signal),
    identity.format === 'xlsx' ? describeWorkbook(identity, work) : describeText(identity, work),
  ])
  return {
    path,
    fileName: identity.fileName,
    bytes: identity.bytes,
    sha256,
    format: identity.format,
    extensionMisleads: identity.extensionMisleads,
    ...content,
  }
}

type Content = Pick<FileDescription, 'tables' | 'skipped'>

async function describeText(identity: FileIdentity, work: ImportWork): Promise<Content> {
  const { path, fileName, gzip, head } = identity
  let { encoding } = detectEncoding(head)
  const text = new TextDecoder(encoding).decode(head).replace(/^\uFEFF/, '')
  const layout = sniffLayout(text, head.length >= identity.bytes && !gzip)
  if (layout === undefined) {
    throw new AppError('bad-file', `${fileName} is text, but no table: its lines have no common columns.`, {
      hint: 'Choose a CSV, TSV or Excel file whose first row names the columns.',
      where: { file: path, row: 1, value: (text.split('\n')[0] ?? '').slice(0, 80) },
    })
  }
  const name = stemOf(path)
  if (isBaskets(layout)) return { tables: [await describeBaskets(identity, layout, name, work)], skipped: [] }
  const header =
    layout.headerRow === 0 ? Array.from({ length: layout.width }, (_, index) => `column ${index + 1}`) : layout.header
  const sniff = async (used: typeof encoding, from: TextLayout) => {
    const readable = await utf8Path(path, gzip, used, from.delimiter, work.tempFolder, work.signal)
    return sniffColumns(work, textRelation(readable, gzip && readable === path, from), name, header)
  }
  const findings: Finding[] = []
  let used = layout
  let sniffed: Awaited<ReturnType<typeof sniffColumns>>
  try {
    sniffed = await sniff(encoding, layout)
  } catch (error) {
    if (error instanceof AppError) throw error
    const message = String(error)
    if (/unicode|utf-?8|encod/i.test(message) && encoding === 'utf-8') encoding = 'windows-1252'
    else used = { ...layout, ragged: true }
    sniffed = await sniff(encoding, used).catch((cause: unknown) => {
      throw cause instanceof AppError ? cause : unreadable(identity, cause)
    })
  }
  if (encoding !== 'utf-8')
    findings.push(
      info(
        name,
        'encoding',
        `Text is ${encoding === 'windows-1252' ? 'Windows-1252' : 'UTF-16'}`,
        1,
        'file',
        'Read as such',
      ),
    )
  if (used.ragged)
    findings.push({
      ...info(name, 'ragged', 'Lines of different length', 1, 'file', 'Short lines are filled with empty cells'),
      severity: 'warning',
    })
  if (identity.extensionMisleads)
    findings.push(info(name, 'extension', 'The name promises another kind of file', 1, 'file', 'Read as what it is'))
  if (layout.headerRow > 1)
    findings.push(info(name, 'titleRows', 'Rows above the header', layout.headerRow - 1, 'rows', 'Left out'))
  if (layout.headerRow === 0) findings.push(info(name, 'noHeader', 'No header', 1, 'table', 'Columns are numbered'))
  const read: ReadOptions = {
    format: 'csv',
    encoding,
    delimiter: layout.delimiter,
    quote: layout.quote,
    headerRow: layout.headerRow,
    columns: [...sniffed.read],
    ...(used.ragged ? { ragged: true } : {}),
  }
  return { tables: [finish(name, null, read, sniffed, findings)], skipped: [] }
}

function unreadable(identity: FileIdentity, cause: unknown): AppError {
  const text = String(cause)
  const line = /Line: (\d+)/i.exec(text)?.[1]
  return new AppError(
    'bad-file',
    `${identity.fileName} cannot be read as a table${line === undefined ? '' : `: row ${line} breaks it`}.`,
    {
      hint: 'Open it in a text editor at that place: a quote may be missing, or the file may be cut off or in an unusual encoding. Save it as CSV UTF-8.',
      where: { file: identity.path, ...(line === undefined ? {} : { row: Number(line) }) },
      technical: text,
      cause,
    },
  )
}

const isBaskets = (layout: TextLayout): boolean => layout.ragged && layout.headerRow === 0

/** Lines of different length without a header: one basket a line. */
async function describeBaskets(
  identity: FileIdentity,
  layout: TextLayout,
  name: string,
  work: ImportWork,
): Promise<TableDescription> {
  const widest = { ...layout, width: Math.max(layout.width, 64) }
  const readable = await utf8Path(
    identity.path,
    identity.gzip,
    detectEncoding(identity.head).encoding,
    layout.delimiter,
    work.tempFolder,
    work.signal,
  )
  const header = Array.from({ length: widest.width }, (_, index) => `item ${index + 1}`)
  const sniffed = await sniffColumns(
    work,
    textRelation(readable, identity.gzip && readable === identity.path, widest),
    name,
    header,
  )
  const read: ReadOptions = {
    format: 'csv',
    encoding: detectEncoding(identity.head).encoding,
    delimiter: layout.delimiter,
    quote: layout.quote,
    headerRow: 0,
    columns: [...sniffed.read],
    ragged: true,
  }
  const described = finish(name, null, read, { ...sniffed, findings: [], choices: [] }, [])
  return {
    ...described,
    recognised: { kind: 'baskets', confidence: 0.9, reason: 'lines of different length, one basket a line', roles: {} },
    alternatives: [],
  }
}

async function describeWorkbook(identity: FileIdentity, work: ImportWork): Promise<Content> {
  const workbook = await readWorkbook(identity.path, identity.fileName)
  const sheets = listSheets(workbook) ?? []
  if (sheets.length === 0) throw damagedWorkbook(identity.path, identity.fileName, 'no sheets')
  const visible = sheets.filter((sheet) => !sheet.hidden)
  const skipped: { sheet: string; reason: string }[] = sheets
    .filter((sheet) => sheet.hidden)
    .map((sheet) => ({ sheet: sheet.name, reason: 'hidden' }))
  const tables: TableDescription[] = []
  for (const sheet of visible) {
    const loaded = await loadSheet(work, workbook, sheet.name).catch((cause: unknown) => {
      throw cause instanceof AppError ? cause : damagedWorkbook(identity.path, identity.fileName, String(cause))
    })
    if (loaded === 'empty' || loaded === 'pivot') {
      skipped.push({
        sheet: sheet.name,
        reason: loaded === 'empty' ? 'empty' : 'a pivot table, not the data behind it',
      })
      continue
    }
    if (loaded.rows === 0) {
      await work.connection.run(toReadable(dropTemporary(loaded.relation)))
      skipped.push({ sheet: sheet.name, reason: 'a header without rows' })
      continue
    }
    const name = visible.length === 1 ? stemOf(identity.path) : sheet.name
    const sniffed = await sniffColumns(work, loaded.relation, name, loaded.header)
    await work.connection.run(toReadable(dropTemporary(loaded.relation)))
    const findings: Finding[] = []
    if (identity.extensionMisleads)
      findings.push(
        info(name, 'extension', 'The file is a workbook in spite of its name', 1, 'file', 'Read as a workbook'),
      )
    if (loaded.headerRow > 1)
      findings.push(info(name, 'titleRows', 'Rows above the header', loaded.headerRow - 1, 'rows', 'Left out'))
    if (loaded.errors > 0)
      findings.push({
        ...info(name, 'errorCells', 'Cells with a formula error', loaded.errors, 'cells', 'Left empty'),
        severity: 'warning',
      })
    const read: ReadOptions = {
      format: 'xlsx',
      sheet: sheet.name,
      headerRow: loaded.headerRow,
      columns: [...sniffed.read],
    }
    tables.push(finish(name, sheet.name, read, sniffed, findings))
  }
  // A lone table among pivots is called like the file.
  const [only] = tables
  const named = tables.length === 1 && only !== undefined ? [renamed(only, stemOf(identity.path))] : tables
  return { tables: named, skipped }
}

function renamed(table: TableDescription, name: string): TableDescription {
  const prefix = `${table.name}.`
  return {
    ...table,
    name,
    findings: table.findings.map((finding) => ({ ...finding, table: name })),
    choices: table.choices.map((choice) => ({
      ...choice,
      key: choice.key.startsWith(prefix) ? `${name}.${choice.key.slice(prefix.length)}` : choice.key,
    })),
  }
}

export async function readWorkbook(path: string, fileName: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new AppError('bad-file', `${fileName} cannot be opened.`, {
      hint: 'Check that no other program holds it.',
      where: { file: path },
      technical: String(cause),
      cause,
    })
  })
}

export function damagedWorkbook(path: string, fileName: string, technical: string): AppError {
  return new AppError('bad-file', `${fileName} is a damaged or password-protected workbook.`, {
    hint: 'Open it in Excel, remove the password if it has one, and save it again as .xlsx.',
    where: { file: path },
    technical,
  })
}

export function dropTemporary(relation: Sql): Sql {
  return raw(`DROP TABLE IF EXISTS ${relation.pieces.join('')}`)
}

function finish(
  name: string,
  sheet: string | null,
  read: ReadOptions,
  sniffed: Awaited<ReturnType<typeof sniffColumns>>,
  findings: readonly Finding[],
): TableDescription {
  const [recognised, ...alternatives] = recognise(sniffed.columns, sniffed.rows)
  const best = recognised ?? { kind: 'other' as const, confidence: 1, reason: 'no known kind fits', roles: {} }
  const roleOf = (column: string): string | null =>
    Object.entries(best.roles).find(([, played]) =>
      typeof played === 'string' ? played === column : played.includes(column),
    )?.[0] ?? null
  return {
    name,
    sheet,
    rows: sniffed.rows,
    read,
    columns: sniffed.columns.map((column) => ({ ...column, role: roleOf(column.name) })),
    recognised: best,
    alternatives,
    findings: [...findings, ...sniffed.findings],
    choices: sniffed.choices,
  }
}

function info(table: string, id: string, title: string, count: number, unit: string, treatment: string): Finding {
  return { id, severity: 'info', table, column: null, title, count, unit, examples: [], treatment }
}
