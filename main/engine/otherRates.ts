import type { Choice } from '../../shared/description'
import type { Database } from './database'
import { linesUnder, type RateRules } from './lineRates'
import type { MappedSource } from './mapping'
import { type OrderChoices, type OrderFigures, type Returns, readOrderFigures } from './orderChoices'
import { revenueTotal } from './orderOptions'

/** The sums of the order lines, with and without what came back. */
export type OrderReadings = Readonly<Record<Returns, OrderFigures>>

/** The sums under answers that are not in force, by "choice.option". */
export type OtherReadings = Readonly<Record<string, OrderReadings>>

/** Reads the sums under every other answer to the questions about rates, so that each can be shown with its total. */
export async function readOtherRates(
  database: Database,
  sources: readonly MappedSource[],
  asked: readonly Choice[],
  rules: RateRules,
  hasReturns: boolean,
  signal?: AbortSignal,
): Promise<OtherReadings> {
  const readings: Record<string, OrderReadings> = {}
  for (const { key, options, chosen } of asked) {
    for (const option of options) {
      const other = option.key === chosen ? undefined : withAnswer(rules, key, option.key, chosen)
      if (other === undefined) continue
      const lines = linesUnder(other)
      const keep = await readOrderFigures(database, sources, 'keep', signal, lines)
      const leaveOut = hasReturns ? await readOrderFigures(database, sources, 'leaveOut', signal, lines) : keep
      readings[`${key}.${option.key}`] = { keep, leaveOut }
    }
  }
  return readings
}

/** The rules with another answer; undefined where the answer changes no rate, or not all of them alike. */
function withAnswer(rules: RateRules, key: string, option: string, chosen: string): RateRules | undefined {
  const factor = chosen === 'percent' ? 100 : 0.01
  const isOtherScale = [chosen, option].every((scale) => scale === 'percent' || scale === 'fraction')
  switch (key) {
    case 'couponKeys':
    case 'taxKeys':
      return { ...rules, keys: { ...rules.keys, [key]: option } }
    case 'discountScale':
      return isOtherScale ? { ...rules, discountFactor: factor } : undefined
    case 'taxScale':
      return isOtherScale ? { ...rules, taxFactor: factor } : undefined
    default:
      return undefined
  }
}

/** A question about rates with the revenue under each answer. */
export function withTotals(
  choice: Choice,
  choices: OrderChoices,
  figures: OrderReadings,
  others: OtherReadings,
): Choice {
  if (!Object.keys(others).some((name) => name.startsWith(`${choice.key}.`))) return choice
  const options = choice.options.map((option) => {
    const readings = option.key === choice.chosen ? figures : others[`${choice.key}.${option.key}`]
    return readings === undefined ? option : { ...option, total: revenueTotal(choices, readings[choices.returns]) }
  })
  return { ...choice, options }
}
