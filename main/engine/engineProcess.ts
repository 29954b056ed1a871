import { totalmem } from 'node:os'
import { join } from 'node:path'
import { parseMemorySize } from '../../shared/memorySize'
import { serve } from '../../shared/rpc'
import { createEngine, type EngineOptions, parseEngineInput } from './engine'

// The shell forks this file as a utility process and hands it one port a window.
interface EnginePort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  start(): void
}
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: EnginePort[] }) => void): void
}

const engine = createEngine(optionsFromEnvironment())

// Electron adds parentPort to process; @types/node does not know it.
const { parentPort } = process as unknown as { parentPort: ParentPort }
parentPort.on('message', ({ ports }) => {
  const port = ports[0]
  if (port === undefined) return
  serve(
    {
      postMessage: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', ({ data }) => listener(data)),
    },
    engine.handlers,
    parseEngineInput,
  )
  port.start()
})

function optionsFromEnvironment(): EngineOptions {
  const {
    CASEBOOK_TEMPORARY_FOLDER: temp,
    CASEBOOK_SAMPLES_FOLDER: samples,
    CASEBOOK_MEMORY: memory = '',
  } = process.env
  return {
    tempFolder: temp === undefined ? join(process.cwd(), '.casebook-temp') : temp,
    samplesFolder: samples ?? join(process.cwd(), 'assets', 'samples'),
    ...(memory === '' ? {} : { memoryLimitBytes: parseMemorySize(memory, totalmem()) }),
  }
}
