import { AppError } from '../../shared/errors'
import { analyse } from './analyse'
import { analysesCommand } from './analyses'
import { caseCommand } from './case'
import { choicesCommand } from './choices'
import type { Command } from './command'
import { derive } from './derive'
import { describe } from './describe'
import { exportCommand } from './export'
import { findingsCommand } from './findings'
import { joinsCommand } from './joins'
import { layout } from './layout'
import { newCommand } from './new'
import { preset } from './preset'
import { profileCommand } from './profile'
import { read } from './read'
import { replay } from './replay'
import { sample } from './sample'
import { settingsCommand } from './settings'
import { sqlCommand } from './sql'
import { stepsCommand } from './steps'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  describe,
  newCommand,
  choicesCommand,
  findingsCommand,
  layout,
  read,
  joinsCommand,
  derive,
  settingsCommand,
  stepsCommand,
  analysesCommand,
  analyse,
  sqlCommand,
  profileCommand,
  exportCommand,
  replay,
  preset,
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
