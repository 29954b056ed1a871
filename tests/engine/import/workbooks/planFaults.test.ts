import { expect, test } from 'vitest'
import { formulaShape } from '../../../../main/engine/import/xlsx/formulaShape'
import { PlanCells } from '../../../../main/engine/import/xlsx/planCells'
import { planFaults } from '../../../../main/engine/import/xlsx/planFaults'

const letters = (column: number): string => String.fromCharCode(65 + column)

/** Rows of a sheet from A1 on: a text with `=` is a formula in which `@` is the column; another text a text. */
function faultsOf(rows: readonly (readonly (string | number)[])[]): string[] {
  const plan = new PlanCells()
  for (const [row, cells] of rows.entries())
    for (const [column, cell] of cells.entries()) {
      if (typeof cell === 'number') plan.addValue(row, column, String(cell), true)
      else if (cell.startsWith('='))
        plan.addFormula(row, column, cell.slice(1).replaceAll('@', letters(column)), undefined)
      else if (cell !== '') plan.addValue(row, column, cell, false)
    }
  return planFaults(plan.rows).map(
    ({ sort, row, column, written }) => `${sort} ${letters(column)}${row + 1} ${written}`,
  )
}

const months = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug']
const sold = ['Sold', 100, 110, 120, 130, 140, 150, 160, 170]
const taxes = ['Tax', ...Array.from({ length: 8 }, () => '=@2*0.2')]
const withCell = (row: readonly (string | number)[], at: number, cell: string | number) => row.with(at, cell)

test('a number typed over a formula of its row', () => {
  expect(faultsOf([months, sold, withCell(taxes, 4, 26)])).toEqual(['overwritten E3 26'])
})

test('a number typed over a formula of its column', () => {
  const lines = Array.from({ length: 9 }, (_, at) => [at + 1, 5, `=A${at + 1}*B${at + 1}`])
  expect(faultsOf(lines.with(4, [5, 5, 99]))).toEqual(['overwritten C5 99'])
})

test('a shared formula whose first cell was overwritten', () => {
  const plan = new PlanCells()
  for (const [column, cell] of ['', 'B9+B13', 'C9+C13', 7, 'rest', 'rest', 'rest'].entries()) {
    if (typeof cell === 'number') plan.addValue(7, column, String(cell), true)
    else if (cell === 'rest') plan.addFormula(7, column, '', '6')
    else if (cell !== '') plan.addFormula(7, column, cell, undefined)
  }
  expect(planFaults(plan.rows)).toMatchObject([{ sort: 'overwritten', row: 7, column: 3 }])
})

test('a number as text, another sign and another scale in a row of typed numbers', () => {
  expect(faultsOf([months, withCell(sold, 3, '12,5'), taxes])).toEqual(['textNumber D2 12,5'])
  expect(faultsOf([months, withCell(sold, 5, -140), taxes])).toEqual(['otherSign F2 -140'])
  expect(faultsOf([months, withCell(sold, 8, 1.7), taxes])).toEqual(['otherScale I2 1.7'])
})

test.each([
  [
    'actuals before the forecast',
    [months, ['Sold', 100, 110, 120, '=D2*1.1', '=E2*1.1', '=F2*1.1', '=G2*1.1', '=H2*1.1']],
  ],
  [
    'inputs between rows that calculate something else',
    [months, ['A', ...taxes.slice(1)], sold, ['B', ...taxes.slice(1).map((cell) => `${cell}+1`)]],
  ],
  ['a loss among profits', [months, ['Profit', 40, 12, 55, -31, 20, 18, 44, 60], taxes]],
  ['a year typed behind its months', [['', ...months.slice(1), 'Year'], [...sold, 1080], taxes]],
  [
    'codes and quantities as texts and numbers in columns',
    Array.from({ length: 12 }, (_, at) => [`${4711 + at}`, 1 + (at % 3), 9.5, 10, 1, `=B${at + 1}*C${at + 1}`]),
  ],
  ['a small count of ten', [months, ['Orders', 1, 1, 2, 1, 10, 1, 2, 1], taxes]],
  ['no formula', [months, withCell(sold, 5, -140)]],
])('not said of %s', (_, rows) => {
  expect(faultsOf(rows)).toEqual([])
})

test('the same calculation elsewhere has the same shape', () => {
  expect(formulaShape('+C10*$B$1&"C10"', 10, 2)).toBe(formulaShape('D10 * $B$1&"C10"', 10, 3))
  expect(formulaShape('SUM(Plan!C1:C9)', 9, 2)).toBe(formulaShape('SUM(Plan!D1:D9)', 9, 3))
  expect(formulaShape('C10*2', 10, 2)).not.toBe(formulaShape('C10*2', 10, 3))
})
