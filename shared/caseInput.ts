import { z } from 'zod'
import {
  type CaseModel,
  type CostLineInput,
  caseModelSchema,
  costCategories,
  type InitiativeInput,
  type Lever,
  levers,
  longestHorizon,
  type Range,
} from './caseModel'
import { AppError } from './errors'

/** A number stands for itself at low, base and high; an end that is missing is assumed from the base. */
const rangeInput = z.union([
  z.number(),
  z.strictObject({ low: z.number().optional(), base: z.number(), high: z.number().optional() }),
])
type RangeInput = z.infer<typeof rangeInput>

const month = z.number().int().min(1).max(longestHorizon)
const grade = z.enum(['low', 'medium', 'high'])

const initiativeInput = z.strictObject({
  id: z.string().min(1).optional(),
  type: z.string().optional().describe('I1–I20 of the catalogue, or own'),
  title: z.string().min(1).optional(),
  lever: z.enum(Object.keys(levers) as [Lever]),
  kpi: z.string().optional(),
  baseline: z
    .number()
    .positive()
    .optional()
    .describe('The KPI today; needed with a target, 1 when only an effect is given'),
  target: rangeInput
    .optional()
    .describe('The KPI after the change: a number or {low, base, high}; not together with effect'),
  effect: rangeInput.optional().describe('In place of target: relative change of the KPI, 0.2 for +20 %'),
  baseShare: z.number().min(0).max(1).optional().describe('Part of revenue the lever acts on, 0–1'),
  monthlySaving: rangeInput.optional().describe('Money saved a month at full effect'),
  overlap: z.number().min(0).max(1).optional(),
  ramp: z.array(z.number().min(0).max(1)).min(1).max(longestHorizon).optional(),
  startMonth: month.optional(),
  oneOffCost: z.number().min(0).optional(),
  monthlyCost: z.number().min(0).optional(),
  costCategory: z.enum(costCategories).optional(),
  owner: z.string().optional(),
  confidence: grade.optional(),
  effort: grade.optional(),
  status: z.enum(['proposed', 'accepted', 'rejected']).optional(),
  dependency: z.string().optional(),
  evidence: z.string().optional(),
  rangeSource: z.string().optional(),
})

const costLineInput = z.strictObject({
  name: z.string().optional(),
  category: z.enum(costCategories).optional(),
  fromMonth: month.optional(),
  toMonth: month.optional(),
  amount: z.number().min(0),
})

/** The business case as a person or a script writes it: everything may be left out. A stored case is one, too. */
export const caseInputSchema = z.strictObject({
  title: z.string().optional().describe('Name of the case'),
  baseline: z
    .union([
      z.number().min(0),
      z.strictObject({ monthlyRevenue: z.number().min(0).optional(), source: z.string().optional() }),
    ])
    .optional()
    .describe('AS-IS revenue a month; measured from the orders when left out'),
  horizon: z
    .union([z.literal(12), z.literal(24), z.literal(36)])
    .optional()
    .describe('Months: 12, 24 or 36'),
  combine: z.enum(['multiply', 'add']).optional().describe('How levers combine: multiply (default) or add'),
  margin: rangeInput.optional().describe('Margin on revenue, a fraction from 0 to 1: a number or {low, base, high}'),
  discountRate: z.number().min(0).max(1).optional().describe('Yearly rate of discount, a fraction'),
  costFactor: rangeInput.optional().describe('Multiplies every cost: a number or {low, base, high}'),
  initiatives: z
    .array(initiativeInput)
    .optional()
    .describe('The levers; the best proposals from the data when left out'),
  costs: z.array(costLineInput).optional().describe('Costs by month: category, fromMonth, toMonth, amount'),
  scenario: z.enum(['low', 'base', 'high']).optional().describe('The scenario in force: low, base or high'),
})
export type CaseInput = z.infer<typeof caseInputSchema>

/** What a proposal fills in where the input says nothing. */
export interface CaseDefaults {
  readonly baseline: { readonly monthlyRevenue: number; readonly source: string }
  readonly initiatives: readonly InitiativeInput[]
}

/** The revenue a month that the input gives, or undefined when it has to be measured. */
export function givenRevenue(input: CaseInput): number | undefined {
  return typeof input.baseline === 'number' ? input.baseline : input.baseline?.monthlyRevenue
}

/** Fills an input up to a full model. */
export function completeCase(input: CaseInput, defaults: CaseDefaults): CaseModel {
  const given = givenRevenue(input)
  const source = typeof input.baseline === 'object' ? input.baseline.source : undefined
  const horizon = input.horizon ?? 12
  const parsed = caseModelSchema.safeParse({
    ...withoutUndefined(input),
    baseline: given === undefined ? defaults.baseline : { monthlyRevenue: given, source: source ?? 'given' },
    ...(input.margin === undefined ? {} : { margin: marginOf(input.margin) }),
    ...(input.costFactor === undefined ? {} : { costFactor: fillRange(input.costFactor, 1) }),
    initiatives: input.initiatives?.map(completeInitiative) ?? defaults.initiatives,
    costs: input.costs?.map((line, index) => completeCostLine(line, index, horizon)),
  })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError(
    'bad-parameter',
    `The business case is not complete: ${issue?.path.join('.')}: ${issue?.message}.`,
    {
      technical: z.prettifyError(parsed.error),
    },
  )
}

function completeInitiative(
  { target, effect, monthlySaving, ...given }: z.infer<typeof initiativeInput>,
  index: number,
): InitiativeInput {
  refuseUnclearEffect(`Initiative ${index + 1}, "${given.title ?? given.id ?? levers[given.lever]}",`, {
    baseline: given.baseline,
    target,
    effect,
  })
  const baseline = given.baseline ?? 1
  const assumed = isAssumed(target) || isAssumed(effect)
  return {
    ...withoutUndefined(given),
    lever: given.lever,
    id: given.id ?? `initiative${index + 1}`,
    title: given.title ?? levers[given.lever],
    baseline,
    target: targetOf(target, effect, baseline),
    ...(monthlySaving === undefined ? {} : { monthlySaving: fillRange(monthlySaving, 0) }),
    ...(given.rangeSource === undefined && assumed ? { rangeSource: assumedRange } : {}),
  }
}

/** A target says nothing without the KPI today, and an effect beside it would be a second answer. */
function refuseUnclearEffect(
  name: string,
  { baseline, target, effect }: Pick<z.infer<typeof initiativeInput>, 'baseline' | 'target' | 'effect'>,
): void {
  if (target === undefined) return
  if (effect !== undefined) {
    throw new AppError('bad-parameter', `${name} has a target and an effect.`, {
      hint: 'Give one of them: the target with its baseline, or the effect, 0.2 for +20%.',
    })
  }
  if (baseline === undefined) {
    throw new AppError('bad-parameter', `${name} has a target without a baseline.`, {
      hint: 'Give the KPI today as baseline, or an effect in place of the target, 0.2 for +20%.',
    })
  }
}

/** A range whose ends that are not given lie at half and one and a half of the margin. */
function marginOf(input: RangeInput): Range {
  const filled = fillRange(input, 0)
  const high = typeof input === 'object' && input.high === undefined ? Math.min(1, filled.high) : filled.high
  const range = { ...filled, high }
  const wrong = Object.values(range).find((margin) => margin < 0 || margin > 1)
  if (wrong === undefined) return range
  throw new AppError('bad-parameter', `The margin is ${wrong}, but a margin lies between 0 and 1.`, {
    hint: 'It is a fraction of revenue: 0.3 for 30%.',
  })
}

function completeCostLine(given: z.infer<typeof costLineInput>, index: number, horizon: number): CostLineInput {
  const line = {
    category: 'Other' as const,
    fromMonth: 1,
    toMonth: horizon,
    ...withoutUndefined(given),
    amount: given.amount,
  }
  if (line.fromMonth <= line.toMonth) return line
  const name = line.name === undefined || line.name === '' ? line.category : line.name
  throw new AppError(
    'bad-parameter',
    `Cost line ${index + 1}, "${name}", starts in month ${line.fromMonth} and ends before, in month ${line.toMonth}.`,
    { hint: 'fromMonth must not be after toMonth; a line without toMonth goes on to the end of the horizon.' },
  )
}

export const assumedRange = 'assumed: effect × 0.5 and × 1.5'

function targetOf(target: RangeInput | undefined, effect: RangeInput | undefined, baseline: number): Range {
  if (target !== undefined) return fillRange(target, baseline)
  const { low, base, high } = fillRange(effect ?? 0, 0)
  return { low: baseline * (1 + low), base: baseline * (1 + base), high: baseline * (1 + high) }
}

/** Missing ends lie half the change below and above the base; `from` is where there is no change. */
export function fillRange(input: RangeInput, from: number): Range {
  if (typeof input === 'number') return { low: input, base: input, high: input }
  const change = input.base - from
  return { low: input.low ?? from + change * 0.5, base: input.base, high: input.high ?? from + change * 1.5 }
}

function isAssumed(input: RangeInput | undefined): boolean {
  return typeof input === 'object' && (input.low === undefined || input.high === undefined)
}

/** Absent and undefined mean the same to a person, not to a schema with defaults. */
function withoutUndefined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const kept: { [Key in keyof T]?: Exclude<T[Key], undefined> } = {}
  for (const key of Object.keys(value) as (keyof T)[]) {
    const one = value[key]
    if (one !== undefined) kept[key] = one as Exclude<T[keyof T], undefined>
  }
  return kept
}
