import type { z } from 'zod'
import type { Formatter } from './format'
import type { Report } from './report'
import type { ViewName } from './roles'
import type { Sql } from './sql'

/** What an analysis needs from the project before it can run. */
export interface Need {
  readonly view: ViewName
  /** Names of roles (see `roles.ts`) that some column must play. */
  readonly roles: readonly string[]
}

export type AnalysisGroup = 'explore' | 'model' | 'segment' | 'case' | 'operate'

/** The business question an analysis answers stands under one of these themes. */
export const themes = {
  business: 'How are we doing?',
  customers: 'Who buys and comes back?',
  funnel: 'Where do we lose them?',
  products: 'What sells?',
  marketing: 'Does marketing pay?',
  signals: 'What predicts buying?',
  anomalies: 'What looks wrong?',
  segments: 'Who deserves which treatment?',
  decision: 'What is it worth?',
} as const

export type Theme = keyof typeof themes

/**
 * One analysis: parameters in, typed result out, report from the result.
 * `run` asks the engine in SQL over the role views; `report` is pure.
 */
export interface Analysis<Params = unknown, Result = unknown> {
  /** Part of the contract: projects, scripts and reports name it. */
  readonly id: string
  /** Raised when the same data and params may give another result. */
  readonly version: number
  readonly title: string
  /** As a person would ask it. */
  readonly question: string
  readonly group: AnalysisGroup
  readonly theme: Theme
  readonly needs: readonly Need[]
  /** Validates, gives the defaults, draws the form and the CLI flags. Every field has a default and `.describe()`. */
  readonly params: z.ZodType<Params>
  /** The folder's markdown: question, formula, source, caveats. Also help and definition card. */
  readonly card: string
  run(params: Params, engine: Engine): Promise<Result>
  report(result: Result, params: Params, format: Formatter): Report
}

/** Keeps params and result inferred while the list holds them as one type. */
export function defineAnalysis<Params, Result extends AnalysisResult>(
  analysis: Analysis<Params, Result>,
): Analysis<Params, Result> {
  return analysis
}

/** What every result carries. */
export interface AnalysisResult {
  /** First and last day of the data used (ISO), or null when the analysis uses no dated data. */
  readonly period: Period | null
  /** Rows of the main view that the answer does not use, by reason. The sum is checked against the view. */
  readonly leftOut: readonly { readonly reason: string; readonly rows: number }[]
}

export interface Period {
  readonly first: string
  readonly last: string
}

export type RevenueView = 'invoice' | 'net' | 'gross'

/** What an analysis may know about the project beside its views. */
export interface ProjectFacts {
  /** The reading of revenue used everywhere (choice `revenueView`). */
  readonly revenueView: RevenueView
  /** First and last day of the orders (or events, visits), null when nothing is dated. */
  readonly period: Period | null
  /** The days these data speak for: up to the ends of a month when the days missing there are no more than usual. */
  readonly covered: Period | null
  /** True when some column plays the role in the view. */
  has(view: ViewName, roleName?: string): boolean
}

export type ColumnData = Float64Array | Int32Array | readonly (string | null)[]
/** Columns of equal length by name; numbers as typed arrays, NaN for missing. */
export type Columns = Readonly<Record<string, ColumnData>>

export interface Engine {
  readonly facts: ProjectFacts
  /** Small answers: every row is checked against the schema, and the statement is kept for the definition card. */
  query<Row>(row: z.ZodType<Row>, statement: Sql): Promise<Row[]>
  /** Typed arrays, for learners and big charts. */
  columns(statement: Sql): Promise<Columns>
  /** Keeps a table (segments, scores) in the project under this name, replacing an older one. */
  saveTable(name: string, columns: Columns): Promise<void>
  progress(fraction: number, note: string): void
  readonly signal: AbortSignal
}

/** What `analyse` answers, on screen, on the command line and to every printer. */
export interface AnalysisAnswer {
  readonly analysis: string
  readonly title: string
  readonly params: unknown
  readonly period: Period | null
  /** Unrounded numbers, ids as strings, shares as fractions. */
  readonly result: AnalysisResult
  readonly report: Report
  /** Markdown of the definition card. */
  readonly definition: string
  /** Every statement that was run, ready to copy: values written in. */
  readonly sql: readonly string[]
  /** Choices in force, as key → option. */
  readonly choices: Readonly<Record<string, string>>
  /** ISO instant at which it was computed, engine and app versions. */
  readonly computed: { readonly at: string; readonly app: string; readonly engine: string; readonly cached: boolean }
}
