import type { CheckFamily } from './checkTable'
import { checkClocks } from './clocks'
import { checkCrowdedDay } from './crowdedDay'
import { checkEmptyPeriods } from './emptyPeriods'
import { checkEvents } from './eventChecks'
import { checkFarDates } from './farDates'
import { checkMissingDates } from './missingDates'
import { checkMonthTotals } from './monthTotals'
import { checkOrderDates } from './orderDates'
import { checkRepeatedEvents } from './repeatedEvents'
import { checkRepeatedLines } from './repeatedLines'
import { checkRepeatedPeriods } from './repeatedPeriods'
import { checkShiftedClocks } from './shiftedClocks'
import { checkSwappedDays } from './swappedDays'
import { checkTimeCoverage } from './timeCoverage'
import { checkVanishedValues } from './vanishedValues'
import { checkZeroRows } from './zeroRows'

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
    checkVanishedValues,
    checkEmptyPeriods,
    checkOrderDates,
    checkCrowdedDay,
    checkMonthTotals,
    checkRepeatedEvents,
    checkZeroRows,
    checkRepeatedLines,
    checkShiftedClocks,
  ],
  says: [
    'closedWeekdays',
    'crowdedDay',
    'dates1904',
    'emptyPeriod',
    'endBeforeStart',
    'exchangedDays',
    'farDates',
    'fewRows',
    'fewRowsOutside',
    'filledUp',
    'halfDay',
    'lostTimes',
    'missingDates',
    'missingDays',
    'missingMonths',
    'misspeltEvents',
    'monthTotals',
    'moreThanViews',
    'multipliedLines',
    'ordersAgainstDates',
    'placeholderDates',
    'repeatedEvents',
    'repeatedLinesOfMonth',
    'repeatedPeriod',
    'shiftedClocks',
    'tornOrders',
    'vanishedValues',
    'zeroRows',
  ],
  explains: {
    exchangedDays: ['missingDays', 'missingMonths', 'fewRows', 'fewRowsOutside', 'farDates', 'repeatedKeys'],
    dates1904: ['missingMonths', 'missingDays', 'fewRows', 'fewRowsOutside'],
    missingMonths: ['missingDays'],
    fewRows: ['fewRowsOutside'],
    crowdedDay: ['missingDays', 'missingMonths'],
    monthTotals: ['repeatedKeys', 'unlabelledTotals'],
    repeatedPeriod: ['repeatedKeys'],
  },
}
