import { availableParallelism } from 'node:os'
import type { DuckDBConnection } from '@duckdb/node-api'

/** More rows than this keep all cores busy with one question. */
const rowsForAllCores = 1_000_000

/** How many questions about tables of at most so many rows are best asked at a time. */
export const lanesFor = (rows: number): number => (rows > rowsForAllCores ? 1 : availableParallelism())

/** Connections that questions take turns on: each answers one at a time. */
export class Lanes {
  readonly #free: DuckDBConnection[]
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = []

  constructor(...connections: readonly DuckDBConnection[]) {
    this.#free = [...connections]
  }

  /** Runs work on the next connection that is free, in the order of the calls. */
  async use<Answer>(work: (connection: DuckDBConnection) => Promise<Answer>): Promise<Answer> {
    const connection = this.#free.pop() ?? (await new Promise<DuckDBConnection>((take) => this.#waiting.push(take)))
    try {
      return await work(connection)
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free.push(connection)
      else next(connection)
    }
  }
}
