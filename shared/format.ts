import type { CellValue, NumberFormat } from './report'

/** Locale and currency a project prints in. */
export interface FormatSettings {
  /** BCP 47, for example `en-US` or `es-ES`. */
  readonly locale: string
  /** ISO 4217, or null when the files do not say; money then prints without a sign. */
  readonly currency: string | null
}

/** The only place where numbers are rounded. Undefined reads "n/a", unknown "–", zero "0". */
export interface Formatter {
  readonly settings: FormatSettings
  count(value: number): string
  /** Whole units, without the currency sign. */
  money(value: number): string
  /** With cents, for choices and ledgers. */
  cents(value: number): string
  /** One decimal; the input is a fraction. */
  percent(fraction: number): string
  percent2(fraction: number): string
  /** Difference of two fractions: "+3.0 points". */
  points(fraction: number): string
  decimal(value: number, digits: number): string
  /** "22 Nov 2026" from an ISO day. */
  date(isoDay: string): string
  /** "Nov 2026" from an ISO day or month. */
  month(isoMonth: string): string
  /** "9.5% (130 of 1,362)". */
  share(part: number, whole: number): string
  /** "8.1–11.2%". */
  interval(low: number, high: number): string
  value(value: CellValue | undefined, format: NumberFormat): string
}

const minus = '−'

export function createFormatter(settings: FormatSettings): Formatter {
  const numbers = new Map<string, Intl.NumberFormat>()
  const number = (value: number, digits: number, style: 'decimal' | 'percent' = 'decimal'): string => {
    const key = `${style}${digits}`
    let format = numbers.get(key)
    if (format === undefined) {
      format = new Intl.NumberFormat(settings.locale, {
        style,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
      numbers.set(key, format)
    }
    return defined(value) ? withTrueMinus(format.format(withoutNegativeZero(value, digits, style))) : 'n/a'
  }
  const dates = new Intl.DateTimeFormat(settings.locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const months = new Intl.DateTimeFormat(settings.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })

  const formatter: Formatter = {
    settings,
    count: (value) => number(value, 0),
    money: (value) => number(value, 0),
    cents: (value) => number(value, 2),
    percent: (fraction) => number(fraction, 1, 'percent'),
    percent2: (fraction) => number(fraction, 2, 'percent'),
    points: (fraction) => (defined(fraction) ? `${fraction > 0 ? '+' : ''}${number(fraction * 100, 1)} points` : 'n/a'),
    decimal: (value, digits) => number(value, digits),
    date: (isoDay) => (isIsoDate(isoDay) ? ordered(dates, settings.locale, toDate(isoDay)) : isoDay),
    month: (isoMonth) => (isIsoDate(isoMonth) ? ordered(months, settings.locale, toDate(isoMonth)) : isoMonth),
    share: (part, whole) =>
      whole === 0 ? 'n/a (of 0)' : `${number(part / whole, 1, 'percent')} (${number(part, 0)} of ${number(whole, 0)})`,
    interval: (low, high) => `${number(low * 100, 1)}–${number(high, 1, 'percent')}`,
    value: (value, format) => {
      if (value === null || value === undefined) return '–'
      if (typeof value === 'boolean') return value ? 'yes' : 'no'
      if (typeof value === 'string') {
        if (format === 'date') return formatter.date(value)
        if (format === 'month') return formatter.month(value)
        return value
      }
      return printNumber(formatter, value, format)
    },
  }
  return formatter
}

function printNumber(formatter: Formatter, value: number, format: NumberFormat): string {
  switch (format) {
    case 'count':
      return formatter.count(value)
    case 'money':
      return formatter.money(value)
    case 'change':
      return `${value > 0 ? '+' : ''}${formatter.money(value)}`
    case 'cents':
      return formatter.cents(value)
    case 'percent':
      return formatter.percent(value)
    case 'percent2':
      return formatter.percent2(value)
    case 'points':
      return formatter.points(value)
    case 'decimal1':
      return formatter.decimal(value, 1)
    case 'decimal2':
      return formatter.decimal(value, 2)
    case 'decimal4':
      return formatter.decimal(value, 4)
    case 'text':
    case 'id':
    case 'date':
    case 'month':
      return String(value)
    default:
      return format satisfies never
  }
}

function defined(value: number): boolean {
  return Number.isFinite(value)
}

function withTrueMinus(text: string): string {
  return text.replace('-', minus)
}

/** −0.004 with one decimal must print "0.0", not "−0.0". */
function withoutNegativeZero(value: number, digits: number, style: 'decimal' | 'percent'): number {
  const scale = 10 ** (style === 'percent' ? digits + 2 : digits)
  return Math.round(value * scale) === 0 ? 0 : value
}

/** Total rows hold a word where the others hold a date. */
function isIsoDate(text: string): boolean {
  return /^\d{4}-\d{2}/.test(text)
}

function toDate(iso: string): Date {
  const [year = 1970, month = 1, day = 1] = iso.slice(0, 10).split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, day))
}

/** English prints day before month, as the visual language asks, whatever the English region. */
function ordered(format: Intl.DateTimeFormat, locale: string, date: Date): string {
  if (!locale.startsWith('en')) return format.format(date)
  const parts = new Map(format.formatToParts(date).map((part) => [part.type, part.value]))
  return ['day', 'month', 'year']
    .map((type) => parts.get(type as Intl.DateTimeFormatPartTypes))
    .filter((part) => part !== undefined)
    .join(' ')
}
