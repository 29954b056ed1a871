import { z } from 'zod'

/** What an initiative moves. */
export const levers = {
  views: 'Views (traffic)',
  conversion: 'Conversion',
  crossSelling: 'Items per order',
  frequency: 'Orders per customer',
  loyalty: 'Repeat customers',
  cost: 'Cost reduction',
} as const
export type Lever = keyof typeof levers

export const costCategories = ['Materials', 'Hardware', 'Software', 'Personnel', 'Consulting', 'Other'] as const
export type CostCategory = (typeof costCategories)[number]

/** A case looks at most three years ahead. */
export const longestHorizon = 36

/** Low, base and high of one assumption; low is the cautious end, which for costs is the larger number. */
export const rangeSchema = z.object({ low: z.number(), base: z.number(), high: z.number() })
export type Range = z.infer<typeof rangeSchema>

const rangeOf = (number: z.ZodNumber) => z.object({ low: number, base: number, high: number })
const positiveRange = rangeOf(z.number().positive())
const amountRange = rangeOf(z.number().min(0))
const month = z.number().int().min(1).max(longestHorizon)

export const initiativeSchema = z.object({
  id: z.string().min(1),
  /** `I1`–`I20` of the catalogue, or `own`. */
  type: z.string().default('own'),
  title: z.string().min(1),
  lever: z.enum(Object.keys(levers) as [Lever]),
  kpi: z.string().default(''),
  /** Measured value of the KPI today (for lever `cost`: 1). */
  baseline: z.number().positive(),
  /** KPI after the change. Effect = target / baseline − 1, always computed; lever `cost` has none. */
  target: positiveRange,
  /** Part of revenue the lever acts on, 0–1. */
  baseShare: z.number().min(0).max(1).default(1),
  /** Money saved a month at full effect. */
  monthlySaving: amountRange.default({ low: 0, base: 0, high: 0 }),
  overlap: z.number().min(0).max(1).default(1),
  /** Share of the full effect in the first, second … month after the start; the last value goes on. */
  ramp: z.array(z.number().min(0).max(1)).min(1).max(longestHorizon).default([0.25, 0.5, 0.75, 1]),
  startMonth: month.default(1),
  oneOffCost: z.number().min(0).default(0),
  monthlyCost: z.number().min(0).default(0),
  costCategory: z.enum(costCategories).default('Other'),
  owner: z.string().default(''),
  confidence: z.enum(['low', 'medium', 'high']).default('medium'),
  effort: z.enum(['low', 'medium', 'high']).default('medium'),
  /** A rejected initiative stays in the list and counts for nothing. */
  status: z.enum(['proposed', 'accepted', 'rejected']).default('proposed'),
  /** What has to be there first. */
  dependency: z.string().default(''),
  /** Number, interval and period that speak for it. */
  evidence: z.string().default(''),
  /** Where low and high come from: "95 % interval", "assumed × 0.5 and × 1.5". */
  rangeSource: z.string().default(''),
})
export type Initiative = z.infer<typeof initiativeSchema>
export type InitiativeInput = z.input<typeof initiativeSchema>

export const costLineSchema = z.object({
  name: z.string().default(''),
  category: z.enum(costCategories),
  /** 1-based months, inclusive. */
  fromMonth: month,
  toMonth: month,
  amount: z.number().min(0),
})
export type CostLine = z.infer<typeof costLineSchema>
export type CostLineInput = z.input<typeof costLineSchema>

/** The business case of a project: everything the lever model needs, and nothing computed. */
export const caseModelSchema = z.object({
  title: z.string().default('Business case'),
  /** AS-IS revenue a month. */
  baseline: z.object({
    monthlyRevenue: z.number().min(0),
    /** Measured mean or typed; shown beside the number. */
    source: z.string().default(''),
  }),
  horizon: z.union([z.literal(12), z.literal(24), z.literal(36)]).default(12),
  combine: z.enum(['multiply', 'add']).default('multiply'),
  margin: rangeSchema.default({ low: 0.3, base: 0.3, high: 0.3 }),
  /** Yearly; months are discounted at month end with (1 + rate)^(1/12) − 1. */
  discountRate: z.number().min(0).max(1).default(0.1),
  /** Multiplies every cost, for the scenarios. */
  costFactor: positiveRange.default({ low: 1, base: 1, high: 1 }),
  initiatives: z.array(initiativeSchema).default([]),
  costs: z.array(costLineSchema).default([]),
  scenario: z.enum(['low', 'base', 'high']).default('base'),
})
export type CaseModel = z.infer<typeof caseModelSchema>
export type CaseModelInput = z.input<typeof caseModelSchema>
export type ScenarioName = CaseModel['scenario']
