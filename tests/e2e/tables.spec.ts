import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { DataPage } from './pages/DataPage'
import { FramePage } from './pages/FramePage'
import { WelcomePage } from './pages/WelcomePage'
import { chooseInDialog } from './shopFiles'

const pictures = 'tests/e2e/output/tables'
mkdirSync(pictures, { recursive: true })

const sample = 'Synthetic shop'
const millionRows = 1_048_576

test('filters of several columns, chips, sorting, and an empty answer that explains itself', async ({
  launchApp,
  folder,
}) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  await resize(app, page, 1440, 900)
  const data = await new WelcomePage(page).openSample(sample)
  await expect(data.tables.getByRole('gridcell').first()).toBeVisible()
  await data.tables.scrollIntoViewIfNeeded()
  await data.filterByValue('category', 'Kitchen')
  const left = data.tables.getByRole('status').filter({ hasText: 'of 36,983 rows' })
  await expect(left).toContainText(/^\d{1,2},\d{3} of 36,983 rows$/)
  await expect(data.tables.getByRole('gridcell', { name: 'Kitchen' }).first()).toBeVisible()
  await expect(data.tables.getByRole('gridcell', { name: 'Stationery' })).toHaveCount(0)

  await data.head('quantity').click()
  await data.head('quantity').click()
  await data.head('order_date').click({ modifiers: ['Shift'] })
  await expect(data.tables).toContainText('sorted by quantity ↓, order_date ↑')
  await picture(page, 'filters')

  await data.search('no such thing anywhere')
  await expect(data.tables).toContainText('No row passes all of these filters.')
  await picture(page, 'empty')
  await data.tables.getByRole('button', { name: 'Remove it' }).click()
  await expect(left).toContainText(/^\d{1,2},\d{3} of 36,983 rows$/)
  await data.tables.getByRole('button', { name: 'Clear all' }).click()
  await expect(left).toHaveCount(0)
  await expect(data.cells('order_date').first()).toHaveText('2025-01-01')
})

test('the filter of each kind of column', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  await resize(app, page, 1280, 800)
  const data = await new WelcomePage(page).openSample(sample)
  await expect(data.tables.getByRole('gridcell').first()).toBeVisible()
  await data.tables.getByRole('button', { name: 'Filter category' }).click()
  await expect(page.getByRole('checkbox').first()).toBeVisible()
  await picture(page, 'filter-values')
  await page.keyboard.press('Escape')
  await data.tables.getByRole('button', { name: 'Filter order_date' }).click()
  await page.getByLabel('From').fill('2025-12-30')
  await picture(page, 'filter-range')
  await page.getByRole('button', { name: 'Show these rows' }).click()
  await expect(data.tables).toContainText('order_date from 2025-12-30')
  await expect(data.cells('order_date').first()).toHaveText('2025-12-30')
})

test('row 900,000 of a million rows comes at once, sorted or not', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  await resize(app, page, 1280, 800)
  const file = writeMillion(folder)
  await chooseInDialog(app, [file])
  await page.getByRole('button', { name: 'Open files…' }).click()
  const data = new DataPage(page)
  await expect(data.tables).toContainText('1,048,576 rows', { timeout: 60_000 })
  const amounts = data.cells('amount')
  await expect(amounts.first()).toHaveText('0.50')
  const started = Date.now()
  await data.goToRow(900_000)
  const wanted = ((899_999 * 7919) % millionRows) + 0.5
  await expect(amounts.filter({ hasText: twoDecimals(wanted) })).toHaveCount(1)
  expect(Date.now() - started).toBeLessThan(3000)
  await picture(page, 'row-900000')
  await data.head('amount').click()
  await expect(amounts.first()).toHaveText('0.50')
  await data.goToRow(900_000)
  await expect(amounts.filter({ hasText: twoDecimals(899_999.5) })).toHaveCount(1)
})

test('what the grid shows is what is written', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  await expect(data.tables.getByRole('gridcell').first()).toBeVisible()
  await data.filterByValue('category', 'Kitchen')
  await expect(data.tables).toContainText('category is Kitchen')
  await data.tables.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'order_date' }).uncheck()
  await page.keyboard.press('Escape')
  const to = join(folder, 'kitchen.csv')
  await saveInDialog(app, to)
  await data.tables.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^CSV/ }).click()
  await expect(page.getByText('kitchen.csv is written')).toBeVisible()
  const [head = '', ...lines] = readFileSync(to, 'utf8').trim().split('\n')
  expect(head).not.toContain('order_date')
  expect(lines.every((line) => line.includes('Kitchen'))).toBe(true)
  await expect(data.tables).toContainText(`${lines.length.toLocaleString('en-US')} of 36,983 rows`)
})

test('cells are copied with their head', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  await data.cells('order_date').first().click()
  await data
    .cells('order_date')
    .nth(1)
    .click({ modifiers: ['Shift'] })
  await page.keyboard.press('ControlOrMeta+C')
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe('order_date\n2025-01-01\n2025-01-01')
})

test('a table is turned, and the question behind it stands in the scratchpad', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  await resize(app, page, 1280, 800)
  const data = await new WelcomePage(page).openSample(sample)
  await expect(data.tables.getByRole('gridcell').first()).toBeVisible()
  await data.tables.getByRole('button', { name: 'Pivot' }).click()
  await page.getByRole('combobox', { name: 'Down' }).click()
  await page.getByRole('option', { name: 'order_date' }).click()
  await page.getByRole('combobox', { name: 'Across' }).click()
  await page.getByRole('option', { name: 'category' }).click()
  await picture(page, 'pivot-form')
  await page.getByRole('button', { name: 'Show the pivot' }).click()
  await expect(data.scratchpad.getByRole('status').first()).toContainText('12 rows')
  await expect(data.scratchpad.getByRole('gridcell', { name: '2025-01' })).toBeVisible()
  await picture(page, 'pivot')
})

test('a question is pointed at where it is wrong, answered, drawn, and saved as a view', async ({
  launchApp,
  folder,
}) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  await resize(app, page, 1440, 900)
  const data = await new WelcomePage(page).openSample(sample)
  await expect(data.tables.getByRole('gridcell').first()).toBeVisible()
  await data.runCommand('Ask a question in SQL')
  await data.scratchpad.scrollIntoViewIfNeeded()
  await data.runSql('SELECT category,\n  sum(revenu) AS revenue\nFROM orders GROUP BY category')
  await expect(data.scratchpad.getByRole('alert')).toContainText('revenu')
  await expect(data.scratchpad.getByRole('alert')).toContainText('Line 2, column 7')
  await picture(page, 'sql-error')

  await data.runSql('SELECT category, sum(revenue) AS revenue FROM orders GROUP BY category ORDER BY revenue DESC')
  await expect(data.scratchpad.getByRole('status').first()).toContainText('12 rows')
  await expect(data.scratchpad.getByRole('gridcell', { name: 'Kitchen' })).toBeVisible()
  await data.scratchpad.getByRole('status').first().scrollIntoViewIfNeeded()
  await picture(page, 'sql-rows')
  await data.scratchpad.getByText('Chart', { exact: true }).click()
  await expect(data.scratchpad.getByRole('img', { name: 'revenue by category' })).toBeVisible()
  await expect(page.locator('.waiting')).toHaveCount(0)
  await data.scratchpad.getByRole('img', { name: 'revenue by category' }).scrollIntoViewIfNeeded()
  await picture(page, 'sql-chart')

  await data.scratchpad.getByRole('button', { name: 'Save as view' }).click()
  await page.getByLabel('Name of the view').fill('revenue by category')
  await page.getByRole('button', { name: 'Save the view' }).click()
  await data.tables.getByRole('tab', { name: 'revenue by category' }).click()
  await expect(data.tables.getByRole('gridcell', { name: 'Kitchen' })).toBeVisible()
  await data.tables.scrollIntoViewIfNeeded()
  await picture(page, 'saved-view')
  await data.tables.getByRole('button', { name: 'View revenue by category' }).click()
  await page.getByRole('menuitem', { name: 'Remove view' }).click()
  await expect(data.tables.getByRole('tab', { name: 'revenue by category' })).toHaveCount(0)
})

test('an answer of a million rows is paged and cannot change anything', async ({ launchApp, folder }) => {
  const { page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  await data.openScratchpad()
  await data.runSql("SELECT range AS number, 'row ' || range AS name FROM range(3000000)")
  await expect(data.scratchpad.getByRole('status').first()).toContainText('3,000,000 rows', { timeout: 60_000 })
  await data.scratchpad.getByLabel('Go to row').fill('2900000')
  await page.keyboard.press('Enter')
  await expect(data.scratchpad.getByRole('gridcell', { name: 'row 2899999', exact: true })).toBeVisible()
  await data.runSql('DROP VIEW orders')
  await expect(data.scratchpad.getByRole('alert')).toContainText('Only questions are allowed here')
})

test('the profile of a table, and what differs from another', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  await resize(app, page, 1440, 900)
  const data = await new WelcomePage(page).openSample(sample)
  await data.tables.getByRole('button', { name: 'Profile' }).click()
  const drawer = page.getByRole('dialog', { name: 'Profile of order_lines' })
  await drawer.getByRole('button', { name: /^quantity/ }).click()
  await expect(drawer).toContainText('Middle half')
  await picture(page, 'profile')
  await drawer.getByRole('button', { name: /^category/ }).click()
  await expect(drawer.getByRole('list', { name: 'Commonest values of category' })).toBeVisible()
  await drawer.getByRole('tab', { name: 'Compare with another table' }).click()
  await drawer.getByLabel('Compare order_lines with').click()
  await page.getByRole('option', { name: 'coupons' }).click()
  await expect(drawer).toContainText('Only in order_lines')
  await picture(page, 'compare')
})

test('the data mart is a folder of tables with a dictionary', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  await expect(data.ledger).toBeVisible()
  await saveInDialog(app, join(folder, 'mart'))
  await page.getByRole('button', { name: 'Export data mart' }).click()
  await page.getByRole('menuitem', { name: /^CSV files/ }).click()
  await expect(page.getByText('The data mart is written')).toBeVisible()
  expect(readFileSync(join(folder, 'mart', 'dictionary.csv'), 'utf8')).toContain('order_lines.csv')
})

for (const theme of ['Light', 'Dark'] as const) {
  test(`the table at both sizes, ${theme.toLowerCase()}`, async ({ launchApp, folder }) => {
    const { app, page } = await launchApp({ env: { HOME: folder } })
    await new FramePage(page).chooseTheme(theme)
    await resize(app, page, 1280, 800)
    const data = await new WelcomePage(page).openSample(sample)
    await data.filterByValue('category', 'Kitchen')
    await expect(data.tables).toContainText('category is Kitchen')
    await data.openScratchpad()
    await data.runSql('SELECT ordered_on, sum(revenue) AS revenue, count(*) AS lines FROM orders GROUP BY 1 ORDER BY 1')
    await expect(data.scratchpad.getByRole('status').first()).toContainText('365 rows')
    await expect(data.scratchpad.getByRole('gridcell', { name: '2025-01-01' })).toBeVisible()
    await picture(page, `scratch-1280-${theme.toLowerCase()}`)
    await data.scratchpad.getByText('Chart', { exact: true }).click()
    await expect(data.scratchpad.getByRole('img', { name: 'revenue by ordered_on' })).toBeVisible()
    await expect(page.locator('.waiting')).toHaveCount(0)
    await picture(page, `chart-1280-${theme.toLowerCase()}`)
    await data.openScratchpad()
    await data.tables.scrollIntoViewIfNeeded()
    await picture(page, `table-1280-${theme.toLowerCase()}`)
    await resize(app, page, 1920, 1080)
    await picture(page, `table-1920-${theme.toLowerCase()}`)
  })
}

function writeMillion(folder: string): string {
  const path = join(folder, 'million.csv')
  const lines = Array.from(
    { length: millionRows },
    (_, row) => `${(row * 7919) % millionRows}.5,group ${row % 13},2024-01-${String((row % 28) + 1).padStart(2, '0')}`,
  )
  writeFileSync(path, `amount,name,day\n${lines.join('\n')}\n`)
  return path
}

const twoDecimals = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** The next save dialogs answer with this path. */
function saveInDialog(app: ElectronApplication, path: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

async function resize(app: ElectronApplication, page: Page, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, high),
    [width, height] as const,
  )
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width)
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${pictures}/${name}.png`, animations: 'disabled' })
}
