import type { CaseModel, Range } from './caseModel'
import { assumptionsOf, type CaseInForce, computeWith, countedInitiatives } from './leverModel'

/** What the plan is worth with one driver at one value and all others at base. */
export interface DriverPoint {
  readonly value: number
  readonly roi: number | null
  readonly npv: number
  readonly benefit: number
}

export interface Driver {
  /** `margin`, `cost`, or the initiative's id; money saved is `id:saving`. */
  readonly id: string
  readonly label: string
  readonly kind: 'target' | 'saving' | 'margin' | 'cost'
  readonly base: number
  readonly low: DriverPoint
  readonly high: DriverPoint
  /** True when the model gives no range and the usual one was taken. */
  readonly assumed: boolean
  /** Distance between the two ROIs; between the two benefits where there is no cost. */
  readonly span: number
  /** The value at which the plan earns exactly its cost; null when no possible value does. */
  readonly breakEven: number | null
}

export interface Sensitivity {
  readonly measure: 'roi' | 'benefit'
  readonly base: DriverPoint
  /** Widest span first. */
  readonly drivers: readonly Driver[]
}

/** The tornado: one driver at a time at its low and high, the others at base, sorted by span. */
export function computeSensitivity(model: CaseModel): Sensitivity {
  const inForce = assumptionsOf(model, 'base')
  const point = (value: number, at: CaseInForce): DriverPoint => {
    const { roi, npv, benefit } = computeWith(model, at).totals
    return { value, roi, npv, benefit }
  }
  const base = point(0, inForce)
  const drivers = driversOf(model).map(({ range, zero, apply, ...driver }): Driver => {
    const low = point(range.low, apply(inForce, range.low))
    const high = point(range.high, apply(inForce, range.high))
    const none = point(zero, apply(inForce, zero))
    return {
      ...driver,
      base: range.base,
      low,
      high,
      span: Math.abs((high.roi ?? high.benefit) - (low.roi ?? low.benefit)),
      breakEven: breakEven(none, { ...base, value: range.base }),
    }
  })
  return {
    measure: base.roi === null ? 'benefit' : 'roi',
    base,
    drivers: drivers.sort((left, right) => right.span - left.span),
  }
}

/** A range to test where the model gives a single margin or cost. */
export function testedMargin({ low, base, high }: Range): Range {
  return low === high ? { low: Math.max(0, base - 0.05), base, high: Math.min(1, base + 0.05) } : { low, base, high }
}

export function testedCostFactor({ low, base, high }: Range): Range {
  return low === high ? { low: base * 1.2, base, high: base * 0.8 } : { low, base, high }
}

interface DriverInput {
  readonly id: string
  readonly label: string
  readonly kind: Driver['kind']
  readonly assumed: boolean
  readonly range: Range
  /** The value at which the driver does nothing. */
  readonly zero: number
  apply(inForce: CaseInForce, value: number): CaseInForce
}

function driversOf(model: CaseModel): DriverInput[] {
  const initiatives = countedInitiatives(model).flatMap((initiative, at): DriverInput[] => {
    const drivers: DriverInput[] = []
    if (initiative.lever !== 'cost') {
      drivers.push({
        id: initiative.id,
        label: initiative.title,
        kind: 'target',
        assumed: false,
        range: initiative.target,
        zero: initiative.baseline,
        apply: (inForce, value) => ({ ...inForce, targets: inForce.targets.with(at, value) }),
      })
    }
    if (initiative.monthlySaving.base > 0 || initiative.monthlySaving.high > 0) {
      drivers.push({
        id: `${initiative.id}:saving`,
        label: initiative.title,
        kind: 'saving',
        assumed: false,
        range: initiative.monthlySaving,
        zero: 0,
        apply: (inForce, value) => ({ ...inForce, savings: inForce.savings.with(at, value) }),
      })
    }
    return drivers
  })
  return [
    ...initiatives,
    {
      id: 'margin',
      label: 'Margin',
      kind: 'margin',
      assumed: model.margin.low === model.margin.high,
      range: testedMargin(model.margin),
      zero: 0,
      apply: (inForce, value) => ({ ...inForce, margin: value }),
    },
    {
      id: 'cost',
      label: 'Cost',
      kind: 'cost',
      assumed: model.costFactor.low === model.costFactor.high,
      range: testedCostFactor(model.costFactor),
      zero: 0,
      apply: (inForce, value) => ({ ...inForce, costFactor: value }),
    },
  ]
}

/** Benefit is a straight line in every single driver, so two points give the zero. */
function breakEven(none: DriverPoint, base: DriverPoint): number | null {
  const gain = base.benefit - none.benefit
  // A driver without effect leaves a rounding crumb, which would put its break-even at some astronomical value.
  if (Math.abs(gain) <= 1e-9 * (Math.abs(base.benefit) + Math.abs(none.benefit))) return null
  const value = none.value - (none.benefit * (base.value - none.value)) / gain
  return value < 0 ? null : value
}
