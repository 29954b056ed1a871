import { CasePage } from './CasePage'
import { FramePage } from './FramePage'
import { QuestionsPage } from './QuestionsPage'

/** Tables, choices, quality, ledger and the rows themselves. */
export class DataPage extends FramePage {
  get ledger() {
    return this.page.getByRole('region', { name: 'Ledger' })
  }

  get quality() {
    return this.page.getByRole('region', { name: 'Quality' })
  }

  get tables() {
    return this.page.getByRole('region', { name: 'Tables' })
  }

  get scratchpad() {
    return this.page.getByRole('region', { name: 'SQL scratchpad' })
  }

  async openScratchpad(): Promise<void> {
    await this.scratchpad.getByRole('button', { name: 'Ask your own question in SQL' }).click()
  }

  async runSql(text: string): Promise<void> {
    await this.scratchpad.getByLabel('SQL question').fill(text)
    await this.page.keyboard.press('ControlOrMeta+Enter')
  }

  table(fileName: string) {
    return this.page.getByRole('region', { name: fileName })
  }

  /** The option tiles of the choice on screen. */
  get options() {
    return this.page.getByRole('radio')
  }

  async keepChoice(): Promise<void> {
    await this.page.getByRole('button', { name: /^Keep / }).click()
  }

  /** The heads of the grid. */
  head(column: string) {
    return this.tables.getByRole('button', { name: new RegExp(`^${column}`) })
  }

  cells(column: string) {
    return this.tables.locator(`[role="gridcell"][col-id="${column}"]`)
  }

  /** Keeps the rows of one value. */
  async filterByValue(column: string, value: string): Promise<void> {
    await this.tables.getByRole('button', { name: `Filter ${column}` }).click()
    await this.page.getByRole('checkbox', { name: new RegExp(`^${value}`) }).check()
    await this.page.getByRole('button', { name: 'Show these rows' }).click()
  }

  async search(text: string): Promise<void> {
    await this.tables.getByLabel(/^Search /).fill(text)
  }

  async goToRow(number: number): Promise<void> {
    await this.tables.getByLabel('Go to row').fill(String(number))
    await this.page.keyboard.press('Enter')
  }

  async explore(): Promise<QuestionsPage> {
    await this.step('Explore').click()
    return new QuestionsPage(this.page)
  }

  async segment(): Promise<QuestionsPage> {
    await this.step('Segment').click()
    return new QuestionsPage(this.page)
  }

  async businessCase(): Promise<CasePage> {
    await this.step('Business case').click()
    return new CasePage(this.page)
  }
}
