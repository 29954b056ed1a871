import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEngine } from '../../main/engine/engine'
import type { AnalysisAnswer } from '../../shared/analysis'
import type { ProjectState } from '../../shared/engineApi'
import type { SourceInput } from '../../shared/engineInputs'
import type { TableKind } from '../../shared/roles'
import type { CallContext } from '../../shared/rpc'

type Cell = string | number | null | undefined
type Row = Readonly<Record<string, Cell>>

/** One order line as a file would hold it, by role; a role no line has is no column of the file. */
export interface FileLine extends Row {
  readonly customer?: string | null
  readonly order?: string | null
  /** Day, or day and time; anything else is a line without a readable date. */
  readonly orderedAt: string
  readonly product?: string
  readonly description?: string
  readonly category?: string
  readonly quantity?: number
  readonly unitPrice?: number | null
  readonly revenue?: number
  readonly delivery?: number | null
  readonly couponState?: string | null
}

/** Other files of the project. Rates and months are written as they stand: `10`, `0.10`, `'10%'`, `'Enero'`. */
export interface ProjectExtras {
  /** Further files of order lines, in order. */
  readonly moreLines?: readonly (readonly FileLine[])[]
  readonly coupons?: readonly {
    readonly month: string | number
    readonly category: string
    readonly discountRate: Cell
    readonly couponCode?: string
  }[]
  readonly tax?: readonly { readonly category: string; readonly taxRate: Cell }[]
  readonly customers?: readonly { readonly customer: string; readonly tenureMonths: number }[]
  readonly spend?: readonly { readonly date: string; readonly source: string; readonly cost: number }[]
  readonly visits?: readonly { readonly customer: string; readonly startedAt: string }[]
  readonly choices?: Readonly<Record<string, string>>
}

export interface LinesProject {
  /** Ledger, choices and findings as the project was made. */
  readonly state: ProjectState
  choose(choice: string, option: string): Promise<ProjectState>
  run(id: string, params?: Record<string, unknown>): Promise<AnalysisAnswer>
  /** Rows of a question over the role views and the raw tables. */
  rows(question: string): Promise<readonly (readonly unknown[])[]>
  close(): void
}

const quiet = (): CallContext => ({ signal: new AbortController().signal, onProgress: () => undefined })

/** A project over files written for one test, read and joined by the engine itself; closed when the test ends. */
export async function linesProject(lines: readonly FileLine[], extras: ProjectExtras = {}): Promise<LinesProject> {
  const project = await openLines(lines, extras)
  onTestFinished(() => project.close())
  return project
}

/** The same for several tests: the caller closes it. */
export async function openLines(lines: readonly FileLine[], extras: ProjectExtras = {}): Promise<LinesProject> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-lines-'))
  const engine = createEngine({ tempFolder: join(folder, 'temp'), threads: 1 })
  const close = (): void => {
    engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const { choices = {}, moreLines = [], ...tables } = extras
  const files: readonly (readonly [string, TableKind, readonly Row[]])[] = [
    ['orders', 'orders', lines],
    ...moreLines.map((more, index) => [`orders${index + 2}`, 'orders', more] as const),
    ...(Object.keys(tables) as (keyof typeof tables)[]).map((kind) => [kind, kind, tables[kind] ?? []] as const),
  ]
  mkdirSync(join(folder, 'files'))
  try {
    const state = await engine.handlers.createProject(
      {
        folder: join(folder, 'project'),
        name: 'Lines',
        sources: files.map(([name, kind, rows]) => writeSource(join(folder, 'files'), name, kind, rows)),
        choices,
      },
      quiet(),
    )
    return {
      state,
      choose: (choice, option) => engine.handlers.choose({ choice, option }, quiet()),
      run: (id, params = {}) => engine.handlers.runAnalysis({ id, params }, quiet()),
      rows: async (question) => (await engine.handlers.runSql({ sql: question }, quiet())).rows,
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

/** A CSV whose columns are named as their roles. */
function writeSource(folder: string, name: string, kind: TableKind, rows: readonly Row[]): SourceInput {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const path = join(folder, `${name}.csv`)
  const text = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
  writeFileSync(path, `${text.map((cells) => cells.map(quoted).join(',')).join('\n')}\n`)
  return { name, path, kind, roles: Object.fromEntries(columns.map((column) => [column, column])) }
}

const quoted = (cell: Cell): string => `"${String(cell).replaceAll('"', '""')}"`
