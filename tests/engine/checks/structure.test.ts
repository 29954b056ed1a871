import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const day = (at: number): string => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10)
const lines = (header: string, count: number, line: (at: number) => string): string =>
  [header, ...Array.from({ length: count }, (_, at) => line(at)), ''].join('\n')

describe('values written once and left blank below', () => {
  const header = 'customer,order,day,product,price'
  const line = (at: number, isShown: boolean): string => {
    const order = Math.floor(at / 3)
    const keys = isShown ? `c${order % 7},${1000 + order},${day(order)}` : ',,'
    return `${keys},p${at % 11},${5 + (at % 13)}.50`
  }

  test('are named column by column', async () => {
    const checks = await checkText(
      files,
      lines(header, 90, (at) => line(at, at % 3 === 0)),
    )
    for (const column of ['customer', 'order', 'day']) {
      const finding = checks.find('blanksBelow', column)
      expect(finding).toMatchObject({ severity: 'serious', count: 60, fix: { label: 'Fill down from the row above' } })
      expect(await checks.rowsOf(finding)).toBe(60)
    }
    expect(checks.find('missingDates')).toBeUndefined()
  })

  test.each([
    ['missing at random', (at: number) => at === 0 || (at * 7) % 10 > 3],
    ['missing at the end', (at: number) => at < 50],
  ])('but not %s', async (_, isShown) => {
    const checks = await checkText(
      files,
      lines(header, 90, (at) => line(at, isShown(at))),
    )
    expect(checks.find('blanksBelow')).toBeUndefined()
  })
})

describe('columns that say nothing of their own', () => {
  const table = (name: string, copy: (at: number) => number): string =>
    lines(
      `Unnamed: 0,order,day,quantity,price,${name}`,
      60,
      (at) => `${at},A${at},${day(at)},${1 + (at % 9)},${at}.25,${copy(at)}`,
    )

  test('a copied column and a column that numbers the rows', async () => {
    const checks = await checkText(
      files,
      table('quantity.1', (at) => 1 + (at % 9)),
    )
    expect(checks.find('copiedColumn')).toMatchObject({ severity: 'warning', column: 'quantity.1', count: 60 })
    expect(checks.find('rowNumbers')).toMatchObject({ severity: 'info', column: 'Unnamed: 0', count: 60 })
  })

  test('but not one that differs in a row', async () => {
    const checks = await checkText(
      files,
      table('delivered', (at) => (at === 30 ? 9 : 1 + (at % 9))),
    )
    expect(checks.find('copiedColumn')).toBeUndefined()
  })
})

describe('a header that stands a column too far', () => {
  const line = (at: number): string => `${100 + at},${day(at)},Hats,${1 + (at % 5)},${at}.50,Used`

  test.each([
    ['right', ',order,order_date,category,quantity,price'],
    ['left', 'order_date,category,quantity,price,status,'],
  ])('to the %s', async (way, header) => {
    const checks = await checkText(files, lines(header, 40, line))
    expect(checks.find('headerMoved')).toMatchObject({
      severity: 'serious',
      title: `The header stands one column too far to the ${way}: names do not fit what is below them`,
    })
  })

  test.each(['order,order_date,category,quantity,price,status', 'id,shipped date,name,rank,amount,state'])(
    'but not %s',
    async (header) => {
      expect((await checkText(files, lines(header, 40, line))).find('headerMoved')).toBeUndefined()
    },
  )
})

test('a second table below a short first one', async () => {
  const first = Array.from({ length: 70 }, (_, at) => `${day(at)},${at}.50,${at}.25`)
  const second = Array.from({ length: 50 }, (_, at) => `shop ${at},,${at}.75`)
  const checks = await checkText(files, ['day,online,offline', ...first, ...second, ''].join('\n'))
  expect(checks.find('otherTable')).toMatchObject({ severity: 'serious', count: 50 })
})
