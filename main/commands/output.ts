import type { PlainError } from '../../shared/errors'
import type { CallContext } from '../../shared/rpc'

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Words for people on standard error; with --json the error is the answer, too. */
export function printError(error: PlainError, json: boolean): void {
  const place = error.where === undefined ? '' : placeOf(error.where)
  const lines = [
    `casebook: ${error.message} [${error.code}]`,
    ...(place === '' ? [] : [`  at ${place}`]),
    ...(error.hint === undefined ? [] : error.hint.split('\n').map((line) => `  ${line}`)),
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
  if (error.code === 'internal' && error.technical !== undefined) process.stderr.write(`${error.technical}\n`)
  if (json) printJson({ error })
}

function placeOf(where: NonNullable<PlainError['where']>): string {
  return [
    where.file,
    where.sheet === undefined ? undefined : `sheet ${where.sheet}`,
    where.row === undefined ? undefined : `row ${where.row}`,
    where.column === undefined ? undefined : `column ${where.column}`,
    where.value === undefined ? undefined : `value "${where.value}"`,
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}

/** A context for one command: Ctrl+C cancels, progress goes to standard error when somebody watches. */
export function commandContext(): CallContext {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  process.once('SIGTERM', () => controller.abort())
  const watched = process.stderr.isTTY === true
  let last = ''
  return {
    signal: controller.signal,
    onProgress: ({ fraction, note }) => {
      if (!watched) return
      const line = `${fraction === null ? '…' : `${Math.round(fraction * 100)}%`} ${note}`
      if (line !== last) process.stderr.write(`\r\u001b[2K${line}`)
      last = line
      if (fraction === 1) process.stderr.write('\r\u001b[2K')
    },
  }
}
