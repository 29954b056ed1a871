import { type CaseModel, type Initiative, initiativeSchema, longestHorizon } from '../../../shared/caseModel'
import { letter } from '../sheet'

/** Names of the sheets; formulas and other programs rely on them. */
export const sheetNames = {
  cover: 'Cover',
  summary: 'Summary',
  assumptions: 'Assumptions',
  initiatives: 'Initiatives',
  timing: 'Timing',
  model: 'Model',
  costs: 'Costs',
  scenarios: 'Scenarios',
  sensitivity: 'Sensitivity',
  definitions: 'Data and definitions',
  appendix: 'Appendix',
} as const

/** Sheets with months: labels in A, "at full effect" in B, months 1–36 in C–AL, years in AM–AO, the total in AP. */
export const monthHead = 5
export const fullColumn = 2
export const firstMonthColumn = 3
export const lastMonthColumn = firstMonthColumn + longestHorizon - 1
export const totalColumn = lastMonthColumn + 4
export const monthRange = { first: letter(firstMonthColumn), last: letter(lastMonthColumn) } as const

export const scenarioColumns = { low: 'D', base: 'E', high: 'F', active: 'G' } as const
export type ScenarioColumn = keyof typeof scenarioColumns

const spareLines = 3

/** Where everything stands; computed once, so that sheets can point at one another in any order. */
export function caseLayout(model: CaseModel, placeholder: string) {
  const initiatives = model.initiatives.length === 0 ? [emptyInitiative(placeholder)] : model.initiatives
  const n = initiatives.length
  const rampLength = Math.max(4, ...initiatives.map((initiative) => initiative.ramp.length))
  const lines = model.costs.length + spareLines

  const initiativeFirst = 6
  const rampColumn = 16
  const factorColumn = rampColumn + rampLength
  const logarithmColumn = factorColumn + 4
  const savingColumn = logarithmColumn + 4
  const columnOf = (column: number): string =>
    `Initiatives!$${letter(column)}$${initiativeFirst}:$${letter(column)}$${initiativeFirst + n - 1}`
  const scenarioOffset = { low: 0, base: 1, high: 2, active: 3 } as const

  const totals = 8 + 5 * n
  const results = totals + 16
  const workings = results + 9
  const costMonths = 8 + lines
  const blockLength = n + 13
  return {
    initiatives,
    n,
    rampLength,
    lines,
    assumptions: {
      head: 4,
      horizon: 6,
      combine: 7,
      revenue: 8,
      rate: 9,
      margin: 10,
      cost: 11,
      marginTested: 12,
      costTested: 13,
      section: 15,
      baseline: (k: number) => 16 + 3 * k,
      target: (k: number) => 17 + 3 * k,
      saving: (k: number) => 18 + 3 * k,
    },
    initiative: {
      head: 5,
      row: (k: number) => initiativeFirst + k,
      rampColumn,
      factorColumn,
      logarithmColumn,
      savingColumn,
      textColumn: savingColumn + 4,
      /** Vectors over the initiatives, for SUMPRODUCT. */
      factors: (scenario: ScenarioColumn) => columnOf(factorColumn + scenarioOffset[scenario]),
      logarithms: (scenario: ScenarioColumn) => columnOf(logarithmColumn + scenarioOffset[scenario]),
      savings: (scenario: ScenarioColumn) => columnOf(savingColumn + scenarioOffset[scenario]),
      factor: (k: number, scenario: ScenarioColumn) =>
        `Initiatives!$${letter(factorColumn + scenarioOffset[scenario])}$${initiativeFirst + k}`,
      logarithm: (k: number, scenario: ScenarioColumn) =>
        `Initiatives!$${letter(logarithmColumn + scenarioOffset[scenario])}$${initiativeFirst + k}`,
      saving: (k: number, scenario: ScenarioColumn) =>
        `Initiatives!$${letter(savingColumn + scenarioOffset[scenario])}$${initiativeFirst + k}`,
    },
    timing: {
      ramp: (k: number) => 6 + k,
      stepHead: 7 + n,
      step: (k: number) => 8 + n + k,
      ramps: (column: string) => `Timing!${column}$6:${column}$${5 + n}`,
      steps: (column: string) => `Timing!${column}$${8 + n}:${column}$${7 + 2 * n}`,
    },
    model: {
      asIs: 6,
      acted: (k: number) => 8 + 5 * k,
      ramp: (k: number) => 9 + 5 * k,
      toBe: (k: number) => 10 + 5 * k,
      increment: (k: number) => 11 + 5 * k,
      totals,
      totalIncrement: totals + 1,
      revenue: totals + 2,
      marginOfIncrement: totals + 3,
      saving: totals + 4,
      margin: totals + 5,
      cost: totals + 6,
      benefit: totals + 7,
      cumulative: totals + 8,
      discountFactor: totals + 9,
      discounted: totals + 10,
      below: totals + 11,
      loss: totals + 12,
      gain: totals + 13,
      results,
      roi: results + 1,
      npv: results + 2,
      irrMonthly: results + 3,
      irrYearly: results + 4,
      payback: results + 5,
      fullIncrement: results + 6,
      workings,
      logarithm: (k: number) => workings + 1 + k,
      mean: (k: number) => workings + 1 + n + k,
    },
    costs: {
      line: (at: number) => monthHead + 1 + at,
      months: costMonths,
      ofInitiative: (k: number) => costMonths + 1 + k,
      ofLine: (at: number) => costMonths + 1 + n + at,
      before: costMonths + 1 + n + lines,
      categories: costMonths + 3 + n + lines,
      category: (at: number) => costMonths + 4 + n + lines + at,
      total: costMonths + 10 + n + lines,
    },
    scenarios: {
      head: 5,
      revenue: 6,
      full: 7,
      margin: 8,
      cost: 9,
      benefit: 10,
      roi: 11,
      npv: 12,
      irrMonthly: 13,
      irrYearly: 14,
      payback: 15,
      block: (at: number) => {
        const start = 18 + at * (blockLength + 1)
        return {
          start,
          growth: (k: number) => start + 1 + k,
          increment: start + 1 + n,
          saving: start + 2 + n,
          margin: start + 3 + n,
          cost: start + 4 + n,
          benefit: start + 5 + n,
          cumulative: start + 6 + n,
          discounted: start + 7 + n,
          below: start + 8 + n,
          loss: start + 9 + n,
          gain: start + 10 + n,
        }
      },
    },
  }
}

export type CaseLayout = ReturnType<typeof caseLayout>

/** A cell as other sheets point at it. */
export function cellOf(sheet: keyof typeof sheetNames, column: string, row: number): string {
  const name = sheetNames[sheet]
  return `${name.includes(' ') ? `'${name}'` : name}!$${column}$${row}`
}

/** Letters of the months 1–36. */
export function monthLetters(): string[] {
  return Array.from({ length: longestHorizon }, (_, index) => letter(firstMonthColumn + index))
}

/** A case without initiatives still gets a line to fill in; rejected, so that it counts for nothing. */
function emptyInitiative(title: string): Initiative {
  return initiativeSchema.parse({
    id: 'own1',
    title,
    lever: 'conversion',
    baseline: 1,
    target: { low: 1, base: 1, high: 1 },
    status: 'rejected',
  })
}
