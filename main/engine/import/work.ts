import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../../shared/errors'
import type { Progress } from '../../../shared/rpc'

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

/**
 * Two pieces of work at once. When one fails the other is told to stop and waited for: a query must never outlive
 * the call that started it, because closing its database would end the process.
 */
export async function bothOf<One, Other>(
  work: ImportWork,
  one: (work: ImportWork) => Promise<One>,
  other: (work: ImportWork) => Promise<Other>,
): Promise<[One, Other]> {
  const failed = new AbortController()
  const shared: ImportWork = { ...work, signal: AbortSignal.any([work.signal, failed.signal]) }
  let first: unknown
  const guard = async <Answer>(run: (work: ImportWork) => Promise<Answer>): Promise<Answer> => {
    try {
      return await run(shared)
    } catch (error) {
      first ??= error
      failed.abort()
      throw error
    }
  }
  const [left, right] = await Promise.allSettled([guard(one), guard(other)])
  if (left.status === 'fulfilled' && right.status === 'fulfilled') return [left.value, right.value]
  throw first
}

export function cancelled(cause?: unknown): AppError {
  return new AppError('cancelled', 'Cancelled. Nothing was changed.', cause === undefined ? {} : { cause })
}
