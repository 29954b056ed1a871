import { DuckDBInstance } from '@duckdb/node-api'
import type { Engine, Period, ProjectFacts } from '../../shared/analysis'
import { viewColumns } from '../../shared/roles'
import { type Sql, toReadable } from '../../shared/sql'

/** One order line: what a test does not say is NULL; revenue, net and gross follow from one another. */
export interface TestLine {
  readonly customer?: string
  readonly order?: string
  readonly on: string
  readonly product?: string
  readonly category?: string
  readonly revenue?: number
  readonly discount?: number
  readonly delivery?: number
}

/** An engine over order lines written in the test. Without lines there is no orders view. */
export async function testEngine(lines: readonly TestLine[] | null, period?: Period): Promise<Engine> {
  const connection = await (await DuckDBInstance.create()).connect()
  if (lines !== null) {
    const columns = viewColumns.orders.map(([name, type]) => `${name} ${type}`).join(', ')
    await connection.run(`CREATE TABLE orders (${columns})`)
    for (const [index, line] of lines.entries()) {
      const revenue = line.revenue ?? 0
      const values: Record<string, string> = {
        line: String(index + 1),
        customer: text(line.customer),
        order_id: text(line.order),
        order_key: text(line.order),
        ordered_at: text(line.on),
        ordered_on: text(line.on),
        product: text(line.product),
        category: text(line.category),
        discount: String(line.discount ?? 0),
        gross: String(revenue + (line.discount ?? 0)),
        net: String(revenue),
        delivery: String(line.delivery ?? 0),
        revenue: String(revenue),
      }
      await connection.run(
        `INSERT INTO orders (${Object.keys(values).join(', ')}) VALUES (${Object.values(values).join(', ')})`,
      )
    }
  }
  const days = (lines ?? []).map((line) => line.on.slice(0, 10)).sort()
  const [first] = days
  const last = days.at(-1)
  const known = period ?? (first === undefined || last === undefined ? null : { first, last })
  const facts: ProjectFacts = {
    revenueView: 'net',
    period: known,
    covered: known,
    has: (view) => view === 'orders' && lines !== null,
  }
  return {
    facts,
    signal: new AbortController().signal,
    progress: () => undefined,
    async query(row, statement: Sql) {
      const reader = await connection.runAndReadAll(toReadable(statement))
      return reader.getRowObjectsJS().map((one) => row.parse(one))
    },
    columns: () => Promise.reject(new Error('Not needed here.')),
    saveTable: () => Promise.reject(new Error('Not needed here.')),
  }
}

function text(value: string | undefined): string {
  return value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`
}
