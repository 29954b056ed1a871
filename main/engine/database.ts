import { setMaxListeners } from 'node:events'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBResultReader,
  type DuckDBValue,
  timestampValue,
} from '@duckdb/node-api'
import type { z } from 'zod'
import type { Columns } from '../../shared/analysis'
import { AppError } from '../../shared/errors'
import type { Progress } from '../../shared/rpc'
import { type Sql, type SqlValue, toPrepared, toReadable } from '../../shared/sql'
import { type DatabaseOptions, databaseSettings, exportFolder, lockSettings } from './databaseSettings'
import { diskFull, isDiskFull } from './diskSpace'
import { readColumns } from './readColumns'

export interface QueryOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** Owns a DuckDB instance. Every query gets its own connection, so one can be interrupted without the others. */
export class Database {
  readonly #instance: DuckDBInstance
  readonly #idle: DuckDBConnection[] = []
  readonly #busy = new Set<DuckDBConnection>()
  /** Pieces of work that have or await a connection. */
  #users = 0
  #closing = false
  #isClosed = false
  #settleClosed: () => void = () => undefined
  /** Settles when the file has been let go of. */
  readonly closed: Promise<void>

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance
    this.closed = new Promise((resolve) => {
      this.#settleClosed = resolve
    })
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    mkdirSync(options.locked ? exportFolder(options.tempFolder) : options.tempFolder, { recursive: true })
    const instance = await openInstance(options)
    const database = new Database(instance)
    await database.withConnection(async (connection) => {
      for (const statement of [...databaseSettings(options), ...(options.locked ? lockSettings(options) : [])])
        await connection.run(statement)
    })
    return database
  }

  /** Takes an unlocked database the right to read files, for good. */
  async lock(options: Pick<DatabaseOptions, 'tempFolder'>): Promise<void> {
    mkdirSync(exportFolder(options.tempFolder), { recursive: true })
    await this.withConnection(async (connection) => {
      for (const statement of lockSettings(options)) await connection.run(statement)
    })
  }

  /** Runs work on a connection of its own, given back afterwards. */
  async withConnection<Answer>(work: (connection: DuckDBConnection) => Promise<Answer>): Promise<Answer> {
    if (this.#closing) throw new AppError('cancelled', 'The project was closed.')
    this.#users += 1
    try {
      const connection = this.#idle.pop() ?? (await this.#instance.connect())
      this.#busy.add(connection)
      try {
        return await work(connection)
      } finally {
        this.#busy.delete(connection)
        this.#idle.push(connection)
      }
    } finally {
      this.#users -= 1
      this.#closeWhenIdle()
    }
  }

  /** Runs work on several connections of its own. */
  withConnections<Answer>(
    count: number,
    work: (connections: readonly DuckDBConnection[]) => Promise<Answer>,
  ): Promise<Answer> {
    const take = (taken: readonly DuckDBConnection[]): Promise<Answer> =>
      taken.length >= count ? work(taken) : this.withConnection((connection) => take([...taken, connection]))
    return take([])
  }

  /** Rows checked against a schema. */
  async query<Row>(row: z.ZodType<Row>, statement: Sql, options: QueryOptions = {}): Promise<Row[]> {
    const objects = await this.withConnection((connection) =>
      interruptible(connection, statement, options, async () =>
        (await connection.runAndReadAll(toPrepared(statement), bound(statement))).getRowObjectsJS(),
      ),
    )
    return objects.map((object, index) => {
      const parsed = row.safeParse(object)
      if (parsed.success) return parsed.data
      const first = parsed.error.issues[0]
      throw new AppError('internal', 'An answer of the database has another shape than expected.', {
        technical: `row ${index + 1}, ${first?.path.join('.') ?? ''}: ${first?.message ?? ''}\n${toReadable(statement)}`,
      })
    })
  }

  /** Columns and rows as DuckDB gives them. */
  async read(statement: Sql, options: QueryOptions = {}): Promise<DuckDBResultReader> {
    return this.withConnection((connection) =>
      interruptible(connection, statement, options, () =>
        connection.runAndReadAll(toPrepared(statement), bound(statement)),
      ),
    )
  }

  /** Rows as they come, a chunk at a time, so that any number of them fits. */
  async stream(
    statement: Sql,
    options: QueryOptions,
    take: (rows: readonly (readonly DuckDBValue[])[]) => Promise<void>,
  ): Promise<void> {
    await this.withConnection((connection) =>
      interruptible(connection, statement, options, async () => {
        const result = await connection.stream(toPrepared(statement), bound(statement))
        for (;;) {
          const chunk = await result.fetchChunk()
          if (chunk === null || chunk.rowCount === 0) return
          await take(chunk.getRows())
          if (options.signal?.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was changed.')
        }
      }),
    )
  }

  async columns(statement: Sql, options: QueryOptions = {}): Promise<Columns> {
    return this.withConnection((connection) =>
      interruptible(connection, statement, options, async () =>
        readColumns(await connection.run(toPrepared(statement), bound(statement))),
      ),
    )
  }

  async run(statement: Sql, options: QueryOptions = {}): Promise<void> {
    await this.withConnection((connection) =>
      interruptible(connection, statement, options, async () => {
        await connection.run(toPrepared(statement), bound(statement))
      }),
    )
  }

  /** All statements or none. */
  async transaction(statements: readonly Sql[], options: QueryOptions = {}): Promise<void> {
    await this.withConnection((connection) => inTransaction(connection, () => runAll(connection, statements, options)))
  }

  /**
   * Stops what runs and closes. Closing under a running query would crash the process, so the file is let go of
   * when the last query has come back (see `closed`).
   */
  close(): void {
    this.#closing = true
    for (const connection of this.#busy) connection.interrupt()
    this.#closeWhenIdle()
  }

  #closeWhenIdle(): void {
    if (!this.#closing || this.#users > 0 || this.#isClosed) return
    this.#isClosed = true
    for (const connection of this.#idle) connection.closeSync()
    this.#instance.closeSync()
    this.#settleClosed()
  }
}

/** Runs the statements one after the other on one connection. */
export async function runAll(
  connection: DuckDBConnection,
  statements: readonly Sql[],
  options: QueryOptions = {},
): Promise<void> {
  for (const statement of statements) {
    await interruptible(connection, statement, options, async () => {
      await connection.run(toPrepared(statement), bound(statement))
    })
  }
}

/** Commits what the work did, or leaves everything as it was. */
export async function inTransaction<Answer>(
  connection: DuckDBConnection,
  work: () => Promise<Answer>,
): Promise<Answer> {
  await connection.run('BEGIN TRANSACTION')
  try {
    const answer = await work()
    await connection.run('COMMIT')
    return answer
  } catch (error) {
    // A transaction that DuckDB has already given up answers ROLLBACK with an error of its own.
    await connection.run('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function openInstance(options: DatabaseOptions): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(options.path)
  } catch (cause) {
    const technical = String(cause)
    if (/lock|being used by another process/i.test(technical)) {
      throw new AppError('project-open-elsewhere', 'This project is open in another Casebook.', {
        hint: 'Close it there first, or copy the project folder and open the copy.',
        technical,
        cause,
      })
    }
    if (isDiskFull(cause)) throw await diskFull(dirname(options.path), [], cause)
    throw new AppError('bad-file', `The project's data file could not be opened.`, {
      hint: 'Delete data.duckdb in the project folder and open the project again: it is rebuilt from your files.',
      where: { file: options.path },
      technical,
      cause,
    })
  }
}

function bound(statement: Sql): DuckDBValue[] {
  return statement.values.map(toDuckDb)
}

function toDuckDb(value: SqlValue): DuckDBValue {
  return value instanceof Date ? timestampValue(BigInt(value.getTime()) * 1000n) : value
}

const progressEveryMs = 100

async function interruptible<Answer>(
  connection: DuckDBConnection,
  statement: Sql,
  options: QueryOptions,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { signal, onProgress } = options
  if (signal?.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was changed.')
  const interrupt = (): void => connection.interrupt()
  // One call may ask many questions at a time; each listens to the same signal.
  if (signal !== undefined) setMaxListeners(0, signal)
  signal?.addEventListener('abort', interrupt, { once: true })
  const timer =
    onProgress === undefined
      ? undefined
      : setInterval(() => {
          const { percentage } = connection.progress
          // DuckDB reports 100 % while it still sorts medians; "done" must come from the promise.
          onProgress({ fraction: percentage < 0 ? null : Math.min(percentage / 100, 0.99), note: '' })
        }, progressEveryMs)
  try {
    return await work()
  } catch (cause) {
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was changed.', { cause })
    throw asQueryError(cause, statement)
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', interrupt)
  }
}

function asQueryError(cause: unknown, statement: Sql): AppError {
  if (cause instanceof AppError) return cause
  const technical = `${String(cause)}\n${toReadable(statement)}`
  if (/out of memory|could not allocate/i.test(String(cause))) {
    return new AppError('out-of-memory', 'This needs more memory than Casebook may use.', {
      hint: 'Raise the limit under Help, Memory and temporary files (--memory on the command line), close other programs, or filter to a shorter period.',
      technical,
      cause,
    })
  }
  return new AppError('query-failed', 'A question to the data failed.', {
    hint: 'Copy the details and report them. Your project is as it was.',
    technical,
    cause,
  })
}
