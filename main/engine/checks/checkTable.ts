import type { Finding } from '../../../shared/description'
import { checkAmounts } from './amounts'
import { checkAmountsByMonth } from './amountsByMonth'
import { type Check, type CheckContext, type CheckedTable, openWork } from './checkedTable'
import { checkClocks } from './clocks'
import { checkCrowdedIds } from './crowdedIds'
import { checkCurrencies } from './currencies'
import { checkEvents } from './eventChecks'
import { checkFarDates } from './farDates'
import { checkFlagValues } from './flagValues'
import { checkHundredfold } from './hundredfold'
import { checkIds } from './ids'
import { checkMissingDates } from './missingDates'
import { checkPlaceholderNumbers } from './placeholderNumbers'
import { checkRepeatedKeys } from './repeatedKeys'
import { checkRepeatedPeriods } from './repeatedPeriods'
import { checkSwappedColumns } from './swappedColumns'
import { checkSwappedDays } from './swappedDays'
import { checkTableSize } from './tableSize'
import { checkTextDamage } from './textDamage'
import { checkTextVariants } from './textVariants'
import { checkTimeCoverage } from './timeCoverage'

const checks: readonly Check[] = [
  checkTableSize,
  checkMissingDates,
  checkTimeCoverage,
  checkFarDates,
  checkSwappedDays,
  checkClocks,
  checkAmounts,
  checkPlaceholderNumbers,
  checkAmountsByMonth,
  checkHundredfold,
  checkCurrencies,
  checkSwappedColumns,
  checkIds,
  checkCrowdedIds,
  checkRepeatedPeriods,
  checkRepeatedKeys,
  checkEvents,
  checkTextVariants,
  checkTextDamage,
  checkFlagValues,
]

/** What a finding explains: the others say the same about its column again. */
const explains: Readonly<Record<string, readonly string[]>> = {
  exchangedDays: ['missingDays', 'missingMonths', 'fewRows', 'fewRowsOutside', 'farDates', 'repeatedKeys'],
  dates1904: ['missingMonths', 'missingDays', 'fewRows', 'fewRowsOutside'],
  missingMonths: ['missingDays'],
  fewRows: ['fewRowsOutside'],
  placeholderNumbers: ['giantAmounts', 'negativeAmounts'],
  changedScale: ['giantAmounts', 'hundredfold', 'roundedMonth'],
  hundredfold: ['giantAmounts'],
  roundedMonth: ['hundredfold'],
  flagValues: ['placeholderNumbers', 'textVariants'],
  swappedColumns: ['textVariants', 'changedScale', 'giantAmounts'],
  giantCustomer: ['testAccounts', 'customersTwice', 'repeatedKeys'],
  repeatedPeriod: ['repeatedKeys'],
}

/** Ids of everything that is said here, so that an earlier look at a table can be replaced. */
export const contentFindings: ReadonlySet<string> = new Set(
  `changedScale contactsInText currencies customersTwice dates1904 draggedIds encodedTwice endBeforeStart
  exchangedDays farDates fewRows fewRowsOutside flagValues giantAmounts giantCustomer halfDay hundredfold
  idCapitals idShapes lostTimes missingAmounts missingDates missingDays missingIds missingMonths misspeltEvents
  moreThanViews negativeAmounts placeholderDates placeholderNumbers repeatedKeys repeatedPeriod repeatedTable
  roundedIds roundedMonth spreadsheetLimit swappedColumns swappedIds testAccounts textVariants tooManyColumns tooManyColumns
  unknownValues zeroAmounts`.split(/\s+/),
)

const rank: Readonly<Record<Finding['severity'], number>> = { serious: 0, warning: 1, info: 2 }

/**
 * Looks at the contents of an imported table, after reading has settled the types. Serious findings first, at most
 * one a check and column. It reads every row once or twice and settles the rest in a sample of about a million.
 * @throws AppError `cancelled`.
 */
export async function checkTable(table: CheckedTable, context: CheckContext): Promise<Finding[]> {
  if (table.rows === 0) return []
  const work = openWork(table, context)
  const found: Finding[] = []
  for (const check of checks) found.push(...(await check(work)))
  const told = new Set(found.flatMap(({ id, column }) => (explains[id] ?? []).map((other) => `${other} ${column}`)))
  return found
    .filter(({ id, column }) => !told.has(`${id} ${column}`))
    .sort((one, other) => rank[one.severity] - rank[other.severity])
}
