import type { ReadColumn } from '../../../shared/project'
import { isBlankWord } from './cellValues'
import { isAmountName, isIdName, isPhoneName, isPostcodeName, isTimeName } from './columnNames'
import { candidateFormats, isTimed, numericFormat, twoFormatsOf } from './dateFormats'
import { dressedNumber, hasUnit, isDamagedNumber, leadingZeros, plainNumber } from './numberText'

/** What a column may be; the scan over all rows confirms it. */
export type Candidate = Omit<ReadColumn, 'name'>

const mostly = 0.9
/** More digits than a floating number keeps. */
export const exactDigits = 15

/** What sample values suggest. */
export function suggestType(name: string, samples: readonly string[]): Candidate {
  const values = samples.map((sample) => sample.trim()).filter((sample) => !isBlankWord(sample))
  if (values.length === 0) return { type: 'empty' }
  if (isDialled(name, values)) return { type: 'id' }
  return suggestDate(name, values) ?? suggestNumber(name, values) ?? { type: isIdName(name) ? 'id' : 'text' }
}

/** Telephone numbers and postcodes are written in digits, and are no numbers: +34 600 100 200, 08001. */
function isDialled(name: string, values: readonly string[]): boolean {
  const isMostly = (pattern: RegExp): boolean =>
    values.filter((value) => pattern.test(value)).length >= values.length * mostly
  return (
    isMostly(/^\+\d[\d\s().-]{7,}$/) ||
    (isPhoneName(name) && isMostly(/^[+(]?\d[\d\s()./-]{6,}$/)) ||
    (isPostcodeName(name) && isMostly(/^\d{4,6}(-\d{3,4})?$/))
  )
}

function suggestDate(name: string, values: readonly string[]): Candidate | undefined {
  const format = candidateFormats(values)[0]
  if (format !== undefined && !(format === 'yyyyMMdd' && isIdName(name)))
    return { type: isTimed(format) ? 'timestamp' : 'date', format }
  const counted = isTimeName(name) && !isIdName(name) ? numericFormat(values) : undefined
  if (counted !== undefined) return { type: isTimed(counted) ? 'timestamp' : 'date', format: counted }
  return suggestMixedDate(values) ?? suggestTwoDates(name, values) ?? suggestDamagedDate(name, values)
}

/** Dates written in two ways, each in a tenth of the cells or more, where the header speaks of time. */
function suggestTwoDates(name: string, values: readonly string[]): Candidate | undefined {
  const format = isTimeName(name) && !isIdName(name) ? twoFormatsOf(values) : undefined
  return format === undefined ? undefined : { type: isTimed(format) ? 'timestamp' : 'date', format }
}

/** Dates among words, hashes or days of a spreadsheet: fewer of them are enough where the header speaks of time. */
function suggestDamagedDate(name: string, values: readonly string[]): Candidate | undefined {
  if (isIdName(name)) return undefined
  const [format] = candidateFormats(values, isTimeName(name) ? 0.5 : 0.75)
  if (format === undefined || format === 'yyyyMMdd') return undefined
  return { type: isTimed(format) ? 'timestamp' : 'date', format }
}

/** Date cells of a workbook (ISO here) beside dates written as text. */
function suggestMixedDate(values: readonly string[]): Candidate | undefined {
  const isIso = (value: string): boolean => /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/.test(value)
  const written = values.filter((value) => !isIso(value))
  if (written.length === 0 || written.length === values.length) return undefined
  const format = candidateFormats(written)[0]
  if (format === undefined) return undefined
  const timed = isTimed(format) || values.some((value) => isIso(value) && value.length > 10)
  return { type: timed ? 'timestamp' : 'date', format: `mixed:${format}` }
}

function suggestNumber(name: string, values: readonly string[]): Candidate | undefined {
  const share = (test: (value: string) => boolean): number => values.filter(test).length / values.length
  const isWhole = (value: string): boolean => /^[-+]?\d+$/.test(value)
  if (share(isScientificId) > 0.5) return { type: 'id' }
  if (share(isWhole) >= mostly) {
    // "Comprador" over 0 and 1 says who bought, not who it is.
    const identifies =
      (isIdName(name) && !isYesNo(values)) ||
      values.some((value) => leadingZeros.test(value)) ||
      values.some((value) => value.length > exactDigits + 1)
    return { type: identifies ? 'id' : 'integer' }
  }
  if (isIdName(name)) return undefined
  if (share((value) => plainNumber.test(value)) >= mostly) return { type: 'decimal', ...signOf(values) }
  if (share(hasUnit) >= mostly) return { type: 'decimal' }
  const isDamaged = (value: string): boolean => !dressedNumber.test(value) && isDamagedNumber(value)
  const readable = share((value) => dressedNumber.test(value))
  const enough = isAmountName(name) ? readable >= 0.7 : readable >= mostly
  if (!enough && (readable < 0.5 || readable + share(isDamaged) < mostly)) return undefined
  const sign = signOf(values)
  const isPlain = sign.decimal === ',' ? /^[-+]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/ : plainNumber
  return { type: 'decimal', ...(values.every((value) => isPlain.test(value)) ? {} : { format: 'currency' }), ...sign }
}

const isYesNo = (values: readonly string[]): boolean =>
  ['0', '1'].every((sign) => values.includes(sign)) && values.every((value) => value === '0' || value === '1')

/** `1.03293E+19`: what a spreadsheet leaves of a long identifier. */
const isScientificId = (value: string): boolean => /^\d(\.\d+)?[eE]\+1\d$/.test(value)

/** The decimal sign that most values prove; the point when none does. */
function signOf(values: readonly string[]): { decimal?: ',' } {
  const proof = (sign: string, other: string): RegExp =>
    new RegExp(
      `\\${sign}(\\d{0,2}|\\d{4,})$|(^|[^\\d.,])(0\\d*|\\d{4,})?\\${sign}\\d{3}$|\\${other}\\d{3}\\${sign}\\d*$|\\${other}\\d{3}\\${other}\\d{3}`,
    )
  const digits = values.map((value) => value.replace(/[^\d.,]/g, ''))
  const count = (pattern: RegExp): number => digits.filter((value) => pattern.test(value)).length
  return count(proof(',', '.')) > count(proof('.', ',')) ? { decimal: ',' } : {}
}
