import { extname } from 'node:path'
import { version as duckdbVersion } from '@duckdb/node-api'
import { z } from 'zod'
import type { AnalysisAnswer } from '../../shared/analysis'
import { caseModelSchema } from '../../shared/caseModel'
import type { CaseProposal } from '../../shared/engineApi'
import { AppError, throwIfCancelled } from '../../shared/errors'
import { createFormatter } from '../../shared/format'
import type { CallContext } from '../../shared/rpc'
import type { WrittenFile } from '../../shared/tableAnswers'
import { writeCaseWorkbook } from '../printers/caseWorkbook/writeCaseWorkbook'
import { toHtml } from '../printers/toHtml'
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

/** The business case as a workbook with live formulas (`.xlsx`) or as a report to read (`.html`). */
export async function writeCaseFile(
  session: ProjectSession,
  run: Run,
  to: string,
  replace: boolean,
  context: CallContext,
): Promise<WrittenFile> {
  const ending = extname(to).toLowerCase()
  if (ending !== '.xlsx' && ending !== '.html') {
    throw new AppError('bad-parameter', 'A business case is written as a workbook or as a report.', {
      hint: 'Choose a name that ends in .xlsx or .html.',
      where: { file: to },
    })
  }
  const { model } = await proposeCaseFor(session, run)
  const wanted = [
    ...(ending === '.html' ? caseAnalyses.map((id) => ({ id, params: model })) : []),
    ...appendix.filter((id) => isAvailable(id, session)).map((id) => ({ id, params: {} })),
  ]
  const answers: AnalysisAnswer[] = []
  for (const [index, { id, params }] of wanted.entries()) {
    throwIfCancelled(context.signal)
    context.onProgress({ fraction: index / (wanted.length + 1), note: `part ${index + 1} of ${wanted.length + 1}` })
    answers.push(await run(id, params))
  }
  const state = session.state()
  if (ending === '.html') {
    return writeNewFile(to, toHtml(answers, createFormatter(state.settings), `Business case: ${state.name}`), replace)
  }
  const bytes = await writeCaseWorkbook({
    model,
    project: { name: state.name, client: state.settings.client },
    settings: state.settings,
    period: state.period,
    files: session.project.sources
      .flatMap((source) => source.parts ?? [source])
      .map(({ path, seen }) => ({ name: path.split('/').at(-1) ?? path, rows: seen.rows, sha256: seen.sha256 })),
    ledger: state.ledger,
    choices: Object.fromEntries(state.choices.map((choice) => [choice.key, choice.chosen])),
    answers,
    versions: { app: appVersion, engine: `DuckDB ${duckdbVersion()}` },
    writtenAt: new Date().toISOString(),
  })
  return writeNewFile(to, bytes, replace)
}

/** What the report says of the case itself, before the analyses it rests on. */
const caseAnalyses = ['leverModel', 'scenarios', 'sensitivity'] as const

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
