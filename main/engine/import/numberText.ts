import type { ReadColumn } from '../../../shared/project'
import { raw, type Sql, sql } from '../../../shared/sql'

const moneySigns = '$€£¥₹₽₩'
const moneyCodes =
  'USD|EUR|GBP|CHF|JPY|CNY|INR|MXN|CAD|AUD|NZD|BRL|ARS|CLP|COP|PEN|UYU|SEK|NOK|DKK|PLN|CZK|RUB|TRY|ZAR|KRW|HKD|SGD'
/** Blanks of every width, which \s of the database does not know, and the apostrophe of Swiss thousands. */
const blank = '[\\s\u00A0\u202F\u2009]'
const apart = "\\s\u00A0\u202F\u2009'’"
const money = `(?:[A-Z]{0,2}[${moneySigns}]|${moneyCodes}|R\\$)`

/** Digits with thousands set apart by one of the signs in `group` and decimals behind one of those in `sign`. */
const digits = (sign: string, group: string): string =>
  `(?:(?:\\d+|\\d{1,3}(?:[${group}]\\d{3})+)(?:[${sign}]\\d*)?|[${sign}]\\d+)`

const dressed = (sign: string, group: string): string =>
  `\\(?[-+−]?${blank}?${money}?${blank}?[-+−]?${digits(sign, group)}${blank}?(?:${money}|%)?[-)]?`

const plain = '[-+]?(?:\\d+|(?:\\d+\\.\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|\\d+[eE][-+]\\d+)'

/** A number with signs, thousands or brackets around it. */
export const dressedNumber = new RegExp(`^${dressed('.,', `.,${apart}`)}$`)

/** Digits with a sign and a decimal point at most. `1e5` is a code: no program writes a number so. */
export const plainNumber = new RegExp(`^${plain}$`)

/** What the database must find in a text before it may read a number from it: it takes 0x10 and 1_0 for numbers too. */
function shapeOf(column: NumberColumn): Sql {
  const isComma = column.decimal === ','
  const shape = isDressed(column)
    ? dressed(isComma ? ',' : '.', (isComma ? '.' : ',') + apart)
    : isComma
      ? `[-+]?${digits(',', '.')}`
      : plain
  return raw(`'${shape.replaceAll("'", "''")}'`)
}

/** A code such as 007 or 00-12, or a product number, is no number although it could be read as one. */
export const leadingZeros = /^[-+]?0\d/

type NumberColumn = Pick<ReadColumn, 'decimal' | 'format'>

export const isDressed = (column: NumberColumn): boolean => column.format?.includes('currency') ?? false

/** A text as a number; NULL where it is none. Values with a percent sign become fractions. */
export function toNumber(text: Sql, column: NumberColumn, type: 'BIGINT' | 'DECIMAL(18,6)' | 'DOUBLE'): Sql {
  return sql`CASE WHEN regexp_full_match(${text}, ${shapeOf(column)}) THEN ${readNumber(text, column, type)} END`
}

function readNumber(text: Sql, column: NumberColumn, type: 'BIGINT' | 'DECIMAL(18,6)' | 'DOUBLE'): Sql {
  if (!isDressed(column)) {
    const pointed = column.decimal === ',' ? sql`replace(replace(${text}, '.', ''), ',', '.')` : text
    return sql`TRY_CAST(${pointed} AS ${raw(type)})`
  }
  const pointed = undress(text, column.decimal ?? '.')
  const number = sql`TRY_CAST(${pointed} AS ${raw(type)})`
  return type === 'BIGINT'
    ? number
    : sql`CASE WHEN contains(${text}, '%') THEN TRY_CAST(TRY_CAST(${pointed} AS DOUBLE) / 100 AS ${raw(type)}) ELSE ${number} END`
}

/** The currency written beside a number, as its sign or code. */
export function currencyOf(text: Sql): Sql {
  return sql`nullif(regexp_extract(${text}, ${raw(`'${money}'`)}), '')`
}

/** The digits of a dressed number with a point as decimal sign and a minus in front. */
function undress(text: Sql, decimal: '.' | ','): Sql {
  const signed = sql`regexp_replace(replace(${text}, '−', '-'), '^\\((.*)\\)$|^(.*)-$', '-\\1\\2')`
  const bare = sql`regexp_replace(${signed}, ${raw(`'[${moneySigns}%${apart.replace("'", "''")}]|[A-Z]+'`)}, '', 'g')`
  return decimal === ',' ? sql`replace(replace(${bare}, '.', ''), ',', '.')` : sql`replace(${bare}, ',', '')`
}

/**
 * What the separators of the values prove. `1.234` proves nothing: it is ambiguous. `0.5`, `1.23`, `1234.5` and
 * `1,234.5` prove a decimal point; `1.234.567` and `1.234,5` prove points between thousands. The same for commas.
 */
export function separatorCounts(text: Sql): Readonly<Record<'unclear' | 'point' | 'comma', Sql>> {
  const digitsOnly = sql`regexp_replace(${text}, ${raw("'[^0-9.,]'")}, '', 'g')`
  const matching = (pattern: string): Sql =>
    sql`count(CASE WHEN regexp_full_match(${digitsOnly}, ${raw(`'${pattern}'`)}) THEN 1 END)::DOUBLE`
  const proves = (sign: string, other: string): string =>
    // A decimal part that is not three digits, or whole digits that are zero or more than three.
    `[0-9]*\\${sign}([0-9]{0,2}|[0-9]{4,})|(0[0-9]*|[0-9]{4,})?\\${sign}[0-9]{3}|[0-9]{1,3}(\\${other}[0-9]{3})+(\\${sign}[0-9]*)|[0-9]{1,3}(\\${other}[0-9]{3}){2,}`
  return {
    unclear: matching('[1-9][0-9]{0,2}[.,][0-9]{3}'),
    point: matching(proves('.', ',')),
    comma: matching(proves(',', '.')),
  }
}
