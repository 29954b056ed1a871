import { FramePage } from './FramePage'

/** Initiatives, scenarios and what they are worth. */
export class CasePage extends FramePage {
  get keyFigures() {
    return this.page.getByRole('region', { name: 'Key figures' })
  }

  get initiatives() {
    return this.page.getByRole('region', { name: 'Initiatives' })
  }

  async chooseScenario(name: 'Do nothing' | 'Low' | 'Base' | 'High'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Scenario' }).getByText(name, { exact: true }).click()
  }

  async edit(title: string | RegExp): Promise<void> {
    await this.initiatives.getByRole('button', { name: title }).first().click()
    await this.page.getByRole('dialog', { name: 'Initiative' }).waitFor()
  }

  async done(): Promise<void> {
    await this.page.getByRole('button', { name: 'Done' }).click()
    await this.page.getByRole('dialog', { name: 'Initiative' }).waitFor({ state: 'hidden' })
  }
}
