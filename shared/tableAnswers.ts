import type { ColumnType } from './project'
import type { ColumnFilter, TableColumn } from './tableView'

export interface Page {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly (string | number | boolean | null)[])[]
  /** Rows in all under the filter. */
  readonly total: number
}

export interface TableProfile {
  readonly table: string
  readonly rows: number
  readonly columns: readonly ColumnProfile[]
}

export interface ColumnProfile {
  readonly name: string
  readonly type: string
  readonly role: string | null
  readonly missing: number
  readonly distinct: number
  /** Numbers and dates: counts in up to 12 equal ranges. Texts with few values: counts of the commonest. */
  readonly bars: readonly ColumnBar[]
  readonly shape: 'histogram' | 'shares' | 'distinct'
  readonly sum: number | null
}

export interface ColumnBar {
  readonly label: string
  readonly count: number
  /** The range a bar of a histogram stands for. */
  readonly range?: Pick<Extract<ColumnFilter, { is: 'range' }>, 'from' | 'to' | 'below'>
}

export interface ValueCount {
  readonly value: string
  readonly count: number
}

export interface EmptyReason {
  /** Rows it lets through by itself. */
  readonly alone: number
  /** Rows there would be without it. */
  readonly without: number
}

export interface ColumnAlert {
  readonly kind: 'empty' | 'missing' | 'constant' | 'dominant' | 'unique' | 'outliers' | 'skew' | 'blank'
  readonly severity: 'info' | 'warning'
  readonly text: string
}

/** A column in full; figures that its type does not have are null. */
export interface ColumnDetail {
  readonly name: string
  readonly type: ColumnType
  readonly rows: number
  readonly missing: number
  readonly distinct: number
  /** Distinct values and quartiles are estimated: the table is long. */
  readonly isEstimate: boolean
  readonly min: string | number | null
  readonly max: string | number | null
  readonly mean: number | null
  readonly sum: number | null
  readonly deviation: number | null
  readonly quartiles: { readonly lower: number; readonly median: number; readonly upper: number } | null
  readonly medianDay: string | null
  readonly zeros: number | null
  readonly negative: number | null
  readonly skew: number | null
  /** Characters of the shortest and longest text. */
  readonly shortest: number | null
  readonly longest: number | null
  readonly blank: number | null
  /** The commonest values. */
  readonly top: readonly ValueCount[]
  readonly bars: ColumnProfile['bars']
  readonly shape: ColumnProfile['shape']
  readonly alerts: readonly ColumnAlert[]
}

export interface TableComparison {
  readonly left: { readonly name: string; readonly rows: number }
  readonly right: { readonly name: string; readonly rows: number }
  readonly onlyLeft: readonly string[]
  readonly onlyRight: readonly string[]
  /** The largest changes first. */
  readonly columns: readonly ColumnComparison[]
}

export interface ColumnComparison {
  readonly name: string
  readonly sameType: boolean
  readonly left: ColumnDetail
  readonly right: ColumnDetail
  /** Of grouped texts: the value whose share moved most, and the part of all rows that moved. */
  readonly shift: {
    readonly value: string
    readonly left: number
    readonly right: number
    readonly total: number
  } | null
  /** 0–1: how much differs, for the order. */
  readonly change: number
}

export interface WrittenFile {
  readonly path: string
  readonly bytes: number
}

export interface WrittenTable extends WrittenFile {
  readonly rows: number
  readonly columns: number
  /** What could not be written as it is. */
  readonly notes: readonly string[]
}

export interface WrittenMart {
  readonly folder: string
  readonly files: readonly WrittenFile[]
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly columns: number }[]
}

/** A question with a name; it is answered again whenever the tables change. */
export interface SavedView {
  readonly name: string
  readonly sql: string
  readonly columns: readonly TableColumn[]
  /** Why it cannot be computed from the tables as they are. */
  readonly problem: string | null
}

/** The question a pivot asks, to be answered like any other. */
export interface PivotQuestion {
  readonly sql: string
}
