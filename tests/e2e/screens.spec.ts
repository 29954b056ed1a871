import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { FramePage } from './pages/FramePage'
import { WelcomePage } from './pages/WelcomePage'

const pictures = 'tests/e2e/output/screens'
mkdirSync(pictures, { recursive: true })

const sample = 'Synthetic shop'

for (const theme of ['Light', 'Dark'] as const) {
  test(`every screen shows its content, ${theme.toLowerCase()}`, async ({ launchApp, folder }) => {
    const { app, page } = await launchApp({ env: { HOME: folder } })
    await resize(app, page, 1440, 900)
    const welcome = new WelcomePage(page)
    await expect(welcome.heading).toBeVisible()
    await expect(page.getByRole('button', { name: `Open sample ${sample}` })).toBeVisible()
    await new FramePage(page).chooseTheme(theme)
    await picture(page, 'welcome', theme)

    const data = await welcome.openSample(sample)
    await expect(data.finding).toContainText('Seven files fit together as one shop')
    await expect(data.ledger).toContainText('The ledger balances.')
    await expect(data.table('order_lines.csv')).toContainText('36,983 × 10')
    await expect(data.options).toHaveCount(3)
    await expect(data.tables.getByRole('gridcell').first()).toBeVisible()
    await expect(data.tables).toContainText('distinct')
    await picture(page, 'data', theme)

    const explore = await data.explore()
    await expect(explore.finding).toHaveText('What do you want to know?')
    await picture(page, 'explore', theme)
    await explore.ask('How many new customers come back')
    await expect(explore.finding).toContainText('buys again the next month')
    await page.getByRole('button', { name: /^Mar 2025, M\+2/ }).click()
    await expect(explore.panel).toContainText('Mar 2025, M+2')
    await expect(explore.panel).toContainText('95% interval')
    await picture(page, 'explore-cohorts', theme)
    await explore.panel.getByRole('tab', { name: 'SQL' }).click()
    await expect(explore.panel).toContainText('SELECT')

    const segment = await data.segment()
    await segment.ask('Which customers deserve which treatment?')
    await expect(page.getByRole('region', { name: 'Premium' })).toContainText('of revenue')
    await picture(page, 'segment-tiers', theme)

    const businessCase = await data.businessCase()
    await expect(businessCase.keyFigures).toContainText('Extra revenue a month')
    await expect(businessCase.initiatives.getByRole('button', { name: /^Edit / }).first()).toBeVisible()
    await drawn(page)
    await picture(page, 'case', theme)
  })
}

for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
  [720, 600],
] as const) {
  test(`nothing is cut off at ${width} × ${height}`, async ({ launchApp, folder }) => {
    const { app, page } = await launchApp({ env: { HOME: folder } })
    await resize(app, page, width, height)
    const data = await new WelcomePage(page).openSample(sample)
    await expectNoOverflow(page)
    await picture(page, `data-${width}`, 'Light')
    const explore = await data.explore()
    await explore.ask('How many new customers come back')
    await expectNoOverflow(page)
    await picture(page, `explore-cohorts-${width}`, 'Light')
    const businessCase = await data.businessCase()
    await expect(businessCase.keyFigures).toBeVisible()
    await drawn(page)
    await expectNoOverflow(page)
    await picture(page, `case-${width}`, 'Light')
  })
}

test('a kept choice and an undone one are what the project says', async ({ launchApp, folder }) => {
  const { page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  await expect(data.step('Data')).toContainText('2 choices open')
  await data.keepChoice()
  await expect(data.step('Data')).toContainText('1 choice open')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(data.step('Data')).toContainText('2 choices open')
})

test('another parameter gives another answer in place', async ({ launchApp, folder }) => {
  const { page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  const explore = await data.explore()
  await explore.ask('How many new customers come back')
  const panel = page.getByRole('complementary', { name: 'About this answer' })
  const shown = panel.locator('.selectedvalue')
  await expect(shown).toHaveText('18.2%')
  await expect(panel).not.toContainText('Before:')
  await explore.setChoice('Total', 'Simple')
  await expect(panel).toContainText('Before: 18.2% with total weighted')
  await expect(shown).toHaveText((await page.locator('.kpi .n').first().textContent()) ?? '')
  await explore.setChoice('Cohort by', 'Week')
  await expect(explore.finding).toContainText('the next week')
})

test('a cost moves the figures at once, is saved, and is there after reopening', async ({ launchApp, folder }) => {
  const { page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  const businessCase = await data.businessCase()
  await businessCase.edit(/^Edit /)
  await page.getByLabel('Cost once').fill('4000')
  await expect(businessCase.keyFigures).toContainText('after 4,000 cost')
  await businessCase.done()
  await expect(data.step('Business case')).toContainText('initiative')
  await data.closeProject(sample)
  const again = await new WelcomePage(page).openRecent(sample)
  const reopened = await again.businessCase()
  await expect(reopened.keyFigures).toContainText('after 4,000 cost')
  await reopened.chooseScenario('Do nothing')
  await expect(reopened.finding).toContainText('Doing nothing')
})

test('undo takes back an assumption of the case', async ({ launchApp, folder }) => {
  const { page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  const businessCase = await data.businessCase()
  await businessCase.edit(/^Edit /)
  await page.getByLabel('Cost once').fill('4000')
  await businessCase.done()
  await expect(businessCase.keyFigures).toContainText('after 4,000 cost')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(businessCase.keyFigures).toContainText('no cost entered')
})

test('a finding becomes an initiative with its evidence', async ({ launchApp, folder }) => {
  const { page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  const explore = await data.explore()
  await explore.ask('How many new customers come back')
  await page.getByRole('button', { name: 'Make an initiative' }).click()
  await expect(page.getByRole('dialog', { name: 'Initiative' })).toBeVisible()
  await expect(page.getByLabel('Evidence')).toHaveValue(/buys again the next month/)
})

test('the palette opens a question by its words', async ({ launchApp, folder }) => {
  const { page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  await data.runCommand('new customers come back')
  await expect(data.finding).toContainText('buys again the next month')
})

test('a file that cannot be read is explained in place', async ({ launchApp, folder }) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  const file = join(folder, 'empty.csv')
  await writeFile(file, '')
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, file)
  await page.getByRole('button', { name: 'Open files…' }).click()
  await expect(page.getByRole('alert')).toContainText('empty.csv')
  await expect(page.getByRole('button', { name: 'Copy details' })).toBeVisible()
  await expect(new WelcomePage(page).heading).toBeVisible()
})

test('a recent project can be forgotten', async ({ launchApp, folder }) => {
  const { page } = await launchApp({ env: { HOME: folder } })
  const welcome = new WelcomePage(page)
  const data = await welcome.openSample(sample)
  await data.closeProject(sample)
  await expect(welcome.recent(sample)).toContainText('2 choices open in Data')
  await welcome.forgetRecent(sample)
  await expect(welcome.recent(sample)).toHaveCount(0)
})

test('when the engine dies the project comes back by itself, and what it was reading', async ({
  launchApp,
  folder,
}) => {
  const { app, page } = await launchApp({ env: { HOME: folder } })
  const data = await new WelcomePage(page).openSample(sample)
  const dates = data.tables.locator('[role="gridcell"][col-id="order_date"]')
  await expect(dates.first()).toHaveText('2025-01-01')
  const pid = await app.evaluate(
    ({ app: shell }) => shell.getAppMetrics().find(({ name }) => name === 'Casebook engine')?.pid,
  )
  // Held up, it has the question of the grid and no answer to it when it is killed.
  process.kill(Number(pid), 'SIGSTOP')
  await data.tables.getByRole('button', { name: /^order_date/ }).click()
  await data.tables.getByRole('button', { name: /^order_date/ }).click()
  process.kill(Number(pid), 'SIGKILL')
  await expect(page.getByRole('alert')).toContainText('The engine stopped')
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 60_000 })
  await expect(dates.first()).toHaveText('2025-12-31')
  await data.keepChoice()
  await expect(data.step('Data')).toContainText('1 choice open')
})

test('the tour can be skipped and found again, and About tells the versions', async ({ page }) => {
  await page.getByRole('button', { name: 'Take the five-step tour' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('dialog')).toContainText('2 of 5')
  await page.getByRole('button', { name: 'Skip the tour' }).click()
  await page.getByRole('button', { name: 'Help' }).click()
  await page.getByRole('menuitem', { name: 'About Casebook' }).click()
  await expect(page.getByRole('dialog')).toContainText(/DuckDB\s*v\d/)
})

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

/** Waits until no chart is still waiting for its picture. */
async function drawn(page: Page): Promise<void> {
  await expect(page.locator('.waiting')).toHaveCount(0)
}

/** The page itself never scrolls sideways; wide tables scroll inside their cards. */
async function expectNoOverflow(page: Page): Promise<void> {
  const widths = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.page')].map((box) => [box.scrollWidth, box.clientWidth]),
  )
  for (const [scrolled, shown] of widths) expect(scrolled).toBeLessThanOrEqual(shown ?? 0)
}
