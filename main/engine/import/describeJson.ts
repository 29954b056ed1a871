import { randomUUID } from 'node:crypto'
import type { Finding, TableDescription } from '../../../shared/description'
import type { ReadColumn, ReadOptions } from '../../../shared/project'
import { raw, sql, toReadable } from '../../../shared/sql'
import { stemOf } from '../tables'
import { nestedFinding } from './describeParquet'
import { describeTable } from './describeTable'
import { fileFinding } from './fileFinding'
import { type FileIdentity, refuse } from './identifyFile'
import {
  isJsonList,
  type JsonReading,
  type JsonShape,
  openJson,
  refuseUtf16,
  shapeOfJson,
  unreadableJson,
} from './openJson'
import { sniffColumns } from './sniffColumns'
import { type ImportWork, runCancellable } from './work'

/** The one table of a JSON file: a list of flat records, or one record a line. */
export async function describeJson(identity: FileIdentity, work: ImportWork): Promise<TableDescription> {
  const { path, gzip } = identity
  const name = stemOf(path)
  if (!gzip) await refuseUtf16(path)
  const reading = { path, gzip, isList: isJsonList(identity.head), isOne: false, bytes: identity.bytes }
  const shape = await shapeOfJson(reading, work)
  if (shape.rows === 0 || shape.keys.length === 0)
    throw refuse(path, 'is JSON without any record in it', 'Ask for the file again; the export may have been empty.')
  const sniffed = await withTexts(
    { ...reading, isOne: shape.within !== undefined, within: shape.within },
    shape,
    work,
    (relation) =>
      sniffColumns(work, {
        name,
        relation,
        header: shape.keys.map(({ key }) => key),
        hasHeader: true,
        bytes: identity.bytes * (gzip ? 6 : 1),
      }),
  )
  const read: ReadOptions = {
    format: 'json',
    headerRow: 0,
    keys: shape.keys.map(({ key }) => key),
    ...(shape.within === undefined ? {} : { within: shape.within }),
    columns: sniffed.read.map(
      (column, index): ReadColumn => (shape.keys[index]?.isBoolean ? { ...column, format: 'boolean' } : column),
    ),
  }
  return describeTable(name, null, read, sniffed, jsonFindings(name, identity, shape))
}

/** Records are taken apart once and looked at several times. */
async function withTexts<Answer>(
  reading: JsonReading,
  { keys }: JsonShape,
  work: ImportWork,
  use: (relation: ReturnType<typeof raw>) => Promise<Answer>,
): Promise<Answer> {
  const table = raw(`temp.main."json_${randomUUID().replaceAll('-', '')}"`)
  try {
    await runCancellable(work, 'reading the records', () =>
      work.connection.run(toReadable(sql`CREATE TEMP TABLE ${table} AS SELECT * FROM ${openJson(reading, keys)}`)),
    )
    return await use(table)
  } catch (error) {
    throw work.signal.aborted ? error : unreadableJson(reading.path, error)
  } finally {
    await work.connection.run(toReadable(sql`DROP TABLE IF EXISTS ${table}`)).catch(() => undefined)
  }
}

function jsonFindings(table: string, identity: FileIdentity, { keys, within }: JsonShape): Finding[] {
  return [
    ...(identity.extensionMisleads
      ? [fileFinding(table, 'extension', 'The file is JSON in spite of its name', 1, 'file', 'Read as JSON')]
      : []),
    ...(within === undefined
      ? []
      : [
          fileFinding(
            table,
            'within',
            `The records stand under "${within}"`,
            1,
            'file',
            'What stands beside it is left out',
          ),
        ]),
    ...keys.flatMap(({ key, nested }) => (nested > 0 ? [nestedFinding(table, key, nested)] : [])),
  ]
}
