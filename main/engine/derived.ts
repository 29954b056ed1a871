import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Period } from '../../shared/analysis'
import type { Choice, Finding } from '../../shared/description'
import type { Ledger } from '../../shared/engineApi'
import { coveredPeriod } from '../../shared/periods'
import type { Project } from '../../shared/project'
import { ident, raw, type Sql, sql } from '../../shared/sql'
import { type Database, inTransaction, runAll } from './database'
import { readProjectFindings } from './findings'
import type { OrderSize } from './headline'
import { readLedger } from './ledger'
import { choicesMade, columnOf, hasRole, type MappedSource, mappedSources } from './mapping'
import {
  figuresSchema,
  type OrderChoices,
  type OrderFigures,
  readOrderFigures,
  resolveOrderChoices,
} from './orderChoices'
import { type RateRange, type RateScale, scaleChoice, scaleOf } from './rateScale'
import { ordersView, type RateScales, rawTable, roleViewStatements } from './roleViews'
import { readTableMatches } from './tableMatches'

/** What follows from a project's sources, roles and choices. */
export interface Derived {
  readonly orderChoices: OrderChoices
  readonly choices: readonly Choice[]
  readonly findings: readonly Finding[]
  readonly ledger: Ledger
  readonly size: OrderSize | null
  readonly period: Period | null
  /** The days the data speak for; see `coveredPeriod`. */
  readonly covered: Period | null
  /** Changes whenever an analysis could answer differently. */
  readonly fingerprint: string
}

const noFigures: OrderFigures = {
  lines: 0,
  gross: 0,
  couponLines: 0,
  usedLines: 0,
  stateLines: 0,
  netUsed: 0,
  netAll: 0,
  goodsUsed: 0,
  goodsAll: 0,
  goodsNone: 0,
  taxLines: 0,
  deliveryEveryLine: 0,
  deliveryOncePerOrder: 0,
  deliveryOncePerOrderAndCustomer: 0,
  orders: 0,
  customerOrders: 0,
  sharedOrders: 0,
}

/** Raised when the views are built differently from the same project. */
const viewsVersion = 7

/**
 * Brings the role views in line with the project and reads what follows. Work already done for the same
 * sources and roles is not done again; a change of choice alone replaces one view.
 */
export async function derive(database: Database, project: Project, signal?: AbortSignal): Promise<Derived> {
  const sources = mappedSources(project)
  const made = choicesMade(project)
  const basis = hash([
    viewsVersion,
    project.sources.map((source) => [source.name, source.seen.sha256, source.read]),
    sources.map(({ kind, roles }) => [kind, roles]),
    [made.get('discountScale'), made.get('taxScale')],
  ])
  const kept = await readMeta(database, 'basis')
  const known = kept === undefined ? undefined : basisSchema.safeParse(JSON.parse(kept))
  const fresh = known?.success === true && known.data.basis === basis
  const { figures, findings, rates } = fresh ? known.data : await buildBasis(database, basis, sources, made, signal)

  const { choices: orderChoices, list } = resolveOrderChoices(sources, figures, made)
  const asked = [
    rates.discount === null ? null : scaleChoice('discountScale', rates.discount, made),
    rates.tax === null ? null : scaleChoice('taxScale', rates.tax, made),
  ]
  const choices = [...list, ...asked.filter((choice) => choice !== null)]
  const fingerprint = hash([basis, orderChoices])
  if ((await readMeta(database, 'orders view')) !== fingerprint) {
    await database.transaction([ordersView(sources, orderChoices), writeMeta('orders view', fingerprint)], { signal })
  }
  const hasOrders = hasRole(sources, 'orders')
  const [ledger, size, days] = await Promise.all([
    readLedger(database, sources, signal),
    hasOrders ? readSize(database, signal) : null,
    readPeriod(database, sources, signal),
  ])
  return { orderChoices, choices, findings, ledger, size, ...days, fingerprint }
}

interface Basis {
  readonly basis: string
  readonly figures: OrderFigures
  readonly findings: readonly Finding[]
  readonly rates: RateRanges
}

/** How large the rates of coupons and taxes are; null without any. */
interface RateRanges {
  readonly discount: RateRange | null
  readonly tax: RateRange | null
}

const rangeSchema = z.object({ least: z.number(), most: z.number() }).nullable()

const basisSchema = z.object({
  basis: z.string(),
  figures: figuresSchema,
  rates: z.object({ discount: rangeSchema, tax: rangeSchema }),
  findings: z.array(
    z.object({
      id: z.string(),
      severity: z.enum(['info', 'warning', 'serious']),
      table: z.string(),
      column: z.string().nullable(),
      title: z.string(),
      count: z.number(),
      unit: z.string(),
      examples: z.array(z.string()),
      treatment: z.string(),
    }),
  ),
})

async function buildBasis(
  database: Database,
  basis: string,
  sources: readonly MappedSource[],
  made: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<Basis> {
  const rates = await readRates(database, sources, signal)
  const scales: RateScales = {
    discount: scaleInForce('discountScale', rates.discount, made),
    tax: scaleInForce('taxScale', rates.tax, made),
  }
  await database.withConnection((connection) =>
    inTransaction(connection, () =>
      runAll(
        connection,
        [sql`DELETE FROM casebook.meta WHERE key IN ('basis', 'orders view')`, ...roleViewStatements(sources, scales)],
        { signal },
      ),
    ),
  )
  const hasOrders = hasRole(sources, 'orders')
  const matches = await readTableMatches(database, sources, signal)
  const [figures, findings] = hasOrders
    ? await Promise.all([readOrderFigures(database, signal), readProjectFindings(database, sources, signal)])
    : [noFigures, []]
  const built: Basis = { basis, figures, findings: [...findings, ...matches], rates }
  await database.transaction([writeMeta('basis', JSON.stringify(built))])
  return built
}

function scaleInForce(
  key: 'discountScale' | 'taxScale',
  range: RateRange | null,
  made: ReadonlyMap<string, string>,
): RateScale {
  if (range === null) return 'fraction'
  const chosen = scaleChoice(key, range, made)?.chosen ?? scaleOf(range).scale
  return chosen === 'percent' ? 'percent' : 'fraction'
}

async function readRates(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<RateRanges> {
  const rangeIn = async (kind: 'coupons' | 'tax', role: string): Promise<RateRange | null> => {
    const ranges = await Promise.all(
      sources
        .filter((mapped) => mapped.kind === kind)
        .map(async (mapped) => {
          const column = ident(columnOf(mapped, role) ?? '')
          const [row] = await database.query(
            z.object({ least: z.number().nullable(), most: z.number().nullable() }),
            sql`
              SELECT min(rate) AS least, max(rate) AS most
              FROM (SELECT TRY_CAST(${column} AS DOUBLE) AS rate FROM ${rawTable(mapped.source.name)}) WHERE rate > 0`,
            { signal },
          )
          return row
        }),
    )
    const least = ranges.flatMap((range) => range?.least ?? [])
    const most = ranges.flatMap((range) => range?.most ?? [])
    return most.length === 0 ? null : { least: Math.min(...least), most: Math.max(...most) }
  }
  return { discount: await rangeIn('coupons', 'discountRate'), tax: await rangeIn('tax', 'taxRate') }
}

async function readSize(database: Database, signal?: AbortSignal): Promise<OrderSize> {
  const [row] = await database.query(
    z.object({ customers: z.number(), orders: z.number(), days: z.number() }),
    sql`SELECT count(DISTINCT customer)::DOUBLE AS customers, count(DISTINCT order_key)::DOUBLE AS orders, count(DISTINCT ordered_on)::DOUBLE AS days FROM orders`,
    { signal },
  )
  return row ?? { customers: 0, orders: 0, days: 0 }
}

const datedViews: readonly { readonly view: 'orders' | 'events' | 'visits' | 'spend'; readonly day: Sql }[] = [
  { view: 'orders', day: raw('ordered_on') },
  { view: 'events', day: raw('CAST(happened_at AS DATE)') },
  { view: 'visits', day: raw('CAST(started_at AS DATE)') },
  { view: 'spend', day: raw('date') },
]

/** First and last day of the first dated view that has any, and the days that it speaks for. */
async function readPeriod(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<Pick<Derived, 'period' | 'covered'>> {
  for (const { view, day } of datedViews) {
    if (!hasRole(sources, view)) continue
    const [row] = await database.query(
      z.object({ first: z.string().nullable(), last: z.string().nullable(), gap: z.number().nullable() }),
      sql`
        WITH days AS (SELECT DISTINCT ${day} AS day FROM ${ident(view)} WHERE ${day} IS NOT NULL),
        gaps AS (SELECT day, day - lag(day) OVER (ORDER BY day) AS gap FROM days)
        SELECT CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last, ${usualGap}::DOUBLE AS gap
        FROM gaps`,
      { signal },
    )
    if (typeof row?.first === 'string' && typeof row.last === 'string') {
      const period = { first: row.first, last: row.last }
      return { period, covered: coveredPeriod(period, row.gap ?? 1) }
    }
  }
  return { period: null, covered: null }
}

/**
 * The longest gap between dated days that at least two of them, and one in a hundred, reach: more is out of the usual.
 * At most a week, and one day where too few days are known to speak of usual.
 */
const usualGap = raw(
  `CASE WHEN count(gap) >= 30
    THEN least(7, list_reverse_sort(list(gap) FILTER (gap IS NOT NULL))[greatest(2, CAST(ceil(count(gap) / 100.0) AS INTEGER))])
    ELSE 1 END`,
)

export async function readMeta(database: Database, key: string): Promise<string | undefined> {
  const [row] = await database.query(
    z.object({ value: z.string() }),
    sql`SELECT value FROM casebook.meta WHERE key = ${key}`,
  )
  return row?.value
}

export function writeMeta(key: string, value: string): Sql {
  return sql`INSERT OR REPLACE INTO casebook.meta VALUES (${key}, ${value})`
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
