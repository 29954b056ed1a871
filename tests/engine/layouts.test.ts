import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workbookFile } from './import/workbookFile'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

// Two lines name the columns: the first is taken, until somebody knows better. ":" sets apart what "," does not.
const lines = [
  'a:b:c:d',
  'order_id:order_date:customer_id:amount',
  'a1:2024-02-01:c1:12.50',
  'a2:2024-02-03:c2:12.00',
  'a3:2024-04-05:c1:7.25',
]
const shop = (): Promise<TextProject> => textProject({ sales: { lines } })
const columnNames = (state: { sources: readonly { columns: readonly { name: string }[] }[] }): string[] =>
  state.sources[0]?.columns.map(({ name }) => name) ?? []

test('a file is cut as wished and recognised anew; undo, redo and taking it back do the same', async () => {
  const project = await shop()
  const before = columnNames(project.state)
  expect(before).toHaveLength(1)
  const layout = { delimiter: ':', headerRow: 2 }
  const state = await project.engine.layOut({ source: 'sales', layout }, quiet)
  expect(columnNames(state)).toEqual(['order_id', 'order_date', 'customer_id', 'amount'])
  expect(state.sources[0]).toMatchObject({ kind: 'orders', rows: 3, layout: { headerRow: 2, wish: layout } })
  expect(await project.rows('SELECT sum(gross)::DOUBLE, count(*)::INTEGER FROM orders')).toEqual([[31.75, 3]])
  expect((await project.engine.listSteps(null, quiet)).find(({ does }) => does === 'layOut')?.title).toBe(
    'Cut the file of sales: cells set apart by :, columns named in row 2',
  )
  expect(columnNames(await project.reopen())).toEqual(columnNames(state))

  expect(columnNames(await project.engine.layOut({ source: 'sales', layout: null }, quiet))).toEqual(before)
  expect(columnNames(await project.engine.undo(null, quiet))).toEqual(columnNames(state))
  expect(await project.rows('SELECT sum(gross)::DOUBLE FROM orders')).toEqual([[31.75]])
  expect(columnNames(await project.engine.redo(null, quiet))).toEqual(before)
})

test('the wish holds for other files of the table', async () => {
  const project = await shop()
  await project.engine.layOut({ source: 'sales', layout: { delimiter: ':', headerRow: 2 } }, quiet)
  await project.replayOn('sales', [...lines.slice(0, 2), 'b1:2024-05-01:c1:5.00', 'b2:2024-05-03:c2:6.00'])
  expect(await project.rows('SELECT sum(gross)::DOUBLE, count(*)::INTEGER FROM orders')).toEqual([[11, 2]])
})

test('roles and wishes about columns that stay are kept, those about others go', async () => {
  const project = await textProject({
    sales: { lines: ['title,,,,', ...lines.slice(1).map((line) => `${line.replaceAll(':', ',')},x`)] },
  })
  await project.engine.readAs({ source: 'sales', columns: { customer_id: { as: 'text' } } }, quiet)
  await project.engine.mapRoles(
    { source: 'sales', kind: 'orders', roles: { customer: 'customer_id', orderedAt: 'order_date', revenue: 'amount' } },
    quiet,
  )
  const roles = (await project.engine.openProject({ folder: project.folder }, quiet)).sources[0]?.roles
  const same = await project.engine.layOut({ source: 'sales', layout: { headerRow: 2 } }, quiet)
  expect(same.sources[0]?.roles).toEqual(roles)
  expect(same.sources[0]?.columns.find(({ name }) => name === 'customer_id')?.wish).toEqual({ as: 'text' })
  const none = await project.engine.layOut({ source: 'sales', layout: { headerRow: 0 } }, quiet)
  expect(none.sources[0]?.rows).toBe(4)
  expect(none.sources[0]?.columns.some(({ wish }) => wish !== null)).toBe(false)
  expect((await project.engine.listSteps(null, quiet)).some(({ does }) => does === 'readAs')).toBe(false)
})

test('a formula over columns that would be gone is named, and the project stays as it was', async () => {
  const project = await textProject({ sales: { lines: lines.slice(1).map((line) => line.replaceAll(':', ',')) } })
  await project.engine.deriveColumn({ source: 'sales', name: 'twice', formula: 'amount * 2' }, quiet)
  await expect(project.engine.layOut({ source: 'sales', layout: { delimiter: ';' } }, quiet)).rejects.toMatchObject({
    message: expect.stringContaining('amount'),
  })
  expect(await project.rows('SELECT sum(twice)::DOUBLE FROM raw.sales')).toEqual([[63.5]])
})

test('before it is done the first rows are shown as they would be cut', async () => {
  const project = await shop()
  const path = join(project.folder, '..', 'files', 'sales.csv')
  const preview = await project.engine.previewLayout({ path, layout: { delimiter: ':' } }, quiet)
  expect(preview).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ':', quote: '"' })
  expect(preview.rows[2]).toEqual({ row: 3, cells: ['a1', '2024-02-01', 'c1', '12.50'] })
  const one = await project.engine.previewLayout({ path, layout: {} }, quiet)
  expect(one.rows[0]?.cells).toEqual(['a:b:c:d'])
})

test('a sheet is read below the row that is wished, a hidden one and a pivot too; its first rows are shown as they stand', async () => {
  const project = await shop()
  const path = join(project.folder, '..', 'files', 'book.xlsx')
  writeFileSync(
    path,
    workbookFile([
      {
        name: 'Notes',
        hidden: true,
        rows: [
          ['x', 'y', 'z'],
          ['order_id', 'order_date', 'revenue'],
          ['a1', { days: 45000 }, 12.5],
          ['a2', { days: 45001 }, 2.5],
        ],
      },
      {
        name: 'Sales',
        rows: [
          ['order_id', 'revenue'],
          ['a1', 5],
        ],
      },
    ]),
  )
  const preview = await project.engine.previewLayout({ path, sheet: 'Notes', layout: {} }, quiet)
  expect(preview).toMatchObject({ format: 'xlsx', encoding: null, delimiter: null, headerRow: 1 })
  expect(preview.rows[1]).toEqual({ row: 2, cells: ['order_id', 'order_date', 'revenue'] })

  const state = await project.engine.addSources(
    { sources: [{ path, sheet: 'Notes', layout: { headerRow: 2 } }] },
    quiet,
  )
  const added = state.sources.find(({ sheet }) => sheet === 'Notes')
  expect(added).toMatchObject({ rows: 2, layout: { headerRow: 2, wish: { headerRow: 2 } } })
  expect(added?.columns.map(({ name }) => name)).toEqual(['order_id', 'order_date', 'revenue'])
  expect((await project.engine.undo(null, quiet)).sources).toHaveLength(1)
  expect((await project.engine.redo(null, quiet)).sources).toHaveLength(2)
})

test('files that say themselves where their columns are cannot be cut by hand', async () => {
  const project = await shop()
  const path = join(project.folder, '..', 'files', 'rows.json')
  writeFileSync(path, '[{"a":1},{"a":2}]')
  await expect(project.engine.previewLayout({ path, layout: {} }, quiet)).rejects.toMatchObject({
    code: 'bad-parameter',
  })
})
