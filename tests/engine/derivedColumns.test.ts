import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

const header = 'client,day,units,each,note'
const shop = (
  lines: readonly string[] = ['a,2024-01-05,2,10.5,12', 'b,2024-02-06,0,3,x', 'a,2024-02-07,4,,7'],
): Promise<TextProject> =>
  textProject({
    sales: { lines: [header, ...lines], kind: 'orders', roles: { customer: 'client', orderedAt: 'day' } },
    other: { lines: ['k,v', '1,2'], kind: 'other' },
  })

const revenue = { source: 'sales', name: 'worth', formula: 'units * each' }

test('a formula column stands in the table and in the state', async () => {
  const project = await shop()
  const state = await project.engine.deriveColumn(revenue, quiet)
  expect(state.sources[0]?.columns.at(-1)).toMatchObject({
    name: 'worth',
    type: 'decimal',
    role: null,
    formula: 'units * each',
  })
  const page = await project.engine.readPage(
    { table: 'sales', offset: 0, limit: 10, sorts: [{ column: 'worth', descending: true }] },
    quiet,
  )
  expect(page.columns.map(({ name }) => name)).toEqual([
    'source_row',
    'client',
    'day',
    'units',
    'each',
    'note',
    'worth',
  ])
  expect(page.rows.map((row) => row.at(-1))).toEqual([21, 0, null])
  const profile = await project.engine.profileTable({ table: 'sales' }, quiet)
  expect(profile.columns.at(-1)).toMatchObject({ name: 'worth', missing: 1, sum: 21 })
  expect(await project.rows('SELECT worth FROM raw.sales ORDER BY source_row')).toEqual([[21], [0], [null]])
})

test('it may play a role, be used by the next one, and goes with undo', async () => {
  const project = await shop()
  await project.engine.deriveColumn(revenue, quiet)
  await project.engine.deriveColumn({ source: 'Sales', name: 'tenfold', formula: 'worth * 10' }, quiet)
  const roles = { customer: 'client', orderedAt: 'day', revenue: 'tenfold' }
  await project.engine.mapRoles({ source: 'sales', kind: 'orders', roles }, quiet)
  expect(await project.rows('SELECT sum(revenue)::DOUBLE FROM orders')).toEqual([[210]])
  await project.reopen()
  expect(await project.rows('SELECT sum(revenue)::DOUBLE FROM orders')).toEqual([[210]])
  // Another formula for the first one moves the second.
  await project.engine.deriveColumn({ ...revenue, formula: 'units' }, quiet)
  expect(await project.rows('SELECT sum(revenue)::DOUBLE FROM orders')).toEqual([[60]])
  const undone = await project.engine.undo(undefined, quiet)
  expect(undone.sources[0]?.columns.find(({ name }) => name === 'worth')?.formula).toBe('units * each')
  expect(await project.rows('SELECT sum(revenue)::DOUBLE FROM orders')).toEqual([[210]])
})

test('it is a step of the project file and is computed on the next file', async () => {
  const project = await shop()
  await project.engine.deriveColumn(revenue, quiet)
  const roles = { customer: 'client', orderedAt: 'day', revenue: 'worth' }
  await project.engine.mapRoles({ source: 'sales', kind: 'orders', roles }, quiet)
  const { steps } = JSON.parse(readFileSync(join(project.folder, 'project.json'), 'utf8'))
  expect(steps).toContainEqual({ id: expect.any(String), do: 'derive', type: 'decimal', ...revenue })
  // The price has no decimals now: the product is a whole number.
  const state = await project.replayOn('sales', [header, 'a,2024-03-05,3,5,1', 'b,2024-03-06,1,8,2'])
  expect(state.sources[0]?.columns.at(-1)).toMatchObject({ name: 'worth', type: 'integer' })
  expect(await project.rows('SELECT sum(revenue)::DOUBLE FROM orders')).toEqual([[23]])
})

test('a file without a column of the formula is refused, and nothing changes', async () => {
  const project = await shop()
  await project.engine.deriveColumn({ ...revenue, formula: 'units * number(note)' }, quiet)
  await expect(project.replayOn('sales', ['client,day,units,each', 'a,2024-03-05,3,1'])).rejects.toMatchObject({
    message: 'The column "worth" cannot be computed any more. There is no column "note".',
  })
  // 2 × 12 + 4 × 7.
  expect(await project.rows('SELECT sum(worth)::DOUBLE FROM raw.sales')).toEqual([[52]])
})

describe('a column that cannot be made', () => {
  test.each([
    { name: 'x', formula: 'units * eech', says: 'There is no column "eech".' },
    { name: 'units', formula: '1', says: 'sales already has a column "units".' },
    { name: ' Source_Row ', formula: '1', says: 'sales already has a column "Source_Row".' },
    { name: '  ', formula: '1', says: 'The new column needs a name.' },
    { name: 'x', formula: 'x + 1', says: 'There is no column "x".' },
  ])('$name = $formula', async ({ name, formula, says }) => {
    const project = await shop()
    await expect(project.engine.deriveColumn({ source: 'sales', name, formula }, quiet)).rejects.toMatchObject({
      code: 'bad-parameter',
      message: says,
    })
    expect(await project.reopen()).toMatchObject({ stepCount: 2 })
  })
})

describe('a column that is taken away', () => {
  test('is gone, unless something needs it', async () => {
    const project = await shop()
    await project.engine.deriveColumn(revenue, quiet)
    await project.engine.deriveColumn({ source: 'sales', name: 'double', formula: 'worth * 2' }, quiet)
    const remove = (name: string): Promise<unknown> => project.engine.removeColumn({ source: 'sales', name }, quiet)
    await expect(remove('worth')).rejects.toThrow('The column "double" cannot be computed any more.')
    await expect(remove('units')).rejects.toThrow('"units" is not a formula column of sales.')
    const roles = { customer: 'client', orderedAt: 'day', revenue: 'double' }
    await project.engine.mapRoles({ source: 'sales', kind: 'orders', roles }, quiet)
    await expect(remove('double')).rejects.toThrow('"double" plays the role revenue in sales.')
    await project.engine.undo(undefined, quiet)
    await remove('double')
    await remove('WORTH')
    expect(await project.rows('SELECT count(*)::INTEGER FROM raw.sales')).toEqual([[3]])
    await expect(project.rows('SELECT worth FROM raw.sales')).rejects.toThrow()
  })

  test('goes with its table', async () => {
    const project = await shop()
    await project.engine.deriveColumn({ source: 'other', name: 'sum', formula: 'k + v' }, quiet)
    const state = await project.engine.removeSource({ name: 'other' }, quiet)
    expect(state.stepCount).toBe(1)
  })
})

test('a preview shows the first rows, what stays empty and what is lost', async () => {
  const project = await shop()
  const preview = await project.engine.previewFormula({ source: 'sales', formula: 'each / units', name: 'per' }, quiet)
  expect(preview).toMatchObject({
    type: 'decimal',
    columns: ['each', 'units', 'per'],
    rows: [
      [10.5, 2, 5.25],
      [3, 0, null],
      [null, 4, null],
    ],
    total: 3,
    empty: 2,
    lost: 1,
  })
  expect(preview.sql).toContain('nullif(CAST("units" AS DOUBLE), 0)')
  expect(await project.engine.previewFormula({ source: 'sales', formula: 'number(note)' }, quiet)).toMatchObject({
    columns: ['note', 'result'],
    lost: 1,
  })
})

test('keys of two tables are written alike in one step', async () => {
  const project = await textProject({
    sales: {
      lines: ['client,day,amount', '123,2024-01-05,10', '124,2024-01-06,20'],
      kind: 'orders',
      roles: { customer: 'client', orderedAt: 'day', revenue: 'amount' },
    },
    people: {
      lines: ['client,sex', '00123,F', '00124,M'],
      kind: 'customers',
      roles: { customer: 'client', gender: 'sex' },
    },
  })
  const state = await project.engine.repairJoin({ join: 'orders-customers' }, quiet)
  expect(state.sources.map(({ roles }) => roles['customer'])).toEqual(['client key', 'client key'])
  const [join] = await project.engine.listJoins(undefined, quiet)
  expect(join).toMatchObject({ keys: { total: 2, matched: 2 }, repair: null })
  await project.engine.undo(undefined, quiet)
  expect((await project.engine.listJoins(undefined, quiet))[0]?.keys.matched).toBe(0)
})

test('the steps of a project can be read as SQL, and that SQL runs', async () => {
  const project = await shop()
  await project.engine.deriveColumn({ source: 'sales', name: "it's", formula: "concat(client, '''s')" }, quiet)
  await project.engine.deriveColumn(revenue, quiet)
  const steps = await project.engine.listSteps(undefined, quiet)
  expect(steps.map(({ does }) => does)).toEqual(['read', 'read', 'mapRoles', 'mapRoles', 'derive', 'derive'])
  expect(steps[0]?.title).toMatch(/^Read sales from sales.csv: 3 rows, SHA-256 [0-9a-f]{64}$/)
  expect(steps[2]).toMatchObject({ title: 'Take sales as order lines', sql: expect.stringContaining('CREATE VIEW') })
  expect(steps[5]?.title).toBe('Add worth = units * each to sales')
  const columns = steps.flatMap(({ does, sql }) => (does === 'derive' && sql !== null ? [sql] : []))
  for (const statement of columns) expect(await project.rows(statement)).toHaveLength(3)
})
