import { countedUnit } from '../../shared/countedUnit'
import type { ProjectState } from '../../shared/engineApi'
import { createFormatter } from '../../shared/format'
import { tableKinds } from '../../shared/roles'
import { printLine } from './output'

/** A project for a terminal. */
export function printProject(state: ProjectState): void {
  const format = createFormatter(state.settings)
  printLine(state.headline)
  for (const source of state.sources) {
    const roles = Object.entries(source.roles).map(
      ([role, column]) => `${role}=${typeof column === 'string' ? column : column.join('+')}`,
    )
    printLine(
      `  ${source.name}: ${tableKinds[source.kind].toLowerCase()}, ${countedUnit(source.rows, 'rows', format)}; ${roles.join(', ')}`,
    )
  }
  const { ledger } = state
  const removed = ledger.entries
    .filter((entry) => entry.effect === 'removed')
    .map((entry) => `− ${format.count(entry.rows)} ${entry.label}`)
  printLine(
    `Ledger: ${countedUnit(ledger.rowsIn, ledger.unit, format)} in ${removed.join(' ')} = ${format.count(ledger.rowsUsed)} used${ledger.balances ? '' : ' (does not balance)'}`,
  )
  for (const entry of ledger.entries) {
    if (entry.effect === 'noted' && entry.rows > 0)
      printLine(`  ${countedUnit(entry.rows, ledger.unit, format)} ${entry.label}`)
  }
  for (const finding of state.findings.filter(({ severity, accepted }) => severity !== 'info' && accepted === null)) {
    const examples = finding.examples.length === 0 ? '' : ` (${finding.examples.slice(0, 3).join(', ')})`
    printLine(
      `${finding.severity === 'serious' ? '!!' : '!'} ${finding.table}: ${finding.title}, ${countedUnit(finding.count, finding.unit, format)}${examples}. ${finding.treatment}`,
    )
  }
  printChoices(state)
}

export function printChoices(state: ProjectState): void {
  const format = createFormatter(state.settings)
  for (const choice of state.choices) {
    printLine(`? ${choice.key}: ${choice.question}`)
    for (const option of choice.options) {
      const mark = option.key === choice.chosen ? '*' : ' '
      printLine(
        `  ${mark} ${option.key.padEnd(24)} ${(option.total === null ? '' : format.cents(option.total)).padStart(16)}  ${option.rule}`,
      )
    }
  }
}
