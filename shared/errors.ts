/** The closed list of things that can go wrong, with the exit code the command line ends with. */
export const exitCodes = {
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
  internal: 1,
} as const

export type ErrorCode = keyof typeof exitCodes

export interface ErrorDetails {
  /** What to do about it, in the user's words. */
  readonly hint?: string
  /** The place: file, sheet, row (1-based, header included), column and the value found there. */
  readonly where?: {
    readonly file?: string
    readonly sheet?: string
    readonly row?: number
    readonly column?: string
    readonly value?: string
  }
  /** Technical text for the "copy details" button; never shown by itself. */
  readonly technical?: string
  /** Machine-readable extras, for example the open choices of `needs-choice`. */
  readonly data?: unknown
  readonly cause?: unknown
}

/** The one error shape of Casebook: a code, a sentence, and a remedy. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly where: ErrorDetails['where']
  readonly technical: string | undefined
  readonly data: unknown

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.hint = details.hint
    this.where = details.where
    this.technical = details.technical
    this.data = details.data
  }
}

/** What crosses a process boundary in place of an error. */
export interface PlainError {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
  readonly where?: NonNullable<ErrorDetails['where']>
  readonly technical?: string
  readonly data?: unknown
}

export function toPlainError(error: unknown): PlainError {
  if (error instanceof AppError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.where === undefined ? {} : { where: error.where }),
      ...(error.technical === undefined ? {} : { technical: error.technical }),
      ...(error.data === undefined ? {} : { data: error.data }),
    }
  }
  const technical = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    code: 'internal',
    message: 'Something went wrong inside Casebook.',
    hint: 'Your project is as it was. Try again; if it happens again, copy the details and report them.',
    technical,
  }
}

export function fromPlainError(plain: PlainError): AppError {
  return new AppError(plain.code, plain.message, {
    ...(plain.hint === undefined ? {} : { hint: plain.hint }),
    ...(plain.where === undefined ? {} : { where: plain.where }),
    ...(plain.technical === undefined ? {} : { technical: plain.technical }),
    ...(plain.data === undefined ? {} : { data: plain.data }),
  })
}

/** Throws `cancelled` when the signal has been aborted; call between slices of long work. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was changed.')
}
