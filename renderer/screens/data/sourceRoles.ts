import type { SourceState } from '../../../shared/engineApi'
import { rolesOf, type TableKind } from '../../../shared/roles'

export type RoleMap = Readonly<Record<string, string | readonly string[]>>

/** The roles of a table in the analyst's words, in the order of its kind. */
export function roleTags({ kind, roles }: Pick<SourceState, 'kind' | 'roles'>): readonly string[] {
  return rolesOf[kind].filter(({ name }) => columnsOf(roles[name]).length > 0).map(({ label }) => label.toLowerCase())
}

export function missingRoles(kind: TableKind, roles: RoleMap): readonly string[] {
  return rolesOf[kind]
    .filter(({ name, required }) => required && columnsOf(roles[name]).length === 0)
    .map(({ label }) => label.toLowerCase())
}

/** The roles a table would have as another kind: recognised ones, else those of the same name. */
export function rolesAs(source: SourceState, kind: TableKind): Record<string, string | string[]> {
  const recognised = source.alternatives.find((other) => other.kind === kind)?.roles
  const known = new Set(rolesOf[kind].map(({ name }) => name))
  const kept = Object.entries(recognised ?? source.roles).filter(([name]) => known.has(name))
  return toInput(Object.fromEntries(kept))
}

export function toInput(roles: RoleMap): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(roles)
      .filter(([, columns]) => columnsOf(columns).length > 0)
      .map(([name, columns]) => [name, typeof columns === 'string' ? columns : [...columns]]),
  )
}

export function columnsOf(columns: string | readonly string[] | undefined): readonly string[] {
  if (columns === undefined || columns === '') return []
  return typeof columns === 'string' ? [columns] : columns
}
