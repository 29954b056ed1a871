import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../../shared/errors'
import type { Progress } from '../../../shared/rpc'
import { together } from '../together'

/** What reading a file works with: an unlocked connection, a way to cancel and to tell, a place for temporary files. */
export interface ImportWork {
  readonly connection: DuckDBConnection
  readonly signal: AbortSignal
  readonly tempFolder: string
  onProgress(progress: Progress): void
}

const progressEveryMs = 100

/** Runs one statement that a cancel interrupts within milliseconds. */
export async function runCancellable<Answer>(
  work: ImportWork,
  note: string,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const { connection, signal } = work
  if (signal.aborted) throw cancelled()
  const interrupt = (): void => connection.interrupt()
  signal.addEventListener('abort', interrupt, { once: true })
  const timer = setInterval(() => {
    const { percentage } = connection.progress
    work.onProgress({ fraction: percentage < 0 ? null : Math.min(percentage / 100, 0.99), note })
  }, progressEveryMs)
  try {
    return await run()
  } catch (error) {
    if (signal.aborted) throw cancelled(error)
    throw error
  } finally {
    clearInterval(timer)
    signal.removeEventListener('abort', interrupt)
  }
}

/** Two pieces of work at once, both or none. */
export function bothOf<One, Other>(
  work: ImportWork,
  one: (work: ImportWork) => Promise<One>,
  other: (work: ImportWork) => Promise<Other>,
): Promise<[One, Other]> {
  return together(work.signal, (signal) => [one({ ...work, signal }), other({ ...work, signal })])
}

export function cancelled(cause?: unknown): AppError {
  return new AppError('cancelled', 'Cancelled. Nothing was changed.', cause === undefined ? {} : { cause })
}
