import { nearestName } from '../nearestName'
import type { ColumnType } from '../project'
import { ident, join, raw, type Sql, sql } from '../sql'
import { formulaError, type Place } from './formulaError'
import { type ArgumentType, type FormulaFunction, findFunction, formulaFunctions } from './formulaFunctions'
import {
  adviceFor,
  type Clock,
  columnValue,
  converted,
  isDay,
  storedAs,
  typeWords,
  unified,
  type Value,
  type ValueType,
} from './formulaTypes'
import { type Formula, parseFormula } from './parseFormula'

export interface FormulaColumn {
  readonly name: string
  readonly type: ColumnType
}

export interface CompiledFormula {
  /** Of one row; NULL where it cannot be computed. */
  readonly sql: Sql
  readonly type: ColumnType
  /** Columns it reads, in the order in which they appear. */
  readonly columns: readonly string[]
}

/**
 * A formula as a SQL expression over the columns of one row. Only columns that exist and functions of the list can
 * come out; texts become literals, so nothing a person writes is ever run as SQL.
 * @throws AppError `bad-parameter` at the place that is wrong: unknown names with the nearest match, types that do not fit.
 */
export function compileFormula(
  formula: string,
  columns: readonly FormulaColumn[],
  clock: Clock = ident,
): CompiledFormula {
  const used = new Set<string>()
  const value = compiled(parseFormula(formula), { formula, columns, used, clock })
  return { sql: storedSql(value), type: storedAs(value), columns: [...used] }
}

interface Scope {
  readonly formula: string
  readonly columns: readonly FormulaColumn[]
  readonly used: Set<string>
  readonly clock: Clock
}

/** TRY: an overflow in one row leaves that row empty and does not end the query. */
function storedSql(value: Value): Sql {
  switch (value.type) {
    case 'number':
      return value.isWhole
        ? sql`TRY(CAST(${value.sql} AS BIGINT))`
        : // Twelve decimals hide what binary numbers add to 0.1 + 0.2.
          sql`TRY(CASE WHEN isfinite(${value.sql}) THEN round(${value.sql}, 12) END)`
    case 'truth':
      return sql`TRY(CAST(${value.sql} AS INTEGER))`
    case 'empty':
      return raw('CAST(NULL AS VARCHAR)')
    default:
      return sql`TRY(${value.sql})`
  }
}

function compiled(part: Formula, scope: Scope): Value {
  const place: Place = { at: part.at, length: part.length }
  const give = (type: ValueType, statement: Sql, isWhole = false): Value => ({
    ...place,
    type,
    sql: statement,
    isWhole,
  })
  switch (part.kind) {
    case 'number':
      if (!Number.isFinite(part.value)) throw formulaError(scope.formula, part, 'This number is too large.')
      return give('number', sql`CAST(${part.value} AS DOUBLE)`, part.isWhole)
    case 'text':
      return { ...give('text', sql`CAST(${part.value} AS VARCHAR)`), literal: part.value }
    case 'day':
      if (!isDay(part.value))
        throw formulaError(scope.formula, part, `'${part.value}' is no day.`, "Days are written as DATE '2024-01-31'.")
      return give('day', sql`CAST(${part.value} AS DATE)`)
    case 'truth':
      return give('truth', raw(part.value ? 'true' : 'false'))
    case 'empty':
      return give('empty', raw('NULL'))
    case 'column':
      return findColumn(part, scope)
    case 'call':
      return callOf(part, scope)
    case 'minus': {
      const of = compiled(part.of, scope)
      return give('number', sql`(-${needed(of, 'number', scope)})`, of.isWhole)
    }
    case 'not':
      return give('truth', sql`(NOT ${truthOf(part.of, scope)})`)
    case 'logic':
      return give('truth', sql`(${truthOf(part.left, scope)} ${raw(part.sign)} ${truthOf(part.right, scope)})`)
    case 'arithmetic':
      return { ...arithmeticOf(part, scope), ...place }
    case 'compare':
      return give('truth', compareOf(part, scope))
    case 'isEmpty':
      return give('truth', sql`(${compiled(part.of, scope).sql} IS NULL)`)
    case 'in': {
      if (part.values.length === 0) throw formulaError(scope.formula, part, 'IN needs at least one value.')
      const [of = raw('NULL'), ...values] = unified(
        scope.formula,
        [part.of, ...part.values].map((each) => compiled(each, scope)),
      ).sql
      return give('truth', sql`(${of} IN (${join(values, ', ')}))`)
    }
    case 'between': {
      const [of, low, high] = unified(
        scope.formula,
        [part.of, part.low, part.high].map((each) => compiled(each, scope)),
      ).sql
      return give('truth', sql`(${of ?? raw('NULL')} BETWEEN ${low ?? raw('NULL')} AND ${high ?? raw('NULL')})`)
    }
    case 'like':
      return give(
        'truth',
        sql`(${needed(compiled(part.of, scope), 'text', scope)} LIKE ${needed(compiled(part.pattern, scope), 'text', scope)})`,
      )
    case 'case':
      return { ...caseOf(part, scope), ...place }
    default:
      return part satisfies never
  }
}

function findColumn(part: Formula & { readonly kind: 'column' }, { formula, columns, used, clock }: Scope): Value {
  const same = (name: string): boolean => name.trim().toLowerCase() === part.name.trim().toLowerCase()
  const found = columns.find(({ name }) => name === part.name) ?? columns.find(({ name }) => same(name))
  if (found !== undefined) {
    used.add(found.name)
    return columnValue(found.name, found.type, part, clock)
  }
  const nearest = nearestName(
    part.name,
    columns.map(({ name }) => name),
  )
  const isFunction = !part.isQuoted && findFunction(part.name) !== undefined
  const advice =
    nearest !== undefined
      ? `Did you mean ${written(nearest)}?`
      : isFunction
        ? `${part.name} is a function: write ${part.name}(…).`
        : `Columns: ${columns.map(({ name }) => written(name)).join(', ')}.`
  const quote = formula[part.at] === '"' ? " A text stands in single quotes: '…'." : ''
  throw formulaError(formula, part, `There is no column "${part.name}".`, advice + quote)
}

/** A column as a formula names it. */
export function written(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `[${name}]`
}

function needed(value: Value, type: ValueType, { formula }: Scope): Sql {
  const fitting = converted(value, type)
  if (fitting !== undefined) return fitting
  throw formulaError(
    formula,
    value,
    `This is ${typeWords[value.type]}, but ${typeWords[type]} is needed here.`,
    adviceFor(value.type, type),
  )
}

const truthOf = (part: Formula, scope: Scope): Sql => needed(compiled(part, scope), 'truth', scope)

function arithmeticOf(part: Formula & { readonly kind: 'arithmetic' }, scope: Scope): Omit<Value, keyof Place> {
  const left = compiled(part.left, scope)
  const right = compiled(part.right, scope)
  if (part.sign === '||')
    return {
      type: 'text',
      sql: sql`(${needed(left, 'text', scope)} || ${needed(right, 'text', scope)})`,
      isWhole: false,
    }
  const isDated = (value: Value): boolean => value.type === 'day' || value.type === 'time'
  if (isDated(left) && part.sign === '-' && isDated(right))
    return {
      type: 'number',
      sql: sql`CAST(date_diff('day', CAST(${right.sql} AS DATE), CAST(${left.sql} AS DATE)) AS DOUBLE)`,
      isWhole: true,
    }
  if (isDated(left) && (part.sign === '+' || part.sign === '-')) {
    const days = sql`to_days(CAST(${needed(right, 'number', scope)} AS INTEGER))`
    const moved = sql`(${left.sql} ${raw(part.sign)} ${days})`
    return { type: left.type, sql: left.type === 'day' ? sql`CAST(${moved} AS DATE)` : moved, isWhole: false }
  }
  if (part.sign === '+' && (left.type === 'text' || right.type === 'text'))
    throw formulaError(
      scope.formula,
      left.type === 'text' ? left : right,
      'A text cannot be added.',
      'concat(a, b) or a || b puts texts behind each other; number(…) reads a text as a number.',
    )
  const one = needed(left, 'number', scope)
  const other = needed(right, 'number', scope)
  const isWhole = left.isWhole && right.isWhole && part.sign !== '/'
  if (part.sign === '/') return { type: 'number', sql: sql`(${one} / nullif(${other}, 0))`, isWhole }
  if (part.sign === '%') return { type: 'number', sql: sql`(${one} % nullif(${other}, 0))`, isWhole }
  return { type: 'number', sql: sql`(${one} ${raw(part.sign)} ${other})`, isWhole }
}

function compareOf(part: Formula & { readonly kind: 'compare' }, scope: Scope): Sql {
  const left = compiled(part.left, scope)
  const right = compiled(part.right, scope)
  if (left.type === 'empty' || right.type === 'empty')
    throw formulaError(
      scope.formula,
      part,
      'Nothing is equal to NULL.',
      'Write IS NULL or IS NOT NULL to ask whether a value is empty.',
    )
  const [one, other] = unified(scope.formula, [left, right]).sql
  return sql`(${one ?? left.sql} ${raw(part.sign)} ${other ?? right.sql})`
}

function caseOf(part: Formula & { readonly kind: 'case' }, scope: Scope): Omit<Value, keyof Place> {
  const tests = part.branches.map(({ when }) => truthOf(when, scope))
  const values = [...part.branches.map(({ value }) => value), ...(part.otherwise === null ? [] : [part.otherwise])].map(
    (each) => compiled(each, scope),
  )
  const { type, sql: results } = unified(scope.formula, values)
  const branches = tests.map((test, index) => sql`WHEN ${test} THEN ${results[index] ?? raw('NULL')}`)
  const otherwise = part.otherwise === null ? raw('NULL') : (results.at(-1) ?? raw('NULL'))
  return { type, sql: sql`CASE ${join(branches, ' ')} ELSE ${otherwise} END`, isWhole: allWhole(values) }
}

const allWhole = (values: readonly Value[]): boolean =>
  values.every(({ isWhole, type }) => isWhole || type === 'empty' || type === 'truth')

function callOf(part: Formula & { readonly kind: 'call' }, scope: Scope): Value {
  const known = findFunction(part.name)
  if (known === undefined) {
    const names = Object.values(formulaFunctions).map(({ usage }) => usage.slice(0, usage.indexOf('(')))
    const nearest = nearestName(part.name, names)
    throw formulaError(
      scope.formula,
      { at: part.at, length: part.name.length },
      `There is no function "${part.name}".`,
      nearest === undefined ? `Functions: ${names.join(', ')}.` : `Did you mean ${nearest}(…)?`,
    )
  }
  if (part.args.length < known.least || (part.args.length > known.args.length && known.repeats === undefined))
    throw formulaError(scope.formula, part, `It is written ${known.usage}.`)
  const values = part.args.map((argument) => compiled(argument, scope))
  const { args, same } = checkedArguments(known, values, scope)
  const alike = values.filter((_, index) => argumentType(known, index) === 'same')
  const isRoundToWhole = known === formulaFunctions['round'] && values.length === 1
  const isWhole = known.whole === 'same' ? allWhole(alike.length > 0 ? alike : values) : (known.whole ?? isRoundToWhole)
  return {
    at: part.at,
    length: part.length,
    type: known.gives === 'same' ? same : known.gives,
    sql: known.sql(args),
    isWhole,
  }
}

const argumentType = (known: FormulaFunction, index: number): ArgumentType =>
  known.args[Math.min(index, known.args.length - 1)] ?? 'any'

function checkedArguments(
  known: FormulaFunction,
  values: readonly Value[],
  scope: Scope,
): { readonly args: Sql[]; readonly same: ValueType } {
  const alike = unified(
    scope.formula,
    values.filter((_, index) => argumentType(known, index) === 'same'),
  )
  const rest = [...alike.sql]
  const args = values.map((value, index): Sql => {
    const type = argumentType(known, index)
    switch (type) {
      case 'same':
        return rest.shift() ?? value.sql
      case 'any':
        return asWritten(value)
      case 'time':
        return value.type === 'day'
          ? value.sql
          : needed(value, value.literal === undefined ? 'time' : dayOrTime(value), scope)
      default:
        return needed(value, type, scope)
    }
  })
  return { args, same: alike.type }
}

/** A value for functions that write it: 3, not 3.0. */
function asWritten({ type, sql: value }: Value): Sql {
  if (type === 'empty') return raw('CAST(NULL AS VARCHAR)')
  return type === 'number' ? sql`regexp_replace(CAST(${value} AS VARCHAR), '\\.0$', '')` : value
}

const dayOrTime = (value: Value): ValueType => (converted(value, 'day') === undefined ? 'time' : 'day')
