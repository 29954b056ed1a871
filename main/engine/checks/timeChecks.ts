import type { CheckFamily } from './checkTable'
import { checkClocks } from './clocks'
import { checkEvents } from './eventChecks'
import { checkFarDates } from './farDates'
import { checkMissingDates } from './missingDates'
import { checkRepeatedPeriods } from './repeatedPeriods'
import { checkSwappedDays } from './swappedDays'
import { checkTimeCoverage } from './timeCoverage'

/** What is looked for in days, clocks and events. */
export const timeChecks: CheckFamily = {
  checks: [
    checkMissingDates,
    checkTimeCoverage,
    checkFarDates,
    checkSwappedDays,
    checkClocks,
    checkRepeatedPeriods,
    checkEvents,
  ],
  says: [
    'closedWeekdays',
    'dates1904',
    'endBeforeStart',
    'exchangedDays',
    'farDates',
    'fewRows',
    'fewRowsOutside',
    'halfDay',
    'lostTimes',
    'missingDates',
    'missingDays',
    'missingMonths',
    'misspeltEvents',
    'moreThanViews',
    'placeholderDates',
    'repeatedPeriod',
  ],
  explains: {
    exchangedDays: ['missingDays', 'missingMonths', 'fewRows', 'fewRowsOutside', 'farDates', 'repeatedKeys'],
    dates1904: ['missingMonths', 'missingDays', 'fewRows', 'fewRowsOutside'],
    missingMonths: ['missingDays'],
    fewRows: ['fewRowsOutside'],
    repeatedPeriod: ['repeatedKeys'],
  },
}
