import { describe, expect, test } from 'vitest'
import {
  AppError,
  type ErrorCode,
  type ErrorDetails,
  exitCodes,
  fromPlainError,
  throwIfCancelled,
  toPlainError,
} from '../../shared/errors'

const codes = Object.keys(exitCodes) as ErrorCode[]

/** Part of the contract: scripts branch on them. */
test('exit codes are those that were promised', () => {
  expect(exitCodes).toEqual({
    internal: 1,
    'bad-parameter': 2,
    'bad-file': 3,
    'missing-column': 3,
    'needs-choice': 3,
    'not-enough-data': 4,
    'query-failed': 5,
    'out-of-memory': 6,
    'project-too-new': 7,
    'project-open-elsewhere': 8,
    cancelled: 130,
  })
})

const details: Required<Omit<ErrorDetails, 'cause'>> = {
  hint: 'Choose another file.',
  where: { file: 'sales.csv', sheet: 'January', row: 12, column: 'price', value: 'x' },
  technical: 'Conversion Error',
  data: { choices: ['used', 'all'] },
}

describe.each(codes)('%s', (code) => {
  test('ends the command line with a code of 1 to 255', () => {
    expect(exitCodes[code]).toSatisfy(Number.isInteger)
    expect(exitCodes[code]).toBeGreaterThanOrEqual(1)
    expect(exitCodes[code]).toBeLessThanOrEqual(255)
  })

  test('crosses a process boundary whole', () => {
    const plain = toPlainError(new AppError(code, 'It did not work.', details))
    expect(plain).toEqual({ code, message: 'It did not work.', ...details })
    const back = fromPlainError(structuredClone(plain))
    expect(back).toBeInstanceOf(AppError)
    expect(toPlainError(back)).toStrictEqual(plain)
    expect(JSON.parse(JSON.stringify(plain))).toStrictEqual(plain)
  })

  test('crosses it without details, and none appear', () => {
    const plain = toPlainError(new AppError(code, 'It did not work.'))
    expect(plain).toStrictEqual({ code, message: 'It did not work.' })
    expect(toPlainError(fromPlainError(plain))).toStrictEqual(plain)
  })
})

test('the cause stays on this side', () => {
  const cause = new Error('/home/someone/secret.csv')
  const error = new AppError('bad-file', 'It did not work.', { cause })
  expect(error.cause).toBe(cause)
  expect(JSON.stringify(toPlainError(error))).not.toContain('secret')
})

test.each([
  { thrown: new TypeError('x is not a function'), technical: 'TypeError: x is not a function' },
  { thrown: 'a text', technical: 'a text' },
  { thrown: undefined, technical: 'undefined' },
])('$thrown is an internal error with a remedy, its text only in the details', ({ thrown, technical }) => {
  const plain = toPlainError(thrown)
  expect(plain).toMatchObject({ code: 'internal', hint: expect.stringMatching(/\S/) })
  expect(plain.technical).toContain(technical)
  expect(`${plain.message} ${plain.hint}`).not.toContain(technical)
})

test('an aborted signal is cancelled, any other goes on', () => {
  const controller = new AbortController()
  expect(() => throwIfCancelled(controller.signal)).not.toThrow()
  expect(() => throwIfCancelled(undefined)).not.toThrow()
  controller.abort()
  expect(() => throwIfCancelled(controller.signal)).toThrow(expect.objectContaining({ code: 'cancelled' }))
})
