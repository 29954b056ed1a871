import { formulaError, type Place } from './formulaError'

export interface Token extends Place {
  /** `word`: a keyword, a function or a column without quotes; `name`: a column in quotes. */
  readonly kind: 'number' | 'text' | 'word' | 'name' | 'sign' | 'end'
  readonly text: string
}

const signs = ['<>', '!=', '<=', '>=', '||', '=', '<', '>', '+', '-', '*', '/', '%', '(', ')', ',']
const blank = /\s+/y
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const word = /[\p{L}_][\p{L}\p{N}_]*/uy

/** @throws AppError `bad-parameter` at a sign that no formula has. */
export function readTokens(formula: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(formula)?.[0]
  }
  const push = (kind: Token['kind'], text: string, length: number): void => {
    tokens.push({ kind, text, at, length })
    at += length
  }
  while (at < formula.length) {
    const gap = match(blank)
    if (gap !== undefined) {
      at += gap.length
      continue
    }
    const first = formula[at] ?? ''
    if (first === '\0' || (first === "'" && formula.includes('\0', at)))
      throw formulaError(formula, { at, length: 1 }, 'This sign means nothing in a formula.')
    if (first === "'" || first === '"') {
      const quoted = readQuoted(formula, at, first)
      push(first === "'" ? 'text' : 'name', quoted.text, quoted.length)
    } else if (first === '[') {
      const end = formula.indexOf(']', at)
      if (end < 0) throw formulaError(formula, { at, length: 1 }, 'This bracket is never closed.')
      push('name', formula.slice(at + 1, end), end + 1 - at)
    } else {
      const digits = match(number)
      const letters = match(word)
      const sign = signs.find((candidate) => formula.startsWith(candidate, at))
      if (digits !== undefined) push('number', digits, digits.length)
      else if (letters !== undefined) push('word', letters, letters.length)
      else if (sign !== undefined) push('sign', sign, sign.length)
      else throw formulaError(formula, { at, length: 1 }, `"${first}" means nothing in a formula.`)
    }
  }
  tokens.push({ kind: 'end', text: '', at: formula.length, length: 1 })
  return tokens
}

/** A quote inside is written twice. */
function readQuoted(formula: string, start: number, quote: string): { text: string; length: number } {
  let text = ''
  for (let at = start + 1; at < formula.length; at += 1) {
    const letter = formula[at] ?? ''
    if (letter !== quote) text += letter
    else if (formula[at + 1] === quote) {
      text += quote
      at += 1
    } else return { text, length: at + 1 - start }
  }
  throw formulaError(formula, { at: start, length: 1 }, 'This quote is never closed.')
}
