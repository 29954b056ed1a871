import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, ids, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const days = daysFrom('2023-01-01', 120)
const amounts = days.map((_, index) => 100 + index)
const lines = days.map((day, index) => `${day},${amounts[index]},${(index % 9) + 0.5}`)
const roles = { date: 'Date', cost: ['Online', 'Offline'] }
const check = (rows: readonly string[]) =>
  checkText(files, ['Date,Online,Offline', ...rows].join('\n'), { kind: 'spend', roles })
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

test('costs by day have no finding', async () => {
  expect((await check(lines)).findings).toEqual([])
})

describe('sums without a word', () => {
  test('a total at the end', async () => {
    const { find, rowsOf } = await check([...lines, `,${sum(amounts)},`])
    expect(find('unlabelledTotals')).toMatchObject({ severity: 'serious', count: 1, examples: ['row 121'] })
    expect(await rowsOf(find('unlabelledTotals'))).toBe(1)
  })

  test('subtotals every thirty rows', async () => {
    const rows = lines.flatMap((line, index) =>
      index % 30 === 29 ? [line, `,${sum(amounts.slice(index - 29, index + 1))},`] : [line],
    )
    expect((await check(rows)).find('unlabelledTotals')).toMatchObject({ count: 4 })
  })

  test('a row without a date that is no sum only lacks its date', async () => {
    const { findings } = await check([...lines, ',17,3'])
    expect(ids(findings)).toEqual(['missingDates'])
  })
})

test('another table below', async () => {
  const below = ['Product,Rate,', ...['Hats', 'Bags', 'Shoes', 'Coats'].map((product) => `${product},0.2,`)]
  const { find, rowsOf } = await check([...lines, ...below])
  expect(find('otherTable')).toMatchObject({ severity: 'serious', count: 5 })
  expect(await rowsOf(find('otherTable'))).toBe(5)
})

test('a month of one and the same amount', async () => {
  const rows = lines.map((line, index) => (line.startsWith('2023-03') ? `${days[index]},19.99,1` : line))
  const found = await check(rows)
  expect(found.find('constantMonth', 'Online')).toMatchObject({
    count: 31,
    title: 'Online has the same value in every row in March 2023: 19.99',
    period: { from: '2023-03-01', to: '2023-03-31' },
  })
})

describe('cells a column too far', () => {
  const header = 'Order,Date,Qty,Price,State'
  const played = { order: 'Order', orderedAt: 'Date', quantity: 'Qty', unitPrice: 'Price', couponState: 'State' }
  const rows = Array.from({ length: 600 }, (_, index) => {
    const [qty, price, state] = [1 + (index % 3), (5 + (index % 40) / 4).toFixed(2), index % 2 ? 'Used' : 'Not used']
    const start = `N${7000 + index},${days[index % 120]}`
    return { right: `${start},${qty},${price},${state}`, moved: `${start},,${qty},${price}` }
  })

  test('that end in a column of words', async () => {
    const text = [header, ...rows.map(({ right, moved }, index) => (index % 60 === 7 ? moved : right))].join('\n')
    const { find, rowsOf } = await checkText(files, text, { kind: 'orders', roles: played })
    expect(find('shiftedCells')).toMatchObject({ severity: 'serious', column: 'Qty', count: 10 })
    expect(await rowsOf(find('shiftedCells'))).toBe(10)
  })

  test('are nowhere in rows that are right', async () => {
    const text = [header, ...rows.map(({ right }) => right)].join('\n')
    const { findings } = await checkText(files, text, { kind: 'orders', roles: played })
    expect(ids(findings)).not.toContain('shiftedCells')
  })
})

describe('rates', () => {
  const table = (rates: readonly string[]): string =>
    ['Category,GST', ...rates.map((rate, index) => `Kind ${String.fromCharCode(65 + index)},${rate}`)].join('\n')
  const tax = { kind: 'tax' as const, roles: { category: 'Category', taxRate: 'GST' } }

  test('some in percent, some as fractions', async () => {
    const { find, rowsOf } = await checkText(files, table(['18', '10', '0.18', '5', '0.05', '18']), tax)
    expect(find('mixedRates')).toMatchObject({ severity: 'serious', count: 2, unit: 'rows as fractions' })
    expect(await rowsOf(find('mixedRates'))).toBe(2)
  })

  test('half a percent beside eighteen is a low rate', async () => {
    const { find } = await checkText(files, table(['18', '10', '0.5', '18']), tax)
    expect(find('mixedRates')).toBeUndefined()
  })
})

describe('what gives the outcome away', () => {
  const people = (given: (bought: boolean, index: number) => string): string =>
    [
      'Visitor,Basket,Invoice,Bought',
      ...Array.from({ length: 400 }, (_, index) => {
        const bought = scattered(index) < 0.3
        return `V${index},${scattered(index + 0.3) < 0.5 ? 1 : 0},${given(bought, index)},${bought ? 1 : 0}`
      }),
    ].join('\n')
  const kind = { kind: 'people' as const, roles: { customer: 'Visitor', target: 'Bought' } }

  test('a column that says the same', async () => {
    const { findings, find } = await checkText(
      files,
      people((bought) => (bought ? 'sent' : 'none')),
      kind,
    )
    expect(find('targetCopied', 'Invoice')).toMatchObject({ severity: 'serious', count: 400 })
    expect(ids(findings)).not.toContain('targetCopied Basket')
  })

  test('a column that only goes with it does not', async () => {
    const { find } = await checkText(
      files,
      people((bought, index) => (bought === scattered(index + 0.7) < 0.9 ? 'sent' : 'none')),
      kind,
    )
    expect(find('targetCopied')).toBeUndefined()
  })

  test('yes and no in several words', async () => {
    const text = people(() => 'x')
      .split('\n')
      .map((line, index) => (index > 0 && index % 4 === 0 ? line.replace(/1$/, 'TRUE').replace(/0$/, 'FALSE') : line))
      .join('\n')
    const { find, rowsOf } = await checkText(files, text, { kind: 'other', roles: {} })
    expect(find('flagValues', 'Bought')).toMatchObject({ severity: 'serious', count: 100 })
    expect(await rowsOf(find('flagValues', 'Bought'))).toBe(100)
  })
})

test('an id by name that holds amounts', async () => {
  const rows = days.map((day, index) => `${(20 + scattered(index) * 80).toFixed(2)},${day},${1 + (index % 5)}`)
  const { find } = await checkText(files, ['source_id,dt,costs', ...rows].join('\n'))
  expect(find('idWithDecimals')).toMatchObject({ severity: 'serious', column: 'source_id', count: 120 })
})

test('sessions in which most have several customers', async () => {
  const rows = Array.from({ length: 300 }, (_, index) => {
    const session = `s${Math.floor(index / 5)}`
    return `${days[index % 120]} 10:00:00,view,${4000 + Math.floor(scattered(index) * 500)},${Math.floor(index / 5)},${session}`
  })
  const roles = { happenedAt: 'time', eventType: 'event', customer: 'user', product: 'product', session: 'session' }
  const text = ['time,event,user,product,session', ...rows].join('\n')
  const { find } = await checkText(files, text, { kind: 'events', roles })
  expect(find('swappedIds')).toMatchObject({ severity: 'serious', column: 'user' })
  const right = { ...roles, customer: 'product', product: 'user' }
  expect((await checkText(files, text, { kind: 'events', roles: right })).find('swappedIds')).toBeUndefined()
})

describe('codes of lines that are no usual sale', () => {
  const lines = Array.from({ length: 400 }, (_, index) => {
    const order = index % 40 === 0 ? `C${5000 + index}` : String(5000 + index)
    const product = index % 50 === 7 ? 'POST' : `P${10 + (index % 25)}`
    return `${days[index % 120]},${order},${product},${2 + (index % 3)},4.25`
  })
  const played = { orderedAt: 'Date', order: 'Order', product: 'Code', quantity: 'Qty', unitPrice: 'Price' }

  test('a letter in front of the order, a product without a digit', async () => {
    const text = ['Date,Order,Code,Qty,Price', ...lines].join('\n')
    const { find, rowsOf } = await checkText(files, text, { kind: 'orders', roles: played })
    expect(find('markedOrders')).toMatchObject({ count: 10, examples: ['C…: 10 rows'] })
    expect(await rowsOf(find('markedOrders'))).toBe(10)
    expect(find('serviceCodes')).toMatchObject({ count: 8, examples: ['POST'] })
    expect(await rowsOf(find('serviceCodes'))).toBe(8)
  })
})
