import type { JoinKey, JoinSide } from '../../shared/joins'
import { tableKinds, type ViewName } from '../../shared/roles'
import { raw, type Sql, sql } from '../../shared/sql'
import { columnsOf, hasRole, type MappedSource } from './mapping'
import { categoryKey, preparedSchema } from './viewParts'

/** Two views to be checked against each other. */
export interface JoinPlan {
  readonly id: string
  readonly key: JoinKey
  readonly left: JoinSide
  readonly right: JoinSide
  readonly mustBeUnique: boolean
  /** Rows as `key`, `shown` and `revenue`. */
  readonly leftRows: Sql
  /** Rows as `key`, `shown` and `value`: what the row says of its key. */
  readonly rightRows: Sql
  /** Roles that a formula column could play to write the key alike; none where spelling is forgiven already. */
  readonly repairs: readonly { readonly view: ViewName; readonly role: string }[]
  /** Decides about repeated keys. */
  readonly choice: 'customerKeys' | 'couponKeys' | 'taxKeys' | null
}

/** Every join that the tables of a project propose. */
export function planJoins(sources: readonly MappedSource[]): JoinPlan[] {
  return [
    ...(['orders', 'visits', 'events'] as const).map((left) => customersOf(left, sources)),
    contactsOf(sources),
    couponsOf(sources),
    taxOf(sources),
    spendDaysOf(sources),
    spendSourcesOf(sources),
    buyersOf('visits', sources),
    buyersOf('events', sources),
  ].filter((plan) => plan !== undefined)
}

const lines = raw(`${preparedSchema}.order_lines`)
const attributes = raw("concat_ws(' · ', gender, location, CAST(tenure_months AS VARCHAR))")

function customersOf(left: 'orders' | 'visits' | 'events', sources: readonly MappedSource[]): JoinPlan | undefined {
  if (!hasRole(sources, left, 'customer') || !hasRole(sources, 'customers', 'customer')) return undefined
  return {
    id: `${left}-customers`,
    key: 'customer',
    left: sideOf(left, ['customer'], sources),
    right: sideOf('customers', ['customer'], sources),
    mustBeUnique: true,
    leftRows: customerRows(left),
    rightRows: sql`SELECT customer AS key, customer AS shown, ${attributes} AS value FROM ${raw(preparedSchema)}.customer_rows`,
    repairs: [
      { view: left, role: 'customer' },
      { view: 'customers', role: 'customer' },
    ],
    choice: 'customerKeys',
  }
}

/** Buyers, or the customers of a table, whom contacts reach. What the contacts say is not shown. */
function contactsOf(sources: readonly MappedSource[]): JoinPlan | undefined {
  const left = hasRole(sources, 'orders', 'customer') ? 'orders' : 'customers'
  if (!hasRole(sources, left, 'customer') || !hasRole(sources, 'contacts', 'customer')) return undefined
  return {
    id: `${left}-contacts`,
    key: 'customer',
    left: sideOf(left, ['customer'], sources),
    right: sideOf('contacts', ['customer'], sources),
    mustBeUnique: false,
    leftRows: customerRows(left),
    rightRows: raw('SELECT customer AS key, customer AS shown, NULL::VARCHAR AS value FROM contacts'),
    repairs: [
      { view: left, role: 'customer' },
      { view: 'contacts', role: 'customer' },
    ],
    choice: null,
  }
}

/** People who came, looked up among those who bought. */
function buyersOf(left: 'visits' | 'events', sources: readonly MappedSource[]): JoinPlan | undefined {
  if (!hasRole(sources, left, 'customer') || !hasRole(sources, 'orders', 'customer')) return undefined
  return {
    id: `${left}-orders`,
    key: 'customer',
    left: sideOf(left, ['customer'], sources),
    right: sideOf('orders', ['customer'], sources),
    mustBeUnique: false,
    leftRows: customerRows(left),
    rightRows: sql`SELECT customer AS key, customer AS shown, NULL::VARCHAR AS value FROM ${lines}`,
    repairs: [
      { view: left, role: 'customer' },
      { view: 'orders', role: 'customer' },
    ],
    choice: null,
  }
}

function couponsOf(sources: readonly MappedSource[]): JoinPlan | undefined {
  if (!hasRole(sources, 'orders', 'category') || !hasRole(sources, 'coupons')) return undefined
  // Months with a year only where every row of the file has one: as the orders are joined.
  const withYear = sql`(SELECT count(*) = count(year) FROM coupons)`
  const keyOf = (year: Sql, month: Sql, category: Sql): Sql =>
    sql`CASE WHEN ${withYear} THEN CAST(${year} AS VARCHAR) || '-' ELSE '' END || lpad(CAST(${month} AS VARCHAR), 2, '0') || ' · ' || ${category}`
  const year = raw('year(ordered_on)')
  const month = raw('month(ordered_on)')
  return {
    id: 'orders-coupons',
    key: 'category and month',
    left: sideOf('orders', ['category', 'orderedAt'], sources),
    right: sideOf('coupons', ['category', 'month'], sources),
    mustBeUnique: true,
    leftRows: sql`
      SELECT ${keyOf(year, month, categoryKey(raw('category')))} AS key, ${keyOf(year, month, raw('category'))} AS shown, gross AS revenue
      FROM ${lines}`,
    rightRows: sql`
      SELECT ${keyOf(raw('year'), raw('month'), categoryKey(raw('category')))} AS key,
        ${keyOf(raw('year'), raw('month'), raw('category'))} AS shown, CAST(discount_rate AS VARCHAR) AS value
      FROM coupons`,
    repairs: [],
    choice: 'couponKeys',
  }
}

function taxOf(sources: readonly MappedSource[]): JoinPlan | undefined {
  if (!hasRole(sources, 'orders', 'category') || !hasRole(sources, 'tax')) return undefined
  return {
    id: 'orders-tax',
    key: 'category',
    left: sideOf('orders', ['category'], sources),
    right: sideOf('tax', ['category'], sources),
    mustBeUnique: true,
    leftRows: sql`SELECT ${categoryKey(raw('category'))} AS key, category AS shown, gross AS revenue FROM ${lines}`,
    rightRows: sql`SELECT ${categoryKey(raw('category'))} AS key, category AS shown, CAST(tax_rate AS VARCHAR) AS value FROM tax`,
    repairs: [],
    choice: 'taxKeys',
  }
}

function spendDaysOf(sources: readonly MappedSource[]): JoinPlan | undefined {
  if (!hasRole(sources, 'orders') || !hasRole(sources, 'spend')) return undefined
  return {
    id: 'orders-spend',
    key: 'date',
    left: sideOf('orders', ['orderedAt'], sources),
    right: sideOf('spend', ['date'], sources),
    mustBeUnique: false,
    leftRows: sql`SELECT CAST(ordered_on AS VARCHAR) AS key, CAST(ordered_on AS VARCHAR) AS shown, gross AS revenue FROM ${lines}`,
    rightRows: spendRows(sources),
    repairs: [],
    choice: null,
  }
}

/** A row of a file with a column of costs for each source is one row, although it is several in the view. */
function spendRows(sources: readonly MappedSource[]): Sql {
  if (hasRole(sources, 'spend', 'source'))
    return raw(
      'SELECT CAST(date AS VARCHAR) AS key, CAST(date AS VARCHAR) AS shown, CAST(cost AS VARCHAR) AS value FROM spend',
    )
  return raw(`
    SELECT CAST(date AS VARCHAR) AS key, CAST(date AS VARCHAR) AS shown, string_agg(CAST(cost AS VARCHAR), ' ') AS value
    FROM (SELECT date, cost, row_number() OVER (PARTITION BY date, source) AS place FROM spend)
    GROUP BY date, place`)
}

function spendSourcesOf(sources: readonly MappedSource[]): JoinPlan | undefined {
  if (!hasRole(sources, 'visits', 'source') || !hasRole(sources, 'spend', 'source')) return undefined
  return {
    id: 'visits-spend',
    key: 'source',
    left: sideOf('visits', ['source'], sources),
    right: sideOf('spend', ['source'], sources),
    mustBeUnique: false,
    leftRows: raw('SELECT source AS key, source AS shown, NULL::DECIMAL(18,6) AS revenue FROM visits'),
    rightRows: raw('SELECT source AS key, source AS shown, CAST(cost AS VARCHAR) AS value FROM spend'),
    repairs: [
      { view: 'visits', role: 'source' },
      { view: 'spend', role: 'source' },
    ],
    choice: null,
  }
}

function customerRows(view: 'orders' | 'customers' | 'visits' | 'events'): Sql {
  return view === 'orders'
    ? sql`SELECT customer AS key, customer AS shown, gross AS revenue FROM ${lines}`
    : sql`SELECT customer AS key, customer AS shown, NULL::DECIMAL(18,6) AS revenue FROM ${raw(view)}`
}

function sideOf(view: ViewName, roles: readonly string[], sources: readonly MappedSource[]): JoinSide {
  return {
    view,
    label: tableKinds[view],
    columns: sources
      .filter(({ kind }) => kind === view)
      .flatMap((mapped) =>
        roles.flatMap((role) => columnsOf(mapped, role).map((column) => `${mapped.source.name}.${column}`)),
      ),
  }
}
