import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, ids, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const halfYear = daysFrom('2023-01-01', 181)
const spend = (days: readonly string[]) =>
  checkText(
    files,
    ['Date,Cost', ...days.map((day, index) => `${day},${(100 + scattered(index) * 50).toFixed(2)}`)].join('\n'),
    {
      kind: 'spend',
      roles: { date: 'Date', cost: 'Cost' },
    },
  )

/** So many customers a day with three lines each. */
const sales = (days: readonly string[], customers: (index: number) => number) =>
  checkText(
    files,
    [
      'Customer,Order,Day,Product,Quantity,Price',
      ...days.flatMap((day, index) =>
        Array.from({ length: customers(index) }, (_, customer) =>
          ['A', 'B', 'C'].map(
            (product) =>
              `${Math.floor(scattered(index * 31 + customer) * 900)},${index * 100 + customer},${day},${product},1,9.5`,
          ),
        ).flat(),
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
const isSaturday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 6
const ten = (index: number): number => 6 + Math.floor(scattered(index) * 8)

describe('missing days', () => {
  test.each([1, 3, 12, 18, 29])('%i in a row of a half-year', async (length) => {
    const gone = halfYear.slice(60, 60 + length)
    const { find } = await sales(
      halfYear.filter((day) => !gone.includes(day)),
      ten,
    )
    expect(find('missingDays')).toMatchObject({
      severity: 'warning',
      count: length,
      period: { from: gone[0], to: gone.at(-1) },
    })
  })

  test('ten single ones', async () => {
    const { find } = await sales(
      halfYear.filter((_, index) => index % 17 !== 5),
      ten,
    )
    expect(find('missingDays')).toMatchObject({ count: 11 })
  })

  test('three of a month with many customers a day', async () => {
    const october = daysFrom('2022-10-01', 31)
    const { find } = await sales(
      october.filter((_, index) => ![9, 10, 20].includes(index)),
      () => 40,
    )
    expect(find('missingDays')).toMatchObject({ count: 3 })
  })

  test('a week of a shop that is closed on Saturdays', async () => {
    const open = halfYear.filter((day) => !isSaturday(day))
    const { find } = await sales(
      open.filter((day) => day < '2023-03-05' || day > '2023-03-11'),
      ten,
    )
    expect(find('missingDays')).toMatchObject({ severity: 'warning', count: 6 })
  })

  test('not of a shop that is closed on Saturdays and a single holiday, which closes over Christmas and Easter', async () => {
    const days = daysFrom('2022-10-01', 240).filter((day) => !isSaturday(day) && day !== '2023-05-01')
    const open = days.filter(
      (day) => (day < '2022-12-24' || day > '2023-01-03') && (day < '2023-04-07' || day > '2023-04-10'),
    )
    const { find } = await sales(open, ten)
    expect(find('missingDays')).toBeUndefined()
    expect(find('closedWeekdays')).toMatchObject({ severity: 'info', title: 'No rows on Saturdays' })
  })

  test('not where so few customers come that days without any are chance', async () => {
    const { find } = await sales(halfYear, (index) => Math.floor(scattered(index) * 4))
    expect(find('missingDays')).toBeUndefined()
  })
})

describe('months', () => {
  test('a month whose year was not advanced', async () => {
    const { find } = await sales([...daysFrom('2022-12-01', 31), ...daysFrom('2022-01-01', 31)], ten)
    expect(find('missingMonths')).toMatchObject({
      severity: 'serious',
      period: { from: '2022-02-01', to: '2022-11-30' },
    })
  })

  test('two parts of a year are told without more', async () => {
    const { find } = await sales([...daysFrom('2022-02-01', 28), ...daysFrom('2022-06-01', 30)], ten)
    expect(find('missingMonths')).toMatchObject({
      severity: 'warning',
      title: 'No rows from 1 March 2022 to 31 May 2022',
    })
  })
})

describe('a quiet end', () => {
  const autumn = daysFrom('2022-09-01', 122)

  test('of Christmas is told without alarm', async () => {
    const { find } = await sales(autumn, (index) => (index < 113 ? 20 : 3))
    expect(find('fewRows')).toMatchObject({ severity: 'info', period: { from: '2022-12-23' } })
  })

  test('of few customers is chance', async () => {
    const { find } = await sales(autumn, (index) => (index < 92 ? 3 : 0.6 + scattered(index)))
    expect(find('fewRows')).toBeUndefined()
  })
})

describe('years', () => {
  test('dragged on from cell to cell', async () => {
    const days = daysFrom('2023-01-01', 365)
    const dragged = days.map((day, index) => (index > 12 && index < 24 ? `${2023 + index - 12}-01-13` : day))
    const { find, rowsOf } = await spend(dragged)
    // 2024-01-13 stands two weeks behind the year; the ten others stand apart.
    expect(find('farDates')).toMatchObject({
      severity: 'serious',
      count: 10,
      title: 'Dates that rise by a year: the year was dragged on',
    })
    expect(await rowsOf(find('farDates'))).toBe(10)
    expect(find('missingDays')).toBeDefined()
  })
})

describe('day and month exchanged', () => {
  const spring = daysFrom('2023-01-01', 100)
  const exchanged = (day: string): string => `${day.slice(0, 4)}-${day.slice(8)}-${day.slice(5, 7)}`
  const shuffled = (days: readonly string[]): string[] =>
    days
      .map((day, index) => ({ day, at: scattered(index * 7) }))
      .sort((one, other) => one.at - other.at)
      .map(({ day }) => day)

  test('in a part of the rows: only those that left the period are taken', async () => {
    const days = spring.flatMap((day) => Array.from({ length: 8 }, () => day))
    const damaged = days.map((day, index) => (index % 4 === 0 && day.slice(8) <= '12' ? exchanged(day) : day))
    // Two of eight rows on the 5th to 12th of January to March, and 5 to 10 April.
    const outside = damaged.filter((day) => day > '2023-04-30').length
    const { find, rowsOf } = await spend(shuffled(damaged))
    expect(find('exchangedDays')).toMatchObject({ count: outside })
    expect(await rowsOf(find('exchangedDays'))).toBe(outside)
  })

  test('not of few rows that begin before the others', async () => {
    const days = daysFrom('2023-01-01', 360).filter(
      (day, index) => index < 4 || (day > '2023-01-17' && scattered(index) < 0.55),
    )
    const { findings } = await spend(shuffled(days.flatMap((day) => [day, day])))
    expect(ids(findings)).not.toContain('exchangedDays')
  })
})
