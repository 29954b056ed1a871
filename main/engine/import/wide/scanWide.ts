import { z } from 'zod'
import { join, raw, type Sql, sql, toReadable } from '../../../../shared/sql'
import { contentOf, withTypedCells } from '../cellValues'
import {
  allCounts,
  answerSchema,
  asTexts,
  type ColumnCounts,
  countsOf,
  isMisfit,
  readWidely,
  type ScanOptions,
  type TableScan,
} from '../scanColumns'
import type { Candidate } from '../suggestType'
import { mentionsTotal } from '../totalWords'
import { type ImportWork, runCancellable } from '../work'
import { byReading, isOneOf, type TallCells } from './tallCells'

type Candidates = ReadonlyMap<number, Candidate>

const noCounts: ColumnCounts = { count: () => 0, text: () => null }
/** Cells that are looked at for suggesting types: 2000 rows of a thousand columns. */
const firstCells = 2_000_000
const firstRows = 2000

/** The first values of every column as written. */
export async function firstValuesOfWide(work: ImportWork, cells: TallCells, width: number): Promise<string[][]> {
  const rows = Math.min(firstRows, Math.ceil(firstCells / width))
  const found = await listsOf(
    work,
    sql`SELECT col::INTEGER, list(text ORDER BY row) FROM ${cells.relation} WHERE row <= ${rows} AND text IS NOT NULL GROUP BY col`,
  )
  return Array.from({ length: width }, (_, index) => found.get(index) ?? [])
}

/** What `scanTable` answers, for all candidates at once. */
export async function scanWideTable(
  work: ImportWork,
  cells: TallCells,
  candidates: readonly Candidate[],
  options: ScanOptions,
): Promise<TableScan> {
  const sorts = Object.keys(options.strange ?? {})
  const strange = sorts.map(
    (sort) => sql`, count(*) FILTER (WHERE col = 0 AND ${raw(sort)})::DOUBLE AS ${raw(`strange_${sort}`)}`,
  )
  const different = sql`(SELECT count(DISTINCT row_hash)::DOUBLE FROM (SELECT sum(hash(col, text)) AS row_hash FROM ${cells.relation} WHERE text IS NOT NULL GROUP BY row))`
  const [answer = {}] = await rowsOf(
    work,
    sql`
      SELECT
        count(*) FILTER (WHERE col = 0)::DOUBLE AS all_rows,
        count(DISTINCT CASE WHEN text IS NOT NULL THEN row END)::DOUBLE AS rows,
        count(DISTINCT CASE WHEN col < 2 AND ${raw(mentionsTotal('text'))} THEN row END)::DOUBLE AS total_rows
        ${join(strange, '')}${options.exact ? sql`, ${different} AS distinct_rows` : raw('')}
      FROM ${cells.relation}`,
  )
  const number = (name: string): number => Number(answer[name] ?? 0)
  const columns = await scanWideColumns(work, cells, new Map(candidates.entries()), options)
  return {
    rows: number('rows'),
    blankRows: number('all_rows') - number('rows'),
    repeatedRows: options.exact ? number('rows') - number('distinct_rows') : 0,
    totalRows: number('total_rows'),
    strange: Object.fromEntries(sorts.map((sort) => [sort, number(`strange_${sort}`)])),
    columns: candidates.map((_, index) => columns.get(index) ?? noCounts),
  }
}

/** What `scanColumns` answers. */
export async function scanWideColumns(
  work: ImportWork,
  cells: TallCells,
  candidates: Candidates,
  options: ScanOptions,
): Promise<Map<number, ColumnCounts>> {
  const found = new Map<number, ColumnCounts>([...candidates.keys()].map((index) => [index, noCounts]))
  for (const [candidate, columns] of byReading(candidates)) {
    const counts = Object.entries(allCounts(candidate, 0, options)).map(
      ([name, value]) => sql`, ${value} AS ${raw(`"${name}0"`)}`,
    )
    const answers = await rowsOf(
      work,
      sql`SELECT col::INTEGER AS col${join(counts, '')} FROM ${typedCells(cells, candidate, columns)} GROUP BY col`,
    )
    for (const answer of answers) found.set(Number(answer['col']), countsOf(answer, 0))
  }
  return found
}

/** Values that do not fit the candidates of their columns. */
export async function misfitsOfWide(
  work: ImportWork,
  cells: TallCells,
  candidates: Candidates,
): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>()
  for (const [candidate, columns] of byReading(candidates)) {
    const misfits = await listsOf(
      work,
      sql`
        SELECT col::INTEGER, list(${contentOf(0)} ORDER BY row)[:1000]
        FROM ${typedCells(cells, candidate, columns)}
        WHERE ${isMisfit(candidate, 0)}
        GROUP BY col`,
    )
    for (const [index, values] of misfits) found.set(index, values)
  }
  return found
}

function typedCells(cells: TallCells, candidate: Candidate, columns: readonly number[]): Sql {
  const written = sql`(SELECT row, col, text AS c0 FROM ${cells.relation} WHERE text IS NOT NULL AND ${isOneOf(columns)})`
  return withTypedCells(written, 1, new Map([[0, readWidely(candidate)]]), ['row', 'col'])
}

async function rowsOf(work: ImportWork, statement: Sql): Promise<Record<string, number | string | null>[]> {
  const reader = await runCancellable(work, 'looking at every row', () =>
    work.connection.runAndReadAll(toReadable(statement)),
  )
  return reader.getRowObjectsJS().map((row) => answerSchema.parse(row))
}

const listSchema = z.tuple([z.number(), z.array(z.string().nullable())])

async function listsOf(work: ImportWork, statement: Sql): Promise<Map<number, string[]>> {
  const reader = await runCancellable(work, 'reading the first rows', () =>
    work.connection.runAndReadAll(toReadable(statement)),
  )
  return new Map(
    reader.getRowsJS().map((row) => {
      const [index, values] = listSchema.parse(row)
      return [index, asTexts(values)]
    }),
  )
}
