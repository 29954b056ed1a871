import { FramePage } from './FramePage'

/** The menu of questions of Explore or Segment, and the answer to one. */
export class QuestionsPage extends FramePage {
  question(words: string) {
    return this.page.getByRole('button', { name: words })
  }

  async ask(words: string): Promise<void> {
    await this.question(words).click()
    await this.page.getByRole('button', { name: 'Make an initiative' }).first().waitFor()
    await this.page.locator('.blocks[aria-busy="false"]').waitFor({ timeout: 60_000 })
  }

  async backTo(screen: 'Explore' | 'Segment'): Promise<void> {
    await this.page.getByRole('button', { name: screen, exact: true }).click()
  }

  async setChoice(label: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${label}:`) }).click()
    await this.page.getByRole('menuitem', { name: value }).click()
  }

  get keyFigures() {
    return this.page.getByRole('region', { name: 'Key figures' })
  }

  get panel() {
    return this.page.getByRole('complementary', { name: 'About this answer' })
  }
}
