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

  async find(column: string, text: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Find' }).click()
    await this.page.getByLabel('Column to search').first().fill(column)
    await this.page.getByRole('option', { name: column, exact: true }).click()
    await this.page.getByLabel('Contains').fill(text)
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
