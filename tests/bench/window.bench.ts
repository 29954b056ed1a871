import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type ElectronApplication, _electron as electron } from '@playwright/test'
import { expect, test } from 'vitest'
import { shopFiles } from './benchFiles'
import { medianSeconds, printSeconds } from './measure'

async function withApp(work: (app: ElectronApplication, output: string[]) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-bench-'))
  const app = await electron.launch({
    cwd: resolve('.'),
    args: ['.', `--user-data-dir=${join(folder, 'user')}`, '--disable-gpu'],
    env: { ...(process.env as Record<string, string>), CASEBOOK_TIMING: '1', HOME: folder },
  })
  const output: string[] = []
  app.process().stdout?.on('data', (chunk) => output.push(String(chunk)))
  try {
    await work(app, output)
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

test('the first window', async () => {
  const shown: number[] = []
  await medianSeconds(5, () =>
    withApp(async (app, output) => {
      const page = await app.firstWindow()
      await page.getByRole('button', { name: /Open files/ }).waitFor()
      await expect.poll(() => output.join('')).toContain('"timing"')
      const timing = /\{"timing":(\{[^}]*\})\}/.exec(output.join(''))?.[1]
      shown.push((JSON.parse(timing ?? '{}') as { windowShown: number }).windowShown / 1000)
    }),
  )
  printSeconds(
    'first window shown, from the start of the process',
    shown.sort((one, other) => one - other)[2] ?? Number.NaN,
    'limit 1 s',
  )
  expect(shown).toHaveLength(5)
})

test('files opened in the window to the totals on screen', async () => {
  const seconds: number[] = []
  await medianSeconds(5, () =>
    withApp(async (app) => {
      const page = await app.firstWindow()
      await app.evaluate(
        ({ dialog }, filePaths) => {
          dialog.showOpenDialog = async () => ({ canceled: false, filePaths })
        },
        [...shopFiles],
      )
      await page.getByRole('button', { name: /Open files/ }).waitFor()
      const started = performance.now()
      await page.getByRole('button', { name: /Open files/ }).click()
      await page.getByText('The ledger balances').waitFor()
      seconds.push((performance.now() - started) / 1000)
    }),
  )
  printSeconds(
    `${shopFiles.length} files opened to their totals on screen`,
    seconds.sort((one, other) => one - other)[2] ?? Number.NaN,
    'limit 3 s',
  )
  expect(seconds).toHaveLength(5)
})
