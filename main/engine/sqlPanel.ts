import { type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api'
import type { SqlAnswer } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import type { Database } from './database'
import { toScalar } from './readColumns'

type Connection = Parameters<Parameters<Database['withConnection']>[0]>[0]

/**
 * A free question: exactly one statement that only reads, in a read-only transaction of a database
 * that is locked against files and settings.
 */
export async function answerSql(
  database: Database,
  text: string,
  limit: number,
  signal: AbortSignal,
): Promise<SqlAnswer> {
  const started = performance.now()
  return database.withConnection(async (connection) => {
    const interrupt = (): void => connection.interrupt()
    signal.addEventListener('abort', interrupt, { once: true })
    try {
      await prepareQuestion(connection, text, [StatementType.SELECT, StatementType.EXPLAIN])
      await connection.run('BEGIN TRANSACTION READ ONLY')
      try {
        const reader = await connection.streamAndReadUntil(text, limit + 1)
        const types = reader.columnTypes().map(String)
        const rows = reader.getRows()
        return {
          columns: reader.deduplicatedColumnNames().map((name, index) => ({ name, type: types[index] ?? '' })),
          rows: rows.slice(0, limit).map((row) => row.map(toScalar)),
          truncated: rows.length > limit,
          milliseconds: performance.now() - started,
        }
      } finally {
        await connection.run('ROLLBACK').catch(() => undefined)
      }
    } catch (cause) {
      if (cause instanceof AppError) throw cause
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was changed.', { cause })
      throw questionError(cause, text)
    } finally {
      signal.removeEventListener('abort', interrupt)
    }
  })
}

/**
 * The question without what ends it, checked to be one statement that only reads and whose names are known.
 * @throws AppError `query-failed` with the place in its data, `bad-parameter`.
 */
export function readableQuestion(database: Database, text: string): Promise<string> {
  return database.withConnection(async (connection) => {
    try {
      await prepareQuestion(connection, text, [StatementType.SELECT])
    } catch (cause) {
      throw cause instanceof AppError ? cause : questionError(cause, text)
    }
    return text.trim().replace(/[;\s]+$/, '')
  })
}

async function prepareQuestion(
  connection: Connection,
  text: string,
  allowed: readonly StatementType[],
): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(text)
  if (statements.count !== 1)
    throw new AppError('bad-parameter', `One statement at a time: there are ${statements.count}.`, {
      hint: 'Keep one SELECT and remove the rest.',
    })
  const prepared = await statements.prepare(0)
  if (!allowed.includes(prepared.statementType)) {
    throw new AppError('bad-parameter', 'Only questions are allowed here: the data cannot be changed.', {
      hint: 'Start with SELECT or WITH.',
    })
  }
  if (prepared.parameterCount > 0)
    throw new AppError('bad-parameter', 'The statement has open parameters.', { hint: 'Write the values into it.' })
  return prepared
}

/** The engine's own words, and where in the text it stopped. */
export function questionError(cause: unknown, text: string): AppError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const position = positionIn(message, text)
  const words = message
    .replace(/^Invalid Error: /, '')
    .replace(/\n+LINE \d+:[\s\S]*$/, '')
    // Every function of that name, a line each, is more than anybody reads.
    .replace(/\n+\s*Candidate functions:[\s\S]*$/, '')
    .trim()
  return new AppError('query-failed', words, {
    hint:
      position === undefined
        ? 'Correct the statement and run it again.'
        : `Line ${position.line}, column ${position.column}. Correct the statement and run it again.`,
    technical: message,
    ...(position === undefined ? {} : { data: { position } }),
    cause,
  })
}

export interface QuestionPosition {
  /** Both 1-based. */
  readonly line: number
  readonly column: number
}

/** DuckDB prints the line with a caret below; a long line is cut at both ends with dots. */
function positionIn(message: string, text: string): QuestionPosition | undefined {
  const match = /LINE (\d+): (.*)\n( *)\^/.exec(message)
  if (match === null) return undefined
  const [whole, number = '1', shown = '', blanks = ''] = match
  const line = Number(number)
  const inShown = blanks.length - (whole.indexOf(': ') + 2)
  const written = text.split('\n')[line - 1] ?? ''
  const cut = shown.startsWith('...') ? 3 : 0
  const piece = shown.slice(cut).replace(/\.\.\.$/, '')
  const start = cut === 0 ? 0 : Math.max(0, written.indexOf(piece))
  return { line, column: Math.max(1, Math.min(written.length + 1, start + inShown - cut + 1)) }
}
