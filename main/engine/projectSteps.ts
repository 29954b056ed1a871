import type { LayoutWish } from '../../shared/layoutWish'
import type { LayOutStep, Project, Source } from '../../shared/project'
import type { TableKind } from '../../shared/roles'
import { mapStep, nextStepId } from './mapping'
import { type NewTable, requireRoles } from './tables'

export function kindAndRoles(
  project: Project,
  source: Source,
): { kind: TableKind; roles: Record<string, string | string[]> } {
  const step = project.steps.findLast((candidate) => candidate.do === 'mapRoles' && candidate.source === source.name)
  return step?.do === 'mapRoles' ? { kind: step.kind, roles: step.roles } : { kind: 'other', roles: {} }
}

/** How the file of a table is to be cut, where that was said. */
export function layoutFor(project: Project, source: string): LayoutWish | undefined {
  return project.steps.find((step): step is LayOutStep => step.do === 'layOut' && step.source === source)?.layout
}

/** The project with the tables as sources, each with its mapping. */
export function addTables(project: Project, tables: readonly NewTable[]): Project {
  const sources = [...project.sources]
  const steps = [...project.steps]
  for (const table of tables) {
    requireRoles(table.source.name, table)
    sources.push(table.source)
    if (table.layout !== undefined)
      steps.push({ id: nextStepId(steps), do: 'layOut', source: table.source.name, layout: table.layout })
    steps.push(mapStep(nextStepId(steps), table.source.name, table.kind, table.roles))
  }
  return { ...project, sources, steps }
}

/** One step a choice: the last answer stands. */
export function withChoices(project: Project, choices: Readonly<Record<string, string>>): Project {
  const steps = project.steps.filter((step) => !(step.do === 'choose' && step.choice in choices))
  for (const [choice, option] of Object.entries(choices)) {
    steps.push({ id: nextStepId([...project.steps, ...steps]), do: 'choose', choice, option })
  }
  return { ...project, steps }
}
