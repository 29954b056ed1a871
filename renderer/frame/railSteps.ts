import type { AnalysisListing, ProjectState } from '../../shared/engineApi'
import type { ScreenName } from '../state/navigationStore'
import { openChoices } from '../state/projectNames'

export interface RailStep {
  readonly name: string
  /** Null where there is nothing to open yet. */
  readonly screen: ScreenName | null
  readonly state: 'open' | 'done' | 'need' | 'absent'
  readonly line: string
  /** Why it cannot be opened. */
  readonly reason: string | null
}

/** The guided path: what is done, what waits for a choice, what the data make possible. */
export function railSteps(project: ProjectState | null, listings: readonly AnalysisListing[]): readonly RailStep[] {
  const ofGroup = (group: AnalysisListing['group']): readonly AnalysisListing[] =>
    listings.filter((listing) => listing.group === group)
  const kept = (group: AnalysisListing['group']): number =>
    (project?.kept ?? []).filter((step) => ofGroup(group).some((listing) => listing.id === step.analysis)).length
  return [
    dataStep(project),
    questionStep('Explore', 'explore', ofGroup('explore'), kept('explore')),
    absent('Model', 'Predicting who will buy is not in this version yet.'),
    questionStep('Segment', 'segment', ofGroup('segment'), kept('segment')),
    caseStep(project),
    absent('Operate', 'Repeating the work on a later file is not in this version yet.'),
  ]
}

function dataStep(project: ProjectState | null): RailStep {
  const step = { name: 'Data', screen: 'data', reason: null } as const
  if (project === null) return { ...step, state: 'open', line: 'Reading…' }
  const open = openChoices(project)
  if (open > 0) return { ...step, state: 'need', line: `${open} ${open === 1 ? 'choice' : 'choices'} open` }
  const tables = `${project.sources.length} ${project.sources.length === 1 ? 'table' : 'tables'}`
  return project.ledger.balances
    ? { ...step, state: 'done', line: `${tables}, ledger balances` }
    : { ...step, state: 'need', line: 'Ledger does not balance' }
}

function questionStep(
  name: string,
  screen: ScreenName,
  listings: readonly AnalysisListing[],
  keptCount: number,
): RailStep {
  const ready = listings.filter((listing) => listing.available).length
  const results = `${keptCount} ${keptCount === 1 ? 'result' : 'results'} kept`
  const questions = `${ready} of ${listings.length} questions ready`
  return {
    name,
    screen,
    reason: null,
    state: keptCount > 0 ? 'done' : 'open',
    line: keptCount > 0 ? results : listings.length === 0 ? 'Nothing to ask yet' : questions,
  }
}

function caseStep(project: ProjectState | null): RailStep {
  const model = project?.caseModel ?? null
  const step = { name: 'Business case', screen: 'case', reason: null } as const
  if (model === null) return { ...step, state: 'open', line: 'What is it worth?' }
  const count = model.initiatives.filter((initiative) => initiative.status !== 'rejected').length
  return { ...step, state: 'done', line: `${count} ${count === 1 ? 'initiative' : 'initiatives'}` }
}

const absent = (name: string, reason: string): RailStep => ({
  name,
  screen: null,
  state: 'absent',
  line: 'Not in this version yet',
  reason,
})
