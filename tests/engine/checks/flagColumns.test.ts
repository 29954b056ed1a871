import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

type Visitor = readonly [id: string, mobile: string, tablet: string, checkout: string, search: string, ordered: string]

/** 800 visitors on one of two devices: half saw the checkout, of whom and of the others one in five ordered. */
const visitors: readonly Visitor[] = Array.from({ length: 800 }, (_, i) => {
  const flag = (seed: number, share: number): string => (scattered(i + seed) < share ? '1' : '0')
  const mobile = flag(0.1, 0.6)
  return [`V${1000 + i}`, mobile, mobile === '1' ? '0' : '1', flag(0.2, 0.5), flag(0.3, 0.3), flag(0.4, 0.2)]
})

const check = (change: (visitor: Visitor, index: number) => Visitor) =>
  checkText(
    files,
    [
      'visitor,device_mobile,device_tablet,saw_checkout,search,ordered',
      ...visitors.map((v, i) => change(v, i).join(',')),
    ].join('\n'),
    { kind: 'people', roles: { customer: 'visitor', target: 'ordered' } },
  )

test('flags that have nothing to do with each other have no finding', async () => {
  expect((await check((visitor) => visitor)).findings).toEqual([])
})

describe('flags', () => {
  test('of which several are 1 at once', async () => {
    const { find, rowsOf } = await check((v, i) => (i % 40 === 0 ? [v[0], '1', '1', v[3], v[4], v[5]] : v))
    expect(find('severalFlags')).toMatchObject({ severity: 'info', count: 20 })
    expect(await rowsOf(find('severalFlags'))).toBe(20)
  })

  test('without which the target never happens', async () => {
    const { find, rowsOf } = await check((v) => (v[3] === '0' ? [v[0], v[1], v[2], v[3], v[4], '0'] : v))
    const without = visitors.filter((visitor) => visitor[3] === '0').length
    expect(find('neverWithout', 'saw_checkout')).toMatchObject({ severity: 'info', count: without })
    expect(await rowsOf(find('neverWithout', 'saw_checkout'))).toBe(without)
  })
})

test('an empty target', async () => {
  const { find, rowsOf } = await check((v, i) => (i % 20 === 0 ? [v[0], v[1], v[2], v[3], v[4], ''] : v))
  expect(find('emptyTarget')).toMatchObject({ severity: 'warning', column: 'ordered', count: 40 })
  expect(await rowsOf(find('emptyTarget'))).toBe(40)
})

test('columns with empty cells, and nearly constant ones', async () => {
  const { find } = await check((v, i) => [v[0], v[1], v[2], i % 9 === 0 ? '' : v[3], i === 7 ? '1' : '0', v[5]])
  expect(find('emptyCells')).toMatchObject({ count: 1, examples: ['saw_checkout: 89 rows'] })
  expect(find('nearlyConstant')).toMatchObject({ count: 1 })
})
