import { open } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import { join, raw, type Sql, sql, toReadable } from '../../../shared/sql'
import { unreadable } from './describeText'
import { refuse } from './identifyFile'
import { exactPath, literal } from './openText'
import { type ImportWork, runCancellable } from './work'

/** What must be known to read the records of a JSON file. */
export interface JsonReading {
  readonly path: string
  readonly gzip: boolean
  /** The file is one list of records, not one record after the other. */
  readonly isList: boolean
  readonly bytes: number
  /** The file is one big record, with a list in it perhaps: room is made for it. */
  readonly isOne: boolean
  /** The records stand in a list under this key of one big record. */
  readonly within?: string | undefined
}

export interface JsonShape {
  readonly rows: number
  /** In the order of their first appearance. */
  readonly keys: readonly JsonKey[]
  readonly within: string | undefined
}

export interface JsonKey {
  readonly key: string
  /** Cells with a list or a record. */
  readonly nested: number
  /** Every cell is true, false or nothing. */
  readonly isBoolean: boolean
}

/**
 * The records as a relation of texts `c0`, `c1` …, one column a key; numbers keep all their digits, which no number
 * type would. True and false of the boolean keys are 1 and 0.
 */
export function openJson(reading: JsonReading, keys: readonly Pick<JsonKey, 'key' | 'isBoolean'>[]): Sql {
  const pointers = raw(`[${keys.map(({ key }) => literal(pointerTo(key))).join(', ')}]`)
  const cells = keys.map(({ isBoolean }, index) => {
    const cell = `cells[${index + 1}]`
    return raw(
      `${isBoolean ? `CASE ${cell} WHEN 'true' THEN '1' WHEN 'false' THEN '0' ELSE ${cell} END` : cell} AS c${index}`,
    )
  })
  return sql`(SELECT ${join(cells, ', ')} FROM (SELECT json_extract_string(json, ${pointers}) AS cells FROM ${recordsOf(reading)}))`
}

/** The keys of all records and what stands under them. @throws AppError `bad-file` when these are no flat records. */
export async function shapeOfJson(reading: JsonReading, work: ImportWork): Promise<JsonShape> {
  try {
    const { path } = reading
    const outer = await keysOf(reading, work)
    if (outer.strange !== null)
      throw new AppError('bad-file', `${nameOf(path)} is JSON, but no table: record ${outer.strange} has no names.`, {
        hint: 'Each record must look like {"column": value, …}. Ask for a list of such records, or for CSV.',
        where: { file: path, row: outer.strange },
      })
    const kinds = await kindsOf(reading, outer.keys, work)
    const lists = kinds.filter(({ lists: count }) => count > 0)
    const [list] = lists
    if (outer.rows === 1 && lists.length === 1 && list !== undefined && reading.within === undefined) {
      const inner = await shapeOfJson({ ...reading, isOne: true, within: list.key }, work).catch(() => undefined)
      if (inner !== undefined && inner.rows > 0 && inner.keys.length > 0) return inner
    }
    return { rows: outer.rows, keys: kinds, within: reading.within }
  } catch (error) {
    if (work.signal.aborted) throw error
    const isTooBig = /maximum_object_size/i.test(String(error)) && !reading.isOne && !reading.isList
    if (isTooBig && reading.bytes < mostRecordBytes) return shapeOfJson({ ...reading, isOne: true }, work)
    throw unreadableJson(reading.path, error)
  }
}

/** Whether a file that begins so is one list. */
export function isJsonList(head: Buffer): boolean {
  return /^(ï»¿)?\s*\[/.test(head.subarray(0, 1024).toString('latin1'))
}

/** Where in a broken file it breaks, and what to do. */
export function unreadableJson(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  if (/out of memory|no space left/i.test(String(cause))) return unreadable(path, cause)
  const line = /in (line|record\/value) (\d+)/i.exec(String(cause))
  const place = line === null ? '' : `: ${line[1] === 'line' ? 'line' : 'record'} ${line[2]} breaks it`
  const tooBig = /maximum_object_size/i.test(String(cause))
  return new AppError(
    'bad-file',
    tooBig ? `A single record of ${nameOf(path)} is too big.` : `${nameOf(path)} is broken JSON${place}.`,
    {
      hint: tooBig
        ? 'Ask for one record a line (newline-delimited JSON), or for CSV.'
        : 'The file may be cut off there, or a comma or quote may be missing. Ask for the file again, or for CSV.',
      where: { file: path, ...(line === null ? {} : { row: Number(line[2]) }) },
      technical: String(cause),
      cause,
    },
  )
}

/** Text in UTF-16 is no JSON by its standard, and DuckDB cannot read it. */
export async function refuseUtf16(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    if (['fffe', 'feff'].includes(buffer.toString('hex')) || buffer.includes(0))
      throw refuse(path, 'is JSON in UTF-16', 'Save it as UTF-8.')
  } finally {
    await file.close()
  }
}

const nameOf = (path: string): string => path.replace(/^.*[\\/]/, '')
const pointerTo = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Bytes a record may have: DuckDB sets as much aside for each thread. */
const usualRecordBytes = 16 * 1024 ** 2
const mostRecordBytes = 512 * 1024 ** 2

function recordsOf({ path, gzip, isList, isOne, bytes, within }: JsonReading): Sql {
  const options = [
    literal(exactPath(path)),
    `format = '${isList ? 'array' : 'auto'}'`,
    `compression = '${gzip ? 'gzip' : 'uncompressed'}'`,
    `maximum_object_size = ${isList || !isOne ? usualRecordBytes : recordBytes(bytes * (gzip ? 20 : 1))}`,
  ]
  const records = `read_json_objects(${options.join(', ')})`
  if (within === undefined) return raw(records)
  return raw(
    `(SELECT unnest(from_json(json_extract(json, ${literal(pointerTo(within))}), '["JSON"]')) AS json FROM ${records})`,
  )
}

/** A file that is no list may be one big record with the list inside. */
const recordBytes = (bytes: number): number =>
  Math.min(mostRecordBytes, Math.max(usualRecordBytes, Math.ceil(bytes) + 1024))

interface KeyRows {
  readonly keys: readonly string[]
  readonly rows: number
  /** 1-based number of the first record that is none. */
  readonly strange: number | null
}

async function keysOf(reading: JsonReading, work: ImportWork): Promise<KeyRows> {
  const records = sql`(SELECT json, row_number() OVER () AS place FROM ${recordsOf(reading)})`
  const [totals] = await rowsOf(
    work,
    sql`SELECT count(*)::DOUBLE, min(CASE WHEN json_type(json) <> 'OBJECT' THEN place END)::DOUBLE FROM ${records}`,
    z.tuple([z.number(), z.number().nullable()]),
  )
  const keys = await rowsOf(
    work,
    sql`
      WITH named AS (
        SELECT unnest(json_keys(json)) AS key, generate_subscripts(json_keys(json), 1) AS nth, place FROM ${records}
      )
      SELECT key FROM named GROUP BY key ORDER BY min(place), min_by(nth, place)`,
    z.tuple([z.string()]),
  )
  return { keys: keys.map(([key]) => key), rows: totals?.[0] ?? 0, strange: totals?.[1] ?? null }
}

async function kindsOf(
  reading: JsonReading,
  keys: readonly string[],
  work: ImportWork,
): Promise<(JsonKey & { readonly lists: number })[]> {
  if (keys.length === 0) return []
  const pointers = raw(`[${keys.map((key) => literal(pointerTo(key))).join(', ')}]`)
  const counts = keys.flatMap((_, index) => {
    const kind = `kinds[${index + 1}]`
    return [`${kind} = 'ARRAY'`, `${kind} = 'OBJECT'`, `${kind} = 'BOOLEAN'`, `${kind} <> 'NULL'`].map((test) =>
      raw(`count(CASE WHEN ${test} THEN 1 END)::DOUBLE`),
    )
  })
  const [found = []] = await rowsOf(
    work,
    sql`SELECT ${join(counts, ', ')} FROM (SELECT json_type(json, ${pointers}) AS kinds FROM ${recordsOf(reading)})`,
    z.array(z.number()),
  )
  return keys.map((key, index) => {
    const [lists = 0, records = 0, booleans = 0, filled = 0] = found.slice(index * 4, index * 4 + 4)
    return { key, lists, nested: lists + records, isBoolean: booleans > 0 && booleans === filled }
  })
}

async function rowsOf<Row>(work: ImportWork, statement: Sql, row: z.ZodType<Row>): Promise<Row[]> {
  const reader = await runCancellable(work, 'reading the records', () =>
    work.connection.runAndReadAll(toReadable(statement)),
  )
  return reader.getRowsJS().map((values) => row.parse(values))
}
