import type { AnalysisAnswer } from '../../shared/analysis'
import type { ReplayAnswer } from '../../shared/engineApi'
import type { CallContext } from '../../shared/rpc'
import { expandHome } from './expandHome'
import type { ProjectSession } from './projectSession'

/** Figures that a rerun is compared by. */
async function keyFigures(
  session: ProjectSession,
  run: (id: string, params: Record<string, unknown>) => Promise<AnalysisAnswer>,
): Promise<Map<string, number>> {
  const figures = new Map<string, number>()
  for (const mapped of session.mapped) figures.set(`${mapped.source.name}: rows`, mapped.source.seen.rows)
  const { size, ledger } = session.derived
  if (size !== null) {
    figures.set('customers', size.customers)
    figures.set('orders', size.orders)
  }
  if (ledger.grossOut !== null) figures.set('gross', ledger.grossOut)
  const revenue = session.choices().find((choice) => choice.key === 'revenueView')
  const total = revenue?.options.find((option) => option.key === revenue.chosen)?.total
  if (total !== undefined && total !== null) figures.set('revenue', total)
  for (const kept of session.state().kept) {
    const answer = await run(kept.analysis, kept.params)
    for (const block of answer.report.blocks) {
      if (block.kind !== 'metrics') continue
      for (const item of block.items)
        if (typeof item.value === 'number') figures.set(`${answer.title}: ${item.label}`, item.value)
    }
  }
  return figures
}

/** Runs the recipe of a project again, on other files where given, and says what its key figures were and are. */
export async function replayProject(
  session: ProjectSession,
  sources: Readonly<Record<string, string | readonly string[]>>,
  run: (id: string, params: Record<string, unknown>) => Promise<AnalysisAnswer>,
  context: CallContext,
): Promise<ReplayAnswer> {
  const before = await keyFigures(session, run)
  const notes = await session.replay(
    Object.fromEntries(Object.entries(sources).map(([name, paths]) => [name, [paths].flat().map(expandHome)])),
    context,
  )
  const after = await keyFigures(session, run)
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return {
    state: session.state(),
    notes,
    differences: names.map((figure) => ({
      figure,
      before: before.get(figure) ?? null,
      after: after.get(figure) ?? null,
    })),
  }
}
