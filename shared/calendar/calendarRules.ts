import type { Country, OccasionKind } from './calendar'

export interface CalendarRule {
  readonly id: string
  readonly name: string
  readonly kind: OccasionKind
  readonly of: 'all' | readonly Country[]
  /** The day in a year; null where it was not kept. */
  readonly on: (year: number) => string | null
}

const iso = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10)
const fixed =
  (month: number, date: number) =>
  (year: number): string =>
    iso(year, month, date)

/** The nth weekday of a month (Sunday 0); -1 is the last one. */
function nth(weekday: number, month: number, place: number, daysLater = 0) {
  return (year: number): string => {
    if (place < 0) {
      const last = new Date(Date.UTC(year, month, 0))
      return iso(year, month, last.getUTCDate() - ((last.getUTCDay() - weekday + 7) % 7) + daysLater)
    }
    const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay()
    return iso(year, month, 1 + ((weekday - first + 7) % 7) + (place - 1) * 7 + daysLater)
  }
}

/** Easter Sunday of the Gregorian calendar, and days from it (anonymous algorithm, Nature 1876). */
function easter(daysLater = 0) {
  return (year: number): string => {
    const a = year % 19
    const b = Math.floor(year / 100)
    const c = year % 100
    const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
    const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
    const m = Math.floor((a + 11 * h + 22 * l) / 451)
    const month = Math.floor((h + l - 7 * m + 114) / 31)
    return iso(year, month, ((h + l - 7 * m + 114) % 31) + 1 + daysLater)
  }
}

const since =
  (first: number, on: (year: number) => string) =>
  (year: number): string | null =>
    year >= first ? on(year) : null

const sunday = 0
const monday = 1
const thursday = 4
const event = (id: string, name: string, of: CalendarRule['of'], on: CalendarRule['on']): CalendarRule => ({
  id,
  name,
  kind: 'event',
  of,
  on,
})
const holiday = (id: string, name: string, of: readonly Country[], on: CalendarRule['on']): CalendarRule => ({
  id,
  name,
  kind: 'holiday',
  of,
  on,
})

/**
 * Built-in events and public holidays. Holidays are those of the whole country; days given instead when one falls on a
 * weekend, and those of regions, are not among them.
 */
export const calendarRules: readonly CalendarRule[] = [
  event('valentinesDay', "Valentine's Day", 'all', fixed(2, 14)),
  event('easterSunday', 'Easter Sunday', 'all', easter()),
  event('halloween', 'Halloween', 'all', fixed(10, 31)),
  event('singlesDay', "Singles' Day", 'all', fixed(11, 11)),
  event('blackFriday', 'Black Friday', 'all', nth(thursday, 11, 4, 1)),
  event('cyberMonday', 'Cyber Monday', 'all', nth(thursday, 11, 4, 4)),
  event('christmasEve', 'Christmas Eve', 'all', fixed(12, 24)),
  event('christmas', 'Christmas', 'all', fixed(12, 25)),
  event('kingsDay', "Kings' Day", ['ES'], fixed(1, 6)),
  event('mothersDayES', "Mother's Day", ['ES'], nth(sunday, 5, 1)),
  event('mothersDay', "Mother's Day", ['US', 'DE'], nth(sunday, 5, 2)),
  event('mothersDayUK', 'Mothering Sunday', ['UK'], easter(-21)),
  event('fathersDayES', "Father's Day", ['ES'], fixed(3, 19)),
  event('fathersDay', "Father's Day", ['US', 'UK'], nth(sunday, 6, 3)),
  event('fathersDayDE', "Father's Day", ['DE'], easter(39)),
  holiday('newYear', "New Year's Day", ['ES', 'US', 'UK', 'DE'], fixed(1, 1)),
  holiday('epiphany', 'Epiphany', ['ES'], fixed(1, 6)),
  holiday('martinLutherKing', 'Martin Luther King Jr. Day', ['US'], nth(monday, 1, 3)),
  holiday('presidentsDay', "Presidents' Day", ['US'], nth(monday, 2, 3)),
  holiday('goodFriday', 'Good Friday', ['ES', 'UK', 'DE'], easter(-2)),
  holiday('easterMonday', 'Easter Monday', ['UK', 'DE'], easter(1)),
  holiday('labourDay', 'Labour Day', ['ES', 'DE'], fixed(5, 1)),
  holiday('earlyMay', 'Early May bank holiday', ['UK'], nth(monday, 5, 1)),
  holiday('ascension', 'Ascension Day', ['DE'], easter(39)),
  holiday('whitMonday', 'Whit Monday', ['DE'], easter(50)),
  holiday('springBank', 'Spring bank holiday', ['UK'], nth(monday, 5, -1)),
  holiday('memorialDay', 'Memorial Day', ['US'], nth(monday, 5, -1)),
  holiday('juneteenth', 'Juneteenth', ['US'], since(2021, fixed(6, 19))),
  holiday('independenceDay', 'Independence Day', ['US'], fixed(7, 4)),
  holiday('assumption', 'Assumption', ['ES'], fixed(8, 15)),
  holiday('summerBank', 'Summer bank holiday', ['UK'], nth(monday, 8, -1)),
  holiday('laborDay', 'Labor Day', ['US'], nth(monday, 9, 1)),
  holiday('germanUnity', 'German Unity Day', ['DE'], fixed(10, 3)),
  holiday('columbusDay', 'Columbus Day', ['US'], nth(monday, 10, 2)),
  holiday('hispanicDay', 'National Day of Spain', ['ES'], fixed(10, 12)),
  holiday('allSaints', "All Saints' Day", ['ES'], fixed(11, 1)),
  holiday('veteransDay', 'Veterans Day', ['US'], fixed(11, 11)),
  holiday('thanksgiving', 'Thanksgiving', ['US'], nth(thursday, 11, 4)),
  holiday('constitutionDay', 'Constitution Day', ['ES'], fixed(12, 6)),
  holiday('immaculate', 'Immaculate Conception', ['ES'], fixed(12, 8)),
  holiday('christmasDay', 'Christmas Day', ['ES', 'US', 'UK', 'DE'], fixed(12, 25)),
  holiday('boxingDay', 'Boxing Day', ['UK', 'DE'], fixed(12, 26)),
]
