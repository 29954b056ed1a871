import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const words = [
  'Silver',
  'Wooden',
  'Large',
  'Vintage',
  'Cream',
  'Heart',
  'Lantern',
  'Holder',
  'Cake',
  'Cases',
  'Box',
  'Sign',
]
const word = (seed: number): string => words[Math.floor(scattered(seed) * words.length)] ?? ''
/** One of 200 things of three to six words. */
const text = (index: number): string => {
  const thing = Math.floor(scattered(index) * 200)
  const length = 3 + Math.floor(scattered(thing + 0.2) * 4)
  return `${Array.from({ length }, (_, place) => word(thing * 7 + place)).join(' ')} No ${thing}`
}

const check = (change: (value: string, index: number) => string) =>
  checkText(
    files,
    [
      'Thing,Amount',
      ...Array.from({ length: 1000 }, (_, i) => `"${change(text(i), i)}",${(scattered(i) * 90).toFixed(2)}`),
    ].join('\n'),
    { kind: 'other', roles: {} },
  )

test('texts of many lengths have no finding', async () => {
  expect((await check((value) => value)).findings).toEqual([])
})

test('texts cut at 20 characters in half of the rows', async () => {
  const cut = (value: string, index: number) => (index % 2 === 0 ? value.slice(0, 20) : value)
  const { find, rowsOf } = await check(cut)
  const rows = Array.from({ length: 1000 }, (_, i) => cut(text(i), i).trim()).filter(
    (value) => value.length === 20,
  ).length
  expect(find('cutTexts')).toMatchObject({ severity: 'warning', count: rows })
  expect(await rowsOf(find('cutTexts'))).toBe(rows)
})

test('sizes behind a name are no cut', async () => {
  expect((await check((value, i) => (i % 2 === 0 ? `${value} XL` : value))).find('cutTexts')).toBeUndefined()
})

describe('inside cells', () => {
  test('line breaks', async () => {
    const { find, rowsOf } = await check((value, i) => (i % 50 === 0 ? value.replace(' ', '\n') : value))
    expect(find('lineBreaks')).toMatchObject({ severity: 'info', count: 20 })
    expect(await rowsOf(find('lineBreaks'))).toBe(20)
  })

  test('a blank encoded twice', async () => {
    const { find, rowsOf } = await check((value, i) => (i % 50 === 0 ? value.replace(' ', '\u00c2\u00a0') : value))
    expect(find('encodedTwice')?.count).toBe(20)
    expect(await rowsOf(find('encodedTwice'))).toBe(20)
  })
})
