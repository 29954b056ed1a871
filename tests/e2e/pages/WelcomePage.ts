import type { ElectronApplication, Page } from '@playwright/test'
import { DataPage } from './DataPage'

/** The first screen: open, samples, recent projects. */
export class WelcomePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get heading() {
    return this.page.getByRole('heading', { name: 'From customer files to a decision' })
  }

  recent(name: string) {
    return this.page.getByRole('listitem').filter({ hasText: name })
  }

  async openSample(title: string): Promise<DataPage> {
    await this.page.getByRole('button', { name: `Open sample ${title}` }).click()
    return this.#opened()
  }

  /** Chooses the files in the system's dialog, which a test cannot see. */
  async openFiles(app: ElectronApplication, paths: readonly string[]): Promise<DataPage> {
    await app.evaluate(
      ({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
      },
      [...paths],
    )
    await this.page.getByRole('button', { name: 'Open files…' }).click()
    return this.#opened()
  }

  async openRecent(name: string): Promise<DataPage> {
    await this.recent(name).getByRole('button').first().click()
    return this.#opened()
  }

  async forgetRecent(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Forget ${name}` }).click()
  }

  async #opened(): Promise<DataPage> {
    const data = new DataPage(this.page)
    await data.ledger.waitFor({ timeout: 90_000 })
    return data
  }
}
