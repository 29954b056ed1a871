import { createHash } from 'node:crypto'
import type { Period } from '../../shared/analysis'
import type { Choice, Finding } from '../../shared/description'
import type { Ledger } from '../../shared/engineApi'
import type { Project } from '../../shared/project'
import { basisSchema, startOver } from './basis'
import { calendarView } from './calendarView'
import type { Database } from './database'
import type { OrderSize } from './headline'
import { readDescriptions } from './importedDescriptions'
import { keyChoices, keyRules } from './keyChoices'
import { readLedger } from './ledger'
import { choicesMade, hasRole, mappedSources } from './mapping'
import { readMeta, writeMeta } from './meta'
import { type OrderChoices, resolveOrderChoices } from './orderChoices'
import { ordersView } from './orderLines'
import { withTotals } from './otherRates'
import { readPeriod, readSize } from './projectSize'
import { scaleChoices } from './readRates'
import { type Repair, repairsInForce } from './repairs'
import { type BuiltView, buildSavedViews } from './savedViews'
import { gapInForce, sessionChoice } from './sessionChoice'

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
  const { figures, others, findings, rates, visits } = fresh
    ? known.data
    : await startOver(database, basis, project, await readDescriptions(database), signal)
  const repairs = repairsInForce(project, await readDescriptions(database))

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

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
