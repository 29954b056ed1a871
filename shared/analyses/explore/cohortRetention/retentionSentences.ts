import type { Formatter } from '../../../format'
import { periodFormat } from '../../../periods'
import type { CohortRetentionParams, CohortRetentionResult, RetentionTotal } from './cohortRetention'

/** "One new customer in ten buys again the next month: 130 of 1,362 (9.5%)". */
export function findingSentence(
  { active, of }: RetentionTotal,
  share: number,
  { period, counted }: CohortRetentionParams,
  format: Formatter,
): string {
  const when = counted === 'on' ? `the next ${period}` : `the next ${period} or later`
  return `${oneIn(share)} again ${when}: ${format.count(active)} of ${format.count(of)} (${format.percent(share)})`
}

const words = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** "One new customer in ten buys" where a round fraction is near, else "Three new customers in ten buy". */
function oneIn(share: number): string {
  if (share <= 0) return 'No new customer buys'
  const whole = Math.round(1 / share)
  if (whole >= 2 && whole <= 100 && Math.abs(1 / whole - share) / share < 0.15)
    return `One new customer in ${words[whole] ?? whole} buys`
  const tenths = Math.round(share * 10)
  if (tenths === 0) return 'Hardly any new customer buys'
  if (tenths === 10) return 'Nearly every new customer buys'
  return `${(words[tenths] ?? '').replace(/^./, (letter) => letter.toUpperCase())} new customers in ten buy`
}

/** The share once more, as ten people, or as a hundred where fewer than one of ten comes back. */
export function plainSentence(share: number, { period, counted }: CohortRetentionParams): string {
  const back = Math.round(share * 10)
  if (back === 0 && share > 0) {
    const few = Math.max(1, Math.round(share * 100))
    return counted === 'onOrAfter'
      ? `Win a hundred first-time buyers and ${few} of them will be seen again in a later ${period}.`
      : `Win a hundred first-time buyers and ${100 - few} are absent a ${period} later.`
  }
  if (counted === 'onOrAfter')
    return `Win ten first-time buyers and ${words[back]} of them will be seen again in a later ${period}.`
  const absent = 10 - back
  return `Win ten first-time buyers and ${words[absent]} ${absent === 1 ? 'is' : 'are'} absent a ${period} later.`
}

/** A rate of fewer customers is no candidate for the best. */
const fewest = 25

/**
 * Names a best cohort only where its interval lies above every other one's. A first cohort that holds customers from
 * before the data is no candidate: they were won already.
 */
export function bestCohortSentence(result: CohortRetentionResult, unit: 'month' | 'week', format: Formatter): string {
  const [first] = result.cohorts
  const [best, ...others] = result.nextPeriod
    .filter(({ cohort, customers }) => customers >= fewest && !(isTruncated(result) && cohort === first?.cohort))
    .sort((one, other) => other.share - one.share)
  const rival = others.reduce<typeof best>(
    (top, cohort) => (top === undefined || cohort.high > top.high ? cohort : top),
    undefined,
  )
  if (best === undefined || rival === undefined || best.active === 0) return ''
  const name = (cohort: string): string => format.value(cohort, periodFormat(unit))
  const head = `${name(best.cohort)} looks best with ${format.percent(best.share)} (${format.count(best.active)} of ${format.count(best.customers)})`
  return best.low > rival.high
    ? `${head}, and its interval of ${format.interval(best.low, best.high)} lies above all others.`
    : `${head}, but its interval of ${format.interval(best.low, best.high)} overlaps ${name(rival.cohort)} at ${format.percent(rival.share)} (${format.interval(rival.low, rival.high)}), so no cohort can be called the winner.`
}

/** The first cohort may hold customers from before the data, unless every tenure says otherwise. */
export function isTruncated(result: CohortRetentionResult): boolean {
  return result.olderThanData !== 0
}
