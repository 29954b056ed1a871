import type { Command } from './command'
import { localEngine } from './localEngine'
import { commandContext, printJson, printLine } from './output'
import { printChoices } from './printProject'
import { all, has, pair, readWords } from './words'

const flags = [
  { name: 'choose', value: 'KEY=VALUE', repeats: true, about: 'answer a choice and save it' },
  { name: 'json', about: 'answer as JSON' },
] as const
const usage = 'choices PROJECT [--choose KEY=VALUE]… [--json]'

export const choicesCommand: Command = {
  name: 'choices',
  usage,
  about: 'Every choice that changes numbers: its options, their totals and what is chosen.',
  flags,
  examples: ['choices shop --json', 'choices shop --choose delivery=oncePerOrder'],
  async run(words) {
    const parsed = readWords(words, flags, { least: 1, most: 1 }, usage)
    const context = commandContext()
    let state = await localEngine().openProject({ folder: parsed.places[0] ?? '' }, context)
    for (const text of all(parsed, 'choose')) {
      const [choice, option] = pair(text, 'choose')
      state = await localEngine().choose({ choice, option }, context)
    }
    if (has(parsed, 'json')) printJson({ choices: state.choices })
    else if (state.choices.length === 0) printLine('No choices: nothing in these files can be read in two ways.')
    else printChoices(state)
    return 0
  },
}
