import { AppError } from '../../shared/errors'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { has, one, readWords } from './words'

const flags = [
  { name: 'to', value: 'CASE.xlsx', about: 'the workbook to write' },
  { name: 'replace', about: 'write over a file that is there' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'case PROJECT --to CASE.xlsx [--replace] [--json]'

export const caseCommand: Command = {
  name: 'case',
  usage,
  about:
    'Writes the business case as a workbook with live formulas. A project without a saved case gets the proposed one.',
  flags,
  examples: ['case shop --to case.xlsx'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const to = one(parsed, 'to')
    if (to === undefined)
      throw new AppError('bad-parameter', 'Say where to write the workbook.', { hint: `Usage: casebook ${usage}` })
    const context = commandContext()
    await localEngine().openProject({ folder: parsed.places[0] ?? '' }, context)
    const proposal = await localEngine().proposeCase(undefined, context)
    const written = await localEngine().exportCase({ to, replace: has(parsed, 'replace') }, context)
    if (has(parsed, 'json')) printJson({ ...written, ...proposal })
    else printLine(written.path)
    return 0
  },
}
