import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

test('a table of 400 columns keeps type and values of every column', async () => {
  const columns = Array.from({ length: 400 }, (_, index) => index)
  const cell = (row: number, column: number): string => {
    if (column % 3 === 0) return `2024-01-${String(1 + (row % 28)).padStart(2, '0')}`
    return column % 3 === 1 ? String(row * column) : `${row * column}.25`
  }
  const rows = Array.from({ length: 120 }, (_, row) => columns.map((column) => cell(row, column)).join(','))
  const imported = await files.importText(`${columns.map((column) => `col_${column}`).join(',')}\n${rows.join('\n')}\n`)
  expect(imported.description.columns.map(({ type }) => type)).toEqual(
    columns.map((column) => ['date', 'integer', 'decimal'][column % 3]),
  )
  expect(imported.rows[119]).toEqual(
    columns.map((column) => (column % 3 === 0 ? cell(119, column) : Number(cell(119, column)))),
  )
})
