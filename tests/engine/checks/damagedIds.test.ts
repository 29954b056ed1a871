import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const days = daysFrom('2023-01-01', 90)
const rows = Array.from({ length: 1200 }, (_, index) => index)
const roles = { customer: 'Customer', orderedAt: 'Date', revenue: 'Revenue' }
/** One of 400 customers, in no order, with this many digits. */
const customer = (index: number, digits: number): string =>
  String(1 + Math.floor(scattered(index) * 400) * 7).padStart(digits, '0')

/** Orders whose customers stand in the last column. */
function check(idOf: (index: number) => string) {
  const cells = rows.map((index) => `${days[index % 90]},${(3 + scattered(index + 0.5) * 9).toFixed(2)},${idOf(index)}`)
  return checkText(files, ['Date,Revenue,Customer', ...cells].join('\n'), { kind: 'orders', roles })
}

describe('leading zeros', () => {
  test('of ids that all have them nothing is said', async () => {
    expect((await check((index) => customer(index, 6))).findings).toEqual([])
  })

  test('lost in every fifth row', async () => {
    const { find, rowsOf } = await check((index) => {
      const id = customer(index, 6)
      return index % 5 === 0 ? String(Number(id)) : id
    })
    expect(find('lostZeros')).toMatchObject({ severity: 'serious', count: 240, column: 'Customer' })
    expect(await rowsOf(find('lostZeros'))).toBe(240)
  })

  test('added in every fifth row', async () => {
    const { find } = await check((index) => customer(index, index % 5 === 0 ? 8 : 1))
    expect(find('lostZeros')).toMatchObject({ count: 240 })
  })
})

describe('long ids', () => {
  /** 16 digits with a pattern of their own. */
  const long = (index: number): string => `73915${customer(index, 5)}${customer(index + 9000, 6)}`

  test('cut in every tenth row', async () => {
    expect((await check(long)).find('cutIds')).toBeUndefined()
    const { find, rowsOf } = await check((index) => (index % 10 === 0 ? long(index).slice(0, 10) : long(index)))
    expect(find('cutIds')).toMatchObject({ severity: 'serious', count: 120 })
    expect(await rowsOf(find('cutIds'))).toBe(120)
  })

  test('the last one cut where the file ends', async () => {
    const { find } = await check((index) => (index === 1199 ? long(index).slice(0, 9) : long(index)))
    expect(find('cutEnd')).toMatchObject({ count: 1, examples: [long(1199).slice(0, 9), 'usually 16 characters'] })
  })

  test('that went through a floating number', async () => {
    // 19 digits; a floating number holds every 1,024th of them.
    const longer = (index: number): string => `${long(index)}${String(3 + (index % 7) * 142).padStart(3, '0')}`
    expect((await check(longer)).find('roundedIds')).toBeUndefined()
    const { find } = await check((index) => BigInt(Number(longer(index))).toString())
    expect(find('roundedIds')).toMatchObject({ severity: 'serious', count: 1200 })
  })

  test('in capitals in part of the rows', async () => {
    const code = (index: number): string => `ab-${index}-cd`
    expect((await check(code)).find('idCapitals')).toBeUndefined()
    const { find, rowsOf } = await check((index) => (index % 10 === 0 ? code(index).toUpperCase() : code(index)))
    expect(find('idCapitals')).toMatchObject({ count: 120, unit: 'rows' })
    expect(await rowsOf(find('idCapitals'))).toBe(120)
  })
})

describe('two values in one id', () => {
  test('customer and order number', async () => {
    const { find } = await check((index) => `${Number(customer(index, 1)) + 10_000}-${50_000 + index}`)
    expect(find('mergedIds')).toMatchObject({ severity: 'serious', count: 1200 })
  })

  test('a year in front of a number is a way to number customers', async () => {
    const { find } = await check((index) => `${2019 + (index % 4)}-${customer(index, 6)}`)
    expect(find('mergedIds')).toBeUndefined()
  })
})

test('the best customers follow one another and are no giants', async () => {
  // Ten customers have 3 % of the rows each; the others two rows each.
  const { find } = await check((index) => (index % 10 < 3 ? `9${Math.floor(index / 10) % 10}000` : customer(index, 5)))
  expect(find('giantCustomer')).toBeUndefined()
})

test('amounts in a column of ids', async () => {
  const { find, rowsOf } = await check((index) => (index % 100 === 0 ? '4.75' : customer(index, 5)))
  expect(find('shiftedCells')).toMatchObject({ column: 'Customer', count: 12 })
  expect(await rowsOf(find('shiftedCells'))).toBe(12)
})
