import { StatementType } from '@duckdb/node-api'
import type { SqlAnswer } from '../../shared/engineApi'
import { AppError } from '../../shared/errors'
import type { Database } from './database'
import { toScalar } from './readColumns'

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
      const statements = await connection.extractStatements(text)
      if (statements.count !== 1)
        throw new AppError('bad-parameter', `One statement at a time: there are ${statements.count}.`, {
          hint: 'Keep one SELECT and remove the rest.',
        })
      const prepared = await statements.prepare(0)
      if (prepared.statementType !== StatementType.SELECT && prepared.statementType !== StatementType.EXPLAIN) {
        throw new AppError('bad-parameter', 'Only questions are allowed here: the data cannot be changed.', {
          hint: 'Start with SELECT or WITH.',
        })
      }
      if (prepared.parameterCount > 0)
        throw new AppError('bad-parameter', 'The statement has open parameters.', { hint: 'Write the values into it.' })
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
      throw new AppError('query-failed', readableMessage(cause), {
        hint: 'Correct the statement and run it again.',
        technical: String(cause),
        cause,
      })
    } finally {
      signal.removeEventListener('abort', interrupt)
    }
  })
}

function readableMessage(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.replace(/^Invalid Error: /, '')
}
