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
  `(?:(?:\\d+|[1-9]\\d{0,2}(?:[${group}]\\d{3})+)(?:[${sign}]\\d*)?|[${sign}]\\d+)`

const dressed = (sign: string, group: string): string =>
  `\\(?[-+−]?${blank}?${money}?${blank}?[-+−]?${digits(sign, group)}${blank}?(?:${money}|%)?[-)]?`

const plain = '[-+]?(?:\\d+|(?:\\d+\\.\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|\\d+[eE][-+]\\d+)'

const monthWords =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|ene|abr|ago|set|dic|mrz|mai|okt|dez|fev|avr|juin|juil|mag|giu|lug|ott|out|gen'
const unitWords =
  'pcs?|pieces?|pzs?|piezas?|units?|uds?|und|unidades|stk|items?|ea|kgs?|mg|gr|lbs?|oz|ml|cm|mm|km|hrs?|mins?|secs?|days?|d[ií]as?|months?|meses|mes|years?|years old|años'

/** What damage leaves of a number, by the name of what happened to it; regular expressions of the database. */
export const damagedNumbers = {
  /** 1.05 that became 1 May: `01-May`, `May-05`, `2019-05-01`, `5/1/2019`. */
  datelike: `(?i)\\d{1,2}[-. /](${monthWords})\\.?([-. /]\\d{2,4})?|(${monthWords})[-. /]\\d{2,4}|(19|20)\\d{2}-\\d{2}-\\d{2}( .*)?|\\d{1,2}/\\d{1,2}/(\\d{2}|\\d{4})`,
  /** A column that was too narrow when it was exported, or a formula that failed. */
  hashes: '#{2,}|#(DIV/0|REF|VALUE|NUM|NAME|NULL)[!?]',
  /** `5 pcs`. */
  units: `(?i)[-+]?\\d+([.,]\\d+)? ?(${unitWords})\\.?`,
  /** The decimal sign that the other cells do not have: `16,5` among `16.50`. */
  otherSign: '[-+]?(\\d+[.,](\\d{1,2}|\\d{4,})|0[.,]\\d+)',
} as const

const damaged = Object.values(damagedNumbers).map((shape) =>
  shape.startsWith('(?i)') ? new RegExp(`^(?:${shape.slice(4)})$`, 'i') : new RegExp(`^(?:${shape})$`),
)

/** Whether a text is what some damage leaves of a number. */
export const isDamagedNumber = (text: string): boolean => damaged.some((shape) => shape.test(text))

const unit = new RegExp(`^(?:${damagedNumbers.units.slice(4)})$`, 'i')

/** `5 pcs` */
export const hasUnit = (text: string): boolean => unit.test(text)

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
  const written = column.format?.includes('units') ? withoutUnit(text) : text
  const usual = sql`WHEN regexp_full_match(${written}, ${shapeOf(column)}) THEN ${readNumber(written, column, type)}`
  if (!column.format?.includes('either')) return sql`CASE ${usual} END`
  const pointed = sql`replace(${written}, ',', '.')`
  return sql`CASE ${usual} WHEN regexp_full_match(${written}, ${damagedNumbers.otherSign}) THEN TRY_CAST(${pointed} AS ${raw(type)}) END`
}

const withoutUnit = (text: Sql): Sql =>
  sql`CASE WHEN regexp_full_match(${text}, ${damagedNumbers.units}) THEN regexp_extract(${text}, '^[-+]?[0-9]+([.,][0-9]+)?') ELSE ${text} END`

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
export function separatorCounts(
  text: Sql,
): Readonly<Record<'unclear' | 'unclearPoint' | 'unclearComma' | 'point' | 'comma', Sql>> {
  const digitsOnly = sql`regexp_replace(${text}, ${raw("'[^0-9.,]'")}, '', 'g')`
  const matching = (pattern: string): Sql =>
    sql`count(CASE WHEN regexp_full_match(${digitsOnly}, ${raw(`'${pattern}'`)}) THEN 1 END)::DOUBLE`
  const proves = (sign: string, other: string): string =>
    // A decimal part that is not three digits, or whole digits that are zero or more than three.
    `[0-9]*\\${sign}([0-9]{0,2}|[0-9]{4,})|(0[0-9]*|[0-9]{4,})?\\${sign}[0-9]{3}|[0-9]{1,3}(\\${other}[0-9]{3})+(\\${sign}[0-9]*)|[0-9]{1,3}(\\${other}[0-9]{3}){2,}`
  return {
    unclear: matching('[1-9][0-9]{0,2}[.,][0-9]{3}'),
    unclearPoint: matching('[1-9][0-9]{0,2}[.][0-9]{3}'),
    unclearComma: matching('[1-9][0-9]{0,2},[0-9]{3}'),
    point: matching(proves('.', ',')),
    comma: matching(proves(',', '.')),
  }
}
