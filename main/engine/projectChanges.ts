import type { CaseModel } from '../../shared/caseModel'
import type { TableDescription } from '../../shared/description'
import { AppError } from '../../shared/errors'
import type { Project, Settings, Source, Step } from '../../shared/project'
import type { ReadingWish } from '../../shared/readingWish'
import type { TableKind } from '../../shared/roles'
import { reread } from './importSources'
import { refuseLostIds } from './lostIds'
import { checkRoles, choicesMade, type MappedSource, mappedSources, mapStep, nextStepId } from './mapping'
import { kindAndRoles, withChoices } from './projectSteps'
import { wishesFor, withReadingWishes } from './readingWishes'
import { checkedSettings } from './settings'
import { type NewTable, recognitionAs, requireRoles } from './tables'

/** What a change starts from. */
export interface OpenProject {
  readonly project: Project
  readonly descriptions: ReadonlyMap<string, TableDescription>
}

/** A project as it shall be, and the tables that have to be read again for it. */
export interface Change {
  readonly project: Project
  readonly tables: readonly NewTable[]
}

type Roles = Readonly<Record<string, string | readonly string[]>>

/** @throws AppError `bad-parameter` when the project has no such table. */
export function sourceNamed(project: Project, name: string): MappedSource {
  const sources = mappedSources(project)
  const found = sources.find((mapped) => mapped.source.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  throw new AppError('bad-parameter', `There is no table "${name}" in this project.`, {
    hint: `Tables: ${sources.map((mapped) => mapped.source.name).join(', ')}.`,
  })
}

/** The source of a table without the columns that formulas add. @throws AppError `bad-parameter`. */
export function rawSource(project: Project, name: string): Source {
  const { name: known } = sourceNamed(project, name).source
  const source = project.sources.find((candidate) => candidate.name === known)
  if (source === undefined) throw new Error('the mapped sources are those of the project')
  return source
}

/** The project without a table and what was said about it. */
export function withoutSource(project: Project, name: string): Project {
  const { source } = sourceNamed(project, name)
  if (project.sources.length === 1) {
    throw new AppError('bad-parameter', 'The last table of a project cannot be removed.', {
      hint: 'Make a new project instead.',
    })
  }
  const isAbout = (step: Step): boolean =>
    ('source' in step && step.source === source.name) || (step.do === 'repair' && step.table === source.name)
  return {
    ...project,
    sources: project.sources.filter((candidate) => candidate.name !== source.name),
    steps: project.steps.filter((step) => !isAbout(step)),
  }
}

/**
 * The project with another kind or other roles for a table; without roles those that are recognised for the kind.
 * @throws AppError `missing-column`, `bad-parameter` when the roles do not fit the table.
 */
export function withRoles(
  { project, descriptions }: OpenProject,
  name: string,
  kind: TableKind,
  roles: Roles,
): Project {
  const { source, kind: before } = sourceNamed(project, name)
  const description = descriptions.get(source.name)
  const recognised = description === undefined ? undefined : recognitionAs(description, kind)?.roles
  const wished = Object.keys(roles).length > 0 || kind === before ? roles : (recognised ?? {})
  const columns = source.read.columns.map((column) => column.name)
  const checked = checkRoles(source.name, kind, wished, columns)
  requireRoles(source.name, { kind, roles: checked })
  if (description !== undefined) refuseLostIds(source.name, description, kind, checked)
  const others = project.steps.filter((step) => !(step.do === 'mapRoles' && step.source === source.name))
  return { ...project, steps: [...others, mapStep(nextStepId(project.steps), source.name, kind, checked)] }
}

/** Another reading of some columns; the table is read again from its file. */
export function withReading(
  { project, descriptions }: OpenProject,
  name: string,
  columns: Readonly<Record<string, ReadingWish | null>>,
): Change {
  const source = rawSource(project, name)
  return withReread(withReadingWishes(project, source, columns), descriptions, [source])
}

/** An answer to a question; tables whose reading it concerns are read again. */
export function withChoice({ project, descriptions }: OpenProject, choice: string, option: string): Change {
  const concerned = project.sources.filter(
    (source) => descriptions.get(source.name)?.choices.some((candidate) => candidate.key === choice) === true,
  )
  return withReread(withChoices(project, { [choice]: option }), descriptions, concerned)
}

function withReread(
  project: Project,
  descriptions: ReadonlyMap<string, TableDescription>,
  sources: readonly Source[],
): Change {
  const tables = sources.flatMap((source): NewTable[] => {
    const description = descriptions.get(source.name)
    if (description === undefined) return []
    const again = reread(source, description, choicesMade(project), wishesFor(project, source.name))
    return [{ description, source: again, ...kindAndRoles(project, source) }]
  })
  const again = new Map(tables.map(({ source }) => [source.name, source]))
  return { project: { ...project, sources: project.sources.map((source) => again.get(source.name) ?? source) }, tables }
}

export function withSettings(project: Project, changes: Partial<Settings>, name: string | undefined): Project {
  return { ...project, name: name ?? project.name, settings: checkedSettings({ ...project.settings, ...changes }) }
}

/** One business case a project. */
export function withCase(project: Project, model: CaseModel): Project {
  const others = project.steps.filter((step) => step.do !== 'case')
  return { ...project, steps: [...others, { id: nextStepId(project.steps), do: 'case', model }] }
}

/** The project with an answer that is kept; the same project when it is kept already. */
export function withAnalysis(project: Project, analysis: string, params: Record<string, unknown>): Project {
  const isSame = (step: Step): boolean =>
    step.do === 'analyse' && step.analysis === analysis && JSON.stringify(step.params) === JSON.stringify(params)
  if (project.steps.some(isSame)) return project
  return { ...project, steps: [...project.steps, { id: nextStepId(project.steps), do: 'analyse', analysis, params }] }
}
