import type { Choice, ColumnDescription, Finding } from '../../../shared/description'
import type { ReadColumn } from '../../../shared/project'
import type { Sql } from '../../../shared/sql'
import { type CellScanner, openScanner } from './cellScanner'
import { isBlankWord } from './cellValues'
import { columnChoices } from './columnChoices'
import { columnFindings } from './columnFindings'
import { uniqueNames } from './columnNames'
import { candidateFormats, isTimed, secondFormat, secondFormatOf } from './dateFormats'
import {
  type Decision,
  decideType,
  type Evidence,
  isDoubtful,
  provenOrder,
  provenSign,
  toleratedShare,
} from './decideType'
import type { ColumnCounts } from './scanColumns'
import { isLeftOut, type StrangeRows, strangeRows, strangeSorts, withoutStrange } from './strangeRows'
import { type Candidate, suggestType } from './suggestType'
import { shiftedRows, tableFindings, withoutShiftedDates } from './tableFindings'
import type { ImportWork } from './work'

/** A relation of texts to be understood. */
export interface RawTable {
  readonly name: string
  readonly relation: Sql
  /** Headers as written; empty texts where there is none. */
  readonly header: readonly string[]
  readonly hasHeader: boolean
  readonly bytes: number
  /** Columns with cells that a workbook holds as numbers: their decimal sign is beyond doubt. */
  readonly numberCells?: ReadonlySet<number>
  /** What the delimiter says about the decimal sign. */
  readonly likelySign?: 'comma'
  /** Every row is a list of its own length: rows with little in them are nothing strange. */
  readonly isLists?: boolean
}

export interface SniffedColumn extends Omit<ColumnDescription, 'role'> {
  /** Distinct first values, for recognition. */
  readonly values: readonly string[]
  /** Least and most of a number column. */
  readonly range: readonly [number, number] | null
  /** Cells that hold something of the column's type. */
  readonly valued: number
}

export interface SniffedTable {
  readonly rows: number
  readonly columns: readonly SniffedColumn[]
  readonly read: readonly ReadColumn[]
  /** Sorts of rows that are no data. */
  readonly leftOut: readonly StrangeRows[]
  readonly findings: readonly Finding[]
  readonly choices: readonly Choice[]
}

/** Above this size distinct values are estimated: exact counts of several columns would not fit in memory. */
const exactBytes = 400 * 1024 ** 2

/** Decides the type of every column over all rows: one scan, and a second one for columns whose values disagree. */
export async function sniffColumns(work: ImportWork, table: RawTable): Promise<SniffedTable> {
  const { header } = table
  const names = uniqueNames(table.hasHeader ? header : header.map(() => ''))
  const options = { exact: table.bytes <= exactBytes }
  const look = async (rows: Sql, strange: Readonly<Record<string, Sql>>) => {
    const size = { width: names.length, bytes: table.bytes }
    const scanner = await openScanner(work, rows, size, { ...options, strange })
    try {
      const samples = await scanner.firstValues()
      const candidates = names.map((name, index) => suggestType(name, samples[index] ?? []))
      return { scanner, samples, candidates, scan: await scanner.scanTable(candidates) }
    } catch (error) {
      await scanner.close()
      throw error
    }
  }
  const first = await look(table.relation, table.isLists === true ? {} : strangeRows(names, table.hasHeader))
  const leftOut = strangeSorts.filter((sort) => isLeftOut(sort, first.scan.strange[sort] ?? 0, first.scan.rows))
  const strange = Object.fromEntries(leftOut.map((sort) => [sort, first.scan.strange[sort] ?? 0]))
  if (leftOut.length > 0) await first.scanner.close()
  const { scanner, samples, candidates, scan } =
    leftOut.length === 0 ? first : await look(withoutStrange(table.relation, names, table.hasHeader, leftOut), {})
  const counted = scan.columns.map((counts, index) => ({
    candidate: candidates[index] ?? { type: 'text' as const },
    counts,
  }))
  try {
    for (const [index, better] of await secondThoughts(scanner, names, samples, counted)) counted[index] = better
  } finally {
    await scanner.close()
  }
  const evidence = evidenceOf(counted, table.likelySign)
  const decided = counted.map(({ candidate, counts }, index) =>
    decideType(names[index] ?? '', candidate, counts, evidence, table.numberCells?.has(index) ?? false),
  )
  const read = names.map((name, index) =>
    readColumn(name, decided[index] ?? { type: 'text', unreadable: 0 }, counted[index]?.counts),
  )
  return {
    rows: scan.rows,
    read,
    leftOut,
    columns: read.map((column, index) =>
      describeColumn(column, header[index] ?? '', samples[index] ?? [], scan.rows, counted[index]?.counts),
    ),
    findings: withoutShiftedDates([
      ...tableFindings(table.name, { ...scan, strange }, table.hasHeader ? repeatedIn(header) : []),
      ...shiftedRows(
        table.name,
        scan.rows,
        decided,
        counted.map(({ counts }) => scan.rows - counts.count('filled')),
      ),
      ...read.flatMap((column, index) => {
        const decision = decided[index]
        const counts = counted[index]?.counts
        if (decision === undefined || counts === undefined) return []
        const said = {
          name: column.name,
          header: header[index] ?? '',
          hadHeader: table.hasHeader,
          isLast: index === read.length - 1,
          rows: scan.rows,
        }
        return columnFindings(table.name, said, { ...decision, ...formatOf(column) }, counts)
      }),
    ]),
    choices: read.flatMap((column, index) => {
      const decision = decided[index]
      const counts = counted[index]?.counts
      return decision === undefined || counts === undefined
        ? []
        : columnChoices(table.name, column.name, decision, counts)
    }),
  }
}

function repeatedIn(header: readonly string[]): string[] {
  const met = new Set<string>()
  return header
    .map((name) => name.trim())
    .filter((name) => {
      const isRepeated = met.has(name.toLowerCase())
      met.add(name.toLowerCase())
      return isRepeated && name !== ''
    })
}

interface Counted {
  readonly candidate: Candidate
  readonly counts: ColumnCounts
}

/** Columns whose later values do not fit what the first ones suggested get one more candidate, kept when it fits more. */
async function secondThoughts(
  scanner: CellScanner,
  names: readonly string[],
  samples: readonly (readonly string[])[],
  counted: readonly Counted[],
): Promise<Map<number, Counted>> {
  const others = new Map<number, Candidate>()
  const doubtful = new Map<number, Candidate>()
  for (const [index, { candidate, counts }] of counted.entries()) {
    const sign = provenSign(candidate, counts)
    if (sign !== undefined && (sign === 'comma') !== (candidate.decimal === ','))
      others.set(index, { ...candidate, decimal: sign === 'comma' ? ',' : '.' })
    else if (isDoubtful(candidate, counts)) doubtful.set(index, candidate)
  }
  const misfits = await scanner.misfits(doubtful)
  for (const [index, candidate] of doubtful) {
    const strange = misfits.get(index) ?? []
    // As many usual values as strange ones at most, so that the strange ones have a say.
    const usual = (samples[index] ?? []).slice(0, Math.max(10, strange.length))
    const common = suggestAll(names[index] ?? '', candidate, strange, usual)
    const other = inTwoFormats(candidate, common, strange, usual) ?? common
    if (JSON.stringify(other) !== JSON.stringify(candidate)) others.set(index, other)
  }
  if (others.size === 0) return new Map()
  const scanned = await scanner.scanColumns(others)
  return new Map(
    [...scanned].flatMap(([index, counts]) => {
      const candidate = others.get(index)
      const first = counted[index]
      if (candidate === undefined || first === undefined) return []
      const isBetter =
        readableOf(candidate, counts) > readableOf(first.candidate, first.counts) &&
        !(isDay(first.candidate) && !isDay(candidate) && failsFew(first))
      const sign = provenSign(first.candidate, first.counts)
      const hasProvenSign = sign !== undefined && (sign === 'comma') === (candidate.decimal === ',')
      const hasOtherSign = candidate.type === first.candidate.type && candidate.decimal !== first.candidate.decimal
      return isBetter || (hasOtherSign && hasProvenSign) ? [[index, { candidate, counts }] as const] : []
    }),
  )
}

const isDay = ({ type }: Candidate): boolean => type === 'date' || type === 'timestamp'

/** A zero among days written as numbers is no day, and makes no numbers of the others. */
const failsFew = ({ candidate, counts }: Counted): boolean =>
  readableOf(candidate, counts) >= counts.count('valued') * (1 - toleratedShare)

/** A type for all of them; numbers agree on the more general one. */
function suggestAll(name: string, first: Candidate, strange: readonly string[], usual: readonly string[]): Candidate {
  const alone = suggestType(name, strange)
  return first.type === 'integer' && alone.type === 'decimal' ? alone : suggestType(name, [...strange, ...usual])
}

/** Dates of two formats, where no single one reads both. */
function inTwoFormats(
  first: Candidate,
  common: Candidate,
  strange: readonly string[],
  usual: readonly string[],
): Candidate | undefined {
  if (!isDay(first) || first.format === undefined || (common.format?.startsWith('mixed:') ?? false)) return undefined
  if (candidateFormats([...strange, ...usual]).length > 0 && isDay(common) && common.format !== first.format)
    return undefined
  const values = strange.map((value) => value.trim()).filter((value) => !isBlankWord(value))
  const second = secondFormatOf(values, first.format)
  if (second === undefined || second === first.format) return undefined
  const format = `also:${second}|${first.format}`
  return { type: isTimed(format) || first.type === 'timestamp' ? 'timestamp' : 'date', format }
}

function readableOf(candidate: Candidate, counts: ColumnCounts): number {
  if (candidate.type === 'empty' || candidate.type === 'text') return 0
  if (candidate.type === 'id') return counts.count('valued')
  if (candidate.type === 'date' || candidate.type === 'timestamp')
    return Math.max(counts.count('fits'), counts.count('other'))
  return counts.count('valued') - counts.count('misfits')
}

function evidenceOf(counted: readonly Counted[], likelySign: 'comma' | undefined): Evidence {
  const orders = counted
    .map(({ candidate, counts }) => provenOrder(candidate, counts))
    .filter((order) => order !== undefined)
  const signs = counted
    .map(({ candidate, counts }) => provenSign(candidate, counts))
    .filter((sign) => sign !== undefined)
  const [order] = orders
  const sign = signs[0] ?? likelySign
  return {
    ...(order !== undefined && orders.every((other) => other === order) ? { order } : {}),
    ...(sign !== undefined && signs.every((other) => other === sign) ? { sign } : {}),
  }
}

function readColumn(name: string, decision: Decision, counts: ColumnCounts | undefined): ReadColumn {
  const format = decision.type === 'text' && (counts?.count('entities') ?? 0) > 0 ? 'entities' : decision.format
  return {
    name,
    type: decision.type,
    ...(format === undefined ? {} : { format }),
    ...(decision.decimal === undefined ? {} : { decimal: decision.decimal }),
    ...zoneOf(decision, counts),
  }
}

/** What the cells of a time column say of their zone. */
function zoneOf({ type, format }: Decision, counts: ColumnCounts | undefined): Pick<ReadColumn, 'zone'> {
  const zoned = counts?.count('zoned') ?? 0
  if (type !== 'timestamp' || zoned === 0) return {}
  // Seconds since 1970 are counted in UTC.
  const counted = secondFormat(format ?? '')?.startsWith('epoch') ? (counts?.count('second') ?? 0) : 0
  return { zone: (counts?.count('utc') ?? 0) + counted === counts?.count('valued') ? 'utc' : 'offsets' }
}

const formatOf = ({ format }: ReadColumn): { format?: string } => (format === undefined ? {} : { format })

function describeColumn(
  column: ReadColumn,
  original: string,
  samples: readonly string[],
  rows: number,
  counts: ColumnCounts | undefined,
): SniffedColumn {
  const count = (name: string): number => counts?.count(name) ?? 0
  const isText = column.type === 'text' || column.type === 'id' || column.type === 'empty'
  const valued = isText ? count('filled') : count('valued')
  const least = counts?.text('least') ?? null
  const most = counts?.text('most') ?? null
  return {
    name: column.name,
    original,
    type: column.type,
    format: column.format ?? null,
    samples: samples.slice(0, 5),
    missing: rows - valued,
    distinct: count('distinct'),
    values: [...new Set(samples.map((sample) => sample.trim()))].slice(0, 60),
    range: least === null || most === null ? null : [Number(least), Number(most)],
    valued,
  }
}
