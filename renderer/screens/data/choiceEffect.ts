import type { Choice, ChoiceOption } from '../../../shared/description'
import type { Formatter } from '../../../shared/format'

/** What one option does to the total, ready to draw. */
export interface OptionEffect {
  readonly option: ChoiceOption
  readonly isChosen: boolean
  /** Part of the largest total, 0–1; null when totals do not move. */
  readonly scale: number | null
  /** "−317,647.47 (−5.9%)" against the option in use; empty for it and where nothing moves. */
  readonly difference: string
}

export function optionEffects(choice: Choice, format: Formatter): readonly OptionEffect[] {
  const totals = choice.options.map(({ total }) => total ?? 0)
  const largest = Math.max(...totals, 0)
  const inUse = choice.options.find(({ key }) => key === choice.chosen)?.total ?? null
  return choice.options.map((option) => ({
    option,
    isChosen: option.key === choice.chosen,
    scale: option.total === null || largest === 0 ? null : option.total / largest,
    difference: option.total === null || inUse === null ? '' : differenceText(option.total - inUse, inUse, format),
  }))
}

/** "How is the invoice of a line built? The total moves by up to 682,847". */
export function choiceTitle(choice: Choice, format: Formatter): string {
  const totals = choice.options.map(({ total }) => total).filter((total) => total !== null)
  const inUse = choice.options.find(({ key }) => key === choice.chosen)?.total ?? null
  if (inUse === null) return choice.question
  const most = Math.max(...totals.map((total) => Math.abs(total - inUse)))
  return most < 0.005 ? choice.question : `${choice.question} The total moves by up to ${format.money(most)}`
}

function differenceText(difference: number, inUse: number, format: Formatter): string {
  if (Math.abs(difference) < 0.005) return ''
  const sign = difference > 0 ? '+' : ''
  const share = inUse === 0 ? '' : ` (${sign}${format.percent(difference / inUse)})`
  return `${sign}${format.cents(difference)}${share}`
}
