import { checkBlanksBelow } from './blanksBelow'
import type { CheckFamily } from './checkTable'
import { checkCopiedColumns } from './copiedColumns'
import { checkLoneCells } from './loneCells'
import { checkMovedHeader } from './movedHeader'
import { checkRepeatedKeys } from './repeatedKeys'
import { checkRowsBelow } from './rowsBelow'
import { checkShiftedCells } from './shiftedCells'
import { checkSwappedColumns } from './swappedColumns'
import { checkTableSize } from './tableSize'

/** What is looked for in whole rows and tables. */
export const rowChecks: CheckFamily = {
  checks: [
    checkTableSize,
    checkRowsBelow,
    checkShiftedCells,
    checkSwappedColumns,
    checkRepeatedKeys,
    checkBlanksBelow,
    checkCopiedColumns,
    checkLoneCells,
    checkMovedHeader,
  ],
  says: [
    'blanksBelow',
    'copiedColumn',
    'headerMoved',
    'loneCells',
    'rowNumbers',
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
    blanksBelow: ['missingAmounts', 'missingIds', 'missingDates'],
    shiftedCells: ['missingAmounts', 'missingIds', 'missingDates'],
    swappedColumns: ['textVariants', 'changedScale', 'giantAmounts'],
  },
}
