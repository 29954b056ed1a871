import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '../../../main/engine/database'
import { describeFile } from '../../../main/engine/import/describeFile'
import { type ImportedTable, importTable } from '../../../main/engine/import/importTable'
import { applyReadingChoice } from '../../../main/engine/import/readingChoices'
import type { ImportWork } from '../../../main/engine/import/work'
import type { ColumnDescription, FileDescription, TableDescription } from '../../../shared/description'
import { AppError } from '../../../shared/errors'
import type { ReadOptions } from '../../../shared/project'
import { ident, join as joined, type Sql, sql, toReadable } from '../../../shared/sql'

export type Value = string | number | null

export interface Imported extends Omit<ImportedTable, 'rows'> {
  readonly description: TableDescription
  readonly read: ReadOptions
  /** All rows in file order: numbers as numbers, dates as ISO texts. */
  readonly rows: readonly (readonly Value[])[]
  column(name: string): ColumnDescription
  values(name: string): Value[]
  /** Finding id → its count. */
  readonly findings: Readonly<Record<string, number>>
}

export interface ImportFolder {
  readonly folder: string
  readonly tempFolder: string
  /** Writes a file and answers its path. */
  file(name: string, content: string | Uint8Array): string
  describe(path: string, work?: Partial<ImportWork>): Promise<FileDescription>
  /** Describes a file of one table, or the named sheet, imports it under the choices and reads it back. */
  import(
    path: string,
    options?: { readonly sheet?: string; readonly choices?: Readonly<Record<string, string>> },
  ): Promise<Imported>
  /** Writes and imports in one go. */
  importText(content: string | Uint8Array, choices?: Readonly<Record<string, string>>): Promise<Imported>
  /** The error that reading the file ends with. */
  refusal(path: string): Promise<AppError>
  work<Answer>(use: (work: ImportWork) => Promise<Answer>, changes?: Partial<ImportWork>): Promise<Answer>
  ask(statement: string): Promise<unknown[][]>
  remove(): Promise<void>
}

/** A folder for tiny files and a database in memory to import them into. */
export async function importFolder(): Promise<ImportFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-import-'))
  const tempFolder = join(folder, 'temp')
  const database = await Database.open({ path: ':memory:', tempFolder, locked: false, threads: 2 })
  let files = 0
  let tables = 0
  const work: ImportFolder['work'] = (use, changes = {}) =>
    database.withConnection((connection) =>
      use({
        connection,
        signal: new AbortController().signal,
        tempFolder,
        onProgress: () => undefined,
        ...changes,
      }),
    )
  const ask = (statement: string): Promise<unknown[][]> =>
    database.withConnection(async (connection) => (await connection.runAndReadAll(statement)).getRowsJS())
  const describe: ImportFolder['describe'] = (path, changes) => work((given) => describeFile(path, given), changes)
  const file: ImportFolder['file'] = (name, content) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  const importOne: ImportFolder['import'] = async (path, { sheet, choices = {} } = {}) => {
    const described = await describe(path)
    const found = described.tables.filter((table) => sheet === undefined || table.sheet === sheet)
    const [description] = found
    if (description === undefined || found.length > 1) throw new Error(`${path} holds ${found.length} such tables`)
    const read = Object.entries(choices).reduce(
      (options, [key, option]) => applyReadingChoice(options, `${description.name}.${key}`, option),
      description.read,
    )
    tables += 1
    const table = `imported_${tables}`
    const counts = await work((given) => importTable({ path, read }, { schema: 'main', table }, given))
    const selected = joined(read.columns.map(asPlain), ', ')
    const rows = await ask(toReadable(sql`SELECT ${selected} FROM ${ident(table)} ORDER BY source_row`))
    return {
      ...counts,
      description,
      read,
      rows: rows as Value[][],
      column: (name) => {
        const column = description.columns.find((candidate) => candidate.name === name)
        if (column === undefined) throw new Error(`no column ${name}`)
        return column
      },
      values: (name) => {
        const index = read.columns.findIndex((column) => column.name === name)
        if (index < 0) throw new Error(`no column ${name}`)
        return rows.map((row) => row[index] as Value)
      },
      findings: Object.fromEntries(description.findings.map(({ id, count }) => [id, count])),
    }
  }
  return {
    folder,
    tempFolder,
    file,
    describe,
    work,
    ask,
    import: importOne,
    importText: (content, choices = {}) => {
      files += 1
      return importOne(file(`table${files}.csv`, content), { choices })
    },
    refusal: async (path) => {
      const answer = await describe(path).catch((error: unknown) => error)
      if (answer instanceof AppError) return answer
      throw new Error(`${path} was not refused: ${String(answer)}`)
    },
    remove: async () => {
      database.close()
      await database.closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function asPlain(column: ReadOptions['columns'][number]): Sql {
  const name = ident(column.name)
  if (column.type === 'date' || column.type === 'timestamp') return sql`${name}::VARCHAR`
  return column.type === 'integer' || column.type === 'decimal' || column.type === 'flag' ? sql`${name}::DOUBLE` : name
}
