import { join, raw, type Sql, sql } from '../sql'
import type { ValueType } from './formulaTypes'

/** What an argument may be. `time` takes days too; `same` takes anything, all alike. */
export type ArgumentType = 'number' | 'text' | 'time' | 'truth' | 'same' | 'any'

export interface FormulaFunction {
  /** As written in the help: "round(number, digits)". */
  readonly usage: string
  readonly about: string
  readonly args: readonly ArgumentType[]
  /** How many of the arguments must be there; the last may repeat when `repeats`. */
  readonly least: number
  readonly repeats?: true
  /** `same`: the type of the arguments that must be alike. */
  readonly gives: ValueType | 'same'
  /** Whether the number it gives has no decimals; `same`: when its arguments have none. */
  readonly whole?: boolean | 'same'
  readonly sql: (args: readonly Sql[]) => Sql
}

const at = (args: readonly Sql[], index: number): Sql => args[index] ?? raw('NULL')
const call =
  (name: string) =>
  (args: readonly Sql[]): Sql =>
    sql`${raw(name)}(${join(args, ', ')})`
const asNumber = (value: Sql): Sql => sql`CAST(${value} AS DOUBLE)`
const asWhole = (value: Sql): Sql => sql`CAST(trunc(${value}) AS BIGINT)`
const part =
  (name: string) =>
  (args: readonly Sql[]): Sql =>
    asNumber(sql`date_part(${name}, ${at(args, 0)})`)
const startOf =
  (name: string) =>
  (args: readonly Sql[]): Sql =>
    sql`CAST(date_trunc(${name}, ${at(args, 0)}) AS DATE)`

/** A key without what spreadsheets and databases add to it or take from it: blanks, capitals, zeros in front, .0 behind. */
export function keyAlike(key: Sql): Sql {
  return sql`regexp_replace(regexp_replace(lower(trim(${key})), '\\.0+$', ''), '^0+(.)', '\\1')`
}

/** Every function of formulas, by its name in lower case: nothing else can be called. */
export const formulaFunctions: Readonly<Record<string, FormulaFunction>> = {
  if: {
    usage: 'if(test, then, else)',
    about: 'one value where the test holds, another where not',
    args: ['truth', 'same', 'same'],
    least: 2,
    gives: 'same',
    whole: 'same',
    sql: (args) => sql`CASE WHEN ${at(args, 0)} THEN ${at(args, 1)} ELSE ${at(args, 2)} END`,
  },
  coalesce: {
    usage: 'coalesce(value, …)',
    about: 'the first value that is not empty',
    args: ['same'],
    least: 1,
    repeats: true,
    gives: 'same',
    whole: 'same',
    sql: call('coalesce'),
  },
  nullif: {
    usage: 'nullif(value, other)',
    about: 'empty where both are equal',
    args: ['same', 'same'],
    least: 2,
    gives: 'same',
    whole: 'same',
    sql: call('nullif'),
  },
  min: {
    usage: 'min(value, …)',
    about: 'the least of the values of a row',
    args: ['same'],
    least: 1,
    repeats: true,
    gives: 'same',
    whole: 'same',
    sql: call('least'),
  },
  max: {
    usage: 'max(value, …)',
    about: 'the greatest of the values of a row',
    args: ['same'],
    least: 1,
    repeats: true,
    gives: 'same',
    whole: 'same',
    sql: call('greatest'),
  },
  round: {
    usage: 'round(number, digits)',
    about: 'rounded, half away from zero',
    args: ['number', 'number'],
    least: 1,
    gives: 'number',
    sql: (args) =>
      args.length === 1 ? sql`round(${at(args, 0)})` : sql`round(${at(args, 0)}, CAST(${at(args, 1)} AS INTEGER))`,
  },
  floor: numeric('floor(number)', 'the whole number below', 'floor', true),
  ceil: numeric('ceil(number)', 'the whole number above', 'ceil', true),
  abs: numeric('abs(number)', 'without its sign', 'abs', 'same'),
  sqrt: {
    ...numeric('sqrt(number)', 'the square root; empty below 0', 'sqrt'),
    sql: (args) => sql`CASE WHEN ${at(args, 0)} >= 0 THEN sqrt(${at(args, 0)}) END`,
  },
  ln: {
    ...numeric('ln(number)', 'the natural logarithm; empty at 0 and below', 'ln'),
    sql: (args) => sql`CASE WHEN ${at(args, 0)} > 0 THEN ln(${at(args, 0)}) END`,
  },
  exp: numeric('exp(number)', 'e to the power of the number', 'exp'),
  power: {
    usage: 'power(number, exponent)',
    about: 'the number to the power of the exponent',
    args: ['number', 'number'],
    least: 2,
    gives: 'number',
    sql: call('pow'),
  },
  lower: textual('lower(text)', 'in small letters', 'lower'),
  upper: textual('upper(text)', 'in capitals', 'upper'),
  trim: textual('trim(text)', 'without blanks around', 'trim'),
  clean: {
    ...textual('clean(text)', 'without blanks around and with single blanks inside', 'trim'),
    sql: (args) => sql`regexp_replace(trim(${at(args, 0)}), '\\s+', ' ', 'g')`,
  },
  key: {
    ...textual('key(text)', 'an id without blanks, capitals, zeros in front and .0 behind', 'trim'),
    sql: (args) => keyAlike(at(args, 0)),
  },
  length: {
    usage: 'length(text)',
    about: 'how many signs',
    args: ['text'],
    least: 1,
    gives: 'number',
    whole: true,
    sql: (args) => asNumber(sql`length(${at(args, 0)})`),
  },
  substr: {
    usage: 'substr(text, from, length)',
    about: 'a part of a text; the first sign is 1',
    args: ['text', 'number', 'number'],
    least: 2,
    gives: 'text',
    sql: ([text = raw('NULL'), ...numbers]) => sql`substr(${join([text, ...numbers.map(asWhole)], ', ')})`,
  },
  replace: {
    usage: 'replace(text, old, new)',
    about: 'every old part replaced',
    args: ['text', 'text', 'text'],
    least: 3,
    gives: 'text',
    sql: call('replace'),
  },
  concat: {
    usage: 'concat(value, …)',
    about: 'texts behind each other; empty ones are left out',
    args: ['any'],
    least: 1,
    repeats: true,
    gives: 'text',
    sql: call('concat'),
  },
  contains: {
    usage: 'contains(text, part)',
    about: 'whether a part is in the text',
    args: ['text', 'text'],
    least: 2,
    gives: 'truth',
    sql: call('contains'),
  },
  startswith: {
    usage: 'startsWith(text, part)',
    about: 'whether the text begins with it',
    args: ['text', 'text'],
    least: 2,
    gives: 'truth',
    sql: call('starts_with'),
  },
  number: {
    usage: 'number(text)',
    about: 'a text as a number; empty where it is none',
    args: ['any'],
    least: 1,
    gives: 'number',
    sql: (args) => sql`TRY_CAST(trim(CAST(${at(args, 0)} AS VARCHAR)) AS DOUBLE)`,
  },
  text: {
    usage: 'text(value)',
    about: 'a value as a text',
    args: ['any'],
    least: 1,
    gives: 'text',
    sql: (args) => sql`CAST(${at(args, 0)} AS VARCHAR)`,
  },
  date: {
    usage: 'date(text)',
    about: 'the day of a text such as 2024-01-31 or of a time; empty where it is none',
    args: ['any'],
    least: 1,
    gives: 'day',
    sql: (args) => sql`TRY_CAST(CAST(${at(args, 0)} AS VARCHAR) AS DATE)`,
  },
  year: dated('year(time)', 'the year', part('year')),
  quarter: dated('quarter(time)', 'the quarter, 1 to 4', part('quarter')),
  month: dated('month(time)', 'the month, 1 to 12', part('month')),
  week: dated('week(time)', 'the ISO week, 1 to 53', part('week')),
  day: dated('day(time)', 'the day of the month', part('day')),
  weekday: dated('weekday(time)', 'the day of the week, Monday 1 to Sunday 7', part('isodow')),
  hour: dated('hour(time)', 'the hour, 0 to 23', part('hour')),
  minute: dated('minute(time)', 'the minute, 0 to 59', part('minute')),
  yearstart: started('yearStart(time)', 'the first day of its year', 'year'),
  quarterstart: started('quarterStart(time)', 'the first day of its quarter', 'quarter'),
  monthstart: started('monthStart(time)', 'the first day of its month', 'month'),
  weekstart: started('weekStart(time)', 'the Monday of its week', 'week'),
  daypart: {
    usage: 'dayPart(time)',
    about: 'night, morning (from 6), afternoon (from 12) or evening (from 18)',
    args: ['time'],
    least: 1,
    gives: 'text',
    sql: (args) =>
      sql`CASE date_part('hour', ${at(args, 0)}) // 6 WHEN 0 THEN 'night' WHEN 1 THEN 'morning' WHEN 2 THEN 'afternoon' WHEN 3 THEN 'evening' END`,
  },
  daysbetween: {
    usage: 'daysBetween(from, to)',
    about: 'days from one day to another',
    args: ['time', 'time'],
    least: 2,
    gives: 'number',
    whole: true,
    sql: (args) => asNumber(sql`date_diff('day', CAST(${at(args, 0)} AS DATE), CAST(${at(args, 1)} AS DATE))`),
  },
  minutesbetween: {
    usage: 'minutesBetween(from, to)',
    about: 'minutes from one time to another',
    args: ['time', 'time'],
    least: 2,
    gives: 'number',
    sql: (args) => sql`(epoch(CAST(${at(args, 1)} AS TIMESTAMP)) - epoch(CAST(${at(args, 0)} AS TIMESTAMP))) / 60`,
  },
  addmonths: {
    usage: 'addMonths(time, months)',
    about: 'the day so many months later',
    args: ['time', 'number'],
    least: 2,
    gives: 'day',
    sql: (args) => sql`CAST(${at(args, 0)} + to_months(CAST(${at(args, 1)} AS INTEGER)) AS DATE)`,
  },
}

function numeric(usage: string, about: string, name: string, whole: boolean | 'same' = false): FormulaFunction {
  return { usage, about, args: ['number'], least: 1, gives: 'number', whole, sql: call(name) }
}

function textual(usage: string, about: string, name: string): FormulaFunction {
  return { usage, about, args: ['text'], least: 1, gives: 'text', sql: call(name) }
}

function dated(usage: string, about: string, write: (args: readonly Sql[]) => Sql): FormulaFunction {
  return { usage, about, args: ['time'], least: 1, gives: 'number', whole: true, sql: write }
}

function started(usage: string, about: string, unit: string): FormulaFunction {
  return { usage, about, args: ['time'], least: 1, gives: 'day', sql: startOf(unit) }
}

/** Other words for the same. */
const otherNames: Readonly<Record<string, string>> = {
  least: 'min',
  greatest: 'max',
  ifnull: 'coalesce',
  ceiling: 'ceil',
  substring: 'substr',
  len: 'length',
  pow: 'power',
  iif: 'if',
}

/** A function by any usual spelling: `monthStart`, `month_start`, `MONTHSTART`. */
export function findFunction(name: string): FormulaFunction | undefined {
  const bare = name.toLowerCase().replaceAll('_', '')
  const found = Object.hasOwn(otherNames, bare) ? (otherNames[bare] ?? bare) : bare
  return Object.hasOwn(formulaFunctions, found) ? formulaFunctions[found] : undefined
}
