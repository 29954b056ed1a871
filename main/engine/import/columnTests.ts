import type { SniffedColumn } from './sniffColumns'

/** What recognition knows of a column. */
export interface Seen extends SniffedColumn {
  /** The name in plain small words. */
  readonly words: string
  readonly rows: number
}

export type ColumnTest = (column: Seen) => boolean

export const named =
  (pattern: RegExp): ColumnTest =>
  (column) =>
    pattern.test(column.words)
export const notNamed =
  (pattern: RegExp): ColumnTest =>
  (column) =>
    !pattern.test(column.words)
export const both =
  (...tests: readonly ColumnTest[]): ColumnTest =>
  (column) =>
    tests.every((test) => test(column))

export const either =
  (...tests: readonly ColumnTest[]): ColumnTest =>
  (column) =>
    tests.some((test) => test(column))

export const isNumber: ColumnTest = ({ type }) => type === 'integer' || type === 'decimal' || type === 'flag'
export const isDate: ColumnTest = ({ type }) => type === 'date' || type === 'timestamp'
export const isKey: ColumnTest = ({ type }) => type === 'id' || type === 'integer' || type === 'text'
export const isText: ColumnTest = ({ type }) => type === 'text' || type === 'id'
export const isUnique: ColumnTest = ({ missing, distinct, rows }) =>
  missing === 0 && distinct >= rows * (rows > 1_000_000 ? 0.95 : 1) && rows > 1
/** Each once, but for a few that stand there twice: one in ten, or a single one of at least four. */
export const isNearlyUnique: ColumnTest = ({ valued, distinct, rows }) =>
  rows > 1 && valued >= rows * 0.9 && (distinct >= valued * 0.9 || (distinct > 2 && distinct === valued - 1))
export const repeats: ColumnTest = ({ distinct, valued }) => distinct < valued
export const isFilled: ColumnTest = ({ valued, rows }) => valued >= rows * 0.5

/** At least this share of the distinct first values looks like that. */
export function valuesAre(column: Seen, pattern: RegExp, share = 1): boolean {
  const values = column.values.filter((value) => value !== '')
  return values.length > 0 && values.filter((value) => pattern.test(value)).length >= values.length * share
}

export const eventWords =
  /view|cart|purchas|click|search|check.?out|wish.?list|^like|share|first_(app_)?(open|visit)|read_review|login|sign.?up|install|pageview|add_to|remove_from|session_start|open$/i
const monthWords =
  /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|mai|okt|dez)[a-zäéû]*\.?$|^(0?[1-9]|1[0-2])$|^(19|20)\d{2}-(0[1-9]|1[0-2])$/i
export const isMonth: ColumnTest = (column) => valuesAre(column, monthWords)
export const isGender: ColumnTest = (column) =>
  column.distinct <= 6 &&
  valuesAre(
    column,
    /^(f|m|w|h|v|female|male|woman|man|women|men|mujer|hombre|femenino|masculino|other|otro|unknown|non.?binary|n\/a)$/i,
  )
export const isCouponState: ColumnTest = (column) =>
  column.distinct <= 6 &&
  valuesAre(
    column,
    /^(used|not ?used|unused|clicked|redeemed|not redeemed|applied|not applied|usado|no usado|canjeado|no canjeado)$/i,
  )
/** GGOENEBJ079499 or 85123A: letters and digits in one word. */
export const isCode: ColumnTest = (column) =>
  column.distinct > 20 && valuesAre(column, /^(?=.*\d)[\p{L}\d._/-]{4,}$/u, 0.8) && valuesAre(column, /\p{L}/u, 0.1)
export const isPhrase: ColumnTest = (column) =>
  column.distinct > 20 && valuesAre(column, /\p{L}+[ -]\S+/u, 0.8) && averageLength(column) > 15
export const isGroup: ColumnTest = (column) =>
  column.distinct >= 2 && column.distinct <= 300 && column.distinct < column.rows * 0.05 && valuesAre(column, /\p{L}/u)

const averageLength = ({ values }: Seen): number =>
  values.reduce((sum, value) => sum + value.length, 0) / Math.max(1, values.length)

/** Words for a person who buys or may buy. */
export const person =
  /\b(cust|customers?|clients?|clientes?|users?|usuarios?|uid|visitors?|visitantes?|members?|miembros?|buyers?|compradore?s?|purchasers?|shoppers?|consumers?|consumidor(es)?|guests?|patrons?|persona?|people|socios?|dni|nif|nie|rut|cedula|cuit|curp|leads?|prospects?|prospectos?|contacts?|contactos?|subscribers?|accounts?|kunden?(nr|nummer|id)?|clientid|customerid|userid)\b/
