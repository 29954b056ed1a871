import type { z } from 'zod'
import { type AnalysisResult, defineAnalysis } from '../../../analysis'
import { caseInputSchema } from '../../../caseInput'
import type { CaseModel } from '../../../caseModel'
import {
  caseCaveats,
  initiativesTable,
  keyFigures,
  marginWaterfall,
  monthsTable,
  planSentence,
} from '../../../caseReport'
import { resolveCase } from '../../../initiatives/resolveCase'
import { type CaseResult, computeCase } from '../../../leverModel'
import card from './leverModel.md?raw'

interface LeverModelResult extends AnalysisResult, CaseResult {
  readonly model: CaseModel
  readonly proposed: boolean
}

export const leverModel = defineAnalysis<z.infer<typeof caseInputSchema>, LeverModelResult>({
  id: 'leverModel',
  version: 2,
  title: 'Lever model',
  question: 'What is the plan worth, month by month?',
  group: 'case',
  theme: 'decision',
  needs: [],
  params: caseInputSchema,
  card,
  async run(params, engine) {
    const { model, period, leftOut, proposed } = await resolveCase(params, engine)
    return { period, leftOut, proposed, model, ...computeCase(model, model.scenario) }
  },
  report(result, _params, format) {
    const { model } = result
    const share = model.baseline.monthlyRevenue > 0 ? result.totals.fullIncrement / model.baseline.monthlyRevenue : 0
    return {
      finding: `${planSentence(result, format)}.`,
      reading: `At full effect the levers add ${format.money(result.totals.fullIncrement)} a month, ${format.percent(share)} of the ${format.money(model.baseline.monthlyRevenue)} made today (${model.baseline.source}). Levers are ${model.combine === 'add' ? 'added' : 'multiplied'}.`,
      blocks: [
        { kind: 'metrics', items: keyFigures(result, model, format) },
        ...caseCaveats(model, result, result.proposed),
        marginWaterfall(result, format),
        initiativesTable(result, model, format),
        monthsTable(result),
      ],
    }
  },
})
