import type { LayoutPreview } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import { type LayoutWish, lastHeaderRow, wishesLayout } from '../../shared/layoutWish'
import type { LayOutStep, Project, Source, Step } from '../../shared/project'
import type { CallContext } from '../../shared/rpc'
import { Database } from './database'
import { identifyFile } from './import/identifyFile'
import { previewSheet } from './import/previewSheet'
import { previewText } from './import/previewText'
import { reread } from './importSources'
import { choicesMade, derivedOf, mapStep, nextStepId } from './mapping'
import type { Change } from './projectChanges'
import { kindAndRoles } from './projectSteps'
import { wishesFor } from './readingWishes'
import { describeAnew } from './redescribe'
import { databaseOptions, type SessionOptions } from './sessionOptions'
import type { NewTable } from './tables'

/** The project with a wish about how the file of a table is cut; null takes it back. */
function withLayout(project: Project, source: string, layout: LayoutWish | null): Project {
  const others = project.steps.filter((step) => !(step.do === 'layOut' && step.source === source))
  if (layout === null || !wishesLayout(layout)) return { ...project, steps: others }
  const step: LayOutStep = { id: nextStepId(project.steps), do: 'layOut', source, layout }
  return { ...project, steps: [...others, step] }
}

/**
 * Describes the file of a table anew, cut as wished. Its mapping stays where every column of it is still there and is
 * recognised anew where not; what was said about columns that are gone goes with them.
 * @throws AppError `bad-file` when the file is no table so.
 */
export async function withNewLayout(
  folder: string,
  project: Project,
  source: Source,
  layout: LayoutWish | null,
  options: SessionOptions,
  context: CallContext,
): Promise<Change> {
  const wished = withLayout(project, source.name, layout)
  const described = await describeAnew(folder, wished, source, options, context)
  const table = withKnownRoles(project, source, described)
  const columns = new Set(table.description.columns.map(({ name }) => name))
  const steps = wished.steps.flatMap((step) => stepFor(step, table, columns))
  const next = { ...wished, steps }
  const again = reread(table.source, table.description, choicesMade(next), wishesFor(next, source.name))
  const sources = project.sources.map((one) => (one.name === source.name ? again : one))
  return { project: { ...next, sources }, tables: [{ ...table, source: again }] }
}

/** The table as it was mapped before, where its roles still have their columns. */
function withKnownRoles(project: Project, source: Source, table: NewTable): NewTable {
  const { kind, roles } = kindAndRoles(project, source)
  const computed = derivedOf(project.steps, source.name).map(({ name }) => name)
  const present = new Set([...table.description.columns.map(({ name }) => name), ...computed])
  const played = Object.values(roles).flat()
  return played.length > 0 && played.every((column) => present.has(column)) ? { ...table, kind, roles } : table
}

/** What becomes of a step when its table has other columns. */
function stepFor(step: Step, { source, kind, roles }: NewTable, columns: ReadonlySet<string>): Step[] {
  if (step.do === 'mapRoles' && step.source === source.name) return [mapStep(step.id, source.name, kind, roles)]
  if (step.do === 'repair' && step.table === source.name)
    return step.column === null || columns.has(step.column) ? [step] : []
  if (step.do !== 'readAs' || step.source !== source.name) return [step]
  const kept = Object.entries(step.columns).filter(([column]) => columns.has(column))
  return kept.length === 0 ? [] : [{ ...step, columns: Object.fromEntries(kept) }]
}

/**
 * The first rows of a file as they would be cut.
 * @throws AppError `bad-parameter` for files that are not cut by hand (Parquet, JSON), `bad-file`.
 */
export async function previewLayout(
  path: string,
  sheet: string | null,
  layout: LayoutWish,
  options: SessionOptions,
  context: CallContext,
): Promise<LayoutPreview> {
  const identity = await identifyFile(path)
  switch (identity.format) {
    case 'csv':
      return previewText(identity, layout, lastHeaderRow, context.signal)
    case 'xlsx':
    case 'oldWorkbook': {
      const { format } = identity
      const database = await Database.open({ ...databaseOptions(options), path: ':memory:', locked: false })
      try {
        return await database.withConnection((connection) =>
          previewSheet(path, format, sheet ?? undefined, layout, lastHeaderRow, {
            connection,
            signal: context.signal,
            tempFolder: options.tempFolder,
            onProgress: context.onProgress,
          }),
        )
      } finally {
        database.close()
        await database.closed
      }
    }
    case 'parquet':
    case 'json':
      throw new AppError('bad-parameter', `${identity.fileName} says itself where its columns are.`, {
        hint: 'Only text files and workbooks can be cut in another way.',
        where: { file: path },
      })
    default:
      return identity.format satisfies never
  }
}
