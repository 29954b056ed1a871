import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  {
    name: 'to',
    value: 'FOLDER',
    about: 'write them as a script that DuckDB runs by itself, with the tables it cannot read',
  },
  { name: 'replace', about: 'also into a folder that is not empty' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'steps PROJECT [--to FOLDER [--replace]] [--json]'

export const stepsCommand: Command = {
  name: 'steps',
  usage,
  about: 'What was done to the data, in order, with the SQL of the steps that have some.',
  flags,
  examples: ['steps shop', 'steps shop --to recipe'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const context = commandContext()
    await localEngine().openProject({ folder: parsed.places[0] ?? '' }, context)
    const to = one(parsed, 'to')
    if (to !== undefined) {
      const { files } = await localEngine().exportScript({ to, replace: has(parsed, 'replace') }, context)
      if (has(parsed, 'json')) printJson({ files })
      else for (const file of files) printLine(file.path)
      return 0
    }
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
