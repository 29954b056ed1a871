import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

let made = 0
async function read(header: string, cells: readonly string[]) {
  made += 1
  const path = files.file(
    `second${made}.csv`,
    [`Item,${header}`, ...cells.map((cell, index) => `item ${index},${cell}`)].join('\n'),
  )
  const [table] = (await files.describe(path)).tables
  if (table === undefined) throw new Error('no table')
  const column = table.columns.find(({ name }) => name === header)
  return {
    column,
    format: table.read.columns[1]?.format,
    zone: table.read.columns[1]?.zone,
    findings: table.findings,
    choices: table.choices,
  }
}

const two = (number: number): string => String(number).padStart(2, '0')
/** Every day of 2019 but the 31sts. */
const days = Array.from({ length: 360 }, (_, index) => ({ month: Math.floor(index / 30) + 1, day: (index % 28) + 1 }))

describe('a second format', () => {
  test('20190101 in one half, 31/12/2019 in the other', async () => {
    const cells = days.map(({ month, day }, index) =>
      index < 180 ? `2019${two(month)}${two(day)}` : `${two(day)}/${two(month)}/2019`,
    )
    const { column, format, findings, choices } = await read('Order date', cells)
    expect(column).toMatchObject({ type: 'date', missing: 0 })
    expect(format).toBe('also:d/M/yyyy|yyyyMMdd')
    expect(findings).toContainEqual(
      expect.objectContaining({ id: 'mixedDates', severity: 'warning', count: 180, examples: ['01/07/2019'] }),
    )
    expect(choices).toEqual([])
  })

  test('years of two digits beside years of four, in one order', async () => {
    const cells = days.map(({ month, day }, index) => `${month}/${day}/${index % 2 === 0 ? '19' : '2019'}`)
    const { column, findings } = await read('Day', cells)
    expect(column).toMatchObject({ type: 'date', missing: 0 })
    expect(findings).toContainEqual(expect.objectContaining({ id: 'mixedDates', count: 180 }))
  })

  test('seconds since 1970 among times of UTC', async () => {
    const cells = days.map(({ month, day }, index) =>
      index % 20 === 3 ? String(1_546_300_800 + index * 86_400) : `2019-${two(month)}-${two(day)} 10:00:00 UTC`,
    )
    const { column, zone, findings } = await read('event_time', cells)
    expect(column).toMatchObject({ type: 'timestamp', missing: 0 })
    expect(zone).toBe('utc')
    expect(findings).toContainEqual(expect.objectContaining({ id: 'mixedDates', count: 18 }))
    expect(findings.map(({ id }) => id)).not.toContain('mixedZones')
  })

  test('words stay unreadable', async () => {
    const cells = days.map(({ month, day }, index) => (index === 9 ? 'open' : `2019${two(month)}${two(day)}`))
    const { findings } = await read('Order date', cells)
    expect(findings).toContainEqual(expect.objectContaining({ id: 'unreadable', count: 1 }))
    expect(findings.map(({ id }) => id)).not.toContain('mixedDates')
  })

  test('an order that nothing proves is asked for', async () => {
    const cells = days.map(({ month }, index) =>
      index % 9 === 0 ? `0${(index % 5) + 1}/${two(month)}/2019` : `2019${two(month)}10`,
    )
    const { choices } = await read('Order date', cells)
    expect(choices.map(({ key }) => key.split('.').at(-1))).toEqual(['dateOrder'])
  })
})

describe('zones', () => {
  test('three hours apart cannot be compared', async () => {
    const cells = days.map(
      ({ month, day }, index) => `2019-${two(month)}-${two(day)} 10:00:00${index % 4 === 0 ? ' +03:00' : ' UTC'}`,
    )
    const { findings } = await read('event_time', cells)
    expect(findings).toContainEqual(expect.objectContaining({ id: 'mixedZones', severity: 'warning', count: 90 }))
  })

  test('summer time is nothing strange', async () => {
    const cells = days.map(
      ({ month, day }) => `2019-${two(month)}-${two(day)} 10:00:00${month > 3 && month < 11 ? '+02:00' : '+01:00'}`,
    )
    const { findings } = await read('event_time', cells)
    expect(findings).toContainEqual(expect.objectContaining({ id: 'timeZone', severity: 'info' }))
  })
})

test('milliseconds since 1970 are called so', async () => {
  const { findings } = await read(
    'event_time',
    days.map((_, index) => String((1_546_300_800 + index * 7000) * 1000)),
  )
  expect(findings).toContainEqual(
    expect.objectContaining({ id: 'countedDates', title: 'Dates counted in milliseconds since 1970' }),
  )
})
