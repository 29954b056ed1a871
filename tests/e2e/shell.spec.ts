import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { printPdfHidden } from '../../main/printPdfHidden'
import { callEngine } from './enginePort'
import { expect, test } from './fixtures'

test('the window opens with its title, without a menu bar in the way, and reports its runtime', async ({
  launchApp,
}) => {
  const { app, page } = await launchApp()
  await expect(page).toHaveTitle(/Casebook/)
  expect(await isShown(app)).toBe(true)
  const versions = await page.evaluate(() => window.casebook.versions())
  const runtime = await app.evaluate(() => process.versions['electron'])
  expect(versions.electron).toBe(runtime)
  console.log(`runtime: Electron ${versions.electron}, Chromium ${versions.chrome}, Node ${versions.node}`)
})

test('the engine answers over a port of the page', async ({ page }) => {
  expect(await callEngine(page, 'ping')).toMatchObject({ type: 'done' })
})

test('an inline script of the page does not run', async ({ launchApp, pageErrors }) => {
  const { page } = await launchApp()
  const directive = await page.evaluate(async () => {
    const blocked = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })
    })
    const script = document.createElement('script')
    script.textContent = 'document.title = "inline script ran"'
    document.head.append(script)
    return blocked
  })
  expect(directive).toBe('script-src-elem')
  expect(await page.title()).not.toBe('inline script ran')
  expect(pageErrors.splice(0).every((error) => error.includes('Content Security Policy'))).toBe(true)
})

test('the page has no Node', async ({ page }) => {
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
  )
  expect(found).toEqual([])
})

test('the network, permissions, navigation and new windows are closed', async ({ launchApp, pageErrors }) => {
  const { app, page } = await launchApp()
  const before = page.url()
  const answers = await page.evaluate(async () => {
    const fetched = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    )
    const asked = await navigator.permissions.query({ name: 'geolocation' })
    const opened = window.open('https://example.com/') === null ? 'refused' : 'opened'
    window.location.href = 'https://example.com/'
    return { fetched, geolocation: asked.state, opened }
  })
  expect(answers).toEqual({ fetched: 'refused', geolocation: 'denied', opened: 'refused' })
  await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete')
  expect(page.url()).toBe(before)
  expect(app.windows()).toHaveLength(1)
  pageErrors.length = 0
})

test('files outside the page folder are not served', async ({ page, pageErrors }) => {
  const statuses = await page.evaluate(() =>
    Promise.all(
      ['/../main/main.js', '/%2e%2e/main/main.js', '/..%2fmain%2fmain.js', '/index.html'].map(
        async (path) => (await fetch(path)).status,
      ),
    ),
  )
  expect(statuses).toEqual([404, 404, 404, 200])
  pageErrors.length = 0
})

test('a killed engine is announced and replaced, and a new port works', async ({ launchApp }) => {
  const { app, page } = await launchApp()
  await callEngine(page, 'ping')
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    window.casebook.onEvent((event) => seen.push(event.type))
    window.addEventListener('message', (event) => {
      if (event.data === 'casebook:engine-port') seen.push('port')
    })
  })
  const firstPid = await enginePid(app)
  process.kill(firstPid, 'SIGKILL')
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { seen: string[] }).seen))
    .toEqual(expect.arrayContaining(['engineStopped', 'port']))
  expect(await callEngine(page, 'ping')).toMatchObject({ type: 'done' })
  expect(await enginePid(app)).not.toBe(firstPid)
})

test('a reloaded page gets a port again', async ({ page }) => {
  await page.reload()
  expect(await callEngine(page, 'ping')).toMatchObject({ type: 'done' })
})

test('dialogs answer with what was chosen and with nothing when cancelled', async ({ launchApp }) => {
  const { app, page } = await launchApp()
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/data/sales.csv'] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' })
  })
  expect(await page.evaluate(() => window.casebook.chooseFiles())).toEqual(['/data/sales.csv'])
  expect(await page.evaluate(() => window.casebook.chooseSavePath({ name: 'case.xlsx', kind: 'xlsx' }))).toBeNull()
})

test('a page of ours becomes a PDF, without running its scripts', async ({ page, folder }) => {
  const html = join(folder, 'report.html')
  await writeFile(html, '<h1>Finding</h1><script>document.body.textContent = "scripts ran"</script>')
  const to = join(folder, 'report.pdf')
  await page.evaluate((files) => window.casebook.printPdf(files), { html, to })
  expect(textOfPdf(to)).toContain('Finding')
  expect(textOfPdf(to)).not.toContain('scripts ran')
  const refused = await page.evaluate((files) => window.casebook.printPdf(files).catch(() => 'refused'), {
    html,
    to: join(folder, 'report.txt'),
  })
  expect(refused).toBe('refused')
})

test('the command line prints a PDF without a window, and says so when it cannot', async ({ folder }) => {
  const html = join(folder, 'report.html')
  await writeFile(html, '<h1>Finding</h1>')
  await printPdfHidden(html, join(folder, 'report.pdf'))
  expect(textOfPdf(join(folder, 'report.pdf'))).toContain('Finding')
  await expect(printPdfHidden(html, join(folder, 'absent', 'report.pdf'))).rejects.toThrow('could not be printed')
})

test('malformed calls are refused', async ({ page }) => {
  const refused = await page.evaluate(() =>
    window.casebook.rememberProject({ folder: 7 } as never).catch(() => 'refused'),
  )
  expect(refused).toBe('refused')
})

test('recent projects survive a restart, newest first, and leave out removed folders', async ({
  launchApp,
  folder,
}) => {
  const first = await launchApp()
  const project = (name: string, path: string) =>
    ({ folder: path, name, summary: '', state: '', stateTone: 'plain', openedAt: '2026-01-01T00:00:00.000Z' }) as const
  await first.page.evaluate(
    (projects) =>
      projects.reduce((done, one) => done.then(() => window.casebook.rememberProject(one)), Promise.resolve()),
    [project('older', folder), project('gone', join(folder, 'gone')), project('newer', first.userDataFolder)],
  )
  await first.app.close()
  const second = await launchApp({ userDataFolder: first.userDataFolder })
  const names = await second.page.evaluate(async () => (await window.casebook.recentProjects()).map(({ name }) => name))
  expect(names).toEqual(['newer', 'older'])
})

test('a damaged settings file does not stop the app', async ({ launchApp, folder }) => {
  await writeFile(join(folder, 'recentProjects.json'), '{ not json')
  await writeFile(join(folder, 'appearance.json'), '[]')
  const { page } = await launchApp({ userDataFolder: folder })
  expect(await page.evaluate(() => window.casebook.recentProjects())).toEqual([])
})

test('the chosen theme is there again at the next start', async ({ launchApp }) => {
  const first = await launchApp()
  await first.page.evaluate(() => window.casebook.setTheme('dark'))
  await first.app.close()
  expect(JSON.parse(await readFile(join(first.userDataFolder, 'appearance.json'), 'utf8'))).toMatchObject({
    theme: 'dark',
  })
  const second = await launchApp({ userDataFolder: first.userDataFolder })
  expect(await second.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
})

test('a second start hands its files to the first window', async ({ launchApp, folder }) => {
  const file = join(folder, 'sales.csv')
  await writeFile(file, 'a,b\n1,2\n')
  const { app, page, userDataFolder } = await launchApp()
  await callEngine(page, 'ping')
  const opened = page.evaluate(
    () =>
      new Promise((resolve) => window.casebook.onEvent((event) => event.type === 'openFiles' && resolve(event.paths))),
  )
  await app.evaluate(
    async ({ app: shell }, [folderOfUser, path]) => {
      const { spawn } = process.getBuiltinModule('node:child_process')
      spawn(process.execPath, [shell.getAppPath(), `--user-data-dir=${folderOfUser}`, '--no-sandbox', String(path)], {
        stdio: 'ignore',
      })
    },
    [userDataFolder, file],
  )
  expect(await opened).toEqual([file])
  expect(app.windows()).toHaveLength(1)
})

const textOfPdf = (file: string): string => execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })

async function enginePid(app: ElectronApplication): Promise<number> {
  let pid: number | undefined
  await expect
    .poll(async () => {
      pid = await app.evaluate(
        ({ app: shell }) => shell.getAppMetrics().find(({ name }) => name === 'Casebook engine')?.pid,
      )
      return pid
    })
    .toBeDefined()
  return Number(pid)
}

const isShown = (app: ElectronApplication): Promise<boolean> =>
  app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    if (window === undefined || window.isVisible()) return window !== undefined
    return new Promise((resolve) => window.once('show', () => resolve(true)))
  })
