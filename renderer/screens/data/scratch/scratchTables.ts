import type { ProjectState } from '../../../../shared/engineApi'
import { type ViewName, viewColumns } from '../../../../shared/roles'

export interface ScratchTable {
  readonly title: string
  /** As it is written in a question. */
  readonly sql: string
  readonly note: string
  readonly columns: readonly string[]
}

/** What a question may name: the role views there are data for, saved views, and the tables as imported. */
export function scratchTables({ sources, views }: ProjectState): ScratchTable[] {
  const kinds = new Set<string>(sources.map(({ kind }) => kind))
  const roleViews = (Object.keys(viewColumns) as ViewName[]).filter((name) => kinds.has(name))
  return [
    ...roleViews.map((name) => ({
      title: name,
      sql: name,
      note: 'role view',
      columns: viewColumns[name].map(([column]) => column),
    })),
    ...views
      .filter(({ problem }) => problem === null)
      .map(({ name, columns }) => ({
        title: name,
        sql: quoted(name),
        note: 'saved view',
        columns: columns.map((column) => column.name),
      })),
    ...sources.map(({ name, columns }) => ({
      title: name,
      sql: `raw.${quoted(name)}`,
      note: 'as imported',
      columns: columns.map((column) => column.name),
    })),
  ]
}

/** Names that are not plain lower-case words stand in quotes. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** A first question to start from. */
export function firstQuestion(tables: readonly ScratchTable[]): string {
  const [table] = tables
  if (table === undefined) return 'SELECT 1 AS one'
  return table.title === 'orders'
    ? 'SELECT category, count(*) AS lines, sum(revenue) AS revenue\nFROM orders\nGROUP BY category\nORDER BY revenue DESC'
    : `SELECT *\nFROM ${table.sql}\nLIMIT 1000`
}
