import { z } from 'zod'
import type { ReadColumn } from '../../../../shared/project'
import { ident, join, raw, type Sql, sql, toReadable } from '../../../../shared/sql'
import { canBeUnreadable, contentOf, isUnreadable, typedOf, withTypedCells } from '../cellValues'
import { zoneOffset } from '../dateFormats'
import type { UnreadableCells } from '../importTable'
import { type ImportWork, runCancellable } from '../work'
import { byReading, isOneOf, mostTableColumns, spreadCells } from './tallCells'

/** The lists that hold the cells of a row by type, where a table has too many columns. */
const lists = {
  texts: 'VARCHAR',
  integers: 'BIGINT',
  decimals: 'DECIMAL(18,6)',
  doubles: 'DOUBLE',
  flags: 'INTEGER',
  dates: 'DATE',
  timestamps: 'TIMESTAMP',
  offsets: 'INTEGER',
} as const
type List = keyof typeof lists
const listNames = Object.keys(lists) as List[]

/** Whether the cells of a table stand in lists. */
export const isInLists = (columns: readonly ReadColumn[]): boolean => columns.length > mostTableColumns

/** Where the cells of each column stand, and the offsets of its zone. */
export interface CellPlace {
  readonly cell: Sql
  readonly offset: Sql
}

/** The places of the cells of all columns in lists of the row. */
export function listPlaces(columns: readonly ReadColumn[]): CellPlace[] {
  const filled = new Map<List, number>()
  const next = (list: List): Sql => {
    const place = (filled.get(list) ?? 0) + 1
    filled.set(list, place)
    return raw(`${list}[${place}]`)
  }
  return columns.map((column) => ({
    cell: next(listOf(column)),
    offset: column.zone === 'offsets' ? next('offsets') : raw('NULL'),
  }))
}

function listOf({ type, format }: ReadColumn): List {
  switch (type) {
    case 'text':
    case 'id':
    case 'empty':
      return 'texts'
    case 'integer':
      return 'integers'
    case 'flag':
      return 'flags'
    case 'decimal':
      return format?.includes('double') ? 'doubles' : 'decimals'
    case 'date':
      return 'dates'
    case 'timestamp':
      return 'timestamps'
    default:
      return type satisfies never
  }
}

const examplesKept = 5

/**
 * Fills a table of cells from a relation of texts of many columns. Every way of reading is planned once for all its
 * columns; the cells are put together to rows again at the end, as columns or, where there are too many, in lists.
 * @returns the cells that cannot be read.
 */
export async function fillWide(
  into: Sql,
  relation: Sql,
  columns: readonly ReadColumn[],
  work: ImportWork,
): Promise<UnreadableCells[]> {
  const run = (statement: Sql): Promise<unknown> =>
    runCancellable(work, 'writing the cells', () => work.connection.run(toReadable(statement)))
  const spread = await spreadCells(work, relation, columns.length)
  const typed = raw(spread.relation.pieces.join('').replace('"cells_', '"typed_'))
  try {
    const types = listNames.map((list) => raw(`, ${list} ${lists[list]}`))
    await run(sql`CREATE TEMP TABLE ${typed} (row BIGINT, col BIGINT, list VARCHAR, misfit VARCHAR${join(types, '')})`)
    // Rows without any value are left out.
    const filled = sql`(SELECT * FROM ${spread.relation} WHERE row IN (SELECT row FROM ${spread.relation} WHERE text IS NOT NULL))`
    for (const [reading, own] of byReading(columns.map(({ name: _name, ...reading }, index) => [index, reading])))
      for (const statement of typedRows(typed, filled, reading, own)) await run(statement)
    await run(sql`CREATE TABLE ${into} AS ${rowsAgain(typed, columns)}`)
    return await misfitsIn(typed, columns, work)
  } finally {
    await spread.drop()
    await work.connection.run(toReadable(sql`DROP TABLE IF EXISTS ${typed}`)).catch(() => undefined)
  }
}

function typedRows(typed: Sql, filled: Sql, reading: Omit<ReadColumn, 'name'>, columns: readonly number[]): Sql[] {
  const written = sql`(SELECT row, col, text AS c0 FROM ${filled} WHERE ${isOneOf(columns)})`
  const cells = withTypedCells(written, 1, new Map([[0, reading]]), ['row', 'col'])
  const list = listOf({ name: '', ...reading })
  const misfit = canBeUnreadable(reading) ? sql`CASE WHEN ${isUnreadable(0)} THEN ${contentOf(0)} END` : raw('NULL')
  const insert = (into: List, value: Sql, aside: Sql): Sql =>
    sql`INSERT INTO ${typed} (row, col, list, misfit, ${ident(into)}) SELECT row, col, ${into}, ${aside}, ${value} FROM ${cells}`
  return [
    insert(list, typedOf(0), misfit),
    ...(reading.zone === 'offsets'
      ? [insert('offsets', sql`CAST(${zoneOffset(contentOf(0))} AS INTEGER)`, raw('NULL'))]
      : []),
  ]
}

/** The cells of each row side by side, in the order of the columns. */
function rowsAgain(typed: Sql, columns: readonly ReadColumn[]): Sql {
  const gathered = listNames.map(
    (list) => sql`list(${ident(list)} ORDER BY col) FILTER (WHERE list = ${list}) AS ${ident(list)}`,
  )
  const rows = sql`SELECT row, ${join(gathered, ', ')} FROM ${typed} GROUP BY row`
  if (isInLists(columns)) return sql`SELECT ${raw(listNames.join(', '))} FROM (${rows}) ORDER BY row`
  const cells = listPlaces(columns).flatMap(({ cell, offset }, index) => [
    sql`${cell} AS ${raw(`c${index}`)}`,
    ...(columns[index]?.zone === 'offsets' ? [sql`${offset} AS ${raw(`z${index}`)}`] : []),
  ])
  return sql`SELECT ${join(cells, ', ')} FROM (SELECT * FROM (${rows}) ORDER BY row)`
}

async function misfitsIn(typed: Sql, columns: readonly ReadColumn[], work: ImportWork): Promise<UnreadableCells[]> {
  const reader = await runCancellable(work, '', () =>
    work.connection.runAndReadAll(
      toReadable(sql`
        WITH numbered AS (
          SELECT row, row_number() OVER (ORDER BY row)::DOUBLE AS source_row FROM (SELECT DISTINCT row FROM ${typed})
        )
        SELECT
          col::INTEGER,
          count(*)::DOUBLE,
          list(source_row ORDER BY row)[:${examplesKept}],
          list(misfit ORDER BY row)[:${examplesKept}]
        FROM ${typed} JOIN numbered USING (row)
        WHERE misfit IS NOT NULL
        GROUP BY col
        ORDER BY col`),
    ),
  )
  const rowSchema = z.tuple([z.number(), z.number(), z.array(z.number()), z.array(z.string())])
  return reader.getRowsJS().map((found) => {
    const [index, count, rows, values] = rowSchema.parse(found)
    const examples = rows.map((row, place) => ({ row, value: values[place] ?? '' }))
    return { column: columns[index]?.name ?? '', count, examples }
  })
}
