import { raw, type Sql, sql } from '../../../shared/sql'

interface DayFormat {
  /** How DuckDB reads it. */
  readonly strptime: string
  readonly looks: string
}

/** Days by the name kept in a project; month first before day first. */
const dayFormats: Readonly<Record<string, DayFormat>> = {
  'yyyy/M/d': { strptime: '%Y/%m/%d', looks: '(?:19|20)\\d{2}/\\d{1,2}/\\d{1,2}' },
  'yyyy.M.d': { strptime: '%Y.%m.%d', looks: '(?:19|20)\\d{2}\\.\\d{1,2}\\.\\d{1,2}' },
  'M/d/yyyy': { strptime: '%m/%d/%Y', looks: '\\d{1,2}/\\d{1,2}/\\d{4}' },
  'd/M/yyyy': { strptime: '%d/%m/%Y', looks: '\\d{1,2}/\\d{1,2}/\\d{4}' },
  'M-d-yyyy': { strptime: '%m-%d-%Y', looks: '\\d{1,2}-\\d{1,2}-\\d{4}' },
  'd-M-yyyy': { strptime: '%d-%m-%Y', looks: '\\d{1,2}-\\d{1,2}-\\d{4}' },
  'M.d.yyyy': { strptime: '%m.%d.%Y', looks: '\\d{1,2}\\.\\d{1,2}\\.\\d{4}' },
  'd.M.yyyy': { strptime: '%d.%m.%Y', looks: '\\d{1,2}\\.\\d{1,2}\\.\\d{4}' },
  'M/d/yy': { strptime: '%m/%d/%y', looks: '\\d{1,2}/\\d{1,2}/\\d{2}' },
  'd/M/yy': { strptime: '%d/%m/%y', looks: '\\d{1,2}/\\d{1,2}/\\d{2}' },
  'M-d-yy': { strptime: '%m-%d-%y', looks: '\\d{1,2}-\\d{1,2}-\\d{2}' },
  'd-M-yy': { strptime: '%d-%m-%y', looks: '\\d{1,2}-\\d{1,2}-\\d{2}' },
  'M.d.yy': { strptime: '%m.%d.%y', looks: '\\d{1,2}\\.\\d{1,2}\\.\\d{2}' },
  'd.M.yy': { strptime: '%d.%m.%y', looks: '\\d{1,2}\\.\\d{1,2}\\.\\d{2}' },
  'd MMM yyyy': { strptime: '%d %b %Y', looks: '\\d{1,2}\\.?[ -](?:de )?\\p{L}{3,10}\\.?,?[ -](?:de )?\\d{4}' },
  'd MMM yy': { strptime: '%d %b %y', looks: '\\d{1,2}[ -]\\p{L}{3}\\.?[ -]\\d{2}' },
  'MMM d yyyy': { strptime: '%d %b %Y', looks: '\\p{L}{3,10}\\.? \\d{1,2},? \\d{4}' },
}

const clocks = ['%H:%M:%S', '%H:%M', '%I:%M:%S %p', '%I:%M %p']
const clockLooks = '[ T]\\d{1,2}:\\d{2}(?::\\d{2})?(?: ?[AaPp]\\.?[Mm]\\.?)?'

export type DateFormat = string

interface KnownFormat {
  readonly looks: RegExp
  readonly timed: boolean
}

const isoDay = '(?:1[5-9]|2[01])\\d{2}-\\d{1,2}-\\d{1,2}'
const zone = '(?:\\.\\d+)?(?: ?UTC| ?GMT|Z| ?[+-]\\d{2}(?::?\\d{2})?)?'

/** "Tuesday, January 01, 2019" and "Mon 03/06/2017": the name of the day says nothing that the date does not. */
const weekdayMark = 'EEE '
const weekdayLooks = '\\p{L}{2,10}\\.?,? '

const known = new Map<string, KnownFormat>([
  ['yyyyMMdd', { looks: /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/, timed: false }],
  ['yyyy-MM-dd', { looks: new RegExp(`^${isoDay}$`), timed: false }],
  [
    'yyyyMMddHHmmss',
    { looks: /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d$/, timed: true },
  ],
  ['yyyy-MM', { looks: /^(19|20)\d{2}-(0[1-9]|1[0-2])$/, timed: false }],
  ['yyyy-MM-dd HH:mm:ss', { looks: new RegExp(`^${isoDay}(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2})?${zone})?$`), timed: true }],
  ...Object.entries(dayFormats).flatMap(([name, { looks }]): [string, KnownFormat][] => [
    [name, { looks: new RegExp(`^${looks}$`, 'u'), timed: false }],
    [`${name} H:mm`, { looks: new RegExp(`^${looks}(?:${clockLooks})?$`, 'u'), timed: true }],
    [`${weekdayMark}${name}`, { looks: new RegExp(`^${weekdayLooks}${looks}$`, 'u'), timed: false }],
    [
      `${weekdayMark}${name} H:mm`,
      { looks: new RegExp(`^${weekdayLooks}${looks}(?:${clockLooks})?$`, 'u'), timed: true },
    ],
  ]),
])

/**
 * Formats that at least nine in ten of the samples (or the share in `least`) look like, the best fitting first; among equals days before
 * times and month first before day first. A timed format needs a clock in one of the samples.
 */
export function candidateFormats(samples: readonly string[], least = 0.9): DateFormat[] {
  if (samples.length === 0) return []
  const withClock = samples.some((sample) => /\d:\d{2}|^\d{14}$/.test(sample))
  const withWeekday = samples.some((sample) => /^\p{L}{2,10}\.?,? (?:\d|\p{L}{3,10}\.? \d)/u.test(sample))
  return [...known]
    .filter(([name, { timed }]) => (!timed || withClock) && (!name.startsWith(weekdayMark) || withWeekday))
    .map(([name, { looks }]) => ({
      name,
      share: samples.filter((sample) => looks.test(sample)).length / samples.length,
    }))
    .filter(({ share }) => share >= least)
    .sort((one, other) => other.share - one.share)
    .map(({ name }) => name)
}

/** Two formats, either in a tenth of the values or more, that nine in ten of them look like together. */
export function twoFormatsOf(values: readonly string[]): DateFormat | undefined {
  const [first] = candidateFormats(values, 0.1)
  const looks = known.get(first ?? '')?.looks
  if (first === undefined || looks === undefined) return undefined
  const others = values.filter((value) => !looks.test(value))
  const second = others.length < values.length * 0.1 ? undefined : secondFormatOf(others, first)
  return second === undefined || second.startsWith('epoch') ? undefined : `also:${second}|${first}`
}

/** Numbers that count time from a fixed start, believed only where the header speaks of time. */
export function numericFormat(samples: readonly string[]): DateFormat | undefined {
  const numbers = samples.map(Number)
  if (numbers.length === 0 || !samples.every((sample) => /^\d+(\.\d+)?$/.test(sample))) return undefined
  const within = (from: number, to: number): boolean => numbers.every((number) => number >= from && number <= to)
  // 2009–2049 as days of a spreadsheet, 2001–2100 as seconds or milliseconds since 1970.
  if (within(39_814, 54_789)) return 'excelDays'
  if (!numbers.every(Number.isInteger)) return undefined
  if (within(978_307_200, 4_102_444_800)) return 'epochSeconds'
  if (within(978_307_200_000, 4_102_444_800_000)) return 'epochMilliseconds'
  return undefined
}

export function isTimed(format: string): boolean {
  const second = secondFormat(format)
  if (second !== undefined && isTimed(second)) return true
  return known.get(innerFormat(format))?.timed ?? format.startsWith('epoch')
}

/** The other order of day and month, for formats that have one. */
export function otherOrder(format: DateFormat): DateFormat | undefined {
  if (format.startsWith(weekdayMark)) {
    const other = otherOrder(format.slice(weekdayMark.length))
    return other === undefined ? undefined : weekdayMark + other
  }
  const swapped = /^M[/.-]d/.test(format) ? format.replace(/^M(.)d/, 'd$1M') : format.replace(/^d([/.-])M(?!M)/, 'M$1d')
  return swapped !== format && known.has(swapped) ? swapped : undefined
}

export const isMonthFirst = (format: string): boolean => /^(EEE )?M[/.-]d/.test(format)

/** `mixed:F`, `swapped:F`, `either:F`, `serials:F` and `also:G|F` without what stands in front. */
export function innerFormat(format: string): DateFormat {
  return format.replace(/^(?:(?:mixed|swapped|either|serials):|also:[^|]*\|)/, '')
}

/** The second format of a column written in two. */
export function secondFormat(format: string): DateFormat | undefined {
  return /^also:([^|]*)\|/.exec(format)?.[1]
}

/** The format of a column that has an order of day and month: of two the first that has one. */
export function orderedFormat(format: string): DateFormat {
  const [inner, second] = [innerFormat(format), secondFormat(format)]
  return second === undefined || otherOrder(inner) !== undefined ? inner : second
}

/** Two formats with the other order of day and month, wherever they have one. */
export function otherOrders(format: string): DateFormat | undefined {
  const [inner, second] = [innerFormat(format), secondFormat(format) ?? '']
  const [otherInner, otherSecond] = [otherOrder(inner), otherOrder(second)]
  if (otherInner === undefined && otherSecond === undefined) return undefined
  return `also:${otherSecond ?? second}|${otherInner ?? inner}`
}

/** A format that values read by no other format agree on; days of a spreadsheet are told apart elsewhere. */
export function secondFormatOf(values: readonly string[], first: DateFormat): DateFormat | undefined {
  if (innerFormat(first) !== first) return undefined
  const found = candidateFormats(values)[0] ?? numericFormat(values)
  if (found === undefined || found === 'excelDays' || found === 'yyyy-MM') return undefined
  // Both are written by the same habit.
  const isOther = otherOrder(first) !== undefined && isMonthFirst(first) !== isMonthFirst(found)
  return (isOther ? otherOrder(found) : undefined) ?? found
}

/**
 * A text as TIMESTAMP, NULL where it does not fit. `mixed:F` also reads ISO days (date cells of a workbook) beside
 * texts in F; `swapped:F` reads those ISO days with day and month exchanged; `either:F` reads in the other order of
 * day and month what F does not fit; `serials:F` reads the days of a spreadsheet (43466) beside texts in F; `also:G|F`
 * reads in G what F does not fit.
 */
export function parseDate(text: Sql, format: string): Sql {
  const inner = innerFormat(format)
  if (format.startsWith('mixed:')) return sql`coalesce(${parseIso(text)}, ${byFormat(text, inner)})`
  if (format.startsWith('swapped:')) {
    return sql`coalesce(try_strptime(${text}, ['%Y-%d-%m', '%Y-%d-%m %H:%M:%S']), ${byFormat(text, inner)})`
  }
  if (format.startsWith('either:')) {
    return sql`coalesce(${byFormat(text, inner)}, ${byFormat(text, otherOrder(inner) ?? inner)})`
  }
  if (format.startsWith('serials:')) {
    return sql`CASE WHEN regexp_full_match(${text}, ${serialDay}) THEN ${byFormat(text, 'excelDays')} ELSE ${byFormat(text, inner)} END`
  }
  const second = secondFormat(format)
  if (second !== undefined) return sql`coalesce(${byFormat(text, inner)}, ${byFormat(text, second)})`
  return byFormat(text, inner)
}

/** A day of a spreadsheet, 1954 to 2091, among dates. */
export const serialDay = '[2-6]\\d{4}(\\.\\d+)?'

function byFormat(text: Sql, format: string): Sql {
  switch (format) {
    case 'yyyyMMdd':
      return sql`CASE WHEN length(${text}) = 8 THEN try_strptime(${text}, '%Y%m%d') END`
    case 'yyyyMMddHHmmss':
      return sql`CASE WHEN length(${text}) = 14 THEN try_strptime(${text}, '%Y%m%d%H%M%S') END`
    case 'yyyy-MM':
      return sql`try_strptime(${text}, '%Y-%m')`
    case 'excelDays':
      return countedFrom(sql`TIMESTAMP '1899-12-30'`, text, 86_400, 2_958_465)
    case 'epochSeconds':
      return countedFrom(sql`TIMESTAMP '1970-01-01'`, text, 1, 253_402_300_799)
    case 'epochMilliseconds':
      return countedFrom(sql`TIMESTAMP '1970-01-01'`, text, 0.001, 253_402_300_799_999)
    default:
      return byDayFormat(text, format)
  }
}

/** A start and so many units of time after it, up to the year 9999: beyond it the sum would fail instead of being NULL. */
function countedFrom(start: Sql, text: Sql, unitSeconds: number, most: number): Sql {
  const units = sql`TRY_CAST(${text} AS DOUBLE)`
  return sql`CASE WHEN ${units} BETWEEN 0 AND ${most} THEN ${start} + to_milliseconds(CAST(round(${units} * ${unitSeconds * 1000}) AS BIGINT)) END`
}

function byDayFormat(text: Sql, format: string): Sql {
  if (format.startsWith(weekdayMark)) {
    const day = sql`regexp_replace(${text}, ${raw(`'^${weekdayLooks}'`)}, '')`
    return byDayFormat(day, format.slice(weekdayMark.length))
  }
  const timed = / (H|h):mm/.test(format)
  const day = dayFormats[format.replace(/ [Hh]:mm(:ss)?( a)?$/, '')]
  if (day === undefined) return parseIso(text)
  const written = format.includes('MMM') ? withShortEnglishMonth(text) : text
  const patterns = timed ? [...clocks.map((clock) => `${day.strptime} ${clock}`), day.strptime] : [day.strptime]
  const list = raw(`[${patterns.map((pattern) => `'${pattern}'`).join(', ')}]`)
  const parsed = timed
    ? sql`try_strptime(replace(${written}, 'T', ' '), ${list})`
    : sql`try_strptime(${written}, ${list})`
  // DuckDB reads the year of 1/2/19 as 19 where four digits are asked for.
  return day.strptime.includes('%Y') ? sql`CASE WHEN regexp_matches(${text}, '\\d{4}') THEN ${parsed} END` : parsed
}

/**
 * The first 19 characters are the clock of the place, whatever zone stands behind it; see `zoneOffset` for that.
 * Where the clock is shorter than that, what stands behind it is taken away first. DuckDB would also read years of
 * six digits, years before Christ and "infinity", which nothing else can show.
 */
function parseIso(text: Sql): Sql {
  const bare = sql`regexp_replace(${text}, ${raw(`'${zone}$'`)}, '')`
  const hasYear = sql`strpos('-/ \\', substr(${text}, 5, 1)) > 0 AND NOT ends_with(${text}, ')')`
  return sql`CASE WHEN ${hasYear} THEN coalesce(TRY_CAST(left(${text}, 19) AS TIMESTAMP), TRY_CAST(${bare} AS TIMESTAMP)) END`
}

const writtenZone = ':\\d{2}(?:\\.\\d+)? ?(UTC|GMT|Z|[+-]\\d{2}(?::?\\d{2})?)$'

/** The zone written behind a clock, `UTC` or `+03:00`; an empty text where there is none. */
export function zoneText(text: Sql): Sql {
  return sql`regexp_extract(${text}, ${raw(`'${writtenZone}'`)}, 1)`
}

/** Whether a zone as `zoneText` gives it means UTC. */
export function isUtc(zoneWritten: Sql): Sql {
  return sql`regexp_full_match(${zoneWritten}, 'UTC|GMT|Z|[+-]00(:?00)?')`
}

/** The seconds that the clock of a text is ahead of UTC, NULL where the text does not say. */
export function zoneOffset(text: Sql): Sql {
  const written = zoneText(text)
  const part = (from: number): Sql =>
    sql`coalesce(TRY_CAST(substr(replace(${written}, ':', ''), ${raw(String(from))}, 2) AS INTEGER), 0)`
  return sql`
    CASE
      WHEN ${written} = '' THEN NULL
      WHEN ${isUtc(written)} THEN 0
      ELSE CASE WHEN starts_with(${written}, '-') THEN -1 ELSE 1 END * (${part(2)} * 3600 + ${part(4)} * 60)
    END`
}

/** Three letters of the month where they are not the English ones: Spanish, Portuguese, German, French, Italian. */
const foreignMonths = {
  ene: 'jan',
  gen: 'jan',
  fev: 'feb',
  mrz: 'mar',
  mae: 'mar',
  abr: 'apr',
  avr: 'apr',
  mai: 'may',
  mag: 'may',
  giu: 'jun',
  lug: 'jul',
  ago: 'aug',
  aou: 'aug',
  set: 'sep',
  out: 'oct',
  okt: 'oct',
  ott: 'oct',
  dic: 'dec',
  dez: 'dec',
} as const

/** "3. de enero de 2019", "January 3, 2019" and "3-Jan-19" as "3 jan 2019". */
function withShortEnglishMonth(text: Sql): Sql {
  const plain = sql`strip_accents(lower(${text}))`
  const dayFirst = sql`regexp_replace(${plain}, '^(\\d{1,2})\\.?[ -](?:de )?([a-z]{3})[a-z]*\\.?,?[ -](?:de )?(\\d{2,4})', '\\1 \\2 \\3')`
  const both = sql`regexp_replace(${dayFirst}, '^([a-z]{3})[a-z]*\\.? (\\d{1,2}),? (\\d{4})', '\\2 \\1 \\3')`
  return Object.entries(foreignMonths).reduce<Sql>(
    (written, [theirs, english]) => sql`replace(${written}, ${raw(`' ${theirs} '`)}, ${raw(`' ${english} '`)})`,
    both,
  )
}
