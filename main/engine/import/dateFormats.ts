import { raw, type Sql, sql } from '../../../shared/sql'

/** Date formats by the name kept in a project: how DuckDB reads them, and what a value must look like. */
const formats = {
  yyyyMMdd: { strptime: '%Y%m%d', looks: /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/, timed: false },
  'yyyy-MM-dd': { strptime: '%Y-%m-%d', looks: /^\d{4}-\d{1,2}-\d{1,2}$/, timed: false },
  'yyyy/MM/dd': { strptime: '%Y/%m/%d', looks: /^\d{4}\/\d{1,2}\/\d{1,2}$/, timed: false },
  'yyyy-MM-dd HH:mm:ss': {
    strptime: '',
    looks: /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?UTC|Z|[+-]\d{2}:?\d{2})?$/,
    timed: true,
  },
  'M/d/yyyy': { strptime: '%m/%d/%Y', looks: /^\d{1,2}\/\d{1,2}\/\d{4}$/, timed: false },
  'd/M/yyyy': { strptime: '%d/%m/%Y', looks: /^\d{1,2}\/\d{1,2}\/\d{4}$/, timed: false },
  'M-d-yyyy': { strptime: '%m-%d-%Y', looks: /^\d{1,2}-\d{1,2}-\d{4}$/, timed: false },
  'd-M-yyyy': { strptime: '%d-%m-%Y', looks: /^\d{1,2}-\d{1,2}-\d{4}$/, timed: false },
  'M.d.yyyy': { strptime: '%m.%d.%Y', looks: /^\d{1,2}\.\d{1,2}\.\d{4}$/, timed: false },
  'd.M.yyyy': { strptime: '%d.%m.%Y', looks: /^\d{1,2}\.\d{1,2}\.\d{4}$/, timed: false },
  'M/d/yy': { strptime: '%m/%d/%y', looks: /^\d{1,2}\/\d{1,2}\/\d{2}$/, timed: false },
  'd/M/yy': { strptime: '%d/%m/%y', looks: /^\d{1,2}\/\d{1,2}\/\d{2}$/, timed: false },
  'M/d/yyyy H:mm': { strptime: '%m/%d/%Y %H:%M', looks: /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}$/, timed: true },
  'd/M/yyyy H:mm': { strptime: '%d/%m/%Y %H:%M', looks: /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}$/, timed: true },
  'M/d/yyyy H:mm:ss': {
    strptime: '%m/%d/%Y %H:%M:%S',
    looks: /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2}$/,
    timed: true,
  },
  'd/M/yyyy H:mm:ss': {
    strptime: '%d/%m/%Y %H:%M:%S',
    looks: /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2}$/,
    timed: true,
  },
  'd.M.yyyy H:mm': { strptime: '%d.%m.%Y %H:%M', looks: /^\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d{2}$/, timed: true },
  'd MMM yyyy': { strptime: '%d %b %Y', looks: /^\d{1,2} [A-Za-z]{3} \d{4}$/, timed: false },
  'd-MMM-yyyy': { strptime: '%d-%b-%Y', looks: /^\d{1,2}-[A-Za-z]{3}-\d{4}$/, timed: false },
  'd-MMM-yy': { strptime: '%d-%b-%y', looks: /^\d{1,2}-[A-Za-z]{3}-\d{2}$/, timed: false },
  'd MMMM yyyy': { strptime: '%d %B %Y', looks: /^\d{1,2} [A-Za-z]{4,} \d{4}$/, timed: false },
  'MMM d, yyyy': { strptime: '%b %d, %Y', looks: /^[A-Za-z]{3} \d{1,2}, \d{4}$/, timed: false },
  'MMMM d, yyyy': { strptime: '%B %d, %Y', looks: /^[A-Za-z]{4,} \d{1,2}, \d{4}$/, timed: false },
} as const

export type DateFormat = keyof typeof formats

/** Formats that at least nine in ten of the samples look like, month-first before day-first. */
export function candidateFormats(samples: readonly string[]): DateFormat[] {
  if (samples.length === 0) return []
  return (Object.keys(formats) as DateFormat[]).filter(
    (name) => samples.filter((sample) => formats[name].looks.test(sample)).length >= samples.length * 0.9,
  )
}

export function isTimed(format: string): boolean {
  return isDateFormat(format) ? formats[format].timed : format.endsWith('ss') || format.endsWith('mm')
}

export function isDateFormat(name: string): name is DateFormat {
  return name in formats
}

/** The other order of day and month, for formats that have one. */
export function otherOrder(format: DateFormat): DateFormat | undefined {
  const swapped = format.startsWith('M') ? format.replace(/^M(.)d/, 'd$1M') : format.replace(/^d(.)M(?!M)/, 'M$1d')
  return swapped !== format && isDateFormat(swapped) ? swapped : undefined
}

export const isMonthFirst = (format: string): boolean => /^M[/.-]d/.test(format)

/**
 * A text as TIMESTAMP, NULL where it does not fit. `mixed:F` also reads ISO days (date cells of a workbook) beside
 * texts in F; `swapped:F` reads those ISO days with day and month exchanged.
 */
export function parseDate(text: Sql, format: string): Sql {
  const [kind, inner] =
    format.includes(':') && !isDateFormat(format)
      ? [format.slice(0, format.indexOf(':')), format.slice(format.indexOf(':') + 1)]
      : ['', format]
  if (kind === 'mixed') return sql`coalesce(${byFormat(text, 'yyyy-MM-dd')}, ${byFormat(text, inner)})`
  if (kind === 'swapped') return sql`coalesce(try_strptime(${text}, '%Y-%d-%m'), ${byFormat(text, inner)})`
  return byFormat(text, inner)
}

function byFormat(text: Sql, format: string): Sql {
  if (!isDateFormat(format)) return sql`TRY_CAST(${text} AS TIMESTAMP)`
  // An instant with a zone: the first 19 characters are the clock of that zone; UTC and Z keep their own.
  if (format === 'yyyy-MM-dd HH:mm:ss') return sql`TRY_CAST(left(${text}, 19) AS TIMESTAMP)`
  if (format === 'yyyyMMdd') return sql`CASE WHEN length(${text}) = 8 THEN try_strptime(${text}, '%Y%m%d') END`
  return sql`try_strptime(${text}, ${raw(`'${formats[format].strptime}'`)})`
}
