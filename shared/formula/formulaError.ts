import { AppError } from '../errors'

/** A stretch of a formula: where it begins, counted from 0, and how long it is. */
export interface Place {
  readonly at: number
  readonly length: number
}

/** An error at a place of a formula: the hint shows the formula with a caret under it. */
export function formulaError(formula: string, place: Place, message: string, advice?: string): AppError {
  const lineStart = formula.lastIndexOf('\n', place.at - 1) + 1
  const lineEnd = formula.indexOf('\n', place.at)
  const line = formula.slice(lineStart, lineEnd < 0 ? undefined : lineEnd)
  const column = Math.min(place.at - lineStart, line.length)
  const carets = '^'.repeat(Math.max(1, Math.min(place.length, line.length - column)))
  return new AppError('bad-parameter', message, {
    hint: [...(advice === undefined ? [] : [advice]), line, ' '.repeat(column) + carets].join('\n'),
    data: { position: place.at, length: place.length },
  })
}
