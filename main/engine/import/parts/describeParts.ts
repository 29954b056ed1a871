import type { Choice, PartDescription, TableDescription } from '../../../../shared/description'
import type { ReadColumn, ReadOptions } from '../../../../shared/project'
import { join, raw, type Sql, sql } from '../../../../shared/sql'
import { typedOf, withTypedCells } from '../cellValues'
import { describeTable } from '../describeTable'
import { matchColumns } from '../matchColumns'
import { type OpenTable, openTable } from '../openTable'
import { questionOf, renameColumns } from '../renameColumns'
import { sniffColumns } from '../sniffColumns'
import type { ImportWork } from '../work'
import { type GatheredRows, gatherRows } from './gatherRows'
import { type FoundTable, knownColumns } from './groupTables'
import { partFindings, type Renamed } from './partFindings'
import { type ColumnReading, type PartTable, readingOfColumn } from './partReadings'
import { sharedRows } from './sharedRows'

/**
 * Several tables of the same columns as one: types are decided over all rows, columns with other names are known
 * again, a column that a file lacks is empty in its rows. What differs between the files is said in findings.
 */
export async function describeParts(
  name: string,
  found: readonly FoundTable[],
  work: ImportWork,
): Promise<TableDescription> {
  const { parts, names, renamed } = alignNames(found)
  const readings = new Map(names.map((column) => [column, readingOfColumn(column, parts)]))
  const opened: OpenTable[] = []
  let gathered: GatheredRows | undefined
  try {
    for (const [index, { file }] of found.entries()) {
      const read = parts[index]?.table.read
      if (read !== undefined) opened.push(await openTable({ path: file.path, read }, work))
    }
    const selects = opened.map(({ relation }, index) => rowsOfPart(relation, index, names, parts, readings))
    const isCostly = found.some(({ table }) => table.read.format === 'json')
    gathered = await gatherRows(selects, names.length, isCostly, work)
    const { relation } = gathered
    const bytes = found.reduce((sum, { file }) => sum + bytesAsText(file), 0)
    const sniffed = await sniffColumns(work, {
      name,
      relation,
      header: names,
      hasHeader: true,
      bytes,
      numberCells: new Set(names.flatMap((column, index) => (isPoint(readings.get(column)) ? [index] : []))),
    })
    const shared = await sharedRows(relation, names.length, bytes, work)
    const first = parts[0]?.table.read
    if (first === undefined) throw new Error('a table has at least one part')
    const read: ReadOptions = { ...first, columns: [...sniffed.read] }
    const findings = partFindings(name, parts, { names, renamed, readings, shared, types: sniffed.read })
    const described = describeTable(name, null, read, sniffed, findings)
    return {
      ...described,
      choices: [...described.choices, ...openChoices(name, parts, readings)],
      parts: found.map(({ file }, index) => describePart(file, index, parts, described.read.columns, readings)),
    }
  } finally {
    await gathered?.drop()
    for (const table of opened) await table.close()
  }
}

/** About as many bytes as the file has as plain text. */
function bytesAsText({ path, bytes, format }: FoundTable['file']): number {
  if (format === 'parquet' || format === 'xlsx') return bytes * 5
  return path.toLowerCase().endsWith('.gz') ? bytes * 6 : bytes
}

interface Aligned {
  readonly parts: readonly PartTable[]
  /** The columns of all files: those of the first, then what others have beside them. */
  readonly names: readonly string[]
  readonly renamed: readonly Renamed[]
}

/** Gives the columns of every file the names they have in the first file that has them. */
function alignNames(found: readonly FoundTable[]): Aligned {
  const known = knownColumns(found[0]?.table ?? noTable).map((column) => column)
  const renamed: Renamed[] = []
  const parts = found.map(({ file, table }) => {
    const own = knownColumns(table)
    const matches = matchColumns(known, own)
    const names = new Map(
      matches.flatMap(({ wanted, found: name }) => (wanted === name ? [] : [[name, wanted] as const])),
    )
    for (const [from, to] of names) renamed.push({ fileName: file.fileName, from, to })
    const taken = new Set(matches.map((match) => match.found))
    known.push(...own.filter((column) => !taken.has(column.name) && !known.some(({ name }) => name === column.name)))
    return { fileName: file.fileName, table: renameColumns(table, names) }
  })
  return { parts, names: known.map((column) => column.name), renamed }
}

const noTable: Pick<TableDescription, 'columns' | 'recognised'> & TableDescription = {
  name: '',
  sheet: null,
  rows: 0,
  read: { format: 'csv', headerRow: 0, columns: [] },
  columns: [],
  recognised: { kind: 'other', confidence: 0, reason: '', roles: {} },
  alternatives: [],
  findings: [],
  choices: [],
}

/** The texts of one file under the columns of all; where files write a column differently, as all would write it. */
function rowsOfPart(
  relation: Sql,
  part: number,
  names: readonly string[],
  parts: readonly PartTable[],
  readings: ReadonlyMap<string, ColumnReading>,
): Sql {
  const columns = parts[part]?.table.read.columns ?? []
  const typed = new Map<number, ReadColumn>()
  const cells = names.map((name, index) => {
    const at = columns.findIndex((column) => column.name === name)
    const reading = readings.get(name)
    const own = reading?.own[part]
    if (at < 0) return raw(`NULL::VARCHAR AS c${index}`)
    if (own === undefined || !(reading?.differs ?? false)) return raw(`c${at} AS c${index}`)
    typed.set(at, own)
    return sql`coalesce(CAST(${typedOf(at)} AS VARCHAR), ${raw(`c${at}`)}) AS ${raw(`c${index}`)}`
  })
  const from = typed.size === 0 ? relation : withTypedCells(relation, columns.length, typed)
  return sql`SELECT ${join(cells, ', ')}, ${raw(String(part))} AS part FROM ${from}`
}

/** Numbers with a decimal point in every file, beyond doubt. */
function isPoint(reading: ColumnReading | undefined): boolean {
  const decimals = reading?.own.filter((column) => column?.type === 'decimal') ?? []
  if (reading === undefined || decimals.length === 0) return false
  if (reading.differs) return true
  return (
    reading.asked.every((question) => question === undefined) &&
    decimals.every((column) => (column?.decimal ?? '.') === '.')
  )
}

/** Questions that remain about columns which the files write differently; the others are asked of the whole table. */
function openChoices(
  name: string,
  parts: readonly PartTable[],
  readings: ReadonlyMap<string, ColumnReading>,
): Choice[] {
  const choices = new Map<string, Choice>()
  for (const [column, { differs, asked }] of readings) {
    if (!differs) continue
    for (const [index, question] of asked.entries()) {
      const { table, fileName } = parts[index] ?? {}
      if (question === undefined || table === undefined) continue
      const columns = table.columns.map((candidate) => candidate.name)
      const own = table.choices.find((choice) => {
        const about = questionOf(choice.key, columns)
        return about.column === column && about.question === question
      })
      const key = `${name}.${column}.${question}`
      const said = choices.get(key)
      if (said !== undefined) choices.set(key, { ...said, why: said.why.replace(/\.$/, `, ${fileName}.`) })
      else if (own !== undefined)
        choices.set(key, {
          ...own,
          key,
          why: `${own.why} The other files prove different answers; this concerns ${fileName}.`,
        })
    }
  }
  return [...choices.values()]
}

function describePart(
  file: FoundTable['file'],
  index: number,
  parts: readonly PartTable[],
  columns: readonly ReadColumn[],
  readings: ReadonlyMap<string, ColumnReading>,
): PartDescription {
  const table = parts[index]?.table ?? noTable
  const own = table.read.columns.filter(({ name }) => readings.get(name)?.differs)
  return {
    path: file.path,
    fileName: file.fileName,
    sha256: file.sha256,
    bytes: file.bytes,
    rows: table.rows,
    read: {
      ...table.read,
      columns: table.read.columns.map((column) => readAs(column, columns, readings.get(column.name), index)),
    },
    own: own.map(({ name }) => name),
    asked: own.flatMap(({ name }) => {
      const question = readings.get(name)?.asked[index]
      return question === undefined ? [] : [`${name}.${question}`]
    }),
  }
}

/** A column of one file with the type it has over all of them. */
function readAs(
  written: ReadColumn,
  columns: readonly ReadColumn[],
  reading: ColumnReading | undefined,
  part: number,
): ReadColumn {
  const common = columns.find(({ name }) => name === written.name) ?? written
  const own = reading?.own[part] ?? written
  if (written.format === 'boolean') return { ...common, format: 'boolean' }
  if (reading === undefined || !reading.differs || common.type === 'text' || common.type === 'id') return common
  const isFine = common.format?.includes('double') && !own.format?.includes('double')
  const format = isFine ? `${own.format ?? ''} double`.trim() : own.format
  return {
    name: common.name,
    type: common.type,
    ...(format === undefined ? {} : { format }),
    ...(own.decimal === undefined ? {} : { decimal: own.decimal }),
  }
}
