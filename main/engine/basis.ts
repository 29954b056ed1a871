import { z } from 'zod'
import type { Finding, TableDescription } from '../../shared/description'
import type { Project } from '../../shared/project'
import { type Sql, sql } from '../../shared/sql'
import { type Clocks, readClocks } from './clocks'
import { type Database, inTransaction, runAll } from './database'
import { sourceViews } from './derivedColumns'
import { readProjectFindings } from './findings'
import { cellsSchema } from './import/importTable'
import { keyChoices, keyRules } from './keyChoices'
import { choicesMade, hasRole, mappedSources } from './mapping'
import { writeMeta } from './meta'
import { figuresSchema, type OrderFigures, readOrderFigures } from './orderChoices'
import { type OrderReadings, type OtherReadings, readOtherRates } from './otherRates'
import { type RateRanges, rateRangesSchema, readRates, scaleChoices, scalesInForce } from './readRates'
import { asImported, checkTables, keptDescriptions, uncheckedTables } from './recheck'
import { type Repair, repairSchemas, repairsInForce } from './repairs'
import { roleViewStatements } from './roleViews'
import { gapInForce, readSessionCounts, type SessionCounts, sessionCountsSchema } from './sessionChoice'
import { needsSessions } from './sessions'
import { readSourceFindings } from './sourceFindings'
import { readTableMatches } from './tableMatches'
import { together } from './together'
import { readVisitFindings } from './visitFindings'

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

/** What is known once the views are built, and kept until they change. */
export interface Basis {
  /** What it was built from. */
  readonly basis: string
  readonly figures: OrderReadings
  readonly others: OtherReadings
  readonly findings: readonly Finding[]
  readonly rates: RateRanges
  /** Visit sessions under other gaps; null where the files name them. */
  readonly visits: SessionCounts | null
}

const readingsSchema = z.object({ keep: figuresSchema, leaveOut: figuresSchema })

export const basisSchema = z.object({
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

type Descriptions = ReadonlyMap<string, TableDescription>

/**
 * Looks at tables that nobody has looked at and builds the views; both at once where neither changes the other.
 * @throws AppError `cancelled`; the project is then as unfinished as before.
 */
export async function startOver(
  database: Database,
  basis: string,
  project: Project,
  imported: Descriptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<Basis> {
  const unchecked = uncheckedTables(project, imported)
  await database.transaction(asImported(unchecked), { signal })
  const changesTables = project.steps.some((step) => step.do === 'repair' || step.do === 'derive')
  const first = changesTables ? await checkTables(database, unchecked, signal) : undefined
  const repairs = repairsInForce(project, new Map([...imported, ...(first ?? [])]))
  const [checked, built] = await together<[Descriptions, Omit<Basis, 'basis'>]>(signal, (signal) => [
    first === undefined ? checkTables(database, unchecked, signal) : Promise.resolve(first),
    buildBasis(database, project, repairs, signal),
  ])
  const found: Basis = { basis, ...built }
  await database.transaction([...keptDescriptions(checked), writeMeta('basis', JSON.stringify(found))])
  return found
}

async function buildBasis(
  database: Database,
  project: Project,
  repairs: readonly Repair[],
  signal: AbortSignal,
): Promise<Omit<Basis, 'basis'>> {
  const sources = mappedSources(project)
  const made = choicesMade(project)
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
  return { figures: { keep, leaveOut }, others, findings, rates, visits }
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
