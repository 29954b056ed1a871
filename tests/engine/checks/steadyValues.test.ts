import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportFolder, importFolder } from '../import/importFolder'
import { checkText, daysFrom, scattered } from './checkText'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const days = daysFrom('2023-01-01', 90)
const two = (number: number): string => String(number).padStart(2, '0')
const roles = { customer: 'Uid', startedAt: 'Start', source: 'Source', device: 'Device' }

interface Visit {
  readonly day: string
  readonly hour: number
  readonly source: number
  readonly device: string
}

/** Thirty visits a day from three sources and two devices, most of them from eight in the morning to seven at night. */
const visits = (change: (visit: Visit, index: number) => Visit | undefined) =>
  checkText(
    files,
    [
      'Uid,Start,Source,Device',
      ...days.flatMap((day, at) =>
        Array.from({ length: 60 }, (_, number) => {
          const index = at * 60 + number
          const usual = {
            day,
            hour: 8 + Math.floor(scattered(index) * 12),
            source: (index % 3) + 1,
            device: index % 5 === 0 ? 'touch' : 'desktop',
          }
          const visit = change(usual, index)
          return visit === undefined
            ? []
            : [`${index % 700},${visit.day} ${two(visit.hour)}:${two(index % 60)}:00,${visit.source},${visit.device}`]
        }).flat(),
      ),
    ].join('\n'),
    { kind: 'visits', roles },
  )

test('steady visits are fine', async () => {
  expect((await visits((visit) => visit)).findings).toEqual([])
})

describe('values that vanish', () => {
  test('a source ends while the others go on', async () => {
    const { find, rowsOf } = await visits((visit) =>
      visit.source === 3 && visit.day >= '2023-03-01' ? undefined : visit,
    )
    expect(find('vanishedValues')).toMatchObject({
      severity: 'warning',
      column: 'Source',
      count: 31,
      period: { from: '2023-03-01', to: '2023-03-31' },
    })
    // Forty visits of the two others on 31 days.
    expect(await rowsOf(find('vanishedValues'))).toBe(1240)
  })

  test('a device is missing for three days', async () => {
    const gone = ['2023-02-10', '2023-02-11', '2023-02-12']
    const { find } = await visits((visit) =>
      visit.device === 'desktop' && gone.includes(visit.day) ? undefined : visit,
    )
    expect(find('vanishedValues', 'Device')).toMatchObject({
      count: 3,
      period: { from: '2023-02-10', to: '2023-02-12' },
    })
  })

  test('a rare source may be absent for a week', async () => {
    const { find } = await visits((visit, index) => ({
      ...visit,
      source: scattered(index * 3) < 0.01 ? 9 : visit.source,
    }))
    expect(find('vanishedValues')).toBeUndefined()
  })

  test('a source that begins late is new', async () => {
    const { find } = await visits((visit) => (visit.source === 3 && visit.day < '2023-02-01' ? undefined : visit))
    expect(find('vanishedValues')).toBeUndefined()
  })

  test('one value in every row from a day on', async () => {
    const { find, rowsOf } = await visits((visit) =>
      visit.day >= '2023-03-01' ? { ...visit, device: 'touch' } : visit,
    )
    expect(find('filledUp')).toMatchObject({
      severity: 'serious',
      column: 'Device',
      count: 1860,
      period: { from: '2023-03-01', to: '2023-03-31' },
    })
    expect(await rowsOf(find('filledUp'))).toBe(1860)
  })
})

describe('clocks', () => {
  test('seven hours later from a day on', async () => {
    const { find, rowsOf } = await visits((visit) =>
      visit.day >= '2023-02-15' ? { ...visit, hour: (visit.hour + 7) % 24 } : visit,
    )
    expect(find('shiftedClocks')).toMatchObject({
      severity: 'warning',
      count: 2700,
      period: { from: '2023-02-15', to: '2023-03-31' },
    })
    expect(await rowsOf(find('shiftedClocks'))).toBe(2700)
  })

  test('summer time is nothing strange', async () => {
    const { find } = await visits((visit) => (visit.day >= '2023-02-15' ? { ...visit, hour: visit.hour + 1 } : visit))
    expect(find('shiftedClocks')).toBeUndefined()
  })
})

describe('empty periods', () => {
  const orders = (customer: (day: string, index: number) => string) =>
    checkText(
      files,
      [
        'Customer,Order,Day,Price',
        ...days.flatMap((day, at) =>
          Array.from(
            { length: 30 },
            (_, number) => `${customer(day, at * 30 + number)},${at * 30 + number},${day},9.5`,
          ),
        ),
      ].join('\n'),
      { kind: 'orders', roles: { customer: 'Customer', order: 'Order', orderedAt: 'Day', unitPrice: 'Price' } },
    )

  test('customers are empty on one day', async () => {
    const { find, rowsOf } = await orders((day, index) =>
      day === '2023-02-10' || index % 4 === 0 ? '' : `c${index % 300}`,
    )
    expect(find('emptyPeriod')).toMatchObject({
      column: 'Customer',
      count: 30,
      period: { from: '2023-02-10', to: '2023-02-10' },
    })
    expect(await rowsOf(find('emptyPeriod'))).toBe(30)
  })

  test('not where most are empty anyway, or until they were asked for', async () => {
    expect(
      (await orders((_, index) => (index % 10 === 0 ? `c${index % 300}` : ''))).find('emptyPeriod'),
    ).toBeUndefined()
    expect(
      (await orders((day, index) => (day < '2023-02-01' ? '' : `c${index % 300}`))).find('emptyPeriod'),
    ).toBeUndefined()
  })
})

describe('events recorded twice', () => {
  const events = (kindTwice: (kind: string, index: number) => boolean) =>
    checkText(
      files,
      [
        'event_time,event_type,product_id,user_id',
        ...Array.from({ length: 2400 }, (_, index) => {
          const kind = ['view', 'cart', 'purchase'][index % 3] ?? 'view'
          const row = (second: number): string =>
            `2023-01-${two((index % 28) + 1)} 10:${two(index % 60)}:${two(second)},${kind},${index % 90},${index}`
          return kindTwice(kind, index) ? [row(10), row(11)] : [row(10)]
        }).flat(),
      ].join('\n'),
      {
        kind: 'events',
        roles: { happenedAt: 'event_time', eventType: 'event_type', product: 'product_id', customer: 'user_id' },
      },
    )

  test('purchases a second apart', async () => {
    const { find, rowsOf } = await events((kind) => kind === 'purchase')
    expect(find('repeatedEvents')).toMatchObject({ severity: 'serious', count: 800 })
    expect(await rowsOf(find('repeatedEvents'))).toBe(800)
  })

  test('impatient clicks of every kind are life', async () => {
    expect((await events((_, index) => index % 2 === 0)).find('repeatedEvents')).toBeUndefined()
  })
})

describe('rows of zeros', () => {
  const flags = (row: (index: number) => number[]) =>
    checkText(
      files,
      [
        'Visitor,A,B,C,D,E,F',
        ...Array.from({ length: 1000 }, (_, index) => [`v${index}`, ...row(index)].join(',')),
      ].join('\n'),
      {
        kind: 'people',
        roles: { customer: 'Visitor' },
      },
    )
  const usual = (index: number): number[] =>
    Array.from({ length: 6 }, (_, column) => (scattered(index * 6 + column) < 0.3 ? 1 : 0))

  test('at the end of the file', async () => {
    const { find, rowsOf } = await flags((index) => (index < 850 ? [1, ...usual(index).slice(1)] : [0, 0, 0, 0, 0, 0]))
    expect(find('zeroRows')).toMatchObject({ severity: 'warning', count: 150 })
    expect(await rowsOf(find('zeroRows'))).toBe(150)
  })

  test('not in a file that is sorted by what people did, or where zeros are usual', async () => {
    const sorted = Array.from({ length: 1000 }, (_, index) => usual(index)).sort(
      (one, other) => other.filter(Boolean).length - one.filter(Boolean).length,
    )
    expect((await flags((index) => sorted[index] ?? [])).find('zeroRows')).toBeUndefined()
    expect((await flags(usual)).find('zeroRows')).toBeUndefined()
  })
})
