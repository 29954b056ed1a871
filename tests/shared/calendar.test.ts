import { describe, expect, test } from 'vitest'
import { calendarSchema, occasionsOf } from '../../shared/calendar/calendar'

const dayOf = (id: string, year: number): string | undefined =>
  occasionsOf(calendarSchema.parse({ countries: ['ES', 'US', 'UK', 'DE'] }), year, year).find(
    (occasion) => occasion.id === id,
  )?.first

describe('days that move', () => {
  // Published calendars of each year.
  test.each([
    ['blackFriday', 2019, '2019-11-29'],
    ['blackFriday', 2020, '2020-11-27'],
    ['blackFriday', 2024, '2024-11-29'],
    ['cyberMonday', 2019, '2019-12-02'],
    ['cyberMonday', 2023, '2023-11-27'],
    ['easterSunday', 2000, '2000-04-23'],
    ['easterSunday', 2008, '2008-03-23'],
    ['easterSunday', 2019, '2019-04-21'],
    ['easterSunday', 2024, '2024-03-31'],
    ['easterSunday', 2025, '2025-04-20'],
    ['easterSunday', 2038, '2038-04-25'],
    ['goodFriday', 2024, '2024-03-29'],
    ['easterMonday', 2024, '2024-04-01'],
    ['ascension', 2024, '2024-05-09'],
    ['whitMonday', 2024, '2024-05-20'],
    ['mothersDayES', 2019, '2019-05-05'],
    ['mothersDay', 2019, '2019-05-12'],
    ['mothersDayUK', 2019, '2019-03-31'],
    ['fathersDay', 2019, '2019-06-16'],
    ['kingsDay', 2019, '2019-01-06'],
    ['thanksgiving', 2019, '2019-11-28'],
    ['memorialDay', 2019, '2019-05-27'],
    ['springBank', 2019, '2019-05-27'],
    ['summerBank', 2019, '2019-08-26'],
    ['laborDay', 2019, '2019-09-02'],
    ['martinLutherKing', 2019, '2019-01-21'],
    ['juneteenth', 2020, undefined],
    ['juneteenth', 2021, '2021-06-19'],
  ] as const)('%s of %i', (id, year, day) => {
    expect(dayOf(id, year)).toBe(day)
  })
})

test('without a country only what all share; an occasion can be switched off, and own ones join', () => {
  const names = (wished: object): string[] =>
    occasionsOf(calendarSchema.parse(wished), 2019, 2019).map(({ name }) => name)
  expect(names({})).toEqual([
    "Valentine's Day",
    'Easter Sunday',
    'Halloween',
    "Singles' Day",
    'Black Friday',
    'Cyber Monday',
    'Christmas Eve',
    'Christmas',
  ])
  const own = [
    { name: 'Spring sale', kind: 'campaign', first: '2019-03-04', last: '2019-03-17' },
    { name: 'Old sale', kind: 'campaign', first: '2017-03-04', last: '2017-03-17' },
  ]
  const off = ['halloween', 'singlesDay', 'christmasEve', 'easterSunday', 'christmas']
  expect(names({ off, own })).toEqual(["Valentine's Day", 'Spring sale', 'Black Friday', 'Cyber Monday'])
})
