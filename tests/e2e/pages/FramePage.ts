import type { Page } from '@playwright/test'

/** What surrounds every screen of an open project. */
export class FramePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get rail() {
    return this.page.getByRole('navigation', { name: 'Guided path' })
  }

  step(name: string) {
    return this.rail.getByRole('button', { name: new RegExp(`^${name}:`) })
  }

  get finding() {
    return this.page.getByRole('heading', { level: 1 })
  }

  async chooseTheme(theme: 'Light' | 'Dark' | 'As the system'): Promise<void> {
    await this.page.getByRole('button', { name: /^Theme:/ }).click()
    await this.page.getByRole('menuitem', { name: theme }).click()
  }

  async runCommand(words: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+K')
    await this.page.getByPlaceholder('Search or run a command').fill(words)
    await this.page.keyboard.press('Enter')
  }

  async closeProject(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Project ${name}` }).click()
    await this.page.getByRole('menuitem', { name: 'Close project' }).click()
  }
}
