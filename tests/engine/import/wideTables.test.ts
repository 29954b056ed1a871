import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Lanes } from '../../../main/engine/checks/lanes'
import { withChecks } from '../../../main/engine/checks/withChecks'
import { importTable } from '../../../main/engine/import/importTable'
import { type ImportFolder, importFolder, type Value } from './importFolder'
import { workbookFile } from './workbookFile'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const types = ['date', 'integer', 'decimal', 'text', 'timestamp'] as const

function cell(row: number, column: number): string {
  switch (types[column % types.length]) {
    case 'date':
      return `2024-01-${String(1 + (row % 28)).padStart(2, '0')}`
    case 'integer':
      return String(row * column)
    case 'decimal':
      return `${row * column}.25`
    case 'text':
      return row === 2 ? '' : `word ${row} of "${column}"`
    default:
      return `2024-01-31 0${row % 10}:30:00`
  }
}

function expected(row: number, column: number): Value {
  const written = cell(row, column)
  if (written === '') return null
  return ['integer', 'decimal'].includes(types[column % types.length] ?? '') ? Number(written) : written
}

const quoted = (text: string): string => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text)

// In one pass, cell by cell, and with the cells of a row in lists.
describe.each([60, 400, 2100])('a table of %i columns', (width) => {
  const columns = Array.from({ length: width }, (_, index) => index)

  test('keeps type and values of every column', async () => {
    const rows = Array.from({ length: 120 }, (_, row) => columns.map((column) => quoted(cell(row, column))).join(','))
    const imported = await files.importText(
      `${columns.map((column) => `col_${column}`).join(',')}\n${rows.join('\n')}\n`,
    )
    expect(imported.description.columns.map(({ type }) => type)).toEqual(
      columns.map((column) => types[column % types.length]),
    )
    expect(imported.rows).toHaveLength(120)
    for (const row of [0, 2, 119]) expect(imported.rows[row]).toEqual(columns.map((column) => expected(row, column)))
    expect(imported.column('col_3')).toMatchObject({ missing: 1, distinct: 119 })
  })

  test('tells what is odd in it, and leaves out what is no data', async () => {
    const names = columns.map((column) => `col_${column}`).join(',')
    const line = (row: number): string =>
      columns.map((column) => (column === 1 && row === 5 ? 'no number' : quoted(cell(row, column)))).join(',')
    const blank = ','.repeat(width - 1)
    const rows = [...Array.from({ length: 20 }, (_, row) => line(row)), blank, names, line(7)]
    const imported = await files.importText(`${names}\n${rows.join('\n')}\n`)
    expect(imported.description.rows).toBe(21)
    expect(imported.rows).toHaveLength(21)
    expect(imported.findings).toMatchObject({ headerAgain: 1, blankRows: 1, repeatedRows: 1 })
    expect(imported.unreadable).toEqual([{ column: 'col_1', count: 1, examples: [{ row: 6, value: 'no number' }] }])
  })
})

test('of a table of many columns those with a role are searched for damage first, and the others are named', async () => {
  const names = ['customer_id', ...Array.from({ length: 999 }, (_, index) => `feature ${index}`)]
  const { description } = await files.importText(
    `${names.join(',')}\n${Array.from({ length: 9 }, (_, row) => names.map((_, index) => row + index).join(',')).join('\n')}\n`,
  )
  const columns = description.read.columns
  await files.ask('CREATE SCHEMA IF NOT EXISTS raw')
  const path = files.file('features.csv', `${names.join(',')}\n${names.map((_, index) => index).join(',')}\n`)
  const checked = await files.work(async (work) => {
    await importTable({ path, read: description.read }, { schema: 'raw', table: 'features' }, work)
    const source = { name: 'features', read: { ...description.read, columns } }
    return withChecks({ description, kind: 'other', roles: {}, source }, 1, {
      ...work,
      lanes: new Lanes(work.connection),
    })
  })
  // 120,000 names in all: 120 columns of a thousand.
  expect(checked.findings.find(({ id }) => id === 'tooManyColumns')).toMatchObject({ count: 880, severity: 'info' })
})

test('a sheet of as many columns as there can be keeps its last one', async () => {
  const width = 16_384
  const header = Array.from({ length: width }, (_, index) => `n${index}`)
  const row = (factor: number): number[] => Array.from({ length: width }, (_, index) => index * factor)
  const path = files.file('wide.xlsx', workbookFile([{ name: 'Data', rows: [header, row(1), row(2), row(3)] }]))
  const { rows, description } = await files.import(path)
  expect(description.columns).toHaveLength(width)
  expect(rows.map((cells) => cells.at(-1))).toEqual([16_383, 32_766, 49_149])
})
