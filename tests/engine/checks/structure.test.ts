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

describe('a group written once in the first column', () => {
  const table = (isShown: (at: number) => boolean): string =>
    lines(
      'category,order,day,price',
      80,
      (at) => `${isShown(at) ? `group ${at}` : ''},${1000 + at},${day(at)},${at}.50`,
    )

  test('is named', async () => {
    const checks = await checkText(
      files,
      table((at) => at % 20 === 0),
    )
    expect(checks.find('blanksBelow')).toMatchObject({ column: 'category', count: 76 })
  })

  test('but a name that is missing here and there is none', async () => {
    const checks = await checkText(
      files,
      table((at) => at % 3 !== 1),
    )
    expect(checks.find('blanksBelow')).toBeUndefined()
  })
})

describe('rows of one cell', () => {
  const table = (rest: string): string =>
    lines('customer,order,day,price', 60, (at) =>
      at % 20 === 7 ? `Page ${at},${rest}` : `c${at % 9},${at},${day(at)},${at}.50`,
    )

  test('are page footers or titles', async () => {
    const checks = await checkText(files, table(',,'))
    const finding = checks.find('loneCells')
    expect(finding).toMatchObject({ severity: 'warning', column: 'customer', count: 3 })
    expect(await checks.rowsOf(finding)).toBe(3)
  })

  test('but not where something else stands in the row', async () => {
    expect((await checkText(files, table('4711,,'))).find('loneCells')).toBeUndefined()
  })

  test('nor in a table in which cells are missing everywhere', async () => {
    const sparse = lines(
      'name,phone,city,age',
      60,
      (at) => `n${at},${at % 2 ? at : ''},${at % 3 ? 'x' : ''},${at % 5 ? 30 : ''}`,
    )
    expect((await checkText(files, sparse)).find('loneCells')).toBeUndefined()
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

  test('but no months that are alike', async () => {
    const months = lines('item,month 1,month 2', 60, (at) => `i${at},${at % 9},${at % 9}`)
    expect((await checkText(files, months)).find('copiedColumn')).toBeUndefined()
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

test('a step of a funnel in which persons stand twice stays a step', async () => {
  const table = lines('user_id,search_page', 200, (at) => `u${at < 190 ? at : at - 100},search_page`)
  const described = await files.describe(files.file('search.csv', table))
  expect(described.tables[0]?.recognised.kind).toBe('steps')
  expect((await checkText(files, table)).find('repeatedKeys')).toMatchObject({ count: 10 })
})

test('an item of baskets has one right spelling in all columns', async () => {
  const spelling = (at: number): string => (at % 5 === 0 ? 'Whole Milk' : 'whole milk')
  const baskets = Array.from({ length: 300 }, (_, at) => {
    if (at < 6) return ['eggs', 'Whole Milk', 'tea'].join(',')
    return ['bread', 'tea', spelling(at)].slice(at % 3).join(',')
  })
  const checks = await checkText(files, `${baskets.join('\n')}\n`)
  const found = checks.findings.filter(({ id }) => id === 'textVariants')
  expect(found.length).toBeGreaterThan(1)
  for (const { examples } of found) expect(examples[0]).toMatch(/^"Whole Milk" .* and "whole milk"/)
})
