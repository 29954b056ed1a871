import type { AnalysisAnswer } from '../../shared/analysis'
import type { AnalysisListing } from '../../shared/engineApi'
import { inWords, paramFields, paramValue } from '../forms/paramFields'

type Asked = Pick<AnalysisAnswer, 'params' | 'choices'>

/** The parameters and the project's choices an answer was given under, in words. */
export function optionsInForce({ params: given, choices }: Asked, listing: Pick<AnalysisListing, 'params'>): string[] {
  const params = typeof given === 'object' && given !== null ? { ...given } : {}
  const set = paramFields(listing.params).flatMap((field) => {
    const value = paramValue(field, params)
    // A whole table typed as text belongs in its own field, not into a list of options.
    if (value === null || value === '' || String(value).length > 40) return []
    const shown =
      field.kind === 'choice' ? (field.options.find((option) => option.value === value)?.label ?? value) : value
    return [`${field.label.toLowerCase()} ${String(shown).toLowerCase()}`]
  })
  const chosen = Object.entries(choices).map(
    ([key, option]) => `${inWords(key).toLowerCase()} ${inWords(option).toLowerCase()}`,
  )
  return [...set, ...chosen]
}

/** What was otherwise when an earlier answer was given, in words; empty when nothing that has a name. */
export function optionsBefore(before: Asked, now: Asked, listing: Pick<AnalysisListing, 'params'>): string[] {
  const current = new Set(optionsInForce(now, listing))
  return optionsInForce(before, listing).filter((option) => !current.has(option))
}
