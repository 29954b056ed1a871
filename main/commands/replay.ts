import { createFormatter } from '../../shared/format'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { all, has, pair, readWords } from './words'

const flags = [
  {
    name: 'source',
    value: 'NAME=FILE',
    repeats: true,
    about: 'a new file, several of one NAME, or a folder for a table',
  },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'replay PROJECT [--source NAME=FILE]… [--json]'

export const replay: Command = {
  name: 'replay',
  usage,
  about: 'Rebuilds everything, on new files where given, and prints what changed.',
  flags,
  examples: ['replay shop --source sales=Online_Sales_february.csv'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const context = commandContext()
    await localEngine().openProject({ folder: parsed.places[0] ?? '' }, context)
    const sources: Record<string, string[]> = {}
    for (const [name, path] of all(parsed, 'source').map((text) => pair(text, 'source'))) {
      sources[name] = [...(sources[name] ?? []), path]
    }
    const answer = await localEngine().replay({ sources }, context)
    if (has(parsed, 'json')) {
      printJson(answer)
      return 0
    }
    const format = createFormatter(answer.state.settings)
    const number = (value: number | null): string =>
      value === null ? '–' : Number.isInteger(value) ? format.count(value) : format.decimal(value, 4)
    printLine(answer.state.headline)
    for (const note of answer.notes) printLine(`  ${note}`)
    for (const { figure, before, after } of answer.differences) {
      if (before === after) printLine(`  ${figure}: ${number(after)}`)
      else printLine(`  ${figure}: ${number(before)} → ${number(after)}`)
    }
    return 0
  },
}
