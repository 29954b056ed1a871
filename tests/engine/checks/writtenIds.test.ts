import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const days = daysFrom('2023-01-01', 90)
const roles = { customer: 'Customer', product: 'Product', orderedAt: 'Date', revenue: 'Revenue' }
/** One of 400 customers, 12003 to 13200. */
const customer = (index: number): string => String(12_003 + Math.floor(scattered(index) * 400) * 3)
/** One of 300 products. */
const product = (index: number): string => {
  const number = Math.floor(scattered(index + 0.3) * 300)
  return `GGO${'ABCDEF'[number % 6]}K${String(40_000 + number * 37)}0`
}

/** 1,200 sales of 90 days, with customer and product of a row as given. */
const check = (who: (index: number) => string, what = product) =>
  checkText(
    files,
    [
      'Customer,Product,Date,Revenue',
      ...Array.from(
        { length: 1200 },
        (_, i) =>
          `"${who(i).replaceAll('"', '""')}",${what(i)},${days[i % 90]},${(3 + scattered(i + 0.5) * 9).toFixed(2)}`,
      ),
    ].join('\n'),
    { kind: 'orders', roles },
  )

test('ids of one form have no finding', async () => {
  expect((await check(customer)).findings).toEqual([])
})

describe('a digit short', () => {
  test('numbers that lost their last digit', async () => {
    const { find, rowsOf } = await check((i) => (i % 15 === 0 ? customer(i).slice(0, -1) : customer(i)))
    expect(find('cutIds')).toMatchObject({ severity: 'serious', count: 80 })
    expect(await rowsOf(find('cutIds'))).toBe(80)
  })

  test('numbers that passed 10,000 while customers came', async () => {
    const { find } = await check((i) => String(9_500 + Math.floor(scattered(i) * 1_500)))
    expect(find('cutIds')).toBeUndefined()
  })
})

describe('another way of writing from a row on', () => {
  test('a prefix', async () => {
    const { find, rowsOf } = await check((i) => (i >= 500 ? `C-${customer(i)}` : customer(i)))
    expect(find('idShapes')).toMatchObject({ severity: 'serious', count: 700 })
    expect(await rowsOf(find('idShapes'))).toBe(700)
  })

  test('a prefix in a few scattered rows', async () => {
    const { find, rowsOf } = await check((i) => (i % 100 === 0 ? `C-${customer(i + 1)}` : customer(i)))
    expect(find('idShapes')).toMatchObject({ count: 12 })
    expect(await rowsOf(find('idShapes'))).toBe(12)
  })

  test('numbers before names in a sorted file are its order', async () => {
    const sorted = (i: number) => (i < 600 ? String(20_000 + i) : `a${20_000 + i}`)
    expect((await check(sorted)).find('idShapes')?.severity).not.toBe('serious')
  })
})

test('half of the long ids cut', async () => {
  const long = (i: number) => `${(Number(customer(i)) * 7919).toString(16).padStart(8, 'c')}-4af1-9b7e-${customer(i)}`
  expect((await check(long)).find('cutIds')).toBeUndefined()
  const { find, rowsOf } = await check((i) => (i % 2 === 0 ? long(i).slice(0, 8) : long(i)))
  expect(find('cutIds')).toMatchObject({ count: 600 })
  expect(await rowsOf(find('cutIds'))).toBe(600)
})

test('ids as a formula', async () => {
  const { find, rowsOf } = await check((i) => (i % 2 === 0 ? `="${customer(i)}"` : customer(i)))
  expect(find('formulaIds')).toMatchObject({ count: 600, fix: { label: 'Take the formula off' } })
  expect(await rowsOf(find('formulaIds'))).toBe(600)
})

describe('products', () => {
  test('zero and O taken for each other', async () => {
    const damaged = (i: number) => (i % 40 === 0 ? product(i).replace('O', '0') : product(i))
    const { find, rowsOf } = await check(customer, damaged)
    expect(find('lookalikeIds')).toMatchObject({ severity: 'serious', column: 'Product', count: 30 })
    expect(await rowsOf(find('lookalikeIds'))).toBe(30)
  })

  test('a single product that is called so', async () => {
    const odd = (i: number) => (i % 40 === 0 ? 'GG0AK437000' : product(i))
    expect((await check(customer, odd)).find('lookalikeIds')).toBeUndefined()
  })

  test('a placeholder', async () => {
    const { find, rowsOf } = await check(customer, (i) => (i % 12 === 0 ? '-1' : product(i)))
    expect(find('placeholderIds')).toMatchObject({ severity: 'serious', column: 'Product', count: 100 })
    expect(await rowsOf(find('placeholderIds'))).toBe(100)
  })

  test('a product that sells well', async () => {
    const { find } = await check(customer, (i) => (i % 12 === 0 ? 'GGOAK777770' : product(i)))
    expect(find('placeholderIds')).toBeUndefined()
  })
})
