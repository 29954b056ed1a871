import { z } from 'zod'
import { type AnalysisResult, defineAnalysis } from '../../../analysis'
import { type CaseModel, levers } from '../../../caseModel'
import { kpiWords } from '../../../caseReport'
import type { Formatter } from '../../../format'
import { measureBaseline } from '../../../initiatives/measureBaseline'
import type { Proposal } from '../../../initiatives/proposal'
import {
  evidenceSentence,
  monthlyWorth,
  proposeCase,
  proposeInitiatives,
} from '../../../initiatives/proposeInitiatives'
import type { CellValue } from '../../../report'
import card from './initiatives.md?raw'

const params = z.strictObject({
  monthlyRevenue: z
    .number()
    .min(0)
    .optional()
    .describe('Revenue a month to value the proposals on; measured when left out'),
})

interface InitiativesResult extends AnalysisResult {
  readonly monthlyRevenue: number
  readonly proposals: readonly (Proposal & {
    /** Extra margin a month at full effect, by itself, at the starting margin; null unless the trigger is met. */
    readonly monthlyWorth: number | null
  })[]
  /** The case the best three make. */
  readonly proposedCase: CaseModel
}

export const initiatives = defineAnalysis<z.infer<typeof params>, InitiativesResult>({
  id: 'initiatives',
  version: 2,
  title: 'Initiatives',
  question: 'What does the data say we should do?',
  group: 'case',
  theme: 'decision',
  needs: [{ view: 'orders', roles: ['orderedAt'] }],
  params,
  card,
  async run({ monthlyRevenue: given }, engine) {
    const proposals = await proposeInitiatives(engine)
    const baseline =
      given === undefined ? await measureBaseline(engine) : { monthlyRevenue: given, source: 'given', linesLeftOut: 0 }
    return {
      period: engine.facts.period,
      leftOut:
        given === undefined ? [{ reason: 'in unfinished months (revenue only)', rows: baseline.linesLeftOut }] : [],
      monthlyRevenue: baseline.monthlyRevenue,
      proposals: proposals.map((proposal) => ({
        ...proposal,
        monthlyWorth: proposal.initiative === null ? null : monthlyWorth(proposal.initiative, baseline.monthlyRevenue),
      })),
      proposedCase: proposeCase(proposals, baseline),
    }
  },
  report(result, _params, format) {
    const met = result.proposals
      .filter((proposal) => proposal.state === 'met')
      .sort((left, right) => (right.monthlyWorth ?? 0) - (left.monthlyWorth ?? 0))
    const [best] = met
    return {
      finding:
        best === undefined
          ? 'No trigger of the catalogue is met by these data.'
          : `${met.length} of ${result.proposals.length} initiatives are called for; the largest is "${best.title}".`,
      reading:
        'An initiative is proposed only when its trigger is met by the data. Baselines and shares are measured; effects are assumptions to be replaced.',
      blocks: [
        {
          kind: 'table',
          title: met.length === 0 ? 'Nothing to propose' : 'Proposed, with the numbers that speak for them',
          subtitle: `Worth a month: extra margin at full effect, by itself, at ${format.percent(0.3)} margin, on ${format.money(result.monthlyRevenue)} revenue a month`,
          table: {
            columns: [
              { label: 'Id', format: 'id' },
              { label: 'Initiative', format: 'text' },
              { label: 'Lever', format: 'text' },
              { label: 'KPI', format: 'text' },
              { label: 'From → low … base … high', format: 'text' },
              { label: 'Acts on', format: 'percent' },
              { label: 'Worth a month', format: 'money' },
              { label: 'Evidence', format: 'text' },
            ],
            rows: met.map((proposal): CellValue[] => [
              proposal.type,
              proposal.title,
              levers[proposal.lever],
              proposal.kpi,
              targetWords(proposal, format),
              proposal.initiative?.baseShare ?? 1,
              proposal.monthlyWorth,
              evidenceSentence(proposal, format),
            ]),
          },
        },
        {
          kind: 'sentence',
          tone: 'caveat',
          text: 'Effects, and the share of discounts that could go, are assumed: half and one and a half of the base. Costs are not proposed.',
        },
        {
          kind: 'table',
          title: 'Not proposed, and why',
          subtitle: 'Triggers of the catalogue that are not met or cannot be computed from these files',
          table: {
            columns: [
              { label: 'Id', format: 'id' },
              { label: 'Initiative', format: 'text' },
              { label: 'Trigger', format: 'text' },
              { label: 'State', format: 'text' },
              { label: 'Why', format: 'text' },
              { label: 'Measured', format: 'text' },
            ],
            rows: result.proposals
              .filter((proposal) => proposal.state !== 'met')
              .map((proposal): CellValue[] => [
                proposal.type,
                proposal.title,
                proposal.trigger,
                proposal.state,
                proposal.reason,
                evidenceSentence(proposal, format),
              ]),
          },
        },
      ],
    }
  },
})

function targetWords({ initiative }: Proposal, format: Formatter): string {
  if (initiative === null) return ''
  if (initiative.lever === 'cost') {
    const { low, base, high } = initiative.monthlySaving ?? { low: 0, base: 0, high: 0 }
    return `saves ${format.money(low)} … ${format.money(base)} … ${format.money(high)} a month`
  }
  const { low, base, high } = initiative.target
  return `${kpiWords(initiative.baseline, format)} → ${[low, base, high].map((value) => kpiWords(value, format)).join(' … ')}`
}
