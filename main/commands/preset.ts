import { AppError } from '../../shared/errors'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  { name: 'to', value: 'FILE.json', about: 'the file to write' },
  { name: 'replace', about: 'write over a file that is there' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'preset PROJECT --to FILE.json [--replace] [--json]'

export const preset: Command = {
  name: 'preset',
  usage,
  about:
    'Writes the mapping of a project (kinds, roles, choices) for other files of the same shape: new … --preset FILE.',
  flags,
  examples: ['preset shop --to shop-mapping.json', 'new shop2 --source january.csv --preset shop-mapping.json'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const to = one(parsed, 'to')
    if (to === undefined)
      throw new AppError('bad-parameter', 'Say where to write the preset.', { hint: `Usage: casebook ${usage}` })
    const context = commandContext()
    await localEngine().openProject({ folder: parsed.places[0] ?? '' }, context)
    const written = await localEngine().exportMapping({ to, replace: has(parsed, 'replace') }, context)
    if (has(parsed, 'json')) printJson(written)
    else printLine(written.path)
    return 0
  },
}
