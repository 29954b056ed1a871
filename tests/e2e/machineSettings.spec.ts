import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { callEngine } from './enginePort'
import { expect, test } from './fixtures'
import { FramePage } from './pages/FramePage'
import { chooseInDialog, writeSmallShop } from './shopFiles'

const gigabyte = 1024 ** 3

test('memory and temporary files are set for the computer, checked, and in force at once', async ({
  launchApp,
  folder,
}) => {
  const { app, page, userDataFolder } = await launchApp({
    env: { HOME: folder, XDG_CONFIG_HOME: join(folder, '.config'), CASEBOOK_MEMORY: '', CASEBOOK_TEMP: '' },
  })
  const { sales, coupons } = writeSmallShop(folder)
  await chooseInDialog(app, [sales, coupons])
  await page.getByRole('button', { name: /Open files/ }).click()
  await expect(page.getByText('The ledger balances')).toBeVisible()
  const frame = new FramePage(page)
  const dialog = page.getByRole('dialog', { name: 'Memory and temporary files' })

  await frame.runCommand('Memory and temporary')
  await expect(dialog.getByText(/\d.*limit .*GB/)).toBeVisible()
  await dialog.getByLabel('Memory limit').fill('a lot')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText('"a lot" is not an amount of memory')

  const spill = join(folder, 'fast disk')
  mkdirSync(spill)
  await chooseInDialog(app, [spill])
  await dialog.getByLabel('Memory limit').fill('1 GB')
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click()
  await expect(dialog.getByLabel('Folder for temporary files')).toHaveValue(spill)
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.evaluate((scheme) => document.documentElement.setAttribute('data-mantine-color-scheme', scheme), theme)
    await page.screenshot({ path: `tests/e2e/output/machine-settings-${theme}.png` })
  }
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('The ledger balances')).toBeVisible()

  await expect
    .poll(() => callEngine(page, 'readMemoryUse'))
    .toMatchObject({ output: { limit: gigabyte, tempFolder: join(spill, 'Casebook temporary files') } })
  const setting = {
    sql: "SELECT current_setting('memory_limit') AS most, current_setting('temp_directory') AS folder",
    limit: 1,
  }
  await expect
    .poll(() => callEngine(page, 'runSql', setting))
    .toMatchObject({ output: { rows: [['1.0 GiB', join(spill, 'Casebook temporary files')]] } })
  expect(JSON.parse(readFileSync(join(userDataFolder, 'machineSettings.json'), 'utf8'))).toEqual({
    memory: '1 GB',
    tempFolder: spill,
  })

  // A disk that is gone must not keep the app from working; the dialog says what is the matter.
  rmSync(spill, { recursive: true })
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('machineSettings')?.click())
  await expect(dialog.getByRole('alert')).toContainText('is not there')
  await dialog.getByRole('button', { name: 'Use the usual folder' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect
    .poll(() => callEngine(page, 'readMemoryUse'))
    .toMatchObject({ output: { limit: gigabyte, tempFolder: join(userDataFolder, 'temporary') } })
  expect(existsSync(join(userDataFolder, 'temporary'))).toBe(true)
})
