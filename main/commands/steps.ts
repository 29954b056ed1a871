import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, readWords } from './words'

const flags = [{ name: 'json', about: 'answer as JSON' }] as const
const usage = 'steps PROJECT [--json]'

export const stepsCommand: Command = {
  name: 'steps',
  usage,
  about: 'What was done to the data, in order, with the SQL of the steps that have some.',
  flags,
  examples: ['steps shop'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const context = commandContext()
    await localEngine().openProject({ folder: parsed.places[0] ?? '' }, context)
    const steps = await localEngine().listSteps(undefined, context)
    if (has(parsed, 'json')) printJson({ steps })
    else
      for (const { title, sql } of steps) {
        printLine(`-- ${title.replaceAll('\n', ' ')}`)
        if (sql !== null) printLine(`${sql.replace(/;?\s*$/, '')};`)
      }
    return 0
  },
}
