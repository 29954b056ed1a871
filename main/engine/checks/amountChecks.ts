import { checkAmounts } from './amounts'
import { checkAmountsByMonth } from './amountsByMonth'
import type { CheckFamily } from './checkTable'
import { checkCurrencies } from './currencies'
import { checkHundredfold } from './hundredfold'
import { checkMixedRates } from './mixedRates'
import { checkPlaceholderNumbers } from './placeholderNumbers'
import { checkTextNumbers } from './textNumbers'

/** What is looked for in money and quantities. */
export const amountChecks: CheckFamily = {
  checks: [
    checkTextNumbers,
    checkAmounts,
    checkPlaceholderNumbers,
    checkAmountsByMonth,
    checkHundredfold,
    checkMixedRates,
    checkCurrencies,
  ],
  says: [
    'changedScale',
    'constantMonth',
    'currencies',
    'factorRates',
    'giantAmounts',
    'hundredfold',
    'missingAmounts',
    'mixedRates',
    'negativeAmounts',
    'placeholderNumbers',
    'ratesAboveAll',
    'roundedMonth',
    'textNumbers',
    'zeroAmounts',
  ],
  explains: {
    placeholderNumbers: ['giantAmounts', 'negativeAmounts'],
    changedScale: ['giantAmounts', 'hundredfold', 'roundedMonth'],
    hundredfold: ['giantAmounts'],
    roundedMonth: ['hundredfold'],
    constantMonth: ['roundedMonth', 'changedScale'],
  },
}
