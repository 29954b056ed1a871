import { parentPort } from 'node:worker_threads'
import { type CallContext, serve } from '../../../shared/rpc'

/** Answers the calls of the thread that started this one. Their inputs come from Casebook itself and are not checked. */
export function serveWorker(
  handlers: Readonly<Record<string, (input: never, context: CallContext) => Promise<unknown>>>,
): void {
  const port = parentPort
  if (port === null) throw new Error('This file is the beginning of a worker thread.')
  serve(
    {
      postMessage: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', listener),
    },
    handlers,
    (_name, input) => input,
  )
}
