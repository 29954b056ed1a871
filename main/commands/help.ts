import { commands } from '.'
import type { Command } from './command'
import { engineFlags } from './engineWords'
import type { Flag } from './words'

export function overallHelp(): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  return `Casebook: from local files to a business case.

Usage: casebook COMMAND … [--json]

${commands.map((command) => `  ${command.name.padEnd(width)}  ${command.about}`).join('\n')}

Options of every command:
${flagLines(engineFlags)}

casebook COMMAND --help says more. Standard output carries the answer only.
Exit codes: 0 done, 2 bad parameter, 3 file, column or open choice, 4 not enough data,
5 query failed, 6 out of memory, 7 project too new, 8 project open elsewhere, 130 cancelled, 1 internal.
`
}

export function commandHelp(command: Command): string {
  const flags = flagLines([...command.flags, ...engineFlags])
  return `Usage: casebook ${command.usage}

${command.about}

${flags}
${command.examples.length === 0 ? '' : `\nExamples:\n${command.examples.map((example) => `  casebook ${example}`).join('\n')}\n`}`
}

function flagLines(flags: readonly Flag[]): string {
  const names = flags.map((flag) => `--${flag.name}${flag.value === undefined ? '' : ` ${flag.value}`}`)
  const width = Math.max(...names.map((name) => name.length))
  return flags
    .map(
      (flag, index) =>
        `  ${(names[index] ?? '').padEnd(width)}  ${flag.about}${flag.repeats ? ' (may be repeated)' : ''}`,
    )
    .join('\n')
}
