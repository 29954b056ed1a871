import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { z } from 'zod'
import type { Theme } from '../../shared/shellApi'
import { appOrigin } from './appProtocol'
import { readJsonFile, writeJsonFile } from './jsonFile'
import { devServer, preloadPath } from './places'
import { markTime } from './timing'

const appearanceSchema = z.object({
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
  maximized: z.boolean().optional(),
  theme: z.enum(['light', 'dark', 'system']).optional(),
})
type Appearance = z.infer<typeof appearanceSchema>

const usualSize = { width: 1440, height: 900 }

export function openWindow(): BrowserWindow {
  const appearance = readAppearance()
  nativeTheme.themeSource = appearance.theme ?? 'system'
  const window = new BrowserWindow({
    ...(visibleBounds(appearance) ?? usualSize),
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Casebook',
    autoHideMenuBar: true,
    backgroundColor: canvasColor(),
    webPreferences: {
      preload: preloadPath(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  })
  if (appearance.maximized === true) window.maximize()
  window.once('ready-to-show', () => {
    window.show()
    markTime('windowShown')
  })
  window.on('close', () => {
    saveAppearance({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  })
  const server = devServer()
  window.loadURL(server ?? `${appOrigin}/index.html`).catch((error: unknown) => console.error(error))
  return window
}

export function setTheme(theme: Theme): void {
  nativeTheme.themeSource = theme
  saveAppearance({ theme })
  for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(canvasColor())
}

/** Remembered bounds, unless the screen they were on is gone. */
function visibleBounds({ bounds }: Appearance): Appearance['bounds'] {
  if (bounds === undefined) return undefined
  const { workArea } = screen.getDisplayMatching(bounds)
  const overlapsX = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
  const overlapsY = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y)
  return overlapsX > 200 && overlapsY > 100 ? bounds : undefined
}

// The page's canvas colours, so that the first frame does not flash.
const canvasColor = (): string => (nativeTheme.shouldUseDarkColors ? '#0e1116' : '#f6f7f9')

const readAppearance = (): Appearance => readJsonFile(storePath(), appearanceSchema, {})
const saveAppearance = (change: Appearance): void => writeJsonFile(storePath(), { ...readAppearance(), ...change })
const storePath = (): string => join(app.getPath('userData'), 'appearance.json')
