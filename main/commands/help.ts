import { commands } from '.'
import type { Command } from './command'

export function overallHelp(): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  return `Casebook: from local files to a business case.

Usage: casebook COMMAND … [--json]

${commands.map((command) => `  ${command.name.padEnd(width)}  ${command.about}`).join('\n')}

casebook COMMAND --help says more. Standard output carries the answer only.
Exit codes: 0 done, 2 bad parameter, 3 file, column or open choice, 4 not enough data,
5 query failed, 6 out of memory, 7 project too new, 8 project open elsewhere, 130 cancelled, 1 internal.
`
}

export function commandHelp(command: Command): string {
  const names = command.flags.map((flag) => `--${flag.name}${flag.value === undefined ? '' : ` ${flag.value}`}`)
  const width = Math.max(0, ...names.map((name) => name.length))
  const flags = command.flags.map(
    (flag, index) =>
      `  ${(names[index] ?? '').padEnd(width)}  ${flag.about}${flag.repeats ? ' (may be repeated)' : ''}`,
  )
  return `Usage: casebook ${command.usage}

${command.about}
${flags.length === 0 ? '' : `\n${flags.join('\n')}\n`}${command.examples.length === 0 ? '' : `\nExamples:\n${command.examples.map((example) => `  casebook ${example}`).join('\n')}\n`}`
}
