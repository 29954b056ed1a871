import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import type { OverviewResult } from '../../shared/analyses/explore/overview/overview'
import type { ProjectState } from '../../shared/engineApi'
import type { CallContext } from '../../shared/rpc'
import { quiet, type SmallShop, smallShop } from './smallShop'

let shop: SmallShop
let engine: RunningEngine
const others: RunningEngine[] = []
beforeEach(() => {
  shop = smallShop()
  engine = createEngine({ tempFolder: shop.tempFolder, threads: 1 })
})
afterEach(() => {
  engine.close()
  for (const other of others.splice(0)) other.close()
  shop.remove()
})

const create = (context: CallContext = quiet): Promise<ProjectState> =>
  engine.handlers.createProject(
    { folder: shop.project, name: 'Shop', sources: [{ path: shop.sales }, { path: shop.coupons }] },
    context,
  )

async function net(): Promise<number> {
  const answer = await engine.handlers.runAnalysis({ id: 'overview' }, quiet)
  return (answer.result as OverviewResult).totals.net
}

describe('a project', () => {
  test('is a readable file and a data file, and adds up', async () => {
    const state = await create()
    // DuckDB keeps its journal beside the data while the project is open.
    expect(
      readdirSync(shop.project)
        .filter((name) => !name.endsWith('.wal'))
        .sort(),
    ).toEqual(['data.duckdb', 'project.json'])
    expect(state.ledger).toMatchObject({ rowsIn: 3, rowsUsed: 3, balances: true, grossIn: 60, grossOut: 60 })
    expect(state.sources.map((source) => source.kind)).toEqual(['orders', 'coupons'])
    // 10 % of 2 × 10 on the one line whose coupon was used.
    expect(await net()).toBe(58)
    expect(JSON.parse(readFileSync(join(shop.project, 'project.json'), 'utf8'))).toMatchObject({
      format: 1,
      sources: [{ path: '../files/sales.csv' }, { path: '../files/coupons.csv' }],
    })
  })

  test('opens again with the same numbers, also after its data file is lost', async () => {
    await create()
    await engine.handlers.choose({ choice: 'discount', option: 'all' }, quiet)
    engine.close()
    rmSync(join(shop.project, 'data.duckdb'))
    await engine.handlers.openProject({ folder: shop.project }, quiet)
    // 10 % on all three lines, each with a coupon for its month and category: 60 − 2 − 2 − 2.
    expect(await net()).toBe(54)
  })

  test('undo and redo walk through choices, and the file follows', async () => {
    await create()
    await engine.handlers.choose({ choice: 'discount', option: 'none' }, quiet)
    expect(await net()).toBe(60)
    const undone = await engine.handlers.undo(null, quiet)
    expect(undone).toMatchObject({ canUndo: false, canRedo: true })
    expect(await net()).toBe(58)
    await engine.handlers.redo(null, quiet)
    expect(await net()).toBe(60)
    expect(readFileSync(join(shop.project, 'project.json'), 'utf8')).toContain('"option": "none"')
  })

  test('undo takes back an added file, redo brings it in again', async () => {
    await engine.handlers.createProject({ folder: shop.project, name: 'Shop', sources: [{ path: shop.sales }] }, quiet)
    const added = await engine.handlers.addSources({ sources: [{ path: shop.coupons }] }, quiet)
    expect(added.sources).toHaveLength(2)
    expect(await net()).toBe(58)
    expect((await engine.handlers.undo(null, quiet)).sources).toHaveLength(1)
    expect(await net()).toBe(60)
    expect((await engine.handlers.redo(null, quiet)).sources).toHaveLength(2)
    expect(await net()).toBe(58)
  })

  test('a second engine is told that it is open elsewhere', async () => {
    await create()
    // Within one process DuckDB shares a file, so the other engine is a process of its own.
    const { spawnSync } = await import('node:child_process')
    const script = `import('@duckdb/node-api').then(({ DuckDBInstance }) => DuckDBInstance.create(process.argv[1])).then(() => process.exit(0), (error) => { console.log(String(error)); process.exit(9) })`
    const other = spawnSync(process.execPath, ['-e', script, join(shop.project, 'data.duckdb')], { encoding: 'utf8' })
    expect(other.status).toBe(9)
    expect(other.stdout).toMatch(/lock/i)
  })

  test('a cancelled import leaves no folder behind', async () => {
    const controller = new AbortController()
    const cancelling: CallContext = { signal: controller.signal, onProgress: () => controller.abort() }
    await expect(create(cancelling)).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(shop.project)).toBe(false)
  })

  test('cancelling while a file is added keeps the project as it was', async () => {
    await engine.handlers.createProject({ folder: shop.project, name: 'Shop', sources: [{ path: shop.sales }] }, quiet)
    const before = readFileSync(join(shop.project, 'project.json'), 'utf8')
    const controller = new AbortController()
    const cancelling: CallContext = { signal: controller.signal, onProgress: () => controller.abort() }
    await expect(engine.handlers.addSources({ sources: [{ path: shop.coupons }] }, cancelling)).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(readFileSync(join(shop.project, 'project.json'), 'utf8')).toBe(before)
    expect(await net()).toBe(60)
  })

  test('a damaged file among good ones makes no project', async () => {
    const empty = join(shop.folder, 'files', 'empty.csv')
    writeFileSync(empty, '')
    await expect(
      engine.handlers.createProject(
        { folder: shop.project, name: 'Shop', sources: [{ path: shop.sales }, { path: empty }] },
        quiet,
      ),
    ).rejects.toMatchObject({ code: 'bad-file', where: { file: empty } })
    expect(existsSync(shop.project)).toBe(false)
  })

  test('strict refuses open choices and lists them', async () => {
    const strict = engine.handlers.createProject(
      { folder: shop.project, name: 'Shop', sources: [{ path: shop.sales }, { path: shop.coupons }], strict: true },
      quiet,
    )
    await expect(strict).rejects.toMatchObject({
      code: 'needs-choice',
      hint: expect.stringContaining('discount=used|all|none'),
    })
    expect(existsSync(shop.project)).toBe(false)
  })

  test('a moved source is reported on opening, its results stay', async () => {
    await create()
    engine.close()
    renameSync(shop.coupons, `${shop.coupons}.old`)
    const state = await engine.handlers.openProject({ folder: shop.project }, quiet)
    expect(state.sources.map((source) => source.problem)).toEqual([null, 'moved'])
    expect(await net()).toBe(58)
  })

  test('replay takes a new file for a table and says what changed', async () => {
    await create()
    const march = join(shop.folder, 'files', 'march.csv')
    writeFileSync(
      march,
      'customer_id,order_id,order_date,product_id,category,quantity,unit_price,coupon_status,extra\nC9,B1,2024-03-31,P1,Toys,1,7.00,Used,x\n',
    )
    const answer = await engine.handlers.replay({ sources: { sales: march } }, quiet)
    expect(answer.state.ledger.rowsIn).toBe(1)
    expect(answer.differences).toContainEqual({ figure: 'gross', before: 60, after: 7 })
  })

  test('replay on a file that lacks columns names each with its best match and changes nothing', async () => {
    await create()
    const renamed = join(shop.folder, 'files', 'renamed.csv')
    writeFileSync(
      renamed,
      readFileSync(shop.sales, 'utf8').replace('customer_id', 'customer_ident').replace('unit_price', 'unit_prize'),
    )
    await expect(engine.handlers.replay({ sources: { sales: renamed } }, quiet)).rejects.toMatchObject({
      code: 'missing-column',
      hint: expect.stringMatching(/customer_ident[\s\S]*unit_prize/),
    })
    expect(await net()).toBe(58)
  })

  test('an answer is kept and found again; a choice makes it stale', async () => {
    await create()
    const first = await engine.handlers.runAnalysis({ id: 'overview' }, quiet)
    const second = await engine.handlers.runAnalysis({ id: 'overview' }, quiet)
    expect([first.computed.cached, second.computed.cached]).toEqual([false, true])
    expect(second.result).toEqual(first.result)
    await engine.handlers.choose({ choice: 'revenueView', option: 'gross' }, quiet)
    const third = await engine.handlers.runAnalysis({ id: 'overview' }, quiet)
    expect(third.computed.cached).toBe(false)
  })

  test('a project of a newer version is refused and not touched', async () => {
    await create()
    engine.close()
    const file = join(shop.project, 'project.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"format": 1', '"format": 2'))
    const before = readFileSync(file, 'utf8')
    await expect(engine.handlers.openProject({ folder: shop.project }, quiet)).rejects.toMatchObject({
      code: 'project-too-new',
    })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })
})

describe('the table and the SQL panel', () => {
  test('a page is sorted and filtered in the engine', async () => {
    await create()
    const page = await engine.handlers.readPage(
      {
        table: 'sales',
        offset: 0,
        limit: 10,
        sorts: [{ column: 'quantity', descending: true }],
        filters: [{ is: 'contains', column: 'category', text: 'toy' }],
      },
      quiet,
    )
    expect(page.total).toBe(2)
    const quantity = page.columns.findIndex((column) => column.name === 'quantity')
    expect(page.rows.map((row) => row[quantity])).toEqual([4, 2])
  })

  test('the profile counts every column', async () => {
    await create()
    const profile = await engine.handlers.profileTable({ table: 'sales' }, quiet)
    const category = profile.columns.find((column) => column.name === 'category')
    expect(category).toMatchObject({
      distinct: 2,
      missing: 0,
      role: 'category',
      shape: 'shares',
      bars: [
        { label: 'Toys', count: 2 },
        { label: 'Books', count: 1 },
      ],
    })
  })

  test.each([
    ['DELETE FROM prepared.order_lines', 'bad-parameter'],
    ['DELETE FROM raw.sales', 'query-failed'],
    ['DROP VIEW orders', 'bad-parameter'],
    ['SELECT 1; DROP VIEW orders', 'bad-parameter'],
    ["COPY orders TO 'out.csv'", 'query-failed'],
    ["SELECT * FROM read_csv('/etc/hostname')", 'query-failed'],
    ["ATTACH 'other.duckdb'", 'bad-parameter'],
    ['SET memory_limit = 1', 'bad-parameter'],
    ['SELECT nonsense FROM orders', 'query-failed'],
  ])('%s is refused', async (text, code) => {
    await create()
    await expect(engine.handlers.runSql({ sql: text }, quiet)).rejects.toMatchObject({ code })
    expect(await net()).toBe(58)
  })

  test('a question over the views answers with plain values and says when it stops', async () => {
    await create()
    const answer = await engine.handlers.runSql(
      { sql: 'SELECT customer, sum(gross) AS gross FROM orders GROUP BY customer ORDER BY customer', limit: 1 },
      quiet,
    )
    expect(answer.rows).toEqual([['C1', 40]])
    expect(answer.truncated).toBe(true)
  })
})
