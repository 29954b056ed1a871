import type { Choice, TableDescription } from '../../shared/description'
import { AppError } from '../../shared/errors'
import type { Project } from '../../shared/project'
import type { Derived } from './derived'
import { choicesMade } from './mapping'

/** Every choice of a project: those of the orders, then those about reading its tables. */
export function allChoices(
  project: Project,
  derived: Derived,
  descriptions: ReadonlyMap<string, TableDescription>,
): readonly Choice[] {
  const made = choicesMade(project)
  const reading = project.sources.flatMap((source) =>
    (descriptions.get(source.name)?.choices ?? []).map((choice) => {
      const option = choice.options.find((candidate) => candidate.key === made.get(choice.key))
      return option === undefined ? choice : { ...choice, chosen: option.key, decidedBy: 'analyst' as const }
    }),
  )
  return [...derived.choices, ...reading]
}

/** @throws AppError `bad-parameter` when the choice or the option does not exist. */
export function requireOption(choices: readonly Choice[], key: string, option: string): void {
  const found = choices.find((choice) => choice.key === key)
  if (found === undefined) {
    throw new AppError('bad-parameter', `There is no choice "${key}" in this project.`, {
      hint:
        choices.length === 0
          ? 'It has no choices.'
          : `Choices: ${choices.map((candidate) => candidate.key).join(', ')}.`,
    })
  }
  if (found.options.some((candidate) => candidate.key === option)) return
  const { own } = found
  if (own !== undefined && /^\d+$/.test(option) && Number(option) >= own.least && Number(option) <= own.most) return
  throw new AppError('bad-parameter', `"${option}" is not an option of ${key}.`, {
    hint: `Options: ${found.options.map((candidate) => candidate.key).join(', ')}${own === undefined ? '' : `, or a number of ${own.unit} from ${own.least} to ${own.most}`}.`,
  })
}

/** @throws AppError `needs-choice` that lists every choice nobody has answered. */
export function refuseOpenChoices(choices: readonly Choice[]): void {
  const open = choices.filter((choice) => choice.decidedBy === 'default')
  if (open.length === 0) return
  const keys = open.map((choice) => choice.key).join(', ')
  throw new AppError(
    'needs-choice',
    `${open.length} ${open.length === 1 ? 'choice is' : 'choices are'} open: ${keys}.`,
    {
      hint: open
        .map((choice) => `--choose ${choice.key}=${choice.options.map((option) => option.key).join('|')}`)
        .join('\n'),
      data: { choices: open },
    },
  )
}
