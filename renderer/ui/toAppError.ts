import { AppError, fromPlainError, toPlainError } from '../../shared/errors'

/** Whatever was thrown, in the one shape that screens know how to show. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : fromPlainError(toPlainError(error))
}
