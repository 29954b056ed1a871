import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Period } from '../../shared/analysis'
import type { Choice, Finding } from '../../shared/description'
import type { Ledger } from '../../shared/engineApi'
import type { Project } from '../../shared/project'
import { ident, type Sql, sql } from '../../shared/sql'
import { calendarView } from './calendarView'
import { type Clocks, readClocks } from './clocks'
import { type Database, inTransaction, runAll } from './database'
import { sourceViews } from './derivedColumns'
import { readProjectFindings } from './findings'
import type { OrderSize } from './headline'
import { cellsSchema } from './import/importTable'
import { readDescriptions } from './importedDescriptions'
import { keyChoices, keyRules } from './keyChoices'
import { readLedger } from './ledger'
import { choicesMade, columnOf, hasRole, type MappedSource, mappedSources } from './mapping'
import { readMeta, writeMeta } from './meta'
import {
  figuresSchema,
  type OrderChoices,
  type OrderFigures,
  type Returns,
  readOrderFigures,
  resolveOrderChoices,
} from './orderChoices'
import { ordersView } from './orderLines'
import { readPeriod, readSize } from './projectSize'
import { mixesScales, type RateRange, type RateScale, scaleChoice, scaleOf } from './rateScale'
import { recheckTables } from './recheck'
import { type Repair, repairSchemas, repairsInForce } from './repairs'
import { type RateScales, roleViewStatements } from './roleViews'
import { type BuiltView, buildSavedViews } from './savedViews'
import { gapInForce, readSessionCounts, type SessionCounts, sessionChoice, sessionCountsSchema } from './sessionChoice'
import { needsSessions } from './sessions'
import { readSourceFindings } from './sourceFindings'
import { readTableMatches } from './tableMatches'
import { rawTable } from './viewParts'
import { readVisitFindings } from './visitFindings'

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
  /** The decisions about findings that change the tables. */
  readonly repairs: readonly Repair[]
  /** The saved views, built over the rest. */
  readonly views: readonly BuiltView[]
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
  returnedLines: 0,
  cancelledLines: 0,
  lineOrders: 0,
  dayOrders: 0,
  visitOrders: 0,
  timedLines: 0,
}

/** Raised when the views are built differently from the same project. */
const viewsVersion = 11

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
    project.steps.flatMap((step) => (step.do === 'derive' ? [[step.source, step.name, step.formula]] : [])),
    project.steps.filter((step) => step.do === 'repair'),
    [made.get('discountScale'), made.get('taxScale'), keyRules(made), gapInForce(made)],
    [project.settings.dataZone, project.settings.reportZone],
  ])
  const kept = await readMeta(database, 'basis')
  const known = kept === undefined ? undefined : basisSchema.safeParse(JSON.parse(kept))
  const fresh = known?.success === true && known.data.basis === basis
  const imported = await readDescriptions(database)
  const descriptions = fresh ? imported : await recheckTables(database, project, imported, signal)
  const repairs = repairsInForce(project, descriptions)
  const { figures, findings, rates, visits } = fresh
    ? known.data
    : await buildBasis(database, basis, project, { made, repairs }, signal)

  const { choices: orderChoices, list } = resolveOrderChoices(sources, figures, made)
  const asked = [
    rates.discount === null ? null : scaleChoice('discountScale', rates.discount, made),
    rates.tax === null ? null : scaleChoice('taxScale', rates.tax, made),
  ]
  const gap = sessionChoice(visits, made)
  const choices = [...list, ...gap, ...keyChoices(findings, made), ...asked.filter((choice) => choice !== null)]
  const fingerprint = hash([basis, orderChoices])
  if ((await readMeta(database, 'orders view')) !== fingerprint) {
    await database.transaction([ordersView(sources, orderChoices), writeMeta('orders view', fingerprint)], { signal })
  }
  const hasOrders = hasRole(sources, 'orders')
  const [ledger, size, days] = await Promise.all([
    readLedger(database, sources, { returns: orderChoices.returns, repairs }, signal),
    hasOrders ? readSize(database, signal) : null,
    readPeriod(database, sources, signal),
  ])
  const { calendar } = project.settings
  const calendarKey = hash([calendar, days.period])
  if ((await readMeta(database, 'calendar')) !== calendarKey)
    await database.transaction([calendarView(calendar, days.period), writeMeta('calendar', calendarKey)], { signal })
  const views = await buildSavedViews(database, project, { signal })
  return {
    orderChoices,
    choices,
    findings,
    ledger,
    size,
    ...days,
    repairs,
    views,
    fingerprint: hash([fingerprint, calendarKey]),
  }
}

interface Basis {
  readonly basis: string
  readonly figures: Readonly<Record<Returns, OrderFigures>>
  readonly findings: readonly Finding[]
  readonly rates: RateRanges
  /** Visit sessions under other gaps; null where the files name them. */
  readonly visits: SessionCounts | null
}

/** How large the rates of coupons and taxes are; null without any. */
interface RateRanges {
  readonly discount: RateRange | null
  readonly tax: RateRange | null
}

const rangeSchema = z.object({ least: z.number(), most: z.number(), isMixed: z.boolean().optional() }).nullable()

const basisSchema = z.object({
  basis: z.string(),
  figures: z.object({ keep: figuresSchema, leaveOut: figuresSchema }),
  visits: sessionCountsSchema.nullable(),
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
  project: Project,
  { made, repairs }: { readonly made: ReadonlyMap<string, string>; readonly repairs: readonly Repair[] },
  signal?: AbortSignal,
): Promise<Basis> {
  const sources = mappedSources(project)
  const clocks = await readClocks(database, sources, project.settings, signal)
  await database.transaction(await tableViews(database, project, clocks, repairs), { signal })
  const rates = await readRates(database, sources, signal)
  const scales: RateScales = {
    discount: scaleInForce('discountScale', rates.discount, made),
    tax: scaleInForce('taxScale', rates.tax, made),
  }
  await database.withConnection((connection) =>
    inTransaction(connection, () =>
      runAll(
        connection,
        [
          sql`DELETE FROM casebook.meta WHERE key IN ('basis', 'orders view')`,
          ...roleViewStatements(sources, scales, { clocks, keys: keyRules(made), gapMinutes: gapInForce(made) }),
        ],
        { signal },
      ),
    ),
  )
  const hasOrders = hasRole(sources, 'orders')
  const keep = hasOrders ? await readOrderFigures(database, sources, 'keep', signal) : noFigures
  const leaveOut = keep.returnedLines > 0 ? await readOrderFigures(database, sources, 'leaveOut', signal) : keep
  const findings = [
    ...(hasOrders ? await readProjectFindings(database, sources, signal) : []),
    ...(await readVisitFindings(database, sources, signal)),
    ...(await readTableMatches(database, sources, signal)),
    ...(await readSourceFindings(database, sources, signal)),
  ]
  const visits = sources.some(needsSessions) ? await readSessionCounts(database, gapInForce(made), signal) : null
  const built: Basis = { basis, figures: { keep, leaveOut }, findings, rates, visits }
  await database.transaction([writeMeta('basis', JSON.stringify(built))])
  return built
}

/** The tables with their repairs and formula columns; only of tables whose cells are there. */
async function tableViews(
  database: Database,
  project: Project,
  clocks: Clocks,
  repairs: readonly Repair[],
): Promise<Sql[]> {
  const rows = await database.query(
    z.object({ name: z.string() }),
    sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${cellsSchema}`,
  )
  const present = new Set(rows.map(({ name }) => name))
  const views = project.sources
    .filter(({ name }) => present.has(name))
    .flatMap((source) => {
      const own = repairs.filter((repair) => repair.source === source.name)
      return sourceViews(source, project.steps, clocks, own)
    })
  return [...repairSchemas, ...views]
}

function scaleInForce(
  key: 'discountScale' | 'taxScale',
  range: RateRange | null,
  made: ReadonlyMap<string, string>,
): RateScale {
  if (range === null) return 'fraction'
  const chosen = scaleChoice(key, range, made)?.chosen ?? scaleOf(range).scale
  return chosen === 'percent' || chosen === 'each' ? chosen : 'fraction'
}

async function readRates(
  database: Database,
  sources: readonly MappedSource[],
  signal?: AbortSignal,
): Promise<RateRanges> {
  const rangeIn = async (kind: 'coupons' | 'tax', role: string): Promise<RateRange | null> => {
    const own = sources.filter((mapped) => mapped.kind === kind)
    const rows = (
      await Promise.all(
        own.map((mapped) =>
          database.query(
            z.object({ isFraction: z.boolean(), least: z.number(), most: z.number() }),
            sql`
              SELECT rate < 1 AS "isFraction", min(rate) AS least, max(rate) AS most
              FROM (SELECT TRY_CAST(${ident(columnOf(mapped, role) ?? '')} AS DOUBLE) AS rate FROM ${rawTable(mapped.source.name)})
              WHERE rate > 0
              GROUP BY 1`,
            { signal },
          ),
        ),
      )
    ).flat()
    const all = rangeOf(rows)
    const isMixed = mixesScales(
      rangeOf(rows.filter(({ isFraction }) => isFraction)),
      rangeOf(rows.filter(({ isFraction }) => !isFraction)),
    )
    return all === null || !isMixed ? all : { ...all, isMixed }
  }
  return { discount: await rangeIn('coupons', 'discountRate'), tax: await rangeIn('tax', 'taxRate') }
}

function rangeOf(rows: readonly RateRange[]): RateRange | null {
  if (rows.length === 0) return null
  return { least: Math.min(...rows.map(({ least }) => least)), most: Math.max(...rows.map(({ most }) => most)) }
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
