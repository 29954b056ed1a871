import { AppError, fromPlainError, type PlainError, toPlainError } from './errors'

/**
 * The one way between window and engine: request, progress, answer or error, cancel.
 * Works over any port with `postMessage` (a window's MessagePort, Electron's, or Node's).
 */
export interface Port {
  postMessage(message: unknown): void
  /** Calls the listener with each message's data. */
  listen(listener: (data: unknown) => void): void
}

export interface Progress {
  /** 0–1, or null when nobody can know. */
  readonly fraction: number | null
  readonly note: string
}

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface CallContext {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** An API is functions of one plain input. */
export type Handlers<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (input: infer Input, ...rest: never[]) => Promise<infer Output>
    ? (input: Input, context: CallContext) => Promise<Output>
    : never
}

type Request =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }

type Reply =
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'done'; readonly id: number; readonly output: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: PlainError }

/**
 * Answers calls on a port. `parse` turns the raw input of a call into a checked one (zod) or throws.
 * A cancelled call is answered at once; its handler unwinds behind it and its answer is dropped.
 */
export function serve(
  port: Port,
  handlers: Readonly<Record<string, (input: never, context: CallContext) => Promise<unknown>>>,
  parse: (name: string, input: unknown) => unknown,
): void {
  const running = new Map<number, AbortController>()
  const reply = (message: Reply): void => port.postMessage(message)

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const controller = new AbortController()
    running.set(id, controller)
    const finish = (message: Reply): void => {
      if (running.delete(id)) reply(message)
    }
    controller.signal.addEventListener('abort', () =>
      finish({ type: 'failed', id, error: toPlainError(new AppError('cancelled', 'Cancelled. Nothing was changed.')) }),
    )
    try {
      const handler = handlers[name]
      if (handler === undefined) throw new AppError('bad-parameter', `The engine cannot do "${name}".`)
      const context: CallContext = {
        signal: controller.signal,
        onProgress: (progress) => {
          if (running.has(id)) reply({ type: 'progress', id, progress })
        },
      }
      const output = await handler(parse(name, input) as never, context)
      finish({ type: 'done', id, output })
    } catch (error) {
      finish({ type: 'failed', id, error: toPlainError(error) })
    }
  }

  port.listen((data) => {
    const request = asRequest(data)
    if (request === undefined) return
    if (request.type === 'cancel') running.get(request.id)?.abort()
    else void answer(request.id, request.name, request.input)
  })
}

export interface Connection<Api> {
  readonly api: Api
  /** Fails every open call, for a port whose other end has gone. */
  close(error: AppError): void
}

/** The other end: each method of the API becomes a message. */
export function connect<Api extends object>(port: Port): Connection<Api> {
  let lastId = 0
  let closedBy: AppError | undefined
  const open = new Map<
    number,
    {
      resolve: (output: unknown) => void
      reject: (error: AppError) => void
      onProgress: ((progress: Progress) => void) | undefined
    }
  >()

  port.listen((data) => {
    const message = data as Reply
    const call = open.get(message.id)
    if (call === undefined) return
    if (message.type === 'progress') {
      call.onProgress?.(message.progress)
      return
    }
    open.delete(message.id)
    if (message.type === 'done') call.resolve(message.output)
    else call.reject(fromPlainError(message.error))
  })

  const call = (name: string, input: unknown, options: CallOptions = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closedBy !== undefined) {
        reject(closedBy)
        return
      }
      if (options.signal?.aborted) {
        reject(new AppError('cancelled', 'Cancelled. Nothing was changed.'))
        return
      }
      lastId += 1
      const id = lastId
      const cancel = (): void => port.postMessage({ type: 'cancel', id } satisfies Request)
      const settle =
        <Value>(then: (value: Value) => void) =>
        (value: Value) => {
          options.signal?.removeEventListener('abort', cancel)
          then(value)
        }
      open.set(id, { resolve: settle(resolve), reject: settle(reject), onProgress: options.onProgress })
      options.signal?.addEventListener('abort', cancel, { once: true })
      port.postMessage({ type: 'call', id, name, input } satisfies Request)
    })

  const api = new Proxy({} as Api, {
    get: (_target, name) =>
      // A promise-like object would be awaited by mistake.
      typeof name === 'string' && name !== 'then'
        ? (input: unknown, options?: CallOptions) => call(name, input, options)
        : undefined,
  })

  return {
    api,
    close: (error) => {
      closedBy = error
      for (const waiting of open.values()) waiting.reject(error)
      open.clear()
    },
  }
}

function asRequest(data: unknown): Request | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('id' in data)) return undefined
  return data.type === 'call' || data.type === 'cancel' ? (data as Request) : undefined
}
