import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { AppError } from '../../shared/errors'
import { type CallContext, type CallOptions, connect, type Port, type Progress, serve } from '../../shared/rpc'

interface TestApi {
  double: (input: { value: number }, options?: CallOptions) => Promise<number>
  refuse: (input: undefined, options?: CallOptions) => Promise<null>
  wait: (input: undefined, options?: CallOptions) => Promise<null>
  crash: (input: undefined, options?: CallOptions) => Promise<null>
}

const open: MessagePort[] = []
afterEach(() => {
  for (const port of open.splice(0)) port.close()
})

function pair() {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  let stopped = 0
  serve(
    asPort(port1),
    {
      double: async ({ value }: { value: number }, { onProgress }: CallContext) => {
        onProgress({ fraction: 0.5, note: 'halfway' })
        return value * 2
      },
      refuse: async () => {
        throw new AppError('missing-column', '"Uid" is not in orders.csv.', {
          hint: 'Did you mean "uid"?',
          where: { column: 'Uid' },
        })
      },
      wait: (_input: undefined, { signal }: CallContext) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            stopped += 1
            reject(new Error('stopped'))
          })
        }),
      crash: async () => {
        throw new TypeError('x is not a function')
      },
    },
    (name, input) => {
      if (name === 'double' && typeof (input as { value?: unknown } | null)?.value !== 'number')
        throw new AppError('bad-parameter', 'value must be a number.')
      return input
    },
  )
  const connection = connect<TestApi>(asPort(port2))
  return { ...connection, stopped: () => stopped }
}

function asPort(port: MessagePort): Port {
  return { postMessage: (message) => port.postMessage(message), listen: (listener) => port.on('message', listener) }
}

describe('rpc', () => {
  test('a call answers and reports progress', async () => {
    const seen: Progress[] = []
    const { api } = pair()
    expect(await api.double({ value: 21 }, { onProgress: (progress) => seen.push(progress) })).toBe(42)
    expect(seen).toEqual([{ fraction: 0.5, note: 'halfway' }])
  })

  test('an AppError keeps code, words, hint and place across the boundary', async () => {
    const error = await pair()
      .api.refuse(undefined)
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'missing-column',
      message: '"Uid" is not in orders.csv.',
      hint: 'Did you mean "uid"?',
      where: { column: 'Uid' },
    })
  })

  test('any other error becomes internal and shows no stack as its message', async () => {
    const error = await pair()
      .api.crash(undefined)
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'internal' })
    expect(String(error)).not.toContain('is not a function')
  })

  test('input is parsed where it enters', async () => {
    await expect(pair().api.double({ value: 'x' as unknown as number })).rejects.toMatchObject({
      code: 'bad-parameter',
    })
  })

  test('cancel answers at once and stops the work behind it', async () => {
    const { api, stopped } = pair()
    const controller = new AbortController()
    const call = api.wait(undefined, { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    expect(stopped()).toBe(1)
  })

  test('a call under a signal that is already aborted is never sent', async () => {
    const { api, stopped } = pair()
    await expect(api.wait(undefined, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    expect(stopped()).toBe(0)
  })

  test('closing fails what is open and what comes later', async () => {
    const { api, close } = pair()
    const call = api.wait(undefined)
    close(new AppError('internal', 'The engine stopped.'))
    await expect(call).rejects.toThrow('The engine stopped.')
    await expect(api.double({ value: 1 })).rejects.toThrow('The engine stopped.')
  })

  test('an unknown method is an error, not silence', async () => {
    const { api } = pair()
    const odd = api as unknown as Record<string, (input: unknown) => Promise<unknown>>
    await expect(odd['nothing']?.(null)).rejects.toMatchObject({ code: 'bad-parameter' })
  })
})
