import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Period } from '../../shared/analysis'
import type { Choice, Finding } from '../../shared/description'
import type { Ledger } from '../../shared/engineApi'
import type { Project } from '../../shared/project'
import { type Sql, sql } from '../../shared/sql'
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
import { choicesMade, hasRole, mappedSources } from './mapping'
import { readMeta, writeMeta } from './meta'
import {
  figuresSchema,
  type OrderChoices,
  type OrderFigures,
  readOrderFigures,
  resolveOrderChoices,
} from './orderChoices'
import { ordersView } from './orderLines'
import { type OrderReadings, type OtherReadings, readOtherRates, withTotals } from './otherRates'
import { readPeriod, readSize } from './projectSize'
import { type RateRanges, rateRangesSchema, readRates, scaleChoices, scalesInForce } from './readRates'
import { recheckTables } from './recheck'
import { type Repair, repairSchemas, repairsInForce } from './repairs'
import { roleViewStatements } from './roleViews'
import { type BuiltView, buildSavedViews } from './savedViews'
import { gapInForce, readSessionCounts, type SessionCounts, sessionChoice, sessionCountsSchema } from './sessionChoice'
import { needsSessions } from './sessions'
import { readSourceFindings } from './sourceFindings'
import { readTableMatches } from './tableMatches'
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
const viewsVersion = 12

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
  const { figures, others, findings, rates, visits } = fresh
    ? known.data
    : await buildBasis(database, basis, project, { made, repairs }, signal)

  const { choices: orderChoices, list } = resolveOrderChoices(sources, figures, made)
  const asked = [...keyChoices(findings, made), ...scaleChoices(rates, made)]
  const totalled = asked.map((choice) => withTotals(choice, orderChoices, figures, others))
  const choices = [...list, ...sessionChoice(visits, made), ...totalled]
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
  readonly figures: OrderReadings
  readonly others: OtherReadings
  readonly findings: readonly Finding[]
  readonly rates: RateRanges
  /** Visit sessions under other gaps; null where the files name them. */
  readonly visits: SessionCounts | null
}

const readingsSchema = z.object({ keep: figuresSchema, leaveOut: figuresSchema })

const basisSchema = z.object({
  basis: z.string(),
  figures: readingsSchema,
  others: z.record(z.string(), readingsSchema),
  visits: sessionCountsSchema.nullable(),
  rates: rateRangesSchema,
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
  const keys = keyRules(made)
  await database.withConnection((connection) =>
    inTransaction(connection, () =>
      runAll(
        connection,
        [
          sql`DELETE FROM casebook.meta WHERE key IN ('basis', 'orders view')`,
          ...roleViewStatements(sources, scalesInForce(rates, made), { clocks, keys, gapMinutes: gapInForce(made) }),
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
  const asked = [...keyChoices(findings, made), ...scaleChoices(rates, made)]
  const rules = { keys, discountFactor: 1, taxFactor: 1 }
  const others = hasOrders ? await readOtherRates(database, sources, asked, rules, keep.returnedLines > 0, signal) : {}
  const built: Basis = { basis, figures: { keep, leaveOut }, others, findings, rates, visits }
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
  const sources = project.sources.filter(({ name }) => present.has(name))
  return sourceStatements({ ...project, sources }, clocks, repairs)
}

/** The statements that build the tables of a project over their cells. */
export function sourceStatements(project: Project, clocks: Clocks, repairs: readonly Repair[]): Sql[] {
  const views = project.sources.flatMap((source) => {
    const own = repairs.filter((repair) => repair.source === source.name)
    return sourceViews(source, project.steps, clocks, own)
  })
  return [...repairSchemas, ...views]
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
