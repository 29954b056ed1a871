import { z } from 'zod'
import { columnTypeSchema } from './project'
import { tableKinds } from './roles'

/** The number this version writes; newer ones are refused. */
export const presetVersion = 1

const tableSchema = z.object({
  name: z.string().min(1),
  kind: z.enum(Object.keys(tableKinds) as [keyof typeof tableKinds]),
  columns: z.array(z.tuple([z.string(), columnTypeSchema])),
  /** Role name → column name, or names where the role takes many. */
  roles: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** Answers to questions about reading a column. */
  answers: z.array(z.object({ column: z.string(), question: z.string(), option: z.string() })),
})
export type PresetTable = z.infer<typeof tableSchema>

/** A mapping without its data: what the tables are, who plays which role, and the choices made. */
export const presetSchema = z.object({
  preset: z.literal('casebook mapping'),
  version: z.literal(presetVersion),
  app: z.string(),
  tables: z.array(tableSchema).min(1),
  /** Choices that concern no single column: the discount, what one order is … */
  choices: z.record(z.string(), z.string()),
})
export type Preset = z.infer<typeof presetSchema>
