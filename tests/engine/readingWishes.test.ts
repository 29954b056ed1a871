import { expect, test } from 'vitest'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

// Every day and month is below 13: taken as month first, until somebody knows better.
const lines = [
  'order_id,order_date,customer_id,amount,code',
  'a1,01/02/2024,c1,"1.234,50",007',
  'a2,03/02/2024,c2,"12,00",008',
  'a3,05/04/2024,c1,"7,25",009',
  'a4,06/05/2024,c3,"1,50",x10',
]
const shop = (): Promise<TextProject> => textProject({ sales: { lines } })

test('a column is read as wished, from the file, and as recognised again when the wish is taken back', async () => {
  const project = await shop()
  const before = await project.rows('SELECT order_date::VARCHAR, amount::DOUBLE FROM raw.sales ORDER BY source_row')
  const state = await project.engine.readAs(
    {
      source: 'sales',
      columns: { order_date: { as: 'date', format: 'd/M/yyyy' }, code: { as: 'number', decimal: '.' } },
    },
    quiet,
  )
  expect(await project.rows('SELECT order_date::VARCHAR, code::DOUBLE FROM raw.sales ORDER BY source_row')).toEqual([
    ['2024-02-01', 7],
    ['2024-02-03', 8],
    ['2024-04-05', 9],
    ['2024-05-06', null],
  ])
  expect(state.findings).toContainEqual(
    expect.objectContaining({ id: 'unreadable', column: 'code', count: 1, examples: ['x10 (row 4)'] }),
  )
  const column = state.sources[0]?.columns.find(({ name }) => name === 'order_date')
  expect(column).toMatchObject({ type: 'date', format: 'd/M/yyyy', wish: { as: 'date', format: 'd/M/yyyy' } })
  expect((await project.engine.listSteps(null, quiet)).find(({ does }) => does === 'readAs')?.title).toBe(
    'Read in sales: order_date as dates like d/M/yyyy, code as numbers with decimal .',
  )
  const opened = await project.reopen()
  expect(opened.sources[0]?.columns.find(({ name }) => name === 'code')?.wish).toEqual({ as: 'number', decimal: '.' })

  await project.engine.readAs({ source: 'sales', columns: { order_date: null, code: null } }, quiet)
  expect(await project.rows('SELECT order_date::VARCHAR, amount::DOUBLE FROM raw.sales ORDER BY source_row')).toEqual(
    before,
  )
  await project.engine.undo(null, quiet)
  expect(await project.rows("SELECT count(*)::INTEGER FROM raw.sales WHERE order_date = DATE '2024-02-01'")).toEqual([
    [1],
  ])
})

test('the wish holds for other files of the table', async () => {
  const project = await shop()
  await project.engine.readAs({ source: 'sales', columns: { order_date: { as: 'date', format: 'd/M/yyyy' } } }, quiet)
  await project.replayOn('sales', [lines[0] ?? '', 'b1,02/03/2024,c1,"5,00",010', 'b2,04/03/2024,c2,"6,00",011'])
  expect(await project.rows('SELECT order_date::VARCHAR FROM raw.sales ORDER BY source_row')).toEqual([
    ['2024-03-02'],
    ['2024-03-04'],
  ])
})

test('before it is done the cells are shown as written and as they would be read, unreadable ones first', async () => {
  const project = await shop()
  const preview = await project.engine.previewReading(
    { source: 'sales', column: 'code', as: { as: 'number', decimal: '.' } },
    quiet,
  )
  expect(preview).toMatchObject({ rows: 4, unreadable: 1 })
  expect(preview.cells[0]).toEqual({ row: 4, written: 'x10', value: null })
  expect(preview.cells.slice(1).map(({ row, written, value }) => [row, written, value])).toEqual([
    [1, '007', '7'],
    [2, '008', '8'],
    [3, '009', '9'],
  ])
  await expect(
    project.engine.previewReading({ source: 'sales', column: 'cod', as: { as: 'text' } }, quiet),
  ).rejects.toMatchObject({ code: 'missing-column' })
})
