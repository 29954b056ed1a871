import { z } from 'zod'
import type { Choice, ColumnDescription, Finding } from '../../../shared/description'
import type { ColumnType, ReadColumn } from '../../../shared/project'
import { join, raw, type Sql, sql, toReadable } from '../../../shared/sql'
import { candidateFormats, isDateFormat, isMonthFirst, isTimed, otherOrder, parseDate } from './dateFormats'
import { type ImportWork, runCancellable } from './work'

/** Texts that mean "nothing" where a number or a date is expected. */
const blankWords = ['', '-', '--', 'na', 'n/a', 'nan', 'null', 'none', 'select', '#n/a', '.', '?']

/** The column `c<index>` of a relation of texts, trimmed, empty as NULL. */
export const cell = (index: number): Sql => raw(`nullif(trim(c${index}), '')`)

const valued = (index: number): Sql =>
  raw(
    `CASE WHEN lower(trim(c${index})) IN (${blankWords.map((word) => `'${word}'`).join(', ')}) THEN NULL ELSE trim(c${index}) END`,
  )

const moneySigns = '$€£¥₹'
const moneyCodes = [
  'USD',
  'EUR',
  'GBP',
  'CHF',
  'JPY',
  'INR',
  'MXN',
  'CAD',
  'AUD',
  'BRL',
  'ARS',
  'CLP',
  'COP',
  'PEN',
  'UYU',
].join('|')
/** A number with a currency sign or code, a percent sign, thousands or brackets around it; never a code such as STA-004. */
const dressedNumber = new RegExp(
  `^\\(?-?\\s?(?:[${moneySigns}]|${moneyCodes})?\\s?-?(?:0|[1-9]\\d*|[1-9]\\d{0,2}(?:[.,]\\d{3})+)(?:[.,]\\d+)?\\s?(?:[${moneySigns}%]|${moneyCodes})?\\)?$`,
)

/** A text as a number: `decimal` names the sign; currency format drops signs, blanks and brackets. */
function toNumber(
  text: Sql,
  column: Pick<ReadColumn, 'decimal' | 'format'>,
  type: 'BIGINT' | 'DECIMAL(18,6)' | 'DOUBLE',
): Sql {
  const dressed = column.format === 'currency' || column.format === 'currency double'
  const bare = dressed
    ? sql`regexp_replace(regexp_replace(${text}, '^\\((.*)\\)$', '-\\1'), '[\\s $€£¥₹%]|[A-Z]{3}', '', 'g')`
    : text
  const pointed =
    column.decimal === ','
      ? sql`replace(replace(${bare}, '.', ''), ',', '.')`
      : dressed
        ? sql`replace(${bare}, ',', '')`
        : bare
  return sql`TRY_CAST(${pointed} AS ${raw(type)})`
}

/** The typed value of a column, as it enters its table. */
export function typedValue(index: number, column: ReadColumn): Sql {
  switch (column.type) {
    case 'text':
      return column.format === 'entities' ? decodeEntities(cell(index)) : cell(index)
    case 'id':
    case 'empty':
      return cell(index)
    case 'integer':
      return toNumber(valued(index), column, 'BIGINT')
    case 'decimal':
      return toNumber(valued(index), column, column.format?.endsWith('double') ? 'DOUBLE' : 'DECIMAL(18,6)')
    case 'date':
      return sql`CAST(${parseDate(valued(index), column.format ?? '')} AS DATE)`
    case 'timestamp':
      return parseDate(valued(index), column.format ?? '')
    case 'flag':
      return sql`TRY_CAST(${valued(index)} AS INTEGER)`
    default:
      return column.type satisfies never
  }
}

const entities = [
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&apos;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
] as const

function decodeEntities(text: Sql): Sql {
  return entities.reduce<Sql>((decoded, [entity, character]) => sql`replace(${decoded}, ${entity}, ${character})`, text)
}

interface Candidate {
  readonly type: ColumnType
  readonly format?: string
  readonly decimal?: '.' | ','
}

/** What the first rows suggest; the scan over all rows confirms it or falls back to text. */
function suggest(name: string, samples: readonly string[]): Candidate {
  const values = samples.map((sample) => sample.trim()).filter((sample) => !blankWords.includes(sample.toLowerCase()))
  if (values.length === 0) return { type: samples.some((sample) => sample.trim() !== '') ? 'text' : 'empty' }
  const share = (pattern: RegExp): number => values.filter((value) => pattern.test(value)).length / values.length
  const dates = candidateFormats(values)
  const first = dates[0]
  if (first !== undefined && !(first === 'yyyyMMdd' && isIdName(name)))
    return { type: isTimed(first) ? 'timestamp' : 'date', format: first }
  const mixed = mixedDates(values)
  if (mixed !== undefined) return mixed
  if (share(/^[01]$/) === 1 && values.length > 20 && !isIdName(name) && new Set(values).size === 2)
    return { type: 'flag' }
  if (share(/^[-+]?\d+$/) >= 0.9) {
    const idLike =
      isIdName(name) ||
      values.some((value) => /^0\d+$/.test(value)) ||
      values.filter((value) => value.length > 15).length > values.length / 2
    return { type: idLike ? 'id' : 'integer' }
  }
  if (isIdName(name) && share(/^[-+]?[\d.eE+]+$/) >= 0.9) return { type: 'id' }
  if (share(/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/) >= 0.9) return { type: 'decimal' }
  if (share(/^[-+]?(\d{1,3}(\.\d{3})+|\d+),\d+$|^[-+]?\d+$/) >= 0.9 && share(/,/) > 0.2)
    return { type: 'decimal', decimal: ',' }
  if (!isIdName(name) && share(dressedNumber) >= 0.9) {
    const comma = share(/,\d{1,2}\D*$/) > 0.2 && share(/\.\d{1,2}\D*$/) < 0.05
    return { type: 'decimal', format: 'currency', ...(comma ? { decimal: ',' as const } : {}) }
  }
  if (isIdName(name)) return { type: 'id' }
  return { type: 'text' }
}

/** Date cells of a workbook (ISO here) beside dates written as text. */
function mixedDates(values: readonly string[]): Candidate | undefined {
  const iso = values.filter((value) => /^\d{4}-\d{2}-\d{2}$/.test(value))
  const other = values.filter((value) => !/^\d{4}-\d{2}-\d{2}$/.test(value))
  if (iso.length === 0 || other.length === 0) return undefined
  const format = candidateFormats(other)[0]
  return format === undefined || isTimed(format) ? undefined : { type: 'date', format: `mixed:${format}` }
}

/** A header that names an identifier. */
export function isIdName(name: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
    .trim()
  if (/\b(date|fecha|time|hora|status|state|price|amount|email|name)\b/.test(words)) return false
  return (
    /\b(u?id|uuid|guid|sku|ean|upc|asin)\b|\b(key|code|codigo|no|nr|num|number|numero)$|^(order|invoice|transaction|pedido|factura|stock ?code|invoice ?no)$/.test(
      words,
    ) && !/^number of/.test(words)
  )
}

const scanSchema = z.record(z.string(), z.union([z.number(), z.string(), z.null()]))

export interface SniffedColumns {
  readonly rows: number
  readonly columns: readonly ColumnDescription[]
  readonly read: readonly ReadColumn[]
  readonly findings: readonly Finding[]
  readonly choices: readonly Choice[]
}

/** Decides the type of every column over all rows, in one scan of the relation. */
export async function sniffColumns(
  work: ImportWork,
  relation: Sql,
  table: string,
  headers: readonly string[],
): Promise<SniffedColumns> {
  const names = uniqueNames(headers)
  const samples = await firstValues(work, relation, names.length)
  const candidates = names.map((name, index) => suggest(name, samples[index] ?? []))
  const counts = await scan(work, relation, candidates)
  const number = (key: string): number => Number(counts[key] ?? 0)
  const findings: Finding[] = []
  const choices: Choice[] = []
  const read: ReadColumn[] = []
  const columns: ColumnDescription[] = []
  for (const [index, name] of names.entries()) {
    const filled = number(`filled${index}`)
    const decided = decide(candidates[index] ?? { type: 'text' }, {
      filled,
      valued: number(`valued${index}`),
      fits: number(`fits${index}`),
      other: number(`other${index}`),
      decimals: number(`decimals${index}`),
      finer: number(`finer${index}`),
      iso: number(`iso${index}`),
      isoLateDays: number(`late${index}`),
      spanDays: number(`span${index}`),
      otherSpanDays: number(`otherspan${index}`),
      swappedDistinct: number(`swapdistinct${index}`),
      swappedSpanDays: number(`swapspan${index}`),
      distinct: number(`distinct${index}`),
    })
    const column = {
      name,
      type: decided.type,
      ...(decided.format === undefined ? {} : { format: decided.format }),
      ...(decided.decimal === undefined ? {} : { decimal: decided.decimal }),
    }
    const header = headers[index] ?? ''
    const say = (
      finding: Pick<Finding, 'id' | 'severity' | 'title' | 'count' | 'unit' | 'treatment'> & {
        examples?: readonly string[]
      },
    ): void => {
      findings.push({ examples: [], ...finding, table, column: name })
    }
    if (header !== header.trim() && header.trim() !== '')
      say({
        id: 'headerBlanks',
        severity: 'info',
        title: 'Blank around a header',
        count: 1,
        unit: 'column',
        treatment: 'Trimmed',
        examples: [header],
      })
    if (header.trim() === '')
      say({
        id: 'headerMissing',
        severity: 'info',
        title: 'Column without a name',
        count: 1,
        unit: 'column',
        treatment: `Called "${name}"`,
      })
    if (number(`entities${index}`) > 0 && column.type === 'text') {
      column.format = 'entities'
      say({
        id: 'entities',
        severity: 'info',
        title: 'HTML entities',
        count: number(`entities${index}`),
        unit: 'rows',
        treatment: 'Decoded',
      })
    }
    if (number(`blankwords${index}`) > 0) {
      const treated = column.type === 'text' || column.type === 'id' ? 'Kept as text' : 'Treated as missing'
      say({
        id: 'blankWords',
        severity: 'info',
        title: 'Words for "nothing"',
        count: number(`blankwords${index}`),
        unit: 'rows',
        treatment: treated,
      })
    }
    if (column.type === 'id' && number(`scientific${index}`) > 0) {
      say({
        id: 'scientificIds',
        severity: 'serious',
        title: 'Ids in scientific notation: digits are lost',
        count: number(`scientific${index}`),
        unit: 'rows',
        treatment: 'Ask for the original file; counts by this id are wrong',
      })
    }
    if (column.format === 'yyyyMMdd')
      say({
        id: 'integerDates',
        severity: 'info',
        title: 'Dates written as numbers',
        count: filled,
        unit: 'rows',
        treatment: 'Read as year, month, day',
      })
    if (decided.unreadable > 0)
      say({
        id: 'unreadable',
        severity: 'warning',
        title: `Cells that are no ${column.type === 'date' || column.type === 'timestamp' ? 'date' : 'number'}`,
        count: decided.unreadable,
        unit: 'cells',
        treatment: 'Left empty',
      })
    if (decided.order !== undefined) {
      choices.push(dateOrderChoice(table, name, decided.order))
      say({
        id: 'dateOrder',
        severity: 'warning',
        title: 'Day and month cannot be told apart',
        count: filled,
        unit: 'rows',
        treatment: 'See the choice',
      })
    }
    if (decided.swapped !== undefined) {
      choices.push(swappedChoice(table, name, decided.swapped, number(`iso${index}`)))
      say({
        id: 'swappedDays',
        severity: 'serious',
        title: 'Day and month swapped in date cells',
        count: number(`iso${index}`),
        unit: 'cells',
        treatment: decided.swapped === 'repair' ? 'Swapped back' : 'See the choice',
      })
    }
    read.push(column)
    columns.push({
      name,
      original: header,
      type: column.type,
      format: column.format ?? null,
      samples: (samples[index] ?? []).slice(0, 5),
      missing: number('rows') - filled,
      distinct: number(`distinct${index}`),
      role: null,
    })
  }
  return { rows: number('rows'), columns, read, findings, choices }
}

interface Counts {
  readonly filled: number
  readonly valued: number
  readonly fits: number
  readonly other: number
  readonly decimals: number
  readonly finer: number
  readonly iso: number
  readonly isoLateDays: number
  readonly spanDays: number
  readonly otherSpanDays: number
  readonly swappedDistinct: number
  readonly swappedSpanDays: number
  readonly distinct: number
}

interface Decision extends Candidate {
  readonly unreadable: number
  /** The order taken where both are possible. */
  readonly order?: 'monthFirst' | 'dayFirst'
  readonly swapped?: 'repair' | 'keep'
}

/** At most this share of cells may be unreadable before a column is taken for text. */
const toleratedShare = 0.05

function decide(candidate: Candidate, counts: Counts): Decision {
  const { type } = candidate
  if (counts.filled === 0) return { type: 'empty', unreadable: 0 }
  if (type === 'text' || type === 'id' || type === 'empty')
    return { type: type === 'empty' ? 'text' : type, unreadable: 0 }
  if (type === 'date' || type === 'timestamp') return decideDate(candidate, counts)
  const failing = counts.valued - counts.fits
  if (type === 'integer' || type === 'flag') {
    if (failing === 0) return { type, unreadable: 0 }
    if (counts.valued - counts.decimals <= counts.valued * toleratedShare && counts.decimals > counts.fits) {
      return {
        type: 'decimal',
        ...(counts.finer > 0 ? { format: 'double' } : {}),
        unreadable: counts.valued - counts.decimals,
      }
    }
    return failing <= counts.valued * toleratedShare
      ? { type: 'integer', unreadable: failing }
      : { type: 'text', unreadable: 0 }
  }
  if (failing > counts.valued * toleratedShare) return { type: 'text', unreadable: 0 }
  const format = [candidate.format, counts.finer > 0 ? 'double' : undefined]
    .filter((part) => part !== undefined)
    .join(' ')
  return {
    type,
    ...(format === '' ? {} : { format }),
    ...(candidate.decimal === undefined ? {} : { decimal: candidate.decimal }),
    unreadable: failing,
  }
}

function decideDate(candidate: Candidate, counts: Counts): Decision {
  const { type, format = '' } = candidate
  const inner = format.startsWith('mixed:') ? format.slice('mixed:'.length) : format
  const swap = otherInner(inner)
  const best = Math.max(counts.fits, swap === undefined ? 0 : counts.other)
  if (counts.valued - best > counts.valued * toleratedShare) return { type: 'text', unreadable: 0 }
  const unreadable = counts.valued - best
  const prefix = format.startsWith('mixed:') ? 'mixed:' : ''
  if (swap === undefined) return { type, format, unreadable }
  const taken = counts.other > counts.fits ? swap : inner
  if (prefix !== '' && counts.isoLateDays === 0 && isMonthFirst(taken) && counts.fits !== counts.other) {
    const repaired = counts.swappedDistinct === counts.swappedSpanDays + 1 || counts.swappedDistinct > counts.distinct
    return {
      type,
      format: `${repaired ? 'swapped' : 'mixed'}:${taken}`,
      unreadable,
      swapped: repaired ? 'repair' : 'keep',
    }
  }
  if (counts.fits === counts.other) {
    // Neither order is proved. The one whose dates lie closer together is taken, and the analyst is asked.
    const monthFirst = isMonthFirst(inner)
      ? counts.spanDays <= counts.otherSpanDays
      : counts.otherSpanDays <= counts.spanDays
    const chosen = monthFirst === isMonthFirst(inner) ? inner : swap
    return { type, format: prefix + chosen, unreadable, order: monthFirst ? 'monthFirst' : 'dayFirst' }
  }
  return { type, format: prefix + taken, unreadable }
}

function otherInner(inner: string): string | undefined {
  return isDateFormat(inner) ? otherOrder(inner) : undefined
}

async function firstValues(work: ImportWork, relation: Sql, width: number): Promise<string[][]> {
  const list = Array.from({ length: width }, (_, index) => `c${index}`).join(', ')
  const reader = await runCancellable(work, 'reading the first rows', () =>
    work.connection.runAndReadAll(toReadable(sql`SELECT ${raw(list)} FROM ${relation} LIMIT 2000`)),
  )
  const columns = reader.getColumns()
  return columns.map((values) =>
    values
      .filter((value) => value !== null)
      .map(String)
      .filter((value) => value.trim() !== ''),
  )
}

async function scan(
  work: ImportWork,
  relation: Sql,
  candidates: readonly Candidate[],
): Promise<Record<string, number | string | null>> {
  const parts = candidates.flatMap((candidate, index) =>
    countsOf(candidate, index).map(([name, value]) => sql`${value} AS ${raw(`"${name}${index}"`)}`),
  )
  const reader = await runCancellable(work, 'looking at every row', () =>
    work.connection.runAndReadAll(
      toReadable(sql`SELECT count(*)::DOUBLE AS rows, ${join(parts, ', ')} FROM ${relation}`),
    ),
  )
  return scanSchema.parse(reader.getRowObjectsJS()[0] ?? {})
}

const countOf = (value: Sql): Sql => sql`count(${value})::DOUBLE`
const spanOf = (value: Sql): Sql =>
  sql`coalesce(date_diff('day', min(CAST(${value} AS DATE)), max(CAST(${value} AS DATE))), 0)::DOUBLE`

function countsOf(candidate: Candidate, index: number): [string, Sql][] {
  const value = valued(index)
  const text = cell(index)
  const common: [string, Sql][] = [
    ['filled', countOf(text)],
    ['distinct', sql`count(DISTINCT ${text})::DOUBLE`],
    ['valued', countOf(value)],
    ['blankwords', sql`(count(${text}) - count(${value}))::DOUBLE`],
  ]
  switch (candidate.type) {
    case 'text':
      return [
        ...common,
        [
          'entities',
          sql`count(CASE WHEN regexp_matches(${text}, '&(quot|amp|lt|gt|apos|nbsp|#39);') THEN 1 END)::DOUBLE`,
        ],
      ]
    case 'id':
      return [
        ...common,
        ['scientific', sql`count(CASE WHEN regexp_full_match(${text}, '\\d(\\.\\d+)?[eE]\\+\\d+') THEN 1 END)::DOUBLE`],
      ]
    case 'empty':
      return common
    case 'integer':
    case 'flag':
      return [
        ...common,
        [
          'fits',
          countOf(
            sql`TRY_CAST(CASE WHEN ${value} LIKE '%.%' OR lower(${value}) LIKE '%e%' THEN NULL ELSE ${value} END AS BIGINT)`,
          ),
        ],
        ['decimals', countOf(sql`TRY_CAST(${value} AS DOUBLE)`)],
        ['finer', finerThanCents(value, {})],
      ]
    case 'decimal':
      return [
        ...common,
        ['fits', countOf(toNumber(value, candidate, 'DOUBLE'))],
        ['finer', finerThanCents(value, candidate)],
      ]
    case 'date':
    case 'timestamp':
      return [...common, ...dateCounts(candidate.format ?? '', value)]
    default:
      return candidate.type satisfies never
  }
}

/** Numbers that six decimals cannot hold. */
function finerThanCents(value: Sql, candidate: Pick<Candidate, 'format' | 'decimal'>): Sql {
  const column = {
    ...(candidate.format === undefined ? {} : { format: candidate.format }),
    ...(candidate.decimal === undefined ? {} : { decimal: candidate.decimal }),
  }
  const wide = toNumber(value, column, 'DOUBLE')
  const narrow = toNumber(value, column, 'DECIMAL(18,6)')
  return sql`count(CASE WHEN ${wide} IS NOT NULL AND (${narrow} IS NULL OR abs(${narrow}::DOUBLE - ${wide}) > 1e-9 * greatest(1, abs(${wide}))) THEN 1 END)::DOUBLE`
}

function dateCounts(format: string, value: Sql): [string, Sql][] {
  const parsed = parseDate(value, format)
  const prefix = format.startsWith('mixed:') ? 'mixed:' : ''
  const inner = format.slice(prefix.length)
  const swap = otherInner(inner)
  const counts: [string, Sql][] = [['fits', countOf(parsed)]]
  if (swap !== undefined) {
    const other = parseDate(value, prefix + swap)
    counts.push(['other', countOf(other)], ['span', spanOf(parsed)], ['otherspan', spanOf(other)])
  }
  if (prefix !== '') {
    const swapped = parseDate(value, `swapped:${isMonthFirst(inner) ? inner : (swap ?? inner)}`)
    const iso = sql`regexp_full_match(${value}, '\\d{4}-\\d{2}-\\d{2}')`
    counts.push(
      ['iso', sql`count(CASE WHEN ${iso} THEN 1 END)::DOUBLE`],
      ['late', sql`count(CASE WHEN ${iso} AND TRY_CAST(right(${value}, 2) AS INTEGER) > 12 THEN 1 END)::DOUBLE`],
      ['swapdistinct', sql`count(DISTINCT ${swapped})::DOUBLE`],
      ['swapspan', spanOf(swapped)],
    )
  }
  return counts
}

function dateOrderChoice(table: string, column: string, chosen: 'monthFirst' | 'dayFirst'): Choice {
  return {
    key: `${table}.${column}.dateOrder`,
    question: `Is ${column} written month first or day first?`,
    why: 'No value has a part above 12, so both readings are possible. The one whose dates lie closer together is taken.',
    options: [
      { key: 'monthFirst', label: 'Month first', rule: '1/2/2019 is 2 January', total: null },
      { key: 'dayFirst', label: 'Day first', rule: '1/2/2019 is 1 February', total: null },
    ],
    chosen,
    decidedBy: 'default',
  }
}

function swappedChoice(table: string, column: string, chosen: 'repair' | 'keep', cells: number): Choice {
  return {
    key: `${table}.${column}.swappedDays`,
    question: `Were day and month swapped in ${cells} date cells of ${column}?`,
    why: 'The other cells are text, month first, and no date cell has a day above 12: a spreadsheet read month-first text as day-first dates.',
    options: [
      { key: 'repair', label: 'Swap them back', rule: 'The date cell 1 Feb is 2 January', total: null },
      { key: 'keep', label: 'Believe the cells', rule: 'The date cell 1 Feb is 1 February', total: null },
    ],
    chosen,
    decidedBy: 'default',
  }
}

/** Trimmed names, empty ones numbered, repeated ones told apart. */
function uniqueNames(headers: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return headers.map((header, index) => {
    const base = header.replace(/\s+/g, ' ').trim() || `column ${index + 1}`
    const key = base.toLowerCase()
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count === 1 && key !== 'source_row' ? base : `${base} ${count + (key === 'source_row' ? 1 : 0)}`
  })
}
