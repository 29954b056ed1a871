import { app, BrowserWindow, type WebContents } from 'electron'
import { z } from 'zod'
import type { ShellEvent } from '../../shared/shellApi'
import { registerAppScheme, serveApp } from './appProtocol'
import { commandWords, runCommand } from './commandLine'
import { createEngineSupervisor, type EngineSupervisor } from './engineSupervisor'
import { handleShellCalls } from './handleShellCalls'
import { denyEverythingElse, preferOffline } from './lockDown'
import { machineEnvironment } from './machineSettings'
import { setMenu } from './menu'
import { type OpenRequest, pathsFromArguments, toOpenRequest } from './openRequests'
import { enginePath, samplesFolder } from './places'
import { printAndExit, printRequest } from './printPdf'
import { markTime } from './timing'
import { openWindow } from './windows'

// Switches and schemes must be set before `ready`; nothing here may await it at the top level.
registerAppScheme()
preferOffline()
const command = commandWords()
const asked = pathsFromArguments()
const print = printRequest()
if (print !== undefined) printAndExit(print)
else if (command !== undefined) runCommand(command)
else if (app.requestSingleInstanceLock({ paths: asked })) startApp()
else app.quit()

function startApp(): void {
  let window: BrowserWindow | undefined
  let engine: EngineSupervisor | undefined
  const waiting: OpenRequest[] = asked.map(toOpenRequest).filter((request) => request !== undefined)
  const readyPages = new WeakSet<BrowserWindow>()

  const send = (event: ShellEvent): void => {
    if (window !== undefined && !window.isDestroyed()) window.webContents.send('shell:event', event)
  }
  const openPaths = (paths: readonly string[]): void => {
    waiting.push(...paths.map(toOpenRequest).filter((request) => request !== undefined))
    if (window !== undefined && readyPages.has(window)) sendWaiting()
  }
  const sendWaiting = (): void => {
    const files = waiting.flatMap((request) => (request.type === 'file' ? [request.path] : []))
    const project = waiting.find((request) => request.type === 'project')
    waiting.length = 0
    if (files.length > 0) send({ type: 'openFiles', paths: files })
    if (project !== undefined) send({ type: 'openProject', folder: project.path })
  }
  const showWindow = (): void => {
    const created = openWindow()
    window = created
    created.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) readyPages.delete(created)
    })
    created.on('closed', () => {
      if (window === created) window = undefined
    })
  }

  app.on('second-instance', (_event, _argv, _folder, data) => {
    const parsed = z.object({ paths: z.array(z.string()) }).safeParse(data)
    if (parsed.success) openPaths(parsed.data.paths)
    if (window === undefined) showWindow()
    else {
      if (window.isMinimized()) window.restore()
      window.focus()
    }
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openPaths([path])
  })
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', () => engine?.stop())

  app
    .whenReady()
    .then(() => {
      markTime('ready')
      serveApp()
      denyEverythingElse()
      showWindow()
      engine = createEngineSupervisor(enginePath(), engineEnvironment, send)
      const onReady = (contents: WebContents): void => {
        const owner = BrowserWindow.fromWebContents(contents)
        if (owner === null) return
        markTime('pageReady')
        readyPages.add(owner)
        engine?.connect(contents)
        sendWaiting()
      }
      handleShellCalls(onReady, () => engine?.restart())
      setMenu((command) => send({ type: 'menu', command }))
      app.on('activate', () => {
        if (window === undefined) showWindow()
      })
    })
    .catch((error: unknown) => {
      console.error(error)
      app.exit(1)
    })
}

/** What the engine cannot find out by itself. */
function engineEnvironment(): Record<string, string> {
  return { CASEBOOK_VERSION: __APP_VERSION__, CASEBOOK_SAMPLES_FOLDER: samplesFolder(), ...machineEnvironment() }
}
