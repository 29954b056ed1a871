import type { Finding } from '../../../shared/description'
import { checkAmounts } from './amounts'
import { checkAmountsByMonth } from './amountsByMonth'
import { type Check, type CheckContext, type CheckedTable, openWork } from './checkedTable'
import { checkClocks } from './clocks'
import { checkCrowdedIds } from './crowdedIds'
import { checkCurrencies } from './currencies'
import { checkCutIds } from './cutIds'
import { checkEvents } from './eventChecks'
import { checkFarDates } from './farDates'
import { checkFlagValues } from './flagValues'
import { checkHundredfold } from './hundredfold'
import { checkIds } from './ids'
import { checkMergedIds } from './mergedIds'
import { checkMissingDates } from './missingDates'
import { checkMixedRates } from './mixedRates'
import { checkOddCodes } from './oddCodes'
import { checkPlaceholderNumbers } from './placeholderNumbers'
import { checkRepeatedKeys } from './repeatedKeys'
import { checkRepeatedPeriods } from './repeatedPeriods'
import { checkRowsBelow } from './rowsBelow'
import { checkShiftedCells } from './shiftedCells'
import { checkSwappedColumns } from './swappedColumns'
import { checkSwappedDays } from './swappedDays'
import { checkTableSize } from './tableSize'
import { checkTargetCopies } from './targetCopies'
import { checkTextDamage } from './textDamage'
import { checkTextVariants } from './textVariants'
import { checkTimeCoverage } from './timeCoverage'

const checks: readonly Check[] = [
  checkTableSize,
  checkRowsBelow,
  checkMissingDates,
  checkTimeCoverage,
  checkFarDates,
  checkSwappedDays,
  checkClocks,
  checkAmounts,
  checkPlaceholderNumbers,
  checkAmountsByMonth,
  checkHundredfold,
  checkMixedRates,
  checkCurrencies,
  checkSwappedColumns,
  checkShiftedCells,
  checkMergedIds,
  checkIds,
  checkCutIds,
  checkCrowdedIds,
  checkOddCodes,
  checkRepeatedPeriods,
  checkRepeatedKeys,
  checkEvents,
  checkTextVariants,
  checkTextDamage,
  checkFlagValues,
  checkTargetCopies,
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
  shiftedCells: ['missingAmounts', 'missingIds', 'missingDates'],
  swappedColumns: ['textVariants', 'changedScale', 'giantAmounts'],
  giantCustomer: ['testAccounts', 'customersTwice', 'repeatedKeys'],
  constantMonth: ['roundedMonth', 'changedScale'],
  repeatedPeriod: ['repeatedKeys'],
}

/** Ids of everything that is said here, so that an earlier look at a table can be replaced. */
export const contentFindings: ReadonlySet<string> = new Set(
  `changedScale constantMonth contactsInText currencies customersTwice cutEnd cutIds dates1904 draggedIds encodedTwice
  endBeforeStart idWithDecimals lostLetters lostZeros markedOrders mergedIds serviceCodes shiftedCells otherTable targetCopied unlabelledTotals
  exchangedDays farDates fewRows fewRowsOutside flagValues giantAmounts giantCustomer halfDay hundredfold
  idCapitals idShapes lostTimes missingAmounts missingDates missingDays missingIds missingMonths misspeltEvents mixedRates
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
