import { createFormatter } from '../../shared/format'
import { toText } from '../printers/toText'
import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { all, has, one, pair, readValue, readWords } from './words'

const flags = [
  { name: 'param', value: 'K=V', repeats: true, about: 'a parameter; lists and objects as JSON' },
  { name: 'to', value: 'FILE.{json,csv,xlsx,html,txt}', about: 'write the answer to a file' },
  { name: 'replace', about: 'write over a file that is there' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'analyse PROJECT ANALYSIS [--param K=V]… [--to FILE] [--replace] [--json]'

export const analyse: Command = {
  name: 'analyse',
  usage,
  about: 'Runs one analysis and prints or writes its answer.',
  flags,
  examples: ['analyse shop overview --json', 'analyse shop cohortRetention --param period=week --to retention.xlsx'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 2, most: 2 }, usage)
    const [folder = '', id = ''] = parsed.places
    const context = commandContext()
    const engine = localEngine()
    const state = await engine.openProject({ folder }, context)
    const params = Object.fromEntries(
      all(parsed, 'param')
        .map((text) => pair(text, 'param'))
        .map(([key, value]) => [key, readValue(value)]),
    )
    const to = one(parsed, 'to')
    const written =
      to === undefined
        ? undefined
        : await engine.exportAnalysis({ id, params, to, replace: has(parsed, 'replace') }, context)
    const answer = await engine.runAnalysis({ id, params }, context)
    if (has(parsed, 'json'))
      printJson({ ...answer, choices: state.choices, ...(written === undefined ? {} : { written }) })
    else if (written !== undefined) printLine(written.path)
    else printLine(toText(answer, createFormatter(state.settings)))
    return 0
  },
}
