import type { CaseModel, CostCategory, Initiative, ScenarioName } from './caseModel'
import { irr } from './stats/irr'
import { discountMonthly } from './stats/npv'
import { payback } from './stats/payback'

/** The columns of every comparison: doing nothing is always one of them. */
export const caseScenarios = ['nothing', 'low', 'base', 'high'] as const
export type CaseScenario = (typeof caseScenarios)[number]

/** Everything that has a low, base and high, at the one value in force. Lists follow the counted initiatives. */
export interface CaseInForce {
  readonly margin: number
  readonly costFactor: number
  readonly targets: readonly number[]
  /** Money saved a month at full effect. */
  readonly savings: readonly number[]
}

export interface CaseResult {
  readonly scenario: CaseScenario
  readonly horizon: number
  readonly inForce: CaseInForce
  readonly initiatives: readonly InitiativeResult[]
  /** Months 1 to the horizon. */
  readonly months: readonly CaseMonth[]
  readonly years: readonly CaseYear[]
  readonly totals: CaseTotals
}

export interface InitiativeResult {
  readonly id: string
  readonly title: string
  readonly lever: Initiative['lever']
  /** Relative change of the KPI: target / baseline − 1. */
  readonly effect: number
  /** AS-IS revenue of a month that it acts on. */
  readonly asIs: number
  /** The same after the full effect. */
  readonly toBe: number
  /** Its part of a month's increment once every ramp has ended. */
  readonly fullIncrement: number
  /** Over the horizon. */
  readonly increment: number
  readonly saving: number
  /** Increment × margin + saving, over the horizon. */
  readonly margin: number
  /** Its own one-off and monthly cost, over the horizon. */
  readonly cost: number
  readonly months: readonly InitiativeMonth[]
}

export interface InitiativeMonth {
  readonly ramp: number
  /** Relative change of all revenue: base share × effect × ramp × overlap. */
  readonly factor: number
  readonly asIs: number
  readonly toBe: number
  /** Its part of the month's increment; the parts add up. */
  readonly increment: number
  readonly saving: number
}

interface CaseSums {
  readonly asIs: number
  readonly increment: number
  readonly saving: number
  /** Increment × margin + saving. */
  readonly margin: number
  readonly cost: number
  readonly costByCategory: Readonly<Record<CostCategory, number>>
  readonly benefit: number
  /** Benefit, discounted to the start. */
  readonly discounted: number
}

export interface CaseMonth extends CaseSums {
  /** 1-based. */
  readonly month: number
  readonly cumulative: number
}

export interface CaseYear extends CaseSums {
  readonly year: number
  /** Benefit / cost; null when nothing was spent. */
  readonly roi: number | null
}

export interface CaseTotals extends CaseSums {
  readonly roi: number | null
  readonly npv: number
  readonly irrMonthly: number | null
  readonly irrYearly: number | null
  readonly paybackMonth: number | null
  /** Extra revenue and margin of a month once every ramp has ended. */
  readonly fullIncrement: number
  readonly fullMargin: number
  /** The lowest the running sum of benefit gets, and when. */
  readonly deepest: { readonly month: number; readonly cumulative: number }
}

/**
 * What the plan earns, month by month. Money in the model's currency, rates as fractions.
 *
 * At full effect, combined: increment = B × (Π (1 + f) − 1); added: B × Σ f; with f = base share × effect × overlap.
 * Combined increments are split by ln(1 + f), which adds up exactly; ramps: see `combineByReach`.
 *
 * @see Ang (2005), logarithmic mean Divisia index, for the split.
 */
export function computeCase(model: CaseModel, scenario: CaseScenario): CaseResult {
  const doesNothing = scenario === 'nothing'
  const counted: CaseModel = { ...model, initiatives: doesNothing ? [] : countedInitiatives(model) }
  const plan = doesNothing ? { ...counted, costs: [] } : counted
  return { ...computeWith(plan, assumptionsOf(plan, doesNothing ? 'base' : scenario)), scenario }
}

export type CaseComparison = Readonly<Record<CaseScenario, CaseResult>>

export function computeScenarios(model: CaseModel): CaseComparison {
  return {
    nothing: computeCase(model, 'nothing'),
    low: computeCase(model, 'low'),
    base: computeCase(model, 'base'),
    high: computeCase(model, 'high'),
  }
}

export function countedInitiatives(model: CaseModel): Initiative[] {
  return model.initiatives.filter((initiative) => initiative.status !== 'rejected')
}

/** Relative change of the KPI. Saving money moves no revenue. */
export function effectOf(initiative: Initiative, target: number): number {
  return initiative.lever === 'cost' ? 0 : target / initiative.baseline - 1
}

/** Share of the full effect in a month (1-based) of the case. */
export function rampAt(initiative: Initiative, month: number): number {
  const age = month - initiative.startMonth
  return age < 0 ? 0 : (initiative.ramp[Math.min(age, initiative.ramp.length - 1)] ?? 0)
}

export function assumptionsOf(model: CaseModel, scenario: ScenarioName): CaseInForce {
  return {
    margin: model.margin[scenario],
    costFactor: model.costFactor[scenario],
    targets: countedInitiatives(model).map((initiative) => initiative.target[scenario]),
    savings: countedInitiatives(model).map((initiative) => initiative.monthlySaving[scenario]),
  }
}

/** The case of the counted initiatives at given values; `computeCase` and the sensitivity are made of it. */
export function computeWith(model: CaseModel, inForce: CaseInForce): CaseResult {
  const initiatives = countedInitiatives(model)
  const asIs = model.baseline.monthlyRevenue
  const effects = initiatives.map((initiative, at) => effectOf(initiative, inForce.targets[at] ?? initiative.baseline))
  const weights = initiatives.map((initiative) => initiative.baseShare * initiative.overlap)
  const factors = effects.map((effect, at) => effect * (weights[at] ?? 0))
  const partsAt = (ramps: readonly number[]): number[] =>
    model.combine === 'add'
      ? factors.map((factor, at) => asIs * factor * (ramps[at] ?? 0))
      : combineByReach(asIs, factors, ramps)

  const numbers = Array.from({ length: model.horizon }, (_, index) => index + 1)
  const byInitiative = initiatives.map((): InitiativeMonth[] => [])
  const flows = numbers.map((month) => {
    const ramps = initiatives.map((initiative) => rampAt(initiative, month))
    const increments = partsAt(ramps)
    initiatives.forEach((initiative, at) => {
      const acted = asIs * initiative.baseShare
      byInitiative[at]?.push({
        ramp: ramps[at] ?? 0,
        factor: (factors[at] ?? 0) * (ramps[at] ?? 0),
        asIs: acted,
        toBe: acted * (1 + (effects[at] ?? 0) * (ramps[at] ?? 0) * initiative.overlap),
        increment: increments[at] ?? 0,
        saving: (inForce.savings[at] ?? 0) * (ramps[at] ?? 0),
      })
    })
    const increment = sum(increments)
    const saving = sum(byInitiative.map((months) => months[month - 1]?.saving ?? 0))
    const costByCategory = costsOf(model, initiatives, month, inForce.costFactor)
    const cost = sum(Object.values(costByCategory))
    const margin = increment * inForce.margin + saving
    return { month, asIs, increment, saving, margin, cost, costByCategory, benefit: difference(margin, cost, asIs) }
  })

  const benefits = flows.map((flow) => flow.benefit)
  const discounted = discountMonthly(benefits, model.discountRate)
  let running = 0
  const months = flows.map((flow, index): CaseMonth => {
    running += flow.benefit
    return { ...flow, cumulative: running, discounted: discounted[index] ?? 0 }
  })

  const lastRamps = initiatives.map((initiative) => initiative.ramp.at(-1) ?? 0)
  const full = partsAt(lastRamps)
  const fullIncrement = sum(full)
  const fullSaving = sum(lastRamps.map((ramp, at) => ramp * (inForce.savings[at] ?? 0)))
  const sums = addUp(months)
  const irrMonthly = irr(benefits)
  const deepest = months.reduce<CaseTotals['deepest']>(
    (least, { month, cumulative }) => (cumulative < least.cumulative ? { month, cumulative } : least),
    { month: 0, cumulative: 0 },
  )
  return {
    scenario: 'base',
    horizon: model.horizon,
    inForce,
    initiatives: initiatives.map((initiative, at): InitiativeResult => {
      const list = byInitiative[at] ?? []
      const increment = sum(list.map((month) => month.increment))
      const saving = sum(list.map((month) => month.saving))
      const acted = asIs * initiative.baseShare
      return {
        id: initiative.id,
        title: initiative.title,
        lever: initiative.lever,
        effect: effects[at] ?? 0,
        asIs: acted,
        toBe: acted * (1 + (effects[at] ?? 0) * (lastRamps[at] ?? 0) * initiative.overlap),
        fullIncrement: full[at] ?? 0,
        increment,
        saving,
        margin: increment * inForce.margin + saving,
        cost: sum(numbers.map((month) => ownCost(initiative, month))) * inForce.costFactor,
        months: list,
      }
    }),
    months,
    years: Array.from({ length: model.horizon / 12 }, (_, index): CaseYear => {
      const ofYear = addUp(months.slice(index * 12, index * 12 + 12))
      return { ...ofYear, year: index + 1, roi: roiOf(ofYear) }
    }),
    totals: {
      ...sums,
      roi: roiOf(sums),
      npv: sums.discounted,
      irrMonthly,
      irrYearly: irrMonthly === null ? null : (1 + irrMonthly) ** 12 - 1,
      paybackMonth: paybackOf(months),
      fullIncrement,
      fullMargin: fullIncrement * inForce.margin + fullSaving,
      deepest,
    },
  }
}

/**
 * A ramp is the part of revenue an initiative has reached so far, and what a slower one has reached a faster one has
 * reached too: revenue reached by the same initiatives gets their effects combined. Equal ramps give ramp × full
 * increment; ramps of 0 and 1 give the plain product.
 */
function combineByReach(asIs: number, factors: readonly number[], ramps: readonly number[]): number[] {
  const levels = [...new Set(ramps)].filter((ramp) => ramp > 0).sort((left, right) => right - left)
  return levels
    .map((level, index) => {
      const reached = factors.map((factor, at) => ((ramps[at] ?? 0) >= level ? factor : 0))
      return split(asIs * (level - (levels[index + 1] ?? 0)), reached)
    })
    .reduce(
      (total, parts) => total.map((part, at) => part + (parts[at] ?? 0)),
      factors.map(() => 0),
    )
}

/** Parts of B × (Π (1 + f) − 1): L × ln(1 + f), with L the logarithmic mean of revenue before and after. */
function split(asIs: number, factors: readonly number[]): number[] {
  const logarithms = factors.map(Math.log1p)
  const total = sum(logarithms)
  const mean = total === 0 ? asIs : (asIs * Math.expm1(total)) / total
  return logarithms.map((logarithm) => mean * logarithm)
}

function costsOf(
  model: CaseModel,
  initiatives: readonly Initiative[],
  month: number,
  factor: number,
): Record<CostCategory, number> {
  const inCategory = (category: CostCategory): number =>
    factor *
    (sum(initiatives.filter((one) => one.costCategory === category).map((one) => ownCost(one, month))) +
      sum(
        model.costs
          .filter((line) => line.category === category && line.fromMonth <= month && month <= line.toMonth)
          .map((line) => line.amount),
      ))
  return byCostCategory(inCategory)
}

function byCostCategory(amount: (category: CostCategory) => number): Record<CostCategory, number> {
  return {
    Materials: amount('Materials'),
    Hardware: amount('Hardware'),
    Software: amount('Software'),
    Personnel: amount('Personnel'),
    Consulting: amount('Consulting'),
    Other: amount('Other'),
  }
}

function ownCost(initiative: Initiative, month: number): number {
  if (month < initiative.startMonth) return 0
  return initiative.monthlyCost + (month === initiative.startMonth ? initiative.oneOffCost : 0)
}

/** An amount is nothing when it is this part of a month's revenue or cost, or less; the workbook counts alike. */
export const negligibleShare = 1e-9

/** Margin less cost; amounts that cancel leave nothing, not a crumb of floating point. */
function difference(margin: number, cost: number, revenue: number): number {
  const left = margin - cost
  return Math.abs(left) <= negligibleShare * Math.max(revenue, cost) ? 0 : left
}

/** A plan that earns exactly its cost is never below zero; one that neither costs nor earns pays nothing back. */
function paybackOf(months: readonly CaseMonth[]): number | null {
  const isEven = months.every((month) => month.benefit === 0)
  if (isEven) return months.some((month) => month.cost > 0) ? 1 : null
  const largest = Math.max(...months.flatMap((month) => [month.asIs, month.cost]))
  return payback(
    months.map((month) => month.benefit),
    negligibleShare * largest,
  )
}

function addUp(months: readonly CaseMonth[]): CaseSums {
  const of = (key: 'asIs' | 'increment' | 'saving' | 'margin' | 'cost' | 'benefit' | 'discounted'): number =>
    sum(months.map((month) => month[key]))
  return {
    asIs: of('asIs'),
    increment: of('increment'),
    saving: of('saving'),
    margin: of('margin'),
    cost: of('cost'),
    costByCategory: byCostCategory((category) => sum(months.map((month) => month.costByCategory[category]))),
    benefit: of('benefit'),
    discounted: of('discounted'),
  }
}

function roiOf({ benefit, cost }: { readonly benefit: number; readonly cost: number }): number | null {
  return cost === 0 ? null : benefit / cost
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
