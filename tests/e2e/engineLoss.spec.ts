import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { expect, type LaunchedApp, test } from './fixtures'
import { chooseInDialog, writeLargeVisits, writeSmallShop } from './shopFiles'

/** The window with a small shop open, and where its project lies. */
async function openSmallShop(launch: (env: Record<string, string>) => Promise<LaunchedApp>, folder: string) {
  const launched = await launch({ HOME: folder, XDG_CONFIG_HOME: join(folder, '.config') })
  const { app, page } = launched
  const { sales, coupons } = writeSmallShop(folder)
  await chooseInDialog(app, [sales, coupons])
  await page.getByRole('button', { name: /Open files/ }).click()
  await expect(page.getByText('The ledger balances')).toBeVisible()
  return { ...launched, projectFile: () => readFileSync(findProjectFile(folder), 'utf8') }
}

function findProjectFile(folder: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('project.json'))
  if (found === undefined) throw new Error('no project was saved')
  return join(folder, found)
}

async function enginePid(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(
    ({ app: shell }) => shell.getAppMetrics().find(({ name }) => name === 'Casebook engine')?.pid,
  )
  return Number(pid)
}

test('the engine killed during an import: the window says so, a new one opens the project as it was', async ({
  launchApp,
  folder,
}) => {
  const { app, page, projectFile } = await openSmallShop((env) => launchApp({ env }), folder)
  const before = projectFile()
  await chooseInDialog(app, [writeLargeVisits(folder)])
  await page.getByRole('button', { name: 'Add files' }).click()
  await expect(page.getByRole('progressbar', { name: /large.visits/i })).toBeVisible()
  const killed = await enginePid(app)
  process.kill(killed, 'SIGKILL')
  // The banner lasts only as long as the restart; the note about the lost import stays.
  await expect(page.getByText('The engine stopped before it could answer.')).toBeVisible()
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await expect(page.getByText('The ledger balances')).toBeVisible()
  expect(await enginePid(app)).not.toBe(killed)
  // The new engine answers for the project: the grid reads its rows from it.
  await expect(page.getByRole('gridcell', { name: 'A1' })).toBeVisible()
  await expect(page.getByText('large_visits.csv')).toHaveCount(0)
  expect(projectFile()).toBe(before)
})

test('an import cancelled in the window leaves the project as it was', async ({ launchApp, folder }) => {
  const { app, page, projectFile } = await openSmallShop((env) => launchApp({ env }), folder)
  const before = projectFile()
  await chooseInDialog(app, [writeLargeVisits(folder)])
  await page.getByRole('button', { name: 'Add files' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await expect(page.getByText('The ledger balances')).toBeVisible()
  await expect(page.getByText('large_visits.csv')).toHaveCount(0)
  expect(projectFile()).toBe(before)
  // The engine is free again: the next question is answered.
  await page.getByRole('button', { name: 'Next choice' }).click()
  await expect(page.getByText('large_visits.csv')).toHaveCount(0)
})
