import { basename } from 'node:path'
import type { Finding, TableDescription } from '../../shared/description'
import type { ProjectState, SourceState } from '../../shared/engineApi'
import type { Project, Settings, Source } from '../../shared/project'
import { withoutContactCells } from './contacts'
import type { Derived } from './derived'
import { describeReading } from './describeReading'
import { writeHeadline } from './headline'
import { derivedOf, type MappedSource, mappedSources } from './mapping'
import { allChoices } from './projectChoices'
import { fromStoredPath } from './projectFile'
import { layoutFor } from './projectSteps'
import { wishesFor } from './readingWishes'
import { withDecisions } from './repairs'
import { roleOf } from './tablePages'
import { recognitionAs } from './tables'
import type { SourceProblem } from './watchSources'

interface OpenProject {
  readonly folder: string
  readonly project: Project
  readonly derived: Derived
  readonly descriptions: ReadonlyMap<string, TableDescription>
  readonly problems: ReadonlyMap<string, SourceProblem>
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly savedAt: Date
}

/** Everything the frame and the Data screen show of an open project. */
export function describeProject(open: OpenProject): ProjectState {
  const { folder, project, derived, descriptions } = open
  const sources = mappedSources(project)
  const caseStep = project.steps.findLast((step) => step.do === 'case')
  return {
    folder,
    name: project.name,
    settings: project.settings,
    period: derived.period,
    headline: writeHeadline(sources, derived, project.settings),
    sources: sources.map((mapped) => describeSource(mapped, open)),
    views: derived.views,
    choices: allChoices(project, derived, descriptions),
    findings: withDecisions(
      withoutContactCells(
        onceEach([
          ...derived.findings,
          ...project.sources.flatMap((source) =>
            (descriptions.get(source.name)?.findings ?? []).map((finding) =>
              zoneInForce(finding, source, project.settings),
            ),
          ),
        ]),
        sources,
      ),
      project,
    ),
    ledger: derived.ledger,
    caseModel: caseStep?.do === 'case' ? caseStep.model : null,
    kept: project.steps.flatMap((step) =>
      step.do === 'analyse' ? [{ analysis: step.analysis, params: step.params }] : [],
    ),
    canUndo: open.canUndo,
    canRedo: open.canRedo,
    stepCount: project.steps.length,
    savedAt: open.savedAt.toISOString(),
  }
}

/** Serious ones first. A table by itself and the project as a whole may tell the same of a column. */
function onceEach(findings: readonly Finding[]): Finding[] {
  const known = new Map(
    findings.toReversed().map((finding) => [`${finding.id} ${finding.table} ${finding.column}`, finding]),
  )
  return findings
    .filter((finding) => known.get(`${finding.id} ${finding.table} ${finding.column}`) === finding)
    .sort((one, other) => rank[one.severity] - rank[other.severity])
}

const rank: Readonly<Record<Finding['severity'], number>> = { serious: 0, warning: 1, info: 2 }

/** What happens to the clocks of a column follows from the settings, not from the file. */
function zoneInForce(finding: Finding, source: Source, { reportZone, dataZone }: Settings): Finding {
  if (finding.id !== 'timeZone') return finding
  const isUtc = source.read.columns.find(({ name }) => name === finding.column)?.zone === 'utc'
  if (reportZone === null) {
    const kept = isUtc ? 'Clock as written (UTC)' : 'Clocks as written, whatever their zone'
    return { ...finding, treatment: `${kept}. Choose a report time zone to read the hours of a place` }
  }
  const others = isUtc ? '' : dataZone === null ? '; clocks without a zone stay as written' : `; others are ${dataZone}`
  return { ...finding, treatment: `Shown on the clock of ${reportZone}${others}` }
}

function layoutOf(source: Source, folder: string, project: Project): SourceState['layout'] {
  const [first = source] = source.parts ?? []
  const { format, headerRow } = source.read
  if (format === 'parquet' || format === 'json') return null
  return {
    path: fromStoredPath(folder, first.path),
    headerRow,
    wish: layoutFor(project, source.name) ?? null,
  }
}

function describeSource(mapped: MappedSource, { folder, project, descriptions, problems }: OpenProject): SourceState {
  const { source, kind, roles } = mapped
  const description = descriptions.get(source.name)
  const recognition = description === undefined ? undefined : recognitionAs(description, kind)
  const path = fromStoredPath(folder, source.path)
  const problem = problems.get(source.name)
  return {
    name: source.name,
    fileName: basename(path),
    path,
    sheet: source.read.sheet ?? null,
    kind,
    confidence: recognition?.confidence ?? 1,
    reason: recognition?.reason ?? 'Chosen by the analyst',
    alternatives:
      description === undefined
        ? []
        : [description.recognised, ...description.alternatives].filter((candidate) => candidate.kind !== kind),
    roles,
    rows: source.seen.rows,
    columns: source.read.columns.map((column) => ({
      name: column.name,
      type: column.type,
      role: roleOf(mapped, column.name),
      formula: derivedOf(project.steps, source.name).find(({ name }) => name === column.name)?.formula ?? null,
      format: column.format ?? null,
      decimal: column.decimal ?? '.',
      wish: wishesFor(project, source.name)[column.name] ?? null,
    })),
    reading: describeReading(source, description),
    problem: problem?.kind ?? null,
    problemNote: problem?.note ?? null,
    readAt: source.seen.readAt ?? null,
    layout: layoutOf(source, folder, project),
    parts: (source.parts ?? []).map((part) => ({ fileName: basename(part.path), rows: part.seen.rows })),
  }
}
