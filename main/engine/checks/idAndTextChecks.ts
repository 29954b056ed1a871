import { checkBrokenPairs } from './brokenPairs'
import type { CheckFamily } from './checkTable'
import { checkCrowdedIds } from './crowdedIds'
import { checkCutIds } from './cutIds'
import { checkEmptyCells } from './emptyCells'
import { checkFilledDown } from './filledDown'
import { checkFlagColumns } from './flagColumns'
import { checkFlagValues } from './flagValues'
import { checkFormulaIds } from './formulaIds'
import { checkIds } from './ids'
import { checkLongTexts } from './longTexts'
import { checkLookalikeIds } from './lookalikeIds'
import { checkMergedIds } from './mergedIds'
import { checkOddCodes } from './oddCodes'
import { checkPlaceholderIds } from './placeholderIds'
import { checkSwappedIds } from './swappedIds'
import { checkTargetCopies } from './targetCopies'
import { checkTextDamage } from './textDamage'
import { checkTextVariants } from './textVariants'

/** What is looked for in ids, texts and flags. */
export const idAndTextChecks: CheckFamily = {
  checks: [
    checkMergedIds,
    checkIds,
    checkCutIds,
    checkCrowdedIds,
    checkOddCodes,
    checkFormulaIds,
    checkLookalikeIds,
    checkPlaceholderIds,
    checkBrokenPairs,
    checkFilledDown,
    checkSwappedIds,
    checkLongTexts,
    checkTextVariants,
    checkTextDamage,
    checkFlagValues,
    checkTargetCopies,
    checkFlagColumns,
    checkEmptyCells,
  ],
  says: [
    'brokenPairs',
    'contactsInText',
    'cutEnd',
    'cutIds',
    'cutTexts',
    'draggedIds',
    'emptyCells',
    'emptyTarget',
    'encodedTwice',
    'fewPatterns',
    'flagValues',
    'filledDown',
    'formulaIds',
    'giantCustomer',
    'idCapitals',
    'idShapes',
    'idWithDecimals',
    'largestCustomer',
    'lineBreaks',
    'lookalikeIds',
    'lostLetters',
    'lostZeros',
    'markedOrders',
    'mergedIds',
    'missingIds',
    'nearlyConstant',
    'neverWithout',
    'placeholderIds',
    'roundedIds',
    'serviceCodes',
    'severalFlags',
    'shuffledColumn',
    'sortedAlone',
    'swappedIds',
    'targetCopied',
    'testAccounts',
    'textVariants',
    'unknownValues',
  ],
  explains: {
    flagValues: ['placeholderNumbers', 'textVariants'],
    filledDown: ['largestCustomer'],
    largestCustomer: ['testAccounts', 'customersTwice', 'repeatedKeys'],
    giantCustomer: ['testAccounts', 'customersTwice', 'repeatedKeys'],
  },
}
