import { basename } from 'node:path'
import type { ColumnType } from '../../../shared/project'
import { rolesOf, tableKinds, type ViewName, viewColumn, viewColumns } from '../../../shared/roles'
import { ident, raw, type Sql, sql } from '../../../shared/sql'
import { columnsOf, hasRole, type MappedSource } from '../mapping'
import { rawTable } from '../viewParts'

export interface MartColumn {
  readonly name: string
  readonly meaning: string
  /** Where its values come from: `Online_Sales.csv: CustomerID`, or how they are computed. */
  readonly origin: readonly { readonly file: string; readonly column: string }[]
}

export interface MartTable {
  readonly name: string
  readonly select: Sql
  readonly columns: readonly MartColumn[]
  /** Sources whose content is in it. */
  readonly sources: readonly MappedSource[]
}

/** The tables of the data mart a project has the sources for. */
export function martTables(sources: readonly MappedSource[]): MartTable[] {
  const orders = hasRole(sources, 'orders')
  const hasBuyers = hasRole(sources, 'orders', 'customer')
  return [
    ...(orders ? [viewTable('order_lines', 'orders', sources), ordersTable(sources)] : []),
    ...(hasBuyers || hasRole(sources, 'customers') ? [customersTable(sources, hasBuyers)] : []),
    ...(hasRole(sources, 'orders', 'product') ? [productsTable(sources)] : []),
    ...(['events', 'visits'] as const).flatMap((view) =>
      hasRole(sources, view) ? [viewTable(view, view, sources)] : [],
    ),
    ...(hasRole(sources, 'spend') ? [viewTable('costs', 'spend', sources)] : []),
    ...(['coupons', 'tax'] as const).flatMap((view) =>
      hasRole(sources, view) ? [viewTable(view, view, sources)] : [],
    ),
    ...sources.filter(({ kind }) => !(kind in viewColumns)).map(importedTable),
  ]
}

const ofKind = (sources: readonly MappedSource[], kind: ViewName): MappedSource[] =>
  sources.filter((mapped) => mapped.kind === kind)

/** Sources the lines of an order are built from. */
const orderSources = (sources: readonly MappedSource[]): MappedSource[] =>
  sources.filter(({ kind }) => kind === 'orders' || kind === 'coupons' || kind === 'tax')

function viewTable(name: string, view: ViewName, sources: readonly MappedSource[]): MartTable {
  const columns = viewColumns[view].map(([column, , meaning]) => ({
    name: column,
    meaning,
    origin: originOf(sources, view, column),
  }))
  return {
    name,
    select: sql`SELECT ${raw(viewColumns[view].map(([column]) => column).join(', '))} FROM ${ident(view)}`,
    columns,
    sources: view === 'orders' ? orderSources(sources) : ofKind(sources, view),
  }
}

function originOf(sources: readonly MappedSource[], view: ViewName, column: string): MartColumn['origin'] {
  const role = rolesOf[view].find(({ name }) => viewColumn(name) === column)
  if (role === undefined) return []
  return ofKind(sources, view).flatMap((mapped) =>
    columnsOf(mapped, role.name).map((from) => ({ file: fileOf(mapped), column: from })),
  )
}

/** File and sheet as a person would look for them. */
export function fileOf({ source }: MappedSource): string {
  const file = basename(source.path)
  return source.read.sheet === undefined ? file : `${file}, sheet ${source.read.sheet}`
}

type Definition = readonly [name: string, expression: string, meaning: string, view: ViewName, column: string]

function aggregate(
  sources: readonly MappedSource[],
  name: string,
  definitions: readonly Definition[],
  rest: string,
): MartTable {
  return {
    name,
    select: raw(`SELECT ${definitions.map(([column, expression]) => `${expression} AS ${column}`).join(', ')} ${rest}`),
    columns: definitions.map(([column, , meaning, view, from]) => ({
      name: column,
      meaning,
      origin: originOf(sources, view, from),
    })),
    sources: orderSources(sources),
  }
}

const money = (column: string): string => `CAST(sum(${column}) AS DECIMAL(18,6))`

function ordersTable(sources: readonly MappedSource[]): MartTable {
  return aggregate(
    sources,
    'orders',
    [
      ['order_key', 'order_key', 'Order as counted, by the choice orderIdentity', 'orders', 'order_id'],
      ['order_id', 'min(order_id)', 'Order as written in the file', 'orders', 'order_id'],
      [
        'customer',
        'min(customer)',
        'Customer; the first by the alphabet where a file names several',
        'orders',
        'customer',
      ],
      ['ordered_at', 'min(ordered_at)', 'Time of its first line', 'orders', 'ordered_at'],
      ['ordered_on', 'min(ordered_on)', 'Day of its first line', 'orders', 'ordered_at'],
      ['lines', 'count(*)', 'Order lines', 'orders', ''],
      ['quantity', 'CAST(sum(quantity) AS DECIMAL(18,4))', 'Units', 'orders', 'quantity'],
      ['gross', money('gross'), 'Quantity × price', 'orders', ''],
      ['discount', money('discount'), 'Gross × discount rate', 'orders', ''],
      ['net', money('net'), 'Gross − discount', 'orders', ''],
      ['tax', money('tax'), 'Net × tax rate', 'orders', ''],
      ['delivery', money('delivery'), 'Delivery counted, by the choice delivery', 'orders', 'delivery'],
      ['invoice', money('invoice'), 'Net + tax + delivery', 'orders', ''],
      ['revenue', money('revenue'), 'Invoice, net or gross, by the choice revenueView', 'orders', ''],
    ],
    'FROM orders GROUP BY order_key ORDER BY min(ordered_at), order_key',
  )
}

function productsTable(sources: readonly MappedSource[]): MartTable {
  return aggregate(
    sources,
    'products',
    [
      ['product', 'product', 'Product', 'orders', 'product'],
      ['description', 'mode(description)', 'Its commonest description', 'orders', 'description'],
      ['category', 'mode(category)', 'Its commonest category', 'orders', 'category'],
      ['lines', 'count(*)', 'Order lines', 'orders', ''],
      ['orders', 'count(DISTINCT order_key)', 'Orders that hold it', 'orders', 'order_id'],
      ['quantity', 'CAST(sum(quantity) AS DECIMAL(18,4))', 'Units', 'orders', 'quantity'],
      ['revenue', money('revenue'), 'Revenue, by the choice revenueView', 'orders', ''],
      ['first_sold_on', 'min(ordered_on)', 'Day of the first sale', 'orders', 'ordered_at'],
      ['last_sold_on', 'max(ordered_on)', 'Day of the last sale', 'orders', 'ordered_at'],
    ],
    'FROM orders WHERE product IS NOT NULL GROUP BY product ORDER BY product',
  )
}

/** Everybody in the customer table or with an order. */
function customersTable(sources: readonly MappedSource[], hasBuyers: boolean): MartTable {
  const attributes = viewColumns.customers.map(([column, , meaning]) => ({
    name: column,
    meaning,
    origin:
      column === 'customer'
        ? [...originOf(sources, 'customers', column), ...originOf(sources, 'orders', column)]
        : originOf(sources, 'customers', column),
  }))
  if (!hasBuyers) return { ...viewTable('customers', 'customers', sources), columns: attributes }
  const bought = [
    ['orders', 'Orders', ''],
    ['revenue', 'Revenue, by the choice revenueView', ''],
    ['first_order_on', 'Day of the first order', 'ordered_at'],
    ['last_order_on', 'Day of the last order', 'ordered_at'],
  ] as const
  return {
    name: 'customers',
    select: raw(`
      WITH buyers AS (
        SELECT customer, count(DISTINCT order_key) AS orders, ${money('revenue')} AS revenue,
          min(ordered_on) AS first_order_on, max(ordered_on) AS last_order_on
        FROM orders WHERE customer IS NOT NULL GROUP BY customer
      )
      SELECT coalesce(customers.customer, buyers.customer) AS customer, gender, location, tenure_months,
        coalesce(orders, 0) AS orders, coalesce(revenue, 0) AS revenue, first_order_on, last_order_on
      FROM customers FULL JOIN buyers ON buyers.customer = customers.customer ORDER BY 1`),
    columns: [
      ...attributes,
      ...bought.map(([name, meaning, from]) => ({ name, meaning, origin: originOf(sources, 'orders', from) })),
    ],
    sources: [...ofKind(sources, 'customers'), ...orderSources(sources)],
  }
}

/** A table without a role view goes as it was imported. */
function importedTable(mapped: MappedSource): MartTable {
  const { source, kind } = mapped
  const roles = new Map(
    rolesOf[kind].flatMap((role) => columnsOf(mapped, role.name).map((column) => [column, role.label] as const)),
  )
  return {
    name: fileName(source.name),
    select: sql`SELECT * EXCLUDE (source_row) FROM ${rawTable(source.name)}`,
    columns: source.read.columns.map(({ name }) => ({
      name,
      meaning: roles.get(name) ?? `As in the file (${tableKinds[kind].toLowerCase()})`,
      origin: [{ file: fileOf(mapped), column: name }],
    })),
    sources: [mapped],
  }
}

/** A table name that every file system takes. */
const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N} _-]/gu, '_')
    .trim()
    .slice(0, 80) || 'table'

/** A type as a reader of the dictionary would call it. */
export const typeWords: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  id: 'text (identifier)',
  integer: 'whole number',
  decimal: 'number',
  date: 'day',
  timestamp: 'day and time',
  flag: 'yes or no',
  empty: 'empty',
}
