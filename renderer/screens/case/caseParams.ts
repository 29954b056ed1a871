import type { CaseModel } from '../../../shared/caseModel'

/** The assumptions on the line below the headline, as a schema that the form can draw. */
export const caseSchema = {
  type: 'object',
  properties: {
    horizonMonths: { type: 'number', enum: [12, 24, 36], description: 'Horizon, months' },
    combine: { type: 'string', enum: ['multiply', 'add'], description: 'Combine levers' },
    marginPercent: { type: 'number', minimum: 0, maximum: 100, description: 'Margin %' },
    ratePercent: { type: 'number', minimum: 0, maximum: 100, description: 'Yearly rate %' },
    monthlyRevenue: { type: 'number', minimum: 0, description: 'Revenue a month' },
  },
} as const

export function caseParams(model: CaseModel): Readonly<Record<string, unknown>> {
  return {
    horizonMonths: model.horizon,
    combine: model.combine,
    marginPercent: tidy(model.margin.base * 100),
    ratePercent: tidy(model.discountRate * 100),
    monthlyRevenue: Math.round(model.baseline.monthlyRevenue),
  }
}

/** What changed on the line goes into the model; a margin without a range stays one. */
export function withParams(model: CaseModel, params: Readonly<Record<string, unknown>>): CaseModel {
  const before = caseParams(model)
  const number = (name: string, now: number): number => {
    const value = params[name]
    return typeof value === 'number' && value !== before[name] ? value : now
  }
  const horizon = number('horizonMonths', model.horizon)
  const margin = number('marginPercent', model.margin.base * 100) / 100
  const revenue = number('monthlyRevenue', model.baseline.monthlyRevenue)
  const shift = margin - model.margin.base
  return {
    ...model,
    horizon: horizon === 24 || horizon === 36 ? horizon : 12,
    combine: params['combine'] === 'add' ? 'add' : 'multiply',
    margin: { low: clamp(model.margin.low + shift), base: margin, high: clamp(model.margin.high + shift) },
    discountRate: number('ratePercent', model.discountRate * 100) / 100,
    baseline: revenue === model.baseline.monthlyRevenue ? model.baseline : { monthlyRevenue: revenue, source: 'typed' },
  }
}

const tidy = (value: number): number => Math.round(value * 100) / 100
const clamp = (share: number): number => Math.min(1, Math.max(0, share))
