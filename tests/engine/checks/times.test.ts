import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, ids, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const year = daysFrom('2023-01-01', 365)
const spend = (days: readonly string[]): string =>
  ['Date,Cost', ...days.map((day, index) => `${day},${(100 + scattered(index) * 50).toFixed(2)}`)].join('\n')
const given = { kind: 'spend', roles: { date: 'Date', cost: ['Cost'] } } as const
const check = (days: readonly string[]) =>
  checkText(files, spend(days), { kind: given.kind, roles: { date: 'Date', cost: ['Cost'] } })

/** `2023-06-04` becomes `2023-04-06`. */
const exchanged = (day: string): string => `${day.slice(0, 4)}-${day.slice(8)}-${day.slice(5, 7)}`

test('a year of costs without a gap is fine', async () => {
  expect((await check(year)).findings).toEqual([])
})

describe('gaps', () => {
  test('a day without rows is named', async () => {
    const { find } = await check(year.filter((day) => day !== '2023-06-20'))
    expect(find('missingDays')).toMatchObject({
      severity: 'warning',
      count: 1,
      examples: ['2023-06-20'],
      period: { from: '2023-06-20', to: '2023-06-20' },
    })
  })

  test('a month without rows is told once, not as thirty days', async () => {
    const { findings } = await check(year.filter((day) => !day.startsWith('2023-06')))
    expect(ids(findings)).toEqual(['missingMonths'])
    expect(findings[0]).toMatchObject({
      count: 1,
      examples: ['June 2023'],
      period: { from: '2023-06-01', to: '2023-06-30' },
    })
  })

  test('a shop closed on Sundays has no missing days', async () => {
    const open = year.filter((day) => new Date(`${day}T00:00:00Z`).getUTCDay() !== 0)
    expect((await check(open)).findings).toEqual([])
  })

  test('a few rows a day may well be none on some days', async () => {
    const days = year.flatMap((day, index) => Array.from({ length: Math.floor(scattered(index) * 5) }, () => day))
    expect((await check(days)).find('missingDays')).toBeUndefined()
  })

  // Twenty rows a day for 200 days, then two a day for 40.
  test('rows that dwindle at the end are named with their first day', async () => {
    const { find } = await check(
      year.slice(0, 240).flatMap((day, index) => Array.from({ length: index < 200 ? 20 : 2 }, () => day)),
    )
    expect(find('fewRows')).toMatchObject({ count: 40, period: { from: year[200], to: year[239] } })
  })

  test('a single row in the month after the period', async () => {
    const full = daysFrom('2023-01-01', 120).flatMap((day) => Array.from({ length: 30 }, () => day))
    const { find, rowsOf } = await check([...full, '2023-05-01'])
    expect(find('fewRowsOutside')).toMatchObject({ count: 1, examples: ['2023-05-01'] })
    expect(await rowsOf(find('fewRowsOutside'))).toBe(1)
  })
})

describe('far dates', () => {
  test('placeholders are told whatever their number', async () => {
    const { find, rowsOf } = await check([...year, ...Array.from({ length: 40 }, () => '1970-01-01')])
    expect(find('placeholderDates')).toMatchObject({ severity: 'serious', count: 40 })
    expect(await rowsOf(find('placeholderDates'))).toBe(40)
  })

  test('three dates of another century', async () => {
    const { find, rowsOf } = await check([...year, '2091-01-03', '2091-04-05', '2107-04-05'])
    expect(find('farDates')).toMatchObject({ count: 3, period: { from: '2091-01-03', to: '2107-04-05' } })
    expect(await rowsOf(find('farDates'))).toBe(3)
  })

  test('a part of the period 1,462 days early comes from the other calendar', async () => {
    const early = daysFrom('2019-10-27', 37) // 2023-10-28 … 2023-12-03, 1,462 days earlier
    const { findings } = await check([...early, ...year.slice(0, 300), ...year.slice(337)])
    expect(ids(findings)).toContain('dates1904')
    expect(findings.find(({ id }) => id === 'dates1904')?.count).toBe(37)
  })

  test('two periods three years apart are two periods', async () => {
    const { find } = await check([...daysFrom('2018-01-01', 200), ...daysFrom('2021-06-01', 200)])
    expect(find('farDates')).toBeUndefined()
  })
})

describe('day and month exchanged', () => {
  test('throughout a sorted file', async () => {
    const { findings } = await check(year.map((day) => (Number(day.slice(8)) <= 12 ? exchanged(day) : day)))
    expect(ids(findings)).toEqual(['exchangedDays'])
    // The days up to the 12th of every month but the one that is the same either way: 12 × 11.
    expect(findings[0]?.count).toBe(132)
  })

  test('in one month only', async () => {
    const { findings, rowsOf } = await check(
      year.map((day) => (day.startsWith('2023-09') && Number(day.slice(8)) <= 12 ? exchanged(day) : day)),
    )
    expect(ids(findings)).toEqual(['exchangedDays'])
    expect(findings[0]).toMatchObject({ count: 11, period: { from: '2023-09-01', to: '2023-09-12' } })
    expect(await rowsOf(findings[0])).toBeGreaterThanOrEqual(11)
  })

  test('in a file of no order, by the days that leave the period', async () => {
    const spring = daysFrom('2023-02-01', 90).flatMap((day) => [day, day, day])
    const mixed = spring.map((day) => (Number(day.slice(8)) <= 12 ? exchanged(day) : day))
    const shuffled = mixed
      .map((day, index) => ({ day, at: scattered(index) }))
      .sort((one, other) => one.at - other.at)
      .map(({ day }) => day)
    expect((await check(shuffled)).find('exchangedDays')).toBeDefined()
  })
})

describe('clocks', () => {
  const visits = (time: (index: number) => string): string =>
    [
      'Uid,Start Ts,Device',
      ...Array.from({ length: 1200 }, (_, index) => `${1000 + (index % 400)},${year[index % 90]} ${time(index)},touch`),
    ].join('\n')
  const clock = (index: number, hours: number): string =>
    `${String(Math.floor(scattered(index) * hours)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}:00`
  const given = { kind: 'visits' as const, roles: { customer: 'Uid', startedAt: 'Start Ts', device: 'Device' } }

  test('visits around the clock are fine', async () => {
    const { find } = await checkText(
      files,
      visits((index) => clock(index, 24)),
      given,
    )
    expect([find('lostTimes'), find('halfDay')]).toEqual([undefined, undefined])
  })

  test('four times of ten are midnight', async () => {
    const { find, rowsOf } = await checkText(
      files,
      visits((index) => (index % 10 < 4 ? '00:00:00' : clock(index, 24))),
      given,
    )
    expect(find('lostTimes')?.count).toBeGreaterThanOrEqual(480)
    expect(await rowsOf(find('lostTimes'))).toBe(find('lostTimes')?.count)
  })

  test('no afternoon', async () => {
    const { find } = await checkText(
      files,
      visits((index) => clock(index, 12)),
      given,
    )
    expect(find('halfDay')).toMatchObject({ severity: 'serious', count: 1200 })
  })
})
