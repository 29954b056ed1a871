import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, type ElectronApplication, _electron as electron, expect, type Page } from '@playwright/test'

interface LaunchOptions {
  /** Words after the app on its command line, for example files to open. */
  readonly args?: readonly string[]
  /** A packaged program instead of the project folder. */
  readonly executablePath?: string
  readonly env?: Readonly<Record<string, string>>
  /** A folder kept between launches; a fresh one by default. */
  readonly userDataFolder?: string
}

export interface LaunchedApp {
  readonly app: ElectronApplication
  readonly page: Page
  readonly userDataFolder: string
  /** Everything the app's processes printed. */
  readonly output: readonly string[]
}

interface Fixtures {
  /** A folder of this test alone, removed after it. */
  readonly folder: string
  /** Errors of any page so far; the test fails when one is left in it. */
  readonly pageErrors: string[]
  readonly launchApp: (options?: LaunchOptions) => Promise<LaunchedApp>
  /** The window of an app launched without further options. */
  readonly page: Page
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'casebook-test-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },

  // biome-ignore lint/correctness/noEmptyPattern: see above
  pageErrors: async ({}, use) => {
    const errors: string[] = []
    await use(errors)
    expect(errors, 'errors on the page or its console').toEqual([])
  },

  launchApp: async ({ folder, pageErrors }, use) => {
    const running: ElectronApplication[] = []
    await use(async (options = {}) => {
      const userDataFolder = options.userDataFolder ?? (await mkdtemp(join(folder, 'user-data-')))
      const app = await electron.launch({
        cwd: resolve('.'),
        // Playwright would otherwise pretend a light theme.
        colorScheme: null,
        args: [
          ...(options.executablePath === undefined ? ['.'] : []),
          `--user-data-dir=${userDataFolder}`,
          '--disable-gpu',
          ...(options.args ?? []),
        ],
        env: { ...ownEnvironment(), ...options.env },
        ...(options.executablePath === undefined ? {} : { executablePath: options.executablePath }),
      })
      running.push(app)
      const output: string[] = []
      app.process().stdout?.on('data', (chunk) => output.push(String(chunk)))
      app.process().stderr?.on('data', (chunk) => output.push(String(chunk)))
      const page = await app.firstWindow()
      page.on('pageerror', (error) => pageErrors.push(error.stack ?? error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') pageErrors.push(message.text())
      })
      await page.waitForLoadState('domcontentloaded')
      return { app, page, userDataFolder, output }
    })
    await Promise.all(running.map((app) => app.close()))
  },

  page: async ({ launchApp }, use) => {
    const { page } = await launchApp()
    await use(page)
  },
})

export { expect }

function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(entries.filter(([name]) => name !== 'ELECTRON_RENDERER_URL'))
}
