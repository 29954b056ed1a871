import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainText, usualSpelling } from '../../../main/engine/checks/usualSpelling'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const values = (...counts: readonly [string, number][]) => counts.map(([value, count]) => ({ value, count }))
const usual = (...groups: readonly ReturnType<typeof values>[]): string[] =>
  groups.map((g) => usualSpelling(groups)(g).value)

/** Rows of a table with a text column, in which the value of a row is as given. */
const check = (text: (index: number) => string, rows = 1000) =>
  checkText(
    files,
    ['Group,Amount', ...Array.from({ length: rows }, (_, i) => `${text(i)},${(scattered(i) * 90).toFixed(2)}`)].join(
      '\n',
    ),
    { kind: 'other', roles: {} },
  )

describe('which spelling is the usual one', () => {
  test('of a column half in capitals the other half, whichever is more frequent of a value', () => {
    expect(usual(values(['APPAREL', 60], ['Apparel', 40]), values(['Bags', 50], ['BAGS', 30]))).toEqual([
      'Apparel',
      'Bags',
    ])
  })

  test('of a few deviating cells the frequent one', () => {
    expect(usual(values(['USA', 500], ['Usa', 2]), values(['Spain', 90], ['SPAIN', 1]))).toEqual(['USA', 'Spain'])
  })

  test('of values rare in themselves the one in the capitals of the column', () => {
    expect(usual(values(['Used', 500], ['USED', 9]), values(['CLICKED', 2], ['Clicked', 1]))).toEqual([
      'Used',
      'Clicked',
    ])
  })

  test('never one with letters of another alphabet', () => {
    expect(usual(values(['B\u0430gs', 9], ['Bags', 8]))).toEqual(['Bags'])
    expect(plainText('\u0410pp\u0430rel')).toBe('apparel')
  })
})

describe('values written in several ways', () => {
  test('letters in another order', async () => {
    const typos = ['Offcie', 'Drinkwear']
    const { find, rowsOf } = await check((i) =>
      i % 100 === 0 ? (typos[(i / 100) % 2] ?? '') : i % 2 ? 'Office' : 'Drinkware',
    )
    expect(find('textVariants')).toMatchObject({ count: 10 })
    expect(await rowsOf(find('textVariants'))).toBe(10)
  })

  test('countries two letters apart are two countries', async () => {
    const { find } = await check((i) =>
      i % 20 === 0 ? 'Austria' : i % 21 === 0 ? 'Slovenia' : i % 2 ? 'Australia' : 'Slovakia',
    )
    expect(find('textVariants')).toBeUndefined()
  })

  test('initials with and without points, of a name in several spellings', async () => {
    const ways = ['UK', 'U.K.', 'UNITED KINGDOM']
    const { find, rowsOf } = await check((i) =>
      i % 10 === 0 ? (ways[(i / 10) % 3] ?? '') : i % 3 ? 'United Kingdom' : 'Spain',
    )
    expect(find('textVariants')).toMatchObject({ count: 100 })
    expect(await rowsOf(find('textVariants'))).toBe(100)
  })
})
