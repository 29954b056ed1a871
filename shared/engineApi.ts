import type { z } from 'zod'
import type { AnalysisAnswer, AnalysisGroup, Period, Theme } from './analysis'
import type { CaseModel } from './caseModel'
import type { Choice, FileDescription, FindingState, Recognition } from './description'
import type { engineInputs } from './engineInputs'
import type { JoinReport } from './joins'
import type { LayoutWish } from './layoutWish'
import type { ColumnType, Settings, Step } from './project'
import type { ReadingWish } from './readingWish'
import type { TableKind } from './roles'
import type { CallOptions } from './rpc'
import type {
  ColumnDetail,
  EmptyReason,
  Page,
  PivotQuestion,
  SavedView,
  TableComparison,
  TableProfile,
  ValueCount,
  WrittenFile,
  WrittenMart,
  WrittenTable,
} from './tableAnswers'

type Inputs = typeof engineInputs
type Method<Name extends keyof Inputs, Output> = (
  input: z.input<Inputs[Name]>,
  options?: CallOptions,
) => Promise<Output>

/** What the window and the command line may ask of the engine. */
export interface EngineApi {
  ping: Method<'ping', EngineVersions>
  /** How much memory and disk the engine takes now, and how much it may. */
  readMemoryUse: Method<'readMemoryUse', MemoryUse>
  describeFiles: Method<'describeFiles', readonly FileDescription[]>
  createProject: Method<'createProject', ProjectState>
  openProject: Method<'openProject', ProjectState>
  closeProject: Method<'closeProject', null>
  addSources: Method<'addSources', ProjectState>
  removeSource: Method<'removeSource', ProjectState>
  mapRoles: Method<'mapRoles', ProjectState>
  /** A column more in a table, computed by a formula; the same name again gives it another formula. */
  deriveColumn: Method<'deriveColumn', ProjectState>
  removeColumn: Method<'removeColumn', ProjectState>
  previewFormula: Method<'previewFormula', FormulaPreview>
  /** Writes the keys of a join alike, as its report proposes. */
  repairJoin: Method<'repairJoin', ProjectState>
  /** Reads columns of a table in another way than was recognised; the table is read again from its file. */
  readAs: Method<'readAs', ProjectState>
  previewReading: Method<'previewReading', ReadingPreview>
  /**
   * Cuts the file of a table in another way than was recognised, and recognises it anew; what was said about columns
   * that are still there stays.
   */
  layOut: Method<'layOut', ProjectState>
  /** The first rows of a file as they would be cut. */
  previewLayout: Method<'previewLayout', LayoutPreview>
  /** Decides what is done about a finding; nothing is changed before. A later decision replaces an earlier one. */
  acceptFinding: Method<'acceptFinding', ProjectState>
  /** Takes the decision back. */
  reopenFinding: Method<'reopenFinding', ProjectState>
  choose: Method<'choose', ProjectState>
  updateSettings: Method<'updateSettings', ProjectState>
  undo: Method<'undo', ProjectState>
  redo: Method<'redo', ProjectState>
  replay: Method<'replay', ReplayAnswer>
  /** Writes the kinds, roles and choices of the project for other files of the same shape. */
  exportMapping: Method<'exportMapping', WrittenFile>
  /** The first column is the number of the row, `source_row`. */
  readPage: Method<'readPage', Page>
  profileTable: Method<'profileTable', TableProfile>
  profileColumn: Method<'profileColumn', ColumnDetail>
  /** The commonest values of a column. */
  readTopValues: Method<'readTopValues', readonly ValueCount[]>
  /** For each filter, and the search after them, what it does to an empty answer. */
  explainEmpty: Method<'explainEmpty', readonly EmptyReason[]>
  /** The SQL that turns a table: it is asked like any other question. */
  pivotQuestion: Method<'pivotQuestion', PivotQuestion>
  compareTables: Method<'compareTables', TableComparison>
  exportTable: Method<'exportTable', WrittenTable>
  /** Writes the data mart into a folder. */
  exportMart: Method<'exportMart', WrittenMart>
  saveView: Method<'saveView', ProjectState>
  removeView: Method<'removeView', ProjectState>
  /** The rows a finding concerns, as imported. */
  readFindingRows: Method<'readFindingRows', Page>
  readLedgerRows: Method<'readLedgerRows', Page>
  /** What was done to the data, in order, with its SQL. */
  listSteps: Method<'listSteps', readonly StepState[]>
  /** Writes the steps into a folder as one script that DuckDB runs by itself. */
  exportScript: Method<'exportScript', WrittenScript>
  /** Every join the tables propose, checked on the data. */
  listJoins: Method<'listJoins', readonly JoinReport[]>
  /** Keys of a join that do not match, or that stand in several rows. */
  readJoinKeys: Method<'readJoinKeys', Page>
  listAnalyses: Method<'listAnalyses', readonly AnalysisListing[]>
  runAnalysis: Method<'runAnalysis', AnalysisAnswer>
  runSql: Method<'runSql', SqlAnswer>
  exportAnalysis: Method<'exportAnalysis', WrittenFile>
  /** The saved case, or one made of the proposals when none was saved yet. */
  proposeCase: Method<'proposeCase', CaseProposal>
  saveCase: Method<'saveCase', ProjectState>
  exportCase: Method<'exportCase', WrittenFile>
  listSamples: Method<'listSamples', readonly SampleInfo[]>
  /** Makes a project in the folder from a bundled sample. */
  openSample: Method<'openSample', ProjectState>
}

/** A bundled sample, honest about where its data come from. */
export interface SampleInfo {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly teaches: string
  readonly licence: string
  readonly synthetic: boolean
}

/** Bytes. */
export interface MemoryUse {
  /** What a database may take. */
  readonly limit: number
  readonly used: number
  readonly tempFolder: string
  /** What stands in the folder for temporary files, and what is free on its disk (null: unknown). */
  readonly temporary: number
  readonly free: number | null
}

export interface EngineVersions {
  readonly app: string
  readonly duckdb: string
  readonly node: string
}

/** Everything the frame and the Data screen show; sent again after every change. */
export interface ProjectState {
  readonly folder: string
  readonly name: string
  readonly settings: Settings
  readonly period: Period | null
  /** A sentence about the whole: "Five files fit together as one shop: 1,468 customers, 25,061 orders, every day of 2019". */
  readonly headline: string
  readonly sources: readonly SourceState[]
  readonly views: readonly SavedView[]
  readonly choices: readonly Choice[]
  readonly findings: readonly FindingState[]
  readonly ledger: Ledger
  /** The saved business case, or null. */
  readonly caseModel: CaseModel | null
  /** Ids of analyses kept in the project, in the order they were run. */
  readonly kept: readonly { readonly analysis: string; readonly params: Readonly<Record<string, unknown>> }[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly stepCount: number
  /** ISO instant of the last save. */
  readonly savedAt: string
}

export interface SourceState {
  readonly name: string
  readonly fileName: string
  readonly path: string
  readonly sheet: string | null
  readonly kind: TableKind
  readonly confidence: number
  readonly reason: string
  readonly alternatives: readonly Recognition[]
  readonly roles: Readonly<Record<string, string | readonly string[]>>
  readonly rows: number
  readonly columns: readonly {
    readonly name: string
    readonly type: ColumnType
    readonly role: string | null
    /** Of a formula column. */
    readonly formula: string | null
    /** How its cells are written, as far as it is known: `d/M/yyyy`, `currency`. */
    readonly format: string | null
    readonly decimal: '.' | ','
    /** What the analyst wished; null where it is read as recognised. */
    readonly wish: ReadingWish | null
  }[]
  /** Short facts for the card: "UTF-8", "comma", "date 20190101". */
  readonly reading: readonly string[]
  readonly problem: 'moved' | 'changed' | null
  /** What happened to the files and what to do, in a sentence. */
  readonly problemNote: string | null
  /** When the data were read, as an ISO instant: results stand for the files as they were then. */
  readonly readAt: string | null
  /** How its file is cut by hand; null where the format leaves nothing to decide. */
  readonly layout: {
    /** The file, or the first of several. */
    readonly path: string
    readonly headerRow: number
    /** Null where it is cut as recognised. */
    readonly wish: LayoutWish | null
  } | null
  /** The files it is put together from; empty when it is one file. */
  readonly parts: readonly { readonly fileName: string; readonly rows: number }[]
}

/** The steps as a script, with the tables beside it that only Casebook can read. */
export interface WrittenScript {
  readonly folder: string
  /** The script first. */
  readonly files: readonly WrittenFile[]
}

/** One thing that was done to the data. */
export interface StepState {
  readonly id: string
  readonly does: 'read' | Step['do']
  readonly title: string
  /** The statement that does it; null where it is none of its own. */
  readonly sql: string | null
}

/** A column as it is written and as it would be read. */
export interface ReadingPreview {
  /** Rows that were looked at … */
  readonly rows: number
  /** … and those among them that cannot be read so. */
  readonly unreadable: number
  /** `value` is null where the cell cannot be read, or says nothing. */
  readonly cells: readonly { readonly row: number; readonly written: string; readonly value: string | null }[]
}

/** The first rows of a file as they would be cut, and how that is. */
export interface LayoutPreview {
  readonly format: 'csv' | 'xlsx' | 'oldWorkbook'
  /** Null where the format leaves nothing to decide. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'mixed' | null
  readonly delimiter: string | null
  readonly quote: string | null
  /** Counted from 1; 0 when no row names the columns. */
  readonly headerRow: number
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
}

/** What a formula would give, before the column is made. */
export interface FormulaPreview {
  readonly type: ColumnType
  readonly sql: string
  /** The columns it reads, then the result. */
  readonly columns: readonly string[]
  readonly rows: Page['rows']
  readonly total: number
  /** Rows in which it gives nothing … */
  readonly empty: number
  /** … and among them those in which every column it reads is filled: a division by zero, a text that is no number. */
  readonly lost: number
}

/** Rows and money from raw file to what is used; it adds up. */
export interface Ledger {
  /** The view it accounts for. */
  readonly view: string
  readonly unit: string
  readonly rowsIn: number
  readonly entries: readonly LedgerEntry[]
  readonly rowsUsed: number
  readonly grossIn: number | null
  readonly grossOut: number | null
  readonly balances: boolean
}

export interface LedgerEntry {
  readonly id: string
  readonly label: string
  readonly rows: number
  /** `removed` counts against rowsIn; `changed` and `noted` do not. */
  readonly effect: 'removed' | 'changed' | 'noted'
  /** Gross amount it takes away (below zero) or adds; null where it changes none. */
  readonly gross: number | null
  /** The rows can be opened. */
  readonly openable: boolean
}

export interface AnalysisListing {
  readonly id: string
  readonly group: AnalysisGroup
  readonly theme: Theme
  readonly title: string
  readonly question: string
  /** "orders: customer, orderedAt". */
  readonly needs: readonly string[]
  /** JSON Schema of the params. */
  readonly params: unknown
  readonly available: boolean
  /** Why not: "needs spend". */
  readonly missing: string | null
}

export interface SqlAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly (string | number | boolean | null)[])[]
  readonly truncated: boolean
  readonly milliseconds: number
}

export interface ReplayAnswer {
  readonly state: ProjectState
  /** What is worth saying about the files: parts that came or went, columns known again under another name. */
  readonly notes: readonly string[]
  /** Figures before and after, by analysis. */
  readonly differences: readonly {
    readonly figure: string
    readonly before: number | null
    readonly after: number | null
  }[]
}

export interface CaseProposal {
  readonly model: CaseModel
  readonly saved: boolean
  /** Types that were not proposed, and why. */
  readonly notProposed: readonly { readonly type: string; readonly title: string; readonly why: string }[]
}
