import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import type { ProjectState } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import { workbookFile } from './import/workbookFile'
import { quiet, type SmallShop, smallShop } from './smallShop'

let shop: SmallShop
let engine: RunningEngine
let monthly: string

beforeEach(() => {
  shop = smallShop()
  monthly = join(shop.folder, 'monthly')
  mkdirSync(monthly)
  engine = createEngine({ tempFolder: shop.tempFolder, threads: 1 })
})
afterEach(async () => {
  engine.close()
  // The file is let go of a moment later.
  await new Promise((resume) => setTimeout(resume, 50))
  shop.remove()
})

const header = 'customer_id,order_id,order_date,quantity,unit_price\n'
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(monthly, name)
  writeFileSync(path, content)
  return path
}
const january = `${header}C1,A1,2024-01-30,2,10.00\nC2,A2,2024-01-31,1,20.00\n`
const february = `${header}C1,A3,2024-02-01,4,5.00\nC3,A4,2024-02-29,1,7.50\n`

const create = (sources: readonly { name?: string; path: string }[]): Promise<ProjectState> =>
  engine.handlers.createProject({ folder: shop.project, name: 'shop', sources: [...sources] }, quiet)
const ask = async (sql: string): Promise<unknown> => (await engine.handlers.runSql({ sql }, quiet)).rows
const findings = (state: ProjectState): Record<string, { count: number; examples: readonly string[] }> =>
  Object.fromEntries(state.findings.map(({ id, count, examples }) => [id, { count, examples }]))
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (error instanceof AppError) return error
  throw new Error('nothing was refused')
}

describe('a folder of monthly files', () => {
  test('is one table in the natural order of the names, and every row can be traced to its file', async () => {
    write('sales_10.csv', february)
    write('sales_2.csv', january)
    const state = await create([{ path: monthly }])
    expect(state.sources).toMatchObject([
      {
        name: 'sales',
        kind: 'orders',
        rows: 4,
        parts: [{ fileName: 'sales_2.csv', rows: 2 }, { fileName: 'sales_10.csv' }],
      },
    ])
    expect(await ask('SELECT source_row, order_id, order_date::VARCHAR FROM raw.sales ORDER BY source_row')).toEqual([
      [1, 'A1', '2024-01-30'],
      [2, 'A2', '2024-01-31'],
      [3, 'A3', '2024-02-01'],
      [4, 'A4', '2024-02-29'],
    ])
    expect(await ask('SELECT part, file, first_row, last_row FROM casebook.parts ORDER BY part')).toEqual([
      [1, '../monthly/sales_2.csv', 1, 2],
      [2, '../monthly/sales_10.csv', 3, 4],
    ])
    // 2×10 + 20 + 4×5 + 7.5
    expect(await ask('SELECT sum(quantity * unit_price)::DOUBLE FROM orders')).toEqual([[67.5]])
  })

  test('a new month in the folder is told when opening and picked up by a replay', async () => {
    write('sales_2024-01.csv', january)
    write('readme.txt', 'Exports of the shop, made on Monday. Ask Ana for more of them when you need more.\n')
    const before = await create([{ name: 'sales', path: monthly }])
    expect(before.sources).toMatchObject([{ name: 'sales', rows: 2 }])
    write('sales_2024-02.csv', february)
    const opened = await engine.handlers.openProject({ folder: shop.project }, quiet)
    expect(opened.sources).toMatchObject([{ problem: 'changed', rows: 2 }])
    expect(opened.sources[0]?.problemNote).toContain('sales_2024-02.csv')
    const { state, notes } = await engine.handlers.replay({ sources: {} }, quiet)
    expect(state.sources).toMatchObject([{ name: 'sales', rows: 4, problem: null }])
    expect(notes).toEqual(['sales: sales_2024-02.csv is new, 2 rows.'])
  })

  test('files that are written differently are read each in its own way, and that is said', async () => {
    write('sales_1.csv', `${header}C1,A1,1/30/2024,2,1000.5\nC2,A2,1/31/2024,1,20.25\n`)
    write(
      'sales_2.csv',
      'Customer ID;Order ID;Unit price;Order date;Quantity\nC1;A3;5,25;13/02/2024;4\nC3;A4;1.007,5;29/02/2024;1\n',
    )
    const state = await create([{ path: monthly }])
    expect(
      await ask('SELECT customer_id, order_date::VARCHAR, unit_price::DOUBLE FROM raw.sales ORDER BY source_row'),
    ).toEqual([
      ['C1', '2024-01-30', 1000.5],
      ['C2', '2024-01-31', 20.25],
      ['C1', '2024-02-13', 5.25],
      ['C3', '2024-02-29', 1007.5],
    ])
    expect(findings(state)).toMatchObject({
      partReading: { examples: expect.arrayContaining([expect.stringContaining('sales_2.csv: ')]) },
      partRenamed: { examples: [expect.stringContaining('sales_2.csv: "')] },
      partOrder: { examples: ['sales_2.csv'] },
      partLayout: { examples: ['sales_1.csv: csv utf-8 ,', 'sales_2.csv: csv utf-8 ;'] },
    })
    expect(state.choices.filter(({ key }) => key.endsWith('dateOrder'))).toEqual([])
  })

  test('an order of day and month that one file proves holds for the others', async () => {
    write('sales_1.csv', `${header}C1,A1,01/02/2024,2,10\nC2,A2,02/02/2024,1,20\n`)
    write('sales_2.csv', `${header}C1,A3,13/03/2024,4,5\nC3,A4,01/03/2024,1,7\n`)
    const state = await create([{ path: monthly }])
    expect(state.choices.filter(({ key }) => key.endsWith('dateOrder'))).toEqual([])
    expect(await ask('SELECT min(order_date)::VARCHAR, max(order_date)::VARCHAR FROM raw.sales')).toEqual([
      ['2024-02-01', '2024-03-13'],
    ])
  })

  test('an order that files contradict stays a choice for the file that proves none', async () => {
    write('sales_1.csv', `${header}C1,A1,13/01/2024,2,10\nC2,A2,02/01/2024,1,20\n`)
    write('sales_2.csv', `${header}C1,A3,02/13/2024,4,5\nC3,A4,02/01/2024,1,7\n`)
    write('sales_3.csv', `${header}C1,A5,03/04/2024,4,5\nC3,A6,03/05/2024,1,7\n`)
    const state = await create([{ path: monthly }])
    const choice = state.choices.find(({ key }) => key === 'sales.order_date.dateOrder')
    expect(choice?.why).toContain('sales_3.csv')
    const dates = async (): Promise<unknown> => ask('SELECT order_date::VARCHAR FROM raw.sales ORDER BY source_row')
    const option = choice?.chosen === 'monthFirst' ? 'dayFirst' : 'monthFirst'
    const [third, fourth] = option === 'monthFirst' ? ['2024-03-04', '2024-03-05'] : ['2024-04-03', '2024-05-03']
    await engine.handlers.choose({ choice: 'sales.order_date.dateOrder', option }, quiet)
    expect(await dates()).toEqual(
      ['2024-01-13', '2024-01-02', '2024-02-13', '2024-02-01', third, fourth].map((date) => [date]),
    )
  })

  test('a column that a file lacks is empty in its rows; one that only a file has is kept', async () => {
    write('sales_1.csv', january)
    write('sales_2.csv', february)
    write('sales_3.csv', `${header.trim()},coupon\nC1,A5,2024-03-01,4,5.00,SALE\n`)
    write('sales_4.csv', 'customer_id,order_id,order_date,unit_price\nC1,A6,2024-04-01,5.00\n')
    const state = await create([{ path: monthly }])
    expect(findings(state)).toMatchObject({
      partLacksColumn: { count: 1, examples: ['sales_4.csv'] },
      partExtraColumn: { count: 5, examples: ['sales_3.csv'] },
    })
    expect(await ask('SELECT quantity, coupon FROM raw.sales WHERE source_row > 4 ORDER BY source_row')).toEqual([
      [4, 'SALE'],
      [null, null],
    ])
  })

  test('files of different formats are one table', async () => {
    write('sales_1.csv', january)
    write(
      'sales_2.ndjson',
      '{"customer_id":"C1","order_id":"A3","order_date":"2024-02-01","quantity":4,"unit_price":5.5}\n',
    )
    write(
      'sales_3.xlsx',
      workbookFile([
        {
          name: 'March',
          rows: [
            ['customer_id', 'order_id', 'order_date', 'quantity', 'unit_price'],
            ['C1', 'A4', { days: 45352 }, 1, 7.25],
            ['C2', 'A5', { days: 45353 }, 2, 8],
          ],
        },
      ]),
    )
    const state = await create([{ path: monthly }])
    expect(state.sources).toMatchObject([{ name: 'sales', kind: 'orders', rows: 5 }])
    expect(await ask('SELECT order_date::VARCHAR, unit_price::DOUBLE FROM raw.sales ORDER BY source_row')).toEqual([
      ['2024-01-30', 10],
      ['2024-01-31', 20],
      ['2024-02-01', 5.5],
      ['2024-03-01', 7.25],
      ['2024-03-02', 8],
    ])
  })

  test('cancelling leaves nothing behind', async () => {
    write('sales_1.csv', january)
    write('sales_2.csv', february)
    const controller = new AbortController()
    controller.abort()
    const making = engine.handlers.createProject(
      { folder: shop.project, name: 'shop', sources: [{ path: monthly }] },
      { signal: controller.signal, onProgress: () => undefined },
    )
    expect((await refusal(making)).code).toBe('cancelled')
    expect(existsSync(shop.project)).toBe(false)
  })

  test('the same file twice is read once, and rows that stand in two files are counted', async () => {
    write('sales_1.csv', january)
    write('sales_1 (copy).csv', january)
    write('sales_2.csv', `${february}C2,A2,2024-01-31,1,20.00\n`)
    const state = await create([{ path: monthly }])
    expect(state.sources).toMatchObject([{ rows: 5 }])
    expect(findings(state)).toMatchObject({
      partTwice: { count: 1, examples: [expect.stringMatching(/sales_1.*is the same as.*sales_1/)] },
      partsOverlap: { count: 1, examples: [expect.stringContaining('sales_2.csv: 1 row')] },
    })
  })

  test('files of other columns stand beside it, files that are no tables are listed with the reason', async () => {
    write('sales_1.csv', january)
    write('sales_2.csv', february)
    write(
      'coupons.csv',
      'Month,Category,Coupon_Code,Discount_pct\nJan,Toys,TEN,10\nFeb,Toys,TEN,10\nJan,Books,TEN,10\n',
    )
    write('notes.pdf', '%PDF-1.7\n')
    const [described] = await engine.handlers.describeFiles({ paths: [monthly] }, quiet)
    expect(described).toMatchObject({
      format: 'folder',
      tables: [
        { name: 'coupons', parts: [{ fileName: 'coupons.csv' }] },
        { name: 'sales', parts: [{ fileName: 'sales_1.csv' }, { fileName: 'sales_2.csv' }] },
      ],
      skipped: [{ sheet: 'notes.pdf', reason: 'is a PDF' }],
    })
    const state = await create([{ path: monthly }])
    expect(findings(state)).toMatchObject({ partsLeftOut: { count: 1, examples: ['notes.pdf is a PDF'] } })
    expect(state.sources.map(({ name, kind }) => [name, kind])).toEqual([
      ['coupons', 'coupons'],
      ['sales', 'orders'],
    ])
    const { state: again } = await engine.handlers.replay({ sources: {} }, quiet)
    expect(again.sources.map(({ rows }) => rows)).toEqual(state.sources.map(({ rows }) => rows))
  })
})

test('a row behind an entry of the ledger names its file and its place there', async () => {
  write('sales_1.csv', january)
  // One unreadable date among 22.
  const many = Array.from(
    { length: 21 },
    (_, at) => `C${at},B${at},2024-02-${String(at + 1).padStart(2, '0')},1,1.00\n`,
  )
  write('sales_2.csv', `${header}${many.join('')}C1,B99,someday,1,1.00\n`)
  await create([{ path: monthly }])
  const { rows, columns } = await engine.handlers.readLedgerRows({ entry: 'noDate', offset: 0, limit: 10 }, quiet)
  const at = (name: string): unknown => rows[0]?.[columns.findIndex((column) => column.name === name)]
  expect([at('source_row'), at('source_file'), at('row_in_file')]).toEqual([24, '../monthly/sales_2.csv', 22])
})

test('a folder that is a project is not taken for data', async () => {
  await create([{ path: write('sales.csv', january) }])
  const error = await refusal(engine.handlers.describeFiles({ paths: [shop.project] }, quiet))
  expect(error.message).toContain('is a Casebook project')
})

test('a part that can no longer be read stops the replay; a new file of other columns is told', async () => {
  write('sales_1.csv', january)
  write('sales_2.csv', february)
  await create([{ path: monthly }])
  write('visitors.csv', 'page,clicks\nhome,2\ncart,3\n')
  const { notes } = await engine.handlers.replay({ sources: {} }, quiet)
  expect(notes).toEqual([expect.stringContaining('visitors.csv came into the folder but is in no table')])
  write('sales_2.csv', '%PDF-1.7\n')
  const error = await refusal(engine.handlers.replay({ sources: {} }, quiet))
  expect(error.message).toBe('sales_2.csv, a part of sales, is a PDF.')
  expect(await ask('SELECT count(*)::INTEGER FROM raw.sales')).toEqual([[4]])
})

describe('files given under one name', () => {
  test('are put together in the order they are given', async () => {
    const state = await create([
      { name: 'sales', path: write('b.csv', february) },
      { name: 'sales', path: write('a.csv', january) },
    ])
    expect(state.sources).toMatchObject([
      { name: 'sales', rows: 4, parts: [{ fileName: 'b.csv' }, { fileName: 'a.csv' }] },
    ])
    const { state: again } = await engine.handlers.replay({ sources: {} }, quiet)
    expect(again.sources).toMatchObject([{ rows: 4 }])
    const { state: one, notes } = await engine.handlers.replay({ sources: { sales: join(monthly, 'a.csv') } }, quiet)
    expect(one.sources).toMatchObject([{ rows: 2, parts: [] }])
    expect(notes).toEqual([])
  })

  test('of other columns are refused', async () => {
    const other = write('b.csv', 'page,clicks\nhome,2\ncart,3\n')
    const error = await refusal(
      create([
        { name: 'sales', path: write('a.csv', january) },
        { name: 'sales', path: other },
      ]),
    )
    expect(error.code).toBe('bad-parameter')
    expect(error.message).toContain('b.csv does not belong to sales')
    expect(error.hint).toContain('page, clicks')
  })
})

describe('files that change after they were read', () => {
  test('a file that moved, changed or only got a new date', async () => {
    const path = write('sales.csv', january)
    await create([{ path }])
    const open = (): Promise<ProjectState> => engine.handlers.openProject({ folder: shop.project }, quiet)
    const [first] = (await open()).sources
    expect(first).toMatchObject({ problem: null, problemNote: null })
    expect(first?.readAt).toMatch(/^\d{4}-\d{2}-\d{2}T/)
    // Written anew with the same content.
    rmSync(path)
    writeFileSync(path, january)
    expect((await open()).sources).toMatchObject([{ problem: null }])
    writeFileSync(path, january.replace('20.00', '21.00'))
    expect((await open()).sources).toMatchObject([{ problem: 'changed' }])
    renameSync(path, join(monthly, 'moved.csv'))
    const moved = await open()
    expect(moved.sources).toMatchObject([{ problem: 'moved', rows: 2 }])
    expect(moved.sources[0]?.problemNote).toContain('sales.csv is not there any more')
    const { state } = await engine.handlers.replay({ sources: { sales: join(monthly, 'moved.csv') } }, quiet)
    expect(state.sources).toMatchObject([{ problem: null, fileName: 'moved.csv' }])
  })
})

test('a replay knows columns again by their words and by what they are, and tells which', async () => {
  await create([{ name: 'sales', path: write('sales.csv', january) }])
  const spanish = write(
    'ventas.csv',
    'ID Cliente;Order-Id;Fecha pedido;Unidades;Precio unitario\nC9;A9;2024-03-01;3;2,50\n',
  )
  const { state, notes } = await engine.handlers.replay({ sources: { sales: spanish } }, quiet)
  expect(state.sources).toMatchObject([{ rows: 1, roles: { customer: 'customer_id', unitPrice: 'unit_price' } }])
  expect(notes).toEqual([
    'sales: "Order-Id" is read as "order_id".',
    'sales: "ID Cliente" is read as "customer_id".',
    'sales: "Fecha pedido" is read as "order_date".',
    'sales: "Unidades" is read as "quantity".',
    'sales: "Precio unitario" is read as "unit_price".',
  ])
  expect(await ask('SELECT customer_id, unit_price::DOUBLE FROM raw.sales')).toEqual([['C9', 2.5]])
  const other = write(
    'other.csv',
    'customer_id,order_id,order_date,unit_price,colour\nC9,A9,2024-03-01,2.50,red\nC8,A8,2024-03-01,2.50,blue\n',
  )
  const error = await refusal(engine.handlers.replay({ sources: { sales: other } }, quiet))
  expect(error.code).toBe('missing-column')
  expect(error.hint).toContain('quantity: "quantity" is missing')
})
