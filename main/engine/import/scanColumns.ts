import { z } from 'zod'
import { join, raw, type Sql, sql, toReadable } from '../../../shared/sql'
import { contentOf, entityPattern, isUnreadable, textOf, typedOf, withTypedCells } from './cellValues'
import { countIf, countOf, leastOf, mostOf } from './countSql'
import { dateCounts } from './dateCounts'
import { currencyOf, damagedNumbers, isDressed, separatorCounts, toNumber } from './numberText'
import { quickCounts, settle } from './quickCounts'
import { type Candidate, exactDigits } from './suggestType'
import { mentionsTotal } from './totalWords'
import { type ImportWork, runCancellable } from './work'

/** What one scan over all rows says about one column. Absent counts are 0, absent texts null. */
export interface ColumnCounts {
  count(name: string): number
  text(name: string): string | null
}

export interface TableScan {
  readonly rows: number
  readonly blankRows: number
  readonly repeatedRows: number
  readonly totalRows: number
  /** Rows of a strange sort that are no data, by sort. */
  readonly strange: Readonly<Record<string, number>>
  readonly columns: readonly ColumnCounts[]
}

export interface ScanOptions {
  /** Counts distinct values exactly; for very large files an estimate must do. */
  readonly exact: boolean
  /** Sorts of strange rows to count, with their tests. */
  readonly strange?: Readonly<Record<string, Sql>>
}

export const answerSchema = z.record(z.string(), z.union([z.number(), z.string(), z.null()]))

/** Columns looked at in one pass: planning time grows faster than their number. */
const columnsAtOnce = 64

/** One pass over all rows that confirms or refutes the candidates of all columns; several for very wide tables. */
export async function scanTable(
  work: ImportWork,
  relation: Sql,
  candidates: readonly Candidate[],
  options: ScanOptions,
): Promise<TableScan> {
  const names = candidates.map((_, index) => `c${index}`)
  const given = new Map([...candidates.entries()].slice(0, columnsAtOnce))
  const others = new Map([...candidates.entries()].slice(columnsAtOnce))
  const blank = raw(`coalesce(${[...names, 'NULL'].join(', ')}) IS NULL`)
  const distinctRows = sql`count(DISTINCT CASE WHEN NOT (${blank}) THEN hash(${raw(names.join(', '))}) END)::DOUBLE`
  const totals = raw(names.slice(0, 2).map(mentionsTotal).join(' OR '))
  const sorts = Object.entries(options.strange ?? {})
  const parts = [
    sql`count(*)::DOUBLE AS rows`,
    sql`count(CASE WHEN ${blank} THEN 1 END)::DOUBLE AS blank_rows`,
    sql`count(CASE WHEN ${totals} THEN 1 END)::DOUBLE AS total_rows`,
    ...sorts.map(([sort, test]) => sql`count(CASE WHEN ${test} THEN 1 END)::DOUBLE AS ${raw(`strange_${sort}`)}`),
    ...(options.exact ? [sql`${distinctRows} AS distinct_rows`] : []),
    ...columnParts(given, (candidate, index) => quickCounts(candidate, index, options)),
  ]
  const answer = await ask(
    work,
    'looking at every row',
    sql`SELECT ${join(parts, ', ')} FROM ${typedForScan(relation, names.length, given)}`,
  )
  const quick = new Map([...given.keys()].map((index) => [index, countsOf(answer, index)]))
  const settled = settle(given, quick)
  const unsettled = new Map([...given, ...others].filter(([index]) => !settled.has(index)))
  const further = await scanColumns(work, relation, names.length, unsettled, options)
  const blankRows = Number(answer['blank_rows'] ?? 0)
  const rows = Number(answer['rows'] ?? 0) - blankRows
  const distinct = answer['distinct_rows']
  return {
    rows,
    blankRows,
    repeatedRows: typeof distinct === 'number' ? rows - distinct : 0,
    totalRows: Number(answer['total_rows'] ?? 0),
    strange: Object.fromEntries(sorts.map(([sort]) => [sort, Number(answer[`strange_${sort}`] ?? 0)])),
    columns: candidates.map((_, index) => further.get(index) ?? settled.get(index) ?? countsOf(answer, index)),
  }
}

/** A pass for some of the columns: when their first candidate did not fit, or when there are too many for one pass. */
export async function scanColumns(
  work: ImportWork,
  relation: Sql,
  width: number,
  candidates: ReadonlyMap<number, Candidate>,
  options: ScanOptions,
): Promise<Map<number, ColumnCounts>> {
  const entries = [...candidates]
  const found = new Map<number, ColumnCounts>()
  for (let from = 0; from < entries.length; from += columnsAtOnce) {
    const some = new Map(entries.slice(from, from + columnsAtOnce))
    const answer = await ask(
      work,
      'looking again',
      sql`SELECT ${join(
        columnParts(some, (candidate, index) => allCounts(candidate, index, options)),
        ', ',
      )} FROM ${typedForScan(relation, width, some)}`,
    )
    for (const index of some.keys()) found.set(index, countsOf(answer, index))
  }
  return found
}

/** Rows whose values suggest the type of a column. */
const firstRows = 2000

/** The first values of every column as written. */
export async function firstValues(work: ImportWork, relation: Sql, width: number): Promise<string[][]> {
  const list = raw(Array.from({ length: width }, (_, index) => `c${index}`).join(', '))
  const reader = await runCancellable(work, 'reading the first rows', () =>
    work.connection.runAndReadAll(toReadable(sql`SELECT ${list} FROM ${relation} LIMIT ${firstRows}`)),
  )
  return reader.getColumns().map(asTexts)
}

/** Values that do not fit the candidate of their column, for a second thought. */
export async function misfits(
  work: ImportWork,
  relation: Sql,
  width: number,
  index: number,
  candidate: Candidate,
): Promise<string[]> {
  const typed = typedForScan(relation, width, new Map([[index, candidate]]))
  const misfit = isMisfit(candidate, index)
  const reader = await runCancellable(work, 'looking again', () =>
    work.connection.runAndReadAll(toReadable(sql`SELECT ${contentOf(index)} FROM ${typed} WHERE ${misfit} LIMIT 1000`)),
  )
  return asTexts(reader.getColumns()[0] ?? [])
}

function typedForScan(relation: Sql, width: number, candidates: ReadonlyMap<number, Candidate>): Sql {
  const wide = [...candidates].map(([index, candidate]) => [index, readWidely(candidate)] as const)
  return withTypedCells(relation, width, new Map(wide))
}

/** While the type is being decided, numbers are read as wide as can be and days with their clocks. */
export function readWidely(candidate: Candidate): Candidate {
  if (candidate.type === 'decimal') return { ...candidate, format: `${candidate.format ?? ''} double` }
  return candidate.type === 'date' ? { ...candidate, type: 'timestamp' } : candidate
}

/** Cells that do not fit their column's candidate. */
export const isMisfit = (candidate: Candidate, index: number): Sql =>
  candidate.type === 'empty' ? sql`${contentOf(index)} IS NOT NULL` : isUnreadable(index)

/** What is told of a value by its beginning; patterns that look for words would take minutes over a whole book. */
const longestSample = 500

export const asTexts = (values: readonly unknown[]): string[] =>
  values
    .filter((value) => value !== null)
    .map((value) => String(value).slice(0, longestSample))
    .filter((value) => value.trim() !== '')

async function ask(work: ImportWork, note: string, statement: Sql): Promise<Record<string, number | string | null>> {
  const reader = await runCancellable(work, note, () => work.connection.runAndReadAll(toReadable(statement)))
  return answerSchema.parse(reader.getRowObjectsJS()[0] ?? {})
}

export function countsOf(answer: Readonly<Record<string, number | string | null>>, index: number): ColumnCounts {
  return {
    count: (name) => Number(answer[`${name}${index}`] ?? 0),
    text: (name) => {
      const value = answer[`${name}${index}`]
      return value === null || value === undefined ? null : String(value)
    },
  }
}

type Counts = Readonly<Record<string, Sql>>

const columnParts = (
  candidates: ReadonlyMap<number, Candidate>,
  counts: (candidate: Candidate, index: number) => Counts,
): Sql[] =>
  [...candidates].flatMap(([index, candidate]) =>
    Object.entries(counts(candidate, index)).map(([name, value]) => sql`${value} AS ${raw(`"${name}${index}"`)}`),
  )

export const allCounts = (candidate: Candidate, index: number, options: ScanOptions): Counts => ({
  ...commonCounts(index, options),
  ...countsFor(candidate, index),
})

function commonCounts(index: number, { exact }: ScanOptions): Record<string, Sql> {
  const text = textOf(index)
  const value = contentOf(index)
  const isWord = sql`${text} IS NOT NULL AND ${value} IS NULL`
  return {
    filled: countOf(text),
    distinct: exact ? sql`count(DISTINCT ${text})::DOUBLE` : sql`approx_count_distinct(${text})::DOUBLE`,
    valued: countOf(value),
    wordA: leastOf(text, isWord),
    wordB: mostOf(text, isWord),
    padded: countIf(raw(`c${index} <> x${index}`)),
  }
}

function countsFor(candidate: Candidate, index: number): Record<string, Sql> {
  const text = textOf(index)
  switch (candidate.type) {
    case 'empty':
      return {}
    case 'text': {
      const hasEntity = sql`contains(${text}, '&') AND regexp_matches(${text}, ${entityPattern})`
      return { entities: countIf(hasEntity), entity: leastOf(text, hasEntity) }
    }
    case 'id':
      return {
        scientific: countIf(sql`regexp_full_match(${text}, '\\d(\\.\\d+)?[eE]\\+\\d+')`),
        scientificA: leastOf(text, sql`regexp_full_match(${text}, '\\d(\\.\\d+)?[eE]\\+\\d+')`),
        whole: countIf(sql`regexp_full_match(${text}, '\\d+\\.0+')`),
        digits: countIf(sql`regexp_full_match(${text}, '\\d+')`),
        apostrophes: countIf(sql`starts_with(${text}, '''')`),
        apostropheA: leastOf(text, sql`starts_with(${text}, '''')`),
        grouped: countIf(sql`regexp_full_match(${text}, '\\d{1,3}(,\\d{3})+')`),
        groupedA: leastOf(text, sql`regexp_full_match(${text}, '\\d{1,3}(,\\d{3})+')`),
      }
    case 'integer':
    case 'flag':
      return { ...numberCounts(index), ...integerCounts(index) }
    case 'decimal':
      return { ...numberCounts(index), ...decimalCounts(candidate, index) }
    case 'date':
    case 'timestamp':
      return { ...unreadableCounts(index), ...dateCounts(candidate.format ?? '', index) }
    default:
      return candidate.type satisfies never
  }
}

function unreadableCounts(index: number): Record<string, Sql> {
  const misfit = isUnreadable(index)
  return {
    misfits: countIf(misfit),
    misfitA: leastOf(contentOf(index), misfit),
    misfitB: mostOf(contentOf(index), misfit),
  }
}

function numberCounts(index: number): Record<string, Sql> {
  const value = contentOf(index)
  const damage = (shape: string): Sql => sql`${isUnreadable(index)} AND regexp_full_match(${value}, ${shape})`
  const rounded = sql`regexp_full_match(${value}, '[-+]?\\d(\\.\\d{1,5})?[eE]\\+?\\d+')`
  const bracketed = sql`regexp_full_match(${value}, '\\(.*\\d.*\\)|.*\\d-')`
  return {
    ...unreadableCounts(index),
    ...Object.fromEntries(Object.entries(damagedNumbers).map(([name, shape]) => [name, countIf(damage(shape))])),
    datelikeA: leastOf(value, damage(damagedNumbers.datelike)),
    hashesA: leastOf(value, damage(damagedNumbers.hashes)),
    unitsA: leastOf(value, damage(damagedNumbers.units)),
    otherSignA: leastOf(value, damage(damagedNumbers.otherSign)),
    rounded: countIf(rounded),
    roundedA: leastOf(value, rounded),
    brackets: countIf(bracketed),
    bracketsA: leastOf(value, bracketed),
    least: sql`min(${typedOf(index)})::DOUBLE`,
    most: sql`max(${typedOf(index)})::DOUBLE`,
  }
}

function integerCounts(index: number): Record<string, Sql> {
  const value = contentOf(index)
  return {
    zeros: countIf(sql`regexp_full_match(${value}, '[-+]?0\\d+')`),
    long: countIf(sql`length(${value}) > ${exactDigits + 1} AND regexp_full_match(${value}, '[-+]?\\d+')`),
  }
}

function decimalCounts(candidate: Candidate, index: number): Record<string, Sql> {
  const wide = typedOf(index)
  const narrow = toNumber(contentOf(index), candidate, 'DECIMAL(18,6)')
  return {
    ...separatorCounts(contentOf(index)),
    percent: countIf(sql`contains(${contentOf(index)}, '%')`),
    ...(isDressed(candidate) ? currencyCounts(currencyOf(contentOf(index))) : {}),
    // Numbers that six decimals or twelve whole digits cannot hold.
    finer: countIf(
      sql`${wide} IS NOT NULL AND (${narrow} IS NULL OR abs(${narrow}::DOUBLE - ${wide}) > 1e-9 * greatest(1, abs(${wide})))`,
    ),
  }
}

function currencyCounts(currency: Sql): Record<string, Sql> {
  return {
    currencies: sql`count(DISTINCT ${currency})::DOUBLE`,
    currencyCells: sql`coalesce(list_sum(map_values(histogram(${currency}))) - list_max(map_values(histogram(${currency}))), 0)::DOUBLE`,
    currencyA: sql`min(${currency})`,
    currencyB: sql`max(${currency})`,
  }
}
