import { version as duckdbVersion } from '@duckdb/node-api'
import { z } from 'zod'
import type { AnalysisAnswer } from '../../shared/analysis'
import { caseModelSchema } from '../../shared/caseModel'
import type { CaseProposal, WrittenFile } from '../../shared/engineApi'
import { AppError, throwIfCancelled } from '../../shared/errors'
import type { CallContext } from '../../shared/rpc'
import { writeCaseWorkbook } from '../printers/caseWorkbook/writeCaseWorkbook'
import { listAnalyses } from './analysisRunner'
import { writeNewFile } from './exportFiles'
import type { ProjectSession } from './projectSession'
import { appVersion } from './versions'

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
  const { model } = await proposeCaseFor(session, run)
  const answers: AnalysisAnswer[] = []
  for (const [index, id] of appendix.entries()) {
    throwIfCancelled(context.signal)
    context.onProgress({
      fraction: index / (appendix.length + 1),
      note: `sheet ${index + 1} of ${appendix.length + 1}`,
    })
    if (isAvailable(id, session)) answers.push(await run(id, {}))
  }
  const state = session.state()
  const bytes = await writeCaseWorkbook({
    model,
    project: { name: state.name, client: state.settings.client },
    settings: state.settings,
    period: state.period,
    files: session.project.sources.map((source) => ({
      name: source.path.split('/').at(-1) ?? source.name,
      rows: source.seen.rows,
      sha256: source.seen.sha256,
    })),
    ledger: state.ledger,
    choices: Object.fromEntries(state.choices.map((choice) => [choice.key, choice.chosen])),
    answers,
    versions: { app: appVersion, engine: `DuckDB ${duckdbVersion()}` },
    writtenAt: new Date().toISOString(),
  })
  return writeNewFile(to, bytes, replace)
}

/** Analyses whose tables and definitions go with the case. */
const appendix = [
  'overview',
  'monthlyMoney',
  'newVsExisting',
  'cohortRetention',
  'valueTiers',
  'rfmGroups',
  'initiatives',
] as const

function isAvailable(id: string, session: ProjectSession): boolean {
  return listAnalyses(session.facts()).some((listing) => listing.id === id && listing.available)
}
