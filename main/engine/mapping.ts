import { AppError } from '../../shared/errors'
import { nearestName } from '../../shared/nearestName'
import type { DeriveStep, MapRolesStep, Project, ReadColumn, Source, Step } from '../../shared/project'
import { findRole, rolesOf, type TableKind, tableKinds, type ViewName, viewColumns } from '../../shared/roles'

/** A source with the kind and roles in force. */
export interface MappedSource {
  readonly source: Source
  readonly kind: TableKind
  readonly roles: Readonly<Record<string, string | readonly string[]>>
}

/** The last mapRoles step of each source counts; formula columns are columns of their table. */
export function mappedSources(project: Project): MappedSource[] {
  return project.sources.map((source) => {
    const step = project.steps.findLast((candidate) => candidate.do === 'mapRoles' && candidate.source === source.name)
    const whole = withDerivedColumns(source, project.steps)
    return step?.do === 'mapRoles'
      ? { source: whole, kind: step.kind, roles: step.roles }
      : { source: whole, kind: 'other', roles: {} }
  })
}

function withDerivedColumns(source: Source, steps: readonly Step[]): Source {
  const derived = derivedOf(steps, source.name).map(derivedColumn)
  if (derived.length === 0) return source
  return { ...source, read: { ...source.read, columns: [...source.read.columns, ...derived] } }
}

/** The formula columns of a table, in the order in which they were added: each may use the ones before it. */
export function derivedOf(steps: readonly Step[], sourceName: string): DeriveStep[] {
  return steps.flatMap((step) => (step.do === 'derive' && step.source === sourceName ? [step] : []))
}

/** A formula column as a column of its table. */
export function derivedColumn({ name, type }: DeriveStep): ReadColumn {
  return {
    name,
    type,
    ...(type === 'decimal' ? { format: 'double' } : {}),
    ...(type === 'timestamp' ? { zone: 'report' } : {}),
  }
}

/** Option of each choice the analyst made, by key. */
export function choicesMade(project: Project): Map<string, string> {
  return new Map(project.steps.flatMap((step) => (step.do === 'choose' ? [[step.choice, step.option] as const] : [])))
}

export function columnOf(mapped: MappedSource, roleName: string): string | undefined {
  const column = mapped.roles[roleName]
  return typeof column === 'string' ? column : column?.[0]
}

export function columnsOf(mapped: MappedSource, roleName: string): readonly string[] {
  const column = mapped.roles[roleName]
  if (column === undefined) return []
  return typeof column === 'string' ? [column] : column
}

export function hasRole(sources: readonly MappedSource[], view: ViewName, roleName?: string): boolean {
  return sources.some(
    (mapped) => mapped.kind === view && (roleName === undefined || columnOf(mapped, roleName) !== undefined),
  )
}

export function isView(kind: TableKind): kind is ViewName {
  return kind in viewColumns
}

/**
 * Checks a wished mapping against the columns of a source and returns it with canonical names.
 * A role given as an empty text is taken away.
 */
export function checkRoles(
  sourceName: string,
  kind: TableKind,
  roles: Readonly<Record<string, string | readonly string[]>>,
  columns: readonly string[],
): Record<string, string | string[]> {
  const checked: Record<string, string | string[]> = {}
  for (const [spelling, wished] of Object.entries(roles)) {
    const role = findRole(kind, spelling)
    if (role === undefined) {
      throw new AppError('bad-parameter', `"${spelling}" is not a role of ${tableKinds[kind].toLowerCase()}.`, {
        hint: `Roles of ${kind}: ${rolesOf[kind].map(({ name }) => name).join(', ')}.`,
        where: { file: sourceName },
      })
    }
    const names = (typeof wished === 'string' ? [wished] : wished).filter((name) => name !== '')
    const found = names.map((name) => findColumn(sourceName, name, columns))
    if (role.many) {
      if (found.length > 0) checked[role.name] = found
    } else if (found[0] !== undefined) {
      checked[role.name] = found[0]
    }
  }
  return checked
}

function findColumn(sourceName: string, wished: string, columns: readonly string[]): string {
  const exact = columns.find((column) => column === wished) ?? columns.find((column) => same(column, wished))
  if (exact !== undefined) return exact
  const nearest = nearestName(wished, columns)
  throw new AppError('missing-column', `"${wished}" is not a column of ${sourceName}.`, {
    hint:
      nearest === undefined
        ? `Its columns: ${columns.join(', ')}.`
        : `Did you mean "${nearest}"? Its columns: ${columns.join(', ')}.`,
    where: { file: sourceName, column: wished },
  })
}

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()

/** Required roles of the kind that no column plays. */
export function missingRoles(kind: TableKind, roles: Readonly<Record<string, string | readonly string[]>>): string[] {
  return rolesOf[kind].filter((role) => role.required && roles[role.name] === undefined).map((role) => role.name)
}

export function mapStep(
  id: string,
  source: string,
  kind: TableKind,
  roles: Record<string, string | string[]>,
): MapRolesStep {
  return { id, do: 'mapRoles', source, kind, roles }
}

/** An id no step has: `s` and the next number. */
export function nextStepId(steps: readonly Step[]): string {
  const numbers = steps.map((step) => Number(/^s(\d+)$/.exec(step.id)?.[1] ?? 0))
  return `s${Math.max(0, ...numbers) + 1}`
}
