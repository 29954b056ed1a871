import type { FindingAction } from './findingActions'
import type { ColumnType, ReadOptions } from './project'
import type { TableKind } from './roles'

/** What a file holds, before anything is imported. */
export interface FileDescription {
  readonly path: string
  readonly fileName: string
  readonly bytes: number
  readonly sha256: string
  /** What the bytes are, whatever the name says. */
  readonly format: ReadOptions['format'] | 'folder' | 'files'
  /** True when the content is not what the file's ending promises. */
  readonly extensionMisleads: boolean
  readonly tables: readonly TableDescription[]
  /** Of a folder: the names of all files in it. */
  readonly listing?: readonly string[]
  /** Sheets that hold no table (empty, pivot in front of the data, hidden) or files of a folder that cannot be read, and why. */
  readonly skipped: readonly { readonly sheet: string; readonly reason: string }[]
}

export interface TableDescription {
  /** Proposed name of the source: the file's stem, or the sheet's name when the workbook holds several tables. */
  readonly name: string
  readonly sheet: string | null
  readonly rows: number
  /** For several files: the columns of all of them, in the layout of the first. */
  readonly read: ReadOptions
  readonly columns: readonly ColumnDescription[]
  readonly recognised: Recognition
  /** Other readings, next best first. */
  readonly alternatives: readonly Recognition[]
  readonly findings: readonly Finding[]
  /** Open questions about reading this table, such as the order of day and month. */
  readonly choices: readonly Choice[]
  /** The files it is put together from, in their order; absent when it is one file. */
  readonly parts?: readonly PartDescription[]
  /** Kind and roles under which its contents were looked at; absent before. */
  readonly checkedAs?: string
}

/** A file that is a part of a table. */
export interface PartDescription {
  readonly path: string
  readonly fileName: string
  readonly sha256: string
  readonly bytes: number
  readonly rows: number
  readonly read: ReadOptions
  readonly own: readonly string[]
  readonly asked: readonly string[]
}

export interface ColumnDescription {
  readonly name: string
  /** The header as written in the file. */
  readonly original: string
  readonly type: ColumnType
  readonly format: string | null
  /** First values as written. */
  readonly samples: readonly string[]
  readonly missing: number
  readonly distinct: number
  /** The role it plays in the recognised kind, or null. */
  readonly role: string | null
}

export interface Recognition {
  readonly kind: TableKind
  /** 0–1. */
  readonly confidence: number
  /** Why, in a few words: "ids repeat, a date, quantity and price on every row". */
  readonly reason: string
  /** Role name → column name(s). */
  readonly roles: Readonly<Record<string, string | readonly string[]>>
}

/** Something worth knowing about the data. Nothing is changed because of it. */
export interface Finding {
  readonly id: string
  readonly severity: 'info' | 'warning' | 'serious'
  readonly table: string
  readonly column: string | null
  /** In a few words: "Order ids shared by customers". */
  readonly title: string
  /** How many, of what: "1,319 ids". */
  readonly count: number
  readonly unit: string
  readonly examples: readonly string[]
  /** What Casebook does about it: "Discount 0", "Trimmed". */
  readonly treatment: string
  /** First and last day it concerns, as `yyyy-MM-dd`. */
  readonly period?: { readonly from: string; readonly to: string } | null
  /** A condition over the imported table that selects the rows it concerns. */
  readonly rows?: string | null
  /** How the cells of `column` in these rows would be put right. */
  readonly fix?: FindingFix | null
}

export interface FindingFix {
  /** What it does, in a few words: "Exchange day and month". */
  readonly label: string
  /** The new content of a cell, an expression over the imported table. */
  readonly value: string
}

/** A finding in a project, with what was done about it. */
export interface FindingState extends Finding {
  /** What can be done about it, the proposed action first. */
  readonly actions: readonly FindingAction[]
  readonly accepted: FindingAction | null
}

/** A question whose answer changes numbers. */
export interface Choice {
  /** Unique in the project: `discount`, `delivery`, `Spend.Date.dateOrder`. */
  readonly key: string
  readonly question: string
  readonly why: string
  readonly options: readonly ChoiceOption[]
  /** A whole number of the analyst's own may be given instead of an option. */
  readonly own?: { readonly unit: string; readonly least: number; readonly most: number }
  readonly chosen: string
  readonly decidedBy: 'default' | 'analyst'
}

export interface ChoiceOption {
  readonly key: string
  readonly label: string
  /** The rule in words. */
  readonly rule: string
  /** The total under this option with the other choices as they are; null when it does not change a total. */
  readonly total: number | null
}
