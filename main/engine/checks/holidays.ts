import { firstDayOf, monthOf } from './days'

const dayInMonth = (year: number, month: number, day: number): number => firstDayOf(year * 12 + month - 1) + day - 1

/** The days around Christmas and New Year, and from the Thursday before Easter to the Tuesday after it. */
export function isHolidayTime(day: number): boolean {
  const year = Math.floor(monthOf(day) / 12)
  const isWinter = day >= dayInMonth(year, 12, 20) || day <= dayInMonth(year, 1, 8)
  const easter = easterSunday(year)
  return isWinter || (day >= easter - 3 && day <= easter + 2)
}

/** Days on which even a shop that never closes may: Christmas and the turn of the year. */
export function isFeast(day: number): boolean {
  const date = new Date(day * 86_400_000)
  const written = `${date.getUTCMonth() + 1}-${date.getUTCDate()}`
  return ['12-24', '12-25', '12-26', '12-31', '1-1'].includes(written)
}

/** The Gregorian computus of Butcher and Meeus. */
function easterSunday(year: number): number {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const inCentury = year % 100
  const moon =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - moon - (inCentury % 4)) % 7
  const correction = Math.floor((golden + 11 * moon + 22 * weekday) / 451)
  const sum = moon + weekday - 7 * correction + 114
  return dayInMonth(year, Math.floor(sum / 31), (sum % 31) + 1)
}
