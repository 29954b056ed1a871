import { afterAll, beforeAll, expect, test } from 'vitest'
import { Lanes } from '../../../main/engine/checks/lanes'
import { withChecks } from '../../../main/engine/checks/withChecks'
import { importTable } from '../../../main/engine/import/importTable'
import { type ImportFolder, importFolder } from './importFolder'
import { workbookFile } from './workbookFile'

// What damaged files have brought to light, each with the smallest file that shows it.
let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
  await files.ask('CREATE SCHEMA raw')
})
afterAll(() => files.remove())

/** Ids of what is found in the contents of a table, too. */
async function checked(content: string): Promise<string[]> {
  const path = files.file('checked.csv', content)
  const [table] = (await files.describe(path)).tables
  if (table === undefined) throw new Error('no table')
  return files.work(async (work) => {
    const { rows } = await importTable({ path, read: table.read }, { schema: 'raw', table: table.name }, work)
    const source = { name: table.name, read: table.read }
    const described = await withChecks({ description: table, kind: 'other', roles: {}, source }, rows, {
      ...work,
      lanes: new Lanes(work.connection),
    })
    await files.ask(`DROP VIEW raw."${table.name}"; DROP TABLE cells."${table.name}"`)
    return described.findings.map(({ id }) => id)
  })
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

test.each(['290309-12-22', 'infinity', '0044-03-15 (BC)', '-2019-01-01', 'epoch'])(
  '%s is no day, though the database would take it for one',
  async (text) => {
    const imported = await files.importText(`day,n\n${lines(20, (i) => `2019-01-${10 + i},${i}`)}\n${text},20\n`)
    expect(imported.column('day').type).toBe('date')
    expect(imported.unreadable).toEqual([{ column: 'day', count: 1, examples: [{ row: 21, value: text }] }])
    expect(await checked(`day,n\n${lines(20, (i) => `2019-01-${10 + i},${i}`)}\n${text},20\n`)).not.toContain(
      'farDates',
    )
  },
)

test('a zero byte in a header is left out of the name of its column', async () => {
  const imported = await files.importText(`na\0me,n\n${lines(5, (i) => `x${i},${i}`)}\n`)
  expect(imported.read.columns.map(({ name }) => name)).toEqual(['name', 'n'])
})

test('amounts whose sum is beyond all numbers are looked at like others', async () => {
  expect(await checked(`amount\n${lines(30, (i) => `${i}e307`)}\n`)).toBeInstanceOf(Array)
})

test('sheets of one name keep their own rows', async () => {
  const sheet = (cell: string) => ({
    name: 'Data',
    rows: [
      ['a', 'b'],
      [cell, 'x'],
      [cell, 'y'],
    ],
  })
  const path = files.file('twins.xlsx', workbookFile([sheet('one'), sheet('two'), { ...sheet('three'), name: '' }]))
  const { tables } = await files.describe(path)
  expect(tables.map(({ name }) => name)).toEqual(['Data', 'Data (2)', 'Sheet 3'])
  expect((await files.import(path, { sheet: 'Data (2)' })).values('a')).toEqual(['two', 'two'])
  expect((await files.import(path, { sheet: 'Sheet 3' })).values('a')).toEqual(['three', 'three'])
})

test('a cell as long as a book is no riddle', async () => {
  const book = 'x'.repeat(200_000)
  const imported = await files.importText(`Description,n\n${lines(20, (i) => `${book}${i},${i}`)}\n`)
  expect(imported.rows[3]).toEqual([`${book}3`, 3])
})

test('columns of one name, thousands of them, are told apart', async () => {
  const header = Array.from({ length: 3000 }, () => 'same').join(',')
  const row = Array.from({ length: 3000 }, (_, index) => index).join(',')
  const { read, rows } = await files.importText(`${header}\n${row}\n${row}\n`)
  expect(read.columns.at(-1)?.name).toBe('same 3000')
  expect(rows[0]?.at(-1)).toBe(2999)
})
