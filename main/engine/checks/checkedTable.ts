import { z } from 'zod'
import type { Finding } from '../../../shared/description'
import type { ColumnType } from '../../../shared/project'
import type { TableKind } from '../../../shared/roles'
import { ident, join, type Sql, sql, toReadable } from '../../../shared/sql'
import { runCancellable } from '../import/work'
import { type AmountFacts, readAmounts } from './amountFacts'
import type { DayRows } from './days'
import type { Lanes } from './lanes'

export interface CheckedColumn {
  readonly name: string
  readonly type: ColumnType
  readonly role: string | null
  /** Different values, as counted when the file was described. */
  readonly distinct: number
  /** Cells without a value, counted then too. */
  readonly missing: number
}

/** An imported table with what is known about it. */
export interface CheckedTable {
  readonly schema: string
  readonly name: string
  readonly kind: TableKind
  readonly columns: readonly CheckedColumn[]
  readonly rows: number
  /** What was found while the file was read. */
  readonly findings: readonly Finding[]
}

export interface CheckContext {
  readonly lanes: Lanes
  readonly signal: AbortSignal
}

/** Looks for one kind of damage. */
export type Check = (work: CheckWork) => Promise<Finding[]>

/** How often a value stands in a column. */
export interface ValueCount {
  readonly value: string
  readonly count: number
}

/** A table under examination: questions to it, and answers that several checks share. */
export interface CheckWork {
  readonly table: CheckedTable
  /** All rows. */
  readonly relation: Sql
  /** Every n-th row: at most about a million, in file order. */
  readonly sample: Sql
  /** n of the sample. */
  readonly step: number
  /** The same for what is costly to look at: at most about 200,000 rows. */
  readonly glance: Sql
  readonly glanceStep: number
  ask<Row>(row: z.ZodType<Row>, statement: Sql): Promise<Row[]>
  /** Rows by day of a column of dates, in the order of the days. */
  days(column: string): Promise<readonly DayRows[]>
  /** Key figures of every column of numbers. */
  amounts(): Promise<readonly AmountFacts[]>
  /** The filled cells of a column in the smaller sample, equal ones once: `value`, and how often as `n`. */
  counted(column: CheckedColumn): Sql
  /** Values of a text column of few values, most frequent first. */
  values(column: string): Promise<readonly ValueCount[]>
  say(parts: Said): Finding
}

/** What a check says; the rest of a finding is the same for all. */
export interface Said extends Pick<Finding, 'id' | 'severity' | 'title' | 'count' | 'unit' | 'treatment'> {
  readonly column?: string | null
  readonly examples?: readonly string[]
  readonly period?: { readonly from: string; readonly to: string }
  /** Condition that selects the rows. */
  readonly rows?: Sql
  /** New content for the cells of the column in these rows. */
  readonly fix?: { readonly label: string; readonly value: Sql }
}

const sampledRows = 1_000_000
const glancedRows = 200_000

export function openWork(table: CheckedTable, context: CheckContext): CheckWork {
  const relation = sql`${ident(table.schema)}.${ident(table.name)}`
  const [step, glanceStep] = [stepTo(sampledRows, table.rows), stepTo(glancedRows, table.rows)]
  const [sample, glance] = [everyRow(relation, step), everyRow(relation, glanceStep)]
  const { lanes, signal } = context
  const ask: CheckWork['ask'] = (row, statement) =>
    lanes.use(async (connection) => {
      const reader = await runCancellable({ connection, signal, tempFolder: '', onProgress: () => undefined }, '', () =>
        connection.runAndReadAll(toReadable(statement)),
      )
      // Where a figure cannot be computed DuckDB answers NaN from some functions and NULL from others.
      return reader.getRowsJS().map((values) => row.parse(values.map((value) => (Number.isNaN(value) ? null : value))))
    })
  const days = remembered((column) => readDays(ask, relation, column))
  const values = remembered((column) => readValues(ask, relation, column))
  let amounts: Promise<readonly AmountFacts[]> | undefined
  return {
    table,
    relation,
    sample,
    step,
    glance,
    glanceStep,
    ask,
    days,
    counted: (column) => countedCells(glance, column, table.rows),
    values,
    amounts: () => {
      amounts ??= readAmounts({ table, relation, sample, ask })
      return amounts
    },
    say: ({ rows, period, examples, column, fix, ...said }) => ({
      ...said,
      table: table.name,
      column: column ?? null,
      examples: examples ?? [],
      ...(period === undefined ? {} : { period }),
      ...(rows === undefined ? {} : { rows: toReadable(rows) }),
      ...(fix === undefined ? {} : { fix: { label: fix.label, value: toReadable(fix.value) } }),
    }),
  }
}

/** Grouping pays where most cells repeat others: what is asked of each is then asked of few. */
function countedCells(relation: Sql, { name, distinct }: CheckedColumn, rows: number): Sql {
  const value = ident(name)
  return distinct * 2 > rows
    ? sql`(SELECT ${value} AS value, 1 AS n FROM ${relation} WHERE ${value} IS NOT NULL)`
    : sql`(SELECT ${value} AS value, count(*) AS n FROM ${relation} WHERE ${value} IS NOT NULL GROUP BY 1)`
}

/** An odd step does not fall in with tables that repeat every 2, 10 or 24 rows. */
const stepTo = (most: number, rows: number): number => (rows <= most ? 1 : Math.ceil(rows / most / 2) * 2 + 1)

const everyRow = (relation: Sql, step: number): Sql =>
  step === 1 ? relation : sql`(SELECT * FROM ${relation} WHERE source_row % ${step} = 0)`

function remembered<Answer>(read: (column: string) => Promise<Answer>): (column: string) => Promise<Answer> {
  const known = new Map<string, Promise<Answer>>()
  return (column) => {
    const answer = known.get(column) ?? read(column)
    known.set(column, answer)
    return answer
  }
}

function readDays(ask: CheckWork['ask'], relation: Sql, column: string): Promise<readonly DayRows[]> {
  return ask(
    z.tuple([z.number(), z.number()]).transform(([day, rows]) => ({ day, rows })),
    sql`
      SELECT (day - DATE '1970-01-01')::DOUBLE AS day, count(*)::DOUBLE AS rows
      FROM (SELECT CAST(${ident(column)} AS DATE) AS day FROM ${relation})
      WHERE isfinite(day)
      GROUP BY 1
      ORDER BY 1`,
  )
}

function readValues(ask: CheckWork['ask'], relation: Sql, column: string): Promise<readonly ValueCount[]> {
  return ask(
    z.tuple([z.string(), z.number()]).transform(([value, count]) => ({ value, count })),
    sql`
      SELECT CAST(${ident(column)} AS VARCHAR) AS value, count(*)::DOUBLE AS count
      FROM ${relation}
      WHERE ${ident(column)} IS NOT NULL
      GROUP BY 1
      ORDER BY 2 DESC, 1
      LIMIT 1000`,
  )
}

export function columnWith(table: CheckedTable, ...roles: readonly string[]): CheckedColumn | undefined {
  return table.columns.find(({ role }) => role !== null && roles.includes(role))
}

/** The cells of a column with some of its values written as others. */
export function writtenAs(column: string, values: readonly { readonly value: string; readonly meant: string }[]): Sql {
  const cases = values.map(({ value, meant }) => sql`WHEN ${value} THEN ${meant}`)
  return sql`CASE ${ident(column)} ${join(cases, ' ')} END`
}

export const isDate = ({ type }: Pick<CheckedColumn, 'type'>): boolean => type === 'date' || type === 'timestamp'

const dateRoles = ['orderedAt', 'happenedAt', 'startedAt', 'date']

/** The column that says when a row happened; of a table that is not recognised its only date. */
export function mainDate(table: CheckedTable): CheckedColumn | undefined {
  const dates = table.columns.filter(isDate)
  const played = dates.find(({ role }) => role !== null && dateRoles.includes(role))
  return played ?? (table.kind === 'other' && dates.length === 1 ? dates[0] : undefined)
}

/** The date of a table that has one, whatever it means. */
export function onlyDate(table: CheckedTable): CheckedColumn | undefined {
  const [date, ...others] = table.columns.filter(isDate)
  return others.length === 0 ? date : undefined
}

/** Whether reading the file has already told this about the column. */
export function isTold(table: CheckedTable, column: string, ...ids: readonly string[]): boolean {
  return table.findings.some((finding) => finding.column === column && ids.includes(finding.id))
}
