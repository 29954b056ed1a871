import type { Page } from '@playwright/test'

/** Asks the shell for one more port to the engine and calls it, beneath whatever client the page itself uses. */
export function callEngine(page: Page, name: string, input: unknown = null): Promise<unknown> {
  return page.evaluate(
    async ([method, argument]) => {
      const port = await new Promise<MessagePort>((resolve) => {
        const take = (event: MessageEvent): void => {
          const received = event.ports[0]
          if (event.source !== window || event.data !== 'casebook:engine-port' || received === undefined) return
          window.removeEventListener('message', take)
          resolve(received)
        }
        window.addEventListener('message', take)
        window.casebook.ready()
      })
      return new Promise((resolve) => {
        port.onmessage = ({ data }) => {
          if (data.type !== 'progress') resolve(data)
        }
        port.postMessage({ type: 'call', id: 1, name: method, input: argument })
      })
    },
    [name, input] as const,
  )
}
