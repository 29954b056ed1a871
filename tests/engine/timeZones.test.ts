import { describe, expect, test } from 'vitest'
import type { Settings } from '../../shared/project'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

const eventsAt = (times: readonly string[], settings: Partial<Settings> = {}): Promise<TextProject> =>
  textProject(
    {
      log: {
        lines: ['user_id,event_time,event_type', ...times.map((time, index) => `u${index % 2},${time},view`)],
        kind: 'events',
        roles: { customer: 'user_id', happenedAt: 'event_time', eventType: 'event_type' },
      },
    },
    { settings },
  )

const clocks = async (project: TextProject): Promise<unknown[]> =>
  (await project.rows('SELECT CAST(happened_at AS VARCHAR) FROM events ORDER BY happened_at')).map(([time]) => time)

describe('times that say UTC', () => {
  const times = ['2019-10-01 21:30:00 UTC', '2019-10-02 00:00:00 UTC']

  test('stay as written until somebody names a report zone', async () => {
    expect(await clocks(await eventsAt(times))).toEqual(['2019-10-01 21:30:00', '2019-10-02 00:00:00'])
  })

  test('are 3 hours later in Moscow: 21:30 is 00:30 of the next day', async () => {
    const project = await eventsAt(times, { reportZone: 'Europe/Moscow' })
    expect(await clocks(project)).toEqual(['2019-10-02 00:30:00', '2019-10-02 03:00:00'])
    expect(project.state.period).toEqual({ first: '2019-10-02', last: '2019-10-02' })
  })

  test('are UTC whatever the zone of the other clocks', async () => {
    const project = await eventsAt(times, { reportZone: 'Europe/Moscow', dataZone: 'America/New_York' })
    expect(await clocks(project)).toEqual(['2019-10-02 00:30:00', '2019-10-02 03:00:00'])
  })

  test('the finding says what happens to them, before and after', async () => {
    const project = await eventsAt(times)
    const said = (state: typeof project.state): string | undefined =>
      state.findings.find(({ id }) => id === 'timeZone')?.treatment
    expect(said(project.state)).toBe('Clock as written (UTC). Choose a report time zone to read the hours of a place')
    const zoned = await project.engine.updateSettings({ reportZone: 'europe/madrid' }, quiet)
    expect(said(zoned)).toBe('Shown on the clock of Europe/Madrid')
    expect(zoned.settings.reportZone).toBe('Europe/Madrid')
    expect(await clocks(project)).toEqual(['2019-10-01 23:30:00', '2019-10-02 02:00:00'])
    await project.engine.undo(undefined, quiet)
    expect(await clocks(project)).toEqual(['2019-10-01 21:30:00', '2019-10-02 00:00:00'])
    await expect(project.engine.updateSettings({ reportZone: 'Mars/Olympus' }, quiet)).rejects.toThrow(
      '"Mars/Olympus" is not a time zone.',
    )
  })
})

test('the days on which Madrid changes its clock', async () => {
  const project = await eventsAt(
    ['2019-03-31T00:59:59Z', '2019-03-31T01:00:00Z', '2019-10-27T00:59:59Z', '2019-10-27T01:00:00Z'],
    { reportZone: 'Europe/Madrid' },
  )
  // 01:59:59 is followed by 03:00:00; 02:59:59 by 02:00:00.
  expect(await project.rows('SELECT CAST(happened_at AS VARCHAR) FROM events ORDER BY customer, happened_at')).toEqual([
    ['2019-03-31 01:59:59'],
    ['2019-10-27 02:59:59'],
    ['2019-03-31 03:00:00'],
    ['2019-10-27 02:00:00'],
  ])
})

describe('clocks with offsets of their own', () => {
  const times = [
    '2019-10-01T21:30:00+03:00',
    '2019-10-01 21:30:00-0500',
    '2019-10-01 21:30:00+00',
    '2019-10-01T21:30:00.250Z',
  ]

  test('are converted row by row', async () => {
    const project = await eventsAt(times, { reportZone: 'UTC' })
    expect(await clocks(project)).toEqual([
      '2019-10-01 18:30:00',
      '2019-10-01 21:30:00',
      '2019-10-01 21:30:00',
      '2019-10-02 02:30:00',
    ])
    expect(await project.reopen()).toMatchObject({ settings: { reportZone: 'UTC' } })
    expect((await clocks(project))[0]).toBe('2019-10-01 18:30:00')
  })

  test('beside clocks without one: those are in the data zone, or stay', async () => {
    const mixed = ['2019-10-01 21:30:00+03:00', '2019-10-01 12:00:00']
    expect(await clocks(await eventsAt(mixed, { reportZone: 'UTC' }))).toEqual([
      '2019-10-01 12:00:00',
      '2019-10-01 18:30:00',
    ])
    const placed = await eventsAt(mixed, { reportZone: 'UTC', dataZone: 'Europe/Madrid' })
    expect(await clocks(placed)).toEqual(['2019-10-01 10:00:00', '2019-10-01 18:30:00'])
  })
})

test('clocks without a zone move only when their zone is known; an hour told twice is its first', async () => {
  const times = ['2019-10-27 02:30:00', '2019-03-31 02:30:00', '2019-06-01 12:00:00']
  expect(await clocks(await eventsAt(times, { reportZone: 'UTC' }))).toEqual([
    '2019-03-31 02:30:00',
    '2019-06-01 12:00:00',
    '2019-10-27 02:30:00',
  ])
  expect(await clocks(await eventsAt(times, { reportZone: 'UTC', dataZone: 'Europe/Madrid' }))).toEqual([
    // 02:30 does not exist on that day: 03:30 summer time. 02:30 in October is first told in summer time.
    '2019-03-31 01:30:00',
    '2019-06-01 10:00:00',
    '2019-10-27 00:30:00',
  ])
})

test.each([
  { name: 'days', days: ['2019-10-01', '2019-10-02'] },
  { name: 'days written as midnights', days: ['2019-10-01 00:00:00 UTC', '2019-10-02 00:00:00 UTC'] },
])('$name are never shifted', async ({ days }) => {
  const project = await textProject(
    {
      sales: {
        lines: ['customer,day,amount', ...days.map((day) => `a,${day},10`)],
        kind: 'orders',
        roles: { customer: 'customer', orderedAt: 'day', revenue: 'amount' },
      },
    },
    { settings: { reportZone: 'America/New_York', dataZone: 'UTC' } },
  )
  expect(await project.rows('SELECT CAST(ordered_at AS VARCHAR) FROM orders ORDER BY 1')).toEqual([
    ['2019-10-01 00:00:00'],
    ['2019-10-02 00:00:00'],
  ])
})

test('orders and visits move with the events', async () => {
  const project = await textProject(
    {
      sales: {
        lines: ['customer,at,amount', 'a,2018-01-01 22:30:00 UTC,10'],
        kind: 'orders',
        roles: { customer: 'customer', orderedAt: 'at', revenue: 'amount' },
      },
      seen: {
        lines: ['uid,start,end', 'a,2018-01-01 22:00:00 UTC,2018-01-01 23:00:00 UTC'],
        kind: 'visits',
        roles: { customer: 'uid', startedAt: 'start', endedAt: 'end' },
      },
    },
    { settings: { reportZone: 'Europe/Madrid' } },
  )
  expect(await project.rows('SELECT CAST(ordered_on AS VARCHAR) FROM orders')).toEqual([['2018-01-01']])
  expect(await project.rows('SELECT CAST(started_at AS VARCHAR), CAST(ended_at AS VARCHAR) FROM visits')).toEqual([
    ['2018-01-01 23:00:00', '2018-01-02 00:00:00'],
  ])
})

describe('formula columns', () => {
  const times = ['2019-10-01 21:30:00 UTC', '2019-10-02 00:00:00 UTC']

  test('see times on the clock of the reports, as their preview does', async () => {
    const project = await eventsAt(times, { reportZone: 'Europe/Moscow' })
    const wanted = { source: 'log', name: 'part', formula: 'dayPart(event_time)' }
    expect(await project.engine.previewFormula(wanted, quiet)).toMatchObject({
      rows: [
        ['2019-10-02 00:30:00', 'night'],
        ['2019-10-02 03:00:00', 'night'],
      ],
    })
    await project.engine.deriveColumn(wanted, quiet)
    const parts = 'SELECT part FROM raw.log ORDER BY source_row'
    expect(await project.rows(parts)).toEqual([['night'], ['night']])
    await project.engine.updateSettings({ reportZone: null }, quiet)
    expect(await project.rows(parts)).toEqual([['evening'], ['night']])
  })

  test('that are times themselves are not shifted again', async () => {
    const bare = ['2019-10-01 21:30:00', '2019-10-02 00:00:00']
    const project = await eventsAt(bare, { reportZone: 'Europe/Moscow', dataZone: 'UTC' })
    await project.engine.deriveColumn({ source: 'log', name: 'later', formula: 'event_time + 1' }, quiet)
    const roles = { customer: 'user_id', happenedAt: 'later', eventType: 'event_type' }
    await project.engine.mapRoles({ source: 'log', kind: 'events', roles }, quiet)
    expect(await clocks(project)).toEqual(['2019-10-03 00:30:00', '2019-10-03 03:00:00'])
  })
})
