import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron'
import { engineMessage, type ShellEvent } from '../../shared/shellApi'
import { markTime } from './timing'

export interface EngineSupervisor {
  /** Gives a page a port of its own to the engine, now and again after each restart. */
  connect(page: WebContents): void
  /** Ends the engine so that one with the settings of now takes its place. */
  restart(): void
  stop(): void
}

const shortLifeMs = 10_000
const firstDelayMs = 250
const longestDelayMs = 30_000

/** Keeps one engine process running: when it dies, pages are told, a new one starts and they get a new port. */
export function createEngineSupervisor(
  path: string,
  environment: () => Readonly<Record<string, string>>,
  send: (event: ShellEvent) => void,
): EngineSupervisor {
  const pages = new Set<WebContents>()
  let engine: UtilityProcess | undefined
  let restart: NodeJS.Timeout | undefined
  let delayMs = 0
  let stopped = false
  /** The engine that ends next was told to. */
  let isWanted = false

  const start = (): void => {
    const startedAt = performance.now()
    let fatalError: string | undefined
    const child = utilityProcess.fork(path, [], {
      serviceName: 'Casebook engine',
      env: { ...process.env, ...environment() },
      stdio: 'inherit',
    })
    engine = child
    child.once('spawn', () => markTime('engineSpawned'))
    child.once('error', (_type, location) => {
      fatalError = location
    })
    child.once('exit', (code) => {
      engine = undefined
      if (stopped) return
      const livedMs = performance.now() - startedAt
      delayMs = isWanted || livedMs > shortLifeMs ? 0 : Math.min(Math.max(delayMs * 2, firstDelayMs), longestDelayMs)
      isWanted = false
      send({ type: 'engineStopped', reason: fatalError ?? `exit code ${code}` })
      restart = setTimeout(start, delayMs)
    })
    for (const page of pages) handOverPort(child, page)
  }

  start()
  return {
    connect(page) {
      if (!pages.has(page)) {
        pages.add(page)
        page.once('destroyed', () => pages.delete(page))
      }
      if (engine !== undefined) handOverPort(engine, page)
    },
    restart() {
      isWanted = engine !== undefined
      engine?.kill()
    },
    stop() {
      stopped = true
      clearTimeout(restart)
      engine?.kill()
    },
  }
}

function handOverPort(engine: UtilityProcess, page: WebContents): void {
  const { port1, port2 } = new MessageChannelMain()
  engine.postMessage({ type: 'connect' }, [port1])
  page.postMessage(engineMessage, null, [port2])
}
