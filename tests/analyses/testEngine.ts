import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import type { z } from 'zod'
import type { Analysis, Engine, Period, ProjectFacts, RevenueView } from '../../shared/analysis'
import { createFormatter } from '../../shared/format'
import type { Report } from '../../shared/report'
import { type ViewName, viewColumns } from '../../shared/roles'
import { type Sql, toPrepared } from '../../shared/sql'

/** One order line; what a test leaves out is NULL, one unit, free of discount, tax and delivery. */
export interface TestLine {
  readonly customer?: string | undefined
  readonly order?: string
  /** Day, or day and time (ISO). */
  readonly on: string
  readonly product?: string
  readonly category?: string
  readonly quantity?: number
  readonly price?: number
  readonly discountRate?: number
  readonly taxRate?: number
  readonly delivery?: number
  readonly couponState?: string
}

export interface TestTables {
  readonly orders?: readonly TestLine[]
  readonly customers?: readonly { readonly customer: string; readonly tenureMonths: number }[]
  readonly spend?: readonly { readonly on: string | null; readonly source: string; readonly cost: number }[]
  readonly visits?: readonly { readonly customer: string; readonly at: string }[]
}

export interface TestOptions {
  readonly revenueView?: RevenueView
  /** First and last day of the data; the days of the orders unless told. */
  readonly period?: Period
}

/** An engine over tables written in the test, in a DuckDB of its own. */
export async function testEngine(tables: TestTables, options: TestOptions = {}): Promise<Engine> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  const revenueView = options.revenueView ?? 'invoice'
  for (const [view, columns] of Object.entries(viewColumns)) {
    await connection.run(`CREATE TABLE ${view} (${columns.map(([name, type]) => `"${name}" ${type}`).join(', ')})`)
  }
  await fill(
    connection,
    'orders',
    (tables.orders ?? []).map((line, index) => orderRow(line, index, revenueView)),
  )
  await fill(
    connection,
    'customers',
    (tables.customers ?? []).map(({ customer, tenureMonths }) => ({ customer, tenure_months: tenureMonths })),
  )
  await fill(
    connection,
    'spend',
    (tables.spend ?? []).map(({ on, source, cost }) => ({ date: on, source, cost })),
  )
  await fill(
    connection,
    'visits',
    (tables.visits ?? []).map(({ customer, at }) => ({ customer, started_at: at })),
  )
  return {
    facts: factsOf(tables, revenueView, options.period),
    signal: new AbortController().signal,
    progress: () => undefined,
    async query<Row>(row: z.ZodType<Row>, statement: Sql) {
      const values = statement.values.map((value) => value as DuckDBValue)
      const reader = await connection.runAndReadAll(toPrepared(statement), values)
      return reader.getRowObjectsJS().map((one) => row.parse(one))
    },
    columns: () => Promise.reject(new Error('No analysis under test reads columns.')),
    saveTable: () => Promise.reject(new Error('No analysis under test saves a table.')),
  }
}

/** Runs an analysis as the engine does: parameters parsed, result and report together. */
export async function answer<Params, Result>(
  analysis: Analysis<Params, Result>,
  engine: Engine,
  params: Record<string, unknown> = {},
): Promise<{ readonly result: Result; readonly report: Report }> {
  const parsed = analysis.params.parse(params)
  const result = await analysis.run(parsed, engine)
  return { result, report: analysis.report(result, parsed, format) }
}

export const format = createFormatter({ locale: 'en-US', currency: null })

type Cell = string | number | null

function orderRow(line: TestLine, index: number, revenueView: RevenueView): Record<string, Cell> {
  const gross = (line.quantity ?? 1) * (line.price ?? 0)
  const discount = gross * (line.discountRate ?? 0)
  const net = gross - discount
  const tax = net * (line.taxRate ?? 0)
  const delivery = line.delivery ?? 0
  const invoice = net + tax + delivery
  const order = line.order ?? `line ${index + 1}`
  return {
    line: index + 1,
    customer: line.customer ?? null,
    order_id: line.order ?? null,
    order_key: order,
    ordered_at: line.on,
    ordered_on: line.on.slice(0, 10),
    product: line.product ?? null,
    category: line.category ?? null,
    quantity: line.quantity ?? 1,
    unit_price: line.price ?? null,
    coupon_state: line.couponState ?? null,
    discount_rate: line.discountRate ?? 0,
    tax_rate: line.taxRate ?? 0,
    gross,
    discount,
    net,
    tax,
    delivery,
    invoice,
    revenue: { invoice, net, gross }[revenueView],
  }
}

async function fill(
  connection: DuckDBConnection,
  view: ViewName,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const names = Object.keys(first)
  const values = rows.map((row) => `(${names.map((name) => literal(row[name] ?? null)).join(', ')})`)
  await connection.run(`INSERT INTO ${view} (${names.join(', ')}) VALUES ${values.join(', ')}`)
}

function literal(value: Cell): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

function factsOf(tables: TestTables, revenueView: RevenueView, period: Period | undefined): ProjectFacts {
  const orders = tables.orders ?? []
  const days = orders.map((line) => line.on.slice(0, 10)).sort()
  const [first, last] = [days[0], days.at(-1)]
  const roles = new Set(orders.flatMap((line) => Object.keys(line)))
  if (roles.has('on')) roles.add('orderedAt')
  if (roles.has('price')) roles.add('unitPrice')
  const rolesOfView: Partial<Record<ViewName, ReadonlySet<string>>> = {
    ...(tables.orders === undefined ? {} : { orders: roles }),
    ...(tables.customers === undefined ? {} : { customers: new Set(['customer', 'tenureMonths']) }),
    ...(tables.spend === undefined ? {} : { spend: new Set(['date', 'source', 'cost']) }),
    ...(tables.visits === undefined ? {} : { visits: new Set(['customer', 'startedAt']) }),
  }
  const known = period ?? (first === undefined || last === undefined ? null : { first, last })
  return {
    revenueView,
    period: known,
    covered: known,
    has(view, roleName) {
      const played = rolesOfView[view]
      return played !== undefined && (roleName === undefined || played.has(roleName))
    },
  }
}
