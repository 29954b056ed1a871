import type { CheckFamily } from './checkTable'
import { checkCrowdedIds } from './crowdedIds'
import { checkCutIds } from './cutIds'
import { checkFlagValues } from './flagValues'
import { checkIds } from './ids'
import { checkMergedIds } from './mergedIds'
import { checkOddCodes } from './oddCodes'
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
    checkTextVariants,
    checkTextDamage,
    checkFlagValues,
    checkTargetCopies,
  ],
  says: [
    'contactsInText',
    'cutEnd',
    'cutIds',
    'draggedIds',
    'encodedTwice',
    'flagValues',
    'giantCustomer',
    'idCapitals',
    'idShapes',
    'idWithDecimals',
    'largestCustomer',
    'lostLetters',
    'lostZeros',
    'markedOrders',
    'mergedIds',
    'missingIds',
    'roundedIds',
    'serviceCodes',
    'swappedIds',
    'targetCopied',
    'testAccounts',
    'textVariants',
    'unknownValues',
  ],
  explains: {
    flagValues: ['placeholderNumbers', 'textVariants'],
    largestCustomer: ['testAccounts', 'customersTwice', 'repeatedKeys'],
    giantCustomer: ['testAccounts', 'customersTwice', 'repeatedKeys'],
  },
}
