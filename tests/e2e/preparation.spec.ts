import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import type { DataPage } from './pages/DataPage'
import { FramePage } from './pages/FramePage'
import { WelcomePage } from './pages/WelcomePage'
import { dropFiles } from './shopFiles'

const pictures = 'tests/e2e/output/screens'
mkdirSync(pictures, { recursive: true })
const sample = 'Synthetic shop'

for (const theme of ['Light', 'Dark'] as const) {
  test(`joins, a formula column, the time zone and the calendar, ${theme.toLowerCase()}`, async ({
    launchApp,
    folder,
  }) => {
    const { app, page } = await launchApp({ env: { HOME: folder } })
    await resize(app, page, 1280, 800)
    await new FramePage(page).chooseTheme(theme)
    const data = await new WelcomePage(page).openSample(sample)
    const joins = page.getByRole('region', { name: 'Joins' })
    await expect(joins).toContainText('orders with customers')
    await joins.scrollIntoViewIfNeeded()
    await picture(page, 'preparation-data', theme)

    await joins.getByRole('button', { name: 'Open the keys' }).click()
    const coupons = page.getByRole('region', { name: 'Order lines and Coupons' })
    await expect(coupons).toContainText('Keys that match')
    await coupons
      .getByRole('button', { name: /^List: Keys only in/ })
      .first()
      .click()
    await expect(coupons.getByRole('columnheader', { name: 'key' })).toBeVisible()
    await picture(page, 'preparation-joins', theme)
    await page.getByRole('button', { name: 'Close', exact: true }).first().click()

    await addColumn(page, data, theme)
    await chooseZone(page)
    await editCalendar(page, theme)
    await readRecipe(app, page, folder, theme)
  })
}

async function addColumn(page: Page, data: DataPage, theme: string): Promise<void> {
  await page.getByRole('button', { name: 'Add column' }).click()
  const drawer = page.getByRole('dialog', { name: 'Add a column' })
  await drawer.getByLabel('Name of the column').fill('worth')
  const formula = drawer.getByLabel('Formula', { exact: true })
  await formula.fill('quantity * unit_prize')
  await expect(drawer).toContainText('There is no column "unit_prize".')
  await expect(drawer).toContainText('Did you mean unit_price?')
  await expect(drawer.getByRole('button', { name: 'Add the column' })).toBeDisabled()
  await picture(page, 'preparation-formula-wrong', theme)
  await formula.fill('quantity * unit_price')
  await expect(drawer).toContainText('36,983 rows, 0 of them empty')
  await picture(page, 'preparation-formula', theme)
  await drawer.getByRole('button', { name: 'Add the column' }).click()
  await expect(drawer).toBeHidden()
  await expect(data.tables).toContainText('36,983 rows, 11 columns')
}

/** The recipe lists what was done, and is written as a script. */
async function readRecipe(app: ElectronApplication, page: Page, folder: string, theme: string): Promise<void> {
  await page.getByRole('button', { name: /^Recipe of/ }).click()
  const dialog = page.getByRole('dialog', { name: 'The recipe of this project' })
  await dialog.getByText(/^Take .* as order lines$/).click()
  await expect(dialog.getByText('CREATE VIEW orders', { exact: false })).toBeVisible()
  await picture(page, 'preparation-recipe', theme)
  const to = join(folder, `recipe ${theme}`)
  await app.evaluate(({ dialog: native }, filePath) => {
    native.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, to)
  await dialog.getByRole('button', { name: 'Save as SQL…' }).click()
  await expect(page.getByText('The recipe is written')).toBeVisible()
  expect(existsSync(join(to, 'steps.sql'))).toBe(true)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(dialog).toBeHidden()
}

async function chooseZone(page: Page): Promise<void> {
  await page.getByRole('button', { name: `Project ${sample}` }).click()
  await page.getByRole('menuitem', { name: /time zone/ }).click()
  await page.getByRole('combobox', { name: 'Report time zone' }).fill('Madrid')
  await page.getByRole('option', { name: 'Europe/Madrid' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function editCalendar(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: `Project ${sample}` }).click()
  await page.getByRole('menuitem', { name: 'Calendar…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Calendar' })
  await expect(dialog.getByRole('checkbox', { name: 'Black Friday' })).toBeChecked()
  await dialog.getByLabel('Name of the occasion').fill('Spring sale')
  await dialog.getByLabel('First day').fill('2025-03-03')
  await dialog.getByLabel('Last day').fill('2025-03-16')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByRole('list', { name: 'Occasions' })).toContainText('Spring sale')
  await picture(page, 'preparation-calendar', theme)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

async function resize(app: ElectronApplication, page: Page, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]), [
    width,
    height,
  ] as const)
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width)
}

async function picture(page: Page, name: string, theme: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}-${theme.toLowerCase()}.png`), animations: 'disabled' })
}

test('a folder is one table, and a saved mapping opened with files says what they are', async ({
  launchApp,
  folder,
}) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  await resize(app, page, 1280, 800)
  const months = join(folder, 'months')
  mkdirSync(months)
  for (const month of ['01', '02', '03']) {
    const rows = Array.from(
      { length: 40 },
      (_, row) => `k${row % 9},2024-${month}-${String((row % 28) + 1).padStart(2, '0')},${row + 1}.50`,
    )
    writeFileSync(join(months, `sales-${month}.csv`), `customer_id,order_date,revenue\n${rows.join('\n')}\n`)
  }
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, months)
  await page.getByRole('button', { name: 'Open a folder…' }).click()
  const card = page.getByRole('region', { name: 'months' })
  await expect(card).toContainText('120 × 3')
  await expect(card).toContainText('3 files')
  await picture(page, 'preparation-folder', 'Light')

  const mapping = join(folder, 'Months.mapping.json')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, mapping)
  const frame = new FramePage(page)
  await frame.runCommand('Save the mapping for other files')
  await expect(page.getByText('The mapping is saved')).toBeVisible()
  await frame.runCommand('Close project')
  await expect(page.getByRole('heading', { name: 'From customer files to a decision' })).toBeVisible()
  await dropFiles(page, [mapping, join(months, 'sales-02.csv')])
  await expect(page.getByRole('region', { name: 'sales-02.csv' })).toContainText('40 × 3')
})

for (const theme of ['Light', 'Dark'] as const) {
  test(`a column is read in another way, ${theme.toLowerCase()}`, async ({ launchApp, folder }) => {
    const { app, page } = await launchApp({ env: { HOME: folder } })
    await resize(app, page, 1280, 800)
    await new FramePage(page).chooseTheme(theme)
    const file = join(folder, 'sales.csv')
    const rows = Array.from(
      { length: 60 },
      (_, row) => `k${row % 9},0${(row % 9) + 1}/0${(row % 8) + 1}/2024,${row + 1}.50,${row === 7 ? 'x' : row}`,
    )
    writeFileSync(file, `customer_id,order_date,revenue,code\n${rows.join('\n')}\n`)
    await dropFiles(page, [file])
    await page.getByRole('button', { name: 'Edit roles of sales' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('tab', { name: 'How it is read' }).click()
    await drawer.getByRole('button', { name: /^code/ }).click()
    await drawer.getByRole('combobox', { name: 'Read code as' }).click()
    await page.getByRole('option', { name: 'Number' }).click()
    await expect(drawer).toContainText('1 of the first 60 rows cannot be read so and would be empty.')
    await picture(page, 'reading', theme)
    await drawer.getByRole('button', { name: 'Read it so' }).click()
    await expect(drawer).toBeHidden()
    await expect(page.getByRole('region', { name: 'Quality' })).toContainText('Cells that cannot be read as you wish')
  })
}

for (const theme of ['Light', 'Dark'] as const) {
  test(`a file that was cut wrongly is cut as wished, ${theme.toLowerCase()}`, async ({ launchApp, folder }) => {
    const { app, page } = await launchApp({ env: { HOME: folder } })
    await resize(app, page, 1280, 800)
    await new FramePage(page).chooseTheme(theme)
    const file = join(folder, 'sales.txt')
    const rows = Array.from({ length: 60 }, (_, row) => `k${row % 9}:2024-0${(row % 8) + 1}-1${row % 9}:${row + 1}.50`)
    writeFileSync(file, `client:day:amount\ncustomer_id:order_date:revenue\n${rows.join('\n')}\n`)
    await dropFiles(page, [file])
    await page.getByRole('button', { name: 'Edit roles of sales' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('tab', { name: 'How it is cut' }).click()
    await drawer.getByRole('textbox', { name: 'Another sign' }).fill(':')
    await expect(drawer.getByRole('cell', { name: '2024-01-10' })).toBeVisible()
    await drawer.getByRole('button', { name: 'Row 2 names the columns' }).click()
    await expect(drawer.getByRole('button', { name: 'Row 2 names the columns' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await picture(page, 'layout', theme)
    await drawer.getByRole('button', { name: 'Cut it so' }).click()
    await expect(drawer).toBeHidden()
    await expect(page.getByRole('region', { name: 'sales.txt' })).toContainText('60 × 3')
    await expect(page.getByRole('button', { name: 'Kind: Order lines' })).toBeVisible()
  })
}
