import { join } from 'node:path'
import { app } from 'electron'

export const enginePath = (): string => join(import.meta.dirname, 'engine.js')
export const preloadPath = (): string => join(import.meta.dirname, '../preload/preload.cjs')
export const rendererFolder = (): string => join(import.meta.dirname, '../renderer')

export function samplesFolder(): string {
  return app.isPackaged ? join(process.resourcesPath, 'samples') : join(app.getAppPath(), 'assets', 'samples')
}

/** The Vite server of `npm run dev`; undefined in every other case. */
export function devServer(): string | undefined {
  return app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
}
