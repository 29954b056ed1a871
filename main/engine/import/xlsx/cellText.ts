import { GrowingBytes } from './growingBytes'
import type { NumberKind } from './numberFormats'

type SerialKind = Exclude<NumberKind, 'number' | 'percent'>

/** The texts of formula errors as a workbook stores them. */
export const errorTexts: ReadonlySet<string> = new Set([
  '#DIV/0!',
  '#N/A',
  '#NAME?',
  '#NULL!',
  '#NUM!',
  '#REF!',
  '#VALUE!',
  '#SPILL!',
  '#CALC!',
  '#GETTING_DATA',
])

/** Fifteen significant digits, as a spreadsheet shows and stores them, never with an exponent for whole numbers. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : BigInt(value).toString()
  return String(Number(value.toPrecision(15)))
}

const daySeconds = 86_400
/** 9999-12-31, the last day a spreadsheet knows, in days since 1899-12-30. */
const lastDay = 2_958_465
const days1904 = 1462

/**
 * Adds a number of days as its date, as a clock when it is less than a day, or as hours when it is a duration. What
 * no date can be stays a number, which a spreadsheet shows as ####.
 */
export function addSerial(into: GrowingBytes, serial: number, kind: SerialKind, date1904: boolean): void {
  if (kind === 'duration') into.addAscii(numberText(serial * 24))
  else if (!isDate(serial, date1904)) into.addAscii(numberText(serial))
  // Where days count from 1904, day 0 is a date unless it is formatted as a time.
  else if (serial < 1 && (kind === 'time' || !date1904))
    addClock(into, Math.min(daySeconds - 1, Math.round(serial * daySeconds)))
  else {
    const seconds = Math.round((date1904 ? serial + days1904 : serial) * daySeconds)
    const clock = seconds % daySeconds
    into.addAscii(dayText(Math.floor(seconds / daySeconds)))
    if (clock === 0) return
    into.addAscii(' ')
    addClock(into, clock)
  }
}

/** The same as a text of its own. */
export function serialText(serial: number, kind: SerialKind, date1904: boolean): string {
  const bytes = new GrowingBytes(32, 512)
  addSerial(bytes, serial, kind, date1904)
  return bytes.bytes.toString('latin1', 0, bytes.length)
}

/** Whether a spreadsheet would show the number as a date. */
export function isDate(serial: number, date1904: boolean): boolean {
  return serial >= 0 && serial < lastDay + 1 - (date1904 ? days1904 : 0)
}

const dayTexts = new Map<number, string>()

/** Columns repeat their days: a few years of them are kept. */
function dayText(day: number): string {
  const known = dayTexts.get(day)
  if (known !== undefined) return known
  // Lotus 1-2-3 took 1900 for a leap year, and Excel followed: day 60 never was, and before it one day is missing.
  const real = day < 60 ? day + 1 : day
  const written = new Date((real - 25_569) * daySeconds * 1000).toISOString().slice(0, 10)
  if (dayTexts.size > 20_000) dayTexts.clear()
  dayTexts.set(day, written)
  return written
}

function addClock(into: GrowingBytes, seconds: number): void {
  const minutes = Math.floor(seconds / 60)
  addTwoDigits(into, Math.floor(minutes / 60))
  into.addAscii(':')
  addTwoDigits(into, minutes % 60)
  into.addAscii(':')
  addTwoDigits(into, seconds % 60)
}

function addTwoDigits(into: GrowingBytes, number: number): void {
  into.reserve(2)
  into.bytes[into.length] = 48 + Math.floor(number / 10)
  into.bytes[into.length + 1] = 48 + (number % 10)
  into.length += 2
}

/** A date that is written out (`t="d"`), in the same form as the others. */
export function isoText(written: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})?T?(?:(\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?Z?$/.exec(written.trim())
  if (found === null) return written
  const [, day, hours, minutes, seconds = '0'] = found
  if (hours === undefined || minutes === undefined) return day ?? written
  const clock = Math.round(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
  if (day === undefined) return serialText((clock % daySeconds) / daySeconds, 'time', false)
  const date = new Date(Date.parse(day) + clock * 1000)
  if (Number.isNaN(date.getTime())) return written
  const iso = date.toISOString()
  return clock % daySeconds === 0 ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}
