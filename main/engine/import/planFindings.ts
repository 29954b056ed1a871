import type { Finding } from '../../../shared/description'
import { fileFinding } from './fileFinding'
import type { PlanFault } from './xlsx/planFaults'
import { columnLetters } from './xlsx/sheetTable'

const told = {
  overwritten: {
    id: 'formulasOverwritten',
    title: 'Numbers typed where the cells around them calculate: formulas overwritten',
    treatment: 'Read as typed: they no longer follow from the other cells. Put the formulas back and save the workbook',
  },
  textNumber: {
    id: 'textAmongNumbers',
    title: 'Numbers written as text in rows of numbers',
    treatment: 'Formulas do not count them, whatever is read here. Write them as numbers and save the workbook',
  },
  otherSign: {
    id: 'otherSign',
    title: 'Numbers of another sign than all others of their row',
    treatment: 'Read as they are, and counted as such by the formulas. Put them right if they are slips',
  },
  otherScale: {
    id: 'otherScale',
    title: 'Numbers 10, 100 or 1,000 times as much or as little as the others of their row',
    treatment: 'Read as they are, and counted as such by the formulas. Put them right if they are slips',
  },
} as const

/** What breaks with its neighbours in a sheet with formulas, each cell by its name. */
export function planFindings(table: string, faults: readonly PlanFault[]): Finding[] {
  return (['overwritten', 'textNumber', 'otherSign', 'otherScale'] as const).flatMap((sort) => {
    const found = faults.filter((fault) => fault.sort === sort)
    if (found.length === 0) return []
    const { id, title, treatment } = told[sort]
    return [
      {
        ...fileFinding(table, id, title, found.length, 'cells', treatment),
        severity: sort === 'textNumber' ? ('serious' as const) : ('warning' as const),
        examples: found.slice(0, 6).map(({ row, column, written }) => `${columnLetters(column)}${row + 1}: ${written}`),
      },
    ]
  })
}
