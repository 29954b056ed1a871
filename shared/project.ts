import { z } from 'zod'
import { calendarSchema } from './calendar/calendar'
import { caseModelSchema } from './caseModel'
import { findingActions } from './findingActions'
import { layoutWishSchema } from './layoutWish'
import { readingWishSchema } from './readingWish'
import { tableKinds } from './roles'

/** The format number this version writes; older ones are migrated, newer ones refused. */
export const projectFormat = 1

const kindSchema = z.enum(Object.keys(tableKinds) as [keyof typeof tableKinds])

export const columnTypeSchema = z.enum(['text', 'id', 'integer', 'decimal', 'date', 'timestamp', 'flag', 'empty'])
export type ColumnType = z.infer<typeof columnTypeSchema>

/** How one column is read from text. */
export const readColumnSchema = z.object({
  /** As it is called in Casebook: the header, trimmed; made unique when repeated. */
  name: z.string().min(1),
  type: columnTypeSchema,
  /**
   * Dates: `yyyyMMdd`, `M/d/yyyy`, `d/M/yyyy`, `yyyy-MM-dd`, … (upper-case H for hours). Numbers: `currency` when
   * signs or thousands stand around them, `double` when they are finer than six decimals. `boolean` where a JSON file
   * says true and false. Absent otherwise.
   */
  format: z.string().optional(),
  /** Numbers: the decimal sign where it is not a point. */
  decimal: z.enum(['.', ',']).optional(),
  /**
   * Times: every cell says UTC, cells carry offsets of their own, or a formula gives them on the clock of the reports.
   * Absent where the clock stands alone.
   */
  zone: z.enum(['utc', 'offsets', 'report']).optional(),
})
export type ReadColumn = z.infer<typeof readColumnSchema>

/** Everything needed to read a table again exactly as before. */
export const readOptionsSchema = z.object({
  /** Workbooks in other formats than .xlsx (.xls, .xlsb, .ods) are old ones. */
  format: z.enum(['csv', 'xlsx', 'oldWorkbook', 'parquet', 'json']),
  /** Text files. */
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'mixed']).optional(),
  delimiter: z.string().length(1).optional(),
  quote: z.string().max(1).optional(),
  /** Workbooks: the sheet's name. */
  sheet: z.string().optional(),
  /** 1-based row of the header; 0 when there is none. */
  headerRow: z.number().int().min(0),
  /** Rows above the data when there is no header. */
  skip: z.number().int().min(0).optional(),
  columns: z.array(readColumnSchema).min(1),
  /** Parquet and JSON: what the columns are called in the file, in their order. */
  keys: z.array(z.string()).optional(),
  /** JSON: the key under which the list of records stands, when it is not the whole file. */
  within: z.string().optional(),
  /** Text files whose lines differ in length: short ones are filled. */
  ragged: z.boolean().optional(),
  /** Text files whose lines stand in quotes as a whole: the quotes go before a line is cut. */
  wrapped: z.boolean().optional(),
  /** Text files that must be read from the start to the end: line breaks inside quotes, very long lines. */
  sequential: z.boolean().optional(),
  /** Every line is a list of its own, one basket a line. */
  lists: z.boolean().optional(),
  /** Sorts of rows that are no data and are left out. */
  leftOut: z.array(z.enum(['headers', 'notes', 'totals', 'units'])).optional(),
})
export type ReadOptions = z.infer<typeof readOptionsSchema>

/** One of several files that are put together to one table. */
export const partSchema = z.object({
  /** As the path of a source. */
  path: z.string().min(1),
  /** How this file is read; its columns go by the names of the table. */
  read: readOptionsSchema,
  /** Columns this file writes in its own way: answers to questions about reading do not concern them … */
  own: z.array(z.string()).optional(),
  /** … unless this file asked: "Date.dateOrder". */
  asked: z.array(z.string()).optional(),
  seen: z.object({
    sha256: z.string(),
    bytes: z.number().int(),
    rows: z.number().int(),
    modified: z.string().optional(),
  }),
})
export type Part = z.infer<typeof partSchema>

export const sourceSchema = z.object({
  /** Unique in the project; what the command line and steps call it. */
  name: z.string().min(1),
  /** Relative to the project folder where possible, with forward slashes. */
  path: z.string().min(1),
  read: readOptionsSchema,
  /** The path is a folder: files of the same columns that come into it join at the next replay. */
  folder: z.boolean().optional(),
  /** The names of all files that were in the folder when it was read. */
  listing: z.array(z.string()).optional(),
  /** Files put together, in their order; `path` is then the folder or the first of them. */
  parts: z.array(partSchema).optional(),
  seen: z.object({
    /** Of the bytes; of several files, of their hashes. */
    sha256: z.string(),
    bytes: z.number().int(),
    rows: z.number().int(),
    columns: z.array(z.tuple([z.string(), columnTypeSchema])),
    /** When the file was last changed and when it was read, as ISO instants. */
    modified: z.string().optional(),
    readAt: z.string().optional(),
  }),
})
export type Source = z.infer<typeof sourceSchema>

const mapRolesStep = z.object({
  id: z.string(),
  do: z.literal('mapRoles'),
  source: z.string(),
  kind: kindSchema,
  /** Role name → column name, or names where the role takes many. */
  roles: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
})
const chooseStep = z.object({ id: z.string(), do: z.literal('choose'), choice: z.string(), option: z.string() })
const analyseStep = z.object({
  id: z.string(),
  do: z.literal('analyse'),
  analysis: z.string(),
  params: z.record(z.string(), z.unknown()),
})
const deriveStep = z.object({
  id: z.string(),
  do: z.literal('derive'),
  source: z.string(),
  name: z.string().min(1),
  /** Over the columns of a row; see `shared/formula`. */
  formula: z.string(),
  /** What the formula gives on the table as it was last read. */
  type: columnTypeSchema,
})
/** A question with a name, answered again from whatever the tables hold. */
const saveViewStep = z.object({
  id: z.string(),
  do: z.literal('saveView'),
  name: z.string().min(1),
  sql: z.string().min(1),
})
/** How a file is cut into rows and cells, where the analyst knows better than what was recognised. */
const layOutStep = z.object({ id: z.string(), do: z.literal('layOut'), source: z.string(), layout: layoutWishSchema })
/** How columns of a table are read, where the analyst wants another reading than the one that was recognised. */
const readAsStep = z.object({
  id: z.string(),
  do: z.literal('readAs'),
  source: z.string(),
  columns: z.record(z.string(), readingWishSchema),
})
/** What was decided about a finding. Which rows it concerns follows from the data, so that it holds for other files. */
const repairStep = z.object({
  id: z.string(),
  do: z.literal('repair'),
  table: z.string(),
  finding: z.string(),
  column: z.string().nullable(),
  action: z.enum(findingActions),
  /** As the finding was told when it was decided. */
  told: z.object({
    severity: z.enum(['info', 'warning', 'serious']),
    title: z.string(),
    count: z.number(),
    unit: z.string(),
  }),
})
const caseStep = z.object({ id: z.string(), do: z.literal('case'), model: caseModelSchema })

/** One thing the analyst did. Replaying them in order rebuilds the project. */
export const stepSchema = z.discriminatedUnion('do', [
  mapRolesStep,
  layOutStep,
  readAsStep,
  chooseStep,
  deriveStep,
  repairStep,
  analyseStep,
  saveViewStep,
  caseStep,
])
export type Step = z.infer<typeof stepSchema>
export type DeriveStep = z.infer<typeof deriveStep>
export type MapRolesStep = z.infer<typeof mapRolesStep>
export type LayOutStep = z.infer<typeof layOutStep>
export type ReadAsStep = z.infer<typeof readAsStep>
export type RepairStep = z.infer<typeof repairStep>
export type SaveViewStep = z.infer<typeof saveViewStep>

export const settingsSchema = z.object({
  locale: z.string().default('en-US'),
  /** ISO 4217; null until somebody says it. */
  currency: z.string().length(3).nullable().default(null),
  client: z.string().default(''),
  /** IANA zone of clocks that do not say theirs; null: unknown, never shifted. */
  dataZone: z.string().nullable().default(null),
  /** IANA zone in which orders, visits and events are read; null: clocks as written. */
  reportZone: z.string().nullable().default(null),
  calendar: calendarSchema.default(calendarSchema.parse({})),
})
export type Settings = z.infer<typeof settingsSchema>

/** `project.json`: the truth. `data.duckdb` beside it can be rebuilt from it at any time. */
export const projectSchema = z.object({
  format: z.literal(projectFormat),
  app: z.string(),
  name: z.string().min(1),
  settings: settingsSchema,
  sources: z.array(sourceSchema),
  steps: z.array(stepSchema),
})
export type Project = z.infer<typeof projectSchema>
