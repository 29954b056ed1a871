import type { ProjectState } from '../../shared/engineApi'
import { createFormatter } from '../../shared/format'
import { tableKinds } from '../../shared/roles'
import type { RecentProject } from '../../shared/shellApi'

/** "Online sales" from "/exports/Online_Sales.csv.gz". */
export function nameOf(path: string): string {
  const file = path.split(/[\\/]/).findLast((part) => part !== '') ?? path
  const words = file
    .replace(/\.(csv|tsv|txt|xlsx|xls|xlsm|ods|parquet|json|jsonl|ndjson)?(\.gz)?$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim()
  return words === '' ? file : words.charAt(0).toUpperCase() + words.slice(1)
}

/** Folders that say where files lie, not what they are. */
const placeNames =
  /^(downloads?|descargas|desktop|escritorio|documents?|documentos|my documents|files?|data|datos|exports?|uploads?|tmp|temp|shared|inbox|new folder)$/i

/** What several files are together: the name of the folder they share, else of the first of them. */
export function nameForFiles(paths: readonly string[]): string {
  const [first = '', ...others] = paths
  const parts = first.split(/[\\/]/).slice(0, -1)
  const isShared =
    others.length > 0 && others.every((path) => path.split(/[\\/]/).slice(0, -1).join('/') === parts.join('/'))
  const folder = parts.at(-1) ?? ''
  const isHome = /^(home|users)$/i.test(parts.at(-2) ?? '')
  return !isShared || folder === '' || isHome || placeNames.test(folder) ? nameOf(first) : nameOf(folder)
}

/** A folder for a new project; the time keeps it apart from an earlier one of the same name. */
export function newFolder(parent: string, name: string, now: Date = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
  const plain = name.replace(/[^\p{L}\p{N} ]+/gu, ' ').trim() || 'Project'
  return `${parent}${parent.includes('\\') ? '\\' : '/'}${plain} ${day} ${time}`
}

export const openChoices = (project: ProjectState): number =>
  project.choices.filter((choice) => choice.decidedBy === 'default').length

/** How the project reads in the list on the welcome screen. */
export function describeRecent(project: ProjectState, now: Date = new Date()): RecentProject {
  const format = createFormatter(project.settings)
  const main = project.sources.reduce<ProjectState['sources'][number] | undefined>(
    (largest, source) => (largest === undefined || source.rows > largest.rows ? source : largest),
    undefined,
  )
  const count = project.sources.length
  const files = `${format.count(count)} ${count === 1 ? 'table' : 'tables'}`
  const open = openChoices(project)
  return {
    folder: project.folder,
    name: project.name,
    summary:
      main === undefined ? files : `${files} · ${format.count(main.rows)} ${tableKinds[main.kind].toLowerCase()}`,
    ...stateOf(project, open),
    openedAt: now.toISOString(),
  }
}

function stateOf(project: ProjectState, open: number): Pick<RecentProject, 'state' | 'stateTone'> {
  if (open > 0) return { state: `${open} ${open === 1 ? 'choice' : 'choices'} open in Data`, stateTone: 'warn' }
  if (project.caseModel !== null) return { state: 'Business case saved', stateTone: 'ok' }
  if (project.ledger.balances) return { state: 'Ledger balances', stateTone: 'ok' }
  return { state: 'Ledger does not balance', stateTone: 'warn' }
}
