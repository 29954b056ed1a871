import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import type { ProjectState } from '../../shared/engineApi'
import { quiet } from './smallShop'

let folder: string
let engine: RunningEngine
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-misread-'))
  engine = createEngine({ tempFolder: join(folder, 'temp'), threads: 1 })
})
afterEach(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

interface Wished {
  readonly names?: readonly string[]
  readonly choices?: Readonly<Record<string, string>>
}

function create(paths: readonly string[], { names = [], choices = {} }: Wished = {}): Promise<ProjectState> {
  const sources = paths.map((path, index) => ({ path, ...(names[index] === undefined ? {} : { name: names[index] }) }))
  return engine.handlers.createProject({ folder: join(folder, 'project'), name: 'P', sources, choices }, quiet)
}

async function answerTo(sql: string): Promise<unknown> {
  const { rows } = await engine.handlers.runSql({ sql }, quiet)
  return rows[0]?.[0]
}

const total = (state: ProjectState, choice: string, option: string): number | null | undefined =>
  state.choices.find(({ key }) => key === choice)?.options.find(({ key }) => key === option)?.total

/** Days whose order cannot be told: no part is above 12. */
const openDates = `customer_id,order_id,order_date,quantity,unit_price\n${[1, 2, 3, 4, 5]
  .map((day) => `C${day % 2},A${day},0${day}/12/2023,1,10.00`)
  .join('\n')}\n`

describe('a question about reading', () => {
  test('answered when the project is made, is read that way', async () => {
    const state = await create([file('sales.csv', openDates)], {
      choices: { 'sales.order_date.dateOrder': 'dayFirst' },
    })
    expect(state.period).toEqual({ first: '2023-12-01', last: '2023-12-05' })
  })

  test('is named after the table and answered for the next file, whatever that is called', async () => {
    await create([file('january.csv', openDates)], { names: ['sales'] })
    await engine.handlers.choose({ choice: 'sales.order_date.dateOrder', option: 'dayFirst' }, quiet)
    const next = file('february.csv', openDates.replaceAll('10.00', '20.00'))
    const { state } = await engine.handlers.replay({ sources: { sales: next } }, quiet)
    expect(state.period).toEqual({ first: '2023-12-01', last: '2023-12-05' })
    expect(state.choices).toContainEqual(
      expect.objectContaining({ key: 'sales.order_date.dateOrder', chosen: 'dayFirst', decidedBy: 'analyst' }),
    )
  })
})

const sales = (rows: readonly string[]): string =>
  `customer_id,order_id,order_date,category,quantity,unit_price\n${rows.join('\n')}\n`
const three = sales(['C1,A1,2024-01-30,Toys,2,10.00', 'C2,A2,2024-01-31,Books,1,20.00', 'C1,A3,2024-02-29,Toys,4,5.00'])

test('the same file twice is refused, at first and later', async () => {
  const once = file('sales.csv', three)
  const copy = file('copy.csv', three)
  await expect(create([once, copy])).rejects.toMatchObject({ code: 'bad-parameter' })
  await create([once])
  await expect(engine.handlers.addSources({ sources: [{ path: copy }] }, quiet)).rejects.toMatchObject({
    code: 'bad-parameter',
  })
  expect(await answerTo('SELECT sum(gross)::DOUBLE FROM orders')).toBe(60)
})

test('a file that lacks a column of the others is told', async () => {
  const february =
    'customer_id,order_id,order_date,quantity,unit_price\nC1,A9,2024-03-01,1,7.00\nC1,A8,2024-03-02,1,7.00\n'
  const state = await create([file('january.csv', three), file('march.csv', february)])
  expect(state.findings).toContainEqual(
    expect.objectContaining({ id: 'partLacksColumns', table: 'march', count: 2, examples: ['Category'] }),
  )
})

test('an amount that is not quantity times price is told', async () => {
  const lines = ['C1,A1,2024-01-30,2,10.00,18.00', 'C2,A2,2024-01-31,1,20.00,20.00', 'C1,A3,2024-02-29,4,5.00,20.00']
  const text = `customer_id,order_id,order_date,quantity,unit_price,line_total\n${lines.join('\n')}\n`
  const state = await create([file('sales.csv', text)])
  expect(state.findings).toContainEqual(
    expect.objectContaining({ id: 'amountsDiffer', severity: 'serious', column: 'line_total', count: 1 }),
  )
})

describe('rates of 1', () => {
  const coupons = 'Month,Category,Discount_pct\nJan,Toys,1\nFeb,Toys,1\nJan,Books,1\n'

  test('are asked about; one percent is more likely than a gift', async () => {
    const state = await create([file('sales.csv', three), file('coupons.csv', coupons)])
    expect(state.choices).toContainEqual(expect.objectContaining({ key: 'discountScale', chosen: 'percent' }))
    expect(await answerTo('SELECT max(discount_rate)::DOUBLE FROM coupons')).toBe(0.01)
    expect(total(state, 'discount', 'all')).toBeCloseTo(59.4, 10)
    const chosen = await engine.handlers.choose({ choice: 'discountScale', option: 'fraction' }, quiet)
    expect(total(chosen, 'discount', 'all')).toBe(0)
  })

  test('beside small fractions are fractions', async () => {
    const mixed = coupons.replace('Books,1', 'Books,0.05')
    const state = await create([file('sales.csv', three), file('coupons.csv', mixed)])
    expect(state.choices).toContainEqual(expect.objectContaining({ key: 'discountScale', chosen: 'fraction' }))
  })

  test.each([
    { rates: '10', scale: 0.1 },
    { rates: '0.1', scale: 0.1 },
  ])('need not be asked about when they are $rates', async ({ rates, scale }) => {
    const state = await create([
      file('sales.csv', three),
      file('coupons.csv', coupons.replaceAll(/,1$/gm, `,${rates}`)),
    ])
    expect(state.choices.map(({ key }) => key)).not.toContain('discountScale')
    expect(await answerTo('SELECT max(discount_rate)::DOUBLE FROM coupons')).toBe(scale)
  })
})

test('customers whose ids lost their digits are not counted', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => `1.0000${index % 5}E+19,2024-01-${10 + (index % 20)},10.5`)
  const state = await create([file('sales.csv', `uid,order_date,revenue\n${rows.join('\n')}\n`)])
  expect(state.sources[0]?.kind).toBe('orders')
  expect(state.sources[0]?.roles).not.toHaveProperty('customer')
  expect(state.findings).toContainEqual(expect.objectContaining({ id: 'scientificIds', severity: 'serious' }))
  expect(state.headline).not.toMatch(/customers/)
  await expect(engine.handlers.runAnalysis({ id: 'rfm' }, quiet)).rejects.toMatchObject({ code: 'not-enough-data' })
})

test('delivery once an order is the charge that stands there, beside zeros and blanks', async () => {
  const lines = ['A1,,', 'A1,7.00,', 'A2,0,', 'A2,7.00,'].map(
    (line, index) => `C${index % 2},${line.replace(/,$/, '')},2024-01-0${1 + Math.floor(index / 2)},1,10.00`,
  )
  const text = `customer_id,order_id,delivery,order_date,quantity,unit_price\n${lines.join('\n')}\n`
  await create([file('sales.csv', text)], { choices: {} })
  expect(
    await answerTo('SELECT sum(CASE WHEN first_of_order THEN delivery END)::DOUBLE FROM prepared.order_lines'),
  ).toBe(14)
})

test.each(['1900-01-01', '1970-01-01', '2203-05-06', '9999-12-31'])(
  'the day %s is no day of an order: it is left out and counted',
  async (day) => {
    const days = Array.from(
      { length: 12 },
      (_, index) => `C${index % 3},A${index},2024-0${1 + (index % 3)}-15,Toys,1,10.00`,
    )
    const state = await create([file('sales.csv', sales([...days, `C1,A99,${day},Toys,1,10.00`]))])
    expect(state.period).toEqual({ first: '2024-01-15', last: '2024-03-15' })
    expect(state.ledger.rowsUsed).toBe(12)
    expect(state.ledger.balances).toBe(true)
    await expect(engine.handlers.runAnalysis({ id: 'overview' }, quiet)).resolves.toBeDefined()
  },
)

test('a barcode among the quantities spoils one line, not the project', async () => {
  const lines = Array.from({ length: 30 }, (_, index) => `C${index % 3},A${index},2024-01-15,Toys,1,10.00`)
  const state = await create([file('sales.csv', sales([...lines, 'C1,A99,2024-01-16,Toys,5901234123457,10.00']))])
  expect(state.ledger.entries).toContainEqual(expect.objectContaining({ id: 'noAmount', rows: 1 }))
  expect(await answerTo('SELECT sum(gross)::DOUBLE FROM orders')).toBe(300)
})

test('a parameter that does not exist is refused by its name', async () => {
  await create([file('sales.csv', three)])
  const answer = engine.handlers.runAnalysis({ id: 'cohortRetention', params: { peroid: 'week' } }, quiet)
  await expect(answer).rejects.toMatchObject({ code: 'bad-parameter', message: expect.stringContaining('peroid') })
})

test('customers who stand there twice are told, joined once, and multiply nothing', async () => {
  const customers = Array.from({ length: 30 }, (_, index) => `C${index},${index % 2 ? 'F' : 'M'},Rome`)
  const people = `customer_id,gender,city\n${[...customers, 'C1,M,Paris'].join('\n')}\n`
  const state = await create([file('sales.csv', three), file('customers.csv', people)])
  expect(state.sources[1]?.kind).toBe('customers')
  expect(state.findings).toContainEqual(
    expect.objectContaining({ id: 'customersTwice', count: 1, examples: ['C1'], table: 'customers' }),
  )
  expect(await answerTo('SELECT count(*)::DOUBLE FROM orders JOIN customers USING (customer)')).toBe(3)
  expect(await answerTo("SELECT location FROM customers WHERE customer = 'C1'")).toBe('Rome')
})
