import type { CheckFamily } from './checkTable'
import { checkRepeatedKeys } from './repeatedKeys'
import { checkRowsBelow } from './rowsBelow'
import { checkShiftedCells } from './shiftedCells'
import { checkSwappedColumns } from './swappedColumns'
import { checkTableSize } from './tableSize'

/** What is looked for in whole rows and tables. */
export const rowChecks: CheckFamily = {
  checks: [checkTableSize, checkRowsBelow, checkShiftedCells, checkSwappedColumns, checkRepeatedKeys],
  says: [
    'customersTwice',
    'otherTable',
    'repeatedKeys',
    'repeatedTable',
    'shiftedCells',
    'spreadsheetLimit',
    'swappedColumns',
    'tooManyColumns',
    'unlabelledTotals',
  ],
  explains: {
    shiftedCells: ['missingAmounts', 'missingIds', 'missingDates'],
    swappedColumns: ['textVariants', 'changedScale', 'giantAmounts'],
  },
}
