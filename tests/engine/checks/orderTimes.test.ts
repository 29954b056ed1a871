import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const days = daysFrom('2023-01-01', 120)

interface Line {
  readonly day: string
  readonly order: number
  readonly product: string
  readonly quantity: number
}

/** Eight orders a day with three lines each. */
const usual: readonly Line[] = days.flatMap((day, at) =>
  Array.from({ length: 8 }, (_, number) =>
    ['A', 'B', 'C'].map((product, line) => ({
      day,
      order: 1000 + at * 8 + number,
      product,
      quantity: 1 + Math.floor(scattered(at * 24 + number * 3 + line) * 9),
    })),
  ).flat(),
)

const sales = (lines: readonly (Line & { readonly coupon?: string })[]) =>
  checkText(
    files,
    [
      'Customer,Order,Day,Product,Quantity,Price,Coupon',
      ...lines.map(
        ({ day, order, product, quantity, coupon }) =>
          `${order % 400},${order},${day},${product},${quantity},9.5,${coupon ?? 'none'}`,
      ),
    ].join('\n'),
    {
      kind: 'orders',
      roles: {
        customer: 'Customer',
        order: 'Order',
        orderedAt: 'Day',
        product: 'Product',
        quantity: 'Quantity',
        unitPrice: 'Price',
      },
    },
  )
const withDays = (dates: readonly string[]) => usual.map((line, index) => ({ ...line, day: dates[index] ?? '' }))
const written = usual.map(({ day }) => day)

test('orders of one date each are fine', async () => {
  expect((await sales(usual)).findings.filter(({ severity }) => severity !== 'info')).toEqual([])
})

describe('dates that left their rows', () => {
  test('moved up by a cell from the middle', async () => {
    // From line 1440 on each line has the date of the next one: the last line of 60 days has that of the day after.
    const { find, rowsOf } = await sales(withDays([...written.slice(0, 1440), ...written.slice(1441), '2023-04-30']))
    expect(find('tornOrders')).toMatchObject({ severity: 'warning', count: 59 * 3 })
    expect(await rowsOf(find('tornOrders'))).toBe(59 * 3)
  })

  test('sorted the other way', async () => {
    const { find } = await sales(withDays([...written].reverse()))
    expect(find('ordersAgainstDates')).toMatchObject({ severity: 'serious', count: usual.length })
  })

  test('shuffled', async () => {
    const shuffled = written
      .map((day, index) => ({ day, at: scattered(index) }))
      .sort((one, other) => one.at - other.at)
    expect((await sales(withDays(shuffled.map(({ day }) => day)))).find('tornOrders')?.severity).toBe('serious')
  })

  test('a shop that sends a part of its orders later', async () => {
    const next = (day: string): string => days[Math.min(days.length - 1, days.indexOf(day) + 2)] ?? day
    const late = usual.map((line) =>
      line.product === 'C' && line.order % 4 === 0 ? { ...line, day: next(line.day) } : line,
    )
    expect((await sales(late)).find('tornOrders')).toBeUndefined()
  })
})

describe('a crowded day', () => {
  test('all of a month on its first day', async () => {
    const { findings, find, rowsOf } = await sales(
      usual.map((line) => (line.day.startsWith('2023-03') ? { ...line, day: '2023-03-01' } : line)),
    )
    expect(find('crowdedDay')).toMatchObject({
      severity: 'serious',
      count: 31 * 24,
      period: { from: '2023-03-01', to: '2023-03-31' },
    })
    expect(await rowsOf(find('crowdedDay'))).toBe(31 * 24)
    expect(findings.map(({ id }) => id)).not.toContain('missingDays')
  })

  test('not a day of sales with ten times as many', async () => {
    const more = usual.flatMap((line) =>
      line.day === '2023-03-10'
        ? Array.from({ length: 10 }, (_, copy) => ({ ...line, order: line.order + 5000 * copy }))
        : [line],
    )
    expect((await sales(more)).find('crowdedDay')).toBeUndefined()
  })
})

describe('lines that stand twice', () => {
  test('a month exported twice, in two states', async () => {
    const march = usual.filter(({ day }) => day.startsWith('2023-03'))
    const { find, rowsOf } = await sales([
      ...usual,
      ...march.map((line, index) => (index % 5 < 3 ? { ...line, quantity: line.quantity + 1 } : line)),
    ])
    expect(find('repeatedLinesOfMonth')).toMatchObject({
      severity: 'serious',
      count: march.length,
      period: { from: '2023-03-01', to: '2023-03-31' },
    })
    expect(await rowsOf(find('repeatedLinesOfMonth'))).toBe(march.length)
  })

  test('a join that repeats every line with another coupon', async () => {
    const { find, rowsOf } = await sales(
      usual.flatMap((line) => ['SALE10', 'SALE20', 'SALE30'].map((coupon) => ({ ...line, coupon }))),
    )
    expect(find('multipliedLines')).toMatchObject({ severity: 'serious', column: 'Coupon', count: usual.length * 2 })
    expect(await rowsOf(find('multipliedLines'))).toBe(usual.length * 2)
  })

  test('not the same product in other sizes and amounts', async () => {
    const sizes = usual.flatMap((line) =>
      ['small', 'large'].map((coupon, index) => ({ ...line, coupon, quantity: line.quantity + index })),
    )
    expect((await sales(sizes)).find('multipliedLines')).toBeUndefined()
  })

  test('every row three times', async () => {
    const { find } = await sales([...usual, ...usual, ...usual])
    expect(find('repeatedTable')).toMatchObject({
      severity: 'serious',
      count: usual.length * 2,
      title: 'Nearly every row stands 3 times',
    })
  })
})

describe('totals of months among days', () => {
  const costs = days.map((day, index) => ({ day, cost: 100 + Math.floor(scattered(index) * 50) }))
  const spend = (rows: readonly { day: string; cost: number }[]) =>
    checkText(files, ['Date,Cost', ...rows.map(({ day, cost }) => `${day},${cost}`)].join('\n'), {
      kind: 'spend',
      roles: { date: 'Date', cost: 'Cost' },
    })

  test('on the last day of each month', async () => {
    const ends = ['2023-01-31', '2023-02-28', '2023-03-31', '2023-04-30']
    const totals = ends.map((day) => ({
      day,
      cost: costs.filter((row) => row.day.startsWith(day.slice(0, 7))).reduce((sum, row) => sum + row.cost, 0),
    }))
    const { findings, find, rowsOf } = await spend([...costs, ...totals])
    expect(find('monthTotals')).toMatchObject({ severity: 'serious', count: 4, examples: ends })
    expect(await rowsOf(find('monthTotals'))).toBe(4)
    expect(findings.map(({ id }) => id)).not.toContain('repeatedKeys')
  })

  test('not a dear day', async () => {
    const { find } = await spend([...costs, { day: '2023-02-10', cost: 2500 }, { day: '2023-03-10', cost: 2500 }])
    expect(find('monthTotals')).toBeUndefined()
  })
})
