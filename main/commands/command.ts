import type { Flag } from './words'

/** One command of the command line. */
export interface Command {
  readonly name: string
  readonly usage: string
  readonly about: string
  readonly flags: readonly Flag[]
  readonly examples: readonly string[]
  /** Runs with the words after the name and answers the exit code. */
  run(words: readonly string[]): Promise<number>
}
