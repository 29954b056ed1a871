import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { DataPage } from './pages/DataPage'
import { FramePage } from './pages/FramePage'
import { chooseInDialog, dropFiles } from './shopFiles'

const pictures = 'tests/e2e/output/damage'
mkdirSync(pictures, { recursive: true })

const lines = 6000
const million = 1_000_000

for (const theme of ['Light', 'Dark'] as const) {
  test(`the findings of a damaged workbook are shown, decided and taken back, ${theme.toLowerCase()}`, async ({
    launchApp,
    folder,
  }) => {
    const { app, page } = await launchApp({ env: { HOME: folder } })
    await resize(app, page, 1280, 800)
    await new FramePage(page).chooseTheme(theme)
    const data = new DataPage(page)
    await dropFiles(page, [writeDamagedWorkbook(folder)])
    await expect(data.ledger).toContainText('6,040 lines in')
    await expect(data.ledger).toContainText('6,040 used')
    await data.quality.scrollIntoViewIfNeeded()
    await picture(page, 'quality', theme)

    await data.quality.getByRole('button', { name: /^(Show all|Decide)/ }).click()
    const drawer = page.getByRole('dialog')
    await expect(drawer).toContainText('Lines that repeat an earlier line')
    const rows = drawer.getByRole('button', { name: /^Rows of Lines that repeat/ })
    await rows.scrollIntoViewIfNeeded()
    await rows.click()
    await expect(drawer).toContainText('1–40 of 40')
    await picture(page, 'rows-of-a-finding', theme)
    await rows.click()

    await drawer.getByRole('button', { name: /^Leave the rows out: Lines that repeat/ }).click()
    await expect(drawer).toContainText('Decided: rows left out')
    await expect(data.ledger).toContainText('6,000 used')
    await picture(page, 'decided', theme)
    await drawer.getByRole('button', { name: /^Take back: Lines that repeat/ }).click()
    await expect(data.ledger).toContainText('6,040 used')

    await drawer.getByRole('button', { name: /^Divide by 100: / }).click()
    await expect(drawer).toContainText('Decided: divide by 100')
    await page.keyboard.press('Escape')
    await expect(data.ledger).toContainText('163,003.25 in, 54,854.66 out')
    await data.ledger.getByRole('button', { name: 'Open row by row' }).click()
    await expect(page.getByRole('dialog')).toContainText('put right, as decided')
    await picture(page, 'ledger', theme)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(data.quality).not.toContainText('decided')
    await expect(data.ledger).toContainText('gross 163,003.25 in and out')
  })
}

test('a million rows beside it: row 900,000, a filter, and the file that is written', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  await resize(app, page, 1280, 800)
  const data = new DataPage(page)
  await dropFiles(page, [writeDamagedWorkbook(folder)])
  await expect(data.ledger).toContainText('6,040 used')
  await chooseInDialog(app, [writeMillion(folder)])
  await page.getByRole('button', { name: 'Add files' }).first().click()
  await expect(page.getByRole('region', { name: 'million.csv' })).toBeVisible({ timeout: 60_000 })
  await data.tables.getByRole('tab', { name: 'million' }).click()
  await expect(data.tables).toContainText('1,000,000 rows')
  await data.goToRow(900_000)
  await expect(data.cells('number').filter({ hasText: /^900,?000$/ })).toHaveCount(1)
  await picture(page, 'row-900000', 'Light')
  await data.filterByValue('group', 'g7')
  await expect(data.tables).toContainText('76,923 of 1,000,000 rows')
  const to = join(folder, 'seventh.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, to)
  await data.tables.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^CSV/ }).click()
  await expect(page.getByText('seventh.csv is written')).toBeVisible()
  const [head, ...written] = readFileSync(to, 'utf8').trim().split('\n')
  expect(head?.trim()).toBe('number,group,day')
  expect(written).toHaveLength(76_923)
  expect(written.every((line) => line.includes(',g7,'))).toBe(true)
})

/**
 * An export with a title above its table, ids as texts, 40 lines twice and, in one of 50 prices, the decimal sign lost.
 */
function writeDamagedWorkbook(folder: string): string {
  const line = (index: number): (string | number)[] => {
    const price = 4 + (index % 9) / 8
    const day = new Date(Date.UTC(2024, 0, 1 + (index % 300))).toISOString().slice(0, 10)
    return [
      `A${100_000 + index}`,
      day,
      `C${index % 700}`,
      `P${index % 7}`,
      1 + (index % 3),
      index % 50 === 7 ? Math.round(price * 100) : price,
    ]
  }
  const rows = Array.from({ length: lines }, (_, index) => line(index))
  const sheet = utils.aoa_to_sheet([
    ['Sales of the web shop, exported on 2 January 2025'],
    [],
    ['order_id', 'order_date', 'customer_id', 'product_id', 'quantity', 'unit_price'],
    ...rows,
    ...Array.from({ length: 40 }, (_, index) => line(index * 100)),
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'Sales')
  const path = join(folder, 'web_sales.xlsx')
  writeFileSync(path, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  return path
}

function writeMillion(folder: string): string {
  const path = join(folder, 'million.csv')
  const rows = Array.from(
    { length: million },
    (_, row) => `${row + 1},g${row % 13},2024-01-${String((row % 28) + 1).padStart(2, '0')}`,
  )
  writeFileSync(path, `number,group,day\n${rows.join('\n')}\n`)
  return path
}

async function resize(app: ElectronApplication, page: Page, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, high),
    [width, height] as const,
  )
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width)
}

async function picture(page: Page, name: string, theme: string): Promise<void> {
  await page.screenshot({ path: `${pictures}/${name}-${theme.toLowerCase()}.png`, animations: 'disabled' })
}
