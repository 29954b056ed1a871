import { AppError, throwIfCancelled } from '../../../shared/errors'
import { raw, type Sql, sql } from '../../../shared/sql'
import type { Database, QueryOptions } from '../database'
import { scratchCatalog } from '../databaseSettings'

interface Entry {
  readonly key: string
  readonly table: Sql
  readonly built: Promise<void>
  readonly controller: AbortController
  readonly listeners: Set<NonNullable<QueryOptions['onProgress']>>
  waiting: number
  inUse: number
  lastUsed: number
  isDone: boolean
}

const keptAtMost = 6

/**
 * Tables made for the window to page through: a row order, or the answer to a question. They live in a database in
 * memory that spills to the temp folder, are shared by everyone who asks for the same key, and the ones unused
 * longest are dropped. A build nobody waits for any more is stopped.
 */
export class ScratchTables {
  readonly #database: Database
  readonly #entries = new Map<string, Entry>()
  #made = 0
  #clock = 0

  constructor(database: Database) {
    this.#database = database
  }

  /** Makes the table of the key from `body` unless it is there, and works with it while it cannot be dropped. */
  async use<Answer>(
    key: string,
    body: Sql,
    options: QueryOptions,
    work: (table: Sql) => Promise<Answer>,
  ): Promise<Answer> {
    throwIfCancelled(options.signal)
    const entry = this.#entries.get(key) ?? this.#start(key, body)
    this.#clock += 1
    entry.lastUsed = this.#clock
    entry.inUse += 1
    try {
      await this.#wait(entry, options)
      return await work(entry.table)
    } finally {
      entry.inUse -= 1
      this.#dropOldest()
    }
  }

  #start(key: string, body: Sql): Entry {
    this.#made += 1
    const table = raw(`${scratchCatalog}.rows_${this.#made}`)
    const controller = new AbortController()
    const listeners: Entry['listeners'] = new Set()
    const built = this.#database.run(sql`CREATE TABLE ${table} AS ${body}`, {
      signal: controller.signal,
      onProgress: (progress) => {
        for (const listener of listeners) listener(progress)
      },
    })
    const entry: Entry = {
      key,
      table,
      built,
      controller,
      listeners,
      waiting: 0,
      inUse: 0,
      lastUsed: 0,
      isDone: false,
    }
    this.#entries.set(key, entry)
    built.then(
      () => {
        entry.isDone = true
      },
      () => this.#forget(entry),
    )
    return entry
  }

  async #wait(entry: Entry, { signal, onProgress }: QueryOptions): Promise<void> {
    if (entry.isDone) return
    entry.waiting += 1
    if (onProgress !== undefined) entry.listeners.add(onProgress)
    let leave: () => void = () => undefined
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => reject(new AppError('cancelled', 'Cancelled. Nothing was changed.'))
    })
    signal?.addEventListener('abort', leave, { once: true })
    try {
      await Promise.race([entry.built, left])
    } finally {
      signal?.removeEventListener('abort', leave)
      if (onProgress !== undefined) entry.listeners.delete(onProgress)
      entry.waiting -= 1
      if (entry.waiting === 0 && !entry.isDone) {
        this.#forget(entry)
        entry.controller.abort()
      }
    }
  }

  #forget(entry: Entry): void {
    if (this.#entries.get(entry.key) === entry) this.#entries.delete(entry.key)
  }

  #dropOldest(): void {
    const idle = [...this.#entries.values()].filter(({ isDone, inUse }) => isDone && inUse === 0)
    idle.sort((one, other) => one.lastUsed - other.lastUsed)
    for (const entry of idle.slice(0, Math.max(0, this.#entries.size - keptAtMost))) {
      this.#forget(entry)
      // A table that cannot be dropped now goes with the database.
      this.#database.run(sql`DROP TABLE IF EXISTS ${entry.table}`).catch(() => undefined)
    }
  }
}

const ofDatabases = new WeakMap<Database, ScratchTables>()

/** The scratch tables of an open database. */
export function scratchOf(database: Database): ScratchTables {
  const known = ofDatabases.get(database)
  if (known !== undefined) return known
  const made = new ScratchTables(database)
  ofDatabases.set(database, made)
  return made
}
