import { formulaError, type Place } from './formulaError'
import { readTokens, type Token } from './tokens'

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '||'

/** A formula as a tree; every part knows its place in the text. */
export type Formula = Place &
  (
    | { readonly kind: 'number'; readonly value: number; readonly isWhole: boolean }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'day'; readonly value: string }
    | { readonly kind: 'truth'; readonly value: boolean }
    | { readonly kind: 'empty' }
    | { readonly kind: 'column'; readonly name: string; readonly isQuoted: boolean }
    | { readonly kind: 'call'; readonly name: string; readonly args: readonly Formula[] }
    | { readonly kind: 'minus'; readonly of: Formula }
    | { readonly kind: 'not'; readonly of: Formula }
    | { readonly kind: 'arithmetic'; readonly sign: Arithmetic; readonly left: Formula; readonly right: Formula }
    | { readonly kind: 'compare'; readonly sign: Comparison; readonly left: Formula; readonly right: Formula }
    | { readonly kind: 'logic'; readonly sign: 'AND' | 'OR'; readonly left: Formula; readonly right: Formula }
    | { readonly kind: 'isEmpty'; readonly of: Formula }
    | { readonly kind: 'in'; readonly of: Formula; readonly values: readonly Formula[] }
    | { readonly kind: 'between'; readonly of: Formula; readonly low: Formula; readonly high: Formula }
    | { readonly kind: 'like'; readonly of: Formula; readonly pattern: Formula }
    | {
        readonly kind: 'case'
        readonly branches: readonly { readonly when: Formula; readonly value: Formula }[]
        readonly otherwise: Formula | null
      }
  )

const keywords = new Set('AND OR NOT CASE WHEN THEN ELSE END IN BETWEEN LIKE IS NULL EMPTY TRUE FALSE'.split(' '))
const longestFormula = 10_000
const deepest = 100
// A chain of sums nests in the database, which gives up at 1,000 levels.
const mostTokens = 900

/**
 * Reads a formula over the columns of one row.
 * @throws AppError `bad-parameter` at the place that cannot be read.
 */
export function parseFormula(formula: string): Formula {
  if (formula.length > longestFormula)
    throw formulaError(formula, { at: longestFormula, length: 1 }, 'The formula is longer than 10,000 characters.')
  const reader = new FormulaReader(formula)
  const parsed = reader.expression()
  reader.end()
  return parsed
}

/** Owns the place in the tokens; one method a level of precedence, the loosest first. */
class FormulaReader {
  readonly #formula: string
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(formula: string) {
    this.#formula = formula
    this.#tokens = readTokens(formula)
    const last = this.#tokens[mostTokens]
    if (last !== undefined) throw formulaError(formula, last, 'The formula has too many parts.')
  }

  expression(): Formula {
    this.#depth += 1
    if (this.#depth > deepest) throw this.#wrong('The formula is nested too deeply.')
    let left = this.#conjunction()
    while (this.#took('OR')) left = this.#binary('OR', left, this.#conjunction())
    this.#depth -= 1
    return left
  }

  end(): void {
    const token = this.#peek()
    if (token.kind === 'end') return
    throw this.#wrong(
      token.text === ')' ? 'This bracket closes nothing.' : `"${token.text}" is not expected here.`,
      token.kind === 'sign' ? undefined : 'Between two values stands a sign, such as + or AND.',
    )
  }

  #conjunction(): Formula {
    let left = this.#negation()
    while (this.#took('AND')) left = this.#binary('AND', left, this.#negation())
    return left
  }

  #negation(): Formula {
    const token = this.#peek()
    if (!this.#took('NOT')) return this.#comparison()
    this.#depth += 1
    if (this.#depth > deepest) throw this.#wrong('The formula is nested too deeply.')
    const of = this.#negation()
    this.#depth -= 1
    return { kind: 'not', of, ...span(token, of) }
  }

  #comparison(): Formula {
    const left = this.#sum()
    const sign = this.#tookSign(['=', '<>', '!=', '<=', '>=', '<', '>'])
    if (sign !== undefined) {
      const right = this.#sum()
      const meant = sign === '!=' ? '<>' : (sign as Comparison)
      return { kind: 'compare', sign: meant, left, right, ...span(left, right) }
    }
    if (this.#took('IS')) {
      const isNot = this.#took('NOT')
      const end = this.#peek()
      if (!this.#took('NULL') && !this.#took('EMPTY')) throw this.#wrong('After IS stands NULL or NOT NULL.')
      return negated(isNot, { kind: 'isEmpty', of: left, ...span(left, end) })
    }
    const isNot = this.#took('NOT')
    const test = this.#test(left)
    if (test !== undefined) return negated(isNot, test)
    if (isNot) throw this.#wrong('After NOT stands IN, BETWEEN or LIKE here.')
    return left
  }

  #test(of: Formula): Formula | undefined {
    if (this.#took('IN')) {
      this.#expect('(', 'After IN stand values in brackets: IN (1, 2).')
      const values = this.#list()
      return { kind: 'in', of, values, ...span(of, values.at(-1) ?? of) }
    }
    if (this.#took('BETWEEN')) {
      const low = this.#sum()
      if (!this.#took('AND')) throw this.#wrong('BETWEEN needs two values: BETWEEN 1 AND 5.')
      const high = this.#sum()
      return { kind: 'between', of, low, high, ...span(of, high) }
    }
    if (this.#took('LIKE')) {
      const pattern = this.#sum()
      return { kind: 'like', of, pattern, ...span(of, pattern) }
    }
    return undefined
  }

  #sum(): Formula {
    let left = this.#product()
    for (let sign = this.#tookSign(['+', '-', '||']); sign !== undefined; sign = this.#tookSign(['+', '-', '||'])) {
      const right = this.#product()
      left = { kind: 'arithmetic', sign: sign as Arithmetic, left, right, ...span(left, right) }
    }
    return left
  }

  #product(): Formula {
    let left = this.#signed()
    for (let sign = this.#tookSign(['*', '/', '%']); sign !== undefined; sign = this.#tookSign(['*', '/', '%'])) {
      const right = this.#signed()
      left = { kind: 'arithmetic', sign: sign as Arithmetic, left, right, ...span(left, right) }
    }
    return left
  }

  #signed(): Formula {
    const token = this.#peek()
    const sign = this.#tookSign(['-', '+'])
    if (sign === undefined) return this.#value()
    this.#depth += 1
    if (this.#depth > deepest) throw this.#wrong('The formula is nested too deeply.')
    const of = this.#signed()
    this.#depth -= 1
    return sign === '+' ? of : { kind: 'minus', of, ...span(token, of) }
  }

  #value(): Formula {
    const token = this.#peek()
    const place: Place = { at: token.at, length: token.length }
    switch (token.kind) {
      case 'number':
        this.#next += 1
        return { kind: 'number', value: Number(token.text), isWhole: /^\d{1,15}$/.test(token.text), ...place }
      case 'text':
        this.#next += 1
        return { kind: 'text', value: token.text, ...place }
      case 'name':
        this.#next += 1
        return { kind: 'column', name: token.text, isQuoted: true, ...place }
      case 'word':
        return this.#word(token, place)
      case 'sign': {
        if (!this.#took('(')) throw this.#wrong(`A value is missing before "${token.text}".`)
        const inner = this.expression()
        this.#expect(')', 'This bracket is never closed.', place)
        return inner
      }
      case 'end':
        throw this.#wrong('The formula ends too early: a value is missing.')
      default:
        return token.kind satisfies never
    }
  }

  #word(token: Token, place: Place): Formula {
    const upper = token.text.toUpperCase()
    if (upper === 'CASE') return this.#case()
    if (upper === 'TRUE' || upper === 'FALSE') {
      this.#next += 1
      return { kind: 'truth', value: upper === 'TRUE', ...place }
    }
    if (upper === 'NULL' || upper === 'EMPTY') {
      this.#next += 1
      return { kind: 'empty', ...place }
    }
    if (keywords.has(upper))
      throw this.#wrong(`${upper} cannot stand here.`, `A column of this name is written [${token.text}].`)
    this.#next += 1
    const after = this.#peek()
    if (upper === 'DATE' && after.kind === 'text') {
      this.#next += 1
      return { kind: 'day', value: after.text, ...span(token, after) }
    }
    if (after.text !== '(' || after.kind !== 'sign')
      return { kind: 'column', name: token.text, isQuoted: false, ...place }
    this.#next += 1
    const args = this.#list()
    const last = this.#tokens[this.#next - 1] ?? token
    return { kind: 'call', name: token.text, args, ...span(token, last) }
  }

  #case(): Formula {
    const start = this.#peek()
    this.#next += 1
    const branches: { when: Formula; value: Formula }[] = []
    while (this.#took('WHEN')) {
      const when = this.expression()
      if (!this.#took('THEN')) throw this.#wrong('THEN is missing: CASE WHEN test THEN value END.')
      branches.push({ when, value: this.expression() })
    }
    if (branches.length === 0) throw this.#wrong('After CASE stands WHEN: CASE WHEN test THEN value END.')
    const otherwise = this.#took('ELSE') ? this.expression() : null
    const end = this.#peek()
    if (!this.#took('END')) throw this.#wrong('END is missing: CASE WHEN test THEN value END.')
    return { kind: 'case', branches, otherwise, ...span(start, end) }
  }

  /** Values up to the closing bracket. */
  #list(): Formula[] {
    if (this.#took(')')) return []
    const values = [this.expression()]
    while (this.#took(',')) values.push(this.expression())
    this.#expect(')', 'A comma or a closing bracket is missing here.')
    return values
  }

  #binary(sign: 'AND' | 'OR', left: Formula, right: Formula): Formula {
    return { kind: 'logic', sign, left, right, ...span(left, right) }
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.#formula.length, length: 1 }
  }

  /** Takes a keyword or sign when it comes next. */
  #took(wanted: string): boolean {
    const { kind, text } = this.#peek()
    const found = (kind === 'word' && text.toUpperCase() === wanted) || (kind === 'sign' && text === wanted)
    if (found) this.#next += 1
    return found
  }

  #tookSign(wanted: readonly string[]): string | undefined {
    const { kind, text } = this.#peek()
    if (kind !== 'sign' || !wanted.includes(text)) return undefined
    this.#next += 1
    return text
  }

  #expect(sign: string, message: string, place: Place = this.#peek()): void {
    if (!this.#took(sign)) throw formulaError(this.#formula, place, message)
  }

  #wrong(message: string, advice?: string): Error {
    return formulaError(this.#formula, this.#peek(), message, advice)
  }
}

function span(first: Place, last: Place): Place {
  return { at: first.at, length: last.at + last.length - first.at }
}

const negated = (isNot: boolean, of: Formula): Formula =>
  isNot ? { kind: 'not', of, at: of.at, length: of.length } : of
