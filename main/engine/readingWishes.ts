import { z } from 'zod'
import type { Finding, TableDescription } from '../../shared/description'
import type { ReadingPreview } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import type { Project, ReadAsStep, ReadColumn, ReadOptions, Source } from '../../shared/project'
import type { ReadingWish } from '../../shared/readingWish'
import type { CallContext } from '../../shared/rpc'
import { raw, type Sql, sql, toReadable } from '../../shared/sql'
import { Database } from './database'
import { contentOf, isUnreadable, textOf, typedOf, withTypedCells } from './import/cellValues'
import { isTimed } from './import/dateFormats'
import type { UnreadableCells } from './import/importTable'
import { openTable } from './import/openTable'
import { runCancellable } from './import/work'
import { nextStepId } from './mapping'
import { fromStoredPath } from './projectFile'
import { databaseOptions, type SessionOptions } from './sessionOptions'

export type ReadingWishes = Readonly<Record<string, ReadingWish>>

/** What the analyst wished about the columns of a table. */
export function wishesFor(project: Project, source: string): ReadingWishes {
  return project.steps.find((step): step is ReadAsStep => step.do === 'readAs' && step.source === source)?.columns ?? {}
}

/** The reading with the wished columns read as wished. */
export function withWishes(read: ReadOptions, wishes: ReadingWishes): ReadOptions {
  if (Object.keys(wishes).length === 0) return read
  const columns = read.columns.map((column) => {
    const wish = wishes[column.name]
    return wish === undefined ? column : columnAs(column.name, wish)
  })
  return { ...read, columns }
}

function columnAs(name: string, wish: ReadingWish): ReadColumn {
  switch (wish.as) {
    case 'text':
    case 'id':
    case 'flag':
      return { name, type: wish.as }
    case 'number':
      return { name, type: 'decimal', format: 'currency', ...(wish.decimal === ',' ? { decimal: ',' as const } : {}) }
    case 'date':
      return { name, type: isTimed(wish.format) ? 'timestamp' : 'date', format: wish.format }
    default:
      return wish satisfies never
  }
}

/**
 * The project with wishes about columns of a table; null takes a wish back.
 * @throws AppError `missing-column`.
 */
export function withReadingWishes(
  project: Project,
  source: Source,
  columns: Readonly<Record<string, ReadingWish | null>>,
): Project {
  for (const name of Object.keys(columns)) requireColumn(source, name)
  const wished = Object.entries({ ...wishesFor(project, source.name), ...columns }).flatMap(([name, wish]) =>
    wish === null ? [] : [[name, wish] as const],
  )
  const others = project.steps.filter((step) => !(step.do === 'readAs' && step.source === source.name))
  if (wished.length === 0) return { ...project, steps: others }
  const step: ReadAsStep = {
    id: nextStepId(project.steps),
    do: 'readAs',
    source: source.name,
    columns: Object.fromEntries(wished),
  }
  return { ...project, steps: [...others, step] }
}

/** The findings of a table with what its wished columns cannot read, in place of what was found about them before. */
export function unreadableFindings(
  { name }: Source,
  { findings }: Pick<TableDescription, 'findings'>,
  unreadable: readonly UnreadableCells[],
  wishes: ReadingWishes,
): Finding[] {
  const isWished = (column: string | null): boolean => column !== null && column in wishes
  const kept = findings.filter(({ id, column }) => !(id === 'unreadable' && isWished(column)))
  const lost = new Map<string, { count: number; examples: string[] }>()
  for (const { column, count, examples } of unreadable.filter((cells) => isWished(cells.column))) {
    const known = lost.get(column) ?? { count: 0, examples: [] }
    const texts = [...known.examples, ...examples.map(({ row, value }) => `${value} (row ${row})`)]
    lost.set(column, { count: known.count + count, examples: texts.slice(0, 5) })
  }
  const told = [...lost].map(
    ([column, { count, examples }]): Finding => ({
      id: 'unreadable',
      severity: 'warning',
      table: name,
      column,
      title: 'Cells that cannot be read as you wish',
      count,
      unit: 'cells',
      examples,
      treatment: 'Left empty; read the column as recognised to have them back',
    }),
  )
  return [...told, ...kept]
}

function requireColumn(source: Source, name: string): number {
  const index = source.read.columns.findIndex((column) => column.name === name)
  if (index >= 0) return index
  throw new AppError('missing-column', `"${name}" is not a column of ${source.name}.`, {
    hint: `Its columns: ${source.read.columns.map((column) => column.name).join(', ')}.`,
    where: { file: source.name, column: name },
  })
}

/** Zeros that only the type of a number adds. */
const zeros = "'(\\.\\d*[1-9])0+$|\\.0+$'"
const looksAt = 100_000
const shownCells = 12

/**
 * A column of a file as written and as it would be read: its first cells, those that cannot be read, and how many
 * these are among the first 100,000 rows.
 */
export async function previewReading(
  folder: string,
  source: Source,
  wanted: { readonly column: string; readonly as: ReadingWish },
  options: SessionOptions,
  context: CallContext,
): Promise<ReadingPreview> {
  const index = requireColumn(source, wanted.column)
  const [first] = source.parts ?? [source]
  if (first === undefined) throw new Error('a table has at least one file')
  const database = await Database.open({ ...databaseOptions(options), path: ':memory:', locked: false })
  try {
    return await database.withConnection(async (connection) => {
      const work = {
        connection,
        signal: context.signal,
        tempFolder: options.tempFolder,
        onProgress: context.onProgress,
      }
      const opened = await openTable({ path: fromStoredPath(folder, first.path), read: first.read }, work)
      const rowsOf = async <Row>(statement: Sql, row: z.ZodType<Row>): Promise<Row[]> => {
        const reader = await runCancellable(work, '', () => connection.runAndReadAll(toReadable(statement)))
        return reader.getRowsJS().map((values) => row.parse(values))
      }
      try {
        const reading = columnAs(wanted.column, wanted.as)
        const some = sql`(SELECT * FROM ${opened.relation} LIMIT ${raw(String(looksAt))})`
        const cells = withTypedCells(some, first.read.columns.length, new Map([[index, reading]]))
        await connection.run(
          toReadable(sql`
            CREATE OR REPLACE TEMP TABLE looked_at AS
            SELECT ${textOf(index)} AS written, regexp_replace(CAST(${typedOf(index)} AS VARCHAR), ${raw(zeros)}, '\\1') AS value,
              ${isUnreadable(index)} AS wrong, ${contentOf(index)} IS NULL AS blank
            FROM ${cells}`),
        )
        const [counted] = await rowsOf(
          sql`SELECT count(*)::DOUBLE, count(*) FILTER (WHERE wrong)::DOUBLE FROM looked_at`,
          z.tuple([z.number(), z.number()]),
        )
        const shown = await rowsOf(
          sql`
            SELECT (rowid + 1)::DOUBLE, written, value, coalesce(wrong, false) FROM looked_at WHERE written IS NOT NULL
            ORDER BY coalesce(wrong, false) AND rowid NOT IN (SELECT rowid FROM looked_at WHERE wrong ORDER BY rowid LIMIT ${raw(String(shownCells / 2))}), coalesce(wrong, false) DESC, rowid
            LIMIT ${raw(String(shownCells))}`,
          z.tuple([z.number(), z.string(), z.string().nullable(), z.boolean()]),
        )
        const [rows, unreadable] = counted ?? [0, 0]
        return {
          rows,
          unreadable,
          cells: shown.map(([row, written, value, isWrong]) => ({ row, written, value: isWrong ? null : value })),
        }
      } finally {
        await opened.close()
      }
    })
  } finally {
    database.close()
    await database.closed
  }
}
