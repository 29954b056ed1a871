import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import { quiet, type SmallShop, smallShop } from './smallShop'

let shop: SmallShop
let engine: RunningEngine
beforeEach(async () => {
  shop = smallShop()
  engine = createEngine({ tempFolder: shop.tempFolder })
  await engine.handlers.createProject(
    { folder: shop.project, name: 'shop', sources: [{ path: shop.sales, name: 'sales' }] },
    quiet,
  )
})
afterEach(() => {
  engine.close()
  shop.remove()
})

const question = 'SELECT customer, sum(gross) AS gross FROM orders GROUP BY customer ORDER BY gross DESC;'
const rows = async (table: string): Promise<unknown> =>
  (await engine.handlers.readPage({ table, offset: 0, limit: 10 }, quiet)).rows.map((row) => row.slice(1))

test('a view is a step: it is there after reopening and answers anew on a new file', async () => {
  const state = await engine.handlers.saveView({ name: 'best buyers', sql: question }, quiet)
  expect(state.views).toEqual([
    {
      name: 'best buyers',
      sql: question,
      problem: null,
      columns: [
        { name: 'customer', type: 'text' },
        { name: 'gross', type: 'decimal' },
      ],
    },
  ])
  expect(await rows('best buyers')).toEqual([
    ['C1', 40],
    ['C2', 20],
  ])
  expect(readFileSync(join(shop.project, 'project.json'), 'utf8')).toContain('"do": "saveView"')
  await engine.handlers.openProject({ folder: shop.project }, quiet)
  expect(await rows('best buyers')).toEqual([
    ['C1', 40],
    ['C2', 20],
  ])
  const later = join(shop.folder, 'later.csv')
  writeFileSync(later, readFileSync(shop.sales, 'utf8').replace('C1,A3', 'C2,A3'))
  await engine.handlers.replay({ sources: { sales: later } }, quiet)
  expect(await rows('best buyers')).toEqual([
    ['C2', 40],
    ['C1', 20],
  ])
})

test('views build on views, and undo takes one back', async () => {
  await engine.handlers.saveView({ name: 'one', sql: question }, quiet)
  await engine.handlers.saveView({ name: 'two', sql: 'SELECT count(*) AS buyers FROM one' }, quiet)
  expect(await rows('two')).toEqual([[2]])
  const undone = await engine.handlers.undo(null, quiet)
  expect(undone.views.map(({ name }) => name)).toEqual(['one'])
  await expect(rows('two')).rejects.toMatchObject({ code: 'bad-parameter' })
})

test('a view that the tables no longer answer says so and breaks nothing else', async () => {
  await engine.handlers.saveView({ name: 'one', sql: question }, quiet)
  await engine.handlers.saveView({ name: 'two', sql: 'SELECT count(*) AS buyers FROM one' }, quiet)
  const state = await engine.handlers.removeView({ name: 'one' }, quiet)
  expect(state.views).toMatchObject([{ name: 'two', problem: expect.stringContaining('one') }])
  await expect(rows('two')).rejects.toMatchObject({ message: expect.stringContaining('two') })
  expect(await rows('sales')).toHaveLength(3)
})

test.each([
  ['orders', 'SELECT 1 AS one', 'bad-parameter'],
  ['sales', 'SELECT 1 AS one', 'bad-parameter'],
  ['deleted', 'DELETE FROM prepared.order_lines', 'bad-parameter'],
  ['two at once', 'SELECT 1; SELECT 2', 'bad-parameter'],
  ['nonsense', 'SELECT nonsense FROM orders', 'query-failed'],
])('a view named %s of %s is refused', async (name, sql, code) => {
  await expect(engine.handlers.saveView({ name, sql }, quiet)).rejects.toMatchObject({ code })
})

test.each([
  ['SELECT customer,\n  nonsense\nFROM orders', { line: 2, column: 3 }],
  ['SELEC 1', { line: 1, column: 1 }],
  [`SELECT ${'customer, '.repeat(20)} nonsense, ${'customer, '.repeat(20)} 1 FROM orders`, { line: 1, column: 209 }],
  ['SELECT CAST(product AS INTEGER) FROM orders', undefined],
])('the engine points at the place in %#', async (sql, position) => {
  await expect(engine.handlers.readPage({ sql, offset: 0, limit: 10 }, quiet)).rejects.toMatchObject({
    code: 'query-failed',
    ...(position === undefined ? {} : { data: { position } }),
  })
})
