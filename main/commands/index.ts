import { AppError } from '../../shared/errors'
import { analyse } from './analyse'
import { analysesCommand } from './analyses'
import { caseCommand } from './case'
import { choicesCommand } from './choices'
import type { Command } from './command'
import { describe } from './describe'
import { exportCommand } from './export'
import { newCommand } from './new'
import { profileCommand } from './profile'
import { replay } from './replay'
import { sample } from './sample'
import { sqlCommand } from './sql'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  describe,
  newCommand,
  choicesCommand,
  analysesCommand,
  analyse,
  sqlCommand,
  profileCommand,
  exportCommand,
  replay,
  caseCommand,
  sample,
]

export function findCommand(name: string): Command {
  const found = commands.find((command) => command.name === name)
  if (found !== undefined) return found
  throw new AppError('bad-parameter', `There is no command "${name}".`, {
    hint: `Commands: ${commands.map((command) => command.name).join(', ')}.`,
  })
}
