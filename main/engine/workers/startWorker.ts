import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../../shared/errors'
import { connect } from '../../../shared/rpc'

export interface RunningWorker<Api> {
  /** Each method is a message to the worker, with progress and its own errors. */
  readonly api: Api
  /** Ends the thread, whatever it does, and fails its open calls with this error. Settles when it has ended. */
  stop(reason?: AppError): Promise<void>
}

export interface WorkerOptions {
  /** What its JavaScript objects may take; more ends the worker with `out-of-memory`. Buffers do not count. */
  readonly memoryMb: number
  /** Ends the worker within milliseconds: a thread is not asked, it is stopped. */
  readonly signal: AbortSignal
}

/**
 * Starts one of the workers listed in scripts/workerEntries.mjs on a thread of its own; its file calls `serveWorker`.
 * The caller stops it.
 */
export function startWorker<Api extends object>(name: string, options: WorkerOptions): RunningWorker<Api> {
  if (options.signal.aborted) throw cancelled()
  const worker = new Worker(workerFile(name), {
    name,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    // What a library prints there is for nobody; it would end up in the answer of the command line.
    stdout: true,
    stderr: true,
  })
  const { api, close } = connect<Api>({
    postMessage: (message) => worker.postMessage(message),
    listen: (listener) => worker.on('message', listener),
  })
  const stop = async (reason = cancelled()): Promise<void> => {
    options.signal.removeEventListener('abort', onAbort)
    close(reason)
    await worker.terminate()
  }
  const onAbort = (): void => void stop()
  options.signal.addEventListener('abort', onAbort, { once: true })
  worker.on('error', (error) => close(lostWorker(name, error)))
  worker.on('messageerror', (error) => close(lostWorker(name, error)))
  worker.on('exit', (code) => close(lostWorker(name, `ended with code ${code}`)))
  return { api, stop }
}

const cancelled = (): AppError => new AppError('cancelled', 'Cancelled. Nothing was changed.')

function lostWorker(name: string, cause: unknown): AppError {
  const isMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
  const technical = `worker ${name}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`
  if (isMemory)
    return new AppError('out-of-memory', 'This needs more memory than Casebook may use.', {
      hint: 'Close other programs and try again.',
      technical,
      cause,
    })
  return new AppError('internal', 'Something went wrong inside Casebook.', {
    hint: 'Your project is as it was. Try again; if it happens again, copy the details and report them.',
    technical,
    cause,
  })
}

/** Beside the built program, or one folder above its chunks; tests run from the sources and build workers into .cache. */
function workerFile(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const file = `${name}.js`
  const places = [join(here, file), join(here, '..', file), join(here, '..', '..', '..', '.cache', 'workers', file)]
  const found = places.find((place) => existsSync(place))
  if (found !== undefined) return found
  throw new AppError('internal', 'A part of Casebook is missing.', {
    hint: 'Install Casebook again.',
    technical: `none of ${places.join(', ')}`,
  })
}
