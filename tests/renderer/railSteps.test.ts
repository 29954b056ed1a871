import { expect, test } from 'vitest'
import { railSteps } from '../../renderer/frame/railSteps'
import type { AnalysisListing, ProjectState } from '../../shared/engineApi'
import { settingsSchema } from '../../shared/project'

const project: ProjectState = {
  folder: '/projects/shop',
  name: 'Shop',
  settings: settingsSchema.parse({}),
  period: null,
  headline: '',
  sources: [],
  views: [],
  choices: [],
  findings: [],
  ledger: {
    view: 'orders',
    unit: 'lines',
    rowsIn: 0,
    entries: [],
    rowsUsed: 0,
    grossIn: null,
    grossOut: null,
    balances: true,
  },
  caseModel: null,
  kept: [],
  canUndo: false,
  canRedo: false,
  stepCount: 0,
  savedAt: '2026-01-01T00:00:00.000Z',
}

const listing = (id: string, available: boolean): AnalysisListing => ({
  id,
  group: 'explore',
  theme: 'business',
  title: id,
  question: '',
  needs: [],
  params: {},
  available,
  missing: available ? null : 'needs spend',
})

const step = (name: string, state: ProjectState | null, listings: readonly AnalysisListing[] = []) =>
  railSteps(state, listings).find((one) => one.name === name)

test('an open choice asks for attention before anything else', () => {
  const choice = { key: 'a', question: '', why: '', options: [], chosen: 'x' }
  const asking = { ...project, choices: [{ ...choice, decidedBy: 'default' as const }] }
  expect(step('Data', asking)).toMatchObject({ state: 'need', line: '1 choice open' })
  const decided = { ...project, choices: [{ ...choice, decidedBy: 'analyst' as const }] }
  expect(step('Data', decided)).toMatchObject({ state: 'done', line: '0 tables, ledger balances' })
})

test('a ledger that does not balance is never done', () => {
  const broken = { ...project, ledger: { ...project.ledger, balances: false } }
  expect(step('Data', broken)).toMatchObject({ state: 'need', line: 'Ledger does not balance' })
})

test('questions count as ready, kept answers as done', () => {
  const listings = [listing('overview', true), listing('spend', false)]
  expect(step('Explore', project, listings)).toMatchObject({ state: 'open', line: '1 of 2 questions ready' })
  const kept = { ...project, kept: [{ analysis: 'overview', params: {} }] }
  expect(step('Explore', kept, listings)).toMatchObject({ state: 'done', line: '1 result kept' })
})

test('steps of a later version cannot be opened and say why', () => {
  for (const name of ['Model', 'Operate']) {
    expect(step(name, project)).toMatchObject({
      state: 'absent',
      screen: null,
      reason: expect.stringContaining('not in'),
    })
  }
})
