import type { FileDescription, TableDescription } from '../../../shared/description'
import type { CallContext } from '../../../shared/rpc'
import { raw, sql } from '../../../shared/sql'
import { Database } from '../database'
import { dropTable, importTable } from '../import/importTable'
import { databaseOptions, type SessionOptions } from '../sessionOptions'
import { rawSchema } from '../viewParts'
import { Lanes, lanesFor } from './lanes'
import { widestTable, withChecks } from './withChecks'

/** Larger files, and tables of several files, are checked when they are opened in a project. */
const largestBytes = 200 * 1024 ** 2

/** The descriptions with what the contents of the tables show; they are imported into memory for that. */
export async function checkFiles(
  files: readonly FileDescription[],
  options: SessionOptions,
  context: CallContext,
): Promise<FileDescription[]> {
  const database = await Database.open({ ...databaseOptions(options), path: ':memory:', locked: false })
  try {
    await database.run(sql`CREATE SCHEMA ${raw(rawSchema)}`)
    const checked: FileDescription[] = []
    for (const file of files) {
      const tables: TableDescription[] = []
      for (const table of file.tables) {
        tables.push(
          file.bytes > largestBytes || table.parts !== undefined
            ? table
            : await checkIn(database, file, table, options, context),
        )
      }
      checked.push({ ...file, tables })
    }
    return checked
  } finally {
    database.close()
    await database.closed
  }
}

function checkIn(
  database: Database,
  file: FileDescription,
  table: TableDescription,
  options: SessionOptions,
  { signal, onProgress }: CallContext,
): Promise<TableDescription> {
  const { kind, roles } = table.recognised
  const mapped = Object.fromEntries(
    Object.entries(roles).map(([role, column]) => [role, typeof column === 'string' ? column : [...column]]),
  )
  const source = { name: table.name, read: table.read }
  const wanted = { description: table, kind, roles: mapped, source }
  const check = (rows: number): Promise<TableDescription> =>
    database.withConnections(lanesFor(rows), (connections) =>
      withChecks(wanted, rows, { lanes: new Lanes(...connections), signal }),
    )
  // Nothing is asked of so wide a table: importing it would be for nothing.
  if (table.read.columns.length > widestTable) return check(table.rows)
  return database.withConnection(async (connection) => {
    const work = { connection, signal, tempFolder: options.tempFolder, onProgress }
    const place = { schema: rawSchema, table: table.name }
    const { rows } = await importTable({ path: file.path, read: table.read }, place, work)
    const checked = await check(rows)
    await dropTable(connection, place)
    return checked
  })
}
