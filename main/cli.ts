import { exitCodes, toPlainError } from '../shared/errors'
import { findCommand } from './commands'
import { takeEngineWords } from './commands/engineWords'
import { commandHelp, overallHelp } from './commands/help'
import { closeEngine, prepareEngine } from './commands/localEngine'
import { printError } from './commands/output'

/** The command line: standard output carries the answer, standard error everything else. */
async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = name === 'help' && rest[0] !== undefined ? findCommand(rest[0]) : undefined
    process.stdout.write(about === undefined ? overallHelp() : commandHelp(about))
    return name === undefined ? exitCodes['bad-parameter'] : 0
  }
  const json = rest.includes('--json')
  try {
    const command = findCommand(name)
    if (rest.includes('--help') || rest.includes('-h')) {
      process.stdout.write(commandHelp(command))
      return 0
    }
    const { own, engine } = takeEngineWords(rest)
    prepareEngine(engine)
    return await command.run(own)
  } catch (error) {
    const plain = toPlainError(error)
    printError(plain, json)
    return exitCodes[plain.code]
  } finally {
    closeEngine()
  }
}

// A reader such as `head` may stop listening: what is left of the answer is not wanted, and that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await main(process.argv.slice(2))
