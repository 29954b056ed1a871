import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { dropFiles } from './shopFiles'

/** The five files of a real shop where they are at hand, else the bundled synthetic one. */
const real = resolve('../shared/data/marketing-insights')
const shop = existsSync(real)
  ? {
      files: [
        'Online_Sales.csv',
        'CustomersData.xlsx',
        'Discount_Coupon.csv',
        'Marketing_Spend.csv',
        'Tax_amount.xlsx',
      ].map((name) => join(real, name)),
      headline: /1,468 customers, 25,061 orders, every day of 2019/,
      total: '5,397,358.75',
      retention: /buys again the next month: 130 of 1,362 \(9\.5%\)/,
      premium: /144\s*customers, 9\.8%/,
    }
  : {
      files: ['order_lines.csv', 'customers.csv', 'coupons.csv', 'tax.csv', 'spend.csv'].map((name) =>
        resolve('assets/samples/synthetic-shop', name),
      ),
      headline: /2,798 customers, 6,425 orders, every day of 2025/,
      total: '1,067,926.94',
      retention: /buys again the next month: [\d,]+ of [\d,]+ \(\d+\.\d%\)/,
      premium: /\d+\s*customers, \d+\.\d%/,
    }

const step = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}:`) })

test('from five dropped files to a business case, and back to it from the recent projects', async ({
  launchApp,
  folder,
}) => {
  const env = { HOME: folder, XDG_CONFIG_HOME: join(folder, '.config') }
  const userDataFolder = join(folder, 'user')
  const { app, page } = await launchApp({ env, userDataFolder })

  await test.step('drop the files, see the totals and that they add up', async () => {
    await expect(page.getByRole('button', { name: /Open files/ })).toBeVisible()
    await dropFiles(page, shop.files)
    await expect(page.getByRole('heading', { level: 1, name: shop.headline })).toBeVisible()
    await expect(page.getByText(shop.total).first()).toBeVisible()
    await expect(page.getByText('The ledger balances')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Kind: Order lines/ })).toBeVisible()
  })

  await test.step('another reading changes the total, undo brings it back', async () => {
    const choice = page.getByRole('region', { name: 'Which lines get the coupon discount?' })
    await choice.getByRole('radio').nth(1).click()
    await choice.getByRole('button', { name: /^Use / }).click()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('button', { name: 'Redo' })).toBeEnabled()
    await expect(page.getByText(shop.total).first()).toBeVisible()
  })

  await test.step('ask who comes back', async () => {
    await page.getByRole('button', { name: 'Continue to Explore' }).click()
    await page.getByRole('button', { name: /Cohort retention/ }).click()
    await expect(page.getByRole('heading', { name: shop.retention })).toBeVisible()
    await expect(page.getByText('Customers are grouped by the month')).toBeVisible()
    await page.getByRole('tab', { name: 'SQL' }).click()
    await expect(page.getByText(/FROM orders/).first()).toBeVisible()
  })

  await test.step('see the value tiers', async () => {
    await step(page, 'Segment').click()
    await page.getByRole('button', { name: /Value tiers/ }).click()
    await expect(page.getByText('Premium', { exact: true }).first()).toBeVisible()
    await expect(page.getByText(shop.premium).first()).toBeVisible()
  })

  await test.step('export the business case as a workbook', async () => {
    const workbook = join(folder, 'case.xlsx')
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, workbook)
    await step(page, 'Business case').click()
    await expect(page.getByRole('heading', { level: 1, name: /The plan/ })).toBeVisible()
    await page
      .getByRole('button', { name: /Export/ })
      .first()
      .click()
    await expect.poll(() => existsSync(workbook) && statSync(workbook).size > 20_000).toBe(true)
    expect(readFileSync(workbook).subarray(0, 2).toString()).toBe('PK')
  })

  await app.close()
  await test.step('reopen from the recent projects', async () => {
    const again = await launchApp({ env, userDataFolder })
    const recent = again.page
      .getByRole('button', { name: /^Open .*(Online Sales|Order lines)/i })
      .or(again.page.getByText(/Online Sales|Order lines/i))
    await recent.first().click()
    await expect(again.page.getByRole('heading', { level: 1, name: shop.headline })).toBeVisible()
    await expect(again.page.getByText(shop.total).first()).toBeVisible()
  })

  const saved = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('project.json'),
  )
  expect(saved).toHaveLength(1)
})
