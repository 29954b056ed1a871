import type { AnalysisResult, Engine, Period } from '../analysis'
import { type CaseInput, completeCase, givenRevenue } from '../caseInput'
import type { CaseModel } from '../caseModel'
import { AppError } from '../errors'
import { measureBaseline } from './measureBaseline'
import { bestInitiatives, proposeInitiatives } from './proposeInitiatives'

export interface ResolvedCase {
  readonly model: CaseModel
  /** Days the baseline was measured on; null when it was given. */
  readonly period: Period | null
  readonly leftOut: AnalysisResult['leftOut']
  /** True when the initiatives are the project's proposals rather than given. */
  readonly proposed: boolean
}

/** The full model of an input: what it leaves out is measured or proposed from the orders. */
export async function resolveCase(input: CaseInput, engine: Engine): Promise<ResolvedCase> {
  const given = givenRevenue(input)
  const measured = given === undefined ? await measureBaseline(engine) : undefined
  const baseline = measured ?? { monthlyRevenue: given ?? 0, source: 'given' }
  const proposed = input.initiatives === undefined
  if (proposed && !engine.facts.has('orders')) {
    throw new AppError('not-enough-data', 'There is no initiative to value.', {
      hint: `Give them: --param initiatives='[{"title":"Checkout","lever":"conversion","baseline":13,"target":15}]', or add a file with orders.`,
    })
  }
  const initiatives = proposed ? bestInitiatives(await proposeInitiatives(engine), baseline.monthlyRevenue) : []
  return {
    model: completeCase(input, {
      baseline: { monthlyRevenue: baseline.monthlyRevenue, source: baseline.source },
      initiatives,
    }),
    period: measured?.period ?? null,
    leftOut: measured === undefined ? [] : [{ reason: 'in unfinished months', rows: measured.linesLeftOut }],
    proposed,
  }
}
