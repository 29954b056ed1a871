import { z } from 'zod'
import { caseModelSchema } from './caseModel'
import { findingActions } from './findingActions'
import { layoutWishSchema } from './layoutWish'
import { settingsSchema } from './project'
import { readingWishSchema } from './readingWish'
import { type TableKind, tableKinds } from './roles'
import { pivotShape, rowChoiceShape, tableSourceShape, tableViewShape } from './tableView'

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
  /** How the file is cut into rows and cells, over what is recognised. */
  layout: layoutWishSchema.optional(),
})
export type SourceInput = z.infer<typeof sourceInput>
/** What tells a finding from the others. */
const namedFinding = { table: z.string(), id: z.string(), column: z.string().nullable() }

/** Inputs of every call, parsed where they enter the engine. */
export const engineInputs = {
  ping: nothing,
  readMemoryUse: nothing,
  /** `layout`: how the files are cut, over what is recognised. */
  describeFiles: z.object({ paths: z.array(path).min(1), layout: layoutWishSchema.optional() }),
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
    /** A file written by exportMapping: kinds, roles and choices for files of the same shape; wishes go before it. */
    preset: path.optional(),
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
  deriveColumn: z.object({ source: z.string(), name: z.string(), formula: z.string() }),
  removeColumn: z.object({ source: z.string(), name: z.string() }),
  previewFormula: z.object({ source: z.string(), name: z.string().default(''), formula: z.string() }),
  repairJoin: z.object({ join: z.string() }),
  /** Null takes the wish about a column back. */
  readAs: z.object({ source: z.string(), columns: z.record(z.string(), readingWishSchema.nullable()) }),
  previewReading: z.object({ source: z.string(), column: z.string(), as: readingWishSchema }),
  /** Null takes the wish back. */
  layOut: z.object({ source: z.string(), layout: layoutWishSchema.nullable() }),
  previewLayout: z.object({ path, sheet: z.string().nullable().default(null), layout: layoutWishSchema }),
  acceptFinding: z.object({ ...namedFinding, action: z.enum(findingActions) }),
  reopenFinding: z.object(namedFinding),
  choose: z.object({ choice: z.string(), option: z.string() }),
  updateSettings: settingsSchema.partial().extend({ name: z.string().min(1).optional() }),
  undo: nothing,
  redo: nothing,
  /** New files by table: one, several that are put together, or a folder. */
  replay: z.object({ sources: z.record(z.string(), z.union([path, z.array(path).min(1)])).default({}) }),
  exportMapping: z.object({ to: path, replace: z.boolean().default(false) }),
  readPage: z.object({
    ...tableViewShape,
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(10_000),
  }),
  /** `columns`: only these; every column where absent. */
  profileTable: z.object({ ...tableSourceShape, columns: z.array(z.string()).optional() }),
  profileColumn: z.object({ ...tableSourceShape, column: z.string() }),
  readTopValues: z.object({
    ...tableSourceShape,
    column: z.string(),
    search: z.string().default(''),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  explainEmpty: z.object({ ...tableSourceShape, ...rowChoiceShape }),
  pivotQuestion: z.object({ ...tableSourceShape, ...rowChoiceShape, ...pivotShape }),
  compareTables: z.object({ left: z.string(), right: z.string() }),
  exportTable: z.object({
    ...tableViewShape,
    columns: z.array(z.string()).optional(),
    /** CSV for programs of countries that write 1,5: a decimal comma, and semicolons between the cells. */
    decimalComma: z.boolean().default(false),
    to: path,
    replace: z.boolean().default(false),
  }),
  exportMart: z.object({
    to: path,
    format: z.enum(['csv', 'xlsx', 'parquet']).default('csv'),
    replace: z.boolean().default(false),
  }),
  saveView: z.object({ name: z.string().trim().min(1).max(80), sql: z.string().min(1) }),
  removeView: z.object({ name: z.string() }),
  readFindingRows: z.object({
    ...namedFinding,
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(10_000).default(100),
  }),
  readLedgerRows: z.object({
    entry: z.string(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(1000),
  }),
  listJoins: nothing,
  listSteps: nothing,
  exportScript: z.object({ to: path, replace: z.boolean().default(false) }),
  readJoinKeys: z.object({
    join: z.string(),
    list: z.enum(['left', 'right', 'repeated']),
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
