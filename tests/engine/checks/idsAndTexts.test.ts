import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const days = daysFrom('2023-01-01', 90)
const rows = Array.from({ length: 1800 }, (_, index) => index)
/** A customer of 600, in no order. */
const customer = (index: number): string => String(30_000 + Math.floor(scattered(index) * 600) * 7)
const roles = { customer: 'Customer', order: 'Order', orderedAt: 'Date', revenue: 'Revenue' }

/** Orders of 90 days whose customers are as `change` makes them. */
function check(change: (id: string, index: number) => string) {
  const cells = rows.map(
    (index) =>
      `${change(customer(index), index)},N${9000 + index},${days[index % 90]},${(3 + scattered(index + 0.5) * 9).toFixed(2)}`,
  )
  return checkText(files, ['Customer,Order,Date,Revenue', ...cells].join('\n'), { kind: 'orders', roles })
}

test('orders of usual customers have no finding', async () => {
  expect((await check((id) => id)).findings).toEqual([])
})

describe('customers', () => {
  test('one id stands for all unknown customers', async () => {
    const { find, rowsOf } = await check((id, index) => (index % 20 === 0 ? '0' : id))
    expect(find('giantCustomer')).toMatchObject({ severity: 'serious', count: 90 })
    expect(await rowsOf(find('giantCustomer'))).toBe(90)
  })

  test('ids filled by dragging', async () => {
    const { find } = await check((id, index) => (index >= 500 && index < 700 ? String(30_000 + index) : id))
    expect(find('draggedIds')).toMatchObject({ count: 200, examples: ['30500 to 30699'] })
  })

  test('ids that count up throughout are the rule of the table', async () => {
    expect((await check((_id, index) => String(30_000 + index))).find('draggedIds')).toBeUndefined()
  })

  test('ids that count up here and there in a file sorted by them are no filling', async () => {
    // Customers 30000 to 31199, the first 600 of whom have two rows each and the others one.
    const sorted = (index: number): string => String(30_000 + (index < 1200 ? Math.floor(index / 2) : index - 600))
    expect((await check((_id, index) => sorted(index))).find('draggedIds')).toBeUndefined()
  })

  test('a placeholder and a large customer are two findings', async () => {
    const { find, rowsOf } = await check((id, index) => (index % 20 === 0 ? '-1' : index % 20 === 1 ? '70001' : id))
    expect(find('giantCustomer')).toMatchObject({ severity: 'serious', count: 90 })
    expect(await rowsOf(find('giantCustomer'))).toBe(90)
    expect(find('largestCustomer')).toMatchObject({ severity: 'info', count: 90 })
    expect(await rowsOf(find('largestCustomer'))).toBe(90)
  })

  test('two shapes of the same ids', async () => {
    const { find, rowsOf } = await check((id, index) => (index % 5 === 0 ? `C-${id}` : id))
    expect(find('idShapes')).toMatchObject({ severity: 'serious', count: 360 })
    expect(await rowsOf(find('idShapes'))).toBe(360)
  })

  test('ids that lost their last digits', async () => {
    const long = (id: string): string => `18446744073${id}${id.slice(1)}`
    expect((await check((id) => long(id))).find('roundedIds')).toBeUndefined()
    const { find } = await check((id) => `${long(id).slice(0, 15)}00000`)
    expect(find('roundedIds')).toMatchObject({ severity: 'serious', count: 1800 })
  })

  test('test accounts', async () => {
    const { find, rowsOf } = await check((id, index) =>
      index % 300 === 0 ? `test${index}@example.com` : `${id}@shop.io`,
    )
    expect(find('testAccounts')?.count).toBe(6)
    expect(await rowsOf(find('testAccounts'))).toBe(6)
  })

  test('ids that differ by capitals', async () => {
    const { find } = await check((id, index) => (index % 9 === 0 ? `k${id}` : `K${id}`))
    expect(find('idCapitals')?.severity).toBe('warning')
  })
})

describe('rows that stand twice', () => {
  const order = (index: number): string =>
    `${customer(index)},N${9000 + index},${days[index % 90]},${(3 + scattered(index) * 9).toFixed(2)}`
  const header = 'Customer,Order,Date,Revenue'
  const twice = (isRepeated: (day: string) => boolean) => {
    const all = rows.map(order)
    const repeated = all.filter((row) => isRepeated(row.split(',')[2] ?? ''))
    return checkText(files, [header, ...all, ...repeated].join('\n'), { kind: 'orders', roles })
  }

  test('a month', async () => {
    const { find } = await twice((day) => day.startsWith('2023-02'))
    expect(find('repeatedPeriod')).toMatchObject({ count: 28 * 20, period: { from: '2023-02-01', to: '2023-02-28' } })
  })

  test('a day', async () => {
    const { find } = await twice((day) => day === '2023-02-07')
    expect(find('repeatedPeriod')).toMatchObject({ count: 20, period: { from: '2023-02-07', to: '2023-02-07' } })
  })

  test('everything', async () => {
    expect((await twice(() => true)).find('repeatedTable')).toMatchObject({ count: 1800 })
  })

  test('persons of a table of persons', async () => {
    const people = [...rows.slice(0, 300), 4, 5, 6].map((index) => `${50_000 + index * 3},${index % 2}`)
    const given = { kind: 'people' as const, roles: { customer: 'Id', target: 'Bought' } }
    const { find } = await checkText(files, ['Id,Bought', ...people].join('\n'), given)
    expect(find('repeatedKeys')).toMatchObject({ count: 3 })
  })
})

describe('texts', () => {
  const check = (value: (index: number) => string, header = 'Device') =>
    checkText(
      files,
      [
        `Uid,Start Ts,${header}`,
        ...rows.map((index) => `${customer(index)},${days[index % 90]} 1${index % 10}:17:00,${value(index)}`),
      ].join('\n'),
      { kind: 'visits', roles: { customer: 'Uid', startedAt: 'Start Ts', device: header } },
    )
  const device = (index: number): string => ['desktop', 'touch', 'United Kingdom'][index % 3] ?? ''

  test('different words are fine', async () => {
    expect((await check(device)).findings).toEqual([])
  })

  test.each([
    ['capitals', 'Desktop', '"Desktop" (180) and "desktop" (540)'],
    ['a letter', 'desktp', '"desktp" (60) and "desktop" (540)'],
    ['initials', 'UK', '"UK" (60) and "United Kingdom" (600)'],
  ])('the same written otherwise: %s', async (_name, other, example) => {
    const every = other === 'Desktop' ? 10 : 30
    const { find, rowsOf } = await check((index) => (index % every === 0 ? other : device(index)))
    expect(find('textVariants')?.examples).toEqual([example])
    expect(await rowsOf(find('textVariants'))).toBe(find('textVariants')?.count)
  })

  test('a word for unknown', async () => {
    const { find, rowsOf } = await check((index) => (index % 18 === 0 ? '(not set)' : device(index)))
    expect(find('unknownValues')?.count).toBe(100)
    expect(await rowsOf(find('unknownValues'))).toBe(100)
  })

  test('letters encoded twice', async () => {
    const { find, rowsOf } = await check((index) => (index % 18 === 0 ? 'mÃ³vil' : device(index)))
    expect(find('encodedTwice')?.count).toBe(100)
    expect(await rowsOf(find('encodedTwice'))).toBe(100)
    expect(
      (await check((index) => (index % 18 === 0 ? 'móvil SÃO' : device(index)))).find('encodedTwice'),
    ).toBeUndefined()
  })

  test('an address between other words', async () => {
    const { find } = await check((index) => (index % 18 === 0 ? 'ask ana@mail.com' : device(index)), 'Note')
    expect(find('contactsInText')).toMatchObject({ severity: 'info', count: 100 })
  })
})

describe('events', () => {
  const event = (type: (index: number) => string) =>
    checkText(
      files,
      [
        'user,time,action',
        ...rows.map((index) => `${customer(index)},${days[index % 90]} 1${index % 10}:17:00,${type(index)}`),
      ].join('\n'),
      { kind: 'events', roles: { customer: 'user', happenedAt: 'time', eventType: 'action' } },
    )
  const usual = (index: number): string => (index % 7 === 0 ? 'purchase' : index % 5 === 0 ? 'add_to_cart' : 'view')

  test('views before purchases are fine', async () => {
    expect((await event(usual)).findings).toEqual([])
  })

  test('a misspelt event', async () => {
    const { find, rowsOf } = await event((index) => (index % 70 === 0 ? 'purchse' : usual(index)))
    expect(find('misspeltEvents')).toMatchObject({ examples: ['purchse for purchase'], count: 26 })
    expect(await rowsOf(find('misspeltEvents'))).toBe(26)
  })

  test('more purchases than views in two weeks', async () => {
    const { find } = await event((index) =>
      index % 90 >= 29 && index % 90 < 43 && index % 10 < 8 ? 'purchase' : usual(index),
    )
    expect(find('moreThanViews')).toMatchObject({ count: 2, period: { from: '2023-01-30', to: '2023-02-12' } })
  })
})

test('a third value beside yes and no', async () => {
  const people = (value: (index: number) => number) =>
    checkText(
      files,
      [
        'Id,opened,Bought',
        ...rows.map((index) => `${50_000 + index * 3},${index % 3 === 0 ? 1 : 0},${value(index)}`),
      ].join('\n'),
      {
        kind: 'people',
        roles: { customer: 'Id', target: 'Bought' },
      },
    )
  expect((await people((index) => index % 2)).findings).toEqual([])
  const { find, rowsOf } = await people((index) => (index % 60 === 0 ? -1 : index % 2))
  expect(find('flagValues')).toMatchObject({ severity: 'serious', count: 30, column: 'Bought' })
  expect(await rowsOf(find('flagValues'))).toBe(30)
})
