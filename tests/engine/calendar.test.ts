import { expect, test } from 'vitest'
import { calendarColumns, calendarSchema } from '../../shared/calendar/calendar'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

const shop = (calendar: object = {}): Promise<TextProject> =>
  textProject(
    {
      sales: {
        lines: ['client,day,amount', 'a,2019-11-29,10', 'a,2020-12-31,5'],
        kind: 'orders',
        roles: { customer: 'client', orderedAt: 'day', revenue: 'amount' },
      },
    },
    { settings: { calendar: calendarSchema.parse(calendar) } },
  )

test('the view has a row for each day of the years of the data, with its documented columns', async () => {
  const project = await shop()
  const columns = await project.rows(
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'calendar' ORDER BY ordinal_position",
  )
  expect(columns).toEqual(calendarColumns.map(([name, type]) => [name, type]))
  expect(await project.rows('SELECT min(day)::VARCHAR, max(day)::VARCHAR, count(*)::INTEGER FROM calendar')).toEqual([
    ['2019-01-01', '2020-12-31', 731],
  ])
  expect(
    await project.rows(
      'SELECT event, sum(revenue)::DOUBLE FROM orders JOIN calendar ON day = ordered_on GROUP BY event ORDER BY event',
    ),
  ).toEqual([
    ['Black Friday', 10],
    [null, 5],
  ])
})

test.each([
  { weekStart: 'monday', start: '2020-12-28' },
  { weekStart: 'sunday', start: '2020-12-27' },
  { weekStart: 'saturday', start: '2020-12-26' },
])('the week of Thursday 2020-12-31 begins on $start when weeks begin on $weekStart', async ({ weekStart, start }) => {
  const project = await shop({ weekStart })
  expect(
    await project.rows(
      "SELECT week_start::VARCHAR, weekday, weekday_name, iso_year, iso_week FROM calendar WHERE day = '2020-12-31'",
    ),
  ).toEqual([[start, 4, 'Thursday', 2020, 53]])
  // A day that begins the week begins its own.
  expect(await project.rows(`SELECT week_start::VARCHAR FROM calendar WHERE day = '${start}'`)).toEqual([[start]])
})

test('a fiscal year from April', async () => {
  const project = await shop({ fiscalMonth: 4 })
  expect(
    await project.rows(
      "SELECT fiscal_year, fiscal_month FROM calendar WHERE day IN ('2019-03-31', '2019-04-01') ORDER BY day",
    ),
  ).toEqual([
    [2019, 12],
    [2020, 1],
  ])
})

test('countries, campaigns and what is switched off are settings that can be undone', async () => {
  const project = await shop({ countries: ['ES'] })
  const on = (day: string): Promise<unknown> =>
    project.rows(`SELECT event, holiday, campaign FROM calendar WHERE day = '${day}'`)
  expect(await on('2019-01-06')).toEqual([["Kings' Day", 'Epiphany', null]])
  await project.engine.updateSettings(
    {
      calendar: calendarSchema.parse({
        countries: ['ES'],
        off: ['epiphany'],
        own: [
          { name: "O'Neill sale", kind: 'campaign', first: '2019-01-05', last: '2019-01-07' },
          { name: 'Clearance', kind: 'campaign', first: '2019-01-01', last: '2019-01-31' },
        ],
      }),
    },
    quiet,
  )
  expect(await on('2019-01-06')).toEqual([["Kings' Day", null, "Clearance, O'Neill sale"]])
  await project.reopen()
  expect(await on('2019-01-06')).toEqual([["Kings' Day", null, "Clearance, O'Neill sale"]])
  const wrong = { name: 'Never', kind: 'campaign' as const, first: '2019-02-01', last: '2019-01-01' }
  await expect(
    project.engine.updateSettings({ calendar: calendarSchema.parse({ own: [wrong] }) }, quiet),
  ).rejects.toThrow('Never ends on 2019-01-01, before it begins on 2019-02-01.')
})

test('without any date the calendar is empty, and there', async () => {
  const project = await textProject({ rates: { lines: ['a,b', '1,2'], kind: 'other' } })
  expect(await project.rows('SELECT count(*)::INTEGER FROM calendar')).toEqual([[0]])
})
