import { describe, expect, test } from 'vitest'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

const log = (rows: readonly string[], session = false): Promise<TextProject> =>
  textProject({
    log: {
      lines: [`who,at,what${session ? ',visit' : ''}`, ...rows],
      kind: 'events',
      roles: { customer: 'who', happenedAt: 'at', eventType: 'what', ...(session ? { session: 'visit' } : {}) },
    },
  })

const visits = async (project: TextProject): Promise<unknown> =>
  (await project.rows('SELECT count(DISTINCT session)::INTEGER FROM events'))[0]?.[0]

describe('visit sessions by the gap rule', () => {
  // Definition 1: events 10:00, 10:20, 10:50, 11:21 have gaps of 20, 30 and 31 minutes.
  const times = ['10:00:00', '10:20:00', '10:50:00', '11:21:00']
  const rows = times.map((time) => `a,2024-01-05 ${time},view`)

  test('are 2 at 30 minutes, 4 at 15 and 1 at 60, and the choice says so', async () => {
    const project = await log(rows)
    expect(project.state.choices.find(({ key }) => key === 'sessionGap')).toMatchObject({
      chosen: '30',
      decidedBy: 'default',
      options: [
        { key: '15', rule: '4 visit sessions' },
        { key: '30', rule: '2 visit sessions' },
        { key: '60', rule: '1 visit session' },
      ],
    })
    expect(await visits(project)).toBe(2)
    expect(await project.rows('SELECT session FROM events ORDER BY happened_at')).toEqual([
      ['a · 2024-01-05 10:00:00'],
      ['a · 2024-01-05 10:00:00'],
      ['a · 2024-01-05 10:00:00'],
      ['a · 2024-01-05 11:21:00'],
    ])
    for (const [option, count] of [
      ['15', 4],
      ['60', 1],
      ['20', 3],
      ['19', 4],
    ] as const) {
      await project.engine.choose({ choice: 'sessionGap', option }, quiet)
      expect(await visits(project)).toBe(count)
    }
    await expect(project.engine.choose({ choice: 'sessionGap', option: '0' }, quiet)).rejects.toMatchObject({
      hint: 'Options: 15, 19, 30, 60, or a number of minutes from 1 to 1440.',
    })
  })

  test('a gap of exactly 30:00 is inside, one second more begins another; midnight ends none', async () => {
    const at = (...clock: string[]): string[] => clock.map((time) => `a,${time},view`)
    expect(await visits(await log(at('2024-01-05 10:00:00', '2024-01-05 10:30:00')))).toBe(1)
    expect(await visits(await log(at('2024-01-05 10:00:00', '2024-01-05 10:30:01')))).toBe(2)
    expect(await visits(await log(at('2024-01-05 23:50:00', '2024-01-06 00:10:00')))).toBe(1)
  })

  test('each customer has visits of its own, in whatever order the rows stand; nobody has none', async () => {
    const project = await log([
      'b,2024-01-05 10:05:00,view',
      'a,2024-01-05 10:20:00,view',
      'a,2024-01-05 10:00:00,view',
      ',2024-01-05 10:01:00,view',
      'a,2024-01-05 10:00:00,cart',
    ])
    expect(
      await project.rows('SELECT customer, session FROM events ORDER BY customer, happened_at, event_type'),
    ).toEqual([
      ['a', 'a · 2024-01-05 10:00:00'],
      ['a', 'a · 2024-01-05 10:00:00'],
      ['a', 'a · 2024-01-05 10:00:00'],
      ['b', 'b · 2024-01-05 10:05:00'],
      [null, null],
    ])
  })
})

test('a visit id that two customers share is split and reported; a given id is kept, whatever the gaps', async () => {
  const project = await log(
    [
      'a,2024-01-05 10:00:00,view,s1',
      'a,2024-01-05 18:00:00,view,s1',
      'a,2024-01-05 10:00:00,view,s2',
      'b,2024-01-05 10:00:00,view,s2',
      'b,2024-01-05 11:00:00,view,',
    ],
    true,
  )
  expect(await project.rows('SELECT customer, session FROM events ORDER BY 1, 2')).toEqual([
    ['a', 's1'],
    ['a', 's1'],
    ['a', 's2 · a'],
    ['b', 's2 · b'],
    ['b', null],
  ])
  expect(project.state.findings.find(({ id }) => id === 'sharedSessions')).toMatchObject({ count: 1, examples: ['s2'] })
  expect(project.state.findings.find(({ id }) => id === 'eventsWithoutSession')).toMatchObject({ count: 1 })
  expect(project.state.choices.map(({ key }) => key)).not.toContain('sessionGap')
})

test('a visit that ends before it starts is reported', async () => {
  const project = await textProject({
    seen: {
      lines: [
        'uid,start,end',
        'a,2024-01-05 10:00:00,2024-01-05 10:05:00',
        'b,2024-01-05 10:00:00,2024-01-05 09:59:00',
        'c,2024-01-05 10:00:00,2024-01-05 10:00:00',
      ],
      kind: 'visits',
      roles: { customer: 'uid', startedAt: 'start', endedAt: 'end' },
    },
  })
  expect(project.state.findings.filter(({ table }) => table === 'visits')).toMatchObject([
    { id: 'endBeforeStart', count: 1, examples: ['b 2024-01-05 10:00:00 – 2024-01-05 09:59:00'] },
    { id: 'visitsWithoutLength', count: 1 },
  ])
})

describe('orders without an id', () => {
  const sales = (rows: readonly string[]): Promise<TextProject> =>
    textProject({
      sales: {
        lines: ['who,at,amount', ...rows],
        kind: 'orders',
        roles: { customer: 'who', orderedAt: 'at', revenue: 'amount' },
      },
    })
  const orders = async (project: TextProject): Promise<unknown> =>
    (await project.rows('SELECT count(DISTINCT order_key)::INTEGER FROM orders'))[0]?.[0]

  test('with clocks: lines, visits or days, each with its count', async () => {
    const project = await sales([
      'a,2024-01-05 10:00:00,1',
      'a,2024-01-05 10:30:00,1',
      'a,2024-01-05 18:00:00,1',
      'b,2024-01-05 10:10:00,1',
      ',2024-01-05 10:10:00,1',
    ])
    expect(project.state.choices.find(({ key }) => key === 'orderRule')).toMatchObject({
      chosen: 'line',
      options: [
        { key: 'line', rule: '5 orders' },
        { key: 'visit', rule: '4 orders' },
        { key: 'customerDay', rule: '3 orders' },
      ],
    })
    expect(await orders(project)).toBe(5)
    await project.engine.choose({ choice: 'orderRule', option: 'visit' }, quiet)
    expect(await orders(project)).toBe(4)
    await project.engine.choose({ choice: 'orderRule', option: 'customerDay' }, quiet)
    expect(await orders(project)).toBe(3)
  })

  test('without clocks: the lines of a customer on a day', async () => {
    const project = await sales(['a,2024-01-05,1', 'a,2024-01-05,1', 'a,2024-01-06,1', 'b,2024-01-05,1'])
    expect(project.state.choices.find(({ key }) => key === 'orderRule')).toMatchObject({
      chosen: 'customerDay',
      options: [
        { key: 'customerDay', rule: '3 orders' },
        { key: 'everyLine', rule: '4 orders' },
      ],
    })
    expect(await orders(project)).toBe(3)
    await project.engine.choose({ choice: 'orderRule', option: 'everyLine' }, quiet)
    expect(await orders(project)).toBe(4)
  })
})
