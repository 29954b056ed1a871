import { z } from 'zod'
import type { AnalysisAnswer } from '../../shared/analysis'
import { caseModelSchema } from '../../shared/caseModel'
import type { CaseProposal, WrittenFile } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import type { CallContext } from '../../shared/rpc'
import type { ProjectSession } from './projectSession'

type Run = (id: string, params: Record<string, unknown>) => Promise<AnalysisAnswer>

const proposedSchema = z.object({
  proposedCase: caseModelSchema,
  proposals: z.array(z.object({ type: z.string(), title: z.string(), state: z.string(), reason: z.string() })),
})

/** The saved case, or the one the data propose. Without orders it starts empty, to be filled by hand. */
export async function proposeCaseFor(session: ProjectSession, run: Run): Promise<CaseProposal> {
  const saved = session.state().caseModel
  if (!session.facts().has('orders', 'orderedAt')) {
    return {
      model: saved ?? caseModelSchema.parse({ baseline: { monthlyRevenue: 0, source: '' } }),
      saved: saved !== null,
      notProposed: [],
    }
  }
  const { proposedCase, proposals } = proposedSchema.parse((await run('initiatives', {})).result)
  return {
    model: saved ?? proposedCase,
    saved: saved !== null,
    notProposed: proposals
      .filter((proposal) => proposal.state !== 'met')
      .map(({ type, title, reason }) => ({ type, title, why: reason })),
  }
}

/** The business case as a workbook with live formulas. */
export async function writeCaseFile(
  session: ProjectSession,
  run: Run,
  to: string,
  replace: boolean,
  context: CallContext,
): Promise<WrittenFile> {
  if (!to.toLowerCase().endsWith('.xlsx')) {
    throw new AppError('bad-parameter', 'A business case is written as a workbook.', {
      hint: 'Choose a name that ends in .xlsx.',
      where: { file: to },
    })
  }
  void [session, run, replace, context]
  throw new AppError('internal', 'not yet')
}
