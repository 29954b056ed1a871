import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const line = (at: number, delimiter: string): string => [`A${at}`, `Caf&eacute; ${at}`, `${at}.50`, 'x'].join(delimiter)

test('lines cut by another delimiter are read and named', async () => {
  const lines = Array.from({ length: 900 }, (_, at) => line(at, at < 600 ? ',' : ';'))
  const imported = await files.importText(['id,product,price,note', ...lines, ''].join('\n'))
  expect(imported.values('price')).toEqual(Array.from({ length: 900 }, (_, at) => at + 0.5))
  expect(imported.description.findings.find(({ id }) => id === 'otherDelimiter')).toMatchObject({
    severity: 'warning',
    title: 'Lines cut by semicolons while the others are cut by commas',
    count: 300,
    examples: ['row 602', 'to row 901'],
  })
  expect(imported.findings).not.toHaveProperty('shortLines')
})

test('a note with semicolons is a short line', async () => {
  const lines = Array.from({ length: 60 }, (_, at) => line(at, ','))
  const imported = await files.importText(['id,product,price,note', ...lines, 'seen; checked', ''].join('\n'))
  expect(imported.findings).not.toHaveProperty('otherDelimiter')
})

test('baskets cut by another delimiter', async () => {
  const basket = (at: number, delimiter: string): string =>
    ['milk', 'bread', 'eggs', 'tea'].slice(at % 3, 2 + (at % 2) * 2).join(delimiter)
  const lines = Array.from({ length: 500 }, (_, at) => basket(at, at < 450 ? ',' : ';')).filter((text) => text !== '')
  const imported = await files.importText(`${lines.join('\n')}\n`)
  const semicolons = lines.filter((text) => text.includes(';')).length
  expect(imported.findings['otherDelimiter']).toBe(semicolons)
  expect(imported.rows.flat().some((item) => String(item).includes(';'))).toBe(false)
})

test('blanks stay the separator where some lines lack a field', async () => {
  const lines = Array.from({ length: 300 }, (_, at) => {
    const [id, day] = [String(at).padStart(5, '0'), '19970101']
    return at % 15 === 3 ? ` ${id} ${day}1 11.77` : ` ${id} ${day} 1 11.77`
  })
  const imported = await files.importText(['customer_id date number_of_cds dollar_value', ...lines, ''].join('\n'))
  expect(imported.description.columns.map(({ name }) => name)).toEqual([
    'customer_id',
    'date',
    'number_of_cds',
    'dollar_value',
  ])
  expect(imported.findings).toMatchObject({ shortLines: 20 })
})

test('sentences are not cut at their blanks', async () => {
  const said = ['was good today', 'was bad 2 days', 'took 3 long hours', 'began late']
  const lines = Array.from({ length: 40 }, (_, at) => `Visit ${said[at % said.length]}`)
  const imported = await files.importText(`${['What they said today', ...lines].join('\n')}\n`)
  expect(imported.description.columns).toHaveLength(1)
})
