import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, readWords } from './words'

const flags = [{ name: 'json', about: 'answer as JSON' }]
const usage = 'analyses [PROJECT] [--json]'

export const analysesCommand: Command = {
  name: 'analyses',
  usage,
  about: 'Every analysis: id, group, title, needs, parameters, and whether the project can answer it.',
  flags,
  examples: ['analyses shop'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 0, most: 1 }, usage)
    const folder = parsed.places[0]
    const context = commandContext()
    if (folder !== undefined) await localEngine().openProject({ folder }, context)
    const analyses = await localEngine().listAnalyses(undefined, context)
    if (has(parsed, 'json')) {
      printJson({ analyses })
      return 0
    }
    for (const analysis of analyses)
      printLine(
        `${analysis.id.padEnd(20)} ${analysis.group.padEnd(8)} ${analysis.question}${folder !== undefined && !analysis.available ? ` (${analysis.missing ?? ''})` : ''}`,
      )
    return 0
  },
}
