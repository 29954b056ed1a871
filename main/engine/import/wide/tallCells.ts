import { randomUUID } from 'node:crypto'
import { join, raw, type Sql, sql, toReadable } from '../../../../shared/sql'
import { type ImportWork, runCancellable } from '../work'

/** From here on planning one expression a column takes longer than a row a cell. */
const wideFrom = 200
/** Larger tables of a few hundred columns would make more rows of cells than are good. */
const tallBytes = 64 * 1024 ** 2

/**
 * Whether a table is looked at cell by cell: what is asked is then planned once for all columns of a type, and not
 * once for each. @param bytes the size of its text.
 */
export const isWide = (width: number, bytes: number): boolean =>
  width > wideFrom && (bytes <= tallBytes || width > mostTableColumns)

/**
 * More columns than these are not made columns of a table in the database: for 16,384 of them it takes half a minute
 * and 2 GB to write one down.
 */
export const mostTableColumns = 2000

/** The cells of a relation of texts, each in a row of its own: `row` from 1, `col` from 0, `text`. */
export interface TallCells {
  readonly relation: Sql
  drop(): Promise<void>
}

/**
 * Spreads a relation of texts `c0`, `c1` … into a temporary table of the connection. Tests of whole rows stand beside
 * the cells under their names.
 */
export async function spreadCells(
  work: ImportWork,
  relation: Sql,
  width: number,
  tests: Readonly<Record<string, Sql>> = {},
): Promise<TallCells> {
  const table = raw(`temp.main."cells_${randomUUID().replaceAll('-', '')}"`)
  const cells = raw(Array.from({ length: width }, (_, index) => `c${index}`).join(', '))
  const tested = Object.entries(tests).map(([name, test]) => sql`, ${test} AS ${raw(name)}`)
  const names = Object.keys(tests).map((name) => raw(`, ${name}`))
  await runCancellable(work, 'looking at every row', () =>
    work.connection.run(
      toReadable(sql`
        CREATE TEMP TABLE ${table} AS
        SELECT row, generate_subscripts(cells, 1) - 1 AS col, unnest(cells) AS text${join(names, '')}
        FROM (SELECT row_number() OVER () AS row, [${cells}] AS cells${join(tested, '')} FROM ${relation})`),
    ),
  )
  return {
    relation: table,
    drop: async () => {
      await work.connection.run(toReadable(sql`DROP TABLE IF EXISTS ${table}`)).catch(() => undefined)
    },
  }
}

/** Columns by how they are read, so that each way is planned once. */
export function byReading<Reading>(columns: Iterable<readonly [number, Reading]>): [Reading, number[]][] {
  const groups = new Map<string, [Reading, number[]]>()
  for (const [index, reading] of columns) {
    const key = JSON.stringify(reading)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [reading, [index]])
    else group[1].push(index)
  }
  return [...groups.values()]
}

export const isOneOf = (columns: readonly number[]): Sql => raw(`col IN (SELECT unnest([${columns.join(', ')}]))`)
