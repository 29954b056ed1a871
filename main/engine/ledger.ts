import { z } from 'zod'
import type { Ledger, LedgerEntry } from '../../shared/engineApi'
import { ident, raw, type Sql, sql } from '../../shared/sql'
import type { Database } from './database'
import { hasRole, isView, type MappedSource } from './mapping'
import type { Returns } from './orderChoices'
import { importedOrderTotals, undatedRows } from './orderLines'
import { removedBy, repairEntries, repairEntry, repairedRows, sumOf } from './repairLedger'
import { type Repair, unrepairedTable } from './repairs'
import { preparedSchema, rawTable } from './viewParts'

const prepared = raw(`${preparedSchema}.order_lines`)

/** What an entry of the ledger counts: a condition over the prepared lines, readable row by row. */
const noted: readonly {
  readonly id: string
  readonly label: string
  readonly where: Sql
  readonly when: (sources: readonly MappedSource[]) => boolean
}[] = [
  {
    id: 'noCoupon',
    label: 'without a coupon row for their month and category (discount 0)',
    where: raw('coupon_rate IS NULL'),
    when: (sources) => hasRole(sources, 'coupons'),
  },
  {
    id: 'noTax',
    label: 'without a tax rate for their category (tax 0)',
    where: raw('tax_rate IS NULL'),
    when: (sources) => hasRole(sources, 'tax'),
  },
  {
    id: 'noCustomer',
    label: 'without a customer (used, but not in customer counts)',
    where: raw('customer IS NULL'),
    when: (sources) => hasRole(sources, 'orders', 'customer'),
  },
  {
    id: 'unknownCustomer',
    label: 'whose customer is not in the customer table',
    where: raw('customer IS NOT NULL AND customer NOT IN (SELECT customer FROM customers)'),
    when: (sources) => hasRole(sources, 'customers') && hasRole(sources, 'orders', 'customer'),
  },
  {
    id: 'negativeQuantity',
    label: 'with a quantity of zero or below (kept)',
    where: raw('quantity <= 0'),
    when: (sources) => hasRole(sources, 'orders', 'quantity'),
  },
  {
    id: 'priceNotPositive',
    label: 'with a price of zero or below (kept)',
    where: raw('unit_price <= 0'),
    when: (sources) => hasRole(sources, 'orders', 'unitPrice'),
  },
  {
    id: 'noAmount',
    label: 'without a readable amount (counted as 0)',
    where: raw('gross IS NULL'),
    when: (sources) => hasRole(sources, 'orders', 'unitPrice') || hasRole(sources, 'orders', 'revenue'),
  },
]

export interface LedgerRules {
  readonly returns: Returns
  /** Decisions about findings that change the tables. */
  readonly repairs: readonly Repair[]
}

const plainRules: LedgerRules = { returns: 'keep', repairs: [] }

/** Rows from the raw files to what is used. For projects without orders, the rows of the largest mapped table. */
export async function readLedger(
  database: Database,
  sources: readonly MappedSource[],
  rules: LedgerRules = plainRules,
  signal?: AbortSignal,
): Promise<Ledger> {
  const orders = sources.filter((mapped) => mapped.kind === 'orders')
  return orders.length === 0
    ? plainLedger(database, sources, rules)
    : orderLedger(database, sources, orders, rules, signal)
}

async function plainLedger(
  database: Database,
  sources: readonly MappedSource[],
  { repairs }: LedgerRules,
): Promise<Ledger> {
  const largest = [...sources].sort((one, other) => other.source.seen.rows - one.source.seen.rows)[0]
  const rows = largest?.source.seen.rows ?? 0
  const entries = largest === undefined ? [] : await repairEntries(database, [largest], repairs)
  return {
    view: largest !== undefined && isView(largest.kind) ? largest.kind : 'rows',
    unit: 'rows',
    rowsIn: rows,
    entries,
    rowsUsed: rows - sumOf(removedBy(entries).map((entry) => entry.rows)),
    grossIn: null,
    grossOut: null,
    balances: true,
  }
}

const importedSchema = z.object({ rows: z.number(), undated: z.number(), gross: z.number(), undatedGross: z.number() })

async function orderLedger(
  database: Database,
  sources: readonly MappedSource[],
  orders: readonly MappedSource[],
  { returns, repairs }: LedgerRules,
  signal?: AbortSignal,
): Promise<Ledger> {
  const wanted = noted.filter((entry) => entry.when(sources))
  const inUse = usedLines(returns)
  const counts = wanted.map(
    (entry) => sql`count(CASE WHEN ${inUse} AND (${entry.where}) THEN 1 END)::DOUBLE AS ${ident(entry.id)}`,
  )
  const [row] = await database.query(
    z.record(z.string(), z.number()),
    sql`
      SELECT ${joinComma([
        ...counts,
        sql`count(CASE WHEN NOT ${inUse} THEN 1 END)::DOUBLE AS returned`,
        sql`coalesce(sum(CASE WHEN NOT ${inUse} THEN gross END), 0)::DOUBLE AS "returnedGross"`,
      ])}
      FROM ${prepared}`,
    { signal },
  )
  const [used] = await database.query(
    z.object({ lines: z.number(), gross: z.number() }),
    sql`SELECT count(*)::DOUBLE AS lines, coalesce(sum(gross), 0)::DOUBLE AS gross FROM orders`,
    { signal },
  )
  const [imported] = await database.query(importedSchema, importedOrderTotals(orders), { signal })
  const { undated, undatedGross } = imported ?? { undated: 0, undatedGross: 0 }
  const rowsIn = sumOf(orders.map(({ source }) => source.seen.rows))
  const isRepaired = ({ source }: MappedSource): boolean => repairs.some((repair) => repair.source === source.name)
  const [before] = orders.some(isRepaired)
    ? await database.query(
        importedSchema,
        importedOrderTotals(orders, (name) =>
          repairs.some((repair) => repair.source === name) ? unrepairedTable(name) : rawTable(name),
        ),
        { signal },
      )
    : [imported]
  const grossIn = before?.gross ?? 0
  const repaired = await repairEntries(database, orders, repairs, signal)
  const leftOut = sumOf(removedBy(repaired).map((entry) => entry.rows))
  const repairedGross = sumOf(repaired.map((entry) => entry.gross ?? 0))
  const returned = row?.['returned'] ?? 0
  const returnedGross = row?.['returnedGross'] ?? 0
  const lost = rowsIn - leftOut - undated - returned - (used?.lines ?? 0)
  const entries: LedgerEntry[] = [
    ...repaired,
    {
      id: 'noDate',
      label: 'without a readable date',
      rows: undated,
      effect: 'removed',
      gross: -undatedGross,
      openable: undated > 0,
    },
    ...(returns === 'keep'
      ? []
      : [
          {
            id: 'returned',
            label: 'of returned goods and cancelled invoices',
            rows: returned,
            effect: 'removed' as const,
            gross: -returnedGross,
            openable: returned > 0,
          },
        ]),
    {
      id: 'lostInJoins',
      label: 'lost or multiplied in joins',
      rows: lost,
      effect: 'removed',
      gross: null,
      openable: false,
    },
    ...wanted.map(
      (entry): LedgerEntry => ({
        id: entry.id,
        label: entry.label,
        rows: row?.[entry.id] ?? 0,
        effect: 'noted',
        gross: null,
        openable: (row?.[entry.id] ?? 0) > 0,
      }),
    ),
  ]
  return {
    view: 'orders',
    unit: 'lines',
    rowsIn,
    entries,
    rowsUsed: used?.lines ?? 0,
    grossIn,
    grossOut: used?.gross ?? 0,
    balances:
      lost === 0 && Math.abs(grossIn + repairedGross - undatedGross - returnedGross - (used?.gross ?? 0)) < 0.005,
  }
}

/** The prepared lines that count. */
const usedLines = (returns: Returns): Sql => raw(returns === 'keep' ? 'true' : '(NOT returned)')

function joinComma(parts: readonly Sql[]): Sql {
  return parts.reduce<Sql>((all, part, index) => (index === 0 ? part : sql`${all}, ${part}`), raw(''))
}

/** The statement whose rows stand behind an entry, or undefined for an unknown entry. */
export function ledgerRowsStatement(
  entry: string,
  sources: readonly MappedSource[],
  { returns, repairs }: LedgerRules = plainRules,
): Sql | undefined {
  const repair = repairs.find(({ step }) => entry === repairEntry(step))
  if (repair !== undefined) return repairedRows(repair, repairs)
  const rows = entry === 'noDate' ? undatedRows(sources) : notedRows(entry, returns)
  if (rows === undefined || sources.every(({ source }) => source.parts === undefined)) return rows
  return sql`
    SELECT ledger_rows.*, parts.file AS source_file, source_row - first_row + 1 AS row_in_file
    FROM (${rows}) AS ledger_rows
    LEFT JOIN casebook.parts AS parts ON parts.source = source_name AND source_row BETWEEN first_row AND last_row
    ORDER BY source_name, source_row`
}

function notedRows(entry: string, returns: Returns): Sql | undefined {
  const found = noted.find((candidate) => candidate.id === entry)
  const where =
    entry === 'returned'
      ? raw('returned')
      : found === undefined
        ? undefined
        : sql`${usedLines(returns)} AND (${found.where})`
  return where === undefined
    ? undefined
    : sql`SELECT source_name, source_row, customer, order_id, ordered_on, product, description, category, quantity, unit_price, gross, delivery, coupon_state
          FROM ${prepared} WHERE ${where} ORDER BY line`
}
