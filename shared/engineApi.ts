import { z } from 'zod'
import type { AnalysisAnswer, AnalysisGroup, Period, Theme } from './analysis'
import { type CaseModel, caseModelSchema } from './caseModel'
import type { Choice, FileDescription, Finding, Recognition } from './description'
import { type ColumnType, type Settings, settingsSchema } from './project'
import { type TableKind, tableKinds } from './roles'
import type { CallOptions } from './rpc'

const kind = z.enum(Object.keys(tableKinds) as [TableKind])
const path = z.string().min(1)
const nothing = z.undefined().or(z.null())
const sourceInput = z.object({
  /** Proposed when absent: the file's stem or the sheet's name. */
  name: z.string().min(1).optional(),
  path,
  sheet: z.string().optional(),
  kind: kind.optional(),
  /** Role → column, over what was recognised. */
  roles: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
})
export type SourceInput = z.infer<typeof sourceInput>

const filterInput = z.object({ column: z.string(), contains: z.string() })
const sortInput = z.object({ column: z.string(), descending: z.boolean() })

/** Inputs of every call, parsed where they enter the engine. */
export const engineInputs = {
  ping: nothing,
  describeFiles: z.object({ paths: z.array(path).min(1) }),
  createProject: z.object({
    folder: path,
    name: z.string().min(1),
    sources: z.array(sourceInput).min(1),
    choices: z.record(z.string(), z.string()).default({}),
    /** Kinds and roles by table name, for workbooks whose tables are known only after reading. */
    kinds: z.record(z.string(), kind).default({}),
    maps: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))).default({}),
    settings: settingsSchema.partial().default({}),
    /** An open choice is an error instead of taking its default. */
    strict: z.boolean().default(false),
  }),
  openProject: z.object({ folder: path }),
  closeProject: nothing,
  addSources: z.object({ sources: z.array(sourceInput).min(1) }),
  removeSource: z.object({ name: z.string() }),
  mapRoles: z.object({
    source: z.string(),
    kind,
    roles: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  }),
  choose: z.object({ choice: z.string(), option: z.string() }),
  updateSettings: settingsSchema.partial().extend({ name: z.string().min(1).optional() }),
  undo: nothing,
  redo: nothing,
  replay: z.object({ sources: z.record(z.string(), path).default({}) }),
  readPage: z.object({
    table: z.string(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(1000),
    sort: sortInput.nullable().default(null),
    filter: filterInput.nullable().default(null),
  }),
  profileTable: z.object({ table: z.string() }),
  readFindingRows: z.object({
    /** The table, id and column of a finding that has `rows`. */
    table: z.string(),
    id: z.string(),
    column: z.string().nullable(),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(10_000).default(100),
  }),
  readLedgerRows: z.object({
    entry: z.string(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(1000),
  }),
  listAnalyses: nothing,
  runAnalysis: z.object({
    id: z.string(),
    params: z.record(z.string(), z.unknown()).default({}),
    keep: z.boolean().default(false),
  }),
  runSql: z.object({ sql: z.string().min(1), limit: z.number().int().min(1).max(100_000).default(1000) }),
  exportAnalysis: z.object({
    id: z.string(),
    params: z.record(z.string(), z.unknown()).default({}),
    to: path,
    replace: z.boolean().default(false),
  }),
  proposeCase: nothing,
  saveCase: z.object({ model: caseModelSchema }),
  exportCase: z.object({ to: path, replace: z.boolean().default(false) }),
  listSamples: nothing,
  openSample: z.object({ id: z.string(), folder: path }),
} as const satisfies Record<string, z.ZodType>

type Inputs = typeof engineInputs
type Method<Name extends keyof Inputs, Output> = (
  input: z.input<Inputs[Name]>,
  options?: CallOptions,
) => Promise<Output>

/** What the window and the command line may ask of the engine. */
export interface EngineApi {
  ping: Method<'ping', EngineVersions>
  describeFiles: Method<'describeFiles', readonly FileDescription[]>
  createProject: Method<'createProject', ProjectState>
  openProject: Method<'openProject', ProjectState>
  closeProject: Method<'closeProject', null>
  addSources: Method<'addSources', ProjectState>
  removeSource: Method<'removeSource', ProjectState>
  mapRoles: Method<'mapRoles', ProjectState>
  choose: Method<'choose', ProjectState>
  updateSettings: Method<'updateSettings', ProjectState>
  undo: Method<'undo', ProjectState>
  redo: Method<'redo', ProjectState>
  replay: Method<'replay', ReplayAnswer>
  readPage: Method<'readPage', Page>
  profileTable: Method<'profileTable', TableProfile>
  /** The rows a finding concerns, as imported. */
  readFindingRows: Method<'readFindingRows', Page>
  readLedgerRows: Method<'readLedgerRows', Page>
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
  readonly choices: readonly Choice[]
  readonly findings: readonly Finding[]
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
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly role: string | null }[]
  /** Short facts for the card: "UTF-8", "comma", "date 20190101". */
  readonly reading: readonly string[]
  readonly problem: 'moved' | 'changed' | null
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
  /** The rows can be opened. */
  readonly openable: boolean
}

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
  readonly bars: readonly { readonly label: string; readonly count: number }[]
  readonly shape: 'histogram' | 'shares' | 'distinct'
  readonly sum: number | null
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

export interface WrittenFile {
  readonly path: string
  readonly bytes: number
}
