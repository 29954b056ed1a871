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

/** The engine; calls made before it is there wait for it. */
export const engine: EngineApi = new Proxy({} as EngineApi, {
  get: (_target, name) => async (input: unknown, options: unknown) => {
    if (connection === undefined) await new Promise<void>((resolve) => waiting.push(resolve))
    const method: unknown = Reflect.get(connection?.api ?? {}, name)
    if (typeof method !== 'function') throw stoppedError('no connection')
    return method(input, options) as unknown
  },
})

function toPort(port: MessagePort): Port {
  return {
    postMessage: (message) => port.postMessage(message),
    listen: (listener) => {
      port.onmessage = (event) => listener(event.data)
    },
  }
}

const stoppedError = (reason: string): AppError =>
  new AppError('internal', 'The engine stopped before it could answer.', {
    hint: 'It is being restarted, and your project is as it was saved. Try again in a moment.',
    technical: reason,
  })
