import { z } from 'zod'
import { create } from 'zustand'
import type { EngineApi } from '../shared/engineApi'
import { AppError } from '../shared/errors'
import { type Connection, connect, type Port } from '../shared/rpc'
import { engineMessage } from '../shared/shellApi'

export type EngineStatus = 'starting' | 'ready' | 'stopped'

/** Whether the engine can be asked; `starts` counts the engines there have been. */
export const useEngineStatus = create<{ status: EngineStatus; starts: number }>(() => ({
  status: 'starting',
  starts: 0,
}))

let connection: Connection<EngineApi> | undefined
let waiting: (() => void)[] = []
/** What a new engine must be told before it can be read from. */
let prepared: Promise<unknown> = Promise.resolve()

/** Takes the engine's port when the shell sends it, and lets go of it when the engine ends. */
export function listenForEngine(): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0]
    if (event.source !== window || event.data !== engineMessage || port === undefined || connection !== undefined)
      return
    connection = connect<EngineApi>(toPort(port))
    useEngineStatus.setState(({ starts }) => ({ status: 'ready', starts: starts + 1 }))
    for (const proceed of waiting) proceed()
    waiting = []
  })
  window.casebook.onEvent((event) => {
    if (event.type !== 'engineStopped') return
    connection?.close(stoppedError(event.reason))
    connection = undefined
    useEngineStatus.setState({ status: 'stopped' })
  })
  window.casebook.ready()
}

/** Readies every engine but the first, before it is asked anything that was waiting; returns how to stop that. */
export function prepareRestarted(work: () => Promise<unknown>): () => void {
  return useEngineStatus.subscribe((now, before) => {
    if (now.starts > before.starts && before.starts > 0) prepared = work()
  })
}

/** Calls that change nothing: lost with an engine, they are asked again of the next one. */
const onlyReads: ReadonlySet<PropertyKey> = new Set<keyof EngineApi>([
  'ping',
  'readMemoryUse',
  'readPage',
  'profileTable',
  'profileColumn',
  'readTopValues',
  'explainEmpty',
  'compareTables',
  'readFindingRows',
  'readLedgerRows',
  'listAnalyses',
  'listSamples',
  'proposeCase',
  'runAnalysis',
  'runSql',
])

/** The engine; calls made before it is there wait for it, and reading outlives it. */
export const engine: EngineApi = new Proxy({} as EngineApi, {
  get: (_target, name) => async (input: unknown, options: unknown) => {
    try {
      return await call(name, input, options)
    } catch (error) {
      const canRepeat = onlyReads.has(name) && !keeps.safeParse(input).success
      // Once: a question that ends every engine must not be asked for ever.
      if (!canRepeat || !isLost(error)) throw error
      return call(name, input, options)
    }
  },
})

/** An analysis that is kept becomes a step of the project. */
const keeps = z.object({ keep: z.literal(true) })

async function call(name: PropertyKey, input: unknown, options: unknown): Promise<unknown> {
  if (connection === undefined) await new Promise<void>((resolve) => waiting.push(resolve))
  if (onlyReads.has(name)) await prepared
  const method: unknown = Reflect.get(connection?.api ?? {}, name)
  if (typeof method !== 'function') throw stoppedError('no connection')
  return method(input, options) as unknown
}

const lostErrors = new WeakSet<AppError>()
const isLost = (error: unknown): boolean => error instanceof AppError && lostErrors.has(error)

function toPort(port: MessagePort): Port {
  return {
    postMessage: (message) => port.postMessage(message),
    listen: (listener) => {
      port.onmessage = (event) => listener(event.data)
    },
  }
}

function stoppedError(reason: string): AppError {
  const error = new AppError('internal', 'The engine stopped before it could answer.', {
    hint: 'It is being restarted, and your project is as it was saved. Try again in a moment.',
    technical: reason,
  })
  lostErrors.add(error)
  return error
}
