import { countedUnit } from '../../shared/countedUnit'
import type { FindingState } from '../../shared/description'
import type { ProjectState } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import { findingActions } from '../../shared/findingActions'
import { createFormatter } from '../../shared/format'
import { nearestName } from '../../shared/nearestName'
import type { Page } from '../../shared/tableAnswers'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  { name: 'do', value: 'ACTION', about: `decide about it: ${findingActions.join(', ')}` },
  { name: 'reopen', about: 'take the decision back' },
  { name: 'rows', value: 'N', about: 'show the first N rows it concerns, as they stand in the file' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'findings PROJECT [TABLE FINDING [COLUMN]] [--do ACTION] [--reopen] [--rows N] [--json]'

export const findingsCommand: Command = {
  name: 'findings',
  usage,
  about: `What is worth knowing about the data, serious ones first, and what was decided about it. Nothing is changed
before a decision: keep leaves everything as it is, leaveOut leaves the rows out, clear empties the cells, fix puts them
right as the finding proposes. Decisions are steps: they hold for other files too, and can be taken back.`,
  flags,
  examples: [
    'findings shop',
    'findings shop orders repeatedLines --do leaveOut',
    'findings shop sales exchangedDays Date --rows 10',
    'findings shop sales exchangedDays Date --reopen',
  ],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 4 }, usage)
    const [folder = '', table, id, column] = parsed.places
    const context = commandContext()
    let state = await localEngine().openProject({ folder }, context)
    const named = table === undefined ? undefined : findingNamed(state, table, id, column)
    const action = one(parsed, 'do')
    let page: Page | undefined
    if (named !== undefined) {
      if (has(parsed, 'reopen')) state = await localEngine().reopenFinding(named, context)
      if (action !== undefined)
        state = await localEngine().acceptFinding({ ...named, action: actionNamed(action) }, context)
      const rows = one(parsed, 'rows')
      if (rows !== undefined)
        page = await localEngine().readFindingRows({ ...named, offset: 0, limit: Number(rows) }, context)
    } else if (action !== undefined || has(parsed, 'reopen') || one(parsed, 'rows') !== undefined) {
      throw new AppError('bad-parameter', 'Which finding?', { hint: `Usage: ${usage}` })
    }
    const shown =
      named === undefined
        ? state.findings
        : state.findings.filter(
            (finding) => finding.table === named.table && finding.id === named.id && finding.column === named.column,
          )
    if (has(parsed, 'json')) {
      printJson({ findings: shown, ledger: state.ledger, ...(page === undefined ? {} : { rows: page }) })
      return 0
    }
    if (shown.length === 0) printLine('Nothing to report about these files.')
    printFindings(state, shown)
    if (page !== undefined) {
      printLine(page.columns.map(({ name }) => name).join('\t'))
      for (const row of page.rows) printLine(row.map((value) => (value === null ? '' : String(value))).join('\t'))
    }
    return 0
  },
}

function findingNamed(
  state: ProjectState,
  table: string,
  id: string | undefined,
  column: string | undefined,
): Pick<FindingState, 'table' | 'id' | 'column'> {
  const ofTable = state.findings.filter((finding) => finding.table === table)
  const found = ofTable.filter((finding) => finding.id === id && (column === undefined || finding.column === column))
  const [first, second] = found
  if (first !== undefined && second === undefined) return { table, id: first.id, column: first.column }
  const nearest = nearestName(
    id ?? '',
    ofTable.map((finding) => finding.id),
  )
  throw new AppError(
    'bad-parameter',
    first === undefined
      ? `There is no finding "${id ?? ''}"${column === undefined ? '' : ` of the column ${column}`} in ${table}.`
      : `Several columns of ${table} have the finding "${first.id}".`,
    {
      hint:
        first === undefined
          ? nearest === undefined
            ? `Findings: ${state.findings.map((finding) => `${finding.table} ${finding.id}`).join(', ')}.`
            : `Did you mean "${nearest}"?`
          : `Name the column: ${found.map((finding) => finding.column ?? '').join(', ')}.`,
    },
  )
}

function actionNamed(text: string): (typeof findingActions)[number] {
  const found = findingActions.find((action) => action === text)
  if (found !== undefined) return found
  throw new AppError('bad-parameter', `There is no action "${text}".`, {
    hint: `Actions: ${findingActions.join(', ')}.`,
  })
}

function printFindings(state: ProjectState, findings: readonly FindingState[]): void {
  const format = createFormatter(state.settings)
  for (const finding of findings) {
    const mark = { serious: '!!', warning: '!', info: '·' }[finding.severity]
    const period = finding.period ? ` from ${finding.period.from} to ${finding.period.to}` : ''
    const examples = finding.examples.length === 0 ? '' : ` (${finding.examples.slice(0, 3).join(', ')})`
    printLine(
      `${mark} ${finding.table} ${finding.id}${finding.column === null ? '' : ` ${finding.column}`}: ${finding.title}, ${countedUnit(finding.count, finding.unit, format)}${period}${examples}. ${finding.treatment}`,
    )
    printLine(
      finding.accepted === null
        ? `   can be decided: ${finding.actions.join(', ')}${finding.fix ? ` (fix: ${finding.fix.label})` : ''}`
        : `   decided: ${finding.accepted}`,
    )
  }
}
