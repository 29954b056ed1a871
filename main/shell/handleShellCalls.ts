import { basename, isAbsolute, join } from 'node:path'
import {
  app,
  BrowserWindow,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  ipcMain,
  shell,
  type WebContents,
} from 'electron'
import { z } from 'zod'
import type { ShellApi, Versions } from '../../shared/shellApi'
import { chooseFiles, chooseFolder, chooseSavePath } from './dialogs'
import { isOwnPage } from './lockDown'
import { changeMachineSettings, machineSettingsSchema, machineState } from './machineSettings'
import { samplesFolder } from './places'
import { printPdf } from './printPdf'
import { forgetProject, recentProjectSchema, recentProjects, rememberProject } from './recentProjects'
import { setTheme } from './windows'

/** The calls of `ShellApi` that ask the shell for an answer; the preload itself does the rest. */
type AnsweredCall = Exclude<keyof ShellApi, 'pathOf' | 'ready' | 'onEvent'>

const path = z.string().min(1).refine(isAbsolute)
const nothing = z.tuple([])
const fileKind = z.enum(['csv', 'xlsx', 'parquet', 'folder', 'html', 'json', 'png', 'svg', 'txt', 'pdf'])

/** Answers the page's calls. Every argument is parsed, and only our own page is listened to. */
export function handleShellCalls(onReady: (page: WebContents) => void, restartEngine: () => void): void {
  ipcMain.on('shell:ready', (event) => {
    if (isTrusted(event)) onReady(event.sender)
  })
  answer('chooseFiles', nothing, (window) => chooseFiles(window))
  answer('chooseFolder', z.tuple([path.nullable()]), (window, from) =>
    chooseFolder(window, from ?? app.getPath('documents')),
  )
  answer('chooseProject', nothing, (window) => chooseFolder(window, projectsFolder()))
  answer('chooseSavePath', z.tuple([z.object({ name: z.string(), kind: fileKind })]), (window, { name, kind }) =>
    chooseSavePath(window, app.getPath('documents'), basename(name), kind),
  )
  answer('projectsFolder', nothing, projectsFolder)
  answer('samplesFolder', nothing, samplesFolder)
  answer('printPdf', z.tuple([z.object({ html: path, to: path.endsWith('.pdf') })]), (_window, { html, to }) =>
    printPdf(html, to),
  )
  answer('showInFolder', z.tuple([path]), (_window, shown) => shell.showItemInFolder(shown))
  answer('recentProjects', nothing, recentProjects)
  answer('rememberProject', z.tuple([recentProjectSchema]), (_window, project) => rememberProject(project))
  answer('forgetProject', z.tuple([path]), (_window, folder) => forgetProject(folder))
  answer('setTheme', z.tuple([z.enum(['light', 'dark', 'system'])]), (_window, theme) => setTheme(theme))
  answer('machineState', nothing, machineState)
  answer('changeMachineSettings', z.tuple([machineSettingsSchema]), (_window, settings) => {
    const problem = changeMachineSettings(settings)
    if (problem === null) restartEngine()
    return problem
  })
  answer('versions', nothing, versions)
}

function answer<Name extends AnsweredCall, Args extends Parameters<ShellApi[Name]>>(
  name: Name,
  args: z.ZodType<Args>,
  work: (window: BrowserWindow, ...args: Args) => Awaited<ReturnType<ShellApi[Name]>> | ReturnType<ShellApi[Name]>,
): void {
  ipcMain.handle(`shell:${name}`, (event, ...given: unknown[]) => {
    const window = BrowserWindow.fromWebContents(event.sender)
    if (window === null || !isTrusted(event)) throw new Error('This page may not call the shell.')
    return work(window, ...args.parse(given))
  })
}

function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url)
}

const projectsFolder = (): string => join(app.getPath('documents'), 'Casebook')

function versions(): Versions {
  const { electron = '', chrome = '', node } = process.versions
  return { app: __APP_VERSION__, electron, chrome, node, standIn: electron !== __PINNED_ELECTRON__ }
}
